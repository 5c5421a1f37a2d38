"""HTML to a tree that holds all of its text. What a parser would drop silently is put back.

libxml2 stops at 256 levels of nesting (2,048 when told that the page is huge) with all that is below and behind, puts
what follows `</html>` into trees of its own, and needs quadratic time for an element of many attributes.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from cleaners.html.unclosed import ATTRIBUTE, closed, opened, shown
from cleaners.page import NotText

MOST_ATTRIBUTES = 200
"""Attributes of one element that are kept; parsing more takes quadratic time, and no page needs them."""
FAR_TOO_DEEP = etree.XPath("boolean(//*[count(ancestor::*) > 1000])")
"""Deeper nesting makes extractors slow, long before the parser for huge pages stops at 2,048."""

INVALID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DOCTYPE = re.compile(r"(?i)\A\s*<!doctype[^<>]*>")
LONG_TAG = re.compile(r"(?i)<[a-z][^<>]{1000,}")
NESTING = re.compile(
    r"(?i)(?:</?(?!(?:script|style|head|title|meta|link|base|noscript|template|textarea|select|svg|iframe|h[1-6]|br|"
    r"html|body)\b)[a-z][^<>]*>\s*)+"
)
"""Runs of tags that nest. With each replaced by <p>, which closes the <p> before it, the page becomes flat."""
SHADOW = {"shadowrootmode", "shadowroot"}
"""Attributes of a template that browsers show, inside the element it stands in; the second is its older name."""
MOST_CLOSED = 4
"""Things left open that are closed one after the other. A page that leaves more is read as far as it shows: a
bound on cost."""


def parse(html: str) -> tuple[etree._Element, int]:
    """The root of the parsed page, without comments, and how many things left open were closed on the way: a comment,
    an attribute or an element that hid all that stands behind it. A fragment is wrapped into a page.

    Raises NotText where the source is no HTML, and where text is nested deeper than any parser goes.
    """
    text = LONG_TAG.sub(_fewer_attributes, DOCTYPE.sub("", INVALID.sub("", html)))
    tree = _whole(text)
    for done in range(MOST_CLOSED):
        mended = closed(text, tree)
        other = _whole(mended) if mended else tree
        if not mended or shown(other) <= shown(tree):
            return tree, done + opened(text, tree)
        text, tree = mended, other
    return tree, MOST_CLOSED + opened(text, tree)


def _whole(text: str) -> etree._Element:
    """The root of a page, however deep it is nested."""
    tree, stopped = _parsed(text, huge=False)
    if stopped:
        tree, stopped = parse_huge(text)
        if stopped or FAR_TOO_DEEP(tree):
            tree, stopped = parse_huge(NESTING.sub("<p>", text))
    if stopped:
        raise NotText(f"no parser reaches the end of this page ({stopped}): extract its text first")
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
    for template in list(tree.iter("template")):
        if not SHADOW.isdisjoint(template.keys()):
            template.tag = "div"
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
