"""What a run costs beside the cleaning: memory, CPU and scaling, as ratios measured in one go: `make runs`.

    python tests/benchmarks/runs.py [memory|overhead|scaling …] [--times 3] [--share 1]

memory    resident memory of the flow's process at its peak, at 100,000 small pages against 10,000
overhead  CPU of the whole flow (its process, its workers, Prefect's server) against a bare loop that reads the same
          pages with the same reader, cleans them with the same cleaner and writes the records; over the sample pages,
          which are small, and over pages of the gold sets, where they are here
scaling   pages a second with two workers against one

What a start costs (Python, Prefect and its server, the rules, the language model) is taken out of overhead and scaling
by running over few pages and over many: both figures are of the pages between, the many less the few. Medians of
`--times` runs, taken in turn, so that what else the machine does falls on all alike; the flow and the bare loop run at
the same time, beside each other, since what a page costs here drifts by more within minutes than the flow adds.
`--share 0.1` takes a tenth of the pages everywhere: to see that all works.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import NamedTuple

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from drill import samples  # noqa: E402
from launch import surroundings  # noqa: E402

from flows.cleaning import records  # noqa: E402

FEW, MANY = 500, 12_000
"""Pages. What a start costs differs by half a second from run to run: the pages between should cost forty."""
RUN = """
import json, resource, sys
from flows.cli import main
try:
    main()
finally:
    with open("/proc/self/status") as file:
        peak = [int(line.split()[1]) for line in file if line.startswith("VmHWM")]
    print(json.dumps(peak), file=sys.stderr)
"""
LOOP = """
import sys
from cleaners import BadInput, Cleaner
from flows.reading import read
from flows.cleaning import records
cleaner = Cleaner()
with open(sys.argv[2], "wb") as out:
    for page in read.pages(sys.argv[1]):
        try:
            for article in cleaner.clean(page.content, page.url, id=page.id, name=page.name):
                out.write(records.article(article.to_dict()))
        except BadInput as error:
            out.write(records.line(records.quarantined(page, type(error).__name__, str(error))))
