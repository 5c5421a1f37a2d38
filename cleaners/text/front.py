"""The head of a text that still has the site around it, whatever junk stands in it and whoever took it out.

Between the menu and the prose stand kicker, title, standfirst, byline and dates, in this order or another, and among
them breadcrumbs, tickers, share bars, minutes to read, captions. front_title.py says which line is the title. Where
nothing speaks for any line, `head` reads it after its own shapes.

The numbers here and in front_lines.py were set on the 53 dumps of tests/dumps. With half or twice each alone, those
that decided there were NEAR and SHORT; the others are guards.
"""

from __future__ import annotations

from itertools import pairwise

from cleaners.matching.match import Matcher
from cleaners.page import Block, Page, Role
from cleaners.text.front_lines import NEAR, SHORT, Head, is_free, unknown_lines
from cleaners.text.front_roles import Roles, chances
from cleaners.text.front_title import cut_site, title_of
from cleaners.text.head_lines import only_by, signature
from cleaners.text.page_lines import BY_SCORER, running
from cleaners.words import prose, sentence, width, words, words_mostly

LONGEST_STANDFIRST = 260
"""Characters (Latin) of the longest sentence that counts as a standfirst where byline or date stand between it and the
prose."""
MOST_UNKNOWN = 2
"""Lines of no known kind between the parts of a head; where there are more, they are the article's: a diary, a
ticker, the items of a meeting."""
DOUBTED = -0.5
"""Logit of a line of prose up to which it is not where the text begins."""
LIKELY, SURE = 0.5, 0.8
"""The least chance of a standfirst; of one that reads as the first paragraph, or of a second byline (docs/lines.md)."""
LEAST: dict[Role, float] = {"kicker": 0.35, "standfirst": LIKELY, "byline": 0.5, "date": 0.5, "caption": 0.5}
"""The least chance of each role. (docs/lines.md has what others cost.)"""


def front(page: Page, matcher: Matcher) -> None:
    """Lifts title, kicker, standfirst, byline and dates of texts, and what is left between them."""
    if page.kind != "text":
        return
    for blocks in page.articles():
        shown = [b for b in blocks if b.text]
        for lines in (shown, [b for b in shown if b.kept]):  # then as it is given when the text is cleaned again
            if not any(b.by == "head.title" for b in shown):
                _read(Head(page, lines, matcher))


def _read(head: Head) -> None:
    """Reads the head of an article, where a title is found in it."""
    blocks = head.blocks
    start, standfirst = _start(head)
    if not start:
        return
    title = title_of(head, start, standfirst)
    if title is None:
        return
    for n, block in enumerate(blocks[:start]):  # what others took for the title
        if block.role == "title" and n != title:
            block.label("chrome", "head.orphan", "A line like a headline, and not the title.")
    blocks[title].label("title", "head.title")
    cut_site(head, title)
    roles = chances(head, title, start)
    _above(head, title, roles)
    _below(head, title, start, standfirst, roles)
    _foot(head, roles, start)


def _start(head: Head) -> tuple[int, int | None]:
    """Where the text begins, and the place of a sentence above byline or date that would pass for its beginning."""
    blocks = head.blocks
    lines = [n for n in running(blocks) if head.kind(n) == ""]
    if not lines:
        return 0, None
    of_article = [n for n in lines if blocks[n].likely > DOUBTED]
    if any(blocks[n].likely > 0 for n in of_article):  # a notice above the title may read as prose
        lines = of_article
    elif any(b.kept and b.likely > 0 for b in blocks[: lines[0]]):  # or one below a poem
        return 0, None
    first = lines[0]
    if len(lines) == 1 or width(blocks[first].text) > LONGEST_STANDFIRST:
        return first, None
    second = lines[1]
    marks = [n for n in range(first + 1, second) if head.kind(n) in ("byline", "date")]
    if second - first > 2 and (found := signature(blocks[first + 1].text)) and found[0] != blocks[first + 1].text:
        marks.insert(0, first + 1)
    later = any(head.kind(n) == "date" for n in range(second + 1, lines[-1]))
    listed = len(unknown_lines(head, first + 1, max(marks, default=first))) > MOST_UNKNOWN
    if marks and marks[0] <= first + NEAR and not (later or listed):  # days or times all the way down are a diary's
        return second, first
    return first, None


def _above(head: Head, title: int, roles: Roles) -> None:
    """Labels what stands above the title: byline and date near it, a kicker, a caption; the rest is chrome."""
    blocks = head.blocks
    for n in range(title):
        block = blocks[n]
        if not block.kept and block.by not in BY_SCORER:
            continue
        kind = head.kind(n)
        if kind in ("byline", "date"):
            if n >= title - NEAR:
                _lift(head, n)
        elif kind == "" and (role := _likely(head, roles, n)) and role != "standfirst":
            _label(block, role)
        if block.kept and not sentence(block.text):
            block.label("chrome", "head.orphan", "Above the title.")


