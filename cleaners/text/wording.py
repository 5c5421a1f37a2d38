"""Whether lines say the same word for word: sentences are looked up by their first words, so that a page costs what it
is long, however many of its lines repeat each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex

from cleaners.words import COLONS, SENTENCE_ENDS, WORD, fold

SAME = 4
"""Words that two lines have in common from the beginning of a sentence, before they are compared further. (This and
the numbers below: set by hand, and not measured.)"""
ALIKE = 8
"""Sentences with the same first words that a line is compared with: what a page costs stays linear in its length."""
GAP = 60
"""Words that an ellipsis may stand for."""

OPEN, CLOSE = "\"'“”„‟«»‹›‘’‚״「『《", "\"'“”‟«»‹›‘’״」』》"
"""Quotation marks of all languages: what closes in one opens in another."""
DASH = "—–―‒-"
_SIGNS = "".join(map(regex.escape, sorted(SENTENCE_ENDS | COLONS)))
_PARTS = regex.compile(
    rf"(?P<word>{WORD.pattern})|(?P<dots>\.\.\.)|[{_SIGNS}{OPEN}{CLOSE}|()\[\]]|(?<=\s)[{regex.escape(DASH)}/](?=\s)"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a line as they are compared, and where its parts begin and end: sentences, quotes, what stands in
    brackets or behind a dash."""

    words: list[str]
    bounds: list[int]
    """Numbers of the words before which a part begins, in order: 0 first; the number of all words last."""
    dots: list[int]
    """Numbers of the words before which an ellipsis stands, in order."""


Starts = Mapping[tuple[str, ...], Sequence[tuple[int, int]]]
"""The first words of parts, and where they begin: the number of the line, and of the word in it."""


@lru_cache(maxsize=512)  # in each round, of the same lines
def wording(text: str) -> Wording:
    """The words and parts of a line."""
    words: list[str] = []
    bounds, dots = [0], list[int]()
    for part in _PARTS.finditer(fold(text)):
        if part["word"]:
            words.append(part[0])
            continue
        if part["dots"]:
            dots.append(len(words))
        if bounds[-1] != len(words):
            bounds.append(len(words))
    if bounds[-1] != len(words):
        bounds.append(len(words))
    return Wording(words, bounds, dots)


def starts_of(lines: Iterable[tuple[int, Wording]]) -> Starts:
    """Where the parts of some lines, each with its number, begin."""
    found: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for n, line in lines:
        for place in line.bounds:
            if place + SAME <= len(line.words):
                alike = found.setdefault(tuple(line.words[place : place + SAME]), [])
                if len(alike) < ALIKE:
                    alike.append((n, place))
    return found


def common_parts(line: Wording, lines: Mapping[int, Wording], starts: Starts) -> Iterator[tuple[int, range]]:
    """The lines that have whole parts of a line word for word, and which words of it these are."""
    own = line.words
    for begin in line.bounds:
        for n, place in starts.get(tuple(own[begin : begin + SAME]), ()):
            words = lines[n].words
            most = min(len(own) - begin, len(words) - place)
            same = next((k for k in range(most) if own[begin + k] != words[place + k]), most)
            ends = {bound - place for bound in lines[n].bounds}
            end = max(
                (bound for bound in line.bounds if begin < bound <= begin + same and bound - begin in ends), default=0
            )
            if end:
                yield n, range(begin, end)


def holders(line: Wording, lines: Mapping[int, Wording], starts: Starts) -> Iterator[int]:
    """The lines that say all of a line from the beginning of a part of theirs to the end of one, and more; where the
    line has an ellipsis, they may say something else there."""
    cuts = sorted({0, *line.dots, len(line.words)})
    pieces = [line.words[begin:end] for begin, end in pairwise(cuts)]
    broken_off = len(line.words) in line.dots
    for n, place in starts.get(tuple(line.words[:SAME]), ()):
        words = lines[n].words
        end = _end(pieces, words, place)
        if len(words) > len(line.words) and end is not None and (broken_off or end in lines[n].bounds):
            yield n


def _end(pieces: Sequence[Sequence[str]], words: Sequence[str], place: int) -> int | None:
    """Where the last of the pieces ends among the words, if the first begins at that place, and each next one at most
    GAP words behind the end of the one before."""
    reach = 1
    for piece in pieces:
        size = len(piece)
        found = (at + size for at in range(place, place + reach) if words[at : at + size] == piece)
        end = next(found, None)
        if end is None:
            return None
        place, reach = end, GAP
    return place
