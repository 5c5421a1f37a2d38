"""The worker processes of a run: each cleans a chunk of pages at a time, and can be killed. Imports no Prefect.

A chunk has one page's deadline for all of it. Where it fails (a page hangs, kills the process), its pages are run again
one by one, each alone; only a page that fails alone is quarantined, and no neighbour with it.

Workers are plain child processes with a pipe. What builds on `multiprocessing` would run the caller's main module
again in each of them (and with it, mostly, Prefect), and cannot be used inside Dask's workers, which are daemons.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from cleaners import Cleaner, RuleSet
from flows.read import RawPage
from flows.work import Part, clean_page, failed, merge

DEADLINE = 20.0
"""Seconds a page may take."""
START = 120.0
"""Seconds a worker may take to start."""
CHUNK = (25, 4_000_000)
"""Most pages, and most bytes, handed to a worker at once."""


class WorkerFailed(RuntimeError):
    """No worker process can be started at all: the run stops, since every page would end in quarantine."""


def cut(pages: Iterable[RawPage], count: int, size: int) -> Iterator[list[RawPage]]:
    """Lists of at most `count` pages and, where more than one, at most `size` bytes (characters, for text)."""
    out: list[RawPage] = []
    held = 0
    for page in pages:
        if out and (len(out) >= count or held + len(page.content) > size):
            yield out
            out, held = [], 0
        out.append(page)
        held += len(page.content)
    if out:
        yield out


class Worker:
    """One process that cleans pages; started when first needed, replaced after any failure."""

    def __init__(
        self, rules: RuleSet, deadline: float = DEADLINE, clean: Callable[[Cleaner, RawPage], Part] = clean_page
    ) -> None:
        self._orders = rules, deadline, clean
        self._deadline = deadline
        self._process: subprocess.Popen[bytes] | None = None
        self._wire: Connection | None = None
        self._ended = False

    def clean(self, pages: list[RawPage], *, again: bool = False) -> Part:
        """What became of the pages. Raises WorkerFailed where no process starts, CancelledError after `end`."""
        wire = self._wire or self._start()
        try:
            wire.send(pages)
            if not wire.poll(self._deadline):
                raise TimeoutError
            part: Part = wire.recv()
            return part
        except (EOFError, OSError) as error:  # TimeoutError is an OSError
            code, _ = self._stop(kill=isinstance(error, TimeoutError))
            if self._ended:
                raise CancelledError from None
            if len(pages) > 1:
                return merge(self.clean([page]) for page in pages)
            if isinstance(error, TimeoutError) or code == -signal.SIGALRM:
                return failed(pages[0], "TimeoutError", f"not done after {self._deadline:g} seconds: stopped")
            if not again:  # something else may have killed it
                return self.clean(pages, again=True)
            return failed(pages[0], "WorkerDied", f"the worker process died on this page ({_how(code)})")

    def end(self) -> None:
        """End the process for good; what another thread waits for from it becomes a CancelledError."""
        self._ended = True
        if self._process:
            self._process.kill()

    def _start(self) -> Connection:
        ours, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.work", str(theirs.fileno())],
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()], env=environment(),
            )  # fmt: skip
        self._wire = ours
        try:
            if self._ended:  # between two pages
                raise CancelledError
            ours.send(self._orders)
            if not ours.poll(START):
                raise TimeoutError(f"not ready after {START:g} seconds")
            ours.recv()
        except (EOFError, OSError, CancelledError) as error:
            _, told = self._stop(kill=True)
            if self._ended:
                raise CancelledError from None
            raise WorkerFailed(f"the worker process does not start: {told or error}") from error
        return ours

    def _stop(self, *, kill: bool) -> tuple[int, str]:
        """Part with the process; the next page gets a new one. Returns its exit code and its last line on stderr."""
        assert self._process and self._wire
        process, wire, self._wire = self._process, self._wire, None
        if kill:
            process.kill()
        else:
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)  # it is dying; its own exit code says of what
            process.kill()
        wire.close()
        _, told = process.communicate()
        return process.returncode, told.decode(errors="replace").strip().rpartition("\n")[2]

    def close(self) -> None:
        """End the process and wait until it is gone."""
        self.end()
        if self._wire:
            self._stop(kill=True)


def environment() -> dict[str, str]:
    """The environment for a module of this package as a process of its own: it is found wherever it was found here."""
    home = str(Path(__file__).resolve().parents[1])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))}


def _how(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"


class Crew:
    """The workers of one run. As many are started as tasks ask for at the same time."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._all: list[Worker] = []
        self._idle: list[Worker] = []
        self._ended = False
        self._lock = threading.Lock()

    @contextmanager
    def worker(self) -> Iterator[Worker]:
        """An idle worker, or a new one. Raises CancelledError where the run is over."""
        with self._lock:
            if self._ended:
                raise CancelledError
            if not self._idle:
                self._idle.append(Worker(self.rules))
                self._all.append(self._idle[-1])
            worker = self._idle.pop()
        try:
            yield worker
        finally:
            with self._lock:
                self._idle.append(worker)

    def close(self) -> None:
        """End all workers for good, also those at work."""
        with self._lock:
            self._ended = True
        for worker in self._all:
            worker.end()
        for worker in self._all:
            worker.close()
