"""What the line scorers may take, whatever their trees say: one mechanism, with numbers of its own for each scorer.

Of extracted text: no code, no line that ends as a sentence does, no address, no prose between the article's lines, no
line alone or next to the article and no long stretch that is not clearly furniture. Of whole pages, which have more of
the site than of the article: none of these between the article's paragraphs, no line next to the article and no list
inside it that is not clearly furniture, and nothing below the article that goes on in a form that it repeats.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile
from math import inf
from types import MappingProxyType

from cleaners.scoring.path import best_path
from cleaners.text.line_facts import Lines, furniture_words
from cleaners.text.line_scores import EXTRACTED, LOGIT_LIMIT, WHOLE, weighed
from cleaners.words import COLONS, PROSE, ended, fold, prose, words, words_mostly

MEAN_WORDS = 40
"""Words from which on a line weighs no more in the mean of a stretch."""
BESIDE = 3
"""Lines that count as next to the article. (Of invented texts with furniture around them 25 lines were lost for 62, and
10 of 921 more lines of chrome were left in the dumps; at 1, 31 and 9.)"""
FORMS = 12
"""Lines that may stand between two lines of one form in an article that repeats it. (At 6, 41 lines more are lost
of the 818 whole pages that docs/lines.md tells of, and 110 of chrome fewer left.)"""
OFTEN, AT_LEAST = 2, 3
"""How often an article must have a form, for lines of that form below it to be the article's; and how often the article
and a stretch inside it must have it together, for the stretch to be a list of the article's own."""
SHORTEST_LIST = 4
"""Lines of the shortest list inside the article that is looked at as one. (At 1 to 3, 1 line of text and 4 of chrome
more are kept; at 8, 4 of chrome fewer are left. This, FURTHER and FORM_WORDS were measured on the visible text of
articles and news, on tests/dumps and tests/whole_pages, 269 pages of which 220 are whole.)"""
LISTED, SITE = 0.3, 0.1
"""Share of the lines of a list that have a number or a label in a form that is repeated, at least; and share that has
words of sites, at most. (At .5, 243 lines more are lost, and 437 of chrome fewer left.)"""
FURTHER = 2
"""Lines that the next of a form may stand further below than the one before stood. (At 0, 25 lines more are lost; at 1
and 4, none.)"""
FORM_WORDS = 3
"""Words of the longest line that is a form of its own, such as "Pros" in each part of a guide. (Without such forms 2
lines more are lost; at 1 and 2, none; at 5, 4 of chrome more are left.)"""

ADDRESS = re.compile(r"(?i)(?:https?://)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#]\S*)?")
"""A line that is nothing but an address: it may be the source that the article names."""
_NUMBERED = re.compile(r"\D{0,12}?\d+[\W_]*(?:\d+(?:[\W_]*|\w{1,3}\b))?")
_LABELLED = re.compile(rf"[^\d\W][^{''.join(COLONS)}]{{0,30}}?\s?[{''.join(COLONS)}](?=\s?\S)")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a scorer may take. Most numbers are logits (docs/lines.md has what they cost and save)."""

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
    """A line next to the article goes only where its logit is at most this: a greeting or a source at its end would go
    with the furniture below it, a title or the first subheading with that above it."""
    sentences: float = inf
    """Lines of the longest stretch between the article's lines of which no sentence and no prose goes."""
    around: bool = True
    """Whether no sentence goes above and below the article either. Of a whole page they do: teasers, notices."""
    forms: float = inf
    """A stretch inside the article that is a list goes only where the mean of its logits is at most this; so does a
    line below it that has a form that the article repeats. `inf`: forms say nothing."""


BOUNDS: Mapping[str, Bounds] = MappingProxyType(
    {
        EXTRACTED: Bounds(),
        WHOLE: Bounds(
            stiff=0.5,
            inside=-0.5,
            edge=inf,
            free=0,
            beside=-0.5,
            sentences=10,
            around=False,
            forms=-4.0,
        ),
    }
)


