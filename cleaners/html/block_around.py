"""What stands above and below each block of an HTML page: facts for the block scorer (block_facts.py), from the facts
of the single blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from cleaners.html.block_text import Column

ROW = 3
"""Blocks above and below whose own facts are facts of a block."""
WINDOWS = (5, 15)
"""Blocks on either side over which shares are taken."""
MOST_CHARS = 600.0
"""Characters of a block that count in a share: a longer one weighs no more."""
FAR = 60.0
"""Blocks beyond which a distance is no greater."""
NEAR = (
    "log_chars",
    "links",
    "share",
    "kept",
    "by_stage",
    "ends",
    "main",
    "is_p",
    "in_li",
    "is_heading",
    "capital_words",
)
"""Facts of the blocks around that are facts of a block."""


def around_facts(own: dict[str, Column]) -> list[tuple[str, Column]]:
    """The facts of the blocks around, and sums over stretches of them."""
    found = []
    count = len(own["chars"])
    for name in NEAR:
        column = np.concatenate((np.full(ROW, -1.0), own[name], np.full(ROW, -1.0)))
        for step in (*range(-ROW, 0), *range(1, ROW + 1)):
            if abs(step) < ROW or name in ("share", "kept", "log_chars"):
                found.append((f"{name}{step:+}", column[ROW + step : ROW + step + count]))
    chars = np.minimum(own["chars"], MOST_CHARS)
    for name, values in (
        ("share", own["share"]), ("kept", own["kept"]), ("links", own["links"]), ("prose", own["prose"]),
        ("by_stage", own["by_stage"]), ("main", own["main"]),
    ):  # fmt: skip
        for size, above, below in stretches(values, chars, WINDOWS):
            found += [(f"{name}_up{size}", above), (f"{name}_down{size}", below)]
    return found


def stretches(values: Column, chars: Column, sizes: Sequence[int]) -> Iterable[tuple[int, Column, Column]]:
    """For each of some sizes: it, and the means of a value over as many blocks above and below each block, by their
    characters."""
    count, places = len(values), np.arange(len(values))
    sums, totals = (np.concatenate(([0.0], np.cumsum(each))) for each in (values * chars, chars))
    for size in sizes:
        first, end = np.maximum(0, places - size), np.minimum(count, places + 1 + size)
        above = (sums[places] - sums[first]) / (totals[places] - totals[first] + 1)
        below = (sums[end] - sums[places + 1]) / (totals[end] - totals[places + 1] + 1)
        yield size, above, below


def place_facts(own: dict[str, Column]) -> list[tuple[str, Column]]:
    """How far it is to the ends of the page, and to what was taken."""
    count = len(own["chars"])
    places = np.arange(count, dtype=float)
    mass = np.cumsum(own["chars"])
    found = [
        ("place", places / count),
        ("mass", mass / (mass[-1] + 1)),
        ("from_top", np.minimum(FAR, places)),
        ("from_end", np.minimum(FAR, count - places)),
    ]
    article = own["kept"] * own["chars"]
    before = np.cumsum(article) - article
    total = article.sum() + 1
    found += [
        ("kept_above", before / total),
        ("kept_below", (total - 1 - before - article) / total),
        ("kept_above_chars", np.log1p(before)),
    ]
    plain = own["kept"] * own["prose"] * (own["links"] < 0.5)
    for name, where in (
        ("kept", own["kept"] > 0),
        ("prose", plain > 0),
        ("outside", own["kept"] == 0),
        ("heading", own["is_heading"] > 0),
        ("title", own["title"] > 0),
    ):
        above, below = to_last(where), to_last(where[::-1])[::-1]
        found += [(f"to_{name}_up", above), (f"to_{name}_down", below)]
    # of the last heading above: what was said of it
    found.append(("heading_kept", _of_last(own["is_heading"] > 0, own["kept"])))
    found.append(("heading_title", _of_last(own["is_heading"] > 0, own["title"])))
    return found


def to_last(where: NDArray[np.bool_]) -> Column:
    """How many places above each the last true one is; FAR where there is none, or farther."""
    places = np.arange(len(where))
    last = np.maximum.accumulate(np.where(where, places, -int(FAR) * 2))
    before = np.concatenate(([-int(FAR) * 2], last[:-1]))
    return np.minimum(FAR, places - before).astype(float)


def _of_last(where: NDArray[np.bool_], values: Column) -> Column:
    """The value of the last true place above each; -1 where there is none."""
    last = np.maximum.accumulate(np.where(where, np.arange(len(where)), -1))
    before = np.concatenate(([-1], last[:-1]))
    return np.where(before >= 0, values[before], -1.0)
