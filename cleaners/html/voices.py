"""Which of a page's visible blocks are the article's, by extractors ("voices"): today trafilatura alone.

The text that a voice extracts is found again among the blocks. What it took is labelled body, and the rest gets the
reason why it stands outside. Steps of `READ` in `pipeline`; what the page's own markup says comes later. For where the
numbers come from see regions.py.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

from lxml import etree

from cleaners.html.align import Alignment, align
from cleaners.html.names import word_set
from cleaners.html.reading import Reading
from cleaners.html.regions import LINKED, THIN, facts_of, in_container, is_long, is_prose, size_of
from cleaners.html.visible import visible_blocks
from cleaners.page import Block
from cleaners.words import PROSE, key

FOUND = 0.6  # share of a block's words in trafilatura's text, if it took the block; .4: 0 / 1 kept; .8: 3 / 0 taken
UNSEEN = 0.5
"""Share of trafilatura's lines; where more are in no visible block, the page hides its article. (Set by hand.)"""
MISSED = 600
"""An extraction with less than THIN characters of prose missed the article where the main element has so many more;
where it took nothing at all, PROSE are enough. (300: 0 / 12 kept, on 1 page; 1,200: no line.)"""
PARTS = word_set(
    "main article section nav aside header footer form figure table"
)  # elements that name a part of a page
FRAME = frozenset({"nav", "aside", "footer", "header"})

for library in ("trafilatura", "htmldate"):  # they warn of pages without an article, which are no faults here
    if logging.getLogger(library).level == logging.NOTSET:  # who has set a level wants to hear them
        logging.getLogger(library).setLevel(logging.CRITICAL)


def extract(reading: Reading) -> None:
    """Labels each block by the share of its words that trafilatura took: body, or chrome."""
    if reading.too_big:
        return
    shown, blocks = reading.shown, reading.page.blocks
    reading.document = _ask(shown, reading.url)
    if reading.document is None and shown is not reading.tree:
        reading.document = _ask(reading.tree, reading.url)
    found = _find(blocks, _lines_of(reading.document))
    reading.unfound = found.unfound
    _take(blocks, found.shares if reading.document is not None else [None] * len(blocks))


def hidden(reading: Reading) -> None:
    """Where most lines that trafilatura took stand in no visible block: finds those that are several blocks in one;
    else adds the blocks that the page hides; where the lines stand in no block at all, they become the blocks."""
    lines, page = _lines_of(reading.document), reading.page
    if len(reading.unfound) <= UNSEEN * len(lines):
        return
    found = Alignment([block.share for block in page.blocks], reading.unfound)
    _run_together(page.blocks, lines, found)
    if len(found.unfound) > UNSEEN * len(lines):
        page.blocks = visible_blocks(reading.shown, reading.host, hidden=True)
        found = _find(page.blocks, lines)
    if len(found.unfound) > UNSEEN * len(lines):  # the text stands in a script alone
        page.blocks = [Block(line, n) for n, line in enumerate(lines)]
        found.shares = [1.0] * len(page.blocks)
    _take(page.blocks, found.shares)


def too_big(reading: Reading) -> None:
    """Labels the blocks of a page that is too big for trafilatura: body is all between its first and last prose, but
    for links and what is in the page's frame."""
    if not reading.too_big:
        return
    blocks = reading.page.blocks
    for block in blocks:
        facts = facts_of(block)
        block.label("chrome", "extract.outside", _outside("was not asked", facts.tags, facts.in_main, facts.container))
    found = [n for n, b in enumerate(blocks) if is_long(b) and FRAME.isdisjoint(facts_of(b).tags)]
    for block in blocks[found[0] : found[-1] + 1] if found else ():
        if facts_of(block).link_share < LINKED and FRAME.isdisjoint(facts_of(block).tags):
            block.label("body", "extract.too_big")


def recall(reading: Reading) -> None:
    """Where trafilatura missed the article: adds what it takes in its mode that favours recall."""
    blocks = reading.page.blocks
    if reading.too_big or not _missed(blocks):
        return
    document = _ask(reading.shown, reading.url, recall=True)
    for block, share in zip(blocks, _find(blocks, _lines_of(document)).shares, strict=True):
        if share >= FOUND and not block.kept:
            block.label("body", "extract.recall")


