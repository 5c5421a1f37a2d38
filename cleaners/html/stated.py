"""What the page itself states to be the article's text (JSON-LD `articleBody`): kept paragraphs that it lacks.

Sites leave headings, standfirsts, quotes and lists out of it: so it only speaks against plain paragraphs between and
below those that it has, and only where it is the whole text, not a summary or the first words before a paywall.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cleaners.html.align import align
from cleaners.html.names import word_set
from cleaners.html.regions import MOST_TAKEN, facts_of, is_long, size_of, span_of_kept
from cleaners.matching.match import Matcher
from cleaners.page import Block, Page

# measured as regions.py says
WHOLE = 0.8  # share of the kept characters that a whole stated text has; .6: no line; .9: 7 / 16 kept
LACKS = 0.2  # it lacks a block with this share of its words, or less; .05: no line; .4: 2 / 2 taken
HOLDS = 0.9  # it has a block with this share of its words, or more; .7: no line; 1 (no kind counts): 25 / 5 kept
LEFT_OUT = word_set("blockquote pre table figure code dl ol ul")
"""What sites leave out although it is of the article."""


def stated(page: Page, _: Matcher) -> None:
    """Kept paragraphs that are not in the stated text are chrome; prose that is in it and was missed is body. Lists,
    quotes and the like are only taken out where the stated text has others of their kind."""
    blocks, text = page.blocks, page.meta.stated_text
    kept = [b for b in blocks if b.kept]
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines or not kept or len(text) < WHOLE * size_of(kept):
        return
    found = align([b.raw for b in blocks], lines, [b.kept for b in blocks])
    shares = dict(zip((b.start for b in blocks), found.shares, strict=True))
    held = sum(len(b.raw) * shares[b.start] for b in kept)
    if held < WHOLE * size_of(kept):
        return
    _keep_stated(blocks, shares)
    kept = [b for b in blocks if b.kept]
    first = next(b.start for b in kept if shares[b.start] > LACKS)
    kinds = {_kind(b) for b in kept if shares[b.start] > HOLDS} | {""}
    lacking = [b for b in kept if b.start > first and shares[b.start] <= LACKS and _kind(b) in kinds]
    if size_of(lacking) <= MOST_TAKEN * size_of(kept):
        for block in lacking:
            block.label("chrome", "extract.unstated")


def _keep_stated(blocks: Sequence[Block], shares: Mapping[int, float]) -> None:
    inside = span_of_kept(blocks)
    for n, block in enumerate(blocks[inside.start :], inside.start):
        if n > inside.stop and not blocks[n - 1].kept:
            return
        facts = facts_of(block)
        missed = not block.kept and block.by == "extract.outside" and shares[block.start] >= HOLDS
        if missed and facts.in_main and not facts.in_figure and is_long(block):
            block.label("body", "extract.stated")


def _kind(block: Block) -> str:
    """The kind of block, of those that sites leave out of the stated text: "heading", or the tag of the list, table or
    quote that it stands in; "" for a plain paragraph."""
    inside = (tag for tag in reversed(facts_of(block).tags) if tag in LEFT_OUT)
    return "heading" if block.role == "heading" else next(inside, "")
