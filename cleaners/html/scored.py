"""Blocks that the extractor left out or took, and about which nothing that the page marks has decided: by their score.

To lose text is worse than to keep furniture: what was left out comes in where it is more likely the article's than not.
What was taken goes only where its chance is low and it is neither prose nor code, and only if all such blocks together
are little of the article.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from cleaners.html.block_scores import scores
from cleaners.html.names import HEADINGS
from cleaners.html.regions import ASIDE, MOST_TAKEN, around, facts_of, is_prose, size_of
from cleaners.matching.match import Matcher
from cleaners.page import Block, Page, Role


@dataclass(frozen=True, slots=True)
class Bounds:
    """Chances, 0 to 1 (docs/blocks.md has what they cost and save)."""

    inside: float = 0.5
    """From this on, a block of prose that the extractor left out is the article's."""
    line: float = 0.8
    """The same for a block that is no prose: captions and teasers look like the article's lines."""
    outside: float = 0.3
    """Below this, a block that it took and that is no prose is not."""


BOUNDS = Bounds()
NEVER = 2.0
"""Greater than any chance: what stands in a figure or aside never comes in."""
TAKEN = frozenset({"", "extract.heading", "extract.recall", "extract.container", "extract.beside"})
"""Signatures of kept blocks about which the page itself says nothing."""
SIGNED = frozenset({"blocks.in", "blocks.out"})


def scored(page: Page, _: Matcher) -> None:
    """Labels the blocks in doubt by how likely they belong to the article."""
    blocks = page.blocks
    if not any(block.share for block in blocks) or any(block.by in SIGNED for block in blocks):
        return  # nothing was extracted that the scorer could go by, or it was asked before
    chances = [1 / (1 + exp(-logit)) for logit in scores(blocks, page.meta)]
    kept = size_of(b for b in blocks if b.kept)
    out = []
    for block, chance in zip(blocks, chances, strict=True):
        if block.by == "extract.outside" and not block.kept and chance >= _most(block):
            block.label(_role(block), "blocks.in", _why(chance, block))
        elif chance < BOUNDS.outside and block.kept and block.by in TAKEN and not (block.code or is_prose(block)):
            out.append((block, chance))
    if size_of(block for block, _ in out) <= MOST_TAKEN * kept:
        for block, chance in out:
            block.label("chrome", "blocks.out", _why(chance, block))


def _most(block: Block) -> float:
    facts = facts_of(block)
    if facts.in_figure or not ASIDE.isdisjoint(facts.tags):
        return NEVER
    return BOUNDS.inside if is_prose(block) else BOUNDS.line


def _role(block: Block) -> Role:
    return "heading" if not HEADINGS.isdisjoint(around(block)) else "body"


def _why(chance: float, block: Block) -> str:
    return f"The block scorer gives it a chance of {chance:.0%}; trafilatura took {block.share:.0%}."
