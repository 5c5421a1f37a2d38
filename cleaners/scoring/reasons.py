"""What speaks for and against a line or a block: how much each fact moves the logit that boosted trees give it.

The way of a row through a tree is told by the mean of the leaves below each node, each leaf weighing as often as it was
reached (weights/covers.json, by tests/benchmarks/covers.py). A test moves the mean; the difference is the fact's that
it asks for (A. Saabas, Interpreting random forests, 2014). So the weights of all facts of a row add up, exactly, to its
logit less the base, and the base is what the trees give before they ask anything.

A weight does not say what would happen were the fact another. A fact that is asked late on a way gets what the earlier
ones left; of two that say the same, the one that a tree happens to ask gets it. (Lundberg and others, Consistent
individualized feature attribution for tree ensembles, 2018, shares that out more fairly, and takes longer.)

Computed where somebody asks (`Cleaner.explain`), from the rows that the scorer went by: `clean` knows nothing of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Any

from cleaners.scoring.meanings import meaning, said
from cleaners.scoring.trees import WEIGHTS, Model, models

COVERS = WEIGHTS / "covers.json"
FIRST = "logit"
"""The fact of a second look that is the first look's own answer about the same line or block."""

Node = tuple[Any, ...]
"""A leaf: (mean, cover). A test: (mean, cover, place of the fact, threshold, up to it, above it)."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What facts of one kind say of a line or a block together."""

    about: str
    """What these facts are about: "its length"."""
    says: str
    """The one of them that moves it most in this direction, with its value: "12 characters"."""
    weight: float
    """In logits: above 0 it speaks for the article, below 0 against it."""
    facts: tuple[tuple[str, float], ...]
    """The name of each fact that has a part in it, and its weight, the greatest first."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one model says of a line or a block. `base` and the weights of all reasons add up to `logit`."""

    scorer: str
    """The file of weights: "lines" or "blocks"."""
    model: str
    """The model in it: "first", "second", "page" …"""
    logit: float
    base: float
    """The logit that the trees give before they ask for any fact, with what is added to every line."""
    reasons: tuple[Reason, ...]
    """The strongest first."""

    @property
    def chance(self) -> float:
        """How likely it is the article's, 0 to 1; of the model "page": how likely the page is an article."""
        return 1 / (1 + exp(-self.logit))

    def strongest(self, sign: int, count: int) -> list[Reason]:
        """The strongest reasons for (1) or against (-1)."""
        return [reason for reason in self.reasons if reason.weight * sign > 0][:count]


Looks = tuple[Look, ...]
"""At one block, in order: the last is the one that counts, those before it are facts of it."""


def look(scorer: str, model: str, names: Sequence[str], words: Path, row: Sequence[float], added: float = 0.0) -> Look:
    """What a model says of one row of facts, and why.

    names  of the facts, in the order of the row
    words  the file that says what each fact means
    added  what is added to the logit of every row
    """
    base, weights = contributions(*_annotated(scorer, model), row)
    reasons = _reasons({names[place]: (weight, row[place]) for place, weight in weights.items()}, words)
    return Look(scorer, model, base + added + sum(weights.values()), base + added, reasons)


def contributions(base: float, trees: Sequence[Node], row: Sequence[float]) -> tuple[float, dict[int, float]]:
    """The logit before any fact is asked for, and how much each fact (its place in the row) moves it from there."""
    weights: dict[int, float] = {}
    for node in trees:
        base += node[0]
        while len(node) > 2:
            mean, _, fact, threshold, low, high = node
            node = high if row[fact] > threshold else low
            weights[fact] = weights.get(fact, 0.0) + node[0] - mean
    return base, weights


def annotated(model: Model, covers: Sequence[Sequence[int]]) -> tuple[float, list[Node]]:
    """A model's base, and its trees with the mean and the cover of each node.

    covers  of each tree, how often each leaf is reached, from left to right
    Raises ValueError where they are of other trees.
    """
    trees = model["trees"]
    if [len(each) for each in covers] != [leaves(tree) for tree in trees]:
        raise ValueError("covers of other trees: run tests/benchmarks/covers.py")
    return model["base"], [_node(tree, iter(each)) for tree, each in zip(trees, covers, strict=True)]


def leaves(tree: Any) -> int:
    """How many leaves a tree has."""
    return leaves(tree[2]) + leaves(tree[3]) if isinstance(tree, list) else 1


def _node(tree: Any, counts: Iterator[int]) -> Node:
    if not isinstance(tree, list):
        return tree, next(counts)
    fact, threshold, left, right = tree
    low, high = _node(left, counts), _node(right, counts)
    cover = low[1] + high[1]
    return (low[0] * low[1] + high[0] * high[1]) / cover, cover, fact, threshold, low, high


@cache
def _annotated(scorer: str, model: str) -> tuple[float, list[Node]]:
    covers = json.loads(COVERS.read_text(encoding="utf-8"))
    return annotated(models(scorer)[model], covers[scorer][model])


def _reasons(facts: Mapping[str, tuple[float, float]], words: Path) -> tuple[Reason, ...]:
    """Facts by name, each with its weight and value, as reasons."""
    kinds: dict[str, list[tuple[float, str]]] = {}
    for name, (weight, _) in facts.items():
        kinds.setdefault(meaning(words, name)[0], []).append((weight, name))
    found = []
    for about, each in kinds.items():
        total = sum(weight for weight, _ in each)
        each.sort(key=lambda one: (-abs(one[0]), one[1]))
        name = max(each, key=lambda one: one[0] if total > 0 else -one[0])[1]
        found.append(Reason(about, said(words, name, facts[name][1]), total, tuple((n, w) for w, n in each)))
    return tuple(sorted(found, key=lambda reason: (-abs(reason.weight), reason.about)))