"""


class Cost(NamedTuple):
    cpu: float
    """Seconds, of the process and all it has waited for."""
    wall: float
    """Seconds."""
    peak: float
    """Megabytes of the process alone; 0 for the loop."""


def small(count: int, path: Path) -> Path:
    """Rows of a few lines each, no two the same."""
    chance = random.Random(4)
    words = ["harbour", "bridge", "council", "ferry", "mill", "spring", "deck", "vote", "river", "night", "market"]
    with open(path, "wb") as file:
        for n in range(count):
            said = [f"{n} {' '.join(chance.choices(words, k=20))}, said the harbour master on the day." for _ in "ab"]
            file.write(records.line({"text": "\n\n".join(said), "url": f"https://{n % 97}.example/{n}"}))
    return path


def common(count: int, path: Path, scraped: bool = False) -> Path:
    """Rows of the sample pages, text and HTML, or of pages as sites serve them, each with a line of its own."""
    found = samples(small=False)[scraped]
    with open(path, "wb") as file:
        for n in range(count):
            ending, content = found[n % len(found)]
            said = f"Number {n} of the pages said so on the day, and the harbour master heard it."
            content = (
                content.replace("</body>", f"<p>{said}</p></body>") if ending == ".html" else f"{content}\n\n{said}"
            )
            file.write(records.line({"html" if ending == ".html" else "text": content}))
    return path


def cost(code: str, *arguments: str | Path, home: Path) -> Cost:
    """Run Python code in a process of its own."""
    env = surroundings(home, PYTHONPATH=str(TESTS.parent), OPENBLAS_NUM_THREADS="1")
    begun = time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], env=env, stderr=subprocess.PIPE)
    assert process.stderr
    told = process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    if status:
        raise SystemExit(told)
    peak = json.loads(told.strip().splitlines()[-1])[0] / 1024 if code is RUN else 0
    return Cost(used.ru_utime + used.ru_stime, wall, peak)


def flow(source: Path, folder: Path, workers: int) -> Cost:
    to = Path(tempfile.mkdtemp(dir=folder))
    return cost(RUN, "run", source, "--to", to / "out", "--workers", str(workers), "--quiet", home=folder)


def loop(source: Path, folder: Path) -> Cost:
    return cost(LOOP, source, Path(tempfile.mkdtemp(dir=folder)) / "out.jsonl", home=folder)


def load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def memory(folder: Path, times: int, share: float) -> None:
    numbers = int(10_000 * share), int(100_000 * share)
    few, many = small(numbers[0], folder / "few.jsonl"), small(numbers[1], folder / "many.jsonl")
    found = [(flow(few, folder, 2).peak, flow(many, folder, 2).peak) for _ in range(max(1, times // 3))]
    at_few, at_many = (median(one) for one in zip(*found, strict=True))
    more = f"{at_many / at_few - 1:+.1%}"
    print(f"memory    {at_few:.0f} MB at {numbers[0]:,} pages, {at_many:.0f} MB at {numbers[1]:,}: {more} ({load()})")


def overhead(folder: Path, times: int, share: float) -> None:
    _overhead(folder, times, int(FEW * share), int(MANY * share))
    if samples(small=False)[1]:
        _overhead(folder, times, int(FEW * share / 5), int(MANY * share / 5), scraped=True)


def _overhead(folder: Path, times: int, *numbers: int, scraped: bool = False) -> None:
    few, many = (common(n, folder / f"{n}.jsonl", scraped) for n in numbers)
    between = numbers[1] - numbers[0]
    flow(common(1, folder / "one.jsonl"), folder, 1)  # Prefect makes its database

    def both(source: Path) -> tuple[float, float]:
        with ThreadPoolExecutor() as pool:
            bare = pool.submit(loop, source, folder)
            return flow(source, folder, 1).cpu, bare.result().cpu

    found = []
    for _ in range(times):
        whole, bare = (b - a for a, b in zip(both(few), both(many), strict=True))
        found.append((bare, whole, whole / bare))
    bare, whole, ratio = (median(one) for one in zip(*found, strict=True))
    a_page = 1000 / between
    each = " ".join(f"{one[2] - 1:+.1%}" for one in found)
    print(f"overhead  {bare * a_page:.2f} ms of CPU a page in a bare loop, {whole * a_page:.2f} in the flow: ", end="")
    print(f"{ratio - 1:+.1%} ({'pages of the gold sets' if scraped else 'sample pages'}; each: {each}; {load()})")


def scaling(folder: Path, times: int, share: float) -> None:
    numbers = int(FEW * share), int(MANY * share)
    few, many = common(numbers[0], folder / "few.jsonl"), common(numbers[1], folder / "many.jsonl")
    between = numbers[1] - numbers[0]
    flow(common(1, folder / "one.jsonl"), folder, 1)  # Prefect makes its database
    found = []
    for _ in range(times):
        one = flow(many, folder, 1).wall - flow(few, folder, 1).wall
        two = flow(many, folder, 2).wall - flow(few, folder, 2).wall
        found.append((between / one, between / two, one / two))
    one, two, ratio = (median(each) for each in zip(*found, strict=True))
    each = " ".join(f"{times[2]:.2f}" for times in found)
    print(
        f"scaling   {one:.0f} pages a second with one worker, {two:.0f} with two: {ratio:.2f} (each: {each}; {load()})"
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", nargs="*", help="memory, overhead, scaling; default: all")
    asked.add_argument("--times", type=int, default=3)
    asked.add_argument("--share", type=float, default=1.0)
    given = asked.parse_args()
    for measure in (memory, overhead, scaling):
        if not given.what or measure.__name__ in given.what:
            with tempfile.TemporaryDirectory() as folder:
                measure(Path(folder), given.times, given.share)


if __name__ == "__main__":
    main()
