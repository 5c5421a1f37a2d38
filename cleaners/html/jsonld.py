"""The article's own entry in a page's JSON-LD: what the site tells search engines about it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from cleaners.html.names import word_set
from cleaners.words import key

# @type of what an article page is about; "NewsArticle", "BlogPosting", "ReportageNewsArticle", "Report" …
ARTICLE = re.compile(r"(?:Article|Posting|Report|Story|Review|CreativeWork)$")
OTHERS = word_set(
    "mentions itemListElement review reviews hasPart isPartOf about citation isBasedOn comment relatedLink subjectOf "
    "associatedMedia acceptedAnswer suggestedAnswer"
)
"""Properties whose values are other things than the page is about: what they state is not of its article."""
PAGE = re.compile(r"(?:Web|Item|About)Page$")
TRAILING = re.compile(r",(?=\s*[}\]])")
ORGANIZATION = re.compile(r"Organi[sz]ation|Corporation|Brand")
WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$")
ONE = re.compile(r"(?:LiveBlogPosting|DiscussionForumPosting|QAPage|FAQPage|Product|Recipe|HowTo)$")
"""@type of a page that is one thing, however many headlines, authors and days it shows."""
CONTROL = re.compile(r"[\x00-\x1f]+")
BREAKS = re.compile(r"</?(?:p|br|div|li|ul|h[1-6])\b[^<>]*>", re.I)
MARKUP = re.compile(r"</?[a-z][^<>]*>", re.I)
MOST_NODES = 20_000  # objects and lists of a page's JSON-LD that are read: a bound on cost
MOST_TITLES = 10  # elements that may hold the headline (a bound on cost)
LONGEST_SCRIPT = 1_000_000  # characters of a JSON script; trafilatura needs 130 bytes of memory for each character

Node = dict[str, Any]


def empty_giants(tree: etree._Element) -> None:
    """Empty the JSON scripts that are longer than LONGEST_SCRIPT, before anything reads them."""
    for script in tree.iter("script"):
        if "+json" in (script.get("type") or "").lower() and len(script.text or "") > LONGEST_SCRIPT:
            script.text = None


def article_node(tree: etree._Element) -> Node:
    """The first entry of an article type that has a headline, else the first of an article type, else {}. Of several
    with headlines, as a page has them that lists other articles, the one whose headline a title of the page begins or
    ends with, if there is one."""
    found = [node for node in _nodes(tree, OTHERS) if _is_article(node)]
    named = [node for node in found if text_of(node.get("headline"))]
    if len({key(text_of(node["headline"])) for node in named}) > 1:
        titles = [key(text) for text in _titles(tree)]
        named.sort(key=lambda node: not any(_is_end(key(text_of(node["headline"])), title) for title in titles))
    return next(iter(named or found), {})


def _is_end(headline: str, title: str) -> bool:
    return bool(headline) and (title.startswith(headline) or title.endswith(headline))


def _titles(tree: etree._Element) -> list[str]:
    """The page's <title> and og:title, and the texts of its h1."""
    stated = [e.get("content") or "" for e in tree.iter("meta") if e.get("property") == "og:title"]
    shown = ["".join(map(str, e.itertext())) for e in islice(tree.iter("title", "h1"), MOST_TITLES)]
    return [text_of(text) for text in (*stated, *shown)]


def text_of(value: Any) -> str:
    """A string out of JSON, without markup entities and surplus space; "" for everything that is no string."""
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def names_of(value: Any) -> list[str]:
    """The names in an author entry: a string, an object with a name, or a list of those."""
    names: list[str] = []
    for each in _listed(value)[:50]:
        if isinstance(each, str):
            names.append(text_of(each))
        elif isinstance(each, dict):
            inner = each.get("name") or " ".join(text_of(each.get(part)) for part in ("givenName", "familyName"))
            names += [text_of(n) for n in (inner if isinstance(inner, list) else [inner])]
    return [name for name in names if name]


