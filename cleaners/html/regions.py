"""Where the article lies among the blocks of an HTML page: small questions that several HTML modules ask.

The numbers of these modules were measured on 543 pages: 61 of articles, 47 of news, 435 articles of pages. Beside each
stands what another value does: how many more lines it takes or keeps, rightly / wrongly by the gold, both halves of
the sites together; "no line" where it changes none of them. (ASKING and LAST_LINKS: 1,050 pages, with the block scorer
behind them: 91 of articles, 71 of news, 200 of sites, 688 of pages. NEAR_PROSE, those of authors and bylines, and those
where "254 pages" are named: articles and news at even places, and every fourth article of pages.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from lxml import etree

from cleaners.html.names import class_words, name_words
from cleaners.page import Block, Facts
from cleaners.words import PROSE, prose, width

COMMENTS = class_words("comments")
OTHER_DATE = class_words("other_date")
OTHER_ARTICLES = class_words("other_articles")
OTHERS = COMMENTS | class_words("box") | class_words("inner_box")
ASIDE = frozenset({"aside", "nav"})
NEAR_PROSE = 12
"""Blocks above the prose that may state who wrote it and when. (6, 24: no list of authors is another; its part in dates
is set by hand.)"""
MOST_TAKEN = 0.2
"""Share of the article's characters that a structural rule may take; what is more is the article itself. (For all the
rules: .1: 14 / 37 kept; .35: no line; without the limit 906 / 4,092 taken.)"""
THIN = 250
"""Characters of prose; where less is shown, or was extracted, the article may have been missed. (100: no line; 500:
219 / 27 kept, on 3 pages.)"""
AROUND = 4
"""Elements around a block's text among which a heading, a list item or a quote is looked for: sites put buttons, spans
and links into them. (On 522 pages, articles, news, sites and every fourth of pages: at 2, 22 / 8 kept and
21 / 55 taken; without a limit 20 / 9 kept, but where a heading is not closed, all below it would stand in one.)"""
LINKED = 0.5
"""A block with this share of its letters in links is no prose. (.3: one date more; .8: 0 / 1 kept.)"""

_NOWHERE = Facts((), frozenset(), frozenset(), 0.0, 0.0, False, False)


def facts_of(block: Block) -> Facts:
    """The facts of a block of an HTML page."""
    return block.facts or _NOWHERE


def around(block: Block) -> tuple[str, ...]:
    """The names of the innermost elements around a block's text, the innermost last."""
    return facts_of(block).tags[-AROUND:]


def in_container(block: Block) -> bool:
    """In the main element, and neither in a figure nor among comments."""
    facts = facts_of(block)
    return facts.in_main and not facts.in_figure and COMMENTS.isdisjoint(facts.words)


def span_of_kept(blocks: Sequence[Block]) -> range:
    """From the first to the last kept block; empty where none is kept."""
    kept = [n for n, b in enumerate(blocks) if b.kept]
    return range(kept[0], kept[-1] + 1) if kept else range(0)


def place(blocks: Sequence[Block], block: Block) -> int:
    """Where a block stands among the blocks of its page, which may begin in the middle of another."""
    return block.start - blocks[0].start


def is_prose(block: Block) -> bool:
    """Prose that stands mostly outside links."""
    return is_long(block) and prose(block.raw)


def is_long(block: Block) -> bool:
    """As long as prose, however it ends, and mostly outside links. (With 60 characters instead of 80, 0 / 9 lines kept;
    with 120, 50 / 2 taken and 25 / 6 kept.)"""
    return facts_of(block).link_share < LINKED and width(block.raw) >= PROSE


def first_prose(blocks: Sequence[Block]) -> int:
    """Number of the first kept block of prose, or else of the first long one; the number of all blocks if none is."""
    for sure in (is_prose, is_long):
        for n, block in enumerate(blocks):
            if block.kept and sure(block):
                return n
    return len(blocks)


def size_of(blocks: Iterable[Block]) -> int:
    """Characters of some blocks."""
    return sum(len(b.raw) for b in blocks)


def drop(blocks: Sequence[Block], wanted: Callable[[Block], bool], by: str, most: float = MOST_TAKEN) -> None:
    """Label the wanted kept blocks as chrome, unless they are more than `most` of the article's characters."""
    kept = [b for b in blocks if b.kept]
    found = [b for b in kept if wanted(b)]
    if size_of(found) <= most * size_of(kept):
        for block in found:
            block.label("chrome", by)


def names_of(element: etree._Element) -> frozenset[str]:
    """The words of an element's class and itemprop."""
    return name_words(f"{element.get('class', '')} {element.get('itemprop', '')}")


def of_other_day(block: Block) -> bool:
    """Whether a block's classes say that its day is another's: an event's, today's, one of a list of articles."""
    facts = facts_of(block)
    return not (OTHER_DATE.isdisjoint(facts.own_words) and OTHER_ARTICLES.isdisjoint(facts.words))


def of_others(element: etree._Element) -> bool:
    """Whether an element holds comments, other articles, or furniture."""
    return element.tag in ASIDE or not OTHERS.isdisjoint(names_of(element))
