"""Boosted trees as data. A model is {"base": logit, "trees": [...]}; weights/ holds a file of models a scorer.

A tree is a leaf (its logit) or [place of a fact in the row, threshold, tree up to it, tree above it].
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

WEIGHTS = Path(__file__).parent / "weights"

Model = dict[str, Any]


@cache
def models(name: str) -> dict[str, Model]:
    """The models of a scorer, by name, out of weights/<name>.json."""
    found: dict[str, Model] = json.loads((WEIGHTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def ask(model: Model, row: Sequence[float]) -> float:
    """The logit that a model gives a row of facts."""
    total: float = model["base"]
    for tree in model["trees"]:
        while type(tree) is list:
            tree = tree[2] if row[tree[0]] <= tree[1] else tree[3]
        total += tree
    return total
