"""What an extractor dropped although it belongs to the article: code, headings, quoted posts, the paragraphs beside it.

And the whole container, where the extractor found next to nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.html.regions import PROSE, facts_of, is_prose, size_of, span_of_kept
from cleaners.html.visible import word_set
from cleaners.page import Block

SUBHEADINGS = frozenset({"h2", "h3", "h4"})
STYLED = frozenset({"em", "strong", "i", "b", "span"})
QUOTED_POST = frozenset({"tweet", "twitter"})
NEAR = 6  # blocks above a heading among which a paragraph of the same element stands
BESIDE = 3  # paragraphs that may be missing at either end
SHORTEST = 40  # characters of such a paragraph

THIN = 250  # characters of prose: an extraction of less may have missed the article
MISSED = 600  # more characters of prose in the main element show that it did; PROSE, where it took nothing at all
COMMENTS = word_set("comment comments commentlist respond disqus replies")


def rejoin(blocks: Sequence[Block]) -> None:
    """Keep what belongs to the article that the extractor found."""
    _code(blocks)
    _headings(blocks)
    _quoted_posts(blocks)
    _paragraphs(blocks)


def missed(blocks: Sequence[Block]) -> bool:
    """Did the extractor miss the article? It took next to no prose, and the main element is full of it."""
    kept = size_of(b for b in blocks if b.kept and is_prose(b))
    there = size_of(b for b in blocks if _in_container(b) and is_prose(b))
    return kept < THIN and there >= (MISSED + kept if any(b.kept for b in blocks) else PROSE)


def keep_container(blocks: Sequence[Block]) -> None:
    """Keep the prose of the main element, and the short lines between it that are no links."""
    found = [n for n, b in enumerate(blocks) if _in_container(b) and is_prose(b)]
    for block in blocks[found[0] : found[-1] + 1]:
        if not block.kept and _in_container(block) and facts_of(block).link_share < 0.5:
            block.label("body", "extract.container")


def keep_prose(blocks: Sequence[Block]) -> None:
    """Keep everything between the first and the last prose of the page that is no link and in no part of the frame."""
    frame = {"nav", "aside", "footer", "header"}
    found = [n for n, b in enumerate(blocks) if is_prose(b) and frame.isdisjoint(facts_of(b).tags)]
    for block in blocks[found[0] : found[-1] + 1] if found else ():
        if facts_of(block).link_share < 0.5 and frame.isdisjoint(facts_of(block).tags):
            block.label("body", "extract.too_big")


def _in_container(block: Block) -> bool:
    facts = facts_of(block)
    return facts.in_main and not facts.in_figure and COMMENTS.isdisjoint(facts.words)


def _code(blocks: Sequence[Block]) -> None:
    """Code that stands in the main element with the article is part of it; extractors drop it with its figure."""
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


def _headings(blocks: Sequence[Block]) -> None:
    """A plain heading between kept paragraphs of the same element belongs to them."""
    for n in span_of_kept(blocks)[1:-1]:
        block, below = blocks[n], blocks[n + 1]
        facts = facts_of(block)
        if block.kept or not facts.tags or facts.tags[-1] not in SUBHEADINGS or facts.link_share > 0:
            continue
        if _heads(block, below) and any(_heads(block, b) for b in blocks[max(0, n - NEAR) : n]):
            block.label("heading", "extract.heading", "Between paragraphs of the article.")


def _heads(heading: Block, other: Block) -> bool:
    """Is the other a kept paragraph in the same element?"""
    one, two = facts_of(heading), facts_of(other)
    same = two.tags == (*one.tags[:-1], "p") and one.words - one.own_words == two.words - two.own_words
    return other.kept and same


def _quoted_posts(blocks: Sequence[Block]) -> None:
    """Posts that an article quotes (a blockquote of class tweet) are part of it."""
    for n in span_of_kept(blocks):
        facts = facts_of(blocks[n])
        quoted = "blockquote" in facts.tags[-3:] and not QUOTED_POST.isdisjoint(facts.words)
        if quoted and facts.in_main and not blocks[n].kept:
            blocks[n].label("body", "extract.quoted_post")


def _paragraphs(blocks: Sequence[Block]) -> None:
    """Paragraphs right above the first and below the last kept block, in the same element as kept paragraphs."""
    inside = span_of_kept(blocks)
    kept = [b for b in blocks if b.kept and facts_of(b).tags[-1:] == ("p",)]
    after = range(inside.stop, min(len(blocks), inside.stop + BESIDE))
    before = range(inside.start - 1, max(-1, inside.start - 1 - BESIDE), -1)
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
    short = len(block.raw) < SHORTEST or facts.link_share >= 0.5 or not facts.in_main
    return not short and tags == other.tags and facts.words == other.words
