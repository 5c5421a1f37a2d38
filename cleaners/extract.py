"""The HTML route: a page's visible blocks, labelled by what trafilatura extracted and by what the page itself marks.

All visible blocks stay in the page, in document order. What trafilatura took keeps the role body or heading, the
rest is chrome signed "extract.outside"; then structure puts right what trafilatura dropped or left.
"""

from __future__ import annotations

import logging
import re
from typing import Any

import trafilatura
from lxml import etree
from lxml.html import HTMLParser, document_fromstring
from trafilatura.utils import load_html

from cleaners.align import align
from cleaners.furniture import strip_furniture
from cleaners.marks import mark
from cleaners.metadata import address_of, host_of, read_meta
from cleaners.page import Block, NotText, Page
from cleaners.rejoin import keep_container, missed, rejoin
from cleaners.visible import survey

FOUND = 0.6  # share of a block's words in trafilatura's lines from which on the block counts as taken
UNSEEN = 0.5  # share of trafilatura's lines that are in no visible block, from which on the page hides its article
LATEST = "2100-01-01"  # a fixed last day for dates: the output must not depend on the day of the run
TOO_DEEP = etree.XPath("boolean(//*[count(ancestor::*) > 250])")  # the parser gives up near there, with all below
FAR_TOO_DEEP = etree.XPath("boolean(//*[count(ancestor::*) > 2000])")  # and even the parser for huge pages there
NESTING = re.compile(
    r"</?(?!(?:script|style|head|title|noscript|template|textarea|select|svg|iframe|h[1-6]|br|html|body)\b)[a-z][^<>]*>",
    re.I,
)
"""Tags that nest. Each replaced by <p>, which closes the one before it, the page is flat."""
INVALID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

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
    whole = _parse_deep(html) if TOO_DEEP(tree) else tree
    document = _voice(whole, url) or _voice(tree, url)
    lines = _lines(document)
    blocks, site_links = survey(whole, host)
    shares, unfound = _align(blocks, lines)
    if lines and unfound > UNSEEN * len(lines):
        blocks, site_links = survey(whole, host, hidden=True)
        shares, unfound = _align(blocks, lines)
    if lines and unfound > UNSEEN * len(lines):  # the text stands in a script alone
        blocks = [Block(line, n) for n, line in enumerate(lines)]
        site_links, shares = [0.0] * len(blocks), [1.0] * len(blocks)
    _label(blocks, shares)
    if missed(blocks):
        _repair(whole, url, blocks)
    page = Page("html", blocks, meta=read_meta(tree, blocks, document, url))
    rejoin(blocks)
    mark(blocks, page.meta)
    strip_furniture(blocks, site_links)
    return page


def _parse(html: str) -> etree._Element | None:
    """The parsed page, or None. A fragment is wrapped into a page; what no reader can see is taken out."""
    text = INVALID.sub("", html)
    for attempt in (text, f"<html><head></head><body>{text}</body></html>"):
        try:
            tree: etree._Element | None = load_html(attempt)
        except Exception:  # a parser's own errors are many and of no use to the caller
            continue
        if tree is not None:
            return tree
    return None


def _parse_deep(html: str) -> etree._Element:
    """The parsed page with all that is nested too deep for the usual parser."""
    text = INVALID.sub("", html)
    tree = _parse_huge(text)
    return _parse_huge(NESTING.sub("<p>", text)) if FAR_TOO_DEEP(tree) else tree


def _parse_huge(text: str) -> etree._Element:
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    return document_fromstring(text.encode() or b"<p>", parser=parser)


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


def _label(blocks: list[Block], shares: list[float]) -> None:
    for block, share in zip(blocks, shares, strict=True):
        if share >= FOUND:
            block.label("body", "")
        else:
            block.label("chrome", "extract.outside")


def _repair(tree: etree._Element, url: str | None, blocks: list[Block]) -> None:
    """Where trafilatura missed the article: its mode that favours recall, and then the main element itself."""
    shares, _ = _align(blocks, _lines(_voice(tree, url, recall=True)))
    for block, share in zip(blocks, shares, strict=True):
        if share >= FOUND and not block.kept:
            block.label("body", "extract.recall", "found when looking for more")
    if missed(blocks):
        keep_container(blocks)
