"""Counts how often each leaf of the scorers' trees is reached: cleaners/scoring/weights/covers.json, by which
cleaners/scoring/reasons.py says what spoke for and against a block. Run it when weights were trained again: a test
holds that the counts are of their trees.

    python tests/benchmarks/covers.py [--every N]

Every row of facts counts that a scorer is asked about while the pages of the gold sets in ../shared/bench are cleaned:
each as HTML, as all the text that a browser shows, and as what trafilatura makes of it. Only pages at even places, one
in N of them. What is kept are counts in thousandths, and at least one, since no leaf is never reached.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import chain
from typing import Any
from unittest.mock import patch

import numpy as np
from gold_sets import BENCH, cleaner, html_of
from metric import gold_pages
from residues import EXTRACTORS, SETS

from cleaners import BadInput
from cleaners.html import block_scores, page_kind
from cleaners.html.block_scores import LOOKS
from cleaners.scoring.reasons import COVERS, leaves
from cleaners.scoring.trees import Table, ask_all, models, reached, table
from cleaners.text import line_scores
from cleaners.text.line_scores import SCORER

MODELS = {
    "blocks": (page_kind.PAGE, *chain.from_iterable(LOOKS.values())),
    SCORER: ("first", "second"),
}
PARTS = 1_000


def sources(every: int) -> Iterator[bytes]:
    for name in SETS:
        for _, gold in list(gold_pages(name))[:: 2 * every]:
            yield html_of(name, gold["id"])


def forms(source: bytes) -> Iterator[bytes | str]:
    yield source
    for extractor in ("visible", "trafilatura"):
        try:
            yield EXTRACTORS[extractor][2](source)
        except ValueError:
            continue


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one page in N of those at even places")
    args = parser.parse_args()
    if not BENCH.is_dir():
        sys.exit("the gold sets are not here: they lie in ../shared/bench beside the checkout")
    laid = {id(table(scorer, model)): table(scorer, model) for scorer, each in MODELS.items() for model in each}
    counts = {key: np.ones(each.leaves.shape, np.int64) for key, each in laid.items()}

    def watch(asked: Table, rows: Any) -> list[float]:
        for part, found in reached(asked, rows):
            for tree, row in zip(range(*part.indices(len(asked.facts))), found, strict=True):
                counts[id(asked)][tree] += np.bincount(row, minlength=asked.leaves.shape[1])
        return ask_all(asked, rows)

    pages = 0
    with (
        patch.object(line_scores, "ask_all", watch),
        patch.object(block_scores, "ask_all", watch),
        patch.object(page_kind, "ask_all", watch),
    ):
        for source in sources(args.every):
            pages += 1
            for form in forms(source):
                try:
                    cleaner().label(form)
                except BadInput:
                    continue
    data: dict[str, Any] = {
        scorer: {model: shares(scorer, model, counts) for model in each} for scorer, each in MODELS.items()
    }
    data["made"] = {"by": "tests/benchmarks/covers.py", "pages": pages, "places": f"one in {2 * args.every}, even"}
    COVERS.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
    rows = {scorer: int(counts[id(table(scorer, each[0]))][0].sum()) for scorer, each in MODELS.items()}
    print(f"{pages} pages, rows {rows}; wrote {COVERS.name}, {COVERS.stat().st_size} bytes")


def shares(scorer: str, model: str, counts: dict[int, Any]) -> list[list[int]]:
    found = counts[id(table(scorer, model))]
    trees = models(scorer)[model]["trees"]
    rows = [row[: leaves(tree)] for row, tree in zip(found, trees, strict=True)]
    return [[max(1, round(PARTS * int(n) / int(row.sum()))) for n in row] for row in rows]


if __name__ == "__main__":
    main()
