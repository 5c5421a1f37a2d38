"""What the block scorer's first look says of each block, of those around it, in its elements and of its kind: facts for
its second look.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cleaners.html.block_around import ROW, stretches, to_last
from cleaners.html.block_structure import CONTAINERS, KINDS, Structure, structure_of
from cleaners.html.block_text import Column
from cleaners.page import Block
from cleaners.words import PROSE

WINDOWS = (4, 12, 30)
"""Blocks above and below over which the mean chance is taken."""
LOGIT_LIMIT = 6.0
"""Logits of the first look are cut off at this and at its negative."""
SURE = 0.8
"""With a higher chance after the first look, a block counts as the article's; with less than 1 - SURE, as outside."""


def second_facts(structure: Structure, logits: Sequence[float]) -> NDArray[np.float64]:
    """What a first look says around each block, a row each, in the order of `second_names`."""
    return np.column_stack([column for _, column in _columns(structure, logits)])


@cache
def second_names() -> tuple[str, ...]:
    """The names of the facts of the second look, in order."""
    return tuple(name for name, _ in _columns(structure_of([Block("x", 0)], np.ones(1)), [0.0]))


def _columns(structure: Structure, logits: Sequence[float]) -> list[tuple[str, Column]]:
    """What the first look says of each block and of those around it, in its elements and of its kind."""
    limited = np.clip(np.array(logits), -LOGIT_LIMIT, LOGIT_LIMIT)
    chance = 1 / (1 + np.exp(-limited))
    count, chars = len(chance), structure.chars
    found: list[tuple[str, Column]] = [("logit", limited)]
    padded = np.concatenate((np.full(ROW, -LOGIT_LIMIT), limited, np.full(ROW, -LOGIT_LIMIT)))
    for step in (*range(-ROW, 0), *range(1, ROW + 1)):
        found.append((f"logit{step:+}", padded[ROW + step : ROW + step + count]))
    for size, above, below in stretches(chance, chars, WINDOWS):
        found += [(f"up{size}", above), (f"down{size}", below)]
    mass = np.concatenate(([0.0], np.cumsum(chance * chars)))
    total = mass[-1] + 1
    found += [("above", mass[:-1] / total), ("below", 1 - mass[1:] / total), ("all", np.full(count, np.log1p(total)))]
    for name, where in (
        ("sure", (chance > SURE) & (chars >= PROSE)),
        ("likely", chance > 0.5),
        ("out", chance < 1 - SURE),
    ):
        found += [(f"to_{name}_up", to_last(where)), (f"to_{name}_down", to_last(where[::-1])[::-1])]
    sums, letters = structure.sums(chance * chars), structure.sums(chars) + 1e-9
    for level in range(CONTAINERS):
        which = structure.containers[:, level]
        others = (sums[which] - chance * chars) / np.maximum(1.0, letters[which] - chars)
        found.append((f"held{level}", np.where(which == structure.none, -1.0, others)))
        found.append((f"most_held{level}", sums[which] / total))
    for kind, where in zip(KINDS, structure.kinds, strict=True):
        found.append((f"of_{kind}", structure.others(where, chance)))
    return found
