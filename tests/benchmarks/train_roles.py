"""Trains the trees by which cleaners/text/front_roles.py tells bylines, dates, kickers, standfirsts and captions of a
head. Needs the extra `bench`.

    python tests/benchmarks/train_roles.py [--folds N] [--write]

They learn from the dumps of tests/dumps, which are labelled line by line: of each the lines count that front.py asks
about, once as it finds them, with the title that is labelled so. `--folds N` judges by cross-validation over the dumps:
of each role, how many lines are right and wrong at a least chance. `--write` trains on all and writes
cleaners/scoring/weights/roles.json.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import numpy as np
from dumps import DUMPS, lines_of, read
from gold_sets import cleaner
from sklearn.ensemble import HistGradientBoostingClassifier
from train_lines import exported

from cleaners import BadInput
from cleaners.scoring.trees import WEIGHTS, ask_all, laid_out
from cleaners.text import front
from cleaners.text.front_lines import Head
from cleaners.text.front_roles import ROLES, SCORER, asked_about
from cleaners.text.role_facts import facts

HOW = {
    "max_iter": 60,
    "learning_rate": 0.1,
    "max_leaf_nodes": 8,
    "max_features": 0.4,
    "min_samples_leaf": 8,
    "l2_regularization": 5,
    "max_bins": 64,
}
LEAST = (0.2, 0.35, 0.5, 0.65, 0.8)


@dataclass(slots=True)
class Example:
    """The lines of a dump's head."""

    name: str
    texts: list[str]
    rows: Any
    roles: list[str]


def examples() -> Iterator[Example]:
    for name, source, labels in read(DUMPS):
        found: list[tuple[Head, int]] = []

        def watch(head: Head, start: int, standfirst: int | None, found: Any = found) -> None:
            if not found:
                found.append((head, start))

        with patch.object(front, "title_of", watch), suppress(BadInput):
            page = cleaner().label(source)
        if not found:
            continue
        head, start = found[0]
        label = {id(block): labels["lines"].get(n, "") for n, block in lines_of(page, source).items()}
        roles = [label.get(id(block), "") for block in head.blocks]
        if "title" not in roles or (title := roles.index("title")) >= start:
            continue
        places = asked_about(head, title, start)
        if places:
            rows = np.array(facts(head, places, title, start))
            yield Example(name, [head.blocks[n].text for n in places], rows, [roles[n] for n in places])


def train(found: Sequence[Example]) -> dict[str, Any]:
    rows = np.vstack([each.rows for each in found])
    roles = np.array([role for each in found for role in each.roles])
    known = (roles != "either") & (roles != "")
    return {
        role: exported(
            HistGradientBoostingClassifier(**HOW, early_stopping=False, random_state=0).fit(
                rows[known], roles[known] == role
            )
        )
        for role in ROLES
    }


def cross(found: Sequence[Example], folds: int) -> None:
    counts = {role: Counter[str]() for role in ROLES}
    fold = [zlib.crc32(each.name.encode()) % folds for each in found]
    for part in range(folds):
        models = train([each for each, f in zip(found, fold, strict=True) if f != part])
        tables = {role: laid_out(model) for role, model in models.items()}
        for each in (each for each, f in zip(found, fold, strict=True) if f == part):
            for role, table in tables.items():
                for chance, wanted in zip(
                    1 / (1 + np.exp(-np.array(ask_all(table, each.rows)))), each.roles, strict=True
                ):
                    counts[role]["there"] += wanted == role
                    for least in LEAST:
                        if chance >= least and wanted not in ("either", ""):
                            counts[role][f"{least} {wanted == role}"] += 1
                            counts[role][f"{least} text"] += wanted in ("body", "heading")
    for role, count in counts.items():
        figures = "  ".join(
            f"{least}: {count[f'{least} True']} / {count[f'{least} False']} ({count[f'{least} text']})"
            for least in LEAST
        )
        print(f"{role:<10} {count['there']:>4} there   {figures}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, metavar="N", help="judge by cross-validation over the dumps")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    found = list(examples())
    print(f"{len(found)} heads, {sum(len(each.roles) for each in found)} lines", flush=True)
    if args.folds:
        cross(found, args.folds)
    if args.write:
        file = WEIGHTS / f"{SCORER}.json"
        file.write_text(json.dumps(train(found), separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"wrote {file.name}, {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
