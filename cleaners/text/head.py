"""The head of an article in text: kicker, title, byline, standfirst, and what a page leaves between them.

A head is read as  [kicker] title {byline | date | caption | orphan} [standfirst] {byline | date | orphan} prose.
What does not fit this shape is left alone, and nothing is a head where no prose follows it.
"""

from __future__ import annotations

from cleaners.matching import fragments
from cleaners.matching.match import Matcher
from cleaners.page import Block, Page
from cleaners.text.head_lines import date_line, item, job_line, name_line
from cleaners.words import (
    EXCLAMATION_MARKS,
    QUESTION_MARKS,
    breaks,
    ending,
    headline_like,
    prose,
    sentence,
    stems,
    width,
    words,
)

MOST_ABOVE_PROSE = 8
"""Kept blocks above the first prose; where there are more, this is a list or a table, not an article with a head."""
MOST_HEADLINES = 3
"""Lines like headlines in a head; where there are more, they are a list."""
LONGEST_STANDFIRST = 145
"""Characters (Latin) of the longest standfirst; a longer sentence below the title is taken for the first paragraph.
(At 130 one of the demo's pages loses its standfirst, and the dumps are the same; at 180 they lose one line of text.)"""
SECOND_LONGER = 1.4
"""The paragraph behind a standfirst is this many times as long, where no byline or date stands between the two."""
LONGEST_HEADLINE = 130
"""Characters (Latin) of the longest line that is a title by its form and place (71 news titles: one is longer, and most
lines that are not titles)."""
MOST_BETWEEN = 2
"""Lines left over between a standfirst and the prose, where only a byline above it tells; more are a list's. (A guard:
none and nine give the same on the dumps.)"""
ORPHAN_WORDS = 6
"""Words of a line like a headline that is too long to be a subheading of a standfirst."""

RETOLD, RETOLD_LEAST = 0.7, 5
"""Share and number of a line's longer words that the prose below must have, where the form of the line speaks against a
title. (No line of 162 gold bodies, which have no title, reaches both.)"""

FIRST = fragments.words("first_paragraph")
"""Words in the class of a first paragraph whose first letter or line is set otherwise."""


def head(page: Page, _: Matcher) -> None:
    """Lifts title, kicker and standfirst out of the text of each article; drops the lines left over between them."""
    for blocks in page.articles():
        _read([b for b in blocks if b.role != "chrome"], whole=page.route == "whole")


def _read(blocks: list[Block], *, whole: bool) -> None:
    read = next((n for n, b in enumerate(blocks) if b.by == "head.title"), None)
    if read is not None and not whole and not any(b.role == "standfirst" for b in blocks):
        _standfirst(blocks[read + 1 :], set_apart=False)
    body = [n for n, b in enumerate(blocks) if b.kept and prose(b.text)]
    if not body or sum(b.kept for b in blocks[: body[0]]) > MOST_ABOVE_PROSE:
        return
    above = blocks[: body[0]]
    kept = [n for n, b in enumerate(above) if b.kept]
    dates = [n for n in kept if date_line(above[n].text)]
    every = [b.text for b in blocks]
    headlines = [n for n in kept if n not in dates and _like_title(above[n].text) and not item(above[n].text, every)]
    titled = any(b.role == "title" for b in blocks)
    below = [blocks[n].text for n in body[:3]]
    bare = not dates and (titled or not _signed(above))
    earned = _earned(headlines, above, below, bare)
    title = _title(headlines, blocks, below, earned, bare)
    if title is None:
        return
    before = [n for n in kept if n < title and n not in dates]
    if len(before) > 1 or any(words(above[n].text) > 5 for n in before):
        return
    names = _names([n for n in kept if n > title], above, dates)
    if (title != earned or before or bare) and len(
        [n for n in kept if n > title and n not in (*headlines, *dates, *names)]
    ) > 1:
        return  # two or more other lines below the title: this is a list
    if titled and above[title].facts is not None and not _set_apart(title, blocks, body[0], (*dates, *names)):
        return  # it is the first paragraph, or heads the first part
    if titled:  # by markup, or by `front`; with that title out of the text, this line would read as the title
        above[title].label("standfirst", "head.standfirst", "A line like a headline between the title and the prose.")
    else:
        above[title].label("title", "head.title")
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
        _standfirst(blocks[title + 1 :], set_apart=bool(before))


def _signed(above: list[Block]) -> bool:
    return any(b.role in ("byline", "date") for b in above)


