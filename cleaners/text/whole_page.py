"""Text that is a whole visible page: menus, teasers and footers around an article, without any markup.

First it is decided which kind of text a page is. Extracted text is left alone here: `residue` sees to it. Of a whole
page the lines outside the article are labelled chrome, within `bounds`, but for bylines and dates near it that rules
know; `front` finds the title among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from cleaners.matching.match import Matcher, applies, matches
from cleaners.page import Block, Page
from cleaners.scoring.asked import asked
from cleaners.text.bounds import keeps
from cleaners.text.line_facts import Lines
from cleaners.text.line_scores import evidence, scores
from cleaners.text.page_lines import SHORTEST_ARTICLE, lines_of, reason
from cleaners.text.route import decide

HEAD_LINES, TAIL_LINES = 14, 4
"""Lines above and below the article in which its byline and date are looked for. (Measured with the scorer of whole
pages that was before: 50 bylines and 62 dates are found. At 7 lines above, 40 and 44; at 28, 52 and 68. At 8 lines
below, 54 and 68, but 3 of the 4 more bylines name none of the gold's authors; at 20 lines below, 119 dates.)"""
SIGNED = frozenset({"whole_page.outside"})


def whole_page(page: Page, matcher: Matcher) -> None:
    """Decides by which route a text goes, and takes what stands around the article of a whole page out of it."""
    blocks = [b for b in page.blocks if b.text]
    page.route, page.route_why = decide([b.text for b in blocks])
    lines = lines_of(blocks, matcher)
    logits = scores(lines)
    for block, logit in zip(blocks, logits, strict=True):
        block.likely = logit
    if page.route == "whole":
        _look(page, blocks, matcher, lines, logits)


def whole_page_again(page: Page, matcher: Matcher) -> None:
    """Looks again at what is left of each article of a whole page, where that still reads as a whole page.

    What is left is what it would be given if the article's text were cleaned again: so cleaning twice changes nothing.
    """
    if page.route != "whole":
        return
    for blocks in page.articles():
        left = [b for b in blocks if b.kept and b.text]
        if decide([b.text for b in left])[0] == "whole":
            lines = lines_of(left, matcher)
            _look(page, left, matcher, lines, scores(lines))


def _look(page: Page, blocks: Sequence[Block], matcher: Matcher, lines: Lines, logits: Sequence[float]) -> None:
    """Labels the lines that are outside of the article, if there is any article to speak of."""
    if page.asked is not None:
        page.asked.append(asked(blocks, SIGNED, partial(evidence, lines)))
    inside = keeps(logits, lines, [b.code for b in blocks])
    if sum(len(b.text) for b, keep in zip(blocks, inside, strict=True) if keep and b.kept) >= SHORTEST_ARTICLE:
        _label(page, blocks, inside, logits, matcher)


def _label(
    page: Page, blocks: Sequence[Block], inside: Sequence[bool], logits: Sequence[float], matcher: Matcher
) -> None:
    kept = [n for n, (b, keep) in enumerate(zip(blocks, inside, strict=True)) if keep and b.kept]
    first, last = kept[0], kept[-1]
    for n, block in enumerate(blocks):
        near = first - HEAD_LINES <= n <= last + TAIL_LINES
        if inside[n] and block.kept:
            continue
        if block.kept and near and not first < n < last and _signed(page, block, matcher):
            continue
        if block.kept or (block.fate == "lifted" and not near):
            block.label("chrome", "whole_page.outside", reason(n, first, last, logits[n]))


def _signed(page: Page, block: Block, matcher: Matcher) -> bool:
    """Lifts a byline or a date that a rule knows."""
    for rule, parts in matches(matcher, block.text):
        lifts = rule.does == "role" and rule.role in ("byline", "date")
        if lifts and applies(rule, page.language(block), page.meta.host):
            block.label(rule.role, rule.id, **parts)
            return True
    return False
