"""Boosted trees as data. A model is {"base": logit, "trees": [...]}; weights/ holds a file of models a scorer.

A tree is a leaf (its logit) or [place of a fact in the row, threshold, tree up to it, tree above it].
"""

from __future__ import annotations

import json
from collections.abc import Iterator
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
AT_ONCE = 2_000
"""Rows times trees that are asked together. Few rows are asked of all trees at once, of many their table of rows and
tests stays near the size of a processor's cache. (For 8 rows a third of the time that 16 trees at once take, for 200
rows the same.)"""
NO_LEAF_OUT = np.uint32(np.iinfo(np.uint32).max)
DECIMALS = 10_000
"""Leaves have four decimals: summed as whole numbers they give the same logit in any order, on any machine."""


@dataclass(frozen=True, slots=True)
class Table:
    """A model's trees, laid out to be asked for many rows at once.

    A row takes every test of a tree; each test that it fails rules out the leaves below it on the left. The first leaf
    that is left is the one that the tree gives (Lucchese and others, QuickScorer, 2015).
    """

    base: float
    facts: NDArray[np.intp]
    """Of each test the place of its fact in a row: trees by tests."""
    thresholds: NDArray[np.float64]
    """Of each test the greatest value that passes; infinite where a tree has fewer tests."""
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
    shape = (len(tests), max(map(len, tests), default=0))
    facts, thresholds = np.zeros(shape, np.intp), np.full(shape, np.inf)
    ruled_out = np.full(shape, NO_LEAF_OUT)
    for n, each in enumerate(tests):
        for k, (fact, threshold, left) in enumerate(each):
            facts[n, k], thresholds[n, k], ruled_out[n, k] = fact, threshold, ~np.uint32(left)
    values = np.zeros((len(leaves), MOST_LEAVES), np.int64)
    for n, row in enumerate(leaves):
        values[n, : len(row)] = np.rint(np.array(row) * DECIMALS)
    return Table(model["base"], facts, thresholds, ruled_out, values)


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
    total = np.zeros(len(rows), np.int64)
    for part, leaves in reached(table, rows):
        total += np.take_along_axis(table.leaves[part], leaves, axis=1).sum(axis=0)
    return (table.base + total / DECIMALS).tolist()  # type: ignore[no-any-return]


def reached(table: Table, rows: NDArray[np.float64]) -> Iterator[tuple[slice, NDArray[np.int32]]]:
    """For some trees at a time: which they are, and the places of the leaves that the rows come to, trees by rows."""
    columns = np.ascontiguousarray(rows.T)
    step = max(1, AT_ONCE // max(1, len(rows)))
    for begin in range(0, len(table.facts), step):
        part = slice(begin, begin + step)
        fails = columns[table.facts[part]] > table.thresholds[part, :, None]
        left = np.bitwise_and.reduce(np.where(fails, table.ruled_out[part, :, None], NO_LEAF_OUT), axis=1)
        _, first = np.frexp((left & (~left + np.uint32(1))).astype(np.float64))  # the lowest bit that is left
        yield part, first - 1
