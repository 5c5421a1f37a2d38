"""Fuzzing of one target, guided by coverage: `python tests/fuzz/guided.py TARGET [libFuzzer's arguments]`.

Needs atheris (the extra `fuzz`). The bytes are the choices of the grammar. Ends at the first find, as libFuzzer does.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
with atheris.instrument_imports(include=["cleaners"]):
    from fuzz.targets import TARGETS


def main() -> None:
    make, check = TARGETS[sys.argv[1]]

    def run(data: bytes) -> None:
        choices = atheris.FuzzedDataProvider(data)
        check(make(lambda below: int(choices.ConsumeIntInRange(0, below - 1))))

    atheris.Setup([sys.argv[0], *sys.argv[2:]], run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
