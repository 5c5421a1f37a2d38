"""Workers that can be killed, and the process that forks them. No Prefect here."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import hostile_work
import pytest
from hostile_work import hostile
from processes import gone
from sample import TEXT, parsed

from cleaners import RuleSet, load_rules
from flows.cleaning import records
from flows.cleaning.crew import IDLE, Crew, Worker, WorkerFailed, crew_of, cut, dismiss
from flows.cleaning.hatch import Orders
from flows.reading.raw import RawPage

pytestmark = pytest.mark.processes


def page(name: str, content: str | bytes = TEXT, **more: Any) -> RawPage:
    return RawPage(name, name, content, **more)


FEW = RuleSet(tuple(rule for rule in load_rules().rules if rule.id.startswith("share.")))
"""A warm process takes twice as long to start with all rules; which ones it has is nothing to these tests."""
ORDERS = Orders(FEW, deadline=2, memory=400, clean=hostile)


@pytest.fixture(scope="module", autouse=True)
def found_by_name() -> Iterator[None]:
    """The warm processes import `hostile` by its module's name."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", str(Path(hostile_work.__file__).parent))
        yield


@pytest.fixture(scope="module")
def crews() -> Iterator[list[Crew]]:
    crews: list[Crew] = []
    yield crews
    for crew in crews:
        crew.close()


@pytest.fixture
def crew(crews: list[Crew]) -> Crew:
    """Shared by the tests until one closes it: its warm process takes 3 seconds of the processor to start."""
    if not crews or crews[-1].ended:
        crews.append(Crew(ORDERS))
    return crews[-1]


@pytest.fixture
def worker(crew: Crew) -> Iterator[Worker]:
    """A worker of the test's own: a process that has cleaned nothing yet."""
    worker = Worker(crew._warm, ORDERS)
    yield worker
    worker.close()


