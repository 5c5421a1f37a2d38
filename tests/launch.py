"""The command, in this process or as one of its own, and the Prefect server that runs share."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
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
    """The address of a Prefect server for runs that are not about the server: one for all processes that ask for it at
    the same time. It ends when the last of them lets go of the pipe that it reads."""
    pipe, address = home / "pipe", home / "address"
    begun = None
    with FileLock(home / "server.lock"):
        if not pipe.exists():
            os.mkfifo(pipe)
        try:
            held = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads
            begun, held = _begin(home, pipe)
            assert begun.stdout
            address.write_text(begun.stdout.readline().strip())
    try:
        assert address.read_text(), "Prefect's own server does not start"
        yield address.read_text()
    finally:
        os.close(held)
        if begun:
            begun.wait(600)


def _begin(home: Path, pipe: Path) -> tuple[subprocess.Popen[str], int]:
    code = (
        "import os, sys; from flows.server import start\n"
        "start()(); print(os.environ['PREFECT_API_URL'], flush=True); sys.stdin.read()"
    )
    reads = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    held = os.open(pipe, os.O_WRONLY)
    os.set_blocking(reads, True)
    begun = subprocess.Popen(
        [sys.executable, "-c", code], env=surroundings(home), stdin=reads, stdout=subprocess.PIPE, text=True
    )
    os.close(reads)
    return begun, held
