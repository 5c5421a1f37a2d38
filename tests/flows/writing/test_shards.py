"""What a run finds again: shards by content, joined in the order of the source, whatever came before. No Prefect."""

import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from sample import raw_page

from cleaners import Cleaner
from flows.cleaning.work import clean_page, failed, merge
from flows.progress import Progress
from flows.reading.raw import RawPage
from flows.writing import output, summary
from flows.writing.address import store_at
from flows.writing.shards import Limits, Shards, key_of

LIMITS = Limits(20, 2000)


class Outcome(NamedTuple):
    output: tuple[bytes, bytes]
    told: dict[str, object]
    cleaned: list[str]
    known: int


def run(
    to: Path,
    pages: Iterable[RawPage],
    cleaner: Cleaner,
    size: int = 4,
    recipe: str = "r",
    limits: Limits = LIMITS,
    slow: Iterable[str] = (),
    stop_after: int = 10**9,
) -> Outcome:
    """A run without workers. `slow`: ids that run into the deadline; `stop_after`: shards, then it is interrupted."""
    cleaned: list[str] = []
    progress = Progress()
    out = store_at(str(to))
    with out.lock():
        found = Shards(out, recipe, "rules", limits)
        for number, new, keys in found.missing(pages, size, 10**9, progress):
            if stop_after == 0:
                raise KeyboardInterrupt
            stop_after -= 1
            cleaned += [one.id for one in new]
            parts = [failed(p, "TimeoutError", "slow", 20) if p.id in slow else clean_page(cleaner, p) for p in new]
            found.keep(number, keys, merge(parts))
        found.join()
        told = summary.summary(found.tally())
        found.forget()
    return Outcome(
        ((to / output.ARTICLES).read_bytes(), (to / output.QUARANTINE).read_bytes()), told, cleaned, progress.known
    )


def names(to: Path) -> set[str]:
    return {path.name.partition(".")[0] for path in (to / "shards").glob("*.*")}


def test_a_second_run_cleans_nothing_and_writes_the_same(tmp_path: Path, cleaner: Cleaner) -> None:
    pages = [raw_page(str(n)) for n in range(10)] + [raw_page("!")]
    first = run(tmp_path, pages, cleaner)
    again = run(tmp_path, pages, cleaner)
    assert first.cleaned == [p.id for p in pages] and again.cleaned == []
    assert (first.known, again.known) == (0, 11)
    assert (again.output, again.told) == (first.output, first.told)
    assert [json.loads(line)["id"] for line in first.output[0].splitlines()] == [str(n) for n in range(10)]
    assert len(names(tmp_path)) == 3


def test_pages_that_come_change_or_go_are_the_only_ones_at_work(tmp_path: Path, cleaner: Cleaner) -> None:
    pages = [raw_page(f"{n:02}") for n in range(12)]
    run(tmp_path / "a", pages, cleaner)
    pages[3] = raw_page("03", " Changed.")
    del pages[7]
    pages[5:5] = [raw_page("05a"), raw_page("!05b")]
    later = run(tmp_path / "a", pages, cleaner)
    fresh = run(tmp_path / "b", pages, cleaner)
    assert later.cleaned == ["03", "05a", "!05b"] and later.known == len(pages) - 3
    assert (later.output, later.told) == (fresh.output, fresh.told)


def test_other_rules_clean_everything_and_leave_nothing_of_the_old(tmp_path: Path, cleaner: Cleaner) -> None:
    pages = [raw_page(str(n)) for n in range(6)]
    run(tmp_path, pages, cleaner)
    old = names(tmp_path)
    assert run(tmp_path, pages, cleaner, recipe="other").cleaned == [p.id for p in pages]
    assert len(names(tmp_path)) == 2 and not names(tmp_path) & old


