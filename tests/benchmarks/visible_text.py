"""All text that a browser would show of an HTML page, as a naive dump: what the text route is trained and tried on."""

from __future__ import annotations

import re

import lxml.html

LINE = {
    "article", "aside", "br", "dd", "details", "div", "dt", "fieldset", "figcaption", "footer", "form", "header", "hr",
    "legend", "li", "main", "nav", "table", "tr",
}  # fmt: skip
PARAGRAPH = {
    "blockquote", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "title", "ul",
}  # fmt: skip
HIDDEN = {"script", "style", "template"}
_SPACE = re.compile(r"\s+")


def visible_text(source: bytes) -> str:
    """One line a block, a blank line around paragraphs, headings and lists."""
    try:
        source.decode("utf-8")
        parser = lxml.html.HTMLParser(encoding="utf-8")
    except UnicodeDecodeError:
        parser = lxml.html.HTMLParser()
    out: list[str] = []
    breaks = 0
    stack: list[tuple[lxml.html.HtmlElement, bool]] = [(lxml.html.document_fromstring(source, parser=parser), False)]

    def add(text: str | None) -> None:
        nonlocal breaks
        text = _SPACE.sub(" ", text or "").strip()
        if not text:
            return
        if out and breaks:
            out.append("\n" * breaks)
        elif out and text[0] not in ",:;.!?)" and out[-1][-1] != "(":
            out.append(" ")
        breaks = 0
        out.append(text)

    while stack:
        element, done = stack.pop()
        shown = isinstance(element.tag, str) and element.tag not in HIDDEN
        if shown:
            breaks = max(breaks, 2 if element.tag in PARAGRAPH else element.tag in LINE)
        if done or not shown:
            add(element.tail)
            continue
        add(element.text)
        stack.append((element, True))
        stack += ((child, False) for child in reversed(element))
    return "".join(out)
