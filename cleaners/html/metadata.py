"""What a page says about itself: title, authors, date, language, address. Out of JSON-LD, its head and trafilatura."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from cleaners.dates import date_in, iso_date
from cleaners.html.authors import byline_in, clean_names, signed_in, stated_names
from cleaners.html.jsonld import Node, article_node, authors_of, stated_text, states_one, text_of
from cleaners.html.names import class_words, name_words
from cleaners.html.regions import facts_of, first_prose
from cleaners.page import Block, Meta, host_of
from cleaners.words import key

LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?$", re.I)
SUFFIX = re.compile(r"\s+[|\-–—•·»:]+\s+|\s*[|｜ㅣ»]\s*|_")  # between a headline and the site's name
PUBLISHED = class_words("published")
OTHERS = class_words("comments") | class_words("box") | class_words("inner_box")
ASIDE = frozenset({"aside", "nav"})
HEADLINES = frozenset({"h1", "h2", "h3"})
NO_TITLES = {key(text) for text in ("Untitled Document", "Untitled", "Home", "Homepage", "Index", "Start", "Document")}
NAMING = ("property", "name", "itemprop", "http-equiv")
"""Attributes that name what a meta element states, in this order."""
BYLINE = class_words("byline")
MOST_SIGNED = 8
"""Elements that name an author which are read; on a page that lists other articles there are many."""
NEWS = "NewsArticle"
SHORTEST_TITLE = 8  # letters and digits; a shorter piece of a <title> is the name of a site or section
HOME_LINKS = 10  # absolute links to one host that the page has at least, if that host is to be its own,
HOME_SHARE = 0.5  # and the share of all its absolute links that they exceed
BYLINE_NEAR = 12  # blocks above the prose that are searched for a byline without a class that marks it
AUTHOR_META = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "citation_author")
REGION = re.compile(r"[a-z]{2,3}[-_](?:[a-z]{4}[-_])?([a-z]{2})\b", re.I)
NO_LETTER = re.compile(r"[^a-z]+")
META_NAMES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("meta_names.toml").read_text(encoding="utf-8"))


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

    def is_site(self, text: str) -> bool:
        return key(text) in self.sites


def said_of(tree: etree._Element, meta: Meta) -> Said:
    """What a page says of itself, in its head and its JSON-LD."""
    head, node = _head(tree), article_node(tree)
    titles = (text_of(node.get("headline")), head.get("og:title", ""), head.get("<title>", ""))
    sites = (meta.site or "", head.get("application-name", ""), meta.host or "", (meta.host or "").partition(".")[0])
    return Said(
        titles=tuple(key(text) for text in titles if text),
        one=bool(node) or head.get("og:type", "").lower() in META_NAMES["one"] or states_one(tree),
        signed=any(name in head for name in AUTHOR_META),
        sites=frozenset(map(key, sites)) - {""},
    )


def read_meta(tree: etree._Element, blocks: list[Block], document: Any, url: str | None) -> Meta:
    """The page's metadata. `document` is trafilatura's (None where it found nothing), `url` the address if known."""
    head = _head(tree)
    node = article_node(tree)
    address = url or address_of(tree)
    host = host_of(address)
    site = head.get("og:site_name") or getattr(document, "sitename", None)
    prose, language, region = first_prose(blocks), _language(tree, head, node), _region(tree, head, host)
    published, modified = _stated_days(node, head, f"{language}-{region}" if language and region else language)
    names = (site or "", (host or "").partition(".")[0], host or "", head.get("application-name", ""))
    return Meta(
        title=_title(head, node, blocks, document, names),
        authors=_authors(tree, head, node, document, (site or "", host or "", head.get("og:site_name", "")))
        or byline_in(b.raw for b in blocks[max(0, prose - BYLINE_NEAR) : prose])
        or signed_in(b.raw for b in blocks),
        published=published or _shown_day(tree, blocks, prose),
        modified=modified,
        language=language,
        region=region,
        url=address,
        host=host,
        site=site,
        description=head.get("og:description") or head.get("description") or None,
        stated_text=stated_text(tree),
    )


def _head(tree: etree._Element) -> dict[str, str]:
    """{lower-case name or property: content} of the meta elements, the first of each, and "title"."""
    stated: dict[str, str] = {}
    for element in tree.iter("meta"):
        name, content = _name_of_meta(element), text_of(element.get("content"))
        if name and content:
            stated.setdefault(name, content)
    for element in tree.iter("title"):
        if text := text_of("".join(map(str, element.itertext()))):
            stated.setdefault("<title>", text)
            break
    return stated


def _name_of_meta(element: etree._Element) -> str:
    return next((name.strip().lower() for attribute in NAMING if (name := element.get(attribute))), "")


def _title(head: dict[str, str], node: Node, blocks: list[Block], document: Any, names: tuple[str, ...]) -> str | None:
    """The headline as the page shows it: the heading above the prose that a stated title (JSON-LD, og:title, <title>)
    holds, else its only h1 there. Where it shows none, the first stated title, without the site's `names`.

    A news site that states another headline than it shows, twice, means that one: the shown one is for its front page.
    """
    headline = text_of(node.get("headline"))
    stated = [text for text in (headline, head.get("og:title", ""), head.get("<title>", "")) if text]
    prose = first_prose(blocks)
    for barred in ({*map(key, names), *NO_TITLES}, NO_TITLES):  # some pages are called as their site is
        shown = [b for b in blocks if _is_headline(b, barred)]
        found = _stated_heading(shown, stated, prose)
        if not found and NEWS in str(node.get("@type")) and any(key(headline) in key(text) for text in stated[1:]):
            found = headline
        pieces = (_without_site(text, names) for text in (*stated, getattr(document, "title", None)) if text)
        found = found or _only_h1(shown, prose) or next((text for text in pieces if key(text) not in barred), None)
        if found:
            return next((text for text in stated if key(text) == key(found) and ":" in text), found)
    return None


def _is_headline(block: Block, barred: set[str]) -> bool:
    """Whether a block is a heading, and neither the site's name nor a word for a page without one."""
    return not HEADLINES.isdisjoint(facts_of(block).tags[-3:]) and bool(key(block.raw)) and key(block.raw) not in barred


