"""The output folder: the few things that a run does with it, on this machine or in an object store (bucket.py).

On both, a file is there whole under its name or not at all, and one run at a time writes. Here, that is a temporary
file, synced and renamed, and a lock that the system frees however the process ends.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from shutil import rmtree
from typing import BinaryIO, Protocol

from flows.places import filesystem, remote

FOLDER = "shards"
"""Folder inside the output folder, for what a run keeps for the next one. The lock lies there as well."""
LOCK = "lock"
SCRATCH = "dask"
"""Folder for what a Dask cluster of our own writes; gone when the run is complete."""
OBJECT_STORES = ("s3://", "s3a://", "gs://", "gcs://")
"""Addresses where a file appears when its upload is complete, and not before. S3 is tested, Google's store is not."""
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
        """Remove files; one that is not there is none of its business."""

    def scratch(self) -> AbstractContextManager[Path]:
        """A context with a folder on this machine (it may not exist yet) for Dask; gone afterwards."""


def at(place: str) -> Store:
    """The store of an address or path. Raises MissingExtra, and BadOutput where a file could be seen half written."""
    if not remote(place):
        return Local(Path(place))
    if not place.startswith(("file://", "local://", *OBJECT_STORES)):
        raise BadOutput(
            f"output cannot go to {place}: a file could be seen there half written. "
            "Choose a folder on this machine or an s3:// address, and copy the output when it is complete."
        )
    from fsspec.implementations.local import LocalFileSystem

    found, path = filesystem(place)
    if isinstance(found, LocalFileSystem):
        return Local(Path(path))
    from flows.writing.bucket import Bucket

    return Bucket(place, found, path)


class Local:
    """A folder on this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def shown(self, name: str) -> str:
        return str(self._folder / name)

    def check(self) -> None:
        if self._folder.exists() and not self._folder.is_dir():
            raise BadOutput(f"{self._folder} is a file. --to names the folder that the output goes into.")
        if (self._folder / FOLDER / LOCK).exists():
            with self.lock():
                pass

    @contextmanager
    def lock(self) -> Iterator[None]:
        (self._folder / FOLDER).mkdir(parents=True, exist_ok=True)
        with open(self._folder / FOLDER / LOCK, "a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                file.seek(0)
                raise busy(file.read(99).strip() or "starting", str(self._folder)) from None
            file.truncate(0)
            file.write(f"process {os.getpid()}")
            file.flush()
            yield

    def files(self, folder: str) -> dict[str, int]:
        with os.scandir(self._folder / folder) as entries:
            return {entry.name: entry.stat().st_size for entry in entries if entry.is_file()}

    def read(self, names: Iterable[str]) -> Iterator[bytes]:
        return ((self._folder / name).read_bytes() for name in names)

    def ranges(self, wanted: Iterable[Range]) -> Iterator[bytes]:
        for name, first, last in wanted:
            with open(self._folder / name, "rb") as file:
                file.seek(first)
                yield file.read(last - first)

    def write(self, files: Mapping[str, bytes]) -> None:
        for name, content in files.items():
            with self.whole(name) as file:
                file.write(content)

    @contextmanager
    def whole(self, name: str) -> Iterator[BinaryIO]:
        path = self._folder / name
        temporary = path.with_name(path.name + ".tmp")
        try:
            with open(temporary, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            (self._folder / name).unlink(missing_ok=True)

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        path = self._folder / FOLDER / SCRATCH
        rmtree(path, ignore_errors=True)
        try:
            yield path
        finally:
            rmtree(path, ignore_errors=True)


def busy(who: str, place: str) -> Busy:
    """The sentence."""
    return Busy(f"another run ({who}) is writing into {place}. Wait until it has ended, or choose another folder.")


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut. Not every system lets a folder be opened; the rename stands anyway."""
    try:
        at = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(at)
    finally:
        os.close(at)
