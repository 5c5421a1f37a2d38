"""Lists of headlines inside an article's text that lead to other articles. Extractors leave their list marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from cleaners.matching.match import Matcher
from cleaners.page import Block, Page
from cleaners.words import (
    COLONS,
    EXCLAMATION_MARKS,
    LONGER,
    QUESTION_MARKS,
    WORD,
    ending,
    headline_like,
    prose,
    stems,
    words,
)

LEAST = 2
"""Items of a list of teasers."""
HEADLINE = 5
"""Words of the shortest headline in it."""
KNOWN = 1 / 3
"""Share of the longer words of the items that the rest of the article has too; a list of the article's own has more.

Measured on 1,958 public pages, lists that are not led in by a colon, behind a paragraph: up to this share 12 are
teasers, and 1 is the author's own (it is in lower case). Without the limit 21 of 33 are the author's."""
ENOUGH = 4
"""Paragraphs of prose that an article has at least: fewer do not say what it is about."""
HEADED_KNOWN, HEADED_LEAST = 0.2, 3
"""The same share, and the items, of a list under a heading; half of them must have a kicker. (Without that, 2 of 7 such
lists on the same pages are the author's: references in another language, features of a product.)"""
CAPITALS = 0.8
"""Share of the longer words of a headline in capitals that begin with one. A list of such headlines at the very end of
an article leads away from it, whatever it is about. (On the same pages: 8 lines of teasers, no other.)"""
ASKING = 3
"""Of so many items at most one ends like something said aloud: lines of a dialogue may begin with a dash, too."""

_ITEM = regex.compile(r"[-•*] ?(?=[\p{Lu}\p{Lt}\p{Lo}\p{N}\"'“”„«‘¿¡(\[])")
_CUT_OFF = regex.compile(r"(?s)\p{Lu}[\p{Lu} '’-]{6,40}[:?] \p{Lu}.{40,}[\p{L}\p{N}]")
"""A paragraph with a label in capitals that breaks off: how some sites show others."""
_KICKED = regex.compile(r"[-•*] ?[\"'“”„«‘]?\p{Lu}[\p{L}\p{N} ’'&?!-]{2,40}[\"'“”»’]?: ")


def teasers(page: Page, _: Matcher) -> None:
    """Takes out lists of headlines that stand behind a paragraph and say nothing of what the article says."""
    if page.kind == "html":  # where links tell
        return
    for blocks in page.articles():
        kept = [b for b in blocks if b.kept]
        if sum(prose(b.text) for b in kept) < ENOUGH:
            continue
        for begin, end in _lists(kept):
            if _leads_away(kept, begin, end):
                for block in kept[begin:end]:
                    block.label("chrome", "teasers.list")


def _lists(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Runs of teasers with nothing else in the list, and no line that leads them in with a colon."""
    begin = end = 0
    while begin < len(blocks):
        while end < len(blocks) and _teaser(blocks[end].text):
            end += 1
        above = blocks[begin - 1].text if begin else ""
        whole = end == len(blocks) or not _ITEM.match(blocks[end].text)
        said = sum(ending(b.text) in QUESTION_MARKS | EXCLAMATION_MARKS for b in blocks[begin:end])
        if end - begin >= max(LEAST, said * ASKING) and whole and ending(above) not in COLONS:
            yield begin, end
        begin = end = max(end, begin + 1)


def _teaser(text: str) -> bool:
    """Is this line a list item like a headline, or a paragraph that breaks off?"""
    if mark := _ITEM.match(text):
        return headline_like(text[mark.end() :]) and words(text) >= HEADLINE
    return bool(_CUT_OFF.fullmatch(text))


def _titled(text: str) -> bool:
    """Is this a headline in capitals, as English ones are: every longer word begins with one?"""
    long = [w for w in WORD.findall(text) if len(w) >= LONGER]
    return len(long) >= 3 and sum(w[0].isupper() or w[0].isdigit() for w in long) >= CAPITALS * len(long)


def _leads_away(blocks: Sequence[Block], begin: int, end: int) -> bool:
    """Does a list lead away from the article, by what it says or by its form? A heading above it makes it doubtful."""
    rest = set[str]().union(*(stems(b.text) for b in (*blocks[:begin], *blocks[end:])))
    items = [stems(b.text) for b in blocks[begin:end]]
    known = sum(len(said & rest) for said in items) / max(1, sum(map(len, items)))
    if begin and not prose(blocks[begin - 1].text):
        kicked = sum(bool(_KICKED.match(b.text)) for b in blocks[begin:end])
        return len(items) >= HEADED_LEAST and known <= HEADED_KNOWN and 2 * kicked >= len(items)
    return known <= KNOWN or (end == len(blocks) and all(_titled(b.text) for b in blocks[begin:]))
