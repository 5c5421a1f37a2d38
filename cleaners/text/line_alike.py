"""How a line compares with the text that it stands in: facts that hold where no line is long.

What counts as prose elsewhere is so wide and ends so often as running text does. A poem, a recipe, a page of Thai or of
one-line paragraphs has none: here a line is set beside the others of its own text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from cleaners.text.line_facts import FAR, Lines, Numbers, distances

ALIKE = (
    "ended3", "ended8", "ended_all", "ended_before", "ended_after", "since_ended", "next_ended",
    "width_ended", "width_near", "stems_elsewhere", "stems_near", "names_elsewhere",
)  # fmt: skip
"""The names of these facts, in order."""

FEWEST = 3
"""Words of the shortest line that counts as a sentence here: "Reply." is none."""
NEAR, FURTHER = 3, 8
"""Lines above and below."""
WIDEST = 600


def alike(lines: Lines) -> list[Numbers]:
    """What ALIKE names, for each line. Linear in the lines."""
    own, count = lines.own, len(lines.own)
    ended = [bool(facts[2]) and facts[1] >= FEWEST for facts in own]
    size = [min(facts[0], WIDEST) for facts in own]
    ended_to, size_to = [0, *accumulate(map(int, ended))], [0.0, *accumulate(size)]
    middle = _middle([s for s, is_end in zip(size, ended, strict=True) if is_end] or size)
    since, until = distances(ended), distances(ended[::-1])[::-1]
    stems = Counter(stem for about in lines.about for stem in about)
    names = Counter(name for named in lines.names for name in named)
    last_at: dict[str, int] = {}
    near_above: list[set[str]] = []
    for n, about in enumerate(lines.about):
        near_above.append({stem for stem in about if n - last_at.get(stem, -FAR) <= FURTHER})
        last_at |= dict.fromkeys(about, n)
    next_at: dict[str, int] = {}
    found: list[Numbers] = []
    for n in range(count - 1, -1, -1):
        about, named = lines.about[n], lines.names[n]
        near = near_above[n] | {stem for stem in about if next_at.get(stem, n + FAR) - n <= FURTHER}
        next_at |= dict.fromkeys(about, n)
        own_end = int(ended[n])
        found.append((
            _share(ended_to, n, NEAR, own_end), _share(ended_to, n, FURTHER, own_end), ended_to[-1] / count,
            ended_to[n] / max(1, ended_to[-1]), (ended_to[-1] - ended_to[n + 1]) / max(1, ended_to[-1]),
            since[n], until[n],
            size[n] / middle, size[n] / max(1.0, _mean(size_to, n, NEAR, size[n])),
            _part(sum(stems[stem] > 1 for stem in about), about),
            _part(len(near), about),
            _part(sum(names[name] > 1 for name in named), named),
        ))  # fmt: skip
    return found[::-1]


def _part(some: int, of: frozenset[str]) -> float:
    return some / len(of) if of else -1.0


def _share(summed: Sequence[int], n: int, reach: int, own: int) -> float:
    """Of the other lines up to `reach` away, those that are counted."""
    a, b = max(0, n - reach), min(len(summed) - 1, n + reach + 1)
    return (summed[b] - summed[a] - own) / max(1, b - a - 1)


def _mean(summed: Sequence[float], n: int, reach: int, own: float) -> float:
    a, b = max(0, n - reach), min(len(summed) - 1, n + reach + 1)
    return (summed[b] - summed[a] - own) / max(1, b - a - 1)


def _middle(values: Sequence[float]) -> float:
    return max(1.0, sorted(values)[len(values) // 2]) if values else 1.0