def _stated_heading(shown: list[Block], stated: list[str], prose: int) -> str | None:
    """The heading that a stated title holds; of several (a section's name is often one) the last above the prose."""
    titles = [key(text) for text in stated]
    cut = [key(text) for text in stated if text.endswith(("…", "..."))]  # to a search engine's length
    found = [
        b
        for b in shown
        if (
            len(key(b.raw)) >= SHORTEST_TITLE
            and (
                any(t.startswith(key(b.raw)) or t.endswith(key(b.raw)) for t in titles)
                or any(key(b.raw).startswith(t) for t in cut)
            )
        )
        or key(b.raw) in titles
    ]
    above = [b for b in found if b.start < prose]
    best = above[-1] if above else found[0] if found else None
    return best.raw if best is not None else None


def _only_h1(shown: list[Block], prose: int) -> str | None:
    """The one h1 above the prose."""
    found = [b for b in shown if "h1" in facts_of(b).tags and b.start < prose]
    return found[0].raw if len(found) == 1 else None


def _without_site(title: str, names: tuple[str, ...]) -> str:
    """A title without the name of the site or section that follows the headline (or stands before it)."""
    pieces = [(title[: m.start()].strip(), title[m.end() :].strip()) for m in SUFFIX.finditer(title)]
    for name in filter(None, map(key, names)):
        for before, after in pieces:
            if key(after).startswith(name) and len(key(before)) >= SHORTEST_TITLE:
                return before
            if key(before) == name and len(key(after)) >= SHORTEST_TITLE:
                return after
    if pieces:
        before, after = pieces[-1]
        if len(key(before)) >= max(SHORTEST_TITLE, 2 * len(key(after))) and len(after.split()) <= 4:
            return before
    return title


def _authors(
    tree: etree._Element, head: dict[str, str], node: Node, document: Any, outlets: tuple[str, ...]
) -> tuple[str, ...]:
    """The first place that names people: JSON-LD, the head, rel="author", what trafilatura read in the byline."""
    if names := stated_names(authors_of(tree, node)):
        return names
    stated = next((name for name in AUTHOR_META if name in head), None)
    metas = (e for e in tree.iter("meta") if stated and _name_of_meta(e) == stated)
    signed = (e for e in tree.iter("a", "span", "div", "p", "cite", "address") if _names_author(e))
    own = (e for e in signed if len(e) == 0 and not any(map(_of_others, e.iterancestors())))
    places: tuple[list[str], ...] = (
        [text_of(e.get("content")) for e in metas],
        [text_of(e.text) for e in islice(own, MOST_SIGNED)],
        (getattr(document, "author", None) or "").split(";"),
    )
    for place in places:
        if names := clean_names(place, outlets):
            return names
    return ()


