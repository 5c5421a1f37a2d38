"""What the line scorer may take, whatever its trees say.

No code; between the article's lines no sentence and no prose; above and below them, where a whole page has notices and
teasers, none that is not clearly furniture; no address; no line alone or next to the article and no long stretch that
is not clearly furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from cleaners.scoring.path import best_path
from cleaners.text.line_facts import Lines, furniture_words
from cleaners.text.line_scores import LOGIT_LIMIT, weighed
from cleaners.words import ended, prose, words_mostly

MEAN_WORDS = 40
"""Words from which on a line weighs no more in the mean of a stretch."""
BESIDE = 3
"""Lines above the article's prose that count as next to it. (Measured with the scorer of extracted text that was
before: on invented texts 25 lines were lost for 62, and 10 of 921 more of chrome left in the dumps; at 1, 31 and 9.)"""
MARKED = 2
"""Lines with words of sites from which on a stretch is the site's, though rules know none of it: "no reply" and "the
archive" may be a poem's. (At 3, 9 of 921 lines of chrome more stay in the dumps, and no line of text.)"""
ADDRESS = re.compile(r"(?i)(?:https?://)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#]\S*)?")
"""A line that is nothing but an address: it may be the source that the article names."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the scorer may take. Most numbers are logits (docs/lines.md has what they cost and save)."""

    stiff: float = 2.0
    """What a step into or out of the article costs on the best path."""
    inside: float = -2.5
    """A stretch of lines between the article's lines goes only where the mean of its logits is at most this; so does a
    line alone above or below them, which may be the heading of the first part, or the last item of a list."""
    edge: float = -0.75
    """The same above and below the article."""
    free: int = 3
    """Lines of the longest stretch between the article's lines that goes whatever their mean is; a line alone never
    does."""
    prose: float = -2.0
    """A line of prose without a full stop above or below the article goes only where its logit is at most this."""
    sentence: float = -1.0
    """A sentence above or below the article goes only where its logit is at most this."""
    near: int = 12
    """Lines from the article's first or last up to which these two numbers count, and no line goes with a logit above
    0; lines of the longest stretch that is between the article's lines."""
    far: float = 0.0
    """Further away a sentence or a line of prose goes only where its logit is at most this."""
    unknown: float = -3.0
    """Below the article, where nothing is known as the site's, a line goes only where its logit is at most this: it may
    be a poem's, a source, a name."""
    beside: float = -0.5
    """A line next to the article goes only where its logit is at most this: a greeting or a source at its end would go
    with the furniture below it, a title or the first subheading with that above it."""


BOUNDS = Bounds()


def keeps(logits: Sequence[float], lines: Lines, code: Sequence[bool], bounds: Bounds = BOUNDS) -> list[bool]:
    """Which lines are the article's: the best path, and near it what the scorer takes for the article's rather, within
    the bounds."""
    texts = lines.texts
    keep = best_path(weighed(logits, lines), bounds.stiff)
    keep = [kept or coded for kept, coded in zip(keep, code, strict=True)]
    if not any(keep):
        return keep
    first, last = _edges(keep)
    for begin, end in _taken(keep):
        alone, inside = end - begin == 1, first < begin < last and end - begin <= bounds.near
        limit = bounds.inside if inside or alone else bounds.edge
        free = inside and 1 < end - begin <= bounds.free
        if not free and _mean(logits[begin:end], lines, begin, end) > limit:
            keep[begin:end] = [True] * (end - begin)
    for n in range(max(0, first - bounds.near), min(len(texts), last + bounds.near + 1)):
        keep[n] = keep[n] or logits[n] > 0
    for n, text in enumerate(texts):
        is_far = not first - bounds.near <= n <= last + bounds.near
        sentence, line = (bounds.far, bounds.far) if is_far else (bounds.sentence, bounds.prose)
        said = (ended(text) and logits[n] > sentence) or (prose(text) and logits[n] > line)
        keep[n] = keep[n] or said or ADDRESS.fullmatch(text) is not None
    _no_sentence_between(keep, texts, bounds)
    first, last = _edges(keep)
    for begin, end in _taken(keep):
        if end - begin == 1 and first < begin < last and logits[begin] > bounds.inside:
            keep[begin] = True  # what sentences leave alone of a stretch
    last_prose = max((n for n, x in enumerate(logits) if keep[n] and x > bounds.prose and prose(texts[n])), default=0)
    for begin, end in _taken(keep):
        if begin > last_prose and _of_site(begin, end, lines):
            for n in _unmarked(begin, end, lines):
                keep[n] = logits[n] > bounds.inside
        elif begin > last_prose:
            for n in range(begin, end):
                keep[n] = logits[n] > bounds.unknown
        if end < len(texts) and prose(texts[end]):
            for n in takewhile(
                lambda n: logits[n] > bounds.beside and not _furniture(texts[n]), range(end - 1, begin - 1, -1)[:BESIDE]
            ):
                keep[n] = True
    _no_sentence_between(keep, texts, bounds)
    return keep


def _no_sentence_between(keep: list[bool], texts: Sequence[str], bounds: Bounds) -> None:
    """Keeps the sentences and the prose of stretches between the article's lines, up to a length from which on what is
    beyond is another part of the page."""
    first, last = _edges(keep)
    for begin, end in _taken(keep):
        if first < begin < last and end - begin <= bounds.near:
            for n in range(begin, end):
                keep[n] = ended(texts[n]) or prose(texts[n])


def stays(text: str) -> bool:
    """Is this a sentence or an address? Of a text that has nothing else, nothing is taken."""
    return ended(text) or ADDRESS.fullmatch(text) is not None


def _unmarked(begin: int, end: int, lines: Lines) -> Iterator[int]:
    """The lines of a stretch up to the first that rules know, or that has words of sites: a poem's last lines, a
    signature, sources, a list may stand there, whatever furniture follows."""
    return takewhile(lambda n: not lines.ruled[n] and not _furniture(lines.texts[n]), range(begin, end))


def _of_site(begin: int, end: int, lines: Lines) -> bool:
    """Whether rules know a line of a stretch, or MARKED of its lines have words that sites use for themselves."""
    return any(lines.ruled[begin:end]) or sum(map(_furniture, lines.texts[begin:end])) >= MARKED


def _furniture(text: str) -> bool:
    """Has a line words that sites use for themselves, or next to none at all?"""
    return bool(furniture_words(text.casefold())) or not words_mostly(text)


def _edges(keep: Sequence[bool]) -> tuple[int, int]:
    """The places of the first and the last line that is kept."""
    places = [n for n, kept in enumerate(keep) if kept]
    return places[0], places[-1]


def _taken(keep: Sequence[bool]) -> list[tuple[int, int]]:
    """Where each stretch of lines that are taken begins and ends."""
    runs = ((kept, list(run)) for kept, run in groupby(range(len(keep)), key=keep.__getitem__))
    return [(places[0], places[-1] + 1) for kept, places in runs if not kept]


def _mean(logits: Sequence[float], lines: Lines, begin: int, end: int) -> float:
    """The mean of some lines' logits, bounded; a line weighs by its words."""
    sizes = [min(facts[1], MEAN_WORDS) + 1 for facts in lines.own[begin:end]]
    bounded = (max(-LOGIT_LIMIT, min(LOGIT_LIMIT, x)) for x in logits)
    return sum(x * size for x, size in zip(bounded, sizes, strict=True)) / sum(sizes)
