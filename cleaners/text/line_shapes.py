"""What a line looks like beside the lines around it, and what kind of text the whole is: facts for extracted text.

A list of products, a ticker or a gallery repeats its own shape, and so does a menu: the trees weigh it with the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log1p

from cleaners.text.line_facts import FAR, Lines, Numbers, prose_score
from cleaners.words import WORD

SHAPES = (
    "shape_near", "shape_share", "opening_near", "opening_page", "item", "items_near",
    "shape_1", "shape1", "shape_2", "shape2",
    "lines", "prose_mass", "prose_share", "marked_share", "short_share", "middle_width",
)  # fmt: skip
"""The names of these facts, in order."""

AROUND = 10
"""Lines above and below that a line's shape is compared with."""
WIDTHS = (12, 25, 45, 80, 160)
"""Between these widths lines are of one size."""
OPENING = 60
"""Characters in which a line's first word is looked for."""
ITEMS = frozenset("-•*–")

Shape = tuple[int, str, float, float, bool]


def shapes(lines: Lines) -> list[Numbers]:
    """What SHAPES names, for each line. Linear in the lines."""
    count = len(lines.texts)
    seen = [_shape(text, own) for text, own in zip(lines.texts, lines.own, strict=True)]
    openings = [(WORD.search(text[:OPENING]) or [text[:3]])[0].casefold() for text in lines.texts]
    items = [text[:1] in ITEMS for text in lines.texts]
    all_shapes, all_openings, kind = Counter(seen), Counter(openings), _kind(lines)
    padded: list[Shape | None] = [None, None, *seen, None, None]
    found = []
    for n in range(count):
        near = slice(max(0, n - AROUND), n + AROUND + 1)
        found.append((
            seen[near].count(seen[n]) - 1.0, (all_shapes[seen[n]] - 1) / count,
            openings[near].count(openings[n]) - 1.0, float(min(FAR, all_openings[openings[n]] - 1)),
            float(items[n]), float(sum(items[near])),
            *(float(padded[n + 2 + by] == seen[n]) for by in (-1, 1, -2, 2)),
            *kind,
        ))  # fmt: skip
    return found


def _kind(lines: Lines) -> Numbers:
    """Of the whole text: lines, share of prose by letters and by lines, lines in words of sites, short lines, the
    middle width."""
    count = max(1, len(lines.own))
    scores = [prose_score(own) for own in lines.own]
    sizes = [min(own[0], 600) for own in lines.own]
    return (
        log1p(len(lines.own)),
        sum(a * b for a, b in zip(scores, sizes, strict=True)) / max(1, sum(sizes)),
        sum(x >= 0.5 for x in scores) / count,
        sum(bool(own[18]) for own in lines.own) / count,
        sum(own[0] < 60 and not own[2] for own in lines.own) / count,
        sorted(sizes)[len(sizes) // 2] if sizes else 0.0,
    )


def _shape(text: str, own: Sequence[float]) -> Shape:
    """A line's size, what it begins and ends with, whether it is mostly digits."""
    first = text[:1]
    kind = next((name for name in ("isupper", "islower", "isdigit", "isalpha") if getattr(first, name)()), first)
    return sum(own[0] >= width for width in WIDTHS), kind, own[2], own[3], own[7] > 0.3
