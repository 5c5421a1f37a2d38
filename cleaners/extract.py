"""The HTML route: a page's visible blocks, labelled by what trafilatura extracted and by what the page itself marks.

All visible blocks stay in the page, in document order. What trafilatura took keeps the role body or heading, the
rest is chrome signed "extract.outside".
"""

from __future__ import annotations

import logging
import re
from typing import Any

import trafilatura
from lxml import etree
from trafilatura.utils import load_html

from cleaners.align import align
from cleaners.marks import mark
from cleaners.metadata import address_of, host_of, read_meta
from cleaners.page import Block, Facts, NotText, Page
from cleaners.visible import survey

FOUND = 0.6  # share of a block's words in trafilatura's lines from which on the block counts as taken
UNSEEN = 0.5  # share of trafilatura's lines that are in no visible block, from which on the page hides its article
LATEST = "2100-01-01"  # a fixed last day for dates: the output must not depend on the day of the run
NOWHERE = Facts((), frozenset(), frozenset(), 0.0, False, False)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def extract(html: str, url: str | None = None) -> Page:
    """The labelled page of an HTML document: every visible block, with role, signature and facts.

    A page that shows no text has no blocks. Raises NotText where the source cannot be parsed as HTML.
    """
    tree = _parse(html)
    if tree is None:
        raise NotText("the source could not be parsed as HTML: is it text? Then take out what looks like tags")
    host = host_of(url or address_of(tree))
    blocks, site_links = survey(tree, host)
    document = _voice(html, url)
    lines = _lines(document)
    shares, unfound = _align(blocks, lines)
    if lines and unfound > UNSEEN * len(lines):
        blocks, site_links = survey(tree, host, hidden=True)
        shares, unfound = _align(blocks, lines)
    if lines and unfound > UNSEEN * len(lines):  # the text stands in a script alone
        blocks = [Block(line, n, facts=NOWHERE) for n, line in enumerate(lines)]
        site_links, shares = [0.0] * len(blocks), [1.0] * len(blocks)
    page = Page("html", blocks, meta=read_meta(tree, blocks, document, url))
    for block, share in zip(blocks, shares, strict=True):
        if share < FOUND:
            block.label("chrome", "extract.outside")
    mark(blocks, page.meta, site_links)
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
    return [line for line in (text or "").split("\n") if re.search(r"\w", line)]


def _align(blocks: list[Block], lines: list[str]) -> tuple[list[float], int]:
    """The share that trafilatura took of each block, and how many of its lines are in none."""
    likely = [b.facts is not None and b.facts.in_main and b.facts.link_share < 0.5 for b in blocks]
    found = align([b.raw for b in blocks], lines, likely)
    return found.shares, len(found.unfound)
