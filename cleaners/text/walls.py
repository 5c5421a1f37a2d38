"""Walls: pages that stand where an article should, such as a bot check, a login, "Page not found"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from cleaners.matching.match import Matcher, applies, matches
from cleaners.matching.ruleset import Rule
from cleaners.page import Block, Page
from cleaners.words import prose, sentence, width, words

QUOTED = 60
"""Characters of the line that a rule for walls matches, which are quoted."""
HEADINGS = frozenset({"h1", "h2", "h3"})
HEADLINE = 4
"""Words of an h1 that is more than the site's name. (Set by hand, not measured.)"""
LINK = 0.5
"""Share of a line's letters in links, above which it is a link. (Set by hand, not measured.)"""
_PARTS = regex.compile(r"\s+[|–—·•:»-]\s+|\s*[|]\s*")
"""What stands between a headline and the site's name in the title of a page."""


def walls(page: Page, matcher: Matcher) -> None:
    """All that is left of a page is a wall's where rules for walls match most of it, or its headline, and no other line
    is prose. Links do not count: a menu stands around a wall as it does around an article. Where nothing but links is
    left, an extractor has taken the wall for furniture: then the page's headings count too.

    An article that quotes such a line, or a page that holds such a notice besides, has prose of its own. So has a
    standfirst. A poem or a table beside a notice is longer than it.
    """
    if page.wall:
        return
    others: list[Block] = []
    matched: list[tuple[Block, Rule]] = []
    only_links = all(map(_is_link, page.kept()))
    for block in page.blocks:
        if block.role == "chrome" and not (only_links and _is_heading(block)):
            continue
        if not block.code and (rule := _rule(page, matcher, block.text)):
            matched.append((block, rule))
        elif block.allowed or prose(block.text):
            return
        elif not _is_link(block):
            others.append(block)
    headline = _headline(page, matcher, matched)
    kept = [(block, rule) for block, rule in matched if block.kept]
    if kept and _size(b for b in others if b.kept) <= _size(b for b, _ in kept):
        line, rule = kept[0][0].text, kept[0][1]
    elif headline and not any(sentence(block.text) for block in others):
        line, rule = headline
    else:
        return
    page.wall = f"a{'n' if rule.wall == 'age check' else ''} {rule.wall} ({rule.id}: {line[:QUOTED]!r})"
    signed = {id(block): rule for block, rule in matched}
    for block in page.kept():
        by = signed.get(id(block), rule)
        block.label("chrome", by.id)


def _is_link(block: Block) -> bool:
    return block.facts is not None and block.facts.link_share > LINK


def _is_heading(block: Block) -> bool:
    return block.facts is not None and not HEADINGS.isdisjoint(block.facts.tags[-2:])


def _rule(page: Page, matcher: Matcher, line: str) -> Rule | None:
    found = (rule for rule, _ in matches(matcher, line) if rule.does == "wall")
    return next((rule for rule in found if applies(rule, page.meta.language, page.meta.host)), None)


def _headline(page: Page, matcher: Matcher, matched: Sequence[tuple[Block, Rule]]) -> tuple[str, Rule] | None:
    """What a rule for walls knows of the headline: of the title that the page states, less the site's name, and of the
    lines that are a title or a heading. Below an h1 of its own, which says more than the site's name, a page may have
    any headings."""
    for part in _PARTS.split(page.meta.title or ""):
        if rule := _rule(page, matcher, part):
            return part, rule
    known = {id(block) for block, _ in matched}
    if any(_is_h1(block) and id(block) not in known and words(block.text) >= HEADLINE for block in page.blocks):
        return None
    return next(
        ((block.text, rule) for block, rule in matched if block.role in ("title", "heading") or _is_heading(block)),
        None,
    )


def _is_h1(block: Block) -> bool:
    return block.facts is not None and "h1" in block.facts.tags[-2:]


def _size(blocks: Iterable[Block]) -> int:
    return sum(width(block.text) for block in blocks)
