"""The Prefect flow: pages are cut into shards, each shard is a task, the parts joined. Importing this imports Prefect.

No `from __future__ import annotations` here: Prefect reads the flow's parameters from its real annotations.
"""

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from contextlib import closing
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from flows.server import quieten

quieten()  # Prefect reads its settings when it is imported

from prefect import flow, get_run_logger, task  # noqa: E402
from prefect.artifacts import create_markdown_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.futures import PrefectFuture  # noqa: E402
from prefect.task_runners import ThreadPoolTaskRunner  # noqa: E402
from prefect.utilities.annotations import quote  # noqa: E402

from cleaners import RuleSet, load_rules  # noqa: E402
from flows import read, write  # noqa: E402
from flows.crew import CHUNK, Crew, cut  # noqa: E402

SHARD_BYTES = 32_000_000
"""Most bytes of pages in a shard. Twice as many shards as there are workers are in memory at a time."""

watch: ContextVar[Callable[[str, int], None]] = ContextVar("watch", default=lambda what, count: None)
"""Told what happens: ("started", 0), ("pages", n) and ("quarantined", n) for n more of them, ("joining", 0)."""


@task(name="shard", task_run_name="shard {number}", cache_policy=NO_CACHE, persist_result=False)
def shard(number: int, pages: list[read.RawPage], to: Path, crew: Crew) -> write.Tally:
    """Clean the pages of one shard into part files, the manifest last. Returns its counts."""
    total, told = write.new_tally(), watch.get()
    with (
        crew.worker() as worker,
        write.whole(write.part(to, number, write.ARTICLES)) as articles,
        write.whole(write.part(to, number, write.QUARANTINE)) as quarantine,
    ):
        for chunk in cut(pages, *CHUNK):
            part = worker.clean(chunk)
            articles.write(part.articles)
            quarantine.write(part.quarantine)
            write.add(total, part.tally)
            told("quarantined", part.tally["counts"]["quarantined"])
            told("pages", len(chunk))
    with write.whole(write.part(to, number, "json")) as manifest:
        manifest.write(write.line({"rules": crew.rules.hash, **total}))
    return total


@flow(name="boilerstrip")
def clean_pages(
    source: Path,
    to: Path,
    rules: list[Path] = [],  # noqa: B006 (never changed; Prefect shows it as the default)
    disable: list[str] = [],  # noqa: B006
    allow: list[str] = [],  # noqa: B006
    workers: int | None = None,
    shard_size: int = 500,
) -> dict[str, Any]:
    """Clean scraped pages into articles. Every page ends in articles.jsonl or in quarantine.jsonl with its reason.

    Args:
        source: Folder of pages, one page, or a file of JSON lines.
        to: Output folder. Nothing is written outside it.
        rules: Folders of your own rules, added to those that come with boilerstrip.
        disable: Ids of rules, or names of families, that are switched off.
        allow: Lines that are never taken out.
        workers: Processes that clean at the same time; the number of processor cores where it is empty.
        shard_size: Most pages in one task.
    """
    watch.get()("started", 0)
    begun = time.monotonic()
    read.check(source, to)
    rule_set = load_rules(*rules, disable=disable, allow=allow)
    (to / write.SHARDS).mkdir(parents=True, exist_ok=True)
    write.sweep(to)
    (to / write.SHARDS).mkdir(exist_ok=True)
    aside: Counter[str] = Counter()
    number, total = _submit(read.pages(source, leave_out=to, aside=aside), to, rule_set, workers, shard_size)
    watch.get()("joining", 0)
    write.join(to, number)
    facts = {"left_aside": dict(sorted(aside.items())), "source": str(source), "rules": rule_set.hash}
    told = write.summary(total, **facts, seconds=round(time.monotonic() - begun, 2))
    create_markdown_artifact(key="boilerstrip-summary", markdown=write.write_summary(to, told))
    write.sweep(to)
    counts = (told[name] for name in ("pages", "articles", "quarantined"))
    get_run_logger().info("%d pages: %d articles, %d quarantined", *counts)
    return told


def _submit(
    pages: Iterable[read.RawPage], to: Path, rules: RuleSet, workers: int | None, shard_size: int
) -> tuple[int, write.Tally]:
    """Run all shards, a bounded number at a time. Returns how many there were, and their counts together."""
    total, number = write.new_tally(), 0
    workers = workers or os.cpu_count() or 1
    waiting: deque[PrefectFuture[write.Tally]] = deque()
    runner: ThreadPoolTaskRunner[write.Tally] = ThreadPoolTaskRunner(max_workers=workers)
    with runner, closing(Crew(rules)) as crew:
        for number, some in enumerate(cut(pages, shard_size, SHARD_BYTES), 1):
            # quote: otherwise Prefect looks through every page for futures
            inputs = {"number": number - 1, "pages": quote(some), "to": to, "crew": quote(crew)}
            waiting.append(runner.submit(shard, inputs))
            if len(waiting) >= 2 * workers:
                write.add(total, waiting.popleft().result())
        while waiting:
            write.add(total, waiting.popleft().result())
    return number, total
