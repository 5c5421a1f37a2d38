"""An HTML document as a page: its visible blocks, in document order, and its metadata.

All visible blocks stay in the page. Which of them are the article's is for the steps and stages in `pipeline` to say.
"""

from __future__ import annotations

from lxml import etree

from cleaners.html.jsonld import empty_giants
from cleaners.html.metadata import address_of, home_of, read_meta
from cleaners.html.parse import parse
from cleaners.html.reading import Reading
from cleaners.html.regions import THIN, is_long, size_of
from cleaners.html.scripted import scripted_html
from cleaners.html.visible import visible_blocks
from cleaners.page import Page, host_of

TOO_MANY_ELEMENTS = etree.XPath(
    "count(//*) > 20000"
)  # elements: trafilatura needs quadratic time, 30 s for 80,000 paragraphs
LONGEST_PAGE = 3_000_000  # characters of visible text; a longer page does not go to trafilatura


def opened(html: str, url: str | None) -> Reading:
    """An HTML document parsed, with every visible block and its facts. No block is labelled yet.

    Where it shows no prose, the blocks are those of the text in its scripts. A page that shows no text has no blocks.
    Raises NotText where the source cannot be parsed as HTML.
    """
    tree, closed = parse(html)
    shown = tree
    empty_giants(tree)
    host = home_of(tree) or host_of(url or address_of(tree))
    blocks = visible_blocks(shown, host)
    if size_of(b for b in blocks if is_long(b)) < THIN and (scripted := scripted_html(tree)):
        shown, _ = parse(f"<html><body><article>{scripted}</article></body></html>")
        blocks = visible_blocks(shown, host)
    too_big = bool(TOO_MANY_ELEMENTS(shown)) or size_of(blocks) > LONGEST_PAGE
    return Reading(tree, shown, Page("html", blocks, closed=closed), url, host, too_big)


def metadata(reading: Reading) -> None:
    """What the page says of itself."""
    reading.page.meta = read_meta(reading.tree, reading.page.blocks, reading.url)
