"""The work of one Prefect task, on any machine: nothing is read or written here. Imports no Prefect."""

from flows.cleaning.crew import CHUNK, crew_of, cut
from flows.cleaning.hatch import Orders
from flows.cleaning.recipe import recipe
from flows.cleaning.work import Part, merge
from flows.progress import Progress
from flows.reading.raw import RawPage


class Batch:
    """The pages of a shard and how to clean them. A plain class: Prefect would look through others for futures."""

    def __init__(self, pages: list[RawPage], orders: Orders, progress: Progress | None) -> None:
        """`progress`: the run's, to count each chunk as it is done; None where the task may go to another machine."""
        self.pages, self.orders, self.recipe, self.progress = pages, orders, recipe(orders.rules), progress

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
    parts = []
    with crew_of(batch.orders).worker() as worker:
        for chunk in cut(batch.pages, *CHUNK):
            part = worker.clean(chunk)
            parts.append(part)
            if batch.progress:
                batch.progress.add_cleaned(len(chunk), part.tally["counts"]["quarantined"])
    return merge(parts)
