"""What a page says of itself as a whole: whether it is one thing, who signs it, what it and its site are called."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from cleaners.html.head import META_NAMES, read_head
from cleaners.html.jsonld import article_node, states_one, text_of
from cleaners.page import Meta
from cleaners.words import key


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of itself as a whole."""

    titles: tuple[str, ...]
    """The titles that it states, compared by letters and digits alone."""
    one: bool
    """It says that it is one thing: an article, a live blog, a thread, a product."""
    signed: bool
    """Its head names an author."""
    sites: frozenset[str]
    """Names of its site, so compared."""

    def names(self, headline: str) -> bool:
        """Whether a stated title is, or begins or ends with, a headline."""
        own = key(headline)
        return bool(own) and any(own in (t, t[: len(own)], t[-len(own) :]) for t in self.titles)

    def goes_on(self, headline: str) -> bool:
        """Whether a stated title begins or ends with a headline, and says more, as the name of the site."""
        return self.names(headline) and any(len(t) > len(key(headline)) for t in self.titles)

    def is_site(self, text: str) -> bool:
        return key(text) in self.sites


def said_of(tree: etree._Element, meta: Meta) -> Said:
    """What a page says of itself, in its head and its JSON-LD."""
    head, node = read_head(tree), article_node(tree)
    titles = (text_of(node.get("headline")), head.get("og:title", ""), head.get("<title>", ""))
    sites = (meta.site or "", head.get("application-name", ""), meta.host or "", (meta.host or "").partition(".")[0])
    return Said(
        titles=tuple(key(text) for text in titles if text),
        one=bool(node) or head.get("og:type", "").lower() in META_NAMES["one"] or states_one(tree),
        signed=any(name in head for name in META_NAMES["authors"]),
        sites=frozenset(map(key, sites)) - {""},
    )