def _set_apart(place: int, blocks: list[Block], prose: int, found: tuple[int, ...]) -> bool:
    """Does the page set this line apart from the prose: by a byline, a date or a credit between the two, marked or
    `found`, or by a class that no other line has? (Of the lines that only a class sets apart, on 342 pages that were
    looked at and 346 that were not, 5 are no text and 1 is; of those whose class is another's too, 3 and 3.)"""
    behind = [(n, b) for n, b in enumerate(blocks[:prose]) if n > place]
    if any(n in found or b.role in ("byline", "date") or {*b.parts} == {"credit"} for n, b in behind):
        return True
    classes = [b.facts.own_words if b.facts else frozenset[str]() for b in blocks]
    own = classes[place]
    heading = blocks[place].role == "heading"  # of the first part
    return bool(own) and classes.count(own) == 1 and not heading and FIRST.isdisjoint(own)


def _earned(headlines: list[int], above: list[Block], below: list[str], bare: bool) -> int | None:
    """Place of the first line that shares words with the prose below. In a `bare` head, without byline or date, a line
    of two sentences, or one that ends in "!" or ")", counts only if the prose repeats nearly all of its words."""
    for n in headlines:
        line = above[n].text
        if _titles(line, below) and (not bare or _could_be_title(line) or _retold(line, below)):
            return n
    return None


def _title(headlines: list[int], blocks: list[Block], below: list[str], earned: int | None, bare: bool) -> int | None:
    """Place of the title: the `earned` line, else the one that shares most words with the prose. In a `bare` head,
    without byline or date, a doubtful line (one of several, a question, all in capitals) is no title."""
    if not headlines or len(headlines) > MOST_HEADLINES:
        return None
    if earned is not None:
        return earned
    best = max(headlines, key=lambda n: (len(stems(blocks[n].text) & stems(" ".join(below))), -n))
    line = blocks[best].text
    doubtful = len(headlines) > 1 or ending(line) in QUESTION_MARKS or line.isupper()
    if bare and (not _could_be_title(line) or (doubtful and not _titles(line, below))):
        return None
    return best


def _names(places: list[int], above: list[Block], dates: list[int]) -> list[int]:
    """Places of lines that are names, by what they say or by a date or byline beside them."""
    beside = {*dates, *(n for n, b in enumerate(above) if b.role in ("date", "byline"))}
    lines = [n for n in places if name_line(above[n].text)]
    return [n for n in lines if job_line(above[n].text) or beside & {n - 1, n + 1}]


def _like_title(line: str) -> bool:
    return headline_like(line) and width(line) <= LONGEST_HEADLINE and "://" not in line


def _could_be_title(line: str) -> bool:
    return not (breaks(line) or ending(line) in EXCLAMATION_MARKS or line.endswith(")") or line.count(" / ") > 1)


def _titles(line: str, prose_below: list[str]) -> bool:
    """Does this line say what the prose below is about? A title shares words with it; a left-over line seldom does.

    Of 71 news titles 60 share 3 in 10 of their longer words with the first three paragraphs (or half of two or three);
    of 13 gold bodies that begin with a line like a headline, and have no title, 5 do.
    """
    own, below = stems(line), stems(" ".join(prose_below))
    shared = len(own & below)
    return (shared >= 2 and shared * 10 >= len(own) * 3) or (shared >= 1 and shared * 2 >= len(own))


def _retold(line: str, prose_below: list[str]) -> bool:
    """Does the prose below have nearly all longer words of this line?"""
    own = stems(line)
    shared = len(own & stems(" ".join(prose_below)))
    return shared >= RETOLD_LEAST and shared >= RETOLD * len(own)


def _standfirst(below: list[Block], set_apart: bool) -> None:
    """The first sentence below the title is a standfirst if it is short and something sets it apart from the prose.

    That is a byline, a date or a line left over behind it; or a byline or a kicker before it, where the prose goes on
    in longer paragraphs.
    """
    first = next((n for n, b in enumerate(below) if b.kept and sentence(b.text)), None)
    if first is None or width(below[first].text) > LONGEST_STANDFIRST:
        return
    if any(b.kept and headline_like(b.text) for b in below[:first]):
        return  # it heads the first part
    second = next((n for n in range(first + 1, len(below)) if below[n].kept and prose(below[n].text)), None)
    if second is None:
        return
    between = below[first + 1 : second]
    left = [b for b in between if b.kept]
    last = max(n for n, b in enumerate(below) if b.kept and prose(b.text))
    headings = [b for b in below[second:last] if b.kept and headline_like(b.text) and not prose(b.text)]
    if len(left) == 1 and not headings and headline_like(left[0].text) and words(left[0].text) >= ORPHAN_WORDS:
        left[0].label("chrome", "head.orphan", "A line like a headline between the standfirst and the prose.")
    behind = any(b.role in ("byline", "date") or b.by == "head.orphan" for b in between)
    before = set_apart or any(b.role == "byline" for b in below[:first])
    before = before and len(left) <= MOST_BETWEEN
    if behind or (before and width(below[second].text) >= SECOND_LONGER * width(below[first].text)):
        below[first].label("standfirst", "head.standfirst")
