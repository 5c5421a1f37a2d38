"""Where pages lie and output goes: a path on this machine, or an address that fsspec opens (s3://bucket/folder)."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

EXTRAS = {"prefect": "flows", "zstandard": "flows", "fastwarc": "warc", "pyarrow": "parquet", "s3fs": "s3",
          "prefect_dask": "dask"}  # fmt: skip
"""The extra of pyproject.toml that brings a module."""


class MissingExtra(RuntimeError):
    """Something was asked for that an extra brings. The message is the sentence to print, with the command."""


def need(module: str, what: str) -> ModuleType:
    """Import a module that an extra brings. `what` begins the sentence: "Parquet files" → "… need pyarrow: …"."""
    try:
        return import_module(module)
    except ImportError as error:
        raise _missing(module, what) from error


def check(module: str, what: str) -> None:
    """Raise MissingExtra where a module that an extra brings is not installed. Imports nothing."""
    if find_spec(module) is None:
        raise _missing(module, what)


def _missing(module: str, what: str) -> MissingExtra:
    name = module.partition(".")[0]
    command = f"pip install 'boilerstrip[{EXTRAS[name]}]'"
    return MissingExtra(f"{what} need {name}, which is not here. Install it with: {command}")


def remote(place: str) -> bool:
    """Whether a place is an address, not a path on this machine."""
    return "://" in place


def filesystem(place: str) -> tuple["AbstractFileSystem", str]:
    """The file system of an address, and the path in it.

    Credentials and endpoints are the environment's (s3: AWS_ENDPOINT_URL, AWS_PROFILE, …; all: FSSPEC_…).
    Raises MissingExtra, and ValueError where fsspec does not know such addresses.
    """
    if place.startswith(("s3://", "s3a://")):
        need("s3fs", "s3:// addresses")
    from fsspec.core import url_to_fs  # the extra `flows` brings it, and the commands for one page do without

    try:
        found, path = url_to_fs(place)
    except ImportError as error:
        raise MissingExtra(f"{place} cannot be opened: {error}") from error
    return found, str(path)
