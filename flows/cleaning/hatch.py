"""The warm process of a run, which forks a worker in a few milliseconds. As a process it is that one.

A worker needs the rules, the language model and trafilatura, over a second in all. They are loaded here once, then each
worker is a fork: what a hostile page costs is its own time, and the memory is shared. No page is ever cleaned in this
process and it has one thread, so that a fork is safe. No Prefect here.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import socket
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, NamedTuple

from cleaners import BadInput, RuleSet
from flows.cleaning.work import Part, clean_page, merge
from flows.reading.raw import RawPage

if TYPE_CHECKING:
    from cleaners import Cleaner


class Orders(NamedTuple):
    """How pages are to be cleaned: all that a worker has to know."""

    rules: RuleSet
    deadline: float = 20.0
    """Seconds a page may take. On Linux, the time while others have the processor is not counted."""
    memory: int = 2000
    """Megabytes of resident memory that a worker may have. Enforced on Linux only."""
    run: str = ""
    """Which run they belong to: it has its own workers."""
    clean: Callable[[Cleaner, RawPage], Part] = clean_page


ORDER = struct.Struct("=ci")
"""What the warm process is asked: b"f" (fork a worker on the socket that comes along) or b"e" and a pid (end it)."""
ANSWER = struct.Struct("=i")
"""Its answer: the pid of the new worker, or the exit code of the one that ended (negative: the signal)."""
UNKNOWN = 1 << 20
"""The answer for a pid that is no worker of this process."""
OUT_OF_MEMORY = 77
"""The exit code of a worker that was refused memory."""

PROSE = "The bridge was closed on Tuesday, and the ferry takes its place until the spring. " * 3
WARM_UP = (
    PROSE,
    f"<html><body><article><h1>The bridge</h1><p>{PROSE}</p><p>{PROSE}</p></article></body></html>",
    f"The bridge\n\nThe 3rd of May 2021\n\n{PROSE}",
)


def main(number: str) -> None:
    """Fork and end workers as asked on the socket of this number, until its other end is gone.

    The first message is an Orders.
    """
    from cleaners import Cleaner  # all stages: the run, which imports this module too, does without

    control = socket.socket(fileno=int(number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which ends this process
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash writes no file
    wire = Connection(os.dup(control.fileno()))
    orders: Orders = wire.recv()
    cleaner = Cleaner(orders.rules)
    _warm(cleaner)
    gc.collect()
    gc.freeze()  # the workers share this memory as long as nobody writes to it, and a collection would
    wire.send("ready")
    wire.close()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # from here on nobody reads it
    workers: set[int] = set()
    parent = os.getpid()
    while True:
        message, sockets, _, _ = socket.recv_fds(control, ORDER.size, 1)
        if len(message) < ORDER.size:
            for pid in workers:
                _end(pid)
            return
        verb, pid = ORDER.unpack(message)
        if verb == b"f":
            pid = os.fork()
            if not pid:
                control.close()  # else nobody could see that the warm process is gone
                _work(Connection(sockets[0]), cleaner, orders, parent)
            os.close(sockets[0])
            workers.add(pid)
            control.sendall(ANSWER.pack(pid))
        elif pid in workers:
            workers.discard(pid)
            control.sendall(ANSWER.pack(_end(pid)))
        else:
            control.sendall(ANSWER.pack(UNKNOWN))


def _warm(cleaner: Cleaner) -> None:
    """Clean some pages for practice: the library loads parts of itself on first use. Patterns are left to the workers,
    each of which compiles those that its pages ask for: to compile all takes longer than a short run."""
    for page in WARM_UP:
        with suppress(BadInput):
            cleaner.clean(page)


def _end(pid: int) -> int:
    """Kill a worker and collect it. One that was dying already keeps the exit code of what it died of."""
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _work(wire: Connection, cleaner: Cleaner, orders: Orders, parent: int) -> None:
    """Be a worker: answer each list of pages with what became of them, until the other end is gone. Never returns."""
    try:
        _end_with(parent)
        _limit(orders.memory)
        while True:
            pages = wire.recv()
            # The run watches the time. Where the run is gone, the kernel does, also while C code runs.
            signal.setitimer(signal.ITIMER_PROF, orders.deadline + 5)
            part = merge(orders.clean(cleaner, page) for page in pages)
            signal.setitimer(signal.ITIMER_PROF, 0)
            wire.send(part)
    except (EOFError, OSError):
        os._exit(0)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    finally:
        os._exit(1)


def _limit(memory: int) -> None:
    """Let an allocation of far more than `memory` megabytes fail: the run looks only now and then what a worker has."""
    with suppress(OSError, ValueError):
        with open("/proc/self/statm") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        most = now + 2 * memory * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _end_with(parent: int) -> None:
    """End this process when the run ends: on Linux at once, elsewhere as soon as Python code gets its turn."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: the warm process ends with the run
        if os.getppid() != parent:
            os._exit(1)
    threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    while os.read(0, 1):  # nothing is ever sent: this returns when the run is gone
        pass
    os._exit(1)
