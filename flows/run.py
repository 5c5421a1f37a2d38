"""The Prefect flow: pages are cut into shards, each shard is a task, the parts joined. Importing this imports Prefect.

No `from __future__ import annotations` here: Prefect reads the flow's parameters from its real annotations. Prefect
also sends the flow and the task to Dask's workers as code: what they name must be modules, or be fit to be pickled.
"""

import gc
import os
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from queue import SimpleQueue
from typing import Annotated, Any
from uuid import uuid4

from flows.server import quieten

quieten()  # Prefect reads its settings when it is imported

from prefect import flow, get_run_logger, task  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.futures import PrefectFuture  # noqa: E402
from prefect.states import Failed  # noqa: E402
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner  # noqa: E402
from pydantic import Field  # noqa: E402

from cleaners import load_rules  # noqa: E402
from cleaners.matching.ruleset import TooMuch  # noqa: E402
from flows import engines, progress, report, thresholds  # noqa: E402
from flows.cleaning import batch, crew, records  # noqa: E402
from flows.cleaning.hatch import Orders  # noqa: E402
from flows.cleaning.recipe import recipe  # noqa: E402
from flows.cleaning.work import Part  # noqa: E402
from flows.reading import read  # noqa: E402
from flows.writing import output, summary  # noqa: E402
from flows.writing.address import store_at  # noqa: E402
from flows.writing.shards import Limits, Missing, Shards  # noqa: E402

SHARD_BYTES = 16_000_000
"""Most bytes of pages in a shard. Twice as many shards as are cleaned at a time are in memory."""

Share = Annotated[float, Field(ge=0, le=1)]
Several = Annotated[int, Field(ge=1)]


@task(name=report.SHARD, task_run_name="shard {number}: {pages}", cache_policy=NO_CACHE, persist_result=False)
def shard(number: int, pages: batch.Batch) -> Part:
    """Clean the pages of one shard. Short, since Prefect sends this function's code to Dask's workers."""
    report.hide_shards()
    return batch.clean(pages)


