"""Text that is a whole visible page: menus, teasers and footers around an article, without any markup.

First it is decided which kind of text a page is. Extracted text is left alone here: `residue` sees to it. Of a whole
page the lines outside the article are labelled chrome, within `bounds`; title, byline and date above or below the
article are lifted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from cleaners.matching.match import Matcher, applies, matches
from cleaners.page import Block, Page
from cleaners.scoring.asked import asked
from cleaners.text.bounds import BOUNDS, keeps
from cleaners.text.head_lines import date_line, name_line
from cleaners.text.line_facts import furniture_words
from cleaners.text.line_scores import WHOLE, evidence, scores
from cleaners.text.page_lines import SHORTEST_ARTICLE, lines_of, reason
from cleaners.text.route import decide
from cleaners.words import headline_like, stems

HEAD_LINES, TAIL_LINES = 14, 4
"""Lines above and below the article in which its byline and date are looked for. (On these pages 50 bylines and 62
dates are found. At 7 lines above, 40 and 44; at 28, 52 and 68. At 8 lines below, 54 and 68, but 3 of the 4 more
bylines name none of the gold's authors; at 20 lines below, 119 dates.)"""
PATH = re.compile(r"[^>»›/|]\s?[>»›/|]\s")  # between the parts of a site that lead to the page
RETOLD = 2
"""Longer words of a headline that the prose below has at least. (Of tests/dumps, tests/whole_pages and the visible text
of articles and news: at 1, 3 titles more are right, one list of authors less, and names get their "By"; at 3, 2 titles
less are right.)"""
TITLE_ALIKE = 0.6
"""Share of a headline's longer words that the page's own title has, or the reverse. (Of 67 titles found in news, 53
equal the gold's; at .45, 49 of 67; at .8, 54 of 64.)"""

SIGNED = frozenset({"whole_page.outside"})


def whole_page(page: Page, matcher: Matcher) -> None:
    """Decides by which route a text goes, and takes what stands around the article of a whole page out of it."""
    blocks = [b for b in page.blocks if b.text]
    page.route, page.route_why = decide([b.text for b in blocks])
    if page.route == "whole":
        _look(page, blocks, matcher)


def whole_page_again(page: Page, matcher: Matcher) -> None:
    """Looks again at what is left of each article of a whole page, where that still reads as a whole page.

    What is left is what it would be given if the article's text were cleaned again: so cleaning twice changes nothing.
    """
    if page.route != "whole":
        return
    for blocks in page.articles():
        left = [b for b in blocks if b.kept and b.text]
        if decide([b.text for b in left])[0] == "whole":
            _look(page, left, matcher)


def _look(page: Page, blocks: Sequence[Block], matcher: Matcher) -> None:
    """Labels the lines that are outside of the article, if there is any article to speak of."""
    lines = lines_of(blocks, matcher)
    logits = scores(lines, WHOLE)
    if page.asked is not None:
        page.asked.append(asked(blocks, SIGNED, partial(evidence, lines, WHOLE)))
    inside = keeps(logits, lines, [b.code for b in blocks], BOUNDS[WHOLE])
    if sum(len(b.text) for b, keep in zip(blocks, inside, strict=True) if keep and b.kept) >= SHORTEST_ARTICLE:
        _label(page, blocks, inside, logits, matcher)


def _label(
    page: Page, blocks: Sequence[Block], inside: Sequence[bool], logits: Sequence[float], matcher: Matcher
) -> None:
    kept = [n for n, (b, keep) in enumerate(zip(blocks, inside, strict=True)) if keep and b.kept]
    first, last = kept[0], kept[-1]
    titled = any(b.role == "title" for b in blocks)
    title = None if titled else _title(blocks, first)
    if not titled and title is None and (found := _dated_head(blocks, first, last)):
        title = found[0]
        for n in found[1:]:
            text = blocks[n].text
            if date_line(text):
                blocks[n].label("date", "whole_page.date", date=text)
            elif name_line(text):
                blocks[n].label("byline", "whole_page.byline", name=text)
            else:
                blocks[n].label("standfirst", "whole_page.standfirst")
    for n, block in enumerate(blocks):
        near = first - HEAD_LINES <= n <= last + TAIL_LINES
        if inside[n] and block.kept:
            continue
        if n == title:
            block.label("title", "whole_page.title")
        elif block.kept and near and not first < n < last and _signed(page, block, matcher):
            continue
        elif block.kept or (block.fate == "lifted" and not near):
            block.label("chrome", "whole_page.outside", reason(n, first, last, logits[n]))


def _title(blocks: Sequence[Block], first: int) -> int | None:
    """The place of the headline: the nearest line above the article that has the words of the page's first line, its
    <title>."""
    named = stems(blocks[0].text)
    for n in range(first - 1, max(0, first - 3 * HEAD_LINES), -1):  # of 14 lines 45 right ones, of 28 or 70 all 53
        own = stems(blocks[n].text)
        if own and headline_like(blocks[n].text) and len(own & named) >= TITLE_ALIKE * min(len(own), len(named)):
            return n
    return None


def _dated_head(blocks: Sequence[Block], first: int, last: int) -> list[int]:
    """The places of the headline and of what stands between it and the text, where no first line tells: of the lines
    like headlines above the nearest date the first that shares words with the prose, one below it (a standfirst), the
    date, and the name nearest to it."""
    prose = stems(" ".join(b.text for b in blocks[first : last + 1]))
    for day in range(first - 1, max(0, first - HEAD_LINES), -1):
        if date_line(blocks[day].text):
            above = range(max(0, first - HEAD_LINES), day)
            found = [n for n in above if _retold(blocks[n].text, prose)]
            beside = range(found[0] + 1, first) if found else ()
            names = [n for n in beside if name_line(blocks[n].text) and not furniture_words(blocks[n].text)]
            nearest = sorted(names, key=lambda n: abs(n - day))[:1]
            return [*found[:2], *(n for n in nearest if n not in found[:2]), day] if found else []
    return []


def _retold(text: str, prose: frozenset[str] | set[str]) -> bool:
    """Whether a line like a headline has RETOLD words of the prose."""
    return (
        headline_like(text)
        and not PATH.search(text)
        and len(stems(text)) > RETOLD
        and len(stems(text) & prose) >= RETOLD
    )


def _signed(page: Page, block: Block, matcher: Matcher) -> bool:
    """Lifts a byline or a date that a rule knows."""
    for rule, parts in matches(matcher, block.text):
        lifts = rule.does == "role" and rule.role in ("byline", "date")
        if lifts and applies(rule, page.language(block), page.meta.host):
            block.label(rule.role, rule.id, **parts)
            return True
    return False
