"""Several articles on one page: where a byline closes one, or a headline and a byline open the next."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from cleaners.matching.fragments import expand
from cleaners.matching.match import Matcher, applies, matches
from cleaners.page import Block, Page
from cleaners.words import (
    COLONS,
    COMMAS,
    FULL_STOPS,
    QUESTION_MARKS,
    ending,
    headline_like,
    prose,
    stems,
    width,
    words,
    words_mostly,
)

ENOUGH = 2
"""Blocks of prose that an article has at least. (This and all numbers here without one beside them: set by hand, with
the pages of tests/text/test_several.py, and not measured.)"""
NEAR = 4
"""Blocks that may stand between a headline and the first prose below it: a caption, a byline, a standfirst."""
QUOTES = '“”"„«—–-•*'
"""A line that begins with one is a quote or an item."""
GROUP = 12
"""Blocks between two blocks of prose; more of them are a list."""
BELOW, ABOVE = 0.5, 0.35
"""What a byline or a picture's caption right below a headline is worth, and a byline right above it, in shares of the
headline's words that the prose below repeats."""
STOPPED = 0.3
"""What a full stop at the end of a line costs it as a headline."""
LONGEST_HEADLINE = 130
"""Characters (Latin) of the longest headline that asks a question, or stands beside a byline and has a full stop."""
SHORTEST_HEADLINE = 3
"""Words of the shortest headline with a byline right below it."""
DATE_WORDS = 6
"""Words of the longest line that may be a date between a headline and a byline."""
MORE = 4
"""Blocks of prose below a headline that are looked at, where no byline stands beside it; and blocks behind NEAR among
which the second block of prose is looked for."""
KICKER_WORDS = 2
"""Words of a short line right above a headline that goes with it."""
NEW_WORDS = 0.35
"""Share of the longer words below a headline that the article above it may have, where two bylines tell of two
articles. (950 headings inside 362 gold texts: half share over 0.43. 1,000 joined articles: half share under 0.15, one
in fifty over 0.35.)"""

_DIGIT = regex.compile(r"\d")
_NAME_AND_OUTLET = regex.compile(expand(r"(?&person) \| \p{Lu}[^|]{2,40}"))


def several(page: Page, matcher: Matcher) -> None:
    """Numbers the articles of a page: one, unless bylines, headlines and prose tell of a second."""
    blocks = [b for b in page.blocks if b.kept or b.role in ("byline", "caption")]
    signed = [_byline(page, b, matcher) for b in blocks]
    starts: set[int] = set()
    if any(signed):
        is_prose = [b.kept and prose(b.text) and not _asks_at_length(blocks, signed, n) for n, b in enumerate(blocks)]
        starts = {blocks[place].start for place in _starts(blocks, is_prose, signed)}
    article = 0
    for block in page.blocks:
        article += block.start in starts
        block.article = article


def _starts(blocks: Sequence[Block], is_prose: Sequence[bool], signed: Sequence[bool]) -> list[int]:
    """Places at which an article begins, but for the first."""
    found: list[int] = []
    since = last = place = 0
    while place < len(blocks):
        if since >= ENOUGH and not is_prose[place]:
            end = next((n for n in range(place, min(len(blocks), place + GROUP)) if is_prose[n]), place + GROUP)
            opening = _opening(blocks, is_prose, signed, place, end)
            if opening is not None:
                found += [*_between(blocks, is_prose, signed, last, opening), _with_kicker(blocks, opening)]
                last, since = opening, 0
            place = end if end < place + GROUP else place + 1
            continue
        since += is_prose[place]
        place += 1
    return found + _between(blocks, is_prose, signed, last, len(blocks))


def _opening(
    blocks: Sequence[Block], is_prose: Sequence[bool], signed: Sequence[bool], begin: int, end: int
) -> int | None:
    """The headline among the lines between two blocks of prose that opens an article: the one that says most of what
    is below it, and stands beside a byline. None without a byline among them, or behind the first prose below."""
    best: tuple[float, int] | None = None
    near = any(signed[begin:end]) or any(signed[end + 1 : end + 2])
    for place in range(begin, min(end, len(blocks))):
        if (
            not blocks[place].kept
            or signed[place]
            or not _headline(blocks, is_prose, place, _signed_below(blocks, signed, place))
        ):
            continue
        above = place > 0 and signed[place - 1]
        if near or above:
            beside = max(BELOW if _signed_below(blocks, signed, place) else 0.0, ABOVE if above else 0.0)
            stopped = STOPPED if ending(blocks[place].text) in FULL_STOPS else 0.0
            worth = _retold(blocks, is_prose, place) + beside - stopped
            if best is None or worth > best[0]:
                best = worth, place
    return best[1] if best else None


