"""The head of a page: its meta elements and <title>."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from cleaners.html.jsonld import text_of

NAMING = ("property", "name", "itemprop", "http-equiv")
"""Attributes that name what a meta element states, in this order."""

META_NAMES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("meta_names.toml").read_text(encoding="utf-8"))
"""By which names heads state what: meta_names.toml."""


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
