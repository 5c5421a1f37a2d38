"""What a page itself marks: title, headings, captions, kicker, standfirst, byline and date.

Only what is certain from structure. Class words count in small blocks near the head alone. For where the numbers come
from see regions.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from cleaners.dates import date_in
from cleaners.html.authors import OPENING, byline_in, clean_names
from cleaners.html.names import CAPTION_WORDS, HEADINGS, class_words, word_set
from cleaners.html.regions import (
    ASIDE,
    MOST_TAKEN,
    OTHER_DATE,
    around,
    facts_of,
    first_prose,
    is_prose,
    of_other_day,
    size_of,
    span_of_kept,
)
from cleaners.matching.fragments import expand
from cleaners.matching.match import Matcher
from cleaners.page import Block, Page, Role
from cleaners.words import key, sentence, tokens

IN_TEXT = frozenset({"pre", "table", "blockquote", "ul", "ol", "code"})
"""Elements that may stand in a figure and are no caption: code, tables, quotes, lists."""
PICTURE = class_words("picture")
ABOUT = class_words("about")
"""A class with a word of each of these two marks a caption: "image-description"."""
CREDIT = class_words("credit")

TITLE_WORDS = 0.5
"""Share of an h1's words that the stated title must have, where the two differ. (.3: 6 titles more; .8: 23 less.)"""
REPEAT_LENGTH = 20  # letters and digits of a plain line in the text that repeats the title; 10: no line; 40: 0 / 1 kept
STANDFIRST = class_words("standfirst")
WEAK_STANDFIRST = tuple(map(word_set, sorted(class_words("weak_standfirst"))))
UNDER = class_words("under")
HEADLINE = class_words("headline")
"""A class with a word of each of these two marks a standfirst: "sub-head"."""
STANDFIRST_LENGTH = 25
"""Characters, at least. (From 1: 8 more, among them 3 dates; from 50: 3 less.)"""
NEAR_TITLE = 15  # blocks below the title that are searched for a standfirst; 5: 1 less; 40 and more: 1 more, wrongly
BYLINE_LENGTH = 100  # characters; 60: 6 bylines less; 200: 1 more

SHORTEST_NAME = 4  # letters of an author's name that is looked for in a line; 2: no line; 8: 0 / 1 kept
MOST_BESIDE = 6
"""Words of a line besides its author's name: "By", "and", "Posted on", a month, a day of the week, a job.
3: 0 / 1 kept; 12: no line."""

DATE = re.compile(r"(?:19|20)\d\d|\d{1,2}[./-] ?\d{1,2}|\d ?[年月日]|\d{1,2}:\d\d")
ABOVE_TITLE = 2
"""Blocks above the title that are searched for kicker, date and byline. (0: 52 less; 6: 17 more.)"""
DATE_LINE = 80
"""Characters of the longest date line that the extractor left out: it may have an author and a reading time.
(This, BARE_DATE and BELOW_TITLE on 254 pages: 50, 130: no line and no date.)"""
BARE_DATE = 40
"""Characters of the longest one in the text: it may have a reading time. (25, 65: none.)"""
BELOW_TITLE = 8
"""Blocks from the title on that are searched for the date line. (4: none; 16: one date more is right.)"""
DIGIT = re.compile(r"\d")
UPDATED = regex.compile(expand("(?&just_updated)"))
NOT_OF_PAGE = regex.compile(expand("(?&just_updated)|(?&just_other_day)"))
"""What stands before the day of an update, a deadline, a birth, a judgment."""
HOLDERS = frozenset({"main", "article"})
ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class HeadMark:
    """A role that class words give to a short block above the prose."""

    role: Role
    by: str
    words: frozenset[str]
    longest: int
    """Characters."""
    dated: bool = False
    """Only where there is a date, or at least a digit in a kept block."""


HEAD_MARKS = (
    HeadMark("kicker", "extract.kicker", class_words("kicker"), 60),  # 30 and 120: no line
    HeadMark("date", "extract.date", class_words("date"), 80, dated=True),  # 40: 36 less; 160: 2 more
    HeadMark("byline", "extract.byline", class_words("byline"), BYLINE_LENGTH),
)


def headings(page: Page, _: Matcher) -> None:
    """Kept blocks inside h1 to h6 are headings."""
    for block in page.blocks:
        if block.role == "body" and not HEADINGS.isdisjoint(around(block)):
            block.label("heading", "extract.heading")


