"""The drill: kill -9 at random moments, start again, until the run is done: `make drill`.

    python tests/drill.py [--pages 2000] [--kills 50] [--seed 1]

A corpus of the sample pages and, where they are here, of the gold sets' pages, each with variations, and among them
pages that hang inside C, kill their worker or eat its memory. Killed are the process of the flow, workers, or both.
When the flow is killed it is started again with the same command; where a run comes to its end, the drill goes on in a
fresh folder. Each end must be that of an undisturbed run, byte for byte, without a temporary file, and no process may
live on. All runs share one Prefect server.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from launch import server, surroundings

from cleaners import Cleaner
from flows.cleaning import records
from flows.cleaning.work import Part, clean_page
from flows.reading.raw import RawPage
from flows.writing import output

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared" / "bench"
MARK = "BOILERSTRIP_DRILL"
DEADLINE, MEMORY = 4, 500
HOSTILE = {"WorkerDied": "crash", "TimeoutError": "hang", "OutOfMemory": "bloat"}
"""What becomes of the hostile pages, and how their names begin."""
TARGETS = ("flow", "workers", "both")
START = (
    "import flows.run, drill; from functools import partial\n"
    "flows.run.Orders = partial(flows.run.Orders, clean=drill.hostile)\n"
    "from flows.cli import main; main()"
)
"""The command, with a cleaner that some pages are hostile to."""


def hostile(cleaner: Cleaner, page: RawPage) -> Part:
    """Stands for the library in a worker: pages of some names hang it, kill it or eat its memory."""
    kind = page.id.rpartition("/")[2].partition("-")[0]
    if kind == "hang":
        re.match(r"(a+)+$", "a" * 60 + "b")
    elif kind == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif kind == "bloat":
        held = []
        while True:
            held.append(b"x" * 2_000_000)  # bytes(2_000_000) would not be in memory yet
            time.sleep(0.001)
    return clean_page(cleaner, page)


def samples(small: bool) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(ending, content) of the sample pages and of pages of the gold sets."""
    ours = [
        (p.suffix, p.read_text(errors="replace"))
        for p in sorted((ROOT / "seeds").rglob("*.*"))
        if p.suffix in (".txt", ".html")
    ]
    paths = [] if small else sorted(BENCH.rglob("*.html.gz"))[::4]
    theirs = [(".html", gzip.decompress(path.read_bytes()).decode("utf-8", "replace")) for path in paths]
    most = 3_000 if small else 60_000
    return [one for one in ours if len(one[1]) < most], [one for one in theirs if len(one[1]) < most]


