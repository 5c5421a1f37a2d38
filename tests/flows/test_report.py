"""What an operator is told of a run: limits that fail it, its name, its log, its artifacts. Most without a server."""

import json
import logging
import subprocess
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from launch import command, invoke, surroundings
from operated import ask
from sample import TEXT

from cleaners import load_rules
from flows import report, thresholds
from flows.progress import Progress
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


def test_prefect_s_line_on_each_finished_shard_is_kept_back_and_nothing_else() -> None:
    report.hide_shards()
    report.hide_shards()
    log = logging.getLogger("prefect.task_runs")

    def passes(level: int, task: str) -> bool:
        record = log.makeRecord(log.name, level, "", 0, "Finished", (), None, extra={"task_name": task})
        return bool(log.filter(record))

    assert not passes(logging.INFO, report.SHARD)
    assert (
        passes(logging.ERROR, report.SHARD)
        and passes(logging.WARNING, report.SHARD)
        and passes(logging.INFO, "another")
    )


def test_the_table_of_hits_gives_the_reasons_of_rules_and_of_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {}
    monkeypatch.setattr(report, "create_markdown_artifact", lambda *_, **__: None)
    monkeypatch.setattr(report, "create_link_artifact", lambda *_, **__: None)
    monkeypatch.setattr(report, "create_table_artifact", lambda rows, key, description: tables.update({key: rows}))
    rules = load_rules()
    report.publish({"hits": {"duplicates.adjacent": 2, "share.en": 1}, "hosts": {}}, "", rules, "out")
    assert tables[report.RULES] == [
        {"rule": "duplicates.adjacent", "hits": 2, "why": "Repeats the line before it."},
        {"rule": "share.en", "hits": 1, "why": rules.why("share.en")},
    ]


def test_the_ui_shows_every_parameter_with_a_type_and_a_description() -> None:
    from prefect.utilities.callables import parameter_schema

    from flows.run import clean_pages

    schema = parameter_schema(clean_pages).model_dump()
    found = schema["properties"]
    assert schema["required"] == ["source", "to"]
    assert {"source", "to", "rules", "disable", "allow", "workers", "shard_size", "deadline", "memory"} <= set(found)
    for name, told in found.items():
        assert len(told.get("description") or "") > 10, name
        assert "type" in told or "anyOf" in told or "enum" in told, name
    assert (found["quarantine_limit"]["minimum"], found["quarantine_limit"]["maximum"]) == (0, 1)
    assert found["quarantine_limit"]["default"] == thresholds.QUARANTINE
    assert found["shard_size"]["type"] == "integer" and found["shard_size"]["minimum"] == 1
    assert found["rules"]["type"] == "array"


@pytest.mark.parametrize(
    ("cron", "timezone", "why"),
    [("every day", "UTC", 'Invalid cron string: "every day"'), ("0 3 * * *", "Berlin", 'Invalid timezone: "Berlin"')],
)
def test_a_schedule_that_is_none_is_refused_with_a_sentence(cron: str, timezone: str, why: str) -> None:
    from flows.serve import serve

    with pytest.raises(ValueError, match=why) as refused:
        serve("name", cron, timezone, {})
    assert "\n" not in str(refused.value)


def test_standard_input_is_not_served(tmp_path: Path) -> None:
    done = invoke("serve", "-", "--to", tmp_path / "out", "--cron", "0 3 * * *")
    assert done.exit_code == 2 and "standard input can be read once" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, str]]:
    """What Prefect is told of the progress artifact."""
    told: list[tuple[float, str]] = []
    monkeypatch.setattr(report, "create_progress_artifact", lambda progress, key, description: uuid4())
    client = SimpleNamespace(update_artifact=lambda id, update: told.append((update.data, update.description)))
    monkeypatch.setattr(report, "get_client", lambda sync_client: nullcontext(client))
    monkeypatch.setattr(report, "get_run_logger", lambda: logging.getLogger("a run"))
    return told


def stepwise(monkeypatch: pytest.MonkeyPatch, steps: Iterable[Callable[[], None]]) -> Event:
    """From here on, the clock of a report goes by its own waiting, and the run does a step in each wait.

    Returns the event that all steps are done and looked at.
    """
    left, now, done = iter(steps), [0.0], Event()

    class Ended(Event):
        def wait(self, timeout: float | None = None) -> bool:
            now[0] += timeout or 0
            for step in left:
                step()
                return False
            done.set()
            return super().wait(60)

    monkeypatch.setattr(report, "threading", SimpleNamespace(Event=Ended, Thread=Thread))
    monkeypatch.setattr(report, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return done


def test_progress_is_shown_now_and_then_and_logged_ever_more_seldom(
    shown: list[tuple[float, str]], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = Progress("cleaning", known=1000)
    caplog.set_level(logging.INFO)

    def join() -> None:
        progress.add_cleaned(0, 3)
        progress.stage = "writing the output"

    done = stepwise(monkeypatch, [*[lambda: progress.add_cleaned(10, 0)] * 100, *[lambda: None] * 20, join])
    with report.shown(progress, lambda: 4000):
        assert done.wait(60)
    assert [percent for percent, _ in shown[:100]] == [25 + n / 4 for n in range(1, 101)]
    assert shown[100:] == [
        (50.0, "writing the output: 2,000 of 4,000 pages, 1,000 new, 3 quarantined"),
        (100, "done: 2,000 of 4,000 pages, 1,000 new, 3 quarantined"),
    ]
    pages = [1000 + 10 * seconds / report.EVERY for seconds in (30, 60, 120, 240, 480)]
    assert [message.split(" of ")[0] for message in caplog.messages] == [f"cleaning: {count:,.0f}" for count in pages]


def test_where_the_number_of_pages_is_not_known_they_count_up(
    shown: list[tuple[float, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = Progress("cleaning")
    done = stepwise(monkeypatch, [lambda: progress.add_cleaned(12_345, 0)])
    with report.shown(progress, lambda: None):
        assert done.wait(60)
    pages = "12,345 pages (how many there are is not known), 12,345 new, 0 quarantined"
    assert shown == [(0.0, f"cleaning: {pages}"), (100, f"done: {pages}")]


def test_a_server_that_fails_or_hangs_costs_the_pages_nothing(
    shown: list[tuple[float, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, silent = Event(), Event()

    def fail(*_: object, **__: object) -> None:
        asked.set()
        silent.wait(60)
        raise ConnectionError("no server")

    def count() -> int:
        raise PermissionError("no pages")

    client = SimpleNamespace(update_artifact=fail)
    monkeypatch.setattr(report, "EVERY", 0.02)
    monkeypatch.setattr(report, "get_client", lambda sync_client: nullcontext(client))
    progress = Progress("cleaning")
    with report.shown(progress, count):
        progress.add_cleaned(1, 0)
        assert asked.wait(60)
        for _ in range(100):
            progress.add_cleaned(1, 0)
        assert not silent.is_set() and progress.pages == 101  # all the while there was no answer
        silent.set()


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
