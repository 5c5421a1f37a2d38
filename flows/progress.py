"""How far a run is. The run keeps count; who shows it, looks as often as it likes. Imports no Prefect."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock
from typing import Literal

Stage = Literal["starting", "cleaning", "writing the output", "done"]


@dataclass
class Progress:
    """What a run is doing, and how many pages it has finished. Several threads count what is cleaned, one all else."""

    stage: Stage = "starting"
    total: int | None = None
    """Pages in the source, at most; None where that is not known (yet)."""
    known: int = 0
    """Pages that an earlier run had finished, as far as this one has met them."""
    cleaned: int = 0
    """Pages that this run has cleaned, those in quarantine among them."""
    quarantined: int = 0
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def pages(self) -> int:
        """Finished pages."""
        return self.known + self.cleaned

    def add_cleaned(self, pages: int, quarantined: int) -> None:
        """So many pages more are cleaned, and so many of them in quarantine."""
        with self._lock:
            self.cleaned += pages
            self.quarantined += quarantined


_watched: ContextVar[Progress | None] = ContextVar("_watched", default=None)
"""How a Progress gets from the command line into the flow; from there on it is passed as an argument. It cannot be a
parameter of the flow: Prefect checks those, stores them and shows them in its UI. It calls the flow in the context of
the caller."""


@contextmanager
def watching(progress: Progress) -> Iterator[None]:
    """A context in which a flow that is called keeps its progress in `progress`."""
    token = _watched.set(progress)
    try:
        yield
    finally:
        _watched.reset(token)


def of_this_run() -> Progress:
    """The Progress that a flow is to keep: its watcher's, or one that nobody else looks at."""
    return _watched.get() or Progress()