def corpus(folder: Path, count: int, chance: random.Random, small: bool = False) -> Path:
    """A folder of `count` pages, half of them rows, and a hostile one in four hundred."""
    ours, theirs = samples(small)
    (folder / "deep").mkdir(parents=True)
    with open(folder / "rows.jsonl", "wb") as rows:
        for n in range(count):
            ending, content = chance.choice(theirs if theirs and n % 20 == 0 else ours)
            said = f"Number {n} of the pages said so on the day, and the harbour master heard it."
            content = (
                content.replace("</body>", f"<p>{said}</p></body>") if ending == ".html" else f"{content}\n\n{said}\n"
            )
            if n % 2:
                rows.write(records.line({"html" if ending == ".html" else "text": content}))
            else:
                (folder / ("deep" if n % 3 else "") / f"{n:05}{ending}").write_text(content, errors="replace")
    for n in range(max(3, count // 400)):
        (folder / "deep" / f"{('crash', 'hang', 'bloat')[n % 3]}-{n}.txt").write_text(f"a hostile page, number {n}")
    return folder


def start(source: Path, to: Path, home: Path, api: str) -> subprocess.Popen[bytes]:
    arguments = ["run", str(source), "--to", str(to), "--shard-size", "40", "--workers", "2", "--quiet"]
    arguments += ["--quarantine-limit", "1"]  # the hostile pages are many
    return subprocess.Popen(
        [sys.executable, "-c", START, *arguments, "--deadline", str(DEADLINE), "--memory", str(MEMORY)],
        env=surroundings(home, PYTHONPATH=f"{ROOT}{os.pathsep}{Path(__file__).parent}", **{MARK: str(home)})
        | {"PREFECT_API_URL": api},
    )  # fmt: skip


def processes(home: Path) -> dict[int, bool]:
    """The living processes of the drill's runs: pid, and whether it is a worker (or the warm process of them)."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={home}\0".encode() not in (folder / "environ").read_bytes():
                continue
            if (folder / "stat").read_text().rpartition(")")[2].split()[0] != "Z":
                found[int(folder.name)] = b"flows.cleaning.hatch" in (folder / "cmdline").read_bytes()
        except OSError:
            continue
    return found


def moment(run: subprocess.Popen[bytes], to: Path, chance: random.Random) -> None:
    """Wait for a random moment: while the run starts, after some shards have been finished, or when all is joined."""
    kind, end = chance.random(), time.monotonic() + 120
    if kind < 0.2:
        time.sleep(chance.uniform(0, 4))
        return
    goal = finished(to) + chance.choice((0, 1, 1, 2, 3, 5))
    while run.poll() is None and time.monotonic() < end:
        if finished(to) >= goal and (kind < 0.85 or (to / "articles.jsonl.tmp").exists()):
            break
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.3))


def finished(to: Path) -> int:
    return len(list((to / "shards").glob("*.json")))


def strike(run: subprocess.Popen[bytes], home: Path, chance: random.Random) -> str | None:
    """Kill -9 somebody. Returns who it was, None where nobody of that kind was alive."""
    target = chance.choice(TARGETS)
    workers = [pid for pid, works in processes(home).items() if works]
    if run.poll() is not None or (target == "workers" and not workers):
        return None
    chosen = chance.sample(workers, chance.randint(1, len(workers))) if workers and target != "flow" else []
    for pid in [*([run.pid] if target != "workers" else []), *chosen]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    return target


def orphans(home: Path, within: float = 60) -> int:
    """How many processes still live after a while: the warm process ends when it has started, 3 seconds of work."""
    end = time.monotonic() + within
    while (left := processes(home)) and time.monotonic() < end:
        time.sleep(0.05)
    return len(left)


def joined(to: Path) -> tuple[bytes, bytes]:
    return (to / output.ARTICLES).read_bytes(), (to / output.QUARANTINE).read_bytes()


def leftovers(to: Path) -> list[str]:
    """What is in an output folder that does not belong there."""
    known = {output.ARTICLES, output.QUARANTINE, output.SUMMARY, output.REPORT, "shards", "lock"}
    part = re.compile(r"[0-9a-f]{16}\.(articles\.jsonl|quarantine\.jsonl|counts\.jsonl|json)")
    return [str(p) for p in to.rglob("*") if p.name not in known and not part.fullmatch(p.name)]


def rounds(folder: Path) -> Iterator[Path]:
    n = 0
    while True:
        n += 1
        yield folder / f"round-{n}"


def drill(folder: Path, count: int, kills: int, seed: int, small: bool = False, api: str | None = None) -> Counter[str]:
    """Kill `kills` times in runs over `count` pages. Returns the figures; raises AssertionError where a run is lost.

    `api`: address of the Prefect server, otherwise one is started.
    """
    chance = random.Random(seed)
    home = folder / "home"
    home.mkdir()
    source = corpus(folder / "pages", count, chance, small)
    told: Counter[str] = Counter()
    with nullcontext(api) if api else server(home) as api:
        undisturbed = folder / "undisturbed"
        begun = time.monotonic()
        assert start(source, undisturbed, home, api).wait(1800) == 0
        told["seconds of the undisturbed run"] = round(time.monotonic() - begun)
        expected = joined(undisturbed)
        told["articles"], told["in quarantine"] = (lines.count(b"\n") for lines in expected)
        assert told["articles"] > 0.8 * count
        stopped = [json.loads(line) for line in expected[1].splitlines()]
        stopped = [(one["error"], one["id"]) for one in stopped if one["error"] in HOSTILE]
        for error, name in HOSTILE.items():
            assert sum(one[0] == error for one in stopped) == len(list(source.rglob(f"{name}-*"))), stopped
        for to in rounds(folder):
            told["rounds"] += 1
            told.update(one_round(source, to, home, api, kills - told["kills"], chance))
            assert joined(to) == expected, f"{to}: not the bytes of the undisturbed run"
            assert not leftovers(to), leftovers(to)
            told["rounds with the same bytes"] += 1
            if told["kills"] >= kills:
                return told
    raise AssertionError


def one_round(source: Path, to: Path, home: Path, api: str, kills: int, chance: random.Random) -> Counter[str]:
    """Run into a fresh folder until the run comes to its end, with at most so many kills on the way."""
    told: Counter[str] = Counter()
    while True:
        run = start(source, to, home, api)
        told["starts"] += 1
        while told["kills"] < kills and run.poll() is None:
            moment(run, to, chance)
            if who := strike(run, home, chance):
                told.update(("kills", f"kills of {who}"))
                if who != "workers":
                    break
        code = run.wait(1800)
        left = orphans(home)
        assert not left, f"{left} processes live on"
        if code != -signal.SIGKILL:
            assert code == 0, f"the run ended with {code}"
            return told


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--pages", type=int, default=2000)
    asked.add_argument("--kills", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    asked = asked.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        told = drill(Path(folder), asked.pages, asked.kills, asked.seed)
    print(f"{asked.pages:,} pages, seed {asked.seed}, load {os.getloadavg()[0]:.1f}")
    for what, number in told.items():
        print(f"{number:8,}  {what}")
    print(f"{time.monotonic() - begun:8,.0f}  seconds in all. Nothing lost, nothing doubled, no orphan, no leftover.")


if __name__ == "__main__":
    main()