def title(page: Page, _: Matcher) -> None:
    """The block that fits best is `title`; other blocks that read the same are chrome."""
    blocks, stated = page.blocks, page.meta.title
    best = next((b for b in blocks if b.role == "title"), None) or _title_block(blocks, stated)
    known = {key(text) for text in (stated or "", best.raw if best is not None else "")} - {""}
    if best is not None:
        best.label("title", "extract.title")
    prose = first_prose(blocks)
    for n, block in enumerate(blocks):
        if not block.kept or key(block.raw) not in known:
            continue
        if block.role == "heading" or n < prose or len(key(block.raw)) >= REPEAT_LENGTH:
            block.label("chrome", "extract.title_repeat")


def _title_block(blocks: Sequence[Block], title: str | None) -> Block | None:
    """The block that equals the stated title, h1 first; else an h1 that shares TITLE_WORDS with it; else the only h1 of
    the article."""
    wanted = key(title or "")
    same = [b for b in blocks if wanted and key(b.raw) == wanted]
    if same:
        return max(same, key=lambda b: ("h1" in facts_of(b).tags, b.kept, b.role == "heading", -b.start))
    headings = [b for b in blocks if "h1" in facts_of(b).tags]
    words = set(tokens(title or ""))
    for block in headings:
        own = tokens(block.raw)
        if len(own) > 2 and sum(word in words for word in own) >= TITLE_WORDS * len(own):
            return block
    kept = [b for b in headings if b.kept]
    return kept[0] if len(kept) == 1 and key(kept[0].raw) else None


def captions(page: Page, _: Matcher) -> None:
    """Blocks between title and end of the article in a figcaption, a figure or a caption class are captions; a credit
    right below a caption becomes a part of it."""
    blocks = page.blocks
    inside = span_of_kept(blocks)
    title = next((n for n, b in enumerate(blocks) if b.role == "title"), inside.start)
    found = [b for b in blocks[min(title, inside.start) : inside.stop] if _is_caption(b)]
    if size_of(b for b in found if b.kept) > MOST_TAKEN * size_of(b for b in blocks if b.kept):
        return
    last: Block | None = None
    for block in found:
        if last is not None and block.start - last.start == 1 and not CREDIT.isdisjoint(facts_of(block).own_words):
            last.parts["credit"] = block.raw
            block.label("caption", "extract.credit", text=last.raw, credit=block.raw)
        else:
            block.label("caption", "extract.caption")
            last = block


def _is_caption(block: Block) -> bool:
    facts = facts_of(block)
    if block.role == "title" or not IN_TEXT.isdisjoint(around(block)):
        return False
    if "figcaption" in facts.tags:
        return True
    if "figure" in facts.tags:
        return block.kept or block.role == "caption"
    own = facts.own_words
    return not CAPTION_WORDS.isdisjoint(own) or not (PICTURE.isdisjoint(own) or ABOUT.isdisjoint(own))


def head(page: Page, _: Matcher) -> None:
    """Short blocks above the prose that class words mark as kicker, date or byline. The names in a byline become the
    page's authors, if it states none."""
    blocks, meta = page.blocks, page.meta
    prose = first_prose(blocks)
    if prose == len(blocks):
        return
    first = span_of_kept(blocks).start
    title = next((n for n, b in enumerate(blocks[:prose]) if b.role == "title"), first)
    for block in blocks[max(0, min(first, title) - ABOVE_TITLE) : prose]:
        if block.role in ("title", "caption"):
            continue
        own, size = facts_of(block).own_words, len(block.raw)
        kept = block.kept or block.by == "extract.date"  # what is a date by now counts as it did
        dated = bool(DATE.search(block.raw)) or (kept and any(c.isdigit() for c in block.raw))
        for sign in HEAD_MARKS:
            if sign.words.isdisjoint(own) or size > sign.longest or (sign.dated and not dated):
                continue
            if sign.dated and not OTHER_DATE.isdisjoint(own):
                continue
            names = (clean_names([block.raw]) or byline_in([block.raw])) if sign.role == "byline" else ()
            if names and (OPENING.match(block.raw) or any(" " in name for name in names)):
                block.label(sign.role, sign.by, name=", ".join(names))
                meta.authors = meta.authors or names
                break
            if sign.role != "byline":
                block.label(sign.role, sign.by)
                break


def date_line(page: Page, _: Matcher) -> None:
    """Where no class marks the date: the first line between the title and the prose, or right above the title, that
    holds a whole day, other than that of an update if there is one. One that is in the text says nothing else."""
    blocks, locale = page.blocks, page.meta.locale
    title = next((n for n, b in enumerate(blocks) if b.role == "title"), None)
    if title is None or any(b.role == "date" for b in blocks):
        return
    below = title + 1 + first_prose(blocks[title + 1 :])
    near = [
        b
        for b in blocks[max(0, title - ABOVE_TITLE) : min(below, title + BELOW_TITLE)]
        if _may_date(b) and (b.start > blocks[title].start or _beside(b, blocks[title]))
    ]
    for block in near:
        if day := date_in(block.raw, locale, but=NOT_OF_PAGE):
            block.label("date", "extract.date_line", date=day)
            return
    for block in near:
        if date_in(block.raw, locale, after=UPDATED):
            block.label("date", "extract.date_line")
            return


