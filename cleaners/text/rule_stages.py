"""The stages that apply rules: certain ones first, those of the edges when the zones are known, tails last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from cleaners.matching.match import Matcher, applies, cuts, matches, rule_key
from cleaners.matching.ruleset import Rule
from cleaners.page import Block, Page
from cleaners.words import prose, sentence, words

FURNITURE = 0.6
"""Share of lines that rules know, from which on a page without prose is taken for a login wall or a menu."""

LINKED = 0.5
"""Share of a line's letters in links, from which on a rule takes the line for a link with its label."""
HEADLINE = 4
"""Words of a link that may be a headline."""
QUOTED = 40
"""Characters of the line that ends an article which are quoted as the reason of each line behind it."""
LINK_BAR = regex.compile(r"[|·•›»/ ]*[|·•][|·•›»/ ]*")

Match = tuple[int, Block, Rule, dict[str, str]]


def allow(page: Page, matcher: Matcher) -> None:
    """The lines that the user's list allows stay in the text, whatever rules and stages say of them.

    They are told as the source has them or as they read after their repair; a line that has no key, by its characters.
    """
    allowed = {rule_key(line) or line.strip() for line in matcher.index.rules.allow} - {""}
    if not allowed:
        return
    for block in page.blocks:
        if not allowed.isdisjoint(rule_key(text) or text.strip() for text in (block.raw, block.text)):
            block.label(block.role if block.kept else "body", "allow")
            block.allowed = True


def certain(page: Page, matcher: Matcher) -> None:
    """Chrome inside a line, and whole lines that are what the rule says wherever they stand."""
    for block in page.kept():
        _cut(page, block, matcher)
    for _, block, rule, parts in _matching(page, page.blocks, matcher):
        if rule.does == "role" and rule.where == "anywhere":
            _sign(block, rule, parts)
    for block in page.blocks:
        if block.role == "caption" and not block.parts:  # the page's own markup says caption; a rule finds the credit
            block.parts = next((p for r, p in matches(matcher, block.text) if r.role == "caption" and p), {})


def _cut(page: Page, block: Block, matcher: Matcher) -> None:
    found = [(s, e, r) for r, s, e in cuts(matcher, block.text) if applies(r, page.meta.language, page.meta.host)]
    for start, end, rule in sorted(found, reverse=True, key=lambda f: f[:2]):
        text = block.text
        if end > len(text):  # overlaps one that is cut already
            continue
        if text[start - 1 : start] == " " and (end == len(text) or text[end] in " ,."):
            start -= 1  # leave no double space, and none before a full stop
        elif start == 0 and text[end : end + 1] == " ":
            end += 1
        block.edit([(start, end, "")], rule.id, cut=True)
        if not block.text:
            _sign(block, rule, {})


def edges(page: Page, matcher: Matcher) -> None:
    """Lines that are chrome, a byline or a date only before the first or behind the last prose of an article."""
    for blocks in page.articles():
        span = _prose_span(blocks)
        if span is None:
            if page.kind == "text":
                _no_prose(page, blocks, matcher)
            continue
        for zones, part in ((("head", "edge"), blocks[: span[0]]), (("tail", "edge"), blocks[span[1] + 1 :])):
            for _, block, rule, parts in _matching(page, part, matcher):
                if rule.does == "role" and rule.where in zones:
                    _sign(block, rule, parts)
        for at, block, rule, parts in _matching(page, blocks[span[0] : span[1] + 1], matcher):
            if rule.role == "chrome" and rule.does != "cut" and _labels_link(blocks[span[0] + at + 1 :][:1]):
                _sign(block, rule, parts)
        _outermost_bars(blocks[: span[0]])
        _outermost_bars(blocks[: span[1] : -1])


def _prose_span(blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Positions of the first and the last block of prose that is still kept, or None. Outside it lie the edges.

    Where there is no prose at all (a list, a poem, a table) there are no edges either: nothing is near enough to
    the site's furniture to be taken for it.
    """
    found = [n for n, block in enumerate(blocks) if block.kept and prose(block.text)]
    return (found[0], found[-1]) if found else None


def _outermost_bars(part: Sequence[Block]) -> None:
    """A row of pipes or dots that nothing kept stands outside of is what is left of a bar of links."""
    for block in part:
        if block.kept and not LINK_BAR.fullmatch(block.text):
            return
        if block.kept:
            block.label("chrome", "edges.link_bar")


def _no_prose(page: Page, blocks: Sequence[Block], matcher: Matcher) -> None:
    """A list, a poem or a table has no edges. But where most lines are the site's, and none is a sentence, all are."""
    found = [(b, rule, parts) for _, b, rule, parts in _matching(page, blocks, matcher) if rule.does == "role"]
    furniture = {b.start for b, rule, _ in found if rule.role == "chrome"}
    taken = [b for b in blocks if b.role == "chrome"]
    kept = [b for b in blocks if b.kept]
    rest = [b for b in kept if b.start not in furniture]
    share = (len(furniture) + len(taken)) / max(1, len(kept) + len(taken))
    if share < FURNITURE or any(sentence(b.text) for b in rest):
        return
    for block, rule, parts in found:
        _sign(block, rule, parts)
    for block in rest:
        block.label("chrome", "edges.no_prose")


def ends(page: Page, matcher: Matcher) -> None:
    """A line such as "Related Posts" ends its article, with all that follows: only where no prose follows."""
    for blocks in page.articles():
        span = _prose_span(blocks)
        if span is None:
            continue
        for at, block, rule, parts in _matching(page, blocks, matcher):
            if rule.does == "end" and at > span[0] and (rule.prose_after or at > span[1]):
                _sign(block, rule, parts)
                for other in blocks[at + 1 :]:
                    if other.kept:
                        other.label("chrome", rule.id, f"Behind {block.text[:QUOTED]!r}.")
                break


def _matching(page: Page, blocks: Sequence[Block], matcher: Matcher) -> Iterator[Match]:
    previous: str | None = None
    for at, block in enumerate(blocks):
        if not block.kept:
            continue
        if not block.allowed:
            for rule, parts in matches(matcher, block.text, previous):
                if applies(rule, page.meta.language, page.meta.host) and (_linked(block) or not rule.linked):
                    yield at, block, rule, parts
        previous = block.text


def _linked(block: Block) -> bool:
    return block.facts is not None and block.facts.link_share >= LINKED


def _labels_link(below: Sequence[Block]) -> bool:
    """Is the block below a headline that is a link, and was not extracted? Then the line above it is its label."""
    return any(not b.kept and b.by == "extract.outside" and _linked(b) and words(b.text) >= HEADLINE for b in below)


def _sign(block: Block, rule: Rule, parts: dict[str, str]) -> None:
    if block.kept:  # the first rule that matches signs
        block.label(rule.role if rule.does == "role" else "chrome", rule.id, **parts)
