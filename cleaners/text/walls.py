"""Walls: pages that stand where an article should, such as a bot check, a login, "Page not found"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from cleaners.matching.match import Matcher, applies, matches
from cleaners.matching.ruleset import Rule
from cleaners.page import Block, Page
from cleaners.words import prose, sentence, width

QUOTED = 60
"""Characters of the line by which a wall was told that are quoted."""
_PARTS = regex.compile(r"\s+[|–—·•:»-]\s+|\s*[|]\s*")
"""What stands between a headline and the site's name in the title of a page."""


def walls(page: Page, matcher: Matcher) -> None:
    """All that is left of a page is a wall's, where rules for walls know most of it, or its headline, and no other line
    is prose.

    An article that quotes such a line, or a page that holds such a notice besides, has prose of its own. So has a
    standfirst. A poem or a table beside a notice is longer than it.
    """
    if page.wall:
        return
    own: list[Block] = []
    told: list[tuple[Block, Rule]] = []
    for block in page.blocks:
        if block.role == "chrome":
            continue
        if rule := _rule(page, matcher, block.text):
            told.append((block, rule))
        elif block.allowed or prose(block.text):
            return
        else:
            own.append(block)
    headline = _headline(page, matcher, told)
    kept = [(block, rule) for block, rule in told if block.kept]
    if kept and _size(b for b in own if b.kept) <= _size(b for b, _ in kept):
        line, rule = kept[0][0].text, kept[0][1]
    elif headline and not any(sentence(block.text) for block in own):
        line, rule = headline
    else:
        return
    page.wall = f"a {rule.wall} ({rule.id}: {line[:QUOTED]!r})"
    signed = {id(block): rule for block, rule in told}
    for block in page.kept():
        by = signed.get(id(block), rule)
        block.label("chrome", by.id)


def _rule(page: Page, matcher: Matcher, line: str) -> Rule | None:
    found = (rule for rule, _ in matches(matcher, line) if rule.does == "wall")
    return next((rule for rule in found if applies(rule, page.meta.language, page.meta.host)), None)


def _headline(page: Page, matcher: Matcher, told: Sequence[tuple[Block, Rule]]) -> tuple[str, Rule] | None:
    """What a rule for walls knows of the headline: of the title that the page states, less the site's name, and of the
    lines that are a title or a heading."""
    for part in _PARTS.split(page.meta.title or ""):
        if rule := _rule(page, matcher, part):
            return part, rule
    return next(((block.text, rule) for block, rule in told if block.role in ("title", "heading")), None)


def _size(blocks: Iterable[Block]) -> int:
    return sum(width(block.text) for block in blocks)
