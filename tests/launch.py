"""The command, in this process or as one of its own, and the Prefect server that runs share."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sample import ROOT
from typer.testing import CliRunner, Result

from flows.cli import app


def invoke(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    """What the command prints, and its exit code, where the process is not what is tested."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """The environment of a run: nothing of Prefect's but what lies in the folder `home`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {**kept, "HOME": str(home), **more} | {"PREFECT_HOME": str(home / ".prefect")}


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-P", str(ROOT / "boilerstrip.py"), *map(str, arguments)]


@contextmanager
def server(home: Path) -> Iterator[str]:
    """The address of a Prefect server for runs that are not about the server."""
    code = (
        "import os, sys; from flows.server import start\n"
        "start()(); print(os.environ['PREFECT_API_URL'], flush=True); sys.stdin.read()"
    )
    kept = subprocess.Popen(
        [sys.executable, "-c", code], env=surroundings(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert kept.stdin and kept.stdout
    try:
        address = kept.stdout.readline().strip()
        assert address, "Prefect's own server does not start"
        yield address
    finally:
        kept.stdin.close()
        kept.wait(120)