def _stated_days(node: Node, head: dict[str, str], locale: str | None) -> tuple[str | None, str | None]:
    """The days of publication and of the last change: what JSON-LD says of the article, else the head.

    What JSON-LD says of the page as a whole (WebPage) is not asked: that is when somebody made the page in the system.
    """
    doubtful = [text for name in META_NAMES["doubtful"] for meta, text in head.items() if _squeezed(meta) == name]
    found = []
    for kind, name, others in (("published", "datePublished", doubtful), ("modified", "dateModified", [])):
        ends = META_NAMES[kind]
        metas = [text for end in ends for meta, text in head.items() if _squeezed(meta).endswith(end)]
        days = (iso_date(t, locale) or date_in(t, locale) for t in (text_of(node.get(name)), *metas, *others) if t)
        found.append(next((day for day in days if day), None))
    return found[0], found[1]


def _squeezed(name: str) -> str:
    return NO_LETTER.sub("", name)


def _shown_day(tree: etree._Element, blocks: list[Block], prose: int) -> str | None:
    """The day that <time datetime> states: of those near above the prose the first in time, since pages are updated
    after they were published; else that of an element whose class or itemprop says that it is when this was published.
    """
    above = map(facts_of, blocks[max(0, prose - BYLINE_NEAR) : prose])
    moments = (moment for f in above if ASIDE.isdisjoint(f.tags) for moment in f.moments)
    days = [day for moment in moments if (day := iso_date(moment, None))]
    marked = (e for e in tree.iter("time", "abbr", "span") if not PUBLISHED.isdisjoint(_names(e)))
    own = (e for e in marked if not any(map(_of_others, e.iterancestors())))
    stated = (e.get("datetime") or e.get("content") or e.get("title") or "" for e in own)
    return min(days) if days else next((day for text in stated if (day := iso_date(text, None))), None)


def _names_author(element: etree._Element) -> bool:
    """Whether the page marks an element, or the one that it is the whole of, as the name of its author."""
    around = element.getparent()
    if around is not None and len(around) == 1 and not (around.text or "").strip() and _marks_author(around):
        return True
    return _marks_author(element)


def _marks_author(element: etree._Element) -> bool:
    if "author" in (element.get("rel") or "").split() or "author" in (element.get("itemprop") or "").lower().split():
        return True
    words = name_words(element.get("class") or "")
    return "name" in words and not BYLINE.isdisjoint(words)


def _of_others(element: etree._Element) -> bool:
    """Whether an element holds comments, other articles, or furniture."""
    return element.tag in ASIDE or not OTHERS.isdisjoint(_names(element))


def _names(element: etree._Element) -> frozenset[str]:
    return name_words(f"{element.get('class', '')} {element.get('itemprop', '')}")


def _language(tree: etree._Element, head: dict[str, str], node: Node) -> str | None:
    root = tree.getroottree().getroot()
    xml = root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    elsewhere = (text_of(node.get("inLanguage")), head.get("og:locale"))
    stated = (root.get("lang"), xml, head.get("content-language"), *elsewhere)
    for text in stated:
        if text and (m := LANGUAGE.match(text.strip())):
            return m[1].lower()
    return None


def _region(tree: etree._Element, head: dict[str, str], host: str | None) -> str | None:
    """The country whose way of writing the page's figures are in: of its language tag, else of its host's end."""
    root = tree.getroottree().getroot()
    stated = (root.get("lang"), head.get("og:locale"), head.get("content-language"))
    found = (m[1].lower() for text in stated if text and (m := REGION.match(text.strip())))
    return next(found, None) or META_NAMES["english"].get((host or "").rpartition(".")[2])


def address_of(tree: etree._Element) -> str | None:
    """The page's own address where it states an absolute one: canonical link, else og:url."""
    og = next((e.get("content") for e in tree.iter("meta") if e.get("property") == "og:url"), None)
    links = [e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    for text in (*links, og):
        if text and host_of(text) and text.strip().startswith(("http://", "https://")):
            return str(text.strip())
    base = next((e.get("href") for e in tree.iter("base") if e.get("href")), None)
    whole = [urljoin(base, text) for text in links if text and base and base.startswith(("http://", "https://"))]
    return whole[0] if whole else None


def home_of(tree: etree._Element) -> str | None:
    """The host to which most of the page's absolute links lead: its own, even where it states another address."""
    hosts = Counter(host_of(e.get("href")) for e in tree.iter("a") if (e.get("href") or "").startswith("http"))
    hosts.pop(None, None)
    best, links = hosts.most_common(1)[0] if hosts else (None, 0)
    return best if links >= HOME_LINKS and links > HOME_SHARE * hosts.total() else None
