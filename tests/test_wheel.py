"""The package as people get it: built, then installed into an empty environment, first without and then with `flows`.

The tests stand in the order of what happens: the second adds to the environment of the first.
"""

import json
import os
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from zipfile import ZipFile

import pytest
from launch import surroundings
from operated import SEEDS
from own_modules import imported, plant
from packaging.requirements import Requirement
from packaging.version import Version
from sample import ROOT

import cleaners

RULES = sorted((ROOT / "rules").glob("*.toml"))


def test_the_version_is_stated_once() -> None:
    assert version("boilerstrip") == cleaners.__version__, "install again: pip install --editable '.[test]'"


def test_the_oldest_versions_that_are_tested_are_those_that_are_allowed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = (project["optional-dependencies"][name] for name in ("flows", "dask", "warc", "parquet", "s3"))
    allowed = {}
    for wanted in map(Requirement, chain(project["dependencies"], *extras)):
        allowed[wanted.name] = [Version(bound.version) for bound in wanted.specifier if bound.operator == ">="]
    lines = (ROOT / "tests/oldest.txt").read_text().splitlines()
    tested = dict(line.split("==") for line in lines if not line.startswith("#"))
    for name, bounds in allowed.items():
        assert bounds == ([Version(tested[name])] if name in tested else []), name


def run(*words: object, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, **more)  # type: ignore[call-overload,no-any-return]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the source distribution. Skips where pip cannot fetch packages; in .ci/run, fails."""
    folder = tmp_path_factory.mktemp("dist")
    probe = run(sys.executable, "-m", "pip", "download", "--no-cache-dir", "--no-deps", "--dest", folder, "hatchling")
    if probe.returncode:
        told = f"pip cannot fetch packages here: {probe.stderr.strip().rpartition(chr(10))[2]}"
        pytest.fail(told) if os.environ.get("BOILERSTRIP_CI") else pytest.skip(told)
    done = run(sys.executable, "-m", "build", "--outdir", folder, ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,), (source,) = folder.glob("boilerstrip-*.whl"), folder.glob("boilerstrip-*.tar.gz")
    return wheel, source


@pytest.fixture(scope="module")
def bin(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The commands of an environment that holds the wheel and what it requires, and nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    assert run(sys.executable, "-m", "venv", "--without-pip", folder).returncode == 0
    install(folder / "bin", built[0])
    yield folder / "bin"


def install(bin: Path, what: object) -> None:
    """By the pip of these tests, and without byte code: that halves the time."""
    done = run(sys.executable, "-m", "pip", "--python", bin / "python", "install", "--no-compile", what)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder with pages and with modules that have the names of ours, and an environment that names no other."""
    plant(tmp_path)
    (tmp_path / "pages").mkdir()
    for path in SEEDS:
        (tmp_path / "pages" / path.name).write_bytes(path.read_bytes())
    env = surroundings(tmp_path)
    env.pop("PYTHONPATH", None)
    return tmp_path, env


@pytest.mark.wheel
def test_the_licences_the_rules_and_the_types_are_in_both_distributions(built: tuple[Path, Path]) -> None:
    name = f"boilerstrip-{cleaners.__version__}"
    with ZipFile(built[0]) as wheel:
        held = set(wheel.namelist())
        metadata = wheel.read(f"{name}.dist-info/METADATA").decode()
    assert {f"{name}.dist-info/licenses/{path}" for path in ("LICENSE", "rules/LICENSE")} <= held
    assert {"boilerstrip.py", "cleaners/py.typed", "flows/py.typed", "cleaners/rules/LICENSE"} <= held
    assert {f"cleaners/rules/{path.name}" for path in RULES} <= held
    assert not {path.partition("/")[0] for path in held} - {"boilerstrip.py", "cleaners", "flows", f"{name}.dist-info"}
    assert "License-Expression: Apache-2.0 AND CC0-1.0" in metadata
    with tarfile.open(built[1]) as source:
        held = set(source.getnames())
    assert {f"{name}/{path}" for path in ("LICENSE", "rules/LICENSE", "README.md", "tests/test_wheel.py")} <= held


@pytest.mark.wheel
def test_the_library_and_the_commands_for_one_page_need_no_prefect(
    bin: Path, desk: tuple[Path, dict[str, str]]
) -> None:
    folder, env = desk
    page = folder / "pages/en-tram-strike.txt"
    assert run(bin / "python", "-c", "import prefect", env=env).returncode
    code = f"from cleaners import clean; print(clean(open({str(page)!r}, 'rb').read())[0].title)"
    done = run(bin / "python", "-P", "-c", code, env=env, cwd=folder)
    assert done.stdout.startswith("Port Hallam trams"), done.stderr
    for words, shown in (
        (("clean", page), "trams will stand still"),
        (("explain", page), "head.title"),
        (("rules", "check"), "errors: 0"),
    ):
        done = run(bin / "boilerstrip", *words, env=env, cwd=folder)
        assert done.returncode == 0 and shown in done.stdout, done.stderr
    done = run(bin / "boilerstrip", "run", "pages", "--to", "out", env=env, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and "pip install 'boilerstrip[flows]'" in done.stderr
    assert not imported(folder)


@pytest.mark.wheel
@pytest.mark.prefect
def test_a_run_needs_the_extra_flows_and_nothing_else(
    built: tuple[Path, Path], bin: Path, desk: tuple[Path, dict[str, str]]
) -> None:
    folder, env = desk
    install(bin, f"{built[0]}[flows]")
    done = run(bin / "boilerstrip", "run", "pages", "--to", "out", "--json", env=env, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (told["pages"], told["quarantined"]) == (len(SEEDS), 2)
    assert not imported(folder)
