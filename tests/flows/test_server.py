"""Prefect's own server for the time of a run."""

import os
import subprocess
import sys
from pathlib import Path

from processes import gone, marked


def test_the_server_ends_with_the_run_that_started_it(tmp_path: Path) -> None:
    mark = f"BOILERSTRIP_SERVER_{os.getpid()}"
    code = f"import os; from flows.server import start; os.environ[{mark!r}] = '1'; start(); os.kill(os.getpid(), 9)"
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    subprocess.run([sys.executable, "-c", code], env={**plain, "HOME": str(tmp_path)})
    assert not [pid for pid in marked(mark) if not gone(pid)]
