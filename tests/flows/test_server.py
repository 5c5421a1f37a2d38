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
@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell where a process works")
def test_it_works_in_a_folder_of_nobody_s_and_keeps_its_home(tmp_path: Path) -> None:
    """Prefect's alembic.ini puts the working directory before all else that is imported."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    code = (
        "import os; from pathlib import Path; from flows.server import start; start()()\n"
        "[child] = Path(f'/proc/self/task/{os.getpid()}/children').read_text().split()\n"
        "print(os.readlink(f'/proc/{child}/cwd'))"
    )
    found = {"HOME": str(tmp_path), "PREFECT_HOME": "kept"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], env=plain | found, cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout == "/\n", done.stderr
    assert (tmp_path / "kept").is_dir(), "its home is where the user said"
