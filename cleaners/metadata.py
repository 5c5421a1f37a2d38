"""What a page says about itself: title, authors, date, language, address, out of its head, JSON-LD and trafilatura."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from .page import Meta


def read_meta(tree: etree._Element, document: Any, url: str | None) -> Meta:
    """The page's metadata. `document` is trafilatura's, or None."""
    if document is None:
        return Meta(url=url, host=urlsplit(url).hostname if url else None)
    authors = tuple(a.strip() for a in (document.author or "").split(";") if a.strip())
    return Meta(
        title=document.title,
        authors=authors,
        published=document.date,
        url=url or document.url,
        host=document.hostname,
        site=document.sitename,
        description=document.description,
    )