def test_the_warm_process_may_be_killed_while_it_starts(crews: list[Crew], monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[int] = []
    crew = Crew(ORDERS)
    crews.append(crew)  # those that follow have it
    start = subprocess.Popen

    def short_lived(*arguments: Any, **more: Any) -> subprocess.Popen[bytes]:
        process = start(*arguments, **more)
        if len(killed) < 2:
            process.kill()
            killed.append(process.pid)
        return process

    monkeypatch.setattr("flows.cleaning.crew.subprocess.Popen", short_lived)
    with crew.worker() as worker:
        assert len(parsed(worker.clean([page("a")]).articles)) == 1
    assert len(killed) == 2


def test_pages_that_hang_or_kill_or_bloat_are_quarantined_and_no_neighbour_with_them(worker: Worker) -> None:
    contents = [TEXT, "hang", TEXT, "crash", TEXT, "grow", "huge", TEXT]
    part = worker.clean([page(str(n), content) for n, content in enumerate(contents)])
    assert [record["id"] for record in parsed(part.articles)] == ["0", "2", "4", "7"]
    found = {record["id"]: record for record in parsed(part.quarantine)}
    assert {id: (record["error"], record["content"]) for id, record in found.items()} == {
        "1": ("TimeoutError", "hang"),
        "3": ("WorkerDied", "crash"),
        "5": ("OutOfMemory", "grow"),
        "6": ("OutOfMemory", "huge"),
    }
    assert "2 seconds" in found["1"]["reason"] and "SIGSEGV" in found["3"]["reason"]
    assert "400 megabytes" in found["5"]["reason"] and found["6"]["reason"] == found["5"]["reason"]
    assert part.tally["counts"] == {"pages": 8, "articles": 4, "quarantined": 4}
    assert part.tally["errors"] == {"TimeoutError": 1, "WorkerDied": 1, "OutOfMemory": 2}
    assert part.stopped == [False, True, False, True, False, True, True, False]
    assert part.tally["stopped"]["1"] == 200 and part.tally["stopped"].keys() == {"1", "3", "5", "6"}


def test_each_page_s_share_of_a_part_can_be_told(worker: Worker) -> None:
    part = worker.clean([page("a"), page("b", "Share on Facebook"), page("c")])
    assert [sum(sizes) for sizes in zip(*part.sizes, strict=True)] == [len(content) for content in part[:3]]
    assert parsed(part.articles[: part.sizes[0][0]])[0]["id"] == "a"
    assert part.sizes[1][0] == 0 and part.sizes[1][1] == len(part.quarantine)
    total = records.new_tally()
    for own in parsed(part.counts):
        records.add(total, own)
    assert total == part.tally


def test_a_worker_that_was_killed_by_something_else_costs_no_page(worker: Worker, tmp_path: Path) -> None:
    part = worker.clean([page("a", url=str(tmp_path / "a"))])
    assert (tmp_path / "a").exists()
    assert (len(parsed(part.articles)), part.quarantine) == (1, b"")


def test_the_warm_process_may_be_killed_too(worker: Worker) -> None:
    worker.clean([page("a")])
    first = pids(worker)
    for pid in first:
        os.kill(pid, signal.SIGKILL)
    assert len(parsed(worker.clean([page("b"), page("c")]).articles)) == 2
    assert not set(first) & set(pids(worker)) and all(gone(pid) for pid in first)


def test_a_verdict_on_a_page_is_not_that_something_else_killed_its_worker(worker: Worker) -> None:
    """Each time the page is alone and about to grow, its worker is killed from outside; in the end it is not."""
    worker.clean([page("a")])
    done = threading.Event()

    def kill() -> None:
        for _ in range(4):
            seen = worker._pid
            time.sleep(0.05)
            os.kill(seen, signal.SIGKILL)
            while worker._pid == seen and not done.is_set():
                time.sleep(0.005)

    threading.Thread(target=kill, daemon=True).start()
    part = worker.clean([page("b", "grow")])
    done.set()
    assert parsed(part.quarantine)[0]["error"] == "OutOfMemory"


def test_what_a_page_leaves_in_memory_is_on_no_later_page_s_account(worker: Worker) -> None:
    worker.clean([page("a")])
    (_, first) = pids(worker)
    worker.clean([page("b", "keep")])
    worker.clean([page("c")])
    assert pids(worker)[1] != first


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell who waits for the processor")
def test_a_page_is_not_stopped_because_the_machine_is_busy(crew: Crew) -> None:
    """Half a second of work and a deadline of one, on a processor of which others have three quarters and more."""
    cpu = min(os.sched_getaffinity(0))
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as other:
        try:
            os.sched_setaffinity(other.pid, {cpu})
            worker = Worker(crew._warm, ORDERS._replace(deadline=1))
            worker.clean([page("a")])
            os.sched_setaffinity(worker._pid, {cpu})
            os.setpriority(os.PRIO_PROCESS, worker._pid, 5)
            waited = worker._queued()
            part = worker.clean([page("b", "work")])
            assert part.tally["errors"] == {}
            assert worker._queued() - waited > 0.5, "with the work that is more than the deadline"
            assert worker.clean([page("b", "hang")]).tally["errors"] == {"TimeoutError": 1}
        finally:
            other.kill()


def test_a_new_worker_is_forked_by_the_process_that_is_warm_already(worker: Worker) -> None:
    worker.clean([page("a")])
    warm, first = pids(worker)
    seen = {first}
    for n in range(5):
        worker.close()
        worker.clean([page(str(n))])
        seen.add(pids(worker)[1])
        assert pids(worker)[0] == warm
    assert len(seen) == 6


def pids(worker: Worker) -> tuple[int, int]:
    """The warm process and the worker."""
    assert worker._warm._process
    return worker._warm._process.pid, worker._pid


def test_the_workers_are_gone_when_the_crew_is_closed_and_whoever_waits_is_told(crew: Crew) -> None:
    worker = Worker(crew._warm, ORDERS._replace(deadline=120))
    worker.clean([page("a")])
    both = pids(worker)
    threading.Timer(0.5, crew.close).start()
    with pytest.raises(CancelledError):
        worker.clean([page("a", "hang")])
    with pytest.raises(CancelledError):
        worker.clean([page("a")])
    assert all(gone(pid) for pid in both)
    with pytest.raises(CancelledError), crew.worker():
        pass


def test_workers_end_with_the_run_also_in_the_middle_of_a_page() -> None:
    code = (
        "import os, threading, time\n"
        "from hostile_work import hostile\nfrom cleaners import RuleSet\n"
        "from flows.cleaning.crew import Crew, Worker\n"
        "from flows.cleaning.hatch import Orders\nfrom flows.reading.raw import RawPage\n"
        "orders = Orders(RuleSet(()), deadline=120, clean=hostile); crew = Crew(orders)\n"
        "workers = [Worker(crew._warm, orders) for _ in range(2)]\n"
        "for worker, content in zip(workers, ('sleep', 'hang')):\n"
        "    worker.clean([RawPage('a', 'a', '')])\n"
        "    threading.Thread(target=worker.clean, args=([RawPage('b', 'b', content)],), daemon=True).start()\n"
        "time.sleep(0.5); print(crew._warm._process.pid, *(worker._pid for worker in workers), flush=True)\n"
        "os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    pids = [int(pid) for pid in done.stdout.split()]
    assert len({*pids}) == 3 and all(gone(pid) for pid in pids), done.stderr


def test_no_worker_can_start_is_an_error_of_the_run_and_not_of_its_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.cleaning.crew.environment", lambda: {"PYTHONHOME": "/nowhere"})
    with pytest.raises(WorkerFailed, match=r"does not start: .+"), Crew(Orders(FEW)).worker() as worker:
        worker.clean([page("a")])


def test_a_crew_has_as_many_workers_as_are_at_work_at_the_same_time() -> None:
    hired = Crew(Orders(FEW))
    with hired.worker() as first, hired.worker() as second:
        assert first is not second
    with hired.worker() as third:
        assert third in (first, second)
    hired.close()


def test_a_run_has_one_crew_in_a_process_until_it_is_dismissed_or_long_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    clock = SimpleNamespace(monotonic=lambda: now[0], sleep=lambda _: time.sleep(0.01))
    monkeypatch.setattr("flows.cleaning.crew.time", clock)
    orders = Orders(FEW, run="a run")
    first = crew_of(orders)
    now[0] = IDLE - 1
    assert crew_of(orders) is first is not crew_of(orders._replace(run="another"))
    now[0] += IDLE + 1
    for _ in range(3_000):  # half a minute, to end a wait in vain
        if first.ended:
            break
        time.sleep(0.01)
    assert first.ended and crew_of(orders) is not first
    dismiss("a run")
    with pytest.raises(CancelledError):
        crew_of(orders)


def test_pages_are_cut_by_number_and_by_size() -> None:
    pages = [page(str(n), "x" * size) for n, size in enumerate((1, 1, 1, 9, 1, 30, 1))]
    assert [[len(p.content) for p in some] for some in cut(pages, 3, 10)] == [[1, 1, 1], [9, 1], [30], [1]]
