"""What an operator sees in Prefect of a run: its name, a dozen lines of log, artifacts. Importing this imports Prefect.

The artifacts have keys, so that Prefect keeps the history of each over all runs.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect import get_run_logger
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
)
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import ArtifactUpdate
from prefect.runtime import flow_run

from cleaners import RuleSet
from flows import places

SHARD = "shard"
"""The name of the task that cleans a shard."""
PROGRESS, SUMMARY, RULES, HOSTS, OUTPUT = (
    f"boilerstrip-{name}" for name in ("progress", "summary", "rules", "hosts", "output")
)
EVERY = 5.0
"""Seconds between two updates of the progress artifact. They are a good part of what a run costs beside cleaning."""
FIRST = 30.0
"""Seconds until the first line of log about progress. Each later one takes twice as long: eleven in a day."""
MOST_ROWS = 500
"""Rows of a table artifact. A crawl can have more hosts than a page of Prefect's UI can show; summary.json has all."""

Told = Callable[[str, int], None]


def name_run(source: object, to: object, done: str = "") -> None:
    """Name the flow run for what it does and, at its end, how much that was: "crawl → out: 12 new of 90 pages"."""
    run = flow_run.id
    if run:
        name = f"{_short(str(source))} → {_short(str(to))}"
        with get_client(sync_client=True) as client:
            client.set_flow_run_name(UUID(run), f"{name}: {done}" if done else name)


def _short(place: str) -> str:
    """The last part of a path or an address."""
    return place.rstrip("/").rpartition("/")[2] or place


def hide_shards() -> None:
    """Keep the lines of log in which Prefect tells of each shard that it is done; what went wrong is still told."""
    logging.getLogger("prefect.task_runs").addFilter(_worth_telling)


def _worth_telling(record: logging.LogRecord) -> bool:
    return record.levelno > logging.INFO or getattr(record, "task_name", None) != SHARD


class _Count:
    """How far a run is: pages, of how many where that is known, new ones among them, and what it is at."""

    def __init__(self) -> None:
        self.total = self.pages = self.new = self.quarantined = 0
        self.at = "cleaning"
        self._lock = threading.Lock()

    def told(self, what: str, count: int) -> None:
        with self._lock:
            if what == "total":
                self.total = count
            elif what == "known":
                self.pages += count
            elif what == "pages":
                self.pages += count
                self.new += count
            elif what == "quarantined":
                self.quarantined += count
            elif what == "joining":
                self.at = "writing the output"

    @property
    def percent(self) -> float:
        """0 where the number of pages is not known."""
        return min(100.0, 100 * self.pages / self.total) if self.total else 0.0

    def __str__(self) -> str:
        of = f" of {self.total:,} pages" if self.total else " pages (how many there are is not known)"
        return f"{self.at}: {self.pages:,}{of}, {self.new:,} new, {self.quarantined:,} quarantined"


@contextmanager
def progress(outer: Told, how_many: Callable[[], int | None]) -> Iterator[Told]:
    """One progress artifact while the run goes on. Gives the function for `batch.watch`, which tells `outer` too.

    All that takes time is done in a thread of its own, counting the pages with `how_many` first: no page waits for it.
    """
    count, over = _Count(), threading.Event()
    artifact = create_progress_artifact(0, key=PROGRESS, description=str(count))
    assert isinstance(artifact, UUID)
    log = get_run_logger()

    def told(what: str, number: int) -> None:
        count.told(what, number)
        outer(what, number)

    def show(percent: float) -> None:
        try:
            client.update_artifact(artifact, ArtifactUpdate(data=percent, description=str(count)))
        except Exception as error:  # the server is away: the run has better things to do than to fail for that
            log.debug("the progress artifact could not be updated: %r", error)

    def watch() -> None:
        begun, due, shown = time.monotonic(), FIRST, ""
        with suppress(OSError):
            told("total", how_many() or 0)
        while not over.wait(EVERY):
            if str(count) != shown:
                shown = str(count)
                show(count.percent)
            if time.monotonic() - begun >= due:
                due *= 2
                log.info("%s", count)

    thread = threading.Thread(target=watch, daemon=True)
    with get_client(sync_client=True) as client:  # one for all updates: to make one takes longer than to use it
        thread.start()
        try:
            yield told
            count.at = "done"
        finally:
            over.set()
            thread.join(EVERY)
            if count.at == "done":
                show(100)


def publish(told: Mapping[str, Any], markdown: str, rules: RuleSet, to: object) -> None:
    """The artifacts of a run that has written its output: summary, tables of rules and hosts, link to the output."""
    hits = [{"rule": by, "hits": count, "why": rules.why(by)} for by, count in told["hits"].items()]
    hosts = [{"host": host, "articles": count} for host, count in told["hosts"].items()]
    create_markdown_artifact(markdown, key=SUMMARY, description="What the run did")
    create_table_artifact(hits[:MOST_ROWS], key=RULES, description=_of("Hits by rule or stage", hits))
    create_table_artifact(hosts[:MOST_ROWS], key=HOSTS, description=_of("Articles by host", hosts))
    place = str(to)
    link = place if places.remote(place) else Path(place).resolve().as_uri()
    create_link_artifact(link, link_text=place, key=OUTPUT, description="The output folder")


def _of(what: str, rows: list[Any]) -> str:
    return f"{what}: the first {MOST_ROWS:,} of {len(rows):,}" if len(rows) > MOST_ROWS else what
