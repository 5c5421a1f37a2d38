"""A campaign: `python tests/fuzz [TARGET …] [--with random hypothesis atheris] [--seconds 60] [--seed 1]`.

Each target is fuzzed for so many seconds with each of the engines: choices out of a seeded random, out of hypothesis
(which makes a find small), and out of atheris (guided by coverage; the extra `fuzz`). Prints the inputs that were
tried, one line a target and engine, and their sum; ends with 1 where something was found. Finds become tests in
tests/test_fuzz.py.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fuzz.targets import TARGETS

Tried = tuple[int, int]
"""How many inputs were tried, and how many of them (hypothesis, atheris: whether one of them) found something."""
ENOUGH = 20
"""Finds after which the seeded random goes on to the next target."""


def with_random(target: str, seconds: float, number: int) -> Tried:
    make, check = TARGETS[target]
    choose = random.Random(number)
    end, tried, found = time.monotonic() + seconds, 0, 0
    while time.monotonic() < end and found < ENOUGH:
        said = make(choose.randrange)
        tried += 1
        try:
            check(said)
        except Exception:
            found += 1
            print(f"--- {target}: {said!r}\n{traceback.format_exc(limit=-3)}", flush=True)
    return tried, found


def with_hypothesis(target: str, seconds: float, number: int) -> Tried:
    make, check = TARGETS[target]
    end, tried = time.monotonic() + seconds, 0
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]

    @settings(max_examples=200, deadline=None, database=None, suppress_health_check=quiet, phases=set(Phase))
    @given(st.data())
    def run(data: st.DataObject) -> None:
        nonlocal tried
        tried += 1
        check(make(lambda below: data.draw(st.integers(0, below - 1))))

    while time.monotonic() < end:
        try:
            seed(number)(run)()
        except Exception:
            print(f"--- {target}:\n{traceback.format_exc(limit=-3)}", flush=True)
            return tried, 1
        number += 1
    return tried, 0


def with_atheris(target: str, seconds: float, number: int) -> Tried:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, Path(__file__).with_name("guided.py"), target, f"-max_total_time={seconds:.0f}",
             f"-seed={number}", "-max_len=512", "-timeout=120", "-rss_limit_mb=3000", f"-artifact_prefix={folder}/"],
            capture_output=True, text=True, errors="replace",
        )  # fmt: skip
    tried = max((int(n) for n in re.findall(r"^#(\d+)", done.stderr, re.M)), default=0)
    if done.returncode:
        print(f"--- {target}, guided:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}", flush=True)
    return tried, int(done.returncode != 0)


ENGINES: dict[str, Callable[[str, float, int], Tried]] = {
    "random": with_random,
    "hypothesis": with_hypothesis,
    "atheris": with_atheris,
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("targets", nargs="*", metavar="TARGET", help=f"{', '.join(TARGETS)}; default: all")
    asked.add_argument("--with", nargs="+", dest="engines", choices=ENGINES, default=["random", "hypothesis"])
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    all_tried = all_found = 0
    for name in given.targets or TARGETS:
        for engine in given.engines:
            tried, found = ENGINES[engine](name, given.seconds, given.seed)
            all_tried, all_found = all_tried + tried, all_found + found
            print(f"{name:10} {engine:10} {tried:9,} inputs, {found} finds", flush=True)
    print(f"{'in all':21} {all_tried:9,} inputs, {all_found} finds")
    sys.exit(all_found > 0)


if __name__ == "__main__":
    main()
