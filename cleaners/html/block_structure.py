"""Which elements hold the blocks of an HTML page, and which blocks are of a kind: facts for the block scorer
(block_facts.py), from the facts of the single blocks.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.html.block_around import MOST_CHARS
from cleaners.html.block_text import Column
from cleaners.html.names import BREAKING
from cleaners.html.regions import facts_of
from cleaners.page import Block

CONTAINERS = 5
"""Elements around a block, each holding more blocks than the one before, of which the content is a fact."""
KINDS = ("path", "tags", "own", "sibling", "cousin")
"""Kinds of blocks: with the same elements and classes around them; the same elements; the same innermost block-level
element with the same classes; the same tag in the same element; the same two tags in the same element."""


@dataclass(slots=True)
class Structure:
    """Which elements hold the blocks of a page, and which blocks are of a kind."""

    chars: Column
    """Their characters, at most MOST_CHARS."""
    rows: NDArray[np.intp]
    """With `elements`: each block with each element that holds it."""
    elements: NDArray[np.intp]
    containers: NDArray[np.intp]
    """Of each block the elements of CONTAINERS; `none` where there are fewer."""
    counts: NDArray[np.intp]
    """How many blocks each element holds."""
    kinds: list[NDArray[np.intp]]
    """Of each of KINDS the number of each block's kind."""

    @property
    def none(self) -> int:
        """The number that stands for an element that is not there."""
        return len(self.counts) - 1

    def sums(self, values: Column) -> Column:
        """The sum of some values over the blocks that each element holds; 0 for `none`."""
        return np.bincount(self.elements, values[self.rows], minlength=len(self.counts)).astype(np.float64)

    def others(self, where: NDArray[np.intp], values: Column) -> Column:
        """The mean of values over the other blocks of each one's kind, by their characters; -1 where there is none."""
        own = values * self.chars
        many = where.max() + 1
        total, size = (np.bincount(where, each, minlength=many)[where] for each in (own, self.chars))
        alone = np.bincount(where, minlength=many)[where] < 2
        return np.where(alone, -1.0, (total - own) / np.maximum(1e-9, size - self.chars))


def structure_of(blocks: Sequence[Block], chars: Column) -> Structure:
    """How the blocks of a page stand to each other, with the characters of each."""
    seen = [facts_of(block) for block in blocks]
    inside = [each.inside for each in seen]
    rows = np.repeat(np.arange(len(blocks)), [len(each) for each in inside])
    numbers = np.fromiter((number for each in inside for number in each), np.intp, len(rows))
    number, elements = np.unique(numbers, return_inverse=True)
    none = len(number)
    counts = np.bincount(elements, minlength=none + 1)
    held, flat = counts.tolist(), elements.tolist()
    containers = np.full((len(blocks), CONTAINERS), none)
    first = 0
    for n, each in enumerate(inside):
        most, level = 1, 0
        for element in reversed(flat[first : first + len(each)]):
            if held[element] > most:
                most = held[element]
                containers[n, level] = element
                level += 1
                if level == CONTAINERS:
                    break
        first += len(each)
    innermost = [nearest(each.tags) for each in seen]
    kinds = [
        numbered((each.tags, each.words) for each in seen),
        numbered(each.tags for each in seen),
        numbered((tag, each.own_words) for tag, each in zip(innermost, seen, strict=True)),
        numbered((each.tags[-1:], each.inside[-2:-1]) for each in seen),
        numbered((each.tags[-2:], each.inside[-3:-2]) for each in seen),
    ]
    return Structure(np.minimum(chars, MOST_CHARS), rows, elements, containers, counts, kinds)


def held_facts(structure: Structure, own: dict[str, Column]) -> list[tuple[str, Column]]:
    """What the elements around it hold: shares of their letters, from the innermost that holds other blocks too."""
    chars = own["chars"]
    page, kept_all = chars.sum() + 1, (own["kept"] * chars).sum() + 1
    letters = structure.sums(chars) + 1e-9
    sums = {name: structure.sums(own[name] * chars) for name in ("kept", "share", "links", "prose", "by_stage")}
    found: list[tuple[str, Column]] = []
    for level in range(CONTAINERS):
        which = structure.containers[:, level]
        none = which == structure.none
        for name, values in sums.items():
            found.append((f"{name}_held{level}", np.where(none, -1.0, values[which] / letters[which])))
        kept = sums["kept"][which]
        others = (kept - own["kept"] * chars) / np.maximum(1.0, letters[which] - chars)
        found.append((f"others_held{level}", np.where(none, -1.0, others)))
        found.append((f"article_held{level}", kept / kept_all))
        found.append((f"page_held{level}", np.where(none, -1.0, letters[which] / page)))
        found.append((f"count_held{level}", structure.counts[which].astype(float)))
    return found


def kind_facts(structure: Structure, own: dict[str, Column]) -> list[tuple[str, Column]]:
    """What became of the other blocks of its kind."""
    found: list[tuple[str, Column]] = []
    chars = structure.chars
    for kind, where in zip(KINDS, structure.kinds, strict=True):
        many = where.max() + 1
        count = np.bincount(where)[where]
        size = np.bincount(where, chars, minlength=many)[where]
        found.append((f"{kind}_count", count.astype(float)))
        for name in ("kept", "links", "prose", "by_stage"):
            found.append((f"{name}_of_{kind}", structure.others(where, own[name])))
        found.append((f"{kind}_size", np.where(count > 1, (size - chars) / np.maximum(1, count - 1), -1.0)))
        found.append((f"kept_count_of_{kind}", np.bincount(where, own["kept"], minlength=many)[where] - own["kept"]))
    return found


def nearest(tags: Sequence[str]) -> str:
    """The innermost heading or block-level element."""
    return next((tag for tag in reversed(tags) if tag in BREAKING), "")


def numbered(values: Iterable[Hashable]) -> NDArray[np.intp]:
    """Equal values as equal numbers, from 0."""
    places: dict[Hashable, int] = {}
    return np.array([places.setdefault(value, len(places)) for value in values])
