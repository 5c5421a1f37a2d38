"""How far a run is: who keeps count, and for whom."""

from collections.abc import Iterator

import pytest

from cleaners import RuleSet
from flows.cleaning.batch import Batch, clean
from flows.cleaning.crew import dismiss
from flows.cleaning.hatch import Orders
from flows.progress import Progress, of_this_run, watching
from flows.reading.raw import RawPage

PAGES = [RawPage(name, name, f"The bridge\n\nThe bridge {name} is closed until the spring.") for name in "abc"]


@pytest.fixture
def orders() -> Iterator[Orders]:
    yield Orders(RuleSet(()), run="progress")
    dismiss("progress")


def test_a_flow_keeps_the_progress_of_its_watcher_and_of_no_earlier_one() -> None:
    seen = Progress()
    with watching(seen):
        assert of_this_run() is seen
    assert of_this_run() is not seen


def test_the_pages_of_a_task_are_counted_chunk_by_chunk_as_they_are_cleaned(
    orders: Orders, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []

    class Seen(Progress):
        def add_cleaned(self, pages: int, quarantined: int) -> None:
            super().add_cleaned(pages, quarantined)
            seen.append((self.pages, self.quarantined))

    monkeypatch.setattr("flows.cleaning.batch.CHUNK", (2, 10**6))
    part = clean(Batch([*PAGES, RawPage("d", "d", "", error="it cannot be read")], orders, Seen(known=10)))
    assert seen == [(12, 0), (14, 1)]
    assert clean(Batch(PAGES[:1], orders, None)).sizes == part.sizes[:1]  # where nobody counts


def test_a_worker_that_would_clean_otherwise_refuses(orders: Orders) -> None:
    batch = Batch(PAGES, orders, None)
    batch.recipe = "of another version"
    with pytest.raises(RuntimeError, match="another version of boilerstrip, or of a library"):
        clean(batch)
