"""How likely each line of a page belongs to its article: two looks with boosted trees.

The first look goes by a line's own facts and its surroundings, the second also by what the first said of the lines
around it. The trees are data, trained by tests/benchmarks/train_lines.py. All of it is linear in the lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, chain
from math import exp, fsum, log1p, log2
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaners.scoring.path import best_path
from cleaners.scoring.reasons import Looks, look
from cleaners.scoring.trees import ask_all, table
from cleaners.text.line_alike import ALIKE, alike
from cleaners.text.line_facts import (
    AROUND,
    BESIDE,
    FAR,
    OWN,
    RULED,
    Lines,
    Numbers,
    beside,
    distances,
    surroundings,
)
from cleaners.text.line_shapes import SHAPES, shapes
from cleaners.text.vocabulary import SAID, said

SCORER = "lines"
"""The file of weights, with two models, "first" and "second", one a look. There is one scorer for every text, whether
all that a browser shows, what an extractor left of it, or the article alone: it learned from all of them."""
LOGIT_LIMIT = 6.0
"""Logits are cut off at this and at its negative."""
STIFF = 4.0
"""What each step into or out of the article costs, in logits, on the best path after the first look. (Of 82
visible texts, articles and news at even places, with the same trees: at 2, 6 / 2 lines more taken and 0 / 5 kept,
rightly / wrongly; at 8, 6 / 9 kept.)"""
SLANT = 1.0
"""Added to the logit of every line after the second look, so that doubtful lines are kept: to lose a line of an article
is worse than to keep one too many. (docs/lines.md has what .5 and 0 cost.)"""
SURE = 0.8
"""With a higher chance after the first look, a line counts as the article's; with less than 1 - SURE, as outside it."""
HALF_A_WORD = 0.5
"""Added to the weight of a line's words when its share on the topic is taken, so that one or two words do not make it a
whole share."""

AGAIN = (
    "logit", "logit_1", "logit1", "logit_2", "logit2", "logit_3", "logit3", "behind4", "ahead4", "behind10", "ahead10",
    "around30", "mass_before", "mass_after", "in_path", "from_start", "before_end", "to_start", "to_end", "way_start",
    "way_end", "last_sure", "next_sure", "run_share", "page_mass", "run_lines",
    "inside", "outside", "names_inside", "leaning", "leaning_1", "leaning1",
)  # fmt: skip
"""The names of the facts that the second look gets from the first, in order."""
MEANINGS = Path(__file__).with_name("line_facts.toml")
"""What each fact means, in words."""


NAMES = (*OWN, *(f"rule:{name}" for name in RULED), *AROUND, *BESIDE, *SHAPES, *ALIKE, *SAID, *AGAIN)
"""The names of the facts of the second look, in order: those of the first, then those of AGAIN."""


def facts(lines: Lines) -> NDArray[np.float64]:
    """The facts of the lines for the first look, a row each, in the order that the weights were trained on."""
    return np.hstack([shown(lines), np.array(said(lines.texts), dtype=np.float64)])


def shown(lines: Lines) -> NDArray[np.float64]:
    """All of them but what the lines' own words say, which is learned too."""
    around = zip(surroundings(lines), beside(lines), shapes(lines), alike(lines), strict=True)
    return np.array(
        [
            (*mine, *(1.0 if name in ruled else 0.0 for name in RULED), *chain.from_iterable(rest))
            for mine, ruled, rest in zip(lines.own, lines.ruled, around, strict=True)
        ],
        dtype=np.float64,
    )


def scores(lines: Lines) -> list[float]:
    """For each line, the logit that it belongs to the article."""
    if not lines.texts:
        return []
    return [logit + SLANT for logit in ask_all(table(SCORER, "second"), _rows(lines))]


def evidence(lines: Lines, places: Sequence[int]) -> list[Looks]:
    """Both looks at the lines at some places, with what spoke for and against each."""
    return [
        (look(SCORER, "first", NAMES, MEANINGS, row), look(SCORER, "second", NAMES, MEANINGS, row, SLANT))
        for row in _rows(lines)[places].tolist()
    ]


def _rows(lines: Lines) -> NDArray[np.float64]:
    """The facts of the lines for the second look, a row each: those of the first look come first."""
    seen = facts(lines)
    again = np.array(second_facts(ask_all(table(SCORER, "first"), seen), lines), dtype=np.float64)
    return np.hstack([seen, again])


