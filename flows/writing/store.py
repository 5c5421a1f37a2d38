"""What an output folder is: the few things that a run does with it, and how they fail.

It lies on this machine (folder.py) or in an object store (bucket.py); address.py tells which. In both, a file is there
whole under its name or not at all, and one run at a time writes.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Protocol

SHARDS = "shards"
"""Folder inside the output folder, for what a run keeps for the next one."""
LOCK = "lock"
"""The name in it, or how the names begin, of the lock that a run holds while it writes."""
Range = tuple[str, int, int]
"""A file's name and the bytes from the first number to before the second."""


class Busy(RuntimeError):
    """Another run is writing into the output folder."""


class BadOutput(ValueError):
    """Output cannot be written there. The message says where it can."""


class Fault(OSError):
    """The store fails. The message names the place and what was to be done."""


class Store(Protocol):
    """An output folder. Names are paths in it, with "/"; every method raises OSError where the place fails."""

    def shown(self, name: str) -> str:
        """Where a file lies, for people."""

    def check(self) -> None:
        """Raise Busy or BadOutput where a run cannot begin. Makes nothing."""

    def lock(self) -> AbstractContextManager[None]:
        """A context in which the folder is this run's alone. Raises Busy. Makes the folder."""

    def files(self, folder: str) -> dict[str, int]:
        """The names in a folder of it ("" is itself) with their sizes; other folders are passed over."""

    def read(self, names: Iterable[str]) -> Iterator[bytes]:
        """The files' contents, in order. Raises FileNotFoundError."""

    def ranges(self, wanted: Iterable[Range]) -> Iterator[bytes]:
        """The bytes of each range, in order, a bounded number ahead. Raises FileNotFoundError."""

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write files of these names and contents, in any order. Each is there whole, and lasts, or not at all."""

    def whole(self, name: str) -> AbstractContextManager[BinaryIO]:
        """A context with a file to write; it gets its name when all is written, and nothing is left if that fails."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove files; that one is not there is no error."""

    def scratch(self) -> AbstractContextManager[Path]:
        """A context with a folder on this machine (it may not exist yet) for Dask; gone afterwards."""


def busy(who: str, place: str) -> Busy:
    """The error for a folder that `who` is writing into."""
    return Busy(f"another run ({who}) is writing into {place}. Wait until it has ended, or choose another folder.")
