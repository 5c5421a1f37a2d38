"""An HTML document as a page: its visible blocks, labelled as far as extractors took them, and its metadata.

All visible blocks stay in the page, in document order. What trafilatura took is body, the rest is chrome signed
"extract.outside"; the stages of HTML in `pipeline` then correct what it wrongly dropped or kept.
"""

from __future__ import annotations

from bisect import bisect_right
from copy import deepcopy

from lxml import etree

from cleaners.html import voices
from cleaners.html.jsonld import empty_giants
from cleaners.html.metadata import address_of, home_of, read_meta, said_of
from cleaners.html.parse import parse
from cleaners.html.regions import is_long, size_of
from cleaners.html.scripted import scripted_html
from cleaners.html.several import Part, opening_of, several
from cleaners.html.visible import elements, visible_blocks
from cleaners.page import Block, Meta, Page, host_of

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
    page = Page("html", blocks, meta=read_meta(tree, blocks, document, url), closed=closed)
    if document is not None and whole is tree:
        _tell_apart(page, tree, host)
    return page


def _tell_apart(page: Page, tree: etree._Element, host: str | None) -> None:
    """Where the page holds several articles, each is read as if it were a page of its own; what stands between them is
    chrome, and goes with the one above it."""
    said = said_of(tree, page.meta)
    found = several(page.blocks, said, page.meta.locale)
    if not found:
        return
    opening = opening_of(page.blocks, found, said)
    places = elements(tree, {number for part in found for number in (part.first, part.last)})
    alone: list[Page] = []
    for n, part in enumerate(found):
        head = n == 0 and not opening and said.names(part.headline)
        fragment = cut_out(tree, places[part.first], places[part.last], head=head)
        alone.append(_read_alone(fragment, page.meta, part, host))
        if [b.raw for b in alone[n].blocks] != [b.raw for b in page.blocks[part.start :][: len(alone[n].blocks)]]:
            return
    if not all(part.kept() for part in alone):
        return
    page.parts = [Page("html", page.blocks[opening.start : opening.stop], meta=page.meta)] if opening else []
    between = {*range(len(page.blocks))} - {*opening}
    for part, one in zip(found, alone, strict=True):
        for n, block in enumerate(one.blocks, part.start):
            block.start = n
            page.blocks[n] = block
            between.discard(n)
        page.parts.append(one)
    voices.leave_out(page.blocks[n] for n in sorted(between))
    starts = [part.blocks[0].start for part in page.parts]
    for block in page.blocks:
        block.article = max(0, bisect_right(starts, block.start) - 1)


def _read_alone(fragment: etree._Element, meta: Meta, part: Part, host: str | None) -> Page:
    """One of several articles as a page of its own, with what is known of it."""
    blocks = visible_blocks(fragment, host)
    document = voices.ask(fragment, meta.url)
    voices.take(blocks, voices.find(blocks, voices.lines_of(document)).shares)
    voices.look_for_more(fragment, meta.url, blocks)
    voices.keep_all(blocks)
    own = read_meta(fragment, blocks, document, meta.url)
    named = tuple(part.says("byline").split(", ")) if part.says("byline") else ()
    own.title, own.authors = part.headline, own.authors or named
    own.published = own.published or part.says("date") or None
    for place, role, said in part.signed:
        line = blocks[place - part.start]
        if line.kept:
            line.label(role, "extract.signed", **{"name" if role == "byline" else "date": said})
    own.language, own.region, own.url, own.host, own.site = meta.language, meta.region, meta.url, meta.host, meta.site
    return Page("html", blocks, meta=own)


def cut_out(tree: etree._Element, first: etree._Element, last: etree._Element, *, head: bool) -> etree._Element:
    """A page of nothing but the elements from the first to the last, which stand side by side. With `head`, it has the
    head and the JSON-LD of the page, too."""
    whole = etree.Element("html")
    whole.attrib.update(tree.attrib)
    top, body = etree.SubElement(whole, "head"), etree.SubElement(whole, "body")
    if head:
        top.extend(deepcopy(e) for e in tree.iter("title", "meta", "script") if _states(e))
    inside = first
    while True:
        body.append(deepcopy(inside))
        following = inside.getnext()
        if inside is last or following is None:
            break
        inside = following
    if first is last:
        body[-1].tail = None
    return whole


def _states(element: etree._Element) -> bool:
    return element.tag != "script" or "ld+json" in (element.get("type") or "").lower()


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