def _beside(above: Block, title: Block) -> bool:
    """Is the line above the title in the article that the title is in? In the site's header it is today's date."""
    return (HOLDERS & {*facts_of(title).tags}) <= {*facts_of(above).tags}


def _may_date(block: Block) -> bool:
    """Short enough for a line of nothing but a date and its labels, and neither a quote nor code."""
    longest = {"chrome": DATE_LINE, "body": BARE_DATE}.get(block.role, 0)
    if block.code or of_other_day(block):
        return False
    return len(block.raw) <= longest and "blockquote" not in facts_of(block).tags and bool(DIGIT.search(block.raw))


def author_line(page: Page, _: Matcher) -> None:
    """Where no class marks the byline: the first line between the title and the prose, or right above the title, that
    holds the name of an author of the page and little else: "By Ann Marsh, 3 May 2021"."""
    blocks, names = page.blocks, [key(name) for name in page.meta.authors if len(key(name)) >= SHORTEST_NAME]
    title = next((n for n, b in enumerate(blocks) if b.role == "title"), None)
    if title is None or not names or any(b.role == "byline" for b in blocks):
        return
    below = title + 1 + first_prose(blocks[title + 1 :])
    near = blocks[max(0, title - ABOVE_TITLE) : min(below, title + NEAR_TITLE)]
    for block in near:
        if block.start > blocks[title].start or _beside(block, blocks[title]):
            found = [name for name in names if name in key(block.raw)]
            if found and _may_sign(block) and _beside_names(block.raw, found) <= MOST_BESIDE:
                day = block.parts.get("date") if block.role == "date" else None
                parts = {"name": ", ".join(page.meta.authors)} | ({"date": day} if day else {})
                block.label("byline", "extract.author_line", **parts)
                return


def _may_sign(block: Block) -> bool:
    """Short, and neither a heading, a caption, code nor a sentence."""
    facts = facts_of(block)
    return (
        len(block.raw) <= BYLINE_LENGTH
        and not block.code
        and block.role in ("chrome", "body", "date")
        and HEADINGS.isdisjoint(around(block))
        and ASIDE.isdisjoint(facts.tags)
        and not facts.in_figure
        and not sentence(block.raw)
        and "@" not in block.raw
    )


def _beside_names(line: str, names: list[str]) -> int:
    """How many words of a line are neither of these names nor figures."""
    left = [word for word in tokens(line) if not word[0].isdigit()]
    return len([word for word in left if not any(word in name for name in names)])


def standfirst(page: Page, _: Matcher) -> None:
    """The first block between the title and the prose that class words mark as standfirst."""
    blocks = page.blocks
    start = next((n + 1 for n, b in enumerate(blocks) if b.role == "title"), len(blocks))
    for block in blocks[start : start + NEAR_TITLE]:
        if _marks_standfirst(block) and len(block.raw) >= STANDFIRST_LENGTH:
            block.label("standfirst", "extract.standfirst")
            return
        if block.kept and is_prose(block):
            return


def address(page: Page, _: Matcher) -> None:
    """An address of the page's own site alone on its line above the prose, as pages print it on paper."""
    blocks, host, prose = page.blocks, page.meta.host, first_prose(page.blocks)
    for block in blocks[:prose] if prose < len(blocks) else ():
        if block.kept and host and ADDRESS.fullmatch(block.raw) and host in block.raw[: len(host) + 20]:
            block.label("source_url", "extract.source_url", url=block.raw)


def _marks_standfirst(block: Block) -> bool:
    facts = facts_of(block)
    own = facts.own_words
    if not STANDFIRST.isdisjoint(own) or not (UNDER.isdisjoint(own) or HEADLINE.isdisjoint(own)):
        return True
    if not block.kept and sentence(block.raw) and any(words <= own for words in WEAK_STANDFIRST):
        return True
    return facts.tags[-1:] == ("h2",) and not {"header", "hgroup"}.isdisjoint(around(block))


def authors(page: Page, _: Matcher) -> None:
    """Kept lines of nothing but the authors' names are bylines."""
    stated = page.meta.authors
    names = {key(name) for name in (*stated, "".join(stated))} - {""}
    for block in page.blocks:
        if block.kept and len(block.raw) <= BYLINE_LENGTH and key(block.raw) in names:
            block.label("byline", "extract.byline", "Nothing but the names of the page's authors.", name=block.raw)
