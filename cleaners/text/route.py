"""Whether a text is all that a browser shows of a page, or what an extractor left of it."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.page import Route
from cleaners.text.line_facts import furniture_words
from cleaners.words import SENTENCE_ENDS, ending, prose, width

SHORT_LINE = 60
"""Characters (Latin); a shorter line without a full stop may be a link of a menu. (Of what `decide` was measured on,
552 pages and 37 texts are called whole; at 40, 548 and 35; at 80, 553 and 38.)"""
MANY_SHORT = 20
"""Different short lines that a whole page has at least. (At 10, 556 and 40; at 30, 537 and 33.)"""


def decide(texts: Sequence[str]) -> tuple[Route, str]:
    """Whether a text is a whole page or an extracted one, and why. The counts that decide mostly fall when lines are
    taken away, so that a cleaned page does not become a whole one.

    A whole page has many short lines, and edges of them above and below its prose; some are made of words that sites
    use for themselves ("login", "share"), of one or more kinds. There are three ways to tell: by such words of two
    kinds and edges; by many such words; or by one and edges that are a third of the page. Lists, recipes, poems, code
    and tables have the short lines, but not the words.

    Measured on 597 whole pages (all visible lines of articles, news and 435 articles of pages) and 1,970 texts without
    furniture (their golds, those of other types of pages, and what trafilatura gives): 552 and 37 are called whole, 30
    of them golds of shops, forums and lists. Beside each number stands how many of each it would be with another.
    """
    short = {t.casefold() for t in texts if width(t) < SHORT_LINE and ending(t) not in SENTENCE_ENDS}
    if len(short) < MANY_SHORT:
        return "extracted", f"{len(short)} different short lines: a whole page has {MANY_SHORT} or more"
    is_prose = [prose(t) for t in texts]
    if not any(is_prose):
        return "extracted", "no prose that furniture could stand around"
    found = [furniture_words(line) for line in short]
    marked, kinds = sum(map(bool, found)), len(frozenset[str]().union(*found))
    above, below = is_prose.index(True), is_prose[::-1].index(True)
    edges = (  # without this way 491 and 26
        marked >= 3  # 2: 556 and 49; 5: 536 and 29
        and kinds >= 2  # 1: 552 and 40; 3: 536 and 31
        and above >= 4  # 2: 557 and 42; 8: 543 and 36
        and above + below >= 10  # 5: 558 and 40; 20: 537 and 33
    )
    many = (  # without it 520 and 24
        marked >= 8  # 4: 559 and 57; 16: 542 and 28
        and kinds >= 3  # 2: 552 and 41; 5: 535 and 27
        and len(short) >= 2 * MANY_SHORT  # as many as above: 553 and 37; four times: 546 and 36
    )
    wide_edges = (  # without it 547 and 32
        marked >= 1  # 0: the same, but a poem beside a paragraph has none; 3: 547 and 32
        and above >= 8  # 4: 553 and 39; 16: 549 and 35
        and below >= 3  # 0: 552 and 47; 6: 549 and 35
        and sum(is_prose) >= 3  # 1: 552 and 42; 6: 552 and 34
        and (above + below) * 3 >= len(texts)  # half of the page: 550 and 35; a fifth: 555 and 39
    )
    whole = edges or many or wide_edges
    why = f"{len(short)} short lines, {marked} in words of sites; {above} lines above the prose, {below} below it"
    return ("whole" if whole else "extracted"), why