def weighed(logits: Sequence[float], lines: Lines) -> list[float]:
    """The logits, bounded. A line of few words counts less, so that the lines around it decide."""
    return [
        max(-LOGIT_LIMIT, min(LOGIT_LIMIT, x)) * min(1.0, 0.35 + own[1] / 12)
        for x, own in zip(logits, lines.own, strict=True)
    ]


def second_facts(logits: Sequence[float], lines: Lines) -> list[Numbers]:
    """What the first look says around each line, named by AGAIN. Linear in the lines."""
    count = len(logits)
    clipped = [max(-LOGIT_LIMIT, min(LOGIT_LIMIT, x)) for x in logits]
    chance = [1 / (1 + exp(-x)) for x in clipped]
    size = [min(own[0], 600.0) for own in lines.own]
    mass = [0.0, *accumulate(p * s for p, s in zip(chance, size, strict=True))]
    sizes = [0.0, *accumulate(size)]
    values = weighed(logits, lines)
    way = [0.0, *accumulate(values)]
    path = best_path(values, STIFF)
    begin, end = _best_run(path, mass)
    total = max(mass[-1], 1.0)
    sure = [p > SURE for p in chance]
    about = topics(chance, lines)
    last, following = distances(sure), distances(sure[::-1])[::-1]
    padded = [-LOGIT_LIMIT] * 3 + clipped + [-LOGIT_LIMIT] * 3

    def part(a: int, b: int) -> float:
        a, b = max(0, a), min(count, b)
        return (mass[b] - mass[a]) / (sizes[b] - sizes[a] + 1) if b > a else 0.0

    run_share, page_mass, run_lines = (mass[end] - mass[begin]) / total, log1p(mass[-1]), float(end - begin)
    return [
        (
            padded[i + 3], padded[i + 2], padded[i + 4], padded[i + 1], padded[i + 5], padded[i], padded[i + 6],
            part(i - 4, i), part(i + 1, i + 5), part(i - 10, i), part(i + 1, i + 11), part(i - 30, i + 31),
            mass[i] / total, 1 - mass[i + 1] / total,
            float(path[i]), float(i >= begin), float(i < end), _clip(i - begin), _clip(end - 1 - i),
            _clip(way[i] - way[begin]), _clip(way[end] - way[i + 1]), last[i], following[i],
            run_share, page_mass, run_lines, *about[i],
        )
        for i in range(count)
    ]  # fmt: skip


def topics(chances: Sequence[float], lines: Lines) -> list[Numbers]:
    """How far each line is about what the article is about, going by the lines that SURE tells: the last six of AGAIN.

    The share of its stems that other lines of the article have, and the share that lines outside it have, a rare stem
    counting more; the share of its names that the article has (-1: the line has none); and the first share less the
    second, for the line itself, the one above and the one below.
    """
    inside, outside, names, seen = (Counter[str]() for _ in range(4))
    for chance, about, named in zip(chances, lines.about, lines.names, strict=True):
        seen.update(about)
        if chance > SURE:
            inside.update(about)
            names.update(named)
        elif chance < 1 - SURE:
            outside.update(about)
    worth = {word: 1 / log2(1 + count) for word, count in seen.items()}
    found = []
    for chance, about, named in zip(chances, lines.about, lines.names, strict=True):
        own_in, own_out = chance > SURE, chance < 1 - SURE
        total = fsum(worth[w] for w in about) + HALF_A_WORD
        found.append((
            fsum(worth[w] for w in about if inside[w] > own_in) / total,
            fsum(worth[w] for w in about if outside[w] > own_out) / total,
            sum(names[w] > own_in for w in named) / len(named) if named else -1.0,
        ))  # fmt: skip
    leaning = [0.0, *(a - b for a, b, _ in found), 0.0]
    return [(*own, leaning[i + 1], leaning[i], leaning[i + 2]) for i, own in enumerate(found)]


def _clip(x: float) -> float:
    return max(-float(FAR), min(float(FAR), x))


def _best_run(path: Sequence[bool], mass: Sequence[float]) -> tuple[int, int]:
    """The stretch of lines inside the path that holds most of the article's probable mass."""
    best, found, begin = 0.0, (0, 0), None
    for i, inside in enumerate([*path, False]):
        if inside and begin is None:
            begin = i
        elif not inside and begin is not None:
            if mass[i] - mass[begin] > best:
                best, found = mass[i] - mass[begin], (begin, i)
            begin = None
    return found
