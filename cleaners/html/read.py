"""An HTML document as a page: its visible blocks, labelled as far as extractors took them, and its metadata.

All visible blocks stay in the page, in document order. What trafilatura took is body, the rest is chrome signed
"extract.outside"; the stages of HTML in `pipeline` then correct what it wrongly dropped or kept.
"""

from __future__ import annotations

from lxml import etree

from cleaners.html import voices
from cleaners.html.jsonld import empty_giants
from cleaners.html.metadata import address_of, home_of, read_meta
from cleaners.html.parse import parse
from cleaners.html.regions import is_long, size_of
from cleaners.html.scripted import scripted_html
from cleaners.html.visible import visible_blocks
from cleaners.page import Block, Page, host_of

UNSEEN = 0.5  # share of trafilatura's lines; where more are in no visible block, the page hides its article
TOO_MANY_ELEMENTS = etree.XPath(
    "count(//*) > 20000"
)  # elements: trafilatura needs quadratic time, 30 s for 80,000 paragraphs
LONGEST_PAGE = 3_000_000  # characters of visible text; a longer page does not go to trafilatura


def read(html: str, url: str | None = None) -> Page:
    """The page of an HTML document: every visible block, with signature and facts.

    A page that shows no text has no blocks. Raises NotText where the source cannot be parsed as HTML.
    """
    tree, closed = parse(html)
    whole = tree
    empty_giants(tree)
    host = home_of(tree) or host_of(url or address_of(tree))
    blocks = visible_blocks(whole, host)
    if size_of(b for b in blocks if is_long(b)) < voices.THIN and (scripted := scripted_html(tree)):
        whole, _ = parse(f"<html><body><article>{scripted}</article></body></html>")
        blocks = visible_blocks(whole, host)
    if TOO_MANY_ELEMENTS(whole) or size_of(blocks) > LONGEST_PAGE:
        document = None
        voices.keep_prose(blocks)
    else:
        document = voices.ask(whole, url) or (voices.ask(tree, url) if whole is not tree else None)
        blocks = _labelled(whole, host, blocks, voices.lines_of(document))
        voices.look_for_more(whole, url, blocks)
    return Page("html", blocks, meta=read_meta(tree, blocks, url), closed=closed)


def _labelled(tree: etree._Element, host: str | None, blocks: list[Block], lines: list[str]) -> list[Block]:
    """The blocks labelled by the lines that a voice (an extractor) took. Where most of those lines are hidden on the
    page, the hidden blocks are added; where they stand in no block at all, they become the blocks."""
    found = voices.find(blocks, lines)
    if lines and len(found.unfound) > UNSEEN * len(lines):
        blocks = visible_blocks(tree, host, hidden=True)
        found = voices.find(blocks, lines)
    if lines and len(found.unfound) > UNSEEN * len(lines):  # the text stands in a script alone
        blocks = [Block(line, n) for n, line in enumerate(lines)]
        found.shares = [1.0] * len(blocks)
    voices.take(blocks, found.shares)
    return blocks
