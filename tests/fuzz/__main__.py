"""Fuzzing by hand: `python tests/fuzz [TARGET] [SECONDS] [SEED]`, with atheris where it is installed (`--atheris`).

Without it, inputs come from a seeded random through the grammar. Finds become tests in tests/test_fuzz.py.
"""

from __future__ import annotations

import random
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fuzz import grammar, properties

TARGETS: dict[str, tuple[Callable[[grammar.Choose], str], Callable[[str], None]]] = {
    "text": (grammar.text, properties.page),
    "twice": (grammar.text, properties.twice),
    "html": (grammar.html, properties.page),
    "toml": (grammar.toml, properties.rules),
    "keys": (grammar.line, properties.keys),
    "repair": (grammar.line, properties.repairs),
    "mojibake": (grammar.mojibake, properties.repairs),
    "align": (grammar.text, properties.aligned),
}


def at_random(target: str, seconds: float, seed: int) -> tuple[int, int]:
    """How many inputs were tried, and how many of them found something; prints what was found."""
    make, check = TARGETS[target]
    choose = random.Random(seed)
    end, tried, found = time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        said = make(choose.randrange)
        tried += 1
        try:
            check(said)
        except Exception:
            found += 1
            print(f"--- {target}: {said!r}\n{traceback.format_exc(limit=-3)}", flush=True)
            if found >= 20:
                break
    return tried, found


def with_atheris(target: str, arguments: list[str]) -> None:
    """Guided by coverage; the bytes are the choices of the grammar. `arguments` go to libFuzzer."""
    import atheris

    make, check = TARGETS[target]

    def run(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        check(make(lambda below: provider.ConsumeIntInRange(0, below - 1)))

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], *arguments], run)
    atheris.Fuzz()


if __name__ == "__main__":
    names = [name for name in sys.argv[1:] if name in TARGETS] or list(TARGETS)
    if "--atheris" in sys.argv:
        folders = [word for word in sys.argv[1:] if Path(word).is_dir()]
        with_atheris(names[0], [word for word in sys.argv[1:] if word[:1] == "-" and word != "--atheris"] + folders)
    numbers = [float(word) for word in sys.argv[1:] if word.replace(".", "").isdigit()]
    seconds, seed = (numbers + [60.0, 1.0][len(numbers) :])[:2]
    for name in names:
        tried, found = at_random(name, seconds, int(seed))
        print(f"{name:10} {tried:9,} inputs, {found} finds", flush=True)
