"""Nothing in the working directory changes what boilerstrip imports: people who use Prefect have a folder `flows`."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from operated import SEEDS, Place, answers, free_port, place, until
from own_modules import imported, plant
from sample import PROSE, TEXT, parsed

BOILERSTRIP = f"{sys.executable} -m boilerstrip"
PATHS = ("", os.pathsep, f".{os.pathsep}")
"""What stands in PYTHONPATH before all else: nothing, or an entry that is the working directory."""


def paths(before: str) -> dict[str, str]:
    return {"PYTHONPATH": before + os.environ.get("PYTHONPATH", "")}


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A folder with modules of its owner's, all of it in PYTHONPATH by an empty entry, and a Prefect server."""
    with ExitStack() as stack:
        at = stack.enter_context(place(tmp_path_factory.mktemp("owned"), **paths(os.pathsep)))
        plant(at.folder)
        port = at.values["4200"]
        stack.enter_context(at.running(f"prefect server start --port {port}", "server.log"))
        until(lambda: answers(at.api), 120, "the server")
        at.env["PREFECT_API_URL"] = at.api
        yield at


def test_the_modules_are_in_the_way_of_who_looks_into_the_folder(tmp_path: Path) -> None:
    plant(tmp_path)
    for name in ("flows", "cleaners", "rules"):
        done = subprocess.run([sys.executable, "-c", f"import {name}"], cwd=tmp_path, capture_output=True, text=True)
        assert f"RuntimeError: imported: {tmp_path}" in done.stderr
    assert imported(tmp_path) == ["cleaners.imported", "flows/__init__.imported", "rules.imported"]


@pytest.mark.parametrize(
    ("command", "shown", "before"),
    [
        *(("clean page.txt", PROSE[0], before) for before in PATHS),
        ("explain page.txt", PROSE[0], ""),
        ("rules list", "share.en", ""),
    ],
)
def test_the_commands_without_prefect(tmp_path: Path, command: str, shown: str, before: str) -> None:
    (tmp_path / "page.txt").write_text(TEXT)
    plant(tmp_path)
    done = subprocess.run(
        [*BOILERSTRIP.split(), *command.split()], cwd=tmp_path, env={**os.environ, **paths(before)},
        capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "") and shown in done.stdout
    assert not imported(tmp_path)


def test_a_flow_is_refused_where_another_package_of_the_name_is_imported(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/__init__.py").touch()
    code = "import flows, boilerstrip\ntry: boilerstrip.clean_pages\nexcept ImportError as error: print(error)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert f"another module called 'flows' ({tmp_path / 'flows/__init__.py'})" in done.stdout


@pytest.mark.prefect
@pytest.mark.parametrize("before", PATHS)
def test_a_run_with_workers_and_a_server_of_its_own(tmp_path: Path, before: str) -> None:
    with place(tmp_path, **paths(before)) as at:
        plant(tmp_path)
        at.run(f"{BOILERSTRIP} run crawl --to out --quiet")
        assert cleaned(tmp_path / "out")
    assert not imported(tmp_path)


@pytest.mark.prefect
def test_a_deployment_that_a_worker_runs(owned: Place) -> None:
    owned.run("prefect work-pool create --type process boilerstrip")
    owned.run("prefect --no-prompt deploy --all")
    with owned.running("prefect worker start --pool boilerstrip", "worker.log"):
        told = owned.run("prefect deployment run boilerstrip/on-demand --param to=deployed --watch")
        assert "Completed" in told, told + (owned.folder / "worker.log").read_text()[-5000:]
    assert cleaned(owned.folder / "deployed")
    assert not imported(owned.folder)


@pytest.mark.prefect
def test_serve(owned: Place) -> None:
    with owned.running(f"{BOILERSTRIP} serve crawl --to served --cron '* * * * *'", "serve.log"):
        until((owned.folder / "served/summary.json").exists, 150, "the first run of serve")
    assert cleaned(owned.folder / "served")
    assert not imported(owned.folder)


@pytest.mark.dask
@pytest.mark.prefect
def test_a_dask_cluster_of_its_own(owned: Place) -> None:
    pytest.importorskip("prefect_dask", reason="needs the extra: pip install 'boilerstrip[dask]'")
    owned.run(f"{BOILERSTRIP} run crawl --to dask --engine dask --workers 2 --shard-size 5 --quiet")
    assert cleaned(owned.folder / "dask")
    assert not imported(owned.folder)


@pytest.mark.dask
@pytest.mark.prefect
def test_a_dask_cluster_from_the_command_line(owned: Place) -> None:
    """Both processes look into the working directory first: that is what `python -m` does."""
    pytest.importorskip("prefect_dask", reason="needs the extra: pip install 'boilerstrip[dask]'")
    address = f"tcp://127.0.0.1:{free_port()}"
    dask = f"{sys.executable} -m dask"
    with (
        owned.running(f"{dask} scheduler --host 127.0.0.1 --port {address[-5:]} --no-dashboard", "scheduler.log"),
        owned.running(f"{dask} worker {address} --nthreads 1 --nworkers 2", "dask.log"),
    ):
        owned.run(f"{BOILERSTRIP} run crawl --to cluster --engine dask={address} --shard-size 5 --quiet")
    assert cleaned(owned.folder / "cluster")
    assert not imported(owned.folder)


def cleaned(out: Path) -> bool:
    """Whether the folder holds the articles of the seeds."""
    told = json.loads((out / "summary.json").read_text())
    articles = parsed((out / "articles.jsonl").read_bytes())
    return told["pages"] == len(SEEDS) and len({article["page"] for article in articles}) == len(SEEDS) - 2