def _signed_below(blocks: Sequence[Block], signed: Sequence[bool], place: int) -> bool:
    """Does a byline or a picture's caption stand right below a line, or below the date that does?"""
    for n in range(place + 1, min(len(blocks), place + 3)):
        if signed[n] or blocks[n].role == "caption":
            return True
        if not _DIGIT.search(blocks[n].text) or words(blocks[n].text) > DATE_WORDS:
            return False
    return False


def _asks_at_length(blocks: Sequence[Block], signed: Sequence[bool], place: int) -> bool:
    """Is this a headline that asks a question at length, and not a paragraph? Then a byline stands below it."""
    text = blocks[place].text
    return ending(text) in QUESTION_MARKS and width(text) <= LONGEST_HEADLINE and _signed_below(blocks, signed, place)


def _headline(blocks: Sequence[Block], is_prose: Sequence[bool], place: int, marked: bool = False) -> bool:
    """Could this line be the headline of the prose below it? A `marked` one has a byline below it: it may be shorter or
    end in a full stop."""
    text = blocks[place].text
    like = headline_like(text) or (
        marked
        and words(text) >= SHORTEST_HEADLINE
        and width(text) <= LONGEST_HEADLINE
        and words_mostly(text)
        and ending(text) not in COLONS | COMMAS
    )
    if not like or is_prose[place] or text[0] in QUOTES:
        return False
    below = [n for n in range(place + 1, min(len(blocks), place + NEAR + MORE)) if blocks[n].kept]
    prose_below = [order for order, n in enumerate(below) if is_prose[n]]
    return len(prose_below) >= ENOUGH and prose_below[0] <= NEAR


def _with_kicker(blocks: Sequence[Block], place: int) -> int:
    """The place of the short line right above a headline that goes with it, or the headline's."""
    return place - 1 if _short(blocks[place - 1].text) and not _short(blocks[place - 2].text) else place


def _short(text: str) -> bool:
    return words(text) <= KICKER_WORDS and words_mostly(text) and text[:1].isupper()


def _between(
    blocks: Sequence[Block], is_prose: Sequence[bool], signed: Sequence[bool], begin: int, end: int
) -> list[int]:
    """The place of a headline inside what would be one article with two authors, one at its head and one at its end."""
    first = next((n for n in range(begin, end) if is_prose[n]), end)
    opening = next((n for n in range(begin, min(end, first + 2)) if signed[n]), None)
    closing = next((n for n in range(end - 1, max(begin, end - 3), -1) if signed[n]), None)
    if opening is None or closing is None or closing <= first + 1 or blocks[opening].text == blocks[closing].text:
        return []
    above: set[str] = set()
    best, found, since = 0.0, list[int](), 0
    for place in range(begin, closing):
        if since >= ENOUGH and _headline(blocks, is_prose, place):
            below = stems(" ".join(_prose_below(blocks, is_prose, place, MORE)))
            share = len(below & above) / max(1, len(below))
            pictured = BELOW if blocks[place + 1].role == "caption" else 0.0
            worth = _retold(blocks, is_prose, place) - 2 * share + pictured
            if share <= NEW_WORDS and worth > best:
                best, found = worth, [_with_kicker(blocks, place)]
        if is_prose[place]:
            above |= stems(blocks[place].text)
            since += 1
    return found


def _prose_below(blocks: Sequence[Block], is_prose: Sequence[bool], place: int, count: int = 3) -> list[str]:
    """The first blocks of prose below a line, if they are near."""
    near = range(place + 1, min(len(blocks), place + 1 + NEAR + 2 * count))
    return [blocks[n].text for n in near if is_prose[n]][:count]


def _retold(blocks: Sequence[Block], is_prose: Sequence[bool], place: int) -> float:
    """Share of a line's longer words that the first three blocks of prose below it have."""
    own = stems(blocks[place].text)
    return len(own & stems(" ".join(_prose_below(blocks, is_prose, place)))) / max(1, len(own))


def _byline(page: Page, block: Block, matcher: Matcher) -> bool:
    if block.role == "byline" or _NAME_AND_OUTLET.fullmatch(block.text):
        return True
    return any(
        rule.role == "byline" and applies(rule, None, page.meta.host)  # a name after By is one in any language
        for rule, _ in matches(matcher, block.text)
    )
