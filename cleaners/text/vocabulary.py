"""What a line's own words say: the article's, or the site's. Weights of words and of pairs of words, as data.

Logistic regression over the words of lines on gold pages, of labelled dumps and of the rules' examples
(tests/benchmarks/train_lines.py). The weights say little of a line that stands between the two, and much of "Sign up
for our newsletter" or "said on Tuesday": a voice among the line scorer's facts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import log1p

import regex

from cleaners.scoring.trees import WEIGHTS
from cleaners.text.line_facts import Numbers
from cleaners.words import SPACELESS, WORD

FILE = WEIGHTS / "vocabulary.json"
LOOK = 240
"""Characters at the beginning of a line that are read: what is furniture says so early."""
NEAR = 3
"""Lines above and below whose words make the mean beside a line."""
TOKEN = regex.compile(rf"{WORD.pattern}|[©®»«›‹→←▲▼►▶•|#@!?…:]")
DIGIT = regex.compile(r"\d")
LETTER = regex.compile(rf"[{SPACELESS}]")
BEGIN, END, NUMBER = "^", "$", "0"
"""What stands for the edges of a line, and for what has a digit."""

SAID = ("said", "said_least", "said_most", "said_known", "said_1", "said1", "said_near", "said_page")
"""The names of these facts, in order."""

Weights = Mapping[str, int]
HUNDREDTHS = 100
"""Weights are whole numbers, in hundredths of a logit: their sum is the same in any order, on any machine."""


@cache
def weights() -> Weights:
    """The weight of each word and pair: above 0 for the article."""
    found: dict[str, int] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def grams(text: str) -> set[str]:
    """The words of a line and its pairs of neighbours; of scripts without spaces runs of two to four letters."""
    words = [NUMBER if DIGIT.search(w) else w for w in TOKEN.findall(text[:LOOK].casefold())]
    spaceless = [w for w in words if LETTER.match(w)]
    found = {w for w in words if not LETTER.match(w)}
    found.update(map(" ".join, pairwise([BEGIN, *words, END])))
    if spaceless:
        found.update("".join(words[n : n + size]) for size in (3, 4) for n in range(len(words) - size + 1))
    return found


def say(text: str, known: Weights) -> tuple[float, float, float, float]:
    """What the words of a line say together, its strongest word against and for the article, and how many are known."""
    said = [known[gram] for gram in grams(text) if gram in known]
    together, least, most = (x / HUNDREDTHS for x in (sum(said), min(said, default=0), max(said, default=0)))
    return (together, least, most, log1p(len(said)))


@lru_cache(maxsize=16_384)
def _say(text: str) -> tuple[float, float, float, float]:
    return say(text, weights())


def said(texts: Sequence[str]) -> list[Numbers]:
    """What SAID names, for each line."""
    return around([_say(text) for text in texts])


def around(own: Sequence[tuple[float, float, float, float]]) -> list[Numbers]:
    """What the words of each line say, and those of the lines beside it and of the whole text."""
    logits = [0.0, *(each[0] for each in own), 0.0]
    page = sum(logits) / max(1, len(own))
    return [
        (*each, logits[n], logits[n + 2], _mean(logits[max(1, n + 1 - NEAR) : n + 2 + NEAR]), page)
        for n, each in enumerate(own)
    ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
