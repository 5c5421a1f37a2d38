"""Prefect's own server for the time of a run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from processes import gone, marked


def test_the_server_ends_with_the_run_that_started_it(tmp_path: Path) -> None:
    mark = f"BOILERSTRIP_SERVER_{os.getpid()}"
    code = f"import os; from flows.server import start; os.environ[{mark!r}] = '1'; start(); os.kill(os.getpid(), 9)"
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    subprocess.run([sys.executable, "-c", code], env={**plain, "HOME": str(tmp_path)})
    assert not [pid for pid in marked(mark) if not gone(pid)]


@pytest.mark.prefect
def test_it_imports_nothing_from_the_working_directory(tmp_path: Path) -> None:
    """Prefect's alembic.ini puts it before all else."""
    (tmp_path / "dask.py").write_text("raise RuntimeError('imported')")
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    code = "from flows.server import start; start()()"
    found = {"HOME": str(tmp_path), "PREFECT_HOME": "kept"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], env=plain | found, cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "kept").is_dir(), "its home is where the user said"
