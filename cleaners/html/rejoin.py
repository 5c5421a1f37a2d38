"""What an extractor dropped although it belongs to the article: code, headings, quoted posts, paragraphs beside it.

For where the numbers come from see regions.py.
"""

from __future__ import annotations

from itertools import pairwise

from cleaners.html.names import class_words
from cleaners.html.regions import LINKED, around, facts_of, span_of_kept
from cleaners.html.visible import is_line_number
from cleaners.matching.match import Matcher
from cleaners.page import Block, Page
from cleaners.words import key

SUBHEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
RIGHT_ABOVE = 2
"""Blocks above a heading in the main element; one must be kept, and the next below. (On the even places of three
sets 409 such headings are the gold's and 59 are not, most of these questions of an FAQ whose answers are; at 1: 356 and
53; at any place above: 513 and 94. On the odd places, which nobody looked at, 436 and 62.)"""
STYLED = frozenset({"em", "strong", "i", "b", "span"})
QUOTED_POST = class_words("quoted_post")
BLOCKS_ABOVE_HEADING = 6
"""Blocks above a heading; one of them must be a paragraph of the same element. (2: 2 / 17 taken; without a limit 5 / 0
kept.)"""
SHORTEST_PARAGRAPH = 40  # characters of a missing paragraph; 0: 3 / 1 kept; 20: no line; 80: 1 / 0 taken


def code(page: Page, _: Matcher) -> None:
    """Code that stands in the main element with the article is part of it; extractors drop it with its figure."""
    blocks = page.blocks
    inside = span_of_kept(blocks)
    last = inside.stop
    while last < len(blocks) and _is_code(blocks[last]):
        last += 1
    for block in blocks[inside.start : last]:
        if not block.kept and _is_code(block):
            block.label("body", "extract.code")


def line_numbers(page: Page, _: Matcher) -> None:
    """Numbers beside code, by their class: a listing of one line has one, which is no row of numbers (text.code)."""
    for block, below in pairwise(page.blocks):
        facts = facts_of(block)
        number = block.raw.strip().isdecimal() and is_line_number(facts.words, facts.own_words, ("", *facts.tags)[-1])
        if number and (below.code or block.code):
            block.label("chrome", "extract.line_number")


def _is_code(block: Block) -> bool:
    facts = facts_of(block)
    return ("pre" in facts.tags or block.code) and facts.in_main


def headings(page: Page, _: Matcher) -> None:
    """A heading between kept blocks belongs to them: in the main element where they stand right beside it, elsewhere
    where they are paragraphs of the same element. The lowest first, for one heading may stand on another."""
    blocks = page.blocks
    for n in reversed(span_of_kept(blocks)[1:-1]):
        block, below, above = blocks[n], blocks[n + 1], blocks[max(0, n - BLOCKS_ABOVE_HEADING) : n]
        facts = facts_of(block)
        if block.kept or SUBHEADINGS.isdisjoint(around(blocks[n])) or facts.link_share > 0:
            continue
        if facts.in_main and below.kept and any(b.kept for b in above[-RIGHT_ABOVE:]) and key(block.raw):
            block.label("heading", "extract.heading", "Right between lines of the article.")
        elif _heads(block, below) and any(_heads(block, b) for b in above):
            block.label("heading", "extract.heading", "Between paragraphs of the article.")


def _heads(heading: Block, block: Block) -> bool:
    """Is the block a kept paragraph in the same element as the heading?"""
    above, facts = facts_of(heading), facts_of(block)
    same = facts.tags == (*above.tags[:-1], "p") and above.words - above.own_words == facts.words - facts.own_words
    return block.kept and same


def quoted_posts(page: Page, _: Matcher) -> None:
    """Posts that an article quotes (a blockquote of class tweet) are part of it."""
    blocks = page.blocks
    for n in span_of_kept(blocks):
        facts = facts_of(blocks[n])
        quoted = "blockquote" in around(blocks[n]) and not QUOTED_POST.isdisjoint(facts.words)
        if quoted and facts.in_main and not blocks[n].kept:
            blocks[n].label("body", "extract.quoted_post")


def paragraphs(page: Page, _: Matcher) -> None:
    """Paragraphs right above the first and below the last kept block, in the same element as kept paragraphs."""
    blocks = page.blocks
    inside = span_of_kept(blocks)
    own = {(facts_of(b).tags, facts_of(b).words) for b in blocks if b.kept and facts_of(b).tags[-1:] == ("p",)}
    after, before = range(inside.stop, len(blocks)), range(inside.start - 1, -1, -1)
    for places in (after, before):
        for n in places:
            if blocks[n].fate == "lifted" or not _is_paragraph(blocks[n]) or _stands(blocks[n]) not in own:
                break
            blocks[n].label("body", "extract.beside")


def _is_paragraph(block: Block) -> bool:
    facts = facts_of(block)
    return len(block.raw) >= SHORTEST_PARAGRAPH and facts.link_share < LINKED and facts.in_main


def _stands(block: Block) -> tuple[tuple[str, ...], frozenset[str]]:
    """The tags and class words around a block, but for what styles all of it."""
    facts = facts_of(block)
    tags = facts.tags
    while tags and tags[-1] in STYLED:
        tags = tags[:-1]
    return tags, facts.words