def _below(head: Head, title: int, start: int, standfirst: int | None, roles: Roles) -> None:
    """Labels what stands between the title and the prose: bylines, dates, a standfirst, short lines between them."""
    blocks = head.blocks
    if _dated_list(head, title + 1, start):
        return
    for n in range(title + 1, start):
        kind = head.kind(n)
        if kind in ("byline", "date"):
            _lift(head, n)
        elif (
            kind == ""
            and is_free(blocks[n])
            and (role := _likely(head, roles, n))
            and role not in ("kicker", "standfirst")
        ):
            _label(blocks[n], role)
    if standfirst is None:
        standfirst = max(
            (n for n in roles if title < n <= start and is_free(blocks[n]) and not head.kind(n)),
            key=lambda n: roles[n]["standfirst"],
            default=None,
        )
        if standfirst is not None and not _leads(head, standfirst, start, roles):
            standfirst = None
    if standfirst is not None and is_free(blocks[standfirst]):
        blocks[standfirst].label("standfirst", "head.standfirst")
    marks = [n for n in range(title + 1, start) if blocks[n].role in ("byline", "date", "standfirst", "caption")]
    for above, below in pairwise([title, *marks]):
        if len(unknown_lines(head, above + 1, below)) > MOST_UNKNOWN:
            break
        for block in blocks[above + 1 : below]:
            if block.kept and words(block.text) <= SHORT and not sentence(block.text):
                block.label("chrome", "head.orphan", "A short line between the parts of the head.")


def _leads(head: Head, n: int, start: int, roles: Roles) -> bool:
    """Is this line a standfirst? Where it reads as the first paragraph, more must speak for it, and another follow."""
    text = head.blocks[n].text
    if n < start and not (prose(text) or sentence(text)):
        return roles[n]["standfirst"] >= LIKELY
    return roles[n]["standfirst"] >= SURE and any(m > n for m in running(head.blocks))


def _likely(head: Head, roles: Roles, n: int) -> Role | None:
    """What a line of no known kind is, by its chances. Where a byline says so itself, more must speak for another."""
    text = head.blocks[n].text
    if n and only_by(head.blocks[n - 1].text) and words(text) <= SHORT and words_mostly(text):
        return "byline"
    said = [(chance / LEAST[role], role) for role, chance in roles.get(n, {}).items()]
    ratio, role = max(said, default=(0.0, None))
    if ratio < 1:
        return None
    if role == "byline":
        signed = any(head.kind(m) == "byline" for m in roles if m != n)
        if _name(text) in head.prose_text or (signed and roles[n]["byline"] < SURE):
            return None  # who is written about is not the author
    return role


def _label(block: Block, role: Role) -> None:
    """Lifts a line of no known kind."""
    if role == "byline":
        block.label("byline", "head.byline", name=_name(block.text))
    elif role == "date":
        block.label("date", "head.date", date=block.text)
    elif role == "kicker":
        block.label("kicker", "head.kicker")
    else:
        block.label("caption", "head.caption")


def _name(text: str) -> str:
    """The names in a line that signs, without what stands around them, where that is known."""
    signed = signature(text)
    return signed[0] if signed else text


def _foot(head: Head, roles: Roles, start: int) -> None:
    """Lifts the name below the text that signs it, where nobody does above."""
    if any(b.role == "byline" for b in head.blocks):
        return
    below = [n for n in roles if n > start and is_free(head.blocks[n]) and head.kind(n) in ("", "byline")]
    if below and roles[best := max(below, key=lambda n: roles[n]["byline"])]["byline"] >= LEAST["byline"]:
        _label(head.blocks[best], "byline")


def _dated_list(head: Head, begin: int, end: int) -> bool:
    """Do days or hours stand here with lines between them, as in a ticker?"""
    unknown = unknown_lines(head, begin, end)
    dates = [n for n in range(begin, end) if head.kind(n) == "date"]
    return sum(any(a < n < b for n in unknown) for a, b in pairwise(dates)) >= MOST_UNKNOWN


def _lift(head: Head, n: int) -> None:
    """Makes a line the byline or the date that its kind says, unless another stage has done so."""
    block, (kind, parts) = head.blocks[n], head.kinds[n]
    if block.role in ("byline", "date"):
        return
    if not is_free(block):
        return
    if kind == "date":
        block.label("date", "head.date", date=block.text)
    else:
        block.label("byline", "head.byline", **parts)
