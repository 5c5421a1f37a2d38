"""The workers of a run: each cleans a chunk of pages at a time, and can be killed. Imports no Prefect.

A chunk has one page's deadline for all of it. Where it fails (a page hangs, kills the process, outgrows its memory),
its pages are run again one by one; only a page that fails alone is quarantined, and no neighbour with it. A page that
fails for another reason than time is tried again in a fresh worker (TRIES).

Workers are plain child processes with a socket, forked by a warm process of the crew (flows/cleaning/hatch.py). What
builds on `multiprocessing` would run the caller's main module again in each of them (and with it, mostly, Prefect), and
cannot be used inside Dask's workers, which are daemons.
"""

import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from flows.cleaning.hatch import ANSWER, ORDER, OUT_OF_MEMORY, UNKNOWN, Orders
from flows.cleaning.work import Part, failed, merge
from flows.reading.raw import RawPage

ATTEMPTS = 4
"""How often the warm process is started again where something kills it."""
START = 120.0
"""Seconds the warm process may take to start."""
PAGE = resource.getpagesize()
"""Bytes of a page of memory, in which the system counts."""
WATCH = 0.01, 0.2
"""Least and most seconds between two looks at a worker's time and memory."""
IDLE = 60.0
"""Seconds after which a crew that nobody has asked for anything is dismissed (on Dask workers, which live on)."""
TRIES = {"TimeoutError": 1, "OutOfMemory": 2, "WorkerDied": 2, "Killed": 5}
"""How often a page that is alone may fail in each way. What kills a process from outside is mostly no page's doing; but
where memory is short and the system kills, it may be."""
CHUNK = (25, 4_000_000)
"""Most pages, and most bytes, handed to a worker at once."""


class WorkerFailed(RuntimeError):
    """No worker process can be started at all: the run stops, since every page would end in quarantine."""


class _Stopped(Exception):
    """A worker ended before it had answered. Its arguments: a name for the error, a sentence, seconds since it was
    asked."""


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


