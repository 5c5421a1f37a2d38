"""What an extractor dropped although it belongs to the article: code, headings, quoted posts, paragraphs beside it."""

from __future__ import annotations

from cleaners.html.names import class_words
from cleaners.html.regions import facts_of, span_of_kept
from cleaners.matching.match import Matcher
from cleaners.page import Block, Page

SUBHEADINGS = frozenset({"h2", "h3", "h4"})
STYLED = frozenset({"em", "strong", "i", "b", "span"})
QUOTED_POST = class_words("quoted_post")
BLOCKS_ABOVE_HEADING = 6  # blocks above a heading among which a paragraph of the same element stands
MOST_BESIDE = 3  # paragraphs that may be missing at either end
SHORTEST_PARAGRAPH = 40  # characters of such a paragraph


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


def _is_code(block: Block) -> bool:
    facts = facts_of(block)
    return "pre" in facts.tags and facts.in_main


def headings(page: Page, _: Matcher) -> None:
    """A plain heading between kept paragraphs of the same element belongs to them."""
    blocks = page.blocks
    for n in span_of_kept(blocks)[1:-1]:
        block, below = blocks[n], blocks[n + 1]
        facts = facts_of(block)
        if block.kept or not facts.tags or facts.tags[-1] not in SUBHEADINGS or facts.link_share > 0:
            continue
        if _heads(block, below) and any(_heads(block, b) for b in blocks[max(0, n - BLOCKS_ABOVE_HEADING) : n]):
            block.label("heading", "extract.heading", "Between paragraphs of the article.")


def _heads(heading: Block, other: Block) -> bool:
    """Is the other a kept paragraph in the same element?"""
    one, two = facts_of(heading), facts_of(other)
    same = two.tags == (*one.tags[:-1], "p") and one.words - one.own_words == two.words - two.own_words
    return other.kept and same


def quoted_posts(page: Page, _: Matcher) -> None:
    """Posts that an article quotes (a blockquote of class tweet) are part of it."""
    blocks = page.blocks
    for n in span_of_kept(blocks):
        facts = facts_of(blocks[n])
        quoted = "blockquote" in facts.tags[-3:] and not QUOTED_POST.isdisjoint(facts.words)
        if quoted and facts.in_main and not blocks[n].kept:
            blocks[n].label("body", "extract.quoted_post")


def paragraphs(page: Page, _: Matcher) -> None:
    """Paragraphs right above the first and below the last kept block, in the same element as kept paragraphs."""
    blocks = page.blocks
    inside = span_of_kept(blocks)
    kept = [b for b in blocks if b.kept and facts_of(b).tags[-1:] == ("p",)]
    after = range(inside.stop, min(len(blocks), inside.stop + MOST_BESIDE))
    before = range(inside.start - 1, max(-1, inside.start - 1 - MOST_BESIDE), -1)
    for places, near in ((after, kept[-8:]), (before, kept[:8])):
        for n in places:
            if not any(_alike(blocks[n], b) for b in near):
                break
            blocks[n].label("body", "extract.beside")


def _alike(block: Block, paragraph: Block) -> bool:
    facts, other = facts_of(block), facts_of(paragraph)
    tags = facts.tags
    while tags and tags[-1] in STYLED:
        tags = tags[:-1]
    short = len(block.raw) < SHORTEST_PARAGRAPH or facts.link_share >= 0.5 or not facts.in_main
    return not short and tags == other.tags and facts.words == other.words
