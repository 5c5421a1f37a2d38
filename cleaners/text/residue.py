"""What is left of the site in text that somebody else extracted: lines that the line scorer takes for furniture.

Rules know wordings, and come first: what they say is a fact to the scorer. What it takes is bounded: no code, no line
that ends as a sentence does, no address, no prose between the article's lines, no line alone or next to the article and
no long stretch that is not clearly furniture, and nothing where little would be left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from cleaners.matching.match import Matcher
from cleaners.page import Block, Page
from cleaners.scoring.path import best_path
from cleaners.text.line_facts import Lines, furniture_words
from cleaners.text.line_scores import EXTRACTED, LOGIT_LIMIT, scores, weighed
from cleaners.text.page_lines import SHORTEST_ARTICLE, lines_of, reason
from cleaners.text.route import decide
from cleaners.words import ended, prose, words_mostly

MEAN_WORDS = 40
"""Words from which on a line weighs no more in the mean of a stretch."""
BESIDE = 3
"""Lines that count as next to the article. (Of invented texts with furniture around them 25 lines were lost for 62, and
10 of 921 more lines of chrome were left in the dumps; at 1, 31 and 9.)"""

ADDRESS = re.compile(r"(?i)(?:https?://)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#]\S*)?")
"""A line that is nothing but an address: it may be the source that the article names."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the scorer may take. The numbers but `free` are logits (docs/lines.md has what they cost and save)."""

    stiff: float = 2.0
    """What a step into or out of the article costs on the best path."""
    inside: float = -2.0
    """A stretch of lines between the article's lines goes only where the mean of its logits is at most this; so does a
    line alone above them, which may be the heading of the first part."""
    edge: float = -1.0
    """The same above and below the article."""
    free: int = 4
    """Lines of the longest stretch that goes whatever their mean is; a line alone never does."""
    prose: float = -2.0
    """A line of prose without a full stop above or below the article goes only where its logit is at most this."""
    beside: float = -1.0
    """So do the lines next to the article: else a greeting or a source at its end goes with what stands below it, a
    title or the first subheading with what stands above."""


BOUNDS = Bounds()


def residue(page: Page, matcher: Matcher) -> None:
    """Takes out of extracted text what the line scorer takes for furniture.

    It looks twice at each article: at all of its lines, since what rules took out says much of what stands beside it;
    and at those alone that are left, without blank lines, as they would be read if the article's text were cleaned
    again: so cleaning twice changes nothing.
    """
    if page.kind == "html":
        return
    for blocks in page.articles():
        shown = [b for b in blocks if b.text]
        _look(shown, matcher)
        left = [b for b in shown if b.kept]
        if len(left) < len(shown):
            _look(left, matcher)


def _look(blocks: Sequence[Block], matcher: Matcher) -> None:
    """Labels the lines that are not the article's, unless next to nothing would be left, or this is a whole page."""
    if all(_stays(b.text) or b.code for b in blocks if b.kept) or decide([b.text for b in blocks])[0] == "whole":
        return
    lines = lines_of(blocks, matcher, blank=False)
    logits = scores(lines, EXTRACTED)
    keep = keeps(logits, lines, [b.code for b in blocks], BOUNDS)
    places = [n for n, kept in enumerate(keep) if kept]
    if sum(len(blocks[n].text) for n in places if blocks[n].kept) < SHORTEST_ARTICLE:
        return
    for n, block in enumerate(blocks):
        if block.kept and not keep[n]:
            block.label("chrome", "residue.line", reason(n, places[0], places[-1], logits[n]))


def keeps(logits: Sequence[float], lines: Lines, code: Sequence[bool], bounds: Bounds) -> list[bool]:
    """Which lines are the article's: the best path, within the bounds."""
    keep = best_path(weighed(logits, lines), bounds.stiff)
    keep = [kept or coded for kept, coded in zip(keep, code, strict=True)]
    places = [n for n, kept in enumerate(keep) if kept]
    if not places:
        return keep
    last = max((n for n, x in enumerate(logits) if x > bounds.prose and prose(lines.texts[n])), default=0)
    for begin, end in list(_taken(keep)):
        inside, alone = places[0] < begin < places[-1], end - begin == 1
        limit = bounds.inside if inside or (alone and begin < places[0]) else bounds.edge
        if (alone or end - begin > bounds.free) and _mean(logits[begin:end], lines, begin, end) > limit:
            keep[begin:end] = [True] * (end - begin)
        for n in range(begin, end):
            text = lines.texts[n]
            keep[n] = keep[n] or _stays(text) or (prose(text) and (inside or logits[n] > bounds.prose))
    for begin, end in list(_taken(keep)):
        for beside in _beside(begin, end, lines, last):
            for n in takewhile(lambda n: logits[n] > bounds.beside and not _furniture(lines.texts[n]), beside):
                keep[n] = True
    return keep


def _stays(text: str) -> bool:
    """Does a line stay whatever its logit is: a sentence, an address?"""
    return ended(text) or ADDRESS.fullmatch(text) is not None


def _beside(begin: int, end: int, lines: Lines, last: int) -> Iterator[range]:
    """The lines of a stretch that stand next above the article's prose, or next below its `last`, from there outwards.
    A line next below a paragraph, with more prose to come, may head a box."""
    if begin > last:
        yield range(begin, end)[:BESIDE]
    if end < len(lines.texts) and prose(lines.texts[end]):
        yield range(end - 1, begin - 1, -1)[:BESIDE]


def _furniture(text: str) -> bool:
    """Has a line words that sites use for themselves, or next to none at all?"""
    return bool(furniture_words(text.casefold())) or not words_mostly(text)


def _taken(keep: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where each stretch of lines that are taken begins and ends."""
    for kept, run in groupby(range(len(keep)), key=keep.__getitem__):
        if not kept:
            places = list(run)
            yield places[0], places[-1] + 1


def _mean(logits: Sequence[float], lines: Lines, begin: int, end: int) -> float:
    """The mean of some lines' logits, bounded; a line weighs by its words."""
    sizes = [min(facts[1], MEAN_WORDS) + 1 for facts in lines.own[begin:end]]
    bounded = (max(-LOGIT_LIMIT, min(LOGIT_LIMIT, x)) for x in logits)
    return sum(x * size for x, size in zip(bounded, sizes, strict=True)) / sum(sizes)
