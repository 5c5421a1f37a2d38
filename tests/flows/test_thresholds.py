"""Limits that fail a run."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from launch import command, surroundings
from operated import ask
from sample import TEXT

from flows.thresholds import FEW, LEAST, over


def tally(pages: int, bad: int = 0, removed: int = 0, read: int = 0) -> dict[str, dict[str, int]]:
    return {
        "counts": {"pages": pages, "quarantined": bad},
        "characters": {"in": read, "removed": removed},
        "errors": {"NotText": bad} if bad else {},
    }


@pytest.mark.parametrize(
    ("pages", "bad", "limit", "fails"),
    [
        (2, 1, 0.05, False),  # one bad page of two says nothing
        (27, 2, 0.05, False),  # the pages in seeds/
        (FEW, FEW, 0.05, False),
        (10, FEW + 1, 0.05, True),
        (1000, 50, 0.05, False),  # at the limit
        (1000, 51, 0.05, True),
        (1000, 51, 1.0, False),
        (1000, 6, 0.0, True),
        (0, 0, 0.0, False),
    ],
)
def test_a_run_fails_where_more_than_a_share_of_its_pages_and_more_than_a_few_are_quarantined(
    pages: int, bad: int, limit: float, fails: bool
) -> None:
    why = over(tally(pages, bad), None, quarantine_limit=limit)
    assert bool(why) == fails
    assert not fails or (f"{bad:,} of the {pages:,} pages" in why and f"NotText {bad}" in why)


@pytest.mark.parametrize(
    ("pages", "now", "then", "fails"),
    [
        (LEAST, 36, 25, True),
        (LEAST, 35, 25, False),
        (LEAST, 25, 36, False),  # less is no fault
        (LEAST - 1, 99, 25, False),
        (5000, 100, 25, True),
    ],
)
def test_a_run_fails_where_it_removes_far_more_than_the_last_one(pages: int, now: int, then: int, fails: bool) -> None:
    before = {"characters": {"in": 100_000, "removed": then * 1000}}
    why = over(tally(pages, removed=now * 10, read=1000), before)
    assert bool(why) == fails
    assert not fails or (f"{now:.1f}% of the characters" in why and f"{then:.1f}% by the last run" in why)
    assert not over(tally(pages, removed=now * 10, read=1000), None)
    assert not over(tally(pages, removed=now * 10, read=1000), {"characters": {"in": 0, "removed": 0}})


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**9), st.integers(0, 10**9))
def test_limits_of_one_never_fail_a_run(pages: int, bad: int, removed: int, more: int) -> None:
    new = tally(pages, min(bad, pages), removed, removed + more)
    assert over(new, {"characters": {"in": 10, "removed": 0}}, 1, 1) == ""


def run_of(api: str, name: str) -> dict[str, Any]:
    (found,) = ask(api, "flow_runs", flow_runs={"name": {"any_": [name]}})
    return dict(found)


@pytest.mark.prefect
def test_a_run_over_a_limit_writes_all_and_fails_with_its_reason(tmp_path: Path, home: Path, api: str) -> None:
    source, out = tmp_path / "limited", tmp_path / "over"
    source.mkdir()
    for n in range(20):
        (source / f"{n:02}.txt").write_text(f"{TEXT}\n\nPage {n}." if n < 14 else "Share on Facebook\n")
    arguments = ("run", source, "--to", out, "--shard-size", "5")
    env = surroundings(home) | {"PREFECT_API_URL": api}
    done = subprocess.run(command(*arguments), capture_output=True, text=True, timeout=300, env=env)
    why = "6 of the 20 pages that this run cleaned are in quarantine (30.0%; the limit is 5.0%): NoArticle 6"
    assert done.returncode == 3
    assert done.stderr == f"boilerstrip: {why}. Everything is written\n"
    assert done.stdout.splitlines()[0].split()[:2] == ["20", "pages"]
    assert len((out / "articles.jsonl").read_bytes().splitlines()) == 14
    assert json.loads((out / "summary.json").read_text())["new"] == 20

    run = run_of(api, "limited → over: 20 new of 20 pages")
    assert (run["state"]["type"], run["state"]["message"]) == ("FAILED", why)
    artifacts = ask(api, "artifacts", artifacts={"flow_run_id": {"any_": [run["id"]]}})
    kinds = {artifact["key"]: artifact["type"] for artifact in artifacts}
    assert kinds == {
        "boilerstrip-progress": "progress", "boilerstrip-summary": "markdown", "boilerstrip-rules": "table",
        "boilerstrip-hosts": "table", "boilerstrip-output": "markdown",
    }  # fmt: skip
    data = {artifact["key"]: artifact["data"] for artifact in artifacts}
    assert data["boilerstrip-progress"] == 100 and out.as_uri() in data["boilerstrip-output"]
    assert "| quarantined | 6 |" in data["boilerstrip-summary"]
    assert json.loads(data["boilerstrip-hosts"]) == [{"host": "unknown", "articles": 14}]
    tasks = ask(api, "task_runs", task_runs={"flow_run_id": {"any_": [run["id"]]}})
    assert {task["name"] for task in tasks} == {f"shard {n}: 5 pages" for n in range(4)}
    lines = ask(api, "logs", logs={"flow_run_id": {"any_": [run["id"]]}})
    assert 3 <= len(lines) <= 12 and not [line for line in lines if line["task_run_id"]]

    again = subprocess.run(command(*arguments, "--json"), capture_output=True, text=True, timeout=300, env=env)
    assert (again.returncode, json.loads(again.stdout)["new"]) == (0, 0)  # what was told once is not told again
    assert run_of(api, "limited → over: 0 new of 20 pages")["state"]["type"] == "COMPLETED"
