"""Blocks that the extractor left out or took, and about which nothing that the page marks has decided: by their score.

Most stages that look for furniture propose: each looks at one thing, and what it took out comes in again where all
facts together speak for it. To lose text is worse than to keep furniture: what is out comes in where it is more likely
the article's. What was taken goes only where its chance is low and it is neither prose nor code, and only if all such
blocks together are little of the article.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from cleaners.html.block_facts import FURNITURE
from cleaners.html.block_scores import evidence, scores
from cleaners.html.names import HEADINGS, class_words
from cleaners.html.page_kind import Kind
from cleaners.html.regions import ASIDE, MOST_TAKEN, around, facts_of, is_prose, size_of
from cleaners.matching.match import Matcher
from cleaners.page import Block, Page, Role
from cleaners.scoring.asked import asked


@dataclass(frozen=True, slots=True)
class Bounds:
    """Chances, 0 to 1 (docs/blocks.md has what they cost and save)."""

    inside: float = 0.5
    """From this on, a block of prose that is out is the article's."""
    line: float = 0.6
    """The same for a block that is no prose: captions and teasers look like the article's lines."""
    outside: float = 0.1
    """Below this, a block that the extractor took and that is no prose is not."""


BOUNDS: dict[Kind, Bounds] = {"article": Bounds(), "other": Bounds(0.4, 0.4, 0.1)}
"""Of an article, and of a page that is none, whose text are short lines and lists as often as prose."""
NEVER = 2.0
"""Greater than any chance."""
BOXES = class_words("box")
"""Words of classes: what is in such a box and was left out does not come in, since two voices agree. (In a third of the
domains, by weights that had learned from the other two and from pages of all types: of articles 2 lines lost, 25 of
furniture kept out; of other types 82 and 46.)"""
TAKEN = frozenset({"", "extract.heading", "extract.recall", "extract.container", "extract.beside"})
"""Signatures of kept blocks about which the page itself says nothing."""
CERTAIN = frozenset({"extract.box", "extract.note", "extract.post_meta"})
"""Signatures of furniture that stays out. Notes and "Filed under" are known by the author's name and by their place,
and the facts of a block have no words; of what is in boxes, as much furniture would come in as text (8 and 7 lines,
measured as BOXES)."""
PROPOSALS = frozenset(FURNITURE) - CERTAIN
"""Signatures of furniture that may come in again. (Of lines that `link_list` takes beside kept ones of their kind 54 of
67 are the article's, of those of `site_link` 58 of 125: gold sets, pages of articles.)"""
LEFT_OUT = {"extract.outside", *PROPOSALS}
"""Signatures of blocks that are out, and may come in."""
SIGNED = frozenset({"blocks.in", "blocks.out"})


def scored(page: Page, _: Matcher) -> None:
    """Labels the blocks in doubt by how likely they belong to the article."""
    blocks = page.blocks
    if not any(block.share for block in blocks) or any(block.by in SIGNED for block in blocks):
        return  # nothing was extracted that the scorer could go by, or it was asked before
    kind, logits = scores(blocks, page.meta)
    if page.asked is not None:
        page.asked.append(asked(blocks, SIGNED, evidence(blocks, page.meta)))
    bounds, chances = BOUNDS[kind], [1 / (1 + exp(-logit)) for logit in logits]
    kept = size_of(b for b in blocks if b.kept)
    out = []
    for block, chance in zip(blocks, chances, strict=True):
        if block.by in LEFT_OUT and not block.kept and chance >= _least(block, bounds):
            block.label(_role(block), "blocks.in", _why(kind, chance, block))
        elif chance < bounds.outside and block.kept and block.by in TAKEN and not (block.code or is_prose(block)):
            out.append((block, chance))
    if size_of(block for block, _ in out) <= MOST_TAKEN * kept:
        for block, chance in out:
            block.label("chrome", "blocks.out", _why(kind, chance, block))


def _least(block: Block, bounds: Bounds) -> float:
    """The least chance with which a block comes in."""
    facts = facts_of(block)
    boxed = block.by == "extract.outside" and not BOXES.isdisjoint(facts.words)
    if facts.in_figure or boxed or not ASIDE.isdisjoint(facts.tags):
        return NEVER
    return bounds.inside if is_prose(block) else bounds.line


def _role(block: Block) -> Role:
    return "heading" if not HEADINGS.isdisjoint(around(block)) else "body"


def _why(kind: Kind, chance: float, block: Block) -> str:
    scorer = "The block scorer" if kind == "article" else "The block scorer for pages that are no articles"
    against = f", {block.by} would take it out" if block.by in PROPOSALS else ""
    return f"{scorer} gives it a chance of {chance:.0%}; trafilatura took {block.share:.0%}{against}."
