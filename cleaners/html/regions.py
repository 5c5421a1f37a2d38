"""Where the article lies among the blocks of an HTML page: small questions that several HTML modules ask.

The numbers of these modules were measured on 543 pages: 61 of articles, 47 of news, 435 articles of pages. Beside each
stands what another value does: how many more lines it takes or keeps, rightly / wrongly by the gold, both halves of
the sites together; "no line" where it changes none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cleaners.html.names import class_words
from cleaners.page import Block, Facts

PROSE = 80  # characters of a block that is surely running text; 60: 0 / 9 kept; 120: 50 / 2 taken, 25 / 6 kept
PROSE_WIDE = 30  # the same in scripts whose letters are words; 20: no line; 60: 1 / 0 taken
COMMENTS = class_words("comments")
MOST_TAKEN = 0.2
"""Share of the article's characters that a structural rule may take; what is more is the article itself. (For all the
rules: .1: 14 / 37 kept; .35: no line; without the limit 906 / 4,092 taken.)"""
LINKED = 0.5
"""A block with this share of its letters in links is no prose. (.3: one date more; .8: 0 / 1 kept.)"""

_NOWHERE = Facts((), frozenset(), frozenset(), 0.0, 0.0, False, False)


def facts_of(block: Block) -> Facts:
    """The facts of a block of an HTML page."""
    return block.facts or _NOWHERE


def in_container(block: Block) -> bool:
    """In the main element, and neither in a figure nor among comments."""
    facts = facts_of(block)
    return facts.in_main and not facts.in_figure and COMMENTS.isdisjoint(facts.words)


def span_of_kept(blocks: Sequence[Block]) -> range:
    """From the first to the last kept block; empty where none is kept."""
    kept = [n for n, b in enumerate(blocks) if b.kept]
    return range(kept[0], kept[-1] + 1) if kept else range(0)


def is_prose(block: Block) -> bool:
    """Running text for sure: a long block, mostly outside links."""
    size = len(block.raw)
    if size < PROSE_WIDE or facts_of(block).link_share >= LINKED:
        return False
    return size >= PROSE or size + (PROSE // PROSE_WIDE) * sum(c >= "\u2e80" for c in block.raw) >= PROSE


def first_prose(blocks: Sequence[Block]) -> int:
    """Number of the first kept block of prose; the number of all blocks where there is none."""
    return next((n for n, b in enumerate(blocks) if b.kept and is_prose(b)), len(blocks))


def size_of(blocks: Iterable[Block]) -> int:
    """Characters of some blocks."""
    return sum(len(b.raw) for b in blocks)


def drop(blocks: Sequence[Block], wanted: Callable[[Block], bool], by: str, most: float = MOST_TAKEN) -> None:
    """Label the wanted kept blocks as chrome, unless they are more than `most` of the article's characters."""
    kept = [b for b in blocks if b.kept]
    found = [b for b in kept if wanted(b)]
    if size_of(found) <= most * size_of(kept):
        for block in found:
            block.label("chrome", by)