def _listed(value: Any) -> list[Any]:
    """The values of a list, and of the lists in it; a value alone as a list."""
    values = value if isinstance(value, list) else [value]
    return [inner for each in values for inner in (each if isinstance(each, list) else [each])]


def stated_text(tree: etree._Element) -> str:
    """The longest `articleBody` of the page's article entries, without markup; "" where none is stated."""
    texts = [node["articleBody"] for node in _nodes(tree) if isinstance(node.get("articleBody"), str)]
    whole = max(texts, key=len, default="")
    return MARKUP.sub(" ", BREAKS.sub("\n", html.unescape(whole))) if whole else ""


def authors_of(tree: etree._Element, node: Node) -> list[str]:
    """The names of an article's authors, in their order; one that is only referred to (`@id`) is looked up on the page.
    A creator counts as well: the author may be an organization. Where the page has no entry of an article's, whoever
    the page's own refers to wrote it."""
    values = [*_listed(node.get("author")), *_listed(node.get("creator"))]
    if not node:
        pages = [each for each in _nodes(tree, OTHERS) if _is_a(PAGE, each)]
        values = [each for page in pages for each in _listed(page.get("author")) if isinstance(each, dict)]
    wanted: dict[str, list[str]] = {each["@id"]: [] for each in values if isinstance(each, dict) and _refers(each)}
    for entry in _nodes(tree) if wanted else ():
        if isinstance(entry.get("@id"), str) and entry["@id"] in wanted and "name" in entry:
            wanted[entry["@id"]] = names_of(entry)
    found = [wanted[each["@id"]] if isinstance(each, dict) and _refers(each) else names_of(each) for each in values]
    return list(dict.fromkeys(name for names in found for name in names))


def _refers(value: Node) -> bool:
    return isinstance(value.get("@id"), str) and not names_of(value)


def authors_in_json(text: str) -> list[str]:
    """The names in an object of JSON that a meta holds: {"author": "Ann Marsh"}."""
    found = _load(text)
    values = [found.get(each) for each in ("author", "authors")] if isinstance(found, dict) else []
    return [name for value in values for name in names_of(value)]


def states_one(tree: etree._Element) -> bool:
    """Whether the page says that it is a live blog, a thread, a product, or another thing that is no article."""
    return any(_is_a(ONE, node) for node in _nodes(tree))


def organizations_of(tree: etree._Element, node: Node) -> list[str]:
    """The names of an article's publisher, and of those of its authors that are organizations."""
    author = node.get("author") or node.get("creator")
    found = [each for each in _listed(author) if isinstance(each, dict) and ORGANIZATION.search(str(each.get("@type")))]
    return [*names_of(node.get("publisher")), *names_of(found)]


def _is_article(node: Node) -> bool:
    return _is_a(ARTICLE, node)


def _is_a(kind: re.Pattern[str], node: Node) -> bool:
    stated = node.get("@type")
    kinds = stated if isinstance(stated, list) else [stated]
    return any(isinstance(each, str) and kind.search(each) for each in kinds)


def _nodes(tree: etree._Element, but: frozenset[str] = frozenset()) -> Iterator[Node]:
    """All objects of the page's JSON-LD, outer ones first, in the order in which they stand; none below the properties
    `but`."""
    left = MOST_NODES
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        stack: list[Any] = [_load(script.text or "")]
        while stack and left:
            left -= 1
            value = stack.pop()
            if isinstance(value, dict):
                yield value
            values = value if isinstance(value, list) else _values(value, but)
            stack += [each for each in reversed(values) if isinstance(each, (dict, list))]


def _values(value: Any, but: frozenset[str]) -> list[Any]:
    return [each for name, each in value.items() if name not in but] if isinstance(value, dict) else []


def _load(text: str) -> Any:
    """The parsed JSON, or None. Line ends inside strings, comment marks around it, and a comma behind the last
    entry are common and forgiven."""
    plain = CONTROL.sub(" ", WRAPPING.sub("", WRAPPING.sub("", text)))
    for attempt in (text, plain, TRAILING.sub("", plain)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None
