"""The head of an article in text: kicker, title, byline, standfirst, and what a page leaves between them.

A head is read as  [kicker] title {byline | date | caption | orphan} [standfirst] {byline | date | orphan} prose.
What does not fit this shape is left alone, and nothing is a head where no prose follows it.
"""

from __future__ import annotations

import regex

from cleaners.matching.match import Matcher
from cleaners.page import Block, Page
from cleaners.text.head_lines import date_line, job_line, name_line
from cleaners.words import (
    EXCLAMATION_MARKS,
    QUESTION_MARKS,
    ending,
    headline_like,
    prose,
    sentence,
    stems,
    width,
    words,
)

DEEPEST = 8
"""Blocks; prose that begins further down is a list or a table with prose in it, not an article with a head."""
HEADLINES = 3
"""Lines like headlines in one head; more of them are a list."""
STANDFIRST = 130
"""Characters (Latin) of the longest standfirst that is told from a first paragraph by its place alone."""
LONGER = 1.4
"""How much longer the paragraph behind a standfirst is, where only what stands before it sets it apart."""
LONGEST = 130
"""Characters (Latin) of the longest title (71 news titles: one is longer, and most lines that are not titles)."""
ORPHAN_WORDS = 6
"""Words of a line like a headline that is too long to be a subheading of a standfirst."""

RETOLD, RETOLD_LEAST = 0.7, 5
"""Share of a line's longer words that the prose below says again, and how many, where the line could be no title by its
form. (No line of 162 gold bodies, which have no title, has them.)"""

_TWO_SENTENCES = regex.compile(r"(?:\p{Ll}{4}|[)\]”»])[.!?] +\p{Lu}")


def head(page: Page, matcher: Matcher) -> None:
    """Lifts title, kicker and standfirst out of the text of each article; drops the lines left over between them."""
    for blocks in page.articles():
        _read([b for b in blocks if b.role != "chrome"], matcher)


def _read(blocks: list[Block], matcher: Matcher) -> None:
    body = [n for n, b in enumerate(blocks) if b.kept and prose(b.text)]
    if not body or sum(b.kept for b in blocks[: body[0]]) > DEEPEST:
        return
    above = blocks[: body[0]]
    kept = [n for n, b in enumerate(above) if b.kept]
    dates = [n for n in kept if date_line(above[n].text)]
    headlines = [n for n in kept if n not in dates and _like_title(above[n].text)]
    titled = any(b.role == "title" for b in blocks)
    told = [blocks[n].text for n in body[:3]]
    bare = not dates and (titled or not _signed(above))
    earned = _earned(headlines, above, told, bare)
    at = _title(headlines, blocks, told, earned, bare)
    if at is None:
        return
    before = [n for n in kept if n < at and n not in dates]
    if len(before) > 1 or any(words(above[n].text) > 5 for n in before):
        return
    names = _names([n for n in kept if n > at], above, dates)
    if (at != earned or before or bare) and len(
        [n for n in kept if n > at and n not in (*headlines, *dates, *names)]
    ) > 1:
        return  # no head has such: a list
    if titled:  # by the page's own markup: this line stands under it, and a reader of the text would take it for one
        above[at].label("standfirst", "head.standfirst", "A line like a headline between the title and the prose.")
    else:
        above[at].label("title", "head.title")
    for n in before:
        above[n].label("kicker", "head.kicker")
    for n in dates:
        above[n].label("date", "head.date", date=above[n].text)
    for n in names:
        above[n].label("byline", "head.byline", name=above[n].text)
    for n in headlines:
        if above[n].kept:
            above[n].label("chrome", "head.orphan")
    if not titled:
        _standfirst(blocks[at + 1 :], set_apart=bool(before))


def _signed(above: list[Block]) -> bool:
    return any(b.role in ("byline", "date") for b in above)


def _earned(headlines: list[int], above: list[Block], told: list[str], bare: bool) -> int | None:
    """Place of the first line that says what the prose below says. Two sentences, or one that exclaims, do only beside
    a byline or date, or where the prose says nearly all of it again."""
    for n in headlines:
        line = above[n].text
        if _titles(line, told) and (not bare or _could_be_title(line) or _retold(line, told)):
            return n
    return None


def _title(headlines: list[int], blocks: list[Block], told: list[str], earned: int | None, bare: bool) -> int | None:
    """Place of the line that is the title, if one is. In a `bare` head, without byline or date, it must earn it."""
    if not headlines or len(headlines) > HEADLINES:
        return None
    if earned is not None:
        return earned
    best = max(headlines, key=lambda n: (len(stems(blocks[n].text) & stems(" ".join(told))), -n))
    line = blocks[best].text
    doubtful = len(headlines) > 1 or ending(line) in QUESTION_MARKS or line.isupper()
    if bare and (not _could_be_title(line) or (doubtful and not _titles(line, told))):
        return None
    return best


def _names(places: list[int], above: list[Block], dates: list[int]) -> list[int]:
    """Places of lines that are names, by what they say or by a date or byline beside them."""
    beside = {*dates, *(n for n, b in enumerate(above) if b.role in ("date", "byline"))}
    lines = [n for n in places if name_line(above[n].text)]
    return [n for n in lines if job_line(above[n].text) or beside & {n - 1, n + 1}]


def _like_title(line: str) -> bool:
    return headline_like(line) and width(line) <= LONGEST and "://" not in line


def _could_be_title(line: str) -> bool:
    return not (
        _TWO_SENTENCES.search(line) or ending(line) in EXCLAMATION_MARKS or line.endswith(")") or line.count(" / ") > 1
    )


def _titles(line: str, prose_below: list[str]) -> bool:
    """Does this line say what the prose below is about? A title repeats its words; a line left over seldom does.

    Of 71 news titles 60 share 3 in 10 of their longer words with the first three paragraphs (or half of two or three);
    of 13 gold bodies that begin with a line like a headline, and have no title, 5 do.
    """
    said, told = stems(line), stems(" ".join(prose_below))
    shared = len(said & told)
    return (shared >= 2 and shared * 10 >= len(said) * 3) or (shared >= 1 and shared * 2 >= len(said))


def _retold(line: str, prose_below: list[str]) -> bool:
    """Does the prose below say nearly all that this line says?"""
    said = stems(line)
    shared = len(said & stems(" ".join(prose_below)))
    return shared >= RETOLD_LEAST and shared >= RETOLD * len(said)


def _standfirst(below: list[Block], set_apart: bool) -> None:
    """The first sentence below the title is a standfirst if it is short and something sets it apart from the prose.

    That is a byline, a date or a line left over behind it; or a byline or a kicker before it, where the prose goes on
    in longer paragraphs.
    """
    first = next((n for n, b in enumerate(below) if b.kept and sentence(b.text)), None)
    if first is None or width(below[first].text) > STANDFIRST:
        return
    second = next((n for n in range(first + 1, len(below)) if below[n].kept and prose(below[n].text)), None)
    if second is None:
        return
    between = below[first + 1 : second]
    left = [b for b in between if b.kept]
    if len(left) == 1 and headline_like(left[0].text) and words(left[0].text) >= ORPHAN_WORDS:
        left[0].label("chrome", "head.orphan", "A line like a headline between the standfirst and the prose.")
    behind = any(b.role in ("byline", "date") or b.by == "head.orphan" for b in between)
    before = set_apart or any(b.role == "byline" for b in below[:first])
    if behind or (before and width(below[second].text) >= LONGER * width(below[first].text)):
        below[first].label("standfirst", "head.standfirst")
