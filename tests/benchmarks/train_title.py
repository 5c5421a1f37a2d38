"""Trains the trees by which cleaners/text/front_title.py finds a title. Needs the extra `bench`.

    python tests/benchmarks/train_title.py [--folds N] [--every N] [--write]

They learn from the pages of ../shared/bench whose title is known (news, sites, and the articles of pages): from all
visible text, of every other page without its first line, the page's name for itself; from what is near the article in
it; and from what trafilatura and Resiliparse make of the page. Of each text the lines count that front_title.py asks
about, as it finds them. A line is the title where it equals the gold's; where none does, one that begins with the
gold's title, or begins it, and has MOST_OF its letters.

`--folds N` judges by cross-validation: of N parts of the registered domains each is left out in turn. Printed for each
kind of text, pages at even and at odd places apart: texts, those with the title among their lines, and how many titles
are right and wrong at a least chance. `--write` trains on all and writes cleaners/scoring/weights/title.json.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import numpy as np
from gold_sets import BENCH, cleaner
from metric import gold_pages
from residues import residues
from sklearn.ensemble import HistGradientBoostingClassifier
from train_lines import CROPPED, cropped, exported

from cleaners import BadInput
from cleaners.scoring.trees import WEIGHTS, ask_all, laid_out
from cleaners.text import front
from cleaners.text.front_lines import Head
from cleaners.text.front_title import REACH, SCORER, may_be_title, spoken_for
from cleaners.text.title_facts import facts
from cleaners.words import key

WORTH = {"news": 1.0, "pages": 0.8, "sites": 0.15}
"""Weight of a text by its set: a site's pages are alike."""
TEXTS = ("visible", "trafilatura", "resiliparse", *CROPPED)
SHORTEST = 12
"""Letters of the shortest title that another line may equal in part."""
MOST_OF = 0.6
HOW = {
    "max_iter": 80,
    "learning_rate": 0.12,
    "max_leaf_nodes": 14,
    "max_features": 0.4,
    "min_samples_leaf": 20,
    "l2_regularization": 5,
    "max_bins": 64,
}
LEAST = (0.05, 0.1, 0.2, 0.4)


@dataclass(slots=True)
class Example:
    """The lines of a text that may be its title."""

    set: str
    kind: str
    half: int
    domain: str
    rows: Any
    wanted: Any


def titles(lines: list[str], title: str) -> list[bool]:
    gold, keys = key(title), [key(line) for line in lines]
    if gold in keys:
        return [each == gold for each in keys]
    return [
        min(len(gold), len(each)) >= max(SHORTEST, MOST_OF * max(len(gold), len(each)))
        and (gold.startswith(each) or each.startswith(gold))
        for each in keys
    ]


def examples(folder: Path, every: int) -> Iterator[Example]:
    for name in WORTH:
        golds = {gold["id"]: (place, gold) for place, (_, gold) in enumerate(gold_pages(name))}
        for kind in TEXTS:
            made = cropped(folder, name, kind, every) if kind in CROPPED else residues(folder, name, kind, every)
            for residue in made:
                place, gold = golds[residue.id]
                if not gold.get("title") or (name == "pages" and residue.group != "article"):
                    continue
                text = residue.text
                if kind == "visible" and Random(residue.id).random() < 0.5:
                    text = text.partition("\n")[2]
                if found := asked(text):
                    lines, rows = found
                    wanted = np.array(titles(lines, gold["title"]), float)
                    yield Example(name, kind, place % 2, residue.domain, np.array(rows), wanted)


def asked(text: str) -> tuple[list[str], list[Any]] | None:
    """The lines of a text that may be its title, and their facts, as front.py asks first."""
    found: list[tuple[list[str], list[Any]]] = []

    def watch(head: Head, start: int, standfirst: int | None) -> None:
        last = start if standfirst is None else standfirst
        places = [n for n in range(max(0, last - REACH), last) if may_be_title(head, n)]
        if places and not found:
            found.append(([head.blocks[n].text for n in places], facts(head, places, start, last)))

    with patch.object(front, "title_of", watch), suppress(BadInput):
        cleaner().label(text)
    return found[0] if found else None


def train(found: list[Example]) -> dict[str, Any]:
    model = HistGradientBoostingClassifier(**HOW, early_stopping=False, random_state=0)
    weights = np.concatenate([np.full(len(each.wanted), WORTH[each.set]) for each in found])
    rows, wanted = np.vstack([each.rows for each in found]), np.concatenate([each.wanted for each in found])
    return exported(model.fit(rows, wanted, sample_weight=weights))


def cross(found: list[Example], folds: int) -> None:
    counts: dict[tuple[str, str], Counter[str]] = {}
    place = [zlib.crc32(each.domain.encode()) % folds for each in found]
    for fold in range(folds):
        model = laid_out(train([each for each, f in zip(found, place, strict=True) if f != fold]))
        for each in (each for each, f in zip(found, place, strict=True) if f == fold):
            chances = 1 / (1 + np.exp(-np.array(ask_all(model, each.rows))))
            chances *= [spoken_for(row) for row in each.rows]
            best = int(chances.argmax())
            count = counts.setdefault((each.kind.split()[0], "odd" if each.half else "even"), Counter())
            count.update(texts=1, there=int(each.wanted.any()))
            for least in LEAST:
                if chances[best] >= least:
                    count[f"{least} {'right' if each.wanted[best] else 'wrong'}"] += 1
    for (kind, half), count in sorted(counts.items()):
        figures = "  ".join(f"{least}: {count[f'{least} right']} / {count[f'{least} wrong']}" for least in LEAST)
        print(f"{kind:<12} {half:<5} {count['texts']:>4} texts, title in {count['there']:>4}   {figures}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, metavar="N", help="judge by cross-validation over registered domains")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only one page in N")
    parser.add_argument("--to", type=Path, default=Path(tempfile.gettempdir()) / "boilerstrip-lines", metavar="FOLDER")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if not BENCH.is_dir():
        sys.exit("the gold sets are not here: they lie in ../shared/bench beside the checkout")
    found = list(examples(args.to, args.every))
    print(f"{len(found)} texts, {sum(len(each.wanted) for each in found)} lines", flush=True)
    if args.folds:
        cross(found, args.folds)
    if args.write:
        file = WEIGHTS / f"{SCORER}.json"
        file.write_text(json.dumps({SCORER: train(found)}, separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"wrote {file.name}, {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
