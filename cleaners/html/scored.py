"""Blocks that the extractor left out or took, and about which nothing that the page marks has decided: by their score.

To lose text is worse than to keep furniture: what was left out comes in where it is more likely the article's than not,
and what was taken goes only where it hardly is.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from cleaners.html.block_facts import OPEN
from cleaners.html.block_scores import scores
from cleaners.html.names import HEADINGS
from cleaners.html.regions import facts_of
from cleaners.matching.match import Matcher
from cleaners.page import Block, Page


@dataclass(frozen=True, slots=True)
class Bounds:
    """Chances, 0 to 1 (docs/blocks.md has what they cost and save)."""

    inside: float = 0.5
    """From this on, a block that the extractor left out is the article's."""
    outside: float = 0.3
    """Below this, a block that it took is not."""


BOUNDS = Bounds()
TAKEN = frozenset({"", "extract.heading", "extract.recall", "extract.container", "extract.beside"})
"""Signatures of kept blocks about which the page itself says nothing."""


def scored(page: Page, _: Matcher) -> None:
    """Labels the blocks in doubt by how likely they belong to the article."""
    blocks = page.blocks
    if not any(block.share for block in blocks):
        return
    for block, logit in zip(blocks, scores(blocks, page.meta), strict=True):
        chance = 1 / (1 + exp(-logit))
        if block.by == "extract.outside" and not block.kept and chance >= BOUNDS.inside:
            block.label(_role(block), "blocks.in", _why(chance, block))
        elif block.kept and block.by in TAKEN and chance < BOUNDS.outside:
            block.label("chrome", "blocks.out", _why(chance, block))


def _role(block: Block) -> str:
    return "heading" if not HEADINGS.isdisjoint(facts_of(block).tags[-4:]) else "body"


def _why(chance: float, block: Block) -> str:
    return f"The article's with a chance of {chance:.0%}, as the block scorer says; trafilatura took {block.share:.0%}."
