"""The output folder in an object store, s3:// and what fsspec knows like it.

An object appears when its upload is complete, and an upload that fails is taken back: nobody sees half a file.

The lock is an object, `shards/lock.<number>`, that only one run can create. It says who holds it, is written again
every RENEWED seconds, and counts no more when it is DEAD seconds old, or at once where its process ran on this machine
and has ended. Then the next run creates the lock of the next number. A run whose lock is gone stops writing. Should two
be at work for a moment (a machine slept through its lock's death), they write shards of the same names and contents.
"""

import json
import os
import re
import socket
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any, BinaryIO
from uuid import uuid4

from flows.writing.store import LOCK, SHARDS, BadOutput, Fault, Range, busy

RENEWED, DEAD = 30.0, 300.0
"""Seconds. Clocks that are four minutes apart do no harm; a store refuses those that are a quarter of an hour apart."""
LOCK_NAME = re.compile(LOCK + r"\.(\d{1,18})")
UPLOADED = re.compile(rf"(articles|quarantine)\.[a-z.]+|{SHARDS}/[0-9a-f]{{16}}\.[a-z.]+")
"""Names of what a run uploads in several parts."""
BLOCK = 32 << 20
"""Bytes of one part of an upload. A store takes 10,000 of them: 320 gigabytes a file."""
AT_ONCE = 32
"""Most objects that are read or removed at the same time."""
AHEAD = 32 << 20
"""Most bytes that are read ahead; a single range can be larger."""


