"""Nothing in the working directory changes what boilerstrip imports: people who use Prefect have a folder `flows`.

Servers, deployments, workers and `serve` of flows/test_schedule.py and the clusters of flows/test_engines.py, too,
stand in such a folder (own_modules.py).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from operated import SEEDS, place
from own_modules import imported, passed_over, paths, plant
from sample import PROSE, TEXT, parsed

pytestmark = pytest.mark.processes
PATHS = ("", os.pathsep, f".{os.pathsep}")
"""What stands in PYTHONPATH before all else: nothing, or an entry that is the working directory."""


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
    with passed_over(tmp_path):
        done = subprocess.run(
            [sys.executable, "-m", "boilerstrip", *command.split()], cwd=tmp_path, env={**os.environ, **paths(before)},
            capture_output=True, text=True,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "") and shown in done.stdout


def test_a_flow_is_refused_where_another_package_of_the_name_is_imported(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/__init__.py").touch()
    code = "import flows, boilerstrip\ntry: boilerstrip.clean_pages\nexcept ImportError as error: print(error)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert f"another module called 'flows' ({tmp_path / 'flows/__init__.py'})" in done.stdout


@pytest.mark.prefect
@pytest.mark.parametrize("before", ["", "".join(PATHS)])
def test_a_run_with_workers_and_a_server_of_its_own(tmp_path: Path, database: Path, before: str) -> None:
    with place(tmp_path, database, **paths(before)) as at:
        at.run("boilerstrip run crawl --to out --quiet")
    told = json.loads((tmp_path / "out/summary.json").read_text())
    articles = parsed((tmp_path / "out/articles.jsonl").read_bytes())
    assert told["pages"] == len(SEEDS) and len({article["page"] for article in articles}) == len(SEEDS) - 2