def test_a_page_that_was_stopped_is_tried_again_with_other_limits_only(tmp_path: Path, cleaner: Cleaner) -> None:
    pages = [raw_page(str(n)) for n in range(6)]
    first = run(tmp_path, pages, cleaner, slow=["2"])
    assert first.told["errors"] == {"TimeoutError": 1} and first.told["stopped"] == {"2": 20.0}
    assert run(tmp_path, pages, cleaner).cleaned == []
    longer = run(tmp_path, pages, cleaner, limits=Limits(60, 2000))
    assert longer.cleaned == ["2"] and longer.told["errors"] == {}
    assert longer.output == run(tmp_path / "fresh", pages, cleaner).output
    assert run(tmp_path, pages, cleaner).output == longer.output  # what was cleaned once stays clean


def test_a_shard_counts_only_when_all_of_it_is_there(tmp_path: Path, cleaner: Cleaner) -> None:
    pages = [raw_page(str(n)) for n in range(8)]
    first = run(tmp_path, pages, cleaner)
    one, two = sorted((tmp_path / "shards").glob("*.articles.jsonl"))
    one.write_bytes(one.read_bytes()[:-1])
    (tmp_path / "shards" / two.name.replace("articles.jsonl", "json")).unlink()
    again = run(tmp_path, pages, cleaner)
    assert sorted(again.cleaned) == [p.id for p in pages] and again.output == first.output
    (manifest, _) = (tmp_path / "shards").glob("*.json")
    manifest.write_text("{")
    assert len(run(tmp_path, pages, cleaner).cleaned) == 4


def test_leftovers_are_swept_and_nothing_else(tmp_path: Path, cleaner: Cleaner) -> None:
    (tmp_path / "shards").mkdir()
    left = ("0123456789abcdef.articles.jsonl", "0123456789abcdef.json.tmp", "0123456789abcdef.counts.jsonl.tmp")
    mine = ("notes.json", "0123456789abcdef.articles.jsonl.old", "x.tmp")
    for name in left + mine:
        (tmp_path / "shards" / name).touch()
    (tmp_path / "articles.jsonl.tmp").touch()
    (tmp_path / "mine.tmp").touch()
    run(tmp_path, [raw_page("a")], cleaner)
    assert {path.name for path in tmp_path.iterdir()} == {output.ARTICLES, output.QUARANTINE, "mine.tmp", "shards"}
    inside = {path.name for path in (tmp_path / "shards").iterdir()}
    assert inside >= set(mine) and not inside & set(left)


@pytest.mark.parametrize("seed", range(12))
def test_the_output_does_not_tell_what_happened_before(tmp_path: Path, cleaner: Cleaner, seed: int) -> None:
    """A source that grows, shrinks and changes, runs that are interrupted, shards of any size."""
    chance = random.Random(seed)
    pages = {f"{n:03}": raw_page(f"{n:03}") for n in range(20)}
    for _ in range(6):
        for n in chance.sample(range(60), 8):
            id = f"{n:03}" if n % 9 else f"!{n:03}"
            if chance.random() < 0.3:
                pages.pop(id, None)
            else:
                pages[id] = raw_page(id, chance.choice(("", " Changed.", " Changed again.")))
        source = [pages[id] for id in sorted(pages)]
        try:
            last = run(
                tmp_path / "a", source, cleaner, chance.randint(1, 9), stop_after=chance.choice((0, 1, 2, 999, 999))
            )
        except KeyboardInterrupt:
            continue
        fresh = run(tmp_path / "fresh", source, cleaner, recipe=str(chance.random()))
        assert (last.output, last.told) == (fresh.output, fresh.told)
    source = [pages[id] for id in sorted(pages)]
    assert run(tmp_path / "a", source, cleaner).output == run(tmp_path / "b", source, cleaner).output


def test_a_key_tells_all_that_a_worker_is_given() -> None:
    one = RawPage("a", "a", "text")
    others = [
        RawPage("b", "a", "text"), RawPage("a", "b", "text"), RawPage("a", "a", "text."), RawPage("a", "a", b"text"),
        RawPage("a", "a", "text", url="u"), RawPage("a", "a", "text", error="e"), RawPage("a", "a", "\ud800"),
        RawPage("\ud800", "a", ""),
    ]  # fmt: skip
    assert len({key_of(p) for p in (one, *others)}) == 9
    assert key_of(RawPage("a", "a", "text")) == key_of(one)
