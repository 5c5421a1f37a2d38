"""Where pages lie and output goes: a path on this machine, or an address that fsspec opens (s3://bucket/folder)."""

from importlib import import_module
from types import ModuleType

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs

EXTRAS = {"fastwarc": "warc", "pyarrow": "parquet", "s3fs": "s3", "prefect_dask": "dask"}
"""The extra of pyproject.toml that brings a module."""


class MissingExtra(RuntimeError):
    """Something was asked for that an extra brings. The message is the sentence to print, with the command."""


def need(module: str, what: str) -> ModuleType:
    """Import a module that an extra brings. `what` begins the sentence: "Parquet files" → "… need pyarrow: …"."""
    try:
        return import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        command = f"pip install 'boilerstrip[{EXTRAS[name]}]'"
        raise MissingExtra(f"{what} need {name}, which is not here. Install it with: {command}") from error


def remote(place: str) -> bool:
    """Whether a place is an address, not a path on this machine."""
    return "://" in place


def filesystem(place: str) -> tuple[AbstractFileSystem, str]:
    """The file system of an address, and the path in it.

    Credentials and endpoints are the environment's (s3: AWS_ENDPOINT_URL, AWS_PROFILE, …; all: FSSPEC_…).
    Raises MissingExtra, and ValueError where fsspec does not know such addresses.
    """
    if place.startswith(("s3://", "s3a://")):
        need("s3fs", "s3:// addresses")
    try:
        found, path = url_to_fs(place)
    except ImportError as error:
        raise MissingExtra(f"{place} cannot be opened: {error}") from error
    return found, str(path)
