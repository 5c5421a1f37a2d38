"""The output folder on this machine.

A file is written under a temporary name, synced and renamed; the lock is one that the system frees however the process
ends.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import BinaryIO

from flows.writing.store import LOCK, SHARDS, BadOutput, Range, busy

SCRATCH = "dask"
"""Folder in SHARDS for what a Dask cluster of our own writes; gone when the run is complete."""


class Folder:
    """A folder on this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def shown(self, name: str) -> str:
        return str(self._folder / name)

    def check(self) -> None:
        if self._folder.exists() and not self._folder.is_dir():
            raise BadOutput(f"{self._folder} is a file. --to names the folder that the output goes into.")
        if (self._folder / SHARDS / LOCK).exists():
            with self.lock():
                pass

    @contextmanager
    def lock(self) -> Iterator[None]:
        (self._folder / SHARDS).mkdir(parents=True, exist_ok=True)
        with open(self._folder / SHARDS / LOCK, "a+") as file:
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
        path = self._folder / SHARDS / SCRATCH
        rmtree(path, ignore_errors=True)
        try:
            yield path
        finally:
            rmtree(path, ignore_errors=True)


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut. Not every system lets a folder be opened; the rename stands anyway."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
