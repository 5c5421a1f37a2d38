"""What an operator is told of a run: its log and its artifacts, without a server.

flows/report.py imports Prefect, which takes two seconds: it is imported where a test runs, not while tests are
collected.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from threading import Event, Thread
from types import SimpleNamespace
from uuid import uuid4

import pytest

from cleaners import load_rules
from flows.progress import Progress


def test_prefect_s_line_on_each_finished_shard_is_kept_back_and_nothing_else() -> None:
    from flows import report

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
    from flows import report

    tables = {}
    monkeypatch.setattr("flows.report.create_markdown_artifact", lambda *_, **__: None)
    monkeypatch.setattr("flows.report.create_link_artifact", lambda *_, **__: None)
    monkeypatch.setattr("flows.report.create_table_artifact", lambda rows, key, description: tables.update({key: rows}))
    rules = load_rules()
    report.publish({"hits": {"duplicates.adjacent": 2, "share.en": 1}, "hosts": {}}, "", rules, "out")
    assert tables[report.RULES] == [
        {"rule": "duplicates.adjacent", "hits": 2, "why": "Repeats the line before it, chrome aside."},
        {"rule": "share.en", "hits": 1, "why": rules.why("share.en")},
    ]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, str]]:
    """What Prefect is told of the progress artifact."""
    told: list[tuple[float, str]] = []
    monkeypatch.setattr("flows.report.create_progress_artifact", lambda progress, key, description: uuid4())
    client = SimpleNamespace(update_artifact=lambda id, update: told.append((update.data, update.description)))
    monkeypatch.setattr("flows.report.get_client", lambda sync_client: nullcontext(client))
    monkeypatch.setattr("flows.report.get_run_logger", lambda: logging.getLogger("a run"))
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

    monkeypatch.setattr("flows.report.threading", SimpleNamespace(Event=Ended, Thread=Thread))
    monkeypatch.setattr("flows.report.time", SimpleNamespace(monotonic=lambda: now[0]))
    return done


def test_progress_is_shown_now_and_then_and_logged_ever_more_seldom(
    shown: list[tuple[float, str]], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import report

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
    from flows import report

    progress = Progress("cleaning")
    done = stepwise(monkeypatch, [lambda: progress.add_cleaned(12_345, 0)])
    with report.shown(progress, lambda: None):
        assert done.wait(60)
    pages = "12,345 pages (how many there are is not known), 12,345 new, 0 quarantined"
    assert shown == [(0.0, f"cleaning: {pages}"), (100, f"done: {pages}")]


def test_a_server_that_fails_or_hangs_costs_the_pages_nothing(
    shown: list[tuple[float, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import report

    asked, silent = Event(), Event()

    def fail(*_: object, **__: object) -> None:
        asked.set()
        silent.wait(60)
        raise ConnectionError("no server")

    def count() -> int:
        raise PermissionError("no pages")

    client = SimpleNamespace(update_artifact=fail)
    monkeypatch.setattr("flows.report.EVERY", 0.02)
    monkeypatch.setattr("flows.report.get_client", lambda sync_client: nullcontext(client))
    progress = Progress("cleaning")
    with report.shown(progress, count):
        progress.add_cleaned(1, 0)
        assert asked.wait(60)
        for _ in range(100):
            progress.add_cleaned(1, 0)
        assert not silent.is_set() and progress.pages == 101  # all the while there was no answer
        silent.set()
