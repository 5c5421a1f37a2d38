"""Several articles on one page: where a byline closes one, or a headline and a byline open the next."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.match import Matcher, applies, matches
from cleaners.page import Block, Page
from cleaners.zones import headline_like, prose

ENOUGH = 2
"""Blocks of prose that an article has at least."""
NEAR = 4
"""Blocks that may stand between a headline and the first prose below it: a caption, a byline, a standfirst."""


def several(page: Page, matcher: Matcher) -> None:
    """Numbers the articles of a page: one, unless a byline, a headline and prose tell of a second."""
    if page.kind == "html":
        return
    blocks = [b for b in page.blocks if b.kept or b.role == "byline"]
    starts: set[int] = set()
    since = 0
    for at, block in enumerate(blocks):
        beside = blocks[at - 1 : at] + blocks[at + 1 : at + 2]
        if since >= ENOUGH and _headline(blocks, at) and any(_byline(page, b, matcher) for b in beside):
            starts.add(block.start)
            since = 0
        since += block.kept and prose(block.text)
    article = 0
    for block in page.blocks:
        article += block.start in starts
        block.article = article


def _headline(blocks: Sequence[Block], at: int) -> bool:
    if not headline_like(blocks[at].text) or at + 1 >= len(blocks):
        return False
    below = [b for b in blocks[at + 1 : at + 1 + NEAR + 3] if b.kept]
    found = [n for n, b in enumerate(below) if prose(b.text)]
    return len(found) >= ENOUGH and found[0] <= NEAR


def _byline(page: Page, block: Block, matcher: Matcher) -> bool:
    return block.role == "byline" or any(
        rule.role == "byline" and applies(rule, page.meta.language, page.meta.host)
        for rule, _ in matches(matcher, block.text)
    )
