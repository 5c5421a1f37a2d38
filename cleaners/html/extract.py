"""The HTML route: a page's visible blocks, labelled by what trafilatura extracted and by what the page itself marks.

All visible blocks stay in the page, in document order. What trafilatura took keeps the role body or heading, the
rest is chrome signed "extract.outside"; then structure puts right what trafilatura dropped or left.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import Any

import trafilatura
from lxml import etree

from cleaners.html.align import align
from cleaners.html.furniture import strip_furniture
from cleaners.html.jsonld import empty_giants, stated_text
from cleaners.html.marks import mark
from cleaners.html.metadata import address_of, home_of, host_of, read_meta
from cleaners.html.notes import lift_notes
from cleaners.html.parse import parse
from cleaners.html.regions import facts_of, is_prose, size_of
from cleaners.html.rejoin import THIN, keep_container, keep_prose, missed, rejoin
from cleaners.html.scripted import scripted_html
from cleaners.html.stated import hold_to_stated
from cleaners.html.visible import survey, word_set
from cleaners.page import Block, Page

FOUND = 0.6  # share of a block's words in trafilatura's lines from which on the block counts as taken
UNSEEN = 0.5  # share of trafilatura's lines that are in no visible block, from which on the page hides its article
TOO_MANY = etree.XPath("count(//*) > 20000")  # elements: trafilatura needs quadratic time, 30 s for 80,000 paragraphs
PARTS = word_set("main article section nav aside header footer form figure table")  # of a page, that say what they are
MOST_TEXT = 3_000_000  # characters that it is asked about: a shelf of novels
LATEST = "2100-01-01"  # a fixed last day for dates: the output must not depend on the day of the run

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def extract(html: str, url: str | None = None) -> Page:
    """The labelled page of an HTML document: every visible block, with role, signature and facts.

    A page that shows no text has no blocks. Raises NotText where the source cannot be parsed as HTML.
    """
    tree = whole = parse(html)
    empty_giants(tree)
    host = home_of(tree) or host_of(url or address_of(tree))
    blocks, site_links = survey(whole, host)
    if size_of(b for b in blocks if is_prose(b)) < THIN and (scripted := scripted_html(tree)):
        whole = parse(f"<html><body><article>{scripted}</article></body></html>")
        blocks, site_links = survey(whole, host)
    too_big = bool(TOO_MANY(whole)) or size_of(blocks) > MOST_TEXT
    document = None if too_big else _voice(whole, url) or (_voice(tree, url) if whole is not tree else None)
    lines = _lines(document)
    shares, unfound = _align(blocks, lines)
    if lines and unfound > UNSEEN * len(lines):
        blocks, site_links = survey(whole, host, hidden=True)
        shares, unfound = _align(blocks, lines)
    if lines and unfound > UNSEEN * len(lines):  # the text stands in a script alone
        blocks = [Block(line, n) for n, line in enumerate(lines)]
        site_links, shares = [0.0] * len(blocks), [1.0] * len(blocks)
    _label(blocks, shares, asked=not too_big)
    if too_big:
        keep_prose(blocks)
    elif missed(blocks):
        _repair(whole, url, blocks)
    page = Page("html", blocks, meta=read_meta(tree, blocks, document, url))
    rejoin(blocks)
    mark(blocks, page.meta)
    hold_to_stated(blocks, stated_text(tree))
    strip_furniture(blocks, site_links)
    lift_notes(blocks, page.meta)
    return page


def _voice(tree: etree._Element, url: str | None, *, recall: bool = False) -> Any:
    """trafilatura's document (text and metadata), or None where it found nothing or failed."""
    try:
        return trafilatura.bare_extraction(
            tree,
            url=url,
            include_comments=False,
            favor_recall=recall,
            with_metadata=not recall,
            date_extraction_params={"original_date": True, "extensive_search": True, "max_date": LATEST},
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


def _label(blocks: list[Block], shares: list[float], *, asked: bool) -> None:
    for block, share in zip(blocks, shares, strict=True):
        if share >= FOUND:
            block.label("body", "")
        else:
            facts = facts_of(block)
            percent = round(100 * share) if asked else None
            block.label("chrome", "extract.outside", _outside(percent, facts.tags, facts.in_main))


@lru_cache(maxsize=4096)  # the places of a page are few, and the same from page to page of a site
def _outside(percent: int | None, tags: tuple[str, ...], in_main: bool) -> str:
    """Where a block stands, and the share of its words that trafilatura took (None: it was not asked). Short: a page
    has hundreds of them in its record."""
    part = next((f", in <{tag}>" for tag in reversed(tags) if tag in PARTS), "")
    took = "not asked" if percent is None else f"{percent} %"
    return f"{'Inside' if in_main else 'Outside'} main{part}; trafilatura {took}."


def _repair(tree: etree._Element, url: str | None, blocks: list[Block]) -> None:
    """Where trafilatura missed the article: its mode that favours recall, and then the main element itself."""
    shares, _ = _align(blocks, _lines(_voice(tree, url, recall=True)))
    for block, share in zip(blocks, shares, strict=True):
        if share >= FOUND and not block.kept:
            block.label("body", "extract.recall")
    if missed(blocks):
        keep_container(blocks)
