"""An HTML document while it is read: what the steps of `READ` in `pipeline` hand on to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from cleaners.html.several import Part
from cleaners.page import Meta, Page


@dataclass(slots=True)
class Reading:
    """A page, and what is known of its source. One of several articles on a page is read as a page of its own."""

    tree: etree._Element
    """The parsed source; of one of several articles, a document of nothing but its elements."""
    shown: etree._Element
    """What holds the text: `tree`, or where that shows none, the text in its scripts."""
    page: Page
    """Its blocks are those of `shown`."""
    url: str | None
    """Its address, where the caller knows it."""
    host: str | None
    """The site that it belongs to: links there are links within the site."""
    too_big: bool = False
    """Too big for trafilatura, which is not asked then."""
    document: Any = None
    """What trafilatura extracted; None where it found nothing or was not asked."""
    unfound: list[int] = field(default_factory=list)
    """The lines of that, by number, that stand in no block."""
    articles: list[Reading] = field(default_factory=list)
    """The articles that it holds, where they are several."""
    opening: Page | None = None
    """What stands above the first of these and belongs to the page as a whole."""
    part: Part | None = None
    """Of one of several articles: where it lies on the page, and who signs it."""
    around: Meta = field(default_factory=Meta)
    """Of one of several articles: the metadata of the page that it stands on."""
