"""The head of a text that still has the site around it, whatever junk stands in it and whoever took it out.

Between the menu and the prose stand kicker, title, standfirst, byline and dates, in this order or another, and among
them breadcrumbs, tickers, share bars, minutes to read, captions. front_title.py says which line is the title. Where
nothing speaks for any line, `head` reads it after its own shapes.

The numbers here and in front_lines.py were set on the 53 dumps of tests/dumps. With half or twice each alone, those
that decided there were NEAR and SHORT; the others are guards.
"""

from __future__ import annotations

from itertools import pairwise

import regex

from cleaners.matching.match import Matcher
from cleaners.page import Page
from cleaners.text.front_lines import NEAR, PATTERN, SHORT, Head, is_free, unknown_lines
from cleaners.text.front_title import cut_site, title_of
from cleaners.text.head_lines import job_line, name_line, only_by, signature, uncased_name
from cleaners.text.line_facts import furniture_words
from cleaners.text.page_lines import BY_SCORER
from cleaners.text.title_facts import PATH
from cleaners.words import NO_HEADLINE, ending, prose, sentence, width, words, words_mostly

LONGEST_STANDFIRST = 260
"""Characters (Latin) of the longest sentence that counts as a standfirst where byline or date stand between it and the
prose."""
MOST_UNKNOWN = 2
"""Lines of no known kind between the parts of a head; where there are more, they are the article's: a diary, a
ticker, the items of a meeting."""
SUBHEADINGS = 2
"""Lines between paragraphs from which on an article has subheadings."""


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
    _above(head, title)
    _below(head, title, start, standfirst)


def _start(head: Head) -> tuple[int, int | None]:
    """Where the text begins, and the place of a sentence above byline or date that would pass for its beginning."""
    blocks = head.blocks
    lines = [n for n, b in enumerate(blocks) if b.kept and prose(b.text) and head.kind(n) == ""]
    if not lines:
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


def _above(head: Head, title: int) -> None:
    """Labels what stands above the title: byline and date near it, a kicker right above; the rest is chrome."""
    blocks = head.blocks
    for n in range(title):
        block = blocks[n]
        if not block.kept and block.by not in BY_SCORER:
            continue
        kind = head.kind(n)
        if kind in ("byline", "date") and n >= title - NEAR:
            _lift(head, n)
        elif n == title - 1 and kind == "" and _like_kicker(block.text):
            block.label("kicker", "head.kicker")
        elif block.kept and not sentence(block.text):
            block.label("chrome", "head.orphan", "Above the title.")


def _like_kicker(line: str) -> bool:
    """Could this line be a kicker by its form: a few words, no path, no end of a sentence?"""
    return words(line) <= SHORT and words_mostly(line) and not PATH.fullmatch(line) and ending(line) not in NO_HEADLINE


def _below(head: Head, title: int, start: int, standfirst: int | None) -> None:
    """Labels what stands between the title and the prose: bylines, dates, a standfirst, short lines between them."""
    blocks = head.blocks
    if _dated_list(head, title + 1, start):
        return
    for n in range(title + 1, start):
        if head.kind(n) in ("byline", "date"):
            _lift(head, n)
    if standfirst is None:
        standfirst = next((n for n in range(title + 1, start) if head.kind(n) != "settled"), start)
        while standfirst < start and blocks[standfirst].role in ("byline", "date"):
            standfirst += 1
    if standfirst < start and is_free(blocks[standfirst]) and _leads(head, title, standfirst, start):
        blocks[standfirst].label("standfirst", "head.standfirst")
    _sign(head, title, start)
    marks = [n for n in range(title + 1, start) if blocks[n].role in ("byline", "date", "standfirst", "caption")]
    for n in range(title + 1, max(marks, default=0)):
        if blocks[n].kept and words(blocks[n].text) <= SHORT and not sentence(blocks[n].text):
            blocks[n].label("chrome", "head.orphan", "A short line between the parts of the head.")


def _dated_list(head: Head, begin: int, end: int) -> bool:
    """Do days or hours stand here with lines between them, as in a ticker?"""
    unknown = unknown_lines(head, begin, end)
    dates = [n for n in range(begin, end) if head.kind(n) == "date"]
    return sum(any(a < n < b for n in unknown) for a, b in pairwise(dates)) >= MOST_UNKNOWN


def _leads(head: Head, title: int, place: int, start: int) -> bool:
    """Is this line a standfirst? It is none at the top of a list, or where it stands below byline or date and the
    article has other such lines between its paragraphs: then it is the first subheading."""
    blocks = head.blocks
    if words(blocks[place].text) <= SHORT or signature(blocks[place].text):
        return False
    marks = [n for n in range(title + 1, start) if blocks[n].role in ("byline", "date")]
    if not (marks and marks[-1] > place) and len(unknown_lines(head, place + 1, start)) > MOST_UNKNOWN:
        return False
    if prose(blocks[place].text) or not (marks and marks[0] < place):
        return True
    last = max(n for n, b in enumerate(blocks) if b.kept and prose(b.text))
    return len([n for n in unknown_lines(head, start, last) if not prose(blocks[n].text)]) < SUBHEADINGS


def _sign(head: Head, title: int, start: int) -> None:
    """Lifts the line of names nearest below the title, where no byline is known, and those that follow one by one."""
    last = max((n for n in range(start) if head.blocks[n].role == "byline"), default=None)
    for n in range(title + 1, start):
        block = head.blocks[n]
        if not is_free(block) or head.kind(n) or furniture_words(block.text.casefold()):
            continue
        if last is None:
            found = _signed(head, n, title)
        elif last == n - 1 and name_line(block.text) and block.text not in head.prose_text:
            found = block.text
        else:
            found = None
        if found:
            block.label("byline", "head.byline", name=found)
            last = n


def _signed(head: Head, n: int, title: int) -> str | None:
    """The names in a line that signs the article, by its form and by what stands beside it: a date, the title, "by" on
    a line of its own; or by the credit of a picture that has the same name."""
    blocks, line = head.blocks, head.blocks[n].text
    if only_by(blocks[n - 1].text) and words(line) <= SHORT and words_mostly(line):
        return line
    found = signature(line)
    name = found[0] if found else line
    if not found and not uncased_name(line):
        return None
    dated = any(0 <= m < len(blocks) and blocks[m].role == "date" for m in (n - 1, n + 1))
    if name[0].isupper():
        return name if dated or (name not in head.prose_text and (job_line(line) or _credited(head, n))) else None
    below_title = n - 1 == title or blocks[n - 1].role == "standfirst"
    if words(name) < 2 and len(name) < 3:
        return None
    if below_title and found and name != line:
        return name
    return name if dated and (_credited(head, n) or (below_title and found)) else None


def _credited(head: Head, n: int) -> bool:
    """Does the credit of a picture have this line, a name?"""
    name = head.blocks[n].text
    credit = regex.compile(rf"[:：(（/|=＝、,©–—-][ ]?{regex.escape(name)}(?!\w{{3}})")
    return any(
        name in b.text and b.text != name and credit.search(b.text) for b in head.blocks if len(b.text) < PATTERN
    )


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
