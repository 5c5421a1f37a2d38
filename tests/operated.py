"""Where an operator works: a folder, a server, commands that last, a PostgreSQL, a browser; all of it ends.

In the folder lie modules of the operator's that have the names of ours: none of them is ever imported.
"""

import html
import json
import os
import pwd
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.request import Request, urlopen

from launch import surroundings
from own_modules import passed_over, paths
from processes import gone, marked
from sample import ROOT, TEXT

SEEDS = [path for path in sorted((ROOT / "seeds").iterdir()) if path.suffix != ".md"]
"""The crawl. Two of them end in quarantine."""
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def until(true: Callable[[], Any], within: float, what: str) -> Any:
    """What the function gives as soon as that is something."""
    end = time.monotonic() + within
    while not (found := true()):
        assert time.monotonic() < end, f"{what}: not within {within:g} seconds"
        time.sleep(0.3)
    return found


class Place(NamedTuple):
    """Where an operator works: a folder, an environment, what stands there for the page's folders and ports."""

    folder: Path
    env: dict[str, str]
    values: dict[str, str]

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.values['4200']}/api"

    def script(self, commands: str) -> list[str]:
        for shown, real in self.values.items():
            commands = commands.replace(shown, real)
        return ["bash", "-euc", commands]

    def run(self, commands: str) -> str:
        done = subprocess.run(
            self.script(commands), cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def running(self, commands: str, log: str) -> Iterator[subprocess.Popen[bytes]]:
        """Commands that last: ended with Ctrl-C, as an operator ends them."""
        with open(self.folder / log, "wb") as file:
            process = subprocess.Popen(
                self.script(commands), cwd=self.folder, env=self.env, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            yield process
        finally:
            try:
                os.killpg(process.pid, signal.SIGINT)
                process.wait(20)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                pass
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()


@contextmanager
def place(folder: Path, database: Path | None, **more: str) -> Iterator[Place]:
    """A place of its own, with a copy of Prefect's database, if given. When it is left, none of its processes lives on.

    All that is started there looks for modules in the folder first: by an empty entry in PYTHONPATH, where `more` has
    no other, and the command by `python -m`.
    """
    mark = f"BOILERSTRIP_PLACE_{folder.name}_{os.getpid()}"
    if database:
        shutil.copytree(database, folder / ".prefect")
    (folder / "bin").mkdir()
    (folder / "bin/boilerstrip").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m boilerstrip "$@"\n')
    (folder / "bin/boilerstrip").chmod(0o755)
    path = os.pathsep.join((str(folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]))
    port = str(free_port())
    more = (
        paths() | more | {mark: "1", "DO_NOT_TRACK": "1", "PREFECT_SERVER_UI_API_URL": f"http://127.0.0.1:{port}/api"}
    )
    more["PREFECT_WORKER_QUERY_SECONDS"] = "2"  # a test has less patience than an operator
    env = surroundings(folder, PATH=path, **more)
    values = {
        **{f"/data/{name}": str(folder / name) for name in ("crawl", "out", "archive")},
        "Europe/Berlin": "Asia/Kolkata", "0 3 * * *": "* * * * *", "4200": port,
    }  # fmt: skip
    (folder / "crawl").mkdir()
    for path in SEEDS:
        (folder / "crawl" / path.name).write_bytes(path.read_bytes())
    (folder / "archive").mkdir()
    for n in range(3):
        (folder / "archive" / f"{n}.txt").write_text(f"{TEXT}\n\nPage {n} of the archive.")
    deployments = (ROOT / "prefect.yaml").read_text()
    for shown, real in (("source: pages", "source: crawl"), ("0 3 * * *", "* * * * *")):
        assert deployments.count(shown) == 1
        deployments = deployments.replace(shown, real)
    (folder / "prefect.yaml").write_text(deployments)
    try:
        with passed_over(folder):
            yield Place(folder, env, values)
    finally:
        assert not [pid for pid in marked(mark) if not gone(pid)]


def ask(api: str, what: str, **asked: Any) -> Any:
    """What a Prefect server answers to a filter."""
    request = Request(f"{api}/{what}/filter", json.dumps(asked).encode(), {"Content-Type": "application/json"})
    with urlopen(request, timeout=120) as answer:
        return json.load(answer)


def answers(api: str) -> bool:
    try:
        with urlopen(f"{api}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def postgresql() -> Iterator[int]:
    """The port of a PostgreSQL with a folder of its own. It does not run as root: then as nobody."""
    port, user = free_port(), "nobody" if os.getuid() == 0 else None
    folder = TemporaryDirectory(prefix="boilerstrip-")  # pytest's own are closed to other users
    data = Path(folder.name)
    if user:
        os.chown(data, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)

    def tool(name: str, *arguments: str) -> list[str]:
        return [str(BINARIES[-1] / name), "-D", str(data), *arguments]

    subprocess.run(
        tool("initdb", "--username", "postgres", "--auth", "trust", "--no-sync", "--encoding", "UTF8"),
        user=user, cwd="/", check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    running = subprocess.Popen(
        tool("postgres", "-p", str(port), "-k", str(data), "-h", "127.0.0.1", "-F"),
        user=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until(
            lambda: (data / "postmaster.pid").exists() and "ready" in (data / "postmaster.pid").read_text(),
            60,
            "PostgreSQL",
        )
        yield port
    finally:
        running.send_signal(signal.SIGINT)  # its fast way to end
        running.wait(30)
        folder.cleanup()


def picture(at: Place, path: str, height: int, to: Path) -> str:
    """A page of the UI as a picture; returns its HTML. Five seconds of the page's own time are one of ours."""
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --hide-scrollbars --lang=en "
        f"--window-size=1600,{height} --virtual-time-budget=5000 --dump-dom"
    )
    done = subprocess.run(
        ["chromium", *flags.split(), f"--user-data-dir={at.folder / 'chromium'}", f"--screenshot={to.resolve()}",
         f"{at.api.removesuffix('/api')}/{path}"],
        env=at.env, capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    assert done.returncode == 0 and to.exists(), done.stderr
    return html.unescape(done.stdout)


def rows_of(picture: Path) -> int:
    """How many different rows of pixels a PNG has: a blank one has one or two."""
    data, at, packed = picture.read_bytes(), 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", data[at + 8 : at + 18])
        if kind == b"IDAT":
            packed += data[at + 8 : at + 8 + size]
        at += size + 12
    assert depth == 8 and colour in (2, 6)
    pixels, row = zlib.decompress(packed), width * (3 if colour == 2 else 4) + 1
    return len({pixels[n * row : (n + 1) * row] for n in range(height)})
