"""What a page opens, never closes, and thereby hides: a comment, an attribute, a script, with all that is behind it."""

from __future__ import annotations

import re

from lxml import etree

from cleaners.html.names import BREAKING, SKIPPED
from cleaners.words import PROSE

SWALLOWERS = ("script", "style", "title", "textarea", "xmp", "plaintext", "iframe", "noembed", "noframes")
"""Elements whose content is not parsed as markup: if one is never closed, the rest of the page is inside it."""
HIDING = (SKIPPED | {"button"}) - {"head", *SWALLOWERS}
"""Other elements whose text is not taken into the article."""
FRAMING = ("aside", "footer")
"""Elements beside the text, which extractors leave out with all that is in them."""
ATTRIBUTE = re.compile(r"\s+[^\s<>=\"'/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?")
WHOLE_TAG = re.compile(rf"(?i)</?[a-z][^\s<>/]*(?:{ATTRIBUTE.pattern})*\s*/?>")
"""A tag whose attributes are closed: the last quote of `href="/?q="` ends its value, and opens none."""
OPENS_VALUE = re.compile(r"(?i)</?[a-z][^<>]*=\s*\Z")
LONGEST_TAG = 2_000
"""Characters of a tag that are searched for the quote that opens an attribute: a bound on cost."""
END_LENGTH = 40
"""Characters at the end of an element; one that ends as the source does has swallowed the rest of the page."""
_BLOCK = re.compile(rf"(?i)</?(?:{'|'.join(sorted(BREAKING, key=len, reverse=True))})\b[^<>]*>")


def shown(tree: etree._Element) -> int:
    """How many characters of a parsed page stand where they may be read: in nothing that hides its text."""
    size = 0
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            size += len((element.tail or "").strip())
        elif element.tag in SKIPPED or element.tag in HIDING or element.tag in SWALLOWERS:
            walker.skip_subtree()
        else:
            size += len((element.text or "").strip())
    return size


def closed(text: str, tree: etree._Element) -> str:
    """The source with what hides the rest of it closed where the next block begins; "" where nothing does.

    It looks for what holds the end tag of the page. It may be wrong: whether the page shows more that way decides.
    """
    return _element(text, tree) or _at_edge(text, tree) or _comment(text) or _attribute(text)


def _element(text: str, tree: etree._Element) -> str:
    for element in tree.iter(*SWALLOWERS):
        inside = element.text or ""
        if _ends_page(inside) and text[-2 * END_LENGTH :].rstrip().endswith(inside.rstrip()[-END_LENGTH:]):
            return _with_end_tag(text, element.tag) or _escaped(text, inside)
    return ""


def opened(text: str, tree: etree._Element) -> int:
    """Make an element that extractors leave out, is never closed, and so holds most of the page's prose, a plain
    one. How many there were."""
    folded = text.lower()
    found = [tag for tag in FRAMING if folded.count(f"<{tag}") > folded.count(f"</{tag}")]
    done = 0
    edge = tree.find("body")
    while edge is not None and found:
        if edge.tag in found and _prose_in(edge) > _prose_in(tree) / 2:
            edge.tag = "div"
            edge.attrib.clear()
            done += 1
        edge = next(edge.iterchildren(reversed=True), None)
    return done


def _prose_in(element: etree._Element) -> int:
    """Characters of its paragraphs of prose."""
    sizes = (len("".join(map(str, each.itertext())).strip()) for each in element.iter("p"))
    return sum(size for size in sizes if size >= PROSE)


def _escaped(text: str, inside: str) -> str:
    """A script that writes a script behind `<!--`: its first end tag ends only that, until `-->` stands before it."""
    begin = text.find(inside.strip()[:END_LENGTH])
    end = text.lower().find("</script", begin)
    return f"{text[:end]}-->{text[end:]}" if begin >= 0 and end >= 0 else ""


def _at_edge(text: str, tree: etree._Element) -> str:
    """An element that is not shown, and holds the last of the page's prose."""
    edge = tree.find("body")
    while edge is not None:
        edge = next(edge.iterchildren(reversed=True), None)
        if edge is not None and edge.tag in HIDING:
            prose = len("".join(map(str, edge.itertext())).strip()) >= PROSE
            return _with_end_tag(text, edge.tag) if prose else ""
    return ""


def _with_end_tag(text: str, tag: str) -> str:
    """The source with an end tag for the last of these elements, before the first block in it."""
    folded = text.lower()
    opened = folded.find(f"<{tag}", folded.rfind(f"</{tag}") + 1)
    inside = text.find(">", opened) + 1
    if opened < 0 or not inside or not _ends_page(text[inside:]):
        return ""
    if tag == "plaintext":  # nothing closes it
        return text[:opened] + text[inside:]
    first = _BLOCK.search(text, inside)
    place = first.start() if first else inside
    return f"{text[:place]}</{tag}>{text[place:]}"


def _comment(text: str) -> str:
    ended = max(text.rfind("-->"), text.rfind("--!>"))
    opened = text.find("<!--", ended + 1)
    if opened < 0 or _in_script(text, opened) or not _ends_page(text[opened:]) or ended == opened + 2:
        return ""
    first = _BLOCK.search(text, opened)
    place = first.start() if first else opened + len("<!--")
    return f"{text[:place]}-->{text[place:]}"


def _attribute(text: str) -> str:
    for mark in "\"'":
        quote = text.rfind(mark)
        opened = OPENS_VALUE.search(text, max(0, quote - LONGEST_TAG), quote) if quote >= 0 else None
        if opened and not WHOLE_TAG.match(text, opened.start()) and not _in_script(text, quote):
            end = re.compile("[<>]").search(text, quote)
            if end and _ends_page(text[quote:]):
                close = mark if end[0] == ">" else f"{mark}>"
                return text[: end.start()] + close + text[end.start() :]
    return ""


def _in_script(text: str, place: int) -> bool:
    return text.rfind("<script", 0, place) > text.rfind("</script", 0, place)


def _ends_page(text: str) -> bool:
    folded = text.lower()
    return "</body" in folded or "</html" in folded