class Bucket:
    """A folder in an object store, as fsspec sees it."""

    def __init__(self, place: str, files: Any, path: str) -> None:
        """`files`: the fsspec file system; `path`: the folder's path in it, without the protocol."""
        self._place, self._fs, self._root = place.rstrip("/"), files, path.rstrip("/")
        self._lost = ""  # why the folder is not this run's any more; empty while it is

    def shown(self, name: str) -> str:
        return f"{self._place}/{name}"

    def check(self) -> None:
        bucket = self._root.partition("/")[0]
        with self._faults("reached"):
            there = bool(bucket) and self._fs.exists(bucket)
        if not there:
            raise BadOutput(
                f"{self._place}: there is no bucket {bucket!r}, or it is not open to you. Make it, see to the "
                "credentials (AWS_PROFILE, AWS_ENDPOINT_URL, …), or choose another --to."
            )
        self._free()

    @contextmanager
    def lock(self) -> Iterator[None]:
        mine, content = self._take()
        ended = Event()
        renewing = Thread(target=self._renew, args=(mine, content, ended), daemon=True)
        renewing.start()
        try:
            self._take_back_uploads()
            yield
        finally:
            ended.set()
            renewing.join()
            with suppress(OSError):  # a lock that cannot be removed, or is not ours any more, runs out by itself
                self.remove([mine])

    def files(self, folder: str) -> dict[str, int]:
        with self._faults("listed"):
            try:
                found = self._fs.ls(self._path(folder), detail=True, refresh=True)
            except FileNotFoundError:
                return {}
        return {facts["name"].rpartition("/")[2]: int(facts["size"]) for facts in found if facts["type"] == "file"}

    def read(self, names: Iterable[str]) -> Iterator[bytes]:
        names = iter(names)
        while some := list(islice(names, AT_ONCE)):
            with self._faults("read"), ThreadPoolExecutor(AT_ONCE) as threads:
                yield from threads.map(self._fs.cat_file, map(self._path, some))

    def ranges(self, wanted: Iterable[Range]) -> Iterator[bytes]:
        ahead: list[Range] = []
        for one in wanted:
            size = sum(last - first for _, first, last in (*ahead, one))
            if len(ahead) == AT_ONCE or (ahead and size > AHEAD):
                yield from self._fetch(ahead)
                ahead = []
            ahead.append(one)
        yield from self._fetch(ahead)

    def write(self, files: Mapping[str, bytes]) -> None:
        self._still_ours()
        with self._faults("written"), ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(self._fs.pipe_file, map(self._path, files), files.values()))

    @contextmanager
    def whole(self, name: str) -> Iterator[BinaryIO]:
        self._still_ours()
        with self._faults("written"):
            file = self._fs.open(self._path(name), "wb", block_size=BLOCK, autocommit=False)
            try:
                yield file
                file.close()  # uploads the last part; the object is not there yet
                self._still_ours()
                file.commit()
            except BaseException:
                file.closed = True  # otherwise it would go on uploading when it is forgotten
                with suppress(Exception):
                    file.discard()
                raise

    def remove(self, names: Iterable[str]) -> None:
        self._still_ours()
        with self._faults("removed"), ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(self._remove, names))

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        with TemporaryDirectory(prefix="boilerstrip-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root

    def _fetch(self, wanted: list[Range]) -> Iterator[bytes]:
        """The bytes of some ranges, read together. An empty one is not asked for: a store would refuse it."""
        filled = [one for one in wanted if one[1] < one[2]]
        found: Iterator[bytes] = iter(())
        if filled:
            names, firsts, lasts = zip(*filled, strict=True)
            with self._faults("read"):
                found = iter(
                    self._fs.cat_ranges([*map(self._path, names)], list(firsts), list(lasts), on_error="raise")
                )
        for _, first, last in wanted:
            yield next(found) if first < last else b""

    def _remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            self._fs.rm_file(self._path(name))

    def _take_back_uploads(self) -> None:
        """End the uploads of this folder's files that killed runs left. Nobody sees them, but a store charges for them.

        Stores other than S3 forget them by themselves. Where it is not allowed, the run goes on.
        """
        if not hasattr(self._fs, "list_multipart_uploads"):
            return
        bucket, _, prefix = f"{self._root}/".partition("/")
        with suppress(Exception):
            for upload in self._fs.list_multipart_uploads(bucket):
                key = upload["Key"]
                if key.startswith(prefix) and UPLOADED.fullmatch(key, len(prefix)):
                    self._fs.abort_mpu(bucket, key, upload["UploadId"])

    def _free(self) -> list[int]:
        """The numbers of the locks that are there, of dead runs all. Raises Busy where a run is alive."""
        numbers = self._locks()
        for number in numbers:
            try:
                (content,) = self.read([_lock(number)])
                with self._faults("listed"):
                    age = (datetime.now(UTC) - self._fs.modified(self._path(_lock(number)))).total_seconds()
            except FileNotFoundError:
                continue  # given back since
            holder = json.loads(content)
            if not _ended(holder["process"]) and age < DEAD:
                seen = f"last heard of {age:.0f} seconds ago; after {DEAD:.0f} it counts as ended"
                raise busy(f"{holder['who']}, {seen}", self._place)
        return numbers

    def _locks(self) -> list[int]:
        """The numbers of the locks that are there."""
        return [int(found[1]) for name in self.files(SHARDS) if (found := LOCK_NAME.fullmatch(name))]

    def _take(self) -> tuple[str, bytes]:
        """Create the lock with the next number: of two runs that find the same dead one, the store lets one do it.

        Returns its name and content. Raises Busy.
        """
        dead = self._free()
        mine, who = max(dead, default=0) + 1, f"process {os.getpid()} on {socket.gethostname()}"
        content = json.dumps({"who": who, "process": _identity(os.getpid()), "run": uuid4().hex}).encode()
        # Where it is there, another run was quicker, or a request of ours was answered too late and made again.
        with self._faults("locked"), suppress(FileExistsError):
            self._fs.pipe_file(self._path(_lock(mine)), content, mode="create")
        if [*self.read([_lock(mine)])] != [content]:
            raise busy("just begun", self._place)
        if {*self._locks()} - {mine, *dead}:  # begun while this one looked at a lock that is gone since
            self.remove([_lock(mine)])
            raise busy("just begun", self._place)
        for number in dead:
            self.remove([_lock(number)])
        return _lock(mine), content

    def _renew(self, mine: str, content: bytes, ended: Event) -> None:
        """Keep the lock young, in a thread. Where that fails for long, or another run has taken over: stop writing."""
        renewed = datetime.now(UTC)
        while not ended.wait(RENEWED):
            try:
                if [*map(_lock, self._locks())] != [mine] or [*self.read([mine])] != [content]:
                    self._lost = "another run has taken it over"
                    return
                self._fs.pipe_file(self._path(mine), content)
                renewed = datetime.now(UTC)
            except Exception as error:  # whatever the network does: it is tried again
                if (datetime.now(UTC) - renewed).total_seconds() > DEAD - 2 * RENEWED:
                    self._lost = f"its lock could not be renewed: {error}"
                    return

    def _still_ours(self) -> None:
        """Raise Fault where the lock was lost: another run may be writing."""
        if self._lost:
            raise Fault(f"{self._place} is not this run's any more: {self._lost}")

    @contextmanager
    def _faults(self, done: str) -> Iterator[None]:
        """A context whose errors become Faults: "<place> cannot be <done>: …".

        FileNotFoundError and FileExistsError stay what they are: they are answers, not faults of the store.
        """
        try:
            yield
        except (FileNotFoundError, FileExistsError, Fault):
            raise
        except Exception as error:
            raise Fault(f"{self._place} cannot be {done}: {error}") from error


def _lock(number: int) -> str:
    """The name of the lock with this number."""
    return f"{SHARDS}/{LOCK}.{number}"


def _identity(pid: int) -> list[str]:
    """What tells a process on this machine from all others there are: the machine since it was started, the container,
    the process, and when that began. Empty where /proc does not say."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        begun = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
        return [boot, os.readlink("/proc/self/ns/pid"), str(pid), begun]
    except OSError:
        return []


def _ended(process: list[str]) -> bool:
    """Whether the process with this identity ran here, where this one could see it, and is no more."""
    ours = _identity(os.getpid())
    return bool(process) and process[:2] == ours[:2] and _identity(int(process[2])) != process
