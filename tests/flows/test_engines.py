"""The flow on Dask: the same bytes as in threads, also where a worker is killed in the middle.

All of it stands in a folder with modules that have the names of ours.
"""

import inspect
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from launch import command, surroundings
from own_modules import passed_over, paths
from processes import gone, marked
from sample import HTML, ROOT, TEXT, parsed

from flows import engines
from flows.cleaning import records
from flows.engines import EngineError
from flows.writing import output

PAGES = 120


def test_what_cannot_be_an_engine_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    for wrong in ("", "das", "dask=", "dask=host", "dask=tcp://host"):
        with pytest.raises(EngineError, match="no engine is called"):
            engines.check(wrong)
    engines.check("threads")
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    with pytest.raises(EngineError, match=r"pip install 'boilerstrip\[dask\]'"):
        engines.check("dask")
    monkeypatch.setattr(engines, "find_spec", lambda name: object())
    with pytest.raises(EngineError, match="Set PREFECT_API_URL"):
        engines.check("dask=tcp://10.0.0.7:8786")
    for right in ("dask", "dask=tcp://127.0.0.1:8786", "dask=tcp://localhost:8786", "dask=tls://[::1]:8786"):
        engines.check(right)
    monkeypatch.setenv("PREFECT_API_URL", "http://10.0.0.1:4200/api")
    engines.check("dask=tcp://10.0.0.7:8786")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    texts = [f"{HTML}<p>Page {n}</p>" if n % 3 else f"{TEXT}\n\nPage {n}." for n in range(PAGES)]
    texts[7] = "Share on Facebook"
    path.write_bytes(b"".join(records.line({"text": text}) for text in texts))
    return path


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, home: Path, api: str, source: Path) -> tuple[bytes, bytes]:
    """The output of a run in threads."""
    folder = tmp_path_factory.mktemp("plain")
    return run(source, folder / "out", home, api, "threads", folder)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path]:
    """A working directory with modules that have the names of ours."""
    (tmp_path / "desk").mkdir()
    with passed_over(tmp_path / "desk"):
        yield tmp_path / "desk"


