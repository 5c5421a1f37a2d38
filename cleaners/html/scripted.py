"""Articles that stand only in a page's scripts: HTML in a string of the data that a script would show.

Only asked for where the page shows next to no prose without its scripts. LEAST_PARAGRAPHS and SHORTEST_TEXT
are set by hand: on 254 pages (regions.py says which) no line is another with 1 or 8, nor with 300 or 1,200. The others
are bounds on cost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml import etree

STRING = re.compile(r'"[^"\\]*+(?:\\(?:.|\Z)[^"\\]*+)*+(?:"|\Z)', re.S)
"""A string in a script. One that is never closed matches to the end, so that each letter is read once."""
PARAGRAPH = re.compile(r"<(?:p|br)\b", re.I)
MARKUP = re.compile(r"<[^<>]*>")
LEAST_PARAGRAPHS = 3  # tags <p> or <br> that the HTML of an article has
SHORTEST_TEXT = 600  # characters of the text of such an article
DEEPEST_JSON = 2  # levels of strings that hold JSON, inside strings of JSON
MOST_SCRIPT = 10_000_000  # characters of a page's scripts that are read; the rest is not


def scripted_html(tree: etree._Element) -> str:
    """The string with the longest text among the strings of the page's scripts that hold paragraphs; else ""."""
    left = MOST_SCRIPT
    best, size = "", SHORTEST_TEXT
    for script in tree.iter("script"):
        code = (script.text or "")[:left]
        left -= len(code)
        for text in _strings(code, DEEPEST_JSON):
            if len(PARAGRAPH.findall(text)) >= LEAST_PARAGRAPHS and (length := len(MARKUP.sub("", text))) > size:
                best, size = text, length
    return best


def _strings(code: str, deeper: int) -> Iterator[str]:
    """The long strings of JSON in a script that begin with a tag, and those inside strings that are JSON themselves."""
    for match in STRING.finditer(code):
        if len(match[0]) <= SHORTEST_TEXT:
            continue
        try:
            text = str(json.loads(match[0], strict=False))
        except (ValueError, RecursionError):
            continue
        if text.lstrip().startswith("<"):
            yield text
        elif deeper and '":' in text:
            yield from _strings(text, deeper - 1)
