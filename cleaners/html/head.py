"""The head of a page: its meta elements and <title>."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from cleaners.html.jsonld import text_of

NAMING = ("property", "name", "itemprop", "http-equiv")
"""Attributes that name what a meta element states, in this order."""


def metas(tree: etree._Element) -> Iterator[tuple[str, str]]:
    """(lower-case name or property, content) of the meta elements that have both."""
    for element in tree.iter("meta"):
        name = next((name.strip().lower() for attribute in NAMING if (name := element.get(attribute))), "")
        content = text_of(element.get("content"))
        if name and content:
            yield name, content


def read_head(tree: etree._Element) -> dict[str, str]:
    """{name or property: content} of the meta elements, the first of each, and "<title>"."""
    stated: dict[str, str] = {}
    for name, content in metas(tree):
        stated.setdefault(name, content)
    for element in tree.iter("title"):
        if text := text_of("".join(map(str, element.itertext()))):
            stated.setdefault("<title>", text)
            break
    return stated