@flow(name="boilerstrip")
def clean_pages(
    source: str,
    to: str,
    format: output.Format = "jsonl",
    fields: dict[str, str] = {},  # noqa: B006 (never changed; Prefect shows it as the default)
    rules: list[Path] = [],  # noqa: B006
    disable: list[str] = [],  # noqa: B006
    allow: list[str] = [],  # noqa: B006
    most_removed: Share | None = None,
    too_much: TooMuch = "leave",
    workers: Several | None = None,
    shard_size: Several = 1000,
    deadline: Annotated[float, Field(gt=0)] = 20,
    memory: Annotated[int, Field(ge=300)] = 2000,
    engine: str = engines.THREADS,
    quarantine_limit: Share = thresholds.QUARANTINE,
    removal_limit: Share = thresholds.REMOVAL,
) -> dict[str, Any]:
    """Clean scraped pages into articles. Every page ends in articles.jsonl or in quarantine.jsonl with its reason.

    A run into the folder of an earlier one cleans only pages that are new or have changed, or all where the rules have.

    Args:
        source: A path, a glob or an address (s3://bucket/folder) of pages, JSON lines, Parquet or WARC files; - is
            standard input.
        to: Output folder: a path, or an address such as s3://bucket/folder. Nothing is written outside it, but for
            what a Dask cluster of our own spills where it is an address.
        format: Of the articles' file. jsonl is JSON lines, which gz and zst compress.
        fields: Which field or column of a row holds html, text, url or id, such as {"text": "body"}; found by name
            where it is empty.
        rules: Folders of your own rules, added to those that come with boilerstrip.
        disable: Ids of rules, or names of families, that are switched off.
        allow: Lines that are never taken out.
        most_removed: Share of a page's words that may be removed, 0 to 1; any where it is empty. Of HTML, of the text
            that the extractor took.
        too_much: What becomes of a page of which more would be removed. leave: it is left whole, and left_whole of its
            record says so; refuse: it goes into quarantine.
        workers: Processes that clean at the same time; the number of processor cores where it is empty.
        shard_size: Most pages in one task.
        deadline: Seconds a page may take.
        memory: Megabytes a worker process may have in memory.
        engine: threads, dask (a cluster of its own on this machine), or dask=tcp://host:port.
        quarantine_limit: Share of the pages that this run cleans which may be quarantined. With more, and more than
            five, the run ends as failed, after it has written everything.
        removal_limit: How much larger a share of the characters than the last run into the folder this run may remove:
            0.1 is ten points. With more, and from 100 pages on, it ends as failed, after it has written everything.
    """
    so_far = progress.of_this_run()
    so_far.stage = "cleaning"
    begun = time.monotonic()
    report.name_run(source, to)
    log = get_run_logger()
    engines.check(engine)
    output.check(format)
    out = store_at(to)
    read.check(source, to, fields)
    rule_set = load_rules(*rules, disable=disable, allow=allow).limited(most_removed, too_much)
    orders = Orders(rule_set, deadline, memory, run=uuid4().hex)
    with out.lock(), out.scratch() as scratch:
        shards = Shards(out, recipe(rule_set), rule_set.hash, Limits(deadline, memory))
        log.info("cleaning %s into %s, rules %s: %s pages are finished there", source, to, rule_set.hash,
                 f"{shards.finished:,}")  # fmt: skip
        last = summary.last_summary(out)
        aside: Counter[str] = Counter()
        pages = read.pages(source, leave_out=to, aside=aside, fields=fields)
        workers = workers or os.cpu_count() or 1
        runner = engines.runner(engine, workers, scratch)
        with report.shown(so_far, lambda: read.how_many(source, to)):
            missing = shards.missing(pages, shard_size, SHARD_BYTES, so_far)
            new = _clean(missing, shards, orders, runner, workers, so_far)
            so_far.stage = "writing the output"
            shards.join(format)
        facts = {"new": new["counts"]["pages"], "left_aside": dict(sorted(aside.items())), "source": source}
        seconds = round(time.monotonic() - begun, 2)
        result = summary.summary(shards.tally(), **facts, format=format, rules=rule_set.hash, seconds=seconds)
        markdown = summary.write_summary(out, result)
        shards.forget()
    report.publish(result, markdown, rule_set, to)
    report.name_run(source, to, done=f"{result['new']:,} new of {result['pages']:,} pages")
    log.info("%s pages, %s of them new: %s articles, %s quarantined, in %s seconds",
             *(f"{result[name]:,}" for name in ("pages", "new", "articles", "quarantined", "seconds")))  # fmt: skip
    if why := thresholds.over(new, last, quarantine_limit, removal_limit):
        return Failed(message=why, data=thresholds.OverLimit(why, result))  # type: ignore[return-value]  # it is raised
    return result


def _clean(
    missing: Iterable[Missing],
    shards: Shards,
    orders: Orders,
    runner: TaskRunner[Any],
    workers: int,
    so_far: progress.Progress,
) -> records.Tally:
    """Clean all shards that are missing, a bounded number at a time, and keep each as soon as it is done.

    Returns the counts of their pages (counts, characters, errors).
    """
    new = records.new_tally()
    # Tasks in threads count their pages themselves, chunk by chunk. Those on Dask cannot: they run in other processes.
    shared = so_far if isinstance(runner, ThreadPoolTaskRunner) else None
    waiting: dict[PrefectFuture[Part], tuple[int, str]] = {}  # shards that are not kept yet: number and keys
    done: SimpleQueue[PrefectFuture[Part]] = SimpleQueue()

    def keep_one() -> None:
        future = done.get()
        part = future.result()
        shards.keep(*waiting.pop(future), part)
        for group in ("counts", "characters", "errors"):  # the others can be as large as the source
            new[group].update(part.tally[group])
        gc.collect()  # Prefect leaves each task in a reference cycle, and its pages with it
        if not shared:
            so_far.add_cleaned(len(part.sizes), part.tally["counts"]["quarantined"])

    with runner:
        engines.prepare(runner)
        most = 2 * engines.size(runner, workers)
        gc.freeze()  # so that a collection passes over the half million objects of Prefect's modules, and is quick
        try:
            for number, pages, keys in missing:
                future = runner.submit(shard, {"number": number, "pages": batch.Batch(pages, orders, shared)})
                waiting[future] = number, keys
                future.add_done_callback(done.put)
                if len(waiting) >= most:
                    keep_one()
            while waiting:
                keep_one()
        finally:
            crew.dismiss(orders.run)
            gc.unfreeze()
    return new
