"""Text that is a whole visible page: menus, teasers and footers around an article, without any markup.

First it is decided which kind of text a page is. Extracted text with a residue of furniture is left alone here: the
rules see to it. Of a whole page the lines outside the article are labelled chrome; title, byline and date above or
below the article are lifted.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from cleaners.matching.match import Matcher, applies, matches
from cleaners.page import Block, Page, Route
from cleaners.scoring.path import best_path
from cleaners.text.line_facts import RULED, Lines, furniture_words, language_by_words, read
from cleaners.text.line_scores import LOOSE, scores, weighed
from cleaners.words import SENTENCE_ENDS, ending, headline_like, prose, stems, width

SHORT = 60
"""Characters (Latin); a shorter line without a full stop may be a link of a menu."""
MANY_SHORT = 20
"""Different short lines that a whole page has at least."""
LEAST = 150
"""Characters of the smallest article that is told from its page."""
HEAD, TAIL = 14, 4
"""Lines above and below the article in which its title, byline and date are looked for."""
ALIKE = 0.6
"""Share of a headline's longer words that the page's own title has, or the reverse."""


def whole_page(page: Page, matcher: Matcher) -> None:
    """Decides by which route a text goes, and takes what stands around the article of a whole page out of it."""
    blocks = [b for b in page.blocks if b.text]
    page.route, page.route_why = decide([b.text for b in blocks])
    if page.route == "whole":
        _look(page, blocks, matcher)


def whole_page_again(page: Page, matcher: Matcher) -> None:
    """Looks again at what is left of each article of a whole page, as long as that reads as a whole page as well.

    It sees what it would see if the article's text were cleaned: so that cleaning twice changes nothing.
    """
    if page.route != "whole":
        return
    for blocks in page.articles():
        left = [b for b in blocks if b.kept and b.text]
        if decide([b.text for b in left])[0] == "whole":
            _look(page, left, matcher)


def _look(page: Page, blocks: Sequence[Block], matcher: Matcher) -> None:
    """Labels the lines that are outside of the article, if there is any article to speak of."""
    lines = lines_of(page, blocks, matcher)
    logits = scores(lines)
    inside = best_path(weighed(logits, lines), LOOSE)
    if sum(len(b.text) for b, keep in zip(blocks, inside, strict=True) if keep and b.kept) >= LEAST:
        _label(page, blocks, inside, logits, matcher)


def decide(texts: Sequence[str]) -> tuple[Route, str]:
    """The kind of a text, and why. Goes by numbers of lines that mostly fall when lines are taken away.

    A whole page has many short lines and an edge of them around its prose, some made of words that sites use for
    themselves. The three ways to tell: such words of two kinds and an edge; a lot of them; or one, and edges that are
    a third of the page. Lists, recipes, poems, code and tables have the short lines, but not the words.
    """
    short = {t.casefold() for t in texts if width(t) < SHORT and ending(t) not in SENTENCE_ENDS}
    if len(short) < MANY_SHORT:
        return "extracted", f"{len(short)} different short lines: a whole page has {MANY_SHORT} or more"
    is_prose = [prose(t) for t in texts]
    if not any(is_prose):
        return "extracted", "no prose that furniture could stand around"
    found = [furniture_words(line) for line in short]
    marked, kinds = sum(map(bool, found)), len(frozenset[str]().union(*found))
    above, below = is_prose.index(True), is_prose[::-1].index(True)
    whole = (
        (marked >= 3 and kinds >= 2 and above >= 4 and above + below >= 10)
        or (marked >= 8 and kinds >= 3 and len(short) >= 2 * MANY_SHORT)
        or (marked >= 1 and above >= 8 and below >= 3 and sum(is_prose) >= 3 and (above + below) * 3 >= len(texts))
    )
    why = f"{len(short)} short lines, {marked} in words of sites; {above} lines above the prose, {below} below it"
    return ("whole" if whole else "extracted"), why


def lines_of(page: Page, blocks: Sequence[Block], matcher: Matcher, language: str | None = None) -> Lines:
    """What is known of the lines of some blocks; of the function words of `language`, where one is given."""
    texts = [b.text for b in blocks]
    blank = [b.gap.replace("\r\n", "\n").replace("\r", "\n").count("\n") > 1 for b in blocks]
    ruled = [frozenset(_said(page, text, matcher)) for text in texts]
    return read(texts, blank, ruled, language_by_words(texts) if language is None else language)


def _said(page: Page, text: str, matcher: Matcher) -> set[str]:
    """What the rules say of a line, in the words of RULED."""
    said = set()
    for rule, _ in matches(matcher, text):
        if rule.does == "end":
            said.add("end")
        elif rule.does == "role" and rule.role == "chrome":
            said.add("chrome" if rule.where == "anywhere" else "edge")
        elif rule.does == "role":
            said.add(rule.role if rule.role in RULED else "edge")
    return said


def _label(
    page: Page, blocks: Sequence[Block], inside: Sequence[bool], logits: Sequence[float], matcher: Matcher
) -> None:
    kept = [n for n, (b, keep) in enumerate(zip(blocks, inside, strict=True)) if keep and b.kept]
    first, last = kept[0], kept[-1]
    title = _title(blocks, first)
    for n, block in enumerate(blocks):
        near = first - HEAD <= n <= last + TAIL
        if inside[n] and block.kept:
            continue
        if n == title:
            block.label("title", "whole_page.title")
        elif block.kept and near and not first < n < last and _signed(page, block, matcher):
            continue
        elif block.kept or (block.fate == "lifted" and not near):
            block.label("chrome", "whole_page.outside", _why(n, first, last, logits[n]))


def _why(n: int, first: int, last: int, logit: float) -> str:
    """Where a line stands and what its own chance was. In tens: the same words on every machine, and few of them."""
    place = "Above the article" if n < first else "Below the article" if n > last else "Between the article's lines"
    return f"{place}; line scorer {10 * round(10 / (1 + exp(-logit)))} %."


def _title(blocks: Sequence[Block], first: int) -> int | None:
    """The place of the headline: the nearest line above the article that says what the page's own title says."""
    if any(b.role == "title" for b in blocks):
        return None
    named = stems(blocks[0].text)
    for n in range(first - 1, max(0, first - 3 * HEAD), -1):
        said = stems(blocks[n].text)
        if len(said) >= 2 and headline_like(blocks[n].text) and len(said & named) >= ALIKE * min(len(said), len(named)):
            return n
    return None


def _signed(page: Page, block: Block, matcher: Matcher) -> bool:
    """Lifts a byline or a date that a rule knows."""
    for rule, parts in matches(matcher, block.text):
        lifts = rule.does == "role" and rule.role in ("byline", "date")
        if lifts and applies(rule, page.meta.language, page.meta.host):
            block.label(rule.role, rule.id, **parts)
            return True
    return False