def keeps(logits: Sequence[float], lines: Lines, code: Sequence[bool], bounds: Bounds) -> list[bool]:
    """Which lines are the article's: the best path, within the bounds."""
    texts = lines.texts
    keep = best_path(weighed(logits, lines), bounds.stiff)
    keep = [kept or coded for kept, coded in zip(keep, code, strict=True)]
    if not any(keep):
        return keep
    forms = [form(text) for text in texts] if bounds.forms < inf else []
    if forms:
        _go_on(keep, forms, logits, lines, bounds)
    places = [n for n, kept in enumerate(keep) if kept]
    for begin, end in list(_taken(keep)):
        inside, alone = places[0] < begin < places[-1], end - begin == 1
        limit = bounds.inside if inside or (alone and begin < places[0]) else bounds.edge
        mean = _mean(logits[begin:end], lines, begin, end)
        if ((alone or end - begin > bounds.free) and mean > limit) or (
            inside and mean > bounds.forms and _list(begin, end, keep, forms, texts)
        ):
            keep[begin:end] = [True] * (end - begin)
        sure = inside and end - begin <= bounds.sentences
        for n in range(begin, end):
            stays_there = (sure or bounds.around) and stays(texts[n])
            out = bounds.around and logits[n] > bounds.prose
            keep[n] = keep[n] or stays_there or (prose(texts[n]) and (sure or out))
    last = max((n for n, x in enumerate(logits) if keep[n] and x > bounds.prose and prose(texts[n])), default=0)
    for begin, end in list(_taken(keep)):
        for beside in _beside(begin, end, lines, last):
            for n in takewhile(lambda n: logits[n] > bounds.beside and not _furniture(texts[n]), beside):
                keep[n] = True
    return keep


def stays(text: str) -> bool:
    """Does a line stay whatever its logit is: a sentence, an address?"""
    return ended(text) or ADDRESS.fullmatch(text) is not None


def form(text: str) -> str:
    """What a short line has in common with others of a list: its number and what stands around that ("0:0", "tip 0:"),
    its label ("price:"), or a few words as they are; or "". Digits are all the same."""
    if len(text) > PROSE:
        return ""
    folded = fold(text)
    found = _NUMBERED.match(folded) or _LABELLED.match(folded)
    if found:
        return _DIGITS.sub("0", found[0])
    return folded if words(text) <= FORM_WORDS else ""


def _go_on(keep: list[bool], forms: Sequence[str], logits: Sequence[float], lines: Lines, bounds: Bounds) -> None:
    """Keeps what goes on below the article in forms that the article repeats, up to the last of them, and the lines
    below that one up to one with words that sites use for themselves, fewer than stand between two forms."""
    count = Counter(said for said, kept in zip(forms, keep, strict=True) if kept and said)
    marks = {said for said, often in count.items() if often >= OFTEN}
    places = [n for n, kept in enumerate(keep) if kept and forms[n] in marks]
    apart = min(FORMS, max((b - a for a, b in pairwise(places)), default=FORMS))
    reach = min(FORMS, apart + FURTHER)
    first = place = end = max(n for n, kept in enumerate(keep) if kept) + 1
    of_site = 0  # lines with words of sites since the last form
    while marks and place < min(len(keep), end + reach):
        of_site += bool(furniture_words(lines.texts[place].casefold()))
        if of_site > 1:
            break
        if forms[place] in marks and logits[place] > bounds.forms:
            end, of_site = place + 1, 0
        place += 1
    if end > first:
        tail = range(end, min(len(keep), end + apart - 1))
        end += len(list(takewhile(lambda n: not furniture_words(lines.texts[n].casefold()), tail)))
    keep[first:end] = [True] * (end - first)


def _list(begin: int, end: int, keep: Sequence[bool], forms: Sequence[str], texts: Sequence[str]) -> bool:
    """Is a stretch inside the article a list of its own: lines with a number or a label in forms that it repeats, and
    hardly any with words that sites use for themselves?"""
    if end - begin < SHORTEST_LIST:
        return False
    count = Counter(forms[begin:end]) + Counter(said for said, kept in zip(forms, keep, strict=True) if kept)
    again = sum(count[said] >= AT_LEAST for said in forms[begin:end] if not COLONS.isdisjoint(said) or "0" in said)
    site = sum(bool(furniture_words(text.casefold())) for text in texts[begin:end])
    return again >= LISTED * (end - begin) and site <= SITE * (end - begin)


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
