"""Boosted trees as data. A model is {"base": logit, "trees": [...]}; weights/ holds a file of models a scorer.

A tree is a leaf (its logit) or [place of a fact in the row, threshold, tree up to it, tree above it].
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "weights"

Model = dict[str, Any]

MOST_LEAVES = 32
"""Leaves of the greatest tree that can be asked for many rows at once: a bit each."""
AT_ONCE = 16
"""Trees that are asked together: their table of rows and tests stays in a processor's cache. (For 200 rows; 4 or 64
take a tenth longer.)"""
DECIMALS = 10_000
"""Leaves have four decimals: summed as whole numbers they give the same logit in any order, on any machine."""


@dataclass(frozen=True, slots=True)
class Table:
    """A model's trees, laid out to be asked for many rows at once.

    A row takes every test of a tree; each test that it fails rules out the leaves below it on the left. The first leaf
    that is left is the one that the tree gives (Lucchese and others, QuickScorer, 2015).
    """

    base: float
    steps: list[tuple[int, NDArray[np.float64]]]
    """The facts that are asked about, and the thresholds of each, in order."""
    facts: NDArray[np.int32]
    """Of each test the place of its fact in `steps`: trees by tests."""
    ranks: NDArray[np.uint16]
    """Of each test the place of its threshold among those of the fact."""
    ruled_out: NDArray[np.uint32]
    """Of each test the leaves (bits) that are left where it fails."""
    leaves: NDArray[np.int64]
    """The logits, times DECIMALS: trees by leaves."""


@cache
def models(name: str) -> dict[str, Model]:
    """The models of a scorer, by name, out of weights/<name>.json."""
    found: dict[str, Model] = json.loads((WEIGHTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def table(name: str, model: str) -> Table:
    """A model of weights/<name>.json, laid out."""
    return laid_out(models(name)[model])


def laid_out(model: Model) -> Table:
    """A model's trees as a Table. Raises ValueError where a tree has more than MOST_LEAVES leaves."""
    tests: list[list[tuple[int, float, int]]] = []
    leaves: list[list[float]] = []
    for tree in model["trees"]:
        tests.append([])
        leaves.append([])
        _lay_out(tree, tests[-1], leaves[-1])
    if max(map(len, leaves), default=0) > MOST_LEAVES:
        raise ValueError(f"a tree has more than {MOST_LEAVES} leaves")
    asked = sorted({fact for each in tests for fact, _, _ in each})
    steps = [(fact, np.unique([t for each in tests for f, t, _ in each if f == fact])) for fact in asked]
    place = {fact: n for n, fact in enumerate(asked)}
    shape = (len(tests), max(map(len, tests), default=0))
    facts, ranks = np.zeros(shape, np.int32), np.full(shape, np.iinfo(np.uint16).max, np.uint16)
    ruled_out = np.full(shape, np.iinfo(np.uint32).max, np.uint32)
    for n, each in enumerate(tests):
        for k, (fact, threshold, left) in enumerate(each):
            facts[n, k] = place[fact]
            ranks[n, k] = np.searchsorted(steps[place[fact]][1], threshold)
            ruled_out[n, k] = ~np.uint32(left)
    values = np.zeros((len(leaves), MOST_LEAVES), np.int64)
    for n, row in enumerate(leaves):
        values[n, : len(row)] = np.rint(np.array(row) * DECIMALS)
    return Table(model["base"], steps, facts, ranks, ruled_out, values)


def _lay_out(tree: Any, tests: list[tuple[int, float, int]], leaves: list[float]) -> None:
    """Adds a tree's leaves, from left to right, and its tests: fact, threshold, leaves (bits) on the left."""
    if not isinstance(tree, list):
        leaves.append(tree)
        return
    fact, threshold, left, right = tree
    begin = len(leaves)
    _lay_out(left, tests, leaves)
    tests.append((fact, threshold, (1 << len(leaves)) - (1 << begin)))
    _lay_out(right, tests, leaves)


def ask_all(table: Table, rows: NDArray[np.float64]) -> list[float]:
    """The logit that a model gives each row of facts: its base, and the leaf of each tree."""
    count = len(rows)
    codes = np.empty((len(table.steps), count), np.uint16)
    for n, (fact, thresholds) in enumerate(table.steps):
        codes[n] = np.searchsorted(thresholds, rows[:, fact])
    total = np.zeros(count, np.int64)
    for at in range(0, len(table.facts), AT_ONCE):
        part = slice(at, at + AT_ONCE)
        fails = codes[table.facts[part]] > table.ranks[part, :, None]
        left = np.bitwise_and.reduce(
            np.where(fails, table.ruled_out[part, :, None], np.uint32(np.iinfo(np.uint32).max)), axis=1
        )
        _, first = np.frexp((left & (~left + np.uint32(1))).astype(np.float64))  # the lowest bit that is left
        total += np.take_along_axis(table.leaves[part], first - 1, axis=1).sum(axis=0)
    return (table.base + total / DECIMALS).tolist()  # type: ignore[no-any-return]
