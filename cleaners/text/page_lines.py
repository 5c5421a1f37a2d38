"""The lines of a page as the line scorer reads them, and how it tells what it made of one."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from cleaners.matching.match import Matcher, matches
from cleaners.page import Block
from cleaners.text.line_facts import RULED, Lines, language_by_words, read
from cleaners.words import prose, sentence

SHORTEST_ARTICLE = 150
"""Characters of the smallest article; where a scorer's best path holds less, it has missed the article and nothing is
taken away. (On 159 whole pages of articles and news it holds 305 or more: a guard, which decides on none of them.)"""

BY_SCORER = ("whole_page.outside", "residue.line")
"""Who takes out lines by their chances alone."""


SHORT_LINED = 2
"""Lines of prose from which on a text is read by them alone; with fewer it is one of short lines."""


def running(blocks: Sequence[Block]) -> list[int]:
    """The places of the lines that are running text: those of prose; in a text of short lines, which has next to none,
    its sentences as well."""
    kept = [n for n, b in enumerate(blocks) if b.kept]
    found = [n for n in kept if prose(blocks[n].text)]
    if len(found) >= SHORT_LINED:
        return found
    more = [n for n in kept if prose(blocks[n].text) or sentence(blocks[n].text)]
    return more if len(more) >= SHORT_LINED else found  # a poem's site may say one sentence


def lines_of(blocks: Sequence[Block], matcher: Matcher, language: str | None = None) -> Lines:
    """The lines of some blocks with their facts.

    language  whose function words count; None: the language that the lines seem to be in, "": no function words
    """
    texts = [b.text for b in blocks]
    ruled = [frozenset(() if b.allowed else _ruled(b.text, matcher)) for b in blocks]
    return read(texts, ruled, language_by_words(texts) if language is None else language)


def _ruled(text: str, matcher: Matcher) -> set[str]:
    """What the rules find in a line, as named in RULED."""
    found = set()
    for rule, _ in matches(matcher, text):
        if rule.does == "end":
            found.add("end")
        elif rule.does == "role" and rule.role == "chrome":
            found.add("chrome" if rule.where == "anywhere" else "edge")
        elif rule.does == "role":
            found.add(rule.role if rule.role in RULED else "edge")
    return found


def reason(n: int, first: int, last: int, logit: float) -> str:
    """Where a line stands and what its chance was, rounded to tens: so that a page has few different reasons, and every
    machine gives the same."""
    place = "Above the article" if n < first else "Below the article" if n > last else "Between the article's lines"
    return f"{place}; line scorer {10 * round(10 / (1 + exp(-logit)))} %."
