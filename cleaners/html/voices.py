"""Which of a page's visible blocks are the article's, by extractors ("voices"): today trafilatura alone.

The text that a voice extracts is found again among the blocks. What it took is labelled body, and the rest gets the
reason why it stands outside. What the page's own markup says comes later (the stages of HTML in `pipeline`). For where
the numbers come from see regions.py.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import trafilatura
from lxml import etree

from cleaners.html.align import Alignment, align
from cleaners.html.names import word_set
from cleaners.html.regions import LINKED, facts_of, in_container, is_long, is_prose, size_of
from cleaners.page import Block
from cleaners.words import PROSE

FOUND = 0.6  # share of a block's words in trafilatura's text, if it took the block; .4: 0 / 1 kept; .8: 3 / 0 taken
THIN = 250
"""Characters of prose; an extraction with less may have missed the article. (100: no line; 500: 219 / 27 kept, on 3
pages.)"""
MISSED = 600
"""As many more characters of prose in the main element show that it did; PROSE, where it took nothing at all. (300:
0 / 12 kept, on 1 page; 1,200: no line.)"""
PARTS = word_set(
    "main article section nav aside header footer form figure table"
)  # elements that name a part of a page
FRAME = frozenset({"nav", "aside", "footer", "header"})

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def ask(tree: etree._Element, url: str | None, *, recall: bool = False) -> Any:
    """trafilatura's document, or None where it found nothing or failed. `recall`: in its mode that rather takes too
    much. Never with metadata: for the date in it htmldate would search the page.
    """
    try:
        return trafilatura.bare_extraction(
            tree,
            url=url,
            include_comments=False,
            favor_recall=recall,
        )
    except Exception:  # one voice among others: where it fails, the page's own structure decides
        return None


def lines_of(document: Any) -> list[str]:
    """The lines of an extracted text that hold a word."""
    text = document.text if document is not None else ""
    return [line for line in (text or "").split("\n") if re.search(r"\w", line)]


def find(blocks: Sequence[Block], lines: Sequence[str]) -> Alignment:
    """Where the lines stand among the blocks. Of equal blocks, one in the main element that is no link goes first."""
    likely = [b.facts is not None and b.facts.in_main and b.facts.link_share < LINKED for b in blocks]
    return align([b.raw for b in blocks], lines, likely)


def take(blocks: Sequence[Block], shares: Sequence[float]) -> None:
    """Label each block by the share of its words that trafilatura took: body, or chrome."""
    for block, share in zip(blocks, shares, strict=True):
        block.share = share
        if share >= FOUND:
            block.label("body", "")
        else:
            facts = facts_of(block)
            block.label("chrome", "extract.outside", _outside(round(100 * share), facts.tags, facts.in_main))


@lru_cache(maxsize=4096)  # the places of a page are few, and the same from page to page of a site
def _outside(percent: int | None, tags: tuple[str, ...], in_main: bool) -> str:
    """Where a block stands, and the share of its words that trafilatura took (None: it was not asked). Short: a page
    has hundreds of them in its record."""
    part = next((f"in <{tag}>, " for tag in reversed(tags) if tag in PARTS), "")
    took = "not asked" if percent is None else f"{percent} %"
    where = f"{part}{'inside' if in_main else 'outside'} the container of the prose"
    return f"{where[0].upper()}{where[1:]}; trafilatura {took}."


def look_for_more(tree: etree._Element, url: str | None, blocks: Sequence[Block]) -> None:
    """Where trafilatura missed the article: its mode that favours recall, and then the main element itself."""
    if not _missed(blocks):
        return
    for block, share in zip(blocks, find(blocks, lines_of(ask(tree, url, recall=True))).shares, strict=True):
        if share >= FOUND and not block.kept:
            block.label("body", "extract.recall")
    if _missed(blocks):
        _keep_container(blocks)


def keep_prose(blocks: Sequence[Block]) -> None:
    """Label the blocks of a page that is too big for trafilatura: body is all between its first and last prose, but for
    links and what is in the page's frame."""
    for block in blocks:
        facts = facts_of(block)
        block.label("chrome", "extract.outside", _outside(None, facts.tags, facts.in_main))
    found = [n for n, b in enumerate(blocks) if is_long(b) and FRAME.isdisjoint(facts_of(b).tags)]
    for block in blocks[found[0] : found[-1] + 1] if found else ():
        if facts_of(block).link_share < LINKED and FRAME.isdisjoint(facts_of(block).tags):
            block.label("body", "extract.too_big")


def keep_all(blocks: Sequence[Block]) -> None:
    """Keep all prose of the main element, where it is one of several articles: an extractor may find too little in a
    short one."""
    for block in blocks:
        if not block.kept and in_container(block) and is_prose(block) and FRAME.isdisjoint(facts_of(block).tags):
            block.label("body", "extract.container")


def leave_out(blocks: Iterable[Block]) -> None:
    """Label what stands between several articles."""
    for block in blocks:
        if block.kept:
            block.label("chrome", "extract.outside", "Beside the articles that the page holds.")


def _missed(blocks: Sequence[Block]) -> bool:
    """Did the extractor miss the article? It took next to no prose, and the main element is full of it."""
    kept = size_of(b for b in blocks if b.kept and is_long(b))
    there = size_of(b for b in blocks if in_container(b) and is_long(b))
    return kept < THIN and there >= (MISSED + kept if any(b.kept for b in blocks) else PROSE)


def _keep_container(blocks: Sequence[Block]) -> None:
    """Keep the prose of the main element, and the short lines between it that are no links."""
    found = [n for n, b in enumerate(blocks) if in_container(b) and is_long(b)]
    for block in blocks[found[0] : found[-1] + 1]:
        if not block.kept and in_container(block) and facts_of(block).link_share < LINKED:
            block.label("body", "extract.container")
