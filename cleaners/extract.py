"""The HTML route: a page's visible blocks, labelled by what trafilatura extracted and by what the page itself marks.

All visible blocks stay in the page, in document order. What trafilatura took keeps the role body or heading, the
rest is chrome signed "extract.outside".
"""

from __future__ import annotations

import logging
from typing import Any

import trafilatura
from lxml import etree
from trafilatura.utils import load_html

from cleaners.align import align, key
from cleaners.metadata import read_meta
from cleaners.page import Block, NoArticle, NotText, Page
from cleaners.visible import visible_blocks

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
FOUND = 0.6  # share of a block's words in trafilatura's lines from which on the block counts as taken
LATEST = "2100-01-01"  # a fixed last day for dates: the output must not depend on the day of the run

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def extract(html: str, url: str | None = None) -> Page:
    """The labelled page of an HTML document: every visible block, with role, signature and facts.

    Raises NotText where there is nothing to read, NoArticle where the page shows no text at all.
    """
    if not html.strip():
        raise NotText("the page is empty: nothing but white space")
    tree = _parse(html)
    if tree is None:
        raise NotText("the source could not be parsed as HTML; give it as plain text if that is what it is")
    blocks = visible_blocks(tree)
    if not blocks:
        raise NoArticle("the page shows no text: it may be built by scripts in the browser; scrape it rendered")
    document = _voice(html, url)
    meta = read_meta(tree, blocks, document, url)
    page = Page("html", blocks, meta=meta)
    _label_outside(blocks, _lines(document))
    _label_headings(blocks)
    _label_titles(blocks, meta.title)
    return page


def _parse(html: str) -> etree._Element | None:
    """The parsed page, or None. Never raises: what cannot be parsed is the caller's to say."""
    try:
        return load_html(html)
    except Exception:  # a parser's own errors are many and of no use to the caller
        return None


def _voice(html: str, url: str | None, **mode: bool) -> Any:
    """trafilatura's document (text and metadata), or None where it found nothing or failed."""
    try:
        return trafilatura.bare_extraction(
            html,
            url=url,
            include_comments=False,
            with_metadata=not mode,
            date_extraction_params={"original_date": True, "extensive_search": True, "max_date": LATEST},
            **mode,
        )
    except Exception:  # one voice among others: where it fails, the page's own structure decides
        return None


def _lines(document: Any) -> list[str]:
    text = document.text if document is not None else ""
    return [line for line in (text or "").split("\n") if line.strip()]


def _label_outside(blocks: list[Block], lines: list[str]) -> None:
    """Blocks that trafilatura did not take are chrome."""
    likely = [b.facts is not None and b.facts.in_main and b.facts.link_share < 0.5 for b in blocks]
    found = align([b.raw for b in blocks], lines, likely)
    for block, taken in zip(blocks, found.taken, strict=True):
        if taken.share < FOUND:
            block.label("chrome", "extract.outside")


def _label_headings(blocks: list[Block]) -> None:
    for block in blocks:
        if block.role == "body" and block.facts is not None and not HEADINGS.isdisjoint(block.facts.tags[-4:]):
            block.label("heading", "extract.heading")


def _label_titles(blocks: list[Block], title: str | None) -> None:
    """The first best block that is the title is `title`; its repeats are chrome."""
    wanted = key(title or "")
    if not wanted:
        return
    same = [b for b in blocks if key(b.raw) == wanted]
    if not same:
        return
    best = max(same, key=lambda b: (b.facts is not None and "h1" in b.facts.tags, b.kept, -b.start))
    for block in same:
        if block is best:
            block.label("title", "extract.title")
        elif block.kept:
            block.label("chrome", "extract.title_repeat")