def run(source: Path, to: Path, home: Path, api: str, engine: str, desk: Path) -> tuple[bytes, bytes]:
    words = ("run", source, "--to", to, "--engine", engine, "--shard-size", "10", "--json", "--workers", "2")
    done = subprocess.run(
        [sys.executable, "-m", "boilerstrip", *map(str, words)], cwd=desk,
        env=surroundings(home, **paths()) | {"PREFECT_API_URL": api}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["pages"] == PAGES
    return (to / output.ARTICLES).read_bytes(), (to / output.QUARANTINE).read_bytes()


@pytest.fixture
def cluster(tmp_path: Path, home: Path, desk: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """A scheduler and two workers, each a process of its own: the address, and the workers."""
    pytest.importorskip("prefect_dask", reason="needs the extra: pip install 'boilerstrip[dask]'")
    file = tmp_path / "scheduler.json"
    about = (f"--scheduler-file={file}", "--no-dashboard")
    alone = ("--no-nanny", "--nthreads=1", f"--local-directory={tmp_path}")
    with ExitStack() as all_of_them:

        def start(what: str, *more: str) -> "subprocess.Popen[bytes]":
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{what}", "--host=127.0.0.1", *about, *more],
                cwd=desk, env=surroundings(home, **paths(), **{f"BOILERSTRIP_DASK_{os.getpid()}": "1"}),
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
            all_of_them.callback(process.wait)
            all_of_them.callback(process.kill)
            return process

        start("scheduler", "--port=0")
        until(file.exists)
        workers = [start("worker", *alone), start("worker", *alone)]
        yield json.loads(file.read_text())["address"], workers


def until(there: Callable[[], object], within: float = 300) -> None:
    end = time.monotonic() + within
    while not there():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.dask
@pytest.mark.prefect
def test_a_worker_that_is_killed_loses_and_doubles_nothing(
    tmp_path: Path,
    home: Path,
    api: str,
    source: Path,
    plain: tuple[bytes, bytes],
    cluster: tuple[str, list["subprocess.Popen[bytes]"]],
) -> None:
    address, workers = cluster
    out = tmp_path / "out"
    ran = subprocess.Popen(
        command("run", source, "--to", out, "--engine", f"dask={address}", "--shard-size", "10", "--json"),
        env=surroundings(home) | {"PREFECT_API_URL": api}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    until(lambda: len(list((out / "shards").glob("*.json"))) >= 2)
    workers[0].send_signal(signal.SIGKILL)
    done = len(list((out / "shards").glob("*.json")))
    shown, told = ran.communicate(timeout=200)
    assert (ran.returncode, told) == (0, "")
    assert done < PAGES / 10, "the worker was killed too late: the run had ended"
    assert json.loads(shown)["pages"] == PAGES
    assert ((out / output.ARTICLES).read_bytes(), (out / output.QUARANTINE).read_bytes()) == plain
    assert len({record["id"] for record in parsed(plain[0])}) == PAGES - 1
    for process in workers:
        process.kill()
    inside = {pid for pid in marked(f"BOILERSTRIP_DASK_{os.getpid()}") if hatched(pid)}
    assert not [pid for pid in inside if not gone(pid)]


def hatched(pid: int) -> bool:
    try:
        return b"flows.cleaning.hatch" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


@pytest.mark.dask
@pytest.mark.prefect
def test_a_cluster_of_its_own_gives_the_same_bytes_and_leaves_nothing(
    tmp_path: Path, home: Path, api: str, source: Path, plain: tuple[bytes, bytes], desk: Path
) -> None:
    pytest.importorskip("prefect_dask", reason="needs the extra: pip install 'boilerstrip[dask]'")
    before = set(desk.rglob("*"))
    assert run(source, tmp_path / "out", home, api, "dask", desk) == plain
    assert {path.name for path in tmp_path.iterdir()} == {"out", "desk"} and set(desk.rglob("*")) == before
    assert not (tmp_path / "out" / "shards" / "dask").exists()


@pytest.mark.dask
@pytest.mark.prefect
def test_the_commands_of_the_page_make_a_cluster_that_works(
    tmp_path: Path, home: Path, api: str, source: Path, plain: tuple[bytes, bytes], desk: Path
) -> None:
    """As they stand there, but for the names of machines, the port, and the number of workers."""
    pytest.importorskip("prefect_dask", reason="needs the extra: pip install 'boilerstrip[dask]'")
    from prefect.cli.server import start as prefect_server_start

    part = (ROOT / "docs/runs.md").read_text().partition("## Many machines")[2].partition("\n\nOnly the machine")[0]
    ours, scheduler, worker, server, theirs = [
        line.partition("  # ")[0].strip() for line in part.splitlines() if line.startswith("    ")
    ]
    assert ours == "boilerstrip run pages/ --to out/ --engine dask"
    assert theirs == f"{ours}=tcp://scheduler:8786"
    assert (scheduler, worker) == ("dask scheduler", "dask worker tcp://scheduler:8786 --nthreads 1 --nworkers 8")
    assert server.startswith("export PREFECT_API_URL=http://head:4200/api") and "prefect server start --host" in part
    assert {"host", "port"} <= inspect.signature(prefect_server_start).parameters.keys()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    here = worker.replace("tcp://scheduler:8786", address).replace("--nworkers 8", "--nworkers 2").split()
    mark = f"BOILERSTRIP_RUNS_MD_{os.getpid()}"
    with ExitStack() as running:
        for words in ([*scheduler.split(), "--host=127.0.0.1", f"--port={port}", "--no-dashboard"], here):
            process = subprocess.Popen(
                [sys.executable, "-m", *words], cwd=desk, stderr=subprocess.DEVNULL,
                env=surroundings(home, DASK_TEMPORARY_DIRECTORY=str(tmp_path / "dask"), **paths(), **{mark: "1"}),
            )  # fmt: skip
            running.callback(process.wait, 60)
            running.callback(process.terminate)
        assert run(source, tmp_path / "out", home, api, f"dask={address}", desk) == plain
    assert not [pid for pid in marked(mark) if not gone(pid)]
