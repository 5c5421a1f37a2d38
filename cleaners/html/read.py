"""An HTML document as a page: its visible blocks, labelled as far as extractors took them, and its metadata.

All visible blocks stay in the page, in document order. What trafilatura took is body, the rest is chrome signed
"extract.outside"; the stages of HTML in `pipeline` then correct what it wrongly dropped or kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from copy import deepcopy
from dataclasses import replace
from itertools import accumulate

from lxml import etree

from cleaners.html import voices
from cleaners.html.align import Alignment
from cleaners.html.jsonld import empty_giants
from cleaners.html.metadata import address_of, home_of, read_meta
from cleaners.html.parse import parse
from cleaners.html.regions import is_long, size_of
from cleaners.html.said import said_of
from cleaners.html.scripted import scripted_html
from cleaners.html.several import Part, opening_of, several
from cleaners.html.visible import elements, visible_blocks
from cleaners.page import Block, Meta, Page, host_of
from cleaners.words import key

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
    page = Page("html", blocks, meta=read_meta(tree, blocks, url), closed=closed)
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
        fragment = cut_out(tree, places.get(part.first), places.get(part.last))
        blocks = visible_blocks(fragment, host)
        if not blocks or [b.raw for b in blocks] != [b.raw for b in page.blocks[part.start : part.start + len(blocks)]]:
            return  # on the page, lines go on beyond the article: it is no element of its own
        if n == 0 and not opening and said.names(part.headline):
            fragment[0].extend(deepcopy(e) for e in tree.iter("title", "meta", "script") if _states(e))
        alone.append(_read_alone(fragment, blocks, page.meta, part))
    if not all(part.kept() for part in alone):
        return
    whole = page.meta if said.signed else replace(page.meta, authors=())  # else those of its articles
    page.parts = [Page("html", page.blocks[opening.start : opening.stop], meta=whole)] if opening else []
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


def _read_alone(fragment: etree._Element, blocks: list[Block], meta: Meta, part: Part) -> Page:
    """One of several articles as a page of its own, with what is known of it."""
    document = voices.ask(fragment, meta.url)
    voices.take(blocks, voices.find(blocks, voices.lines_of(document)).shares)
    voices.look_for_more(fragment, meta.url, blocks)
    voices.keep_all(blocks)
    own = read_meta(fragment, blocks, meta.url)
    own.title, own.authors, own.published = part.headline, own.authors or part.names, own.published or part.day
    if part.date is not None and part.day:
        blocks[part.date - part.start].label("date", "extract.signed_day", date=part.day)
    if part.byline is not None:
        blocks[part.byline - part.start].label("byline", "extract.signed_name", name=", ".join(part.names))
    own.language, own.region, own.url, own.host, own.site = meta.language, meta.region, meta.url, meta.host, meta.site
    return Page("html", blocks, meta=own)


def cut_out(tree: etree._Element, first: etree._Element | None, last: etree._Element | None) -> etree._Element:
    """A page of nothing but the elements from the first to the last, where these stand side by side; else of nothing at
    all."""
    whole = etree.Element("html")
    whole.attrib.update(tree.attrib)
    etree.SubElement(whole, "head")
    body = etree.SubElement(whole, "body")
    if first is None or last is None or first.getparent() is not last.getparent():
        return whole
    inside: etree._Element | None = first
    while inside is not None:
        body.append(deepcopy(inside))
        inside = inside.getnext() if inside is not last else None
    if first is last:
        body[-1].tail = None
    return whole


def _states(element: etree._Element) -> bool:
    return element.tag != "script" or "ld+json" in (element.get("type") or "").lower()


def _labelled(tree: etree._Element, host: str | None, blocks: list[Block], lines: list[str]) -> list[Block]:
    """The blocks labelled by the lines that a voice (an extractor) took. Where most of those lines are hidden on the
    page, the hidden blocks are added; where they stand in no block at all, they become the blocks."""
    found = voices.find(blocks, lines)
    _run_together(blocks, lines, found)
    if len(found.unfound) > UNSEEN * len(lines):
        blocks = visible_blocks(tree, host, hidden=True)
        found = voices.find(blocks, lines)
    if len(found.unfound) > UNSEEN * len(lines):  # the text stands in a script alone
        blocks = [Block(line, n) for n, line in enumerate(lines)]
        found.shares = [1.0] * len(blocks)
    voices.take(blocks, found.shares)
    return blocks


def _run_together(blocks: list[Block], lines: list[str], found: Alignment) -> None:
    """Finds the lines that are several blocks in one, where most lines stand in no block: a voice runs items of a list
    together, and where one says what the next does, no word tells which is which."""
    if len(found.unfound) <= UNSEEN * len(lines):
        return
    keys = [key(block.raw) for block in blocks]
    shown, starts = "".join(keys), [0, *accumulate(map(len, keys))]
    unfound, behind = [], 0
    for n in found.unfound:
        own = key(lines[n])
        place = max(shown.find(own, behind), shown.find(own))
        if place < 0:
            unfound.append(n)
            continue
        behind = place + len(own)
        inside = range(bisect_right(starts, place) - 1, bisect_left(starts, behind))
        for block in inside if own else ():
            found.shares[block] = 1.0
    found.unfound = unfound
