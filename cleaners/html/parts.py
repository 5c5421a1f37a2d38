"""Several articles on one HTML page (several.py finds them): each is cut out and read as if it were a page of its own,
and the page is put together of them again.
"""

from __future__ import annotations

from bisect import bisect_right
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from cleaners.html.reading import Reading
from cleaners.html.said import said_of
from cleaners.html.several import opening_of, several
from cleaners.html.visible import elements, visible_blocks
from cleaners.page import Page


def split(reading: Reading) -> None:
    """Cuts the articles out, where the page holds several and trafilatura found text in what the page shows."""
    tree, page = reading.tree, reading.page
    if reading.document is None or reading.shown is not tree:
        return
    said = said_of(tree, page.meta)
    found = several(page.blocks, said, page.meta.locale)
    if not found:
        return
    opening = opening_of(page.blocks, found, said)
    by_number = elements(tree, {number for part in found for number in (part.first, part.last)})
    articles: list[Reading] = []
    for n, part in enumerate(found):
        fragment = cut_out(tree, by_number.get(part.first), by_number.get(part.last))
        blocks = visible_blocks(fragment, reading.host)
        if not blocks or [b.raw for b in blocks] != [b.raw for b in page.blocks[part.start : part.start + len(blocks)]]:
            return  # on the page, lines go on beyond the article: it is no element of its own
        if n == 0 and not opening and said.names(part.headline):  # the page's head is this article's
            fragment[0].extend(deepcopy(e) for e in tree.iter("title", "meta", "script") if _states(e))
        article = Reading(fragment, fragment, Page("html", blocks), page.meta.url, reading.host)
        article.part, article.around = part, page.meta
        articles.append(article)
    reading.articles = articles
    if opening:
        meta = page.meta if said.signed else replace(page.meta, authors=())  # else those of its articles
        reading.opening = Page("html", page.blocks[opening.start : opening.stop], meta=meta)


def signed(reading: Reading) -> None:
    """The headline, authors and day of one of several articles: those beside its prose, which leave the text."""
    part, blocks, own, around = reading.part, reading.page.blocks, reading.page.meta, reading.around
    if part is None:
        return
    own.title, own.authors, own.published = part.headline, own.authors or part.names, own.published or part.day
    if part.date is not None and part.day:
        blocks[part.date - part.start].label("date", "extract.signed_day", date=part.day)
    if part.byline is not None:
        blocks[part.byline - part.start].label("byline", "extract.signed_name", name=", ".join(part.names))
    own.language, own.region = around.language, around.region
    own.url, own.host, own.site = around.url, around.host, around.site


def join(reading: Reading) -> None:
    """Puts the page together of its articles, where each has text. What stands between them is chrome, and goes with
    the one above it."""
    page = reading.page
    if not reading.articles or not all(article.page.kept() for article in reading.articles):
        return
    between = {*range(len(page.blocks))}
    if reading.opening:
        page.parts.append(reading.opening)
        between -= {block.start for block in reading.opening.blocks}
    for article in reading.articles:
        for n, block in enumerate(article.page.blocks, article.part.start if article.part else 0):
            block.start = n
            page.blocks[n] = block
            between.discard(n)
        page.parts.append(article.page)
    for n in sorted(between):
        if page.blocks[n].kept:
            page.blocks[n].label("chrome", "extract.outside", "Beside the articles that the page holds.")
    starts = [part.blocks[0].start for part in page.parts]
    for block in page.blocks:
        block.article = max(0, bisect_right(starts, block.start) - 1)


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
    """Does an element of the head state something: a title, metadata, JSON-LD?"""
    return element.tag != "script" or "ld+json" in (element.get("type") or "").lower()
