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
from flows.progress import Progress

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
    """Leave out of Prefect's log the lines that each shard is done; what went wrong is still shown."""
    logging.getLogger("prefect.task_runs").addFilter(_is_worth_showing)


def _is_worth_showing(record: logging.LogRecord) -> bool:
    return record.levelno > logging.INFO or getattr(record, "task_name", None) != SHARD


def _percent(progress: Progress) -> float:
    """0 where the number of pages is not known."""
    return min(100.0, 100 * progress.pages / progress.total) if progress.total else 0.0


def _sentence(progress: Progress) -> str:
    of = f" of {progress.total:,} pages" if progress.total else " pages (how many there are is not known)"
    counts = f"{progress.pages:,}{of}, {progress.cleaned:,} new, {progress.quarantined:,} quarantined"
    return f"{progress.stage}: {counts}"


@contextmanager
def shown(progress: Progress, how_many: Callable[[], int | None]) -> Iterator[None]:
    """A context in which Prefect shows how far the run is: one progress artifact, and a line of log now and then.

    All that takes time is done in a thread of its own, counting the pages with `how_many` first: no page waits for it.
    """
    ended = threading.Event()
    artifact = create_progress_artifact(0, key=PROGRESS, description=_sentence(progress))
    assert isinstance(artifact, UUID)
    log = get_run_logger()

    def update(percent: float) -> None:
        try:
            client.update_artifact(artifact, ArtifactUpdate(data=percent, description=_sentence(progress)))
        except Exception as error:  # the server is away: no reason for the run to fail
            log.debug("the progress artifact could not be updated: %r", error)

    def keep_updated() -> None:
        begun, due, last = time.monotonic(), FIRST, ""
        with suppress(OSError):
            progress.total = how_many()
        while not ended.wait(EVERY):
            if _sentence(progress) != last:
                last = _sentence(progress)
                update(_percent(progress))
            if time.monotonic() - begun >= due:
                due *= 2
                log.info("%s", _sentence(progress))

    thread = threading.Thread(target=keep_updated, daemon=True)
    with get_client(sync_client=True) as client:  # one for all updates: to make one takes longer than to use it
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join(EVERY)
        progress.stage = "done"
        update(100)


def publish(result: Mapping[str, Any], markdown: str, rules: RuleSet, to: object) -> None:
    """The artifacts of a run that has written its output: summary, tables of rules and hosts, link to the output.

    `result`: the run's summary; `markdown`: the same for people.
    """
    hits = [{"rule": by, "hits": count, "why": rules.why(by)} for by, count in result["hits"].items()]
    hosts = [{"host": host, "articles": count} for host, count in result["hosts"].items()]
    create_markdown_artifact(markdown, key=SUMMARY, description="What the run did")
    create_table_artifact(hits[:MOST_ROWS], key=RULES, description=_of("Hits by rule or stage", hits))
    create_table_artifact(hosts[:MOST_ROWS], key=HOSTS, description=_of("Articles by host", hosts))
    place = str(to)
    link = place if places.remote(place) else Path(place).resolve().as_uri()
    create_link_artifact(link, link_text=place, key=OUTPUT, description="The output folder")


def _of(what: str, rows: list[Any]) -> str:
    """The description of a table artifact, which says where it has not all rows."""
    return f"{what}: the first {MOST_ROWS:,} of {len(rows):,}" if len(rows) > MOST_ROWS else what
