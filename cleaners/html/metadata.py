"""What a page says about itself: title, authors, date, language, address. Out of JSON-LD, its head, what it shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urljoin

import regex
from lxml import etree

from cleaners.dates import date_in, iso_date
from cleaners.html.bylines import authors_in
from cleaners.html.head import META_NAMES, read_head
from cleaners.html.headline import HEADLINES, site_in, title_of
from cleaners.html.jsonld import Node, article_node, stated_text, text_of
from cleaners.html.names import class_words
from cleaners.html.regions import ASIDE, NEAR_PROSE, facts_of, first_prose, names_of, of_other_day, of_others
from cleaners.matching.fragments import expand
from cleaners.page import Block, Meta, host_of
from cleaners.words import sentence, words

LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?$", re.I)
PUBLISHED = class_words("published")
CHANGED = class_words("updated")
HOME_LINKS = 10  # absolute links to one host that the page has at least, if that host is to be its own,
HOME_SHARE = 0.5  # and the share of all its absolute links that they exceed (both set by hand)
REGION = re.compile(r"[a-z]{2,3}[-_](?:[a-z]{4}[-_])?([a-z]{2})\b", re.I)
UPDATED = regex.compile(expand(r"(?i)(?<!\p{Latin})(?&updated)(?!\p{Latin})"))
OTHER_DAY = regex.compile(expand("(?&just_other_day)"))
BEFORE_DAY = regex.compile(r"(?=\d)")
MOST_WORDS = 8
"""Words of a line with a full stop that may state the day of publication: 'Published on Monday, 3 May 2021.'. (A guard:
on 413 pages with gold no day is right or wrong because of it.)"""
NO_LETTER = re.compile(r"[^a-z]+")


def read_meta(tree: etree._Element, blocks: list[Block], url: str | None) -> Meta:
    """The page's metadata. `url` is its address, where that is known."""
    head = read_head(tree)
    node = article_node(tree)
    address = url or address_of(tree)
    host = host_of(address)
    site = head.get("og:site_name") or site_in(head.get("<title>", ""))
    prose, language, region = first_prose(blocks), _language(tree, head, node), _region(tree, head, host)
    published, modified = _stated_days(node, head, f"{language}-{region}" if language and region else language)
    shown, updated = _shown_days(tree, blocks, prose)
    days = [day for day in (*published, shown) if day]
    names = (site or "", (host or "").partition(".")[0], host or "", head.get("application-name", ""))
    title = title_of(head, node, blocks, names)
    return Meta(
        title=title,
        authors=authors_in(tree, node, blocks, title, (site or "", host or "")),
        published=next(iter(days), None),
        other_days=tuple(days[1:]),
        modified=next(iter(modified), updated),
        language=language,
        region=region,
        url=address,
        host=host,
        site=site,
        description=head.get("og:description") or head.get("description") or None,
        stated_text=stated_text(tree),
    )


def _stated_days(node: Node, head: dict[str, str], locale: str | None) -> tuple[list[str], list[str]]:
    """The days of publication and of the last change: what JSON-LD says of the article, then what the head says.

    What JSON-LD says of the page as a whole (WebPage) is not asked: that is when somebody made the page in the system.
    """
    doubtful = [text for name in META_NAMES["doubtful"] for meta, text in head.items() if _squeezed(meta) == name]
    found = []
    for kind, name, others in (("published", "datePublished", doubtful), ("modified", "dateModified", [])):
        ends = META_NAMES[kind]
        metas = [text for end in ends for meta, text in head.items() if _squeezed(meta).endswith(end)]
        days = (iso_date(t, locale) or date_in(t, locale) for t in (*_strings(node, name), *metas, *others) if t)
        found.append(list(dict.fromkeys(day for day in days if day)))
    return found[0], found[1]


def _strings(node: Node, name: str) -> list[str]:
    """What an entry of JSON-LD says under a name; of the day of publication, when it was written says it as well."""
    values = [node.get(each) for each in (name, "dateCreated")[: 1 + (name == "datePublished")]]
    return [text_of(each) for value in values for each in (value if isinstance(value, list) else [value])]


def _squeezed(name: str) -> str:
    return NO_LETTER.sub("", name)


def _shown_days(tree: etree._Element, blocks: list[Block], prose: int) -> tuple[str | None, str | None]:
    """The days of publication and of the last change that <time datetime> states: of those near above the prose the
    first in time, since pages are updated after they were published; else that of an element whose class or itemprop
    says that it is when this was published."""
    published, updated = set[str](), set[str]()
    for block in blocks[max(0, prose - NEAR_PROSE) : prose]:
        days = {day for moment in facts_of(block).moments if (day := iso_date(moment, None))}
        lead = BEFORE_DAY.split(block.raw)[0]
        if days and _may_state_day(block, blocks) and not OTHER_DAY.search(lead):
            (updated if len(days) == 1 and UPDATED.search(lead) else published).update(days)
    changed = {day for e in tree.iter("time") if _says_changed(e) and (day := iso_date(e.get("datetime") or "", None))}
    if changed < published:  # where others stand beside it; alone, it may be all that the page states
        updated |= changed & published
        published -= changed
    marked = (e for e in tree.iter("time", "abbr", "span") if not PUBLISHED.isdisjoint(names_of(e)))
    own = (e for e in marked if not any(map(of_others, e.iterancestors())))
    stated = (e.get("datetime") or e.get("content") or e.get("title") or "" for e in own)
    first = min(published, default=None) or next((day for text in stated if (day := iso_date(text, None))), None)
    return first, max(updated, default=None)


def _says_changed(element: etree._Element) -> bool:
    names = names_of(element)
    return not CHANGED.isdisjoint(names) and PUBLISHED.isdisjoint(names)


def _may_state_day(block: Block, blocks: Sequence[Block]) -> bool:
    """May this line state the day of publication? No line of the site's frame, which states today's, and no sentence,
    which may state any."""
    facts = facts_of(block)
    if of_other_day(block):
        return False
    if not ASIDE.isdisjoint(facts.tags) or (sentence(block.raw) and words(block.raw) > MOST_WORDS):
        return False
    if "header" not in facts.tags or not {"article", "main"}.isdisjoint(facts.tags):
        return True
    own = facts.inside[facts.tags.index("header")]
    return any(own in facts_of(b).inside for b in blocks if not HEADLINES.isdisjoint(facts_of(b).tags))


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
    """The country in whose way the page writes days and figures: that of its language tag, else of its host's
    ending."""
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
