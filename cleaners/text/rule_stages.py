"""The stages that apply rules: those for any place first, those for the edges next, those that end an article last.

Rules know lines of prose and of sites. A line of code may say the same (`comments:`, `# Read more`), and is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from cleaners.matching.match import Matcher, applies, cuts, matches, rule_key
from cleaners.matching.ruleset import Rule
from cleaners.page import Block, Page
from cleaners.text.page_lines import BY_SCORER, running
from cleaners.words import PROSE, fold, prose, sentence, tokens, width, words, words_mostly

FURNITURE = 0.6
"""A page without prose of whose lines rules know this share or more is taken for a login wall or a menu."""

LINKED = 0.5
"""A line with this share or more of its letters in links counts as a link to the rules for linked lines."""
HEADLINE = 4
"""Words of the shortest link that may be a headline. (Set by hand, not measured.)"""
QUOTED = 40
"""Characters of the line that ends an article; as many are quoted in the reason of each line behind it."""
CORE, LEAST_CORE = 5, 3
"""Letters of a word that are looked for in the words of the prose, and of the shortest word that is."""
ITEMS = frozenset({"li", "dt", "dd", "td", "th", "pre"})
"""Elements whose text is one item among others."""
NEAR = 2
"""Innermost elements of a block that are asked: the item, or a paragraph in it. (Pages were laid out in tables.)"""
LINK_BAR = regex.compile(r"[|·•›»/ ]*[|·•][|·•›»/ ]*")

Match = tuple[int, Block, Rule, dict[str, str]]


def allow(page: Page, matcher: Matcher) -> None:
    """The lines that the user's list allows stay in the text, whatever rules and stages say of them.

    A line is compared as it is in the source and as it reads after repair, on its rule key; where it has none (too few
    letters), character by character.
    """
    allowed = {rule_key(line) or line.strip() for line in matcher.rules.allow} - {""}
    if not allowed:
        return
    for block in page.blocks:
        if not allowed.isdisjoint(rule_key(text) or text.strip() for text in (block.raw, block.text)):
            block.label(block.role if block.kept else "body", "allow")
            block.allowed = True


def certain(page: Page, matcher: Matcher) -> None:
    """Chrome inside a line, and whole lines that are what the rule says wherever they stand."""
    for block in page.kept():
        if not block.code:
            _cut(page, block, matcher)
    for _, block, rule, parts in _matching(page, page.blocks, matcher):
        if rule.does == "role" and rule.where == "anywhere":
            _sign(block, rule, parts)
    for block in page.blocks:
        if block.role == "caption" and not block.parts:  # the page's own markup says caption; a rule finds the credit
            block.parts = next((p for r, p in matches(matcher, block.text) if r.role == "caption" and p), {})


def _cut(page: Page, block: Block, matcher: Matcher) -> None:
    found = [(s, e, r) for r, s, e in cuts(matcher, block.text) if applies(r, page.language(block), page.meta.host)]
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
        for zones, part in (
            (("head", "edge", "between"), blocks[: span[0]]),
            (("tail", "edge", "between"), blocks[span[1] + 1 :]),
        ):
            for _, block, rule, parts in _matching(page, part, matcher):
                if rule.does == "role" and rule.where in zones and (rule.where != "between" or _alone(block)):
                    _sign(block, rule, parts)
        prose_text = "\n".join(fold(b.text) for b in blocks if b.kept and prose(b.text))
        for place, block, rule, parts in _matching(page, blocks[span[0] : span[1] + 1], matcher):
            if (
                rule.does == "role"
                and (rule.between or rule.where == "between")
                and _alone(block)
                and not _in_prose(block, prose_text)
            ):
                _sign(block, rule, parts)
            if (
                rule.role == "chrome"
                and rule.does in ("role", "end")
                and _labels_link(blocks[span[0] + place + 1 :][:1])
            ):
                _sign(block, rule, parts)
        _outermost_bars(blocks[: span[0]])
        _outermost_bars(blocks[: span[1] : -1])


def _alone(block: Block) -> bool:
    """Is this a line by itself? In HTML a heading, or an item of a list or table, that says "Advertisement" or names a
    network may be the article's."""
    return block.facts is None or (block.role != "heading" and ITEMS.isdisjoint(block.facts.tags[-NEAR:]))


def _in_prose(block: Block, prose_text: str) -> bool:
    """Does the prose of the article have a word of this short line? Then it may be a heading, such as "Advertising" in
    an article about advertising."""
    if words(block.text) > HEADLINE:
        return False
    cores = (word[:CORE] for word in tokens(block.text))
    found = [core for core in cores if len(core) >= LEAST_CORE]
    return any(core in prose_text for core in found or ["".join(tokens(block.text))])


def _prose_span(blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Positions of the first and the last block of prose that is still kept, or None. Outside it lie the edges.

    Where there is no prose at all (a list, a poem, a table) nothing tells where the article ends and the site's
    furniture begins: so there are no edges, and rules for edges do not apply.
    """
    found = running(blocks)
    return (found[0], found[-1]) if found else None


def _outermost_bars(part: Sequence[Block]) -> None:
    """Outermost rows of pipes or dots, with no kept line further out, are what is left of a bar of links."""
    for block in part:
        if block.kept and not LINK_BAR.fullmatch(block.text):
            return
        if block.kept:
            block.label("chrome", "edges.link_bar")


def _no_prose(page: Page, blocks: Sequence[Block], matcher: Matcher) -> None:
    """An article without prose: where rules know most of its lines as the site's, and no other line is a sentence or as
    long as one (who writes without capitals often does without full stops), all of it is the site's."""
    found = [(b, rule, parts) for _, b, rule, parts in _matching(page, blocks, matcher) if rule.does == "role"]
    furniture = {b.start for b, rule, _ in found if rule.role == "chrome"}
    taken = [b for b in blocks if b.role == "chrome" and b.by not in BY_SCORER]
    kept = [b for b in blocks if b.kept]
    rest = [b for b in kept if b.start not in furniture]
    share = (len(furniture) + len(taken)) / max(1, len(kept) + len(taken))
    if share < FURNITURE or any(sentence(b.text) or (width(b.text) >= PROSE and words_mostly(b.text)) for b in rest):
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
        for place, block, rule, parts in _matching(page, blocks, matcher):
            if rule.does == "end" and place > span[0] and (rule.prose_after or place > span[1]):
                _sign(block, rule, parts)
                for other in blocks[place + 1 :]:
                    if other.kept:
                        other.label("chrome", rule.id, f"Behind {block.text[:QUOTED]!r}.")
                break


def _matching(page: Page, blocks: Sequence[Block], matcher: Matcher) -> Iterator[Match]:
    previous: str | None = None
    for place, block in enumerate(blocks):
        if not block.kept:
            continue
        if not block.allowed and not block.code:
            for rule, parts in matches(matcher, block.text, previous, between=True):
                if applies(rule, page.language(block), page.meta.host) and (_linked(block) or not rule.linked):
                    yield place, block, rule, parts
        previous = block.text


def _linked(block: Block) -> bool:
    return block.facts is not None and block.facts.link_share >= LINKED


def _labels_link(below: Sequence[Block]) -> bool:
    """Is the block below a headline that is a link, and was not extracted? Then the line above is its label ("Read
    also")."""
    return any(not b.kept and b.by == "extract.outside" and _linked(b) and words(b.text) >= HEADLINE for b in below)


def _sign(block: Block, rule: Rule, parts: dict[str, str]) -> None:
    if block.kept:  # the first rule that matches signs
        block.label(rule.role if rule.does == "role" else "chrome", rule.id, **parts)
