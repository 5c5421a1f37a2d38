"""What is left of the site in text that somebody else extracted: lines that the line scorer takes for furniture.

Rules know wordings, and come first: what they say is a fact to the scorer. What it takes is bounded (`bounds`), and it
takes nothing where little would be left.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from cleaners.matching.match import Matcher
from cleaners.page import Block, Page
from cleaners.scoring.asked import asked
from cleaners.text.bounds import keeps, stays
from cleaners.text.line_scores import evidence, scores
from cleaners.text.page_lines import SHORTEST_ARTICLE, lines_of, reason
from cleaners.text.route import decide

SIGNED = frozenset({"residue.line"})


def residue(page: Page, matcher: Matcher) -> None:
    """Takes out of extracted text what the line scorer takes for furniture.

    It looks twice at each article: at all of its lines, since what rules took out says much of what stands beside it;
    and at those alone that are left, as they would be read if the article's text were cleaned again: so cleaning twice
    changes nothing.
    """
    if page.kind == "html":
        return
    for blocks in page.articles():
        shown = [b for b in blocks if b.text]
        _look(page, shown, matcher)
        left = [b for b in shown if b.kept]
        if len(left) < len(shown):
            _look(page, left, matcher)


def _look(page: Page, blocks: Sequence[Block], matcher: Matcher) -> None:
    """Labels the lines that are not the article's, unless next to nothing would be left, or this is a whole page."""
    if all(stays(b.text) or b.code for b in blocks if b.kept) or decide([b.text for b in blocks])[0] == "whole":
        return
    lines = lines_of(blocks, matcher)
    logits = scores(lines)
    if page.asked is not None:
        page.asked.append(asked(blocks, SIGNED, partial(evidence, lines)))
    keep = keeps(logits, lines, [b.code for b in blocks])
    places = [n for n, kept in enumerate(keep) if kept]
    if sum(len(blocks[n].text) for n in places if blocks[n].kept) < SHORTEST_ARTICLE:
        return
    for n, block in enumerate(blocks):
        if block.kept and not keep[n]:
            block.label("chrome", "residue.line", reason(n, places[0], places[-1], logits[n]))