def container(reading: Reading) -> None:
    """Where it missed the article then too: adds the prose of the main element, and the short lines between it that are
    no links."""
    blocks = reading.page.blocks
    if reading.too_big or not _missed(blocks):
        return
    found = [n for n, b in enumerate(blocks) if in_container(b) and is_long(b)]
    for block in blocks[found[0] : found[-1] + 1]:
        if not block.kept and in_container(block) and facts_of(block).link_share < LINKED:
            block.label("body", "extract.container")


def all_prose(reading: Reading) -> None:
    """Adds all prose of the main element, for one of several articles: trafilatura may find too little in a short
    one."""
    for block in reading.page.blocks:
        if not block.kept and in_container(block) and is_prose(block) and FRAME.isdisjoint(facts_of(block).tags):
            block.label("body", "extract.container")


def _ask(tree: etree._Element, url: str | None, *, recall: bool = False) -> Any:
    """trafilatura's document, or None where it found nothing or failed. `recall`: in its mode that rather takes too
    much. Never with metadata: for the date in it htmldate would search the page.
    """
    import trafilatura  # most of the time that importing the library would take, and text needs none of it

    try:
        return trafilatura.bare_extraction(
            tree,
            url=url,
            include_comments=False,
            favor_recall=recall,
        )
    except Exception:  # one voice among others: where it fails, the page's own structure decides
        return None


def _lines_of(document: Any) -> list[str]:
    """The lines of an extracted text that hold a word."""
    text = document.text if document is not None else ""
    return [line for line in (text or "").split("\n") if re.search(r"\w", line)]


def _find(blocks: Sequence[Block], lines: Sequence[str]) -> Alignment:
    """Where the lines stand among the blocks. Of equal blocks, one in the main element that is no link goes first."""
    likely = [b.facts is not None and b.facts.in_main and b.facts.link_share < LINKED for b in blocks]
    return align([b.raw for b in blocks], lines, likely)


def _take(blocks: Sequence[Block], shares: Sequence[float | None]) -> None:
    """Labels the blocks by these shares; None: trafilatura found nothing, or failed."""
    for block, share in zip(blocks, shares, strict=True):
        block.share = share or 0.0
        if block.share >= FOUND:
            block.label("body", "")
        else:
            facts, took = facts_of(block), "found nothing" if share is None else f"{round(100 * share)} %"
            block.label("chrome", "extract.outside", _outside(took, facts.tags, facts.in_main, facts.container))


@lru_cache(maxsize=4096)  # the places of a page are few, and the same from page to page of a site
def _outside(took: str, tags: tuple[str, ...], in_main: bool, container: str) -> str:
    """Where a block stands, and what trafilatura took of it. Short: a page has hundreds of them in its record."""
    part = next((f"in <{tag}>, " for tag in reversed(tags) if tag in PARTS), "")
    where = f"{part}{'inside' if in_main else 'outside'} {container or 'any container'} of the prose"
    return f"{where[0].upper()}{where[1:]}; trafilatura {took}."


def _run_together(blocks: list[Block], lines: list[str], found: Alignment) -> None:
    """Finds the lines that are several blocks in one: a voice runs items of a list together, and where one says what
    the next does, no word tells which is which."""
    keys = [key(block.raw) for block in blocks]
    shown, starts = "".join(keys), [0, *accumulate(map(len, keys))]
    unfound, behind = [], 0
    for n in found.unfound:
        own = key(lines[n])
        first = max(shown.find(own, behind), shown.find(own))
        if first < 0:
            unfound.append(n)
            continue
        behind = first + len(own)
        inside = range(bisect_right(starts, first) - 1, bisect_left(starts, behind))
        for block in inside if own else ():
            found.shares[block] = 1.0
    found.unfound = unfound


def _missed(blocks: Sequence[Block]) -> bool:
    """Did the extractor miss the article? It took next to no prose, and the main element is full of it."""
    kept = size_of(b for b in blocks if b.kept and is_long(b))
    there = size_of(b for b in blocks if in_container(b) and is_long(b))
    return kept < THIN and there >= (MISSED + kept if any(b.kept for b in blocks) else PROSE)