class Warm:
    """The warm process that forks a crew's workers; started when first needed, and again where it was killed."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self.ended = False
        self._lock = threading.Lock()

    def fork(self) -> tuple[int, Connection]:
        """A new worker: its pid and the wire to it. Raises WorkerFailed, and CancelledError after `end`."""
        ours, theirs = Pipe()
        with self._lock, theirs:
            for attempt in range(ATTEMPTS):
                if self.ended:
                    raise CancelledError
                try:
                    control = self._control or self._start()
                    socket.send_fds(control, [ORDER.pack(b"f", 0)], [theirs.fileno()])
                    return self._answer(control), ours
                except (EOFError, OSError) as error:  # it was killed since it last answered: once more
                    self._stop()
                    if attempt == ATTEMPTS - 1 and not self.ended:
                        raise WorkerFailed(f"no worker process can be forked: {error}") from error
        raise CancelledError

    def end_worker(self, pid: int) -> int | None:
        """Kill a worker. Returns its exit code; None where it is not known, since the warm process is gone."""
        with self._lock, suppress(EOFError, OSError):
            if self._control:
                self._control.sendall(ORDER.pack(b"e", pid))
                code = self._answer(self._control)
                return None if code == UNKNOWN else code
        return None

    def close(self) -> None:
        """End the process for good, and with it all its workers, and wait until it is gone."""
        self.ended = True
        if not self._lock.acquire(timeout=1):  # somebody waits for its start
            if self._process:
                self._process.kill()
            self._lock.acquire()
        try:
            self._stop()
        finally:
            self._lock.release()

    def _answer(self, control: socket.socket) -> int:
        message = control.recv(ANSWER.size)
        if len(message) < ANSWER.size:
            raise EOFError("the warm process was killed")
        (answer,) = ANSWER.unpack(message)
        return int(answer)

    def _start(self) -> socket.socket:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                process("flows.cleaning.hatch", theirs.fileno()),
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()], env=environment() | {"OPENBLAS_NUM_THREADS": "1"},
            )  # fmt: skip
        try:
            if self.ended:  # while it was being started
                raise CancelledError
            with Connection(os.dup(self._control.fileno())) as wire:
                wire.send(self._orders)
                if not wire.poll(START):
                    raise TimeoutError(f"not ready after {START:g} seconds")
                wire.recv()
        except (EOFError, OSError, CancelledError) as error:
            code, last_words = self._stop()
            if self.ended:
                raise CancelledError from None
            if code == -signal.SIGKILL and not isinstance(error, TimeoutError):
                raise EOFError("the warm process was killed while it started") from None
            raise WorkerFailed(f"the worker process does not start: {last_words or error}") from error
        return self._control

    def _stop(self) -> tuple[int, str]:
        """End the process and forget it. Returns its exit code and its last line on stderr."""
        process, control, self._process, self._control = self._process, self._control, None, None
        if control:
            control.close()  # which ends it
        if not process:
            return 0, ""
        with suppress(subprocess.TimeoutExpired):
            process.wait(2)
        process.kill()
        _, stderr = process.communicate()
        return process.returncode, stderr.decode(errors="replace").strip().rpartition("\n")[2]


class Worker:
    """One process that cleans pages; forked when first needed, replaced after any failure."""

    def __init__(self, warm: Warm, orders: Orders) -> None:
        self._warm = warm
        self._orders = orders
        self._pid = 0
        self._wire: Connection | None = None

    def clean(self, pages: list[RawPage]) -> Part:
        """What became of the pages. Raises WorkerFailed where no process starts, CancelledError after the end."""
        if len(pages) == 1:
            return self._clean_alone(pages[0])
        try:
            return self._ask(pages)
        except _Stopped:
            return merge(self._clean_alone(page) for page in pages)

    def _clean_alone(self, page: RawPage) -> Part:
        left = dict(TRIES)
        while True:
            try:
                return self._ask([page])
            except _Stopped as stopped:
                error, reason, seconds = stopped.args
            left[error] -= 1
            if not left[error]:
                return failed(page, "WorkerDied" if error == "Killed" else error, reason, seconds)

    def close(self) -> None:
        """End the process."""
        if self._wire:
            self._end()

    def _ask(self, pages: list[RawPage]) -> Part:
        """The answer of the process. Raises _Stopped where it had to be stopped or ended by itself."""
        wire = self._wire or self._fork()
        begun, queued = time.monotonic(), self._queued()
        deadline, memory = self._orders.deadline, self._orders.memory
        left = deadline
        try:
            wire.send(pages)
            while not wire.poll(min(max(WATCH[0], left), WATCH[1])):
                left = begun + deadline - time.monotonic() + max(0, self._queued() - queued)
                if left <= 0:
                    self._end()
                    raise _Stopped("TimeoutError", f"not done after {deadline:g} seconds: stopped", deadline)
                if self._resident() > memory:
                    self._end()
                    raise self._outgrown(begun)
            part: Part = wire.recv()
        except (EOFError, OSError):
            code = self._end()
            if self._warm.ended:
                raise CancelledError from None
            if code == OUT_OF_MEMORY:
                raise self._outgrown(begun) from None
            if code == -signal.SIGPROF:
                raise _Stopped("TimeoutError", f"not done after {deadline:g} seconds: stopped", deadline) from None
            error = "Killed" if code in (None, -signal.SIGKILL) else "WorkerDied"
            reason = f"the worker process died on this page ({_exit_in_words(code)})"
            raise _Stopped(error, reason, time.monotonic() - begun) from None
        if self._resident() > memory / 2:
            self._end()  # a later page must not be stopped for the memory that earlier ones left in use
        return part

    def _outgrown(self, begun: float) -> _Stopped:
        reason = f"more than {self._orders.memory:,} megabytes of memory: stopped"
        return _Stopped("OutOfMemory", reason, time.monotonic() - begun)

    def _fork(self) -> Connection:
        self._pid, self._wire = self._warm.fork()
        return self._wire

    def _end(self) -> int | None:
        """End the process, if it still runs; the next page gets a new one. Returns its exit code, if known."""
        assert self._wire
        self._wire.close()
        self._wire = None
        return self._warm.end_worker(self._pid)

    def _queued(self) -> float:
        """Seconds that the process was ready and others had the processor; 0 where the system does not tell.

        They are no part of a page's time: what becomes of a page must not depend on what else a machine does.
        """
        with suppress(OSError, IndexError, ValueError), open(f"/proc/{self._pid}/schedstat") as file:
            return int(file.read().split()[1]) / 1e9
        return 0

    def _resident(self) -> float:
        """Megabytes that the process has in memory; 0 where the system does not tell."""
        with suppress(OSError, IndexError, ValueError), open(f"/proc/{self._pid}/statm") as file:
            return int(file.read().split()[1]) * PAGE / 1e6
        return 0


HOME = Path(__file__).resolve().parents[2]
"""Where the packages lie, and boilerstrip.py beside them."""


def process(module: str, *arguments: object) -> list[str]:
    """The command line that calls `main` of a module of ours in a process of its own, with the arguments as strings.

    It is the module that lies beside this one: the working directory is not asked (boilerstrip.py says how).
    """
    return [sys.executable, "-P", str(HOME / "boilerstrip.py"), "-m", module, *map(str, arguments)]


def environment() -> dict[str, str]:
    """Its environment: it finds the libraries that are found here, but for those in the working directory."""
    found = [path for path in sys.path if path not in ("", os.getcwd())]
    return {**os.environ, "BOILERSTRIP_PATH": os.pathsep.join(found)}


def _exit_in_words(code: int | None) -> str:
    if code is None:
        return "killed"
    return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"


class Crew:
    """The workers of one run in this process. As many are started as tasks ask for at the same time."""

    def __init__(self, orders: Orders) -> None:
        self.orders = orders
        self._warm = Warm(orders)
        self._idle: list[Worker] = []
        self.busy = 0  # workers that a task has
        self.used = time.monotonic()  # when a task last took or gave back one
        self.ended = False
        self._lock = threading.Lock()

    @contextmanager
    def worker(self) -> Iterator[Worker]:
        """An idle worker, or a new one. Raises CancelledError where the run is over."""
        with self._lock:
            if self.ended:
                raise CancelledError
            worker = self._idle.pop() if self._idle else Worker(self._warm, self.orders)
            self.busy += 1
        try:
            yield worker
        finally:
            with self._lock:
                self._idle.append(worker)
                self.busy -= 1
                self.used = time.monotonic()

    def close(self) -> None:
        """End all workers for good, also those at work."""
        with self._lock:
            self.ended = True
        self._warm.close()


_crews: dict[str, Crew | None] = {}
"""The crews of this process by their run's id; None once the run is over. Global: a task on a Dask worker has no other
way to the workers that an earlier task of its run has started."""
_crews_lock = threading.Lock()


def crew_of(orders: Orders) -> Crew:
    """The crew of a run in this process, which may be a Dask worker. It lasts until it is dismissed, or long idle.

    Raises CancelledError where the run has been dismissed here.
    """
    with _crews_lock:
        if orders.run not in _crews:
            _crews[orders.run] = Crew(orders)
            threading.Thread(target=_close_idle, args=(orders.run,), daemon=True).start()
        crew = _crews[orders.run]
        if not crew:
            raise CancelledError
        crew.used = time.monotonic()
        return crew


def dismiss(run: str) -> None:
    """End the crew of a run in this process, and let it have no other."""
    with _crews_lock:
        crew, _crews[run] = _crews.get(run), None
    if crew:
        crew.close()


def _close_idle(run: str) -> None:
    """Watch the crew of a run, in a thread of its own, and end it once nobody has used it for IDLE seconds."""
    while True:
        time.sleep(IDLE / 4)
        with _crews_lock:
            crew = _crews.get(run)
            if not crew:
                return
            if not crew.busy and time.monotonic() - crew.used > IDLE:
                del _crews[run]
                break
    crew.close()
