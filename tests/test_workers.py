"""Workers that can be killed, what they make of a page, and files that appear whole. No Prefect here."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pytest

from cleaners import Cleaner, load_rules
from flows import crew, work, write
from flows.crew import Crew, Worker, WorkerFailed, cut
from flows.read import RawPage
from flows.work import Part, clean_page

PROSE = (
    "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring.",
    "Workers will take up the deck in March, said the harbour master, and nobody expects the ferry to fill the gap.",
    "The bridge was built in 1911 and carries eleven thousand people a day, most of them on their way to the mills.",
)
TEXT = "\n\n".join(("Lindow council votes to close the bridge", *PROSE))
HTML = f"<html><body><article><h1>Bridge to close</h1>{''.join(f'<p>{p}</p>' for p in PROSE)}</article></body></html>"


def page(name: str, content: str | bytes = TEXT, **more: Any) -> RawPage:
    return RawPage(name, name, content, **more)


def records(lines: bytes) -> list[dict[str, Any]]:
    return [json.loads(one) for one in lines.splitlines()]


# Workers


def hostile(cleaner: Cleaner, page: RawPage) -> Part:
    """Stands for the library in a worker: some contents hang or kill the process."""
    match page.content:
        case "hang":
            re.match(r"(a+)+$", "a" * 60 + "b")  # inside C, where no Python signal handler gets its turn
        case "sleep":
            time.sleep(60)
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case _ if page.url and not Path(page.url).exists():  # once
            Path(page.url).touch()
            os._exit(7)
    return clean_page(cleaner, page)


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))  # the worker process finds `hostile` by name
    worker = Worker(load_rules(), deadline=3, clean=hostile)
    yield worker
    worker.close()


def test_pages_that_hang_or_kill_are_quarantined_and_no_neighbour_with_them(worker: Worker) -> None:
    contents = [TEXT, "hang", TEXT, "crash", TEXT]
    part = worker.clean([page(str(n), content) for n, content in enumerate(contents)])
    assert [record["id"] for record in records(part.articles)] == ["0", "2", "4"]
    (hung, crashed) = records(part.quarantine)
    assert (hung["id"], hung["error"], hung["content"]) == ("1", "TimeoutError", "hang")
    assert (crashed["id"], crashed["error"], crashed["content"]) == ("3", "WorkerDied", "crash")
    assert "3 seconds" in hung["reason"] and "SIGSEGV" in crashed["reason"]
    assert part.tally["counts"] == {"pages": 5, "articles": 3, "quarantined": 2}
    assert part.tally["errors"] == {"TimeoutError": 1, "WorkerDied": 1}


def test_a_worker_that_was_killed_by_something_else_costs_no_page(worker: Worker, tmp_path: Path) -> None:
    part = worker.clean([page("a", url=str(tmp_path / "a"))])
    assert (tmp_path / "a").exists()
    assert (len(records(part.articles)), part.quarantine) == (1, b"")


def test_the_worker_is_gone_when_it_is_closed_and_whoever_waits_is_told(worker: Worker) -> None:
    worker.clean([page("a")])
    process = worker._process
    assert process and process.poll() is None
    threading.Timer(0.5, worker.end).start()
    with pytest.raises(CancelledError):
        worker.clean([page("a", "hang")])
    with pytest.raises(CancelledError):
        worker.clean([page("a")])
    assert process.poll() is not None


def test_a_worker_ends_with_its_parent_also_in_the_middle_of_a_page() -> None:
    code = (
        "import os, sys, threading, time\n"
        f"sys.path.append({str(Path(__file__).parent)!r}); os.environ['PYTHONPATH'] = sys.path[-1]\n"
        "from test_workers import *\n"
        "worker = Worker(load_rules(), clean=hostile); worker.clean([page('a')])\n"
        "threading.Thread(target=worker.clean, args=([page('b', 'sleep')],), daemon=True).start(); time.sleep(0.5)\n"
        "print(worker._process.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=crew.environment(), capture_output=True, text=True)
    assert gone(int(done.stdout), within=5), done.stderr


def test_the_server_ends_with_the_run_that_started_it(tmp_path: Path) -> None:
    mark = f"BOILERSTRIP_SERVER_{os.getpid()}"
    code = f"import os; from flows.server import start; os.environ[{mark!r}] = '1'; start(); os.kill(os.getpid(), 9)"
    plain = {name: value for name, value in crew.environment().items() if not name.startswith("PREFECT_")}
    subprocess.run([sys.executable, "-c", code], env={**plain, "HOME": str(tmp_path)})
    assert not [pid for pid in marked(mark) if not gone(pid, within=8)]


def test_no_worker_can_start_is_an_error_of_the_run_and_not_of_its_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "environment", lambda: {"PYTHONHOME": "/nowhere"})
    with pytest.raises(WorkerFailed, match=r"does not start: .+"):
        Worker(load_rules()).clean([page("a")])


def test_a_crew_has_as_many_workers_as_are_at_work_at_the_same_time() -> None:
    hired = Crew(load_rules())
    with hired.worker() as first, hired.worker() as second:
        assert first is not second
    with hired.worker() as third:
        assert third in (first, second)
    hired.close()
    with pytest.raises(CancelledError), hired.worker():
        pass


def gone(pid: int, within: float) -> bool:
    """Whether the process ends in that time; a zombie that nobody collected counts as gone."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def marked(name: str) -> list[int]:
    """Processes that have a variable of that name in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"{name}=".encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


# One page, one list of pages


def test_what_cannot_be_cleaned_is_quarantined_whole(cleaner: Cleaner) -> None:
    binary = b"\x89PNG\r\n\x1a\n\xff\x00"
    cases = (page("a", binary), page("b", "Share on Facebook"), page("c", b"{...", error="c: not JSON"))
    found = [records(clean_page(cleaner, one).quarantine)[0] for one in cases]
    assert [(r["error"], r["content"], r.get("encoding")) for r in found] == [
        ("NotText", "iVBORw0KGgr/AA==", "base64"),
        ("NoArticle", "Share on Facebook", None),
        ("Unreadable", "{...", None),
    ]
    assert all(list(r)[:5] == ["id", "page", "url", "error", "reason"] and r["reason"] for r in found)


def test_a_fault_of_the_library_quarantines_the_page(cleaner: Cleaner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work.view, "articles", lambda page, rules: 1 // 0)
    (record,) = records(clean_page(cleaner, page("a")).quarantine)
    assert record["error"] == "ZeroDivisionError" and "division" in record["reason"]


@pytest.mark.parametrize("content", [TEXT, f"\n\n{TEXT}\n\n \nShare on Facebook\n", HTML])
def test_every_character_is_counted_once(cleaner: Cleaner, content: str) -> None:
    counts = clean_page(cleaner, page("a", content)).tally["characters"]
    assert counts["in"] == counts["kept"] + counts["lifted"] + counts["removed"] > 300
    if content is not HTML:
        assert counts["in"] == len(content)


def test_pages_are_cut_by_number_and_by_size() -> None:
    pages = [page(str(n), "x" * size) for n, size in enumerate((1, 1, 1, 9, 1, 30, 1))]
    assert [[len(p.content) for p in some] for some in cut(pages, 3, 10)] == [[1, 1, 1], [9, 1], [30], [1]]


# Files


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), write.whole(path) as file:
        file.write(b"new")
        raise KeyboardInterrupt
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]
    with write.whole(path) as file:
        file.write(b"new")
        assert path.read_text() == "old"
    assert path.read_text() == "new" and list(tmp_path.iterdir()) == [path]


def test_sweeping_removes_parts_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "shards").mkdir()
    parts = ("00000.articles.jsonl", "00012.quarantine.jsonl.tmp", "00003.json")
    for name in (*parts, "notes.json", "1.articles.jsonl.old"):
        (tmp_path / "shards" / name).touch()
    write.sweep(tmp_path)
    assert sorted(p.name for p in (tmp_path / "shards").iterdir()) == ["1.articles.jsonl.old", "notes.json"]


def test_text_that_utf_8_cannot_hold_is_written_as_escapes() -> None:
    assert write.line({"a": "é\u2028"}) == '{"a":"é\u2028"}\n'.encode()
    assert json.loads(write.line({"a": "é\ud800"})) == {"a": "é\ud800"}
    assert b"\n" not in write.line({"a": "x\ny"})[:-1]


def test_names_from_outside_cannot_break_the_summary_s_tables() -> None:
    total = write.new_tally()
    total["hosts"]["a|b\n# <script>"] = 2
    told = write.summary(total, source="s", rules="r", seconds=1.0, left_aside={})
    (row,) = (line for line in write.markdown(told).splitlines() if "script" in line)
    assert row == r"| a\|b # \<script\> | 2 |"


def test_counts_are_sorted_and_do_not_depend_on_the_order_of_work() -> None:
    one, two = write.new_tally(), write.new_tally()
    one["hits"].update(b=1, c=5)
    two["hits"].update(a=1)
    totals = []
    for order in ((one, two), (two, one)):
        total = write.new_tally()
        for tally in order:
            write.add(total, tally)
        totals.append(list(write.summary(total)["hits"].items()))
    assert totals[0] == totals[1] == [("c", 5), ("a", 1), ("b", 1)]
