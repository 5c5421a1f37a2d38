"""HTML to a tree that holds all of its text. What a parser would drop silently is put back, or the page is refused.

libxml2 stops at 256 levels of nesting (2,048 when told that the page is huge) with all that is below and behind, puts
what follows `</html>` into trees of its own, and needs quadratic time for an element of many attributes.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from cleaners.html.names import SKIPPED
from cleaners.page import NotText
from cleaners.words import PROSE

MOST_ATTRIBUTES = 200
"""Attributes of one element that are kept; parsing more takes quadratic time, and no page needs them."""
FAR_TOO_DEEP = etree.XPath("boolean(//*[count(ancestor::*) > 1000])")
"""Deeper nesting makes extractors slow, long before the parser for huge pages stops at 2,048."""

INVALID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DOCTYPE = re.compile(r"(?i)\A\s*<!doctype[^<>]*>")
LONG_TAG = re.compile(r"(?i)<[a-z][^<>]{1000,}")
ATTRIBUTE = re.compile(r"\s+[^\s<>=\"'/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?")
NESTING = re.compile(
    r"(?i)(?:</?(?!(?:script|style|head|title|meta|link|base|noscript|template|textarea|select|svg|iframe|h[1-6]|br|"
    r"html|body)\b)[a-z][^<>]*>\s*)+"
)
"""Runs of tags that nest. With each replaced by <p>, which closes the <p> before it, the page becomes flat."""
SWALLOWERS = ("script", "style", "title", "textarea", "xmp", "plaintext", "iframe", "noembed", "noframes")
"""Elements whose content is not parsed as markup: if one is never closed, the rest of the page is inside it."""
HIDING = (SKIPPED | {"button"}) - {"head", *SWALLOWERS}
"""Other elements whose text is not taken into the article."""
WHOLE_TAG = re.compile(rf"(?i)<[a-z][^\s<>/]*(?:{ATTRIBUTE.pattern})*\s*/?>")
"""A tag whose attributes are closed: the last quote of `href="/?q="` ends its value, and opens none."""
OPENS_VALUE = re.compile(r"(?i)<[a-z][^<>]*=\s*\Z")
LONGEST_TAG = 2_000
"""Characters of a tag that are searched for the quote that opens an attribute."""
END_LENGTH = 40
"""Characters at the end of the source; an element that holds them has swallowed the rest of the page."""


def parse(html: str) -> etree._Element:
    """The root of the parsed page, without comments. A fragment is wrapped into a page.

    Raises NotText where the source is no HTML, where something that is opened and never closed takes in the rest of
    the page, and where text is nested deeper than any parser goes.
    """
    text = LONG_TAG.sub(_fewer_attributes, DOCTYPE.sub("", INVALID.sub("", html)))
    tree, stopped = _parsed(text, huge=False)
    if stopped:
        tree, stopped = parse_huge(text)
        if stopped or FAR_TOO_DEEP(tree):
            tree, stopped = parse_huge(NESTING.sub("<p>", text))
    if stopped:
        raise NotText(f"no parser reaches the end of this page ({stopped}): extract its text first")
    if opened := _swallows(text, tree):
        raise NotText(f"{opened} is opened in this page and never closed, and takes in the rest of it: mend the page")
    return tree


def parse_huge(text: str) -> tuple[etree._Element, str]:
    """The root of a page that may be nested 2,000 deep, and why the parser stopped before its end ("": it did not)."""
    return _parsed(text, huge=True)


def _parsed(text: str, *, huge: bool) -> tuple[etree._Element, str]:
    parser = HTMLParser(huge_tree=huge, collect_ids=False, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:  # nothing in it but comments
        return document_fromstring("<html><head></head><body></body></html>"), ""
    except (etree.LxmlError, ValueError) as error:
        raise NotText(f"the source could not be parsed as HTML ({error}): is it text?") from None
    for other in list(tree.itersiblings("html")):
        _append(tree, other)
    if tree.find("head") is None:
        tree.insert(0, etree.SubElement(tree, "head"))
    fatal = parser.error_log.filter_from_fatals()
    return tree, str(fatal[0].message) if len(fatal) else ""


def _append(tree: etree._Element, other: etree._Element) -> None:
    """What stands behind the end tag of the page belongs to its body, as in a browser."""
    body = tree.find("body")
    if body is None:
        body = etree.SubElement(tree, "body")
    other.tag = "div"
    for part in list(other):
        if part.tag == "body":
            part.tag = "div"
        elif part.tag == "head":
            other.remove(part)
    body.append(other)


def _fewer_attributes(tag: re.Match[str]) -> str:
    found = list(ATTRIBUTE.finditer(tag[0]))
    return tag[0] if len(found) <= MOST_ATTRIBUTES else tag[0][: found[MOST_ATTRIBUTES].start()]


def _swallows(text: str, tree: etree._Element) -> str:
    """The name of what is opened and never closed, with the end tag of the page inside it; or ""."""
    end = text[-END_LENGTH:].strip()
    for element in tree.iter(*SWALLOWERS):
        inside = element.text or ""
        if inside[-2 * END_LENGTH :].strip().endswith(end) and _ends_page(inside):
            return f"<{element.tag}>"
    if hidden := _unclosed_at_edge(text, tree):
        return hidden
    comment = text.rfind("<!--")
    if comment >= 0 and text.find("-->", comment + 2) < 0 and text.find("--!>", comment) < 0:
        return "a comment" if not _in_script(text, comment) and _ends_page(text[comment:]) else ""
    for mark in "\"'":
        quote = text.rfind(mark)
        opened = OPENS_VALUE.search(text, max(0, quote - LONGEST_TAG), quote)
        if opened and not WHOLE_TAG.match(text, opened.start()) and not _in_script(text, quote):
            return "an attribute" if _ends_page(text[quote:]) else ""
    return ""


def _unclosed_at_edge(text: str, tree: etree._Element) -> str:
    """An element that is not shown, is never closed, and holds the last of the page's prose; or ""."""
    edge = tree.find("body")
    while edge is not None:
        edge = next(edge.iterchildren(reversed=True), None)
        if edge is not None and edge.tag in HIDING:
            behind = text[text.rfind(f"<{edge.tag}") :]
            prose = len("".join(map(str, edge.itertext())).strip()) >= PROSE
            return f"<{edge.tag}>" if prose and f"</{edge.tag}" not in behind.lower() and _ends_page(behind) else ""
    return ""


def _in_script(text: str, place: int) -> bool:
    return text.rfind("<script", 0, place) > text.rfind("</script", 0, place)


def _ends_page(text: str) -> bool:
    folded = text.lower()
    return "</body" in folded or "</html" in folded
