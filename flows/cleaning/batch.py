"""The work of one Prefect task, on any machine: nothing is read or written here. Imports no Prefect."""

from collections.abc import Callable
from contextvars import ContextVar

from flows.cleaning.crew import CHUNK, crew_of, cut
from flows.cleaning.hatch import Orders
from flows.cleaning.recipe import recipe
from flows.cleaning.work import Part, merge
from flows.reading.raw import RawPage

watch: ContextVar[Callable[[str, int], None]] = ContextVar("watch", default=lambda what, count: None)
"""Told what happens: ("started", 0); ("total", n), at most so many pages are in the source, 0 where that is not known;
("pages", n) for n more that were cleaned, ("known", n) for n that an earlier run had finished, ("quarantined", n);
("joining", 0). From several threads."""


class Batch:
    """The pages of a shard and how to clean them. A plain class: Prefect would look through others for futures."""

    def __init__(self, pages: list[RawPage], orders: Orders) -> None:
        self.pages, self.orders, self.recipe = pages, orders, recipe(orders.rules)

    def __str__(self) -> str:
        """What Prefect calls it in the name of the task."""
        return "1 page" if len(self.pages) == 1 else f"{len(self.pages):,} pages"


def clean(batch: Batch) -> Part:
    """What became of the pages. Raises RuntimeError where it would not be the same here as on the run's machine."""
    if recipe(batch.orders.rules) != batch.recipe:
        raise RuntimeError(
            "this worker has another version of boilerstrip, or of a library that it stands on, "
            "than the machine that started the run"
        )
    told, parts = watch.get(), []
    with crew_of(batch.orders).worker() as worker:
        for chunk in cut(batch.pages, *CHUNK):
            parts.append(worker.clean(chunk))
            told("quarantined", parts[-1].tally["counts"]["quarantined"])
            told("pages", len(chunk))
    return merge(parts)
