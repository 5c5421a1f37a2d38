"""Furniture that stands inside the extracted article: boxes, teasers, lists of links, lines below it.

It is recognised by structure alone (class words, links to the same site, place), and is never much of the article.
For where the numbers come from see regions.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

import regex

from cleaners.html.names import HEADINGS, class_words, name_words, word_set
from cleaners.html.regions import MOST_TAKEN, around, drop, facts_of, first_prose, is_long, place, size_of
from cleaners.matching.fragments import expand
from cleaners.matching.match import Matcher
from cleaners.page import Block, Page
from cleaners.words import PROSE_ENDS, QUESTION_MARKS, ending, words

BOXES = class_words("box")
"""Words in the class or id of a block's own element that say it is a box."""
INNER_BOXES = BOXES | class_words("inner_box")
"""The same for the elements around a block."""
TEASER_WORDS = 4  # words of the shortest teaser; 3: 6 / 5 taken; 6: 7 / 22 kept
ITEM_WORDS = 5  # the same in a list, where a shorter link may be a name; 3: 0 / 12 taken; 7: 0 / 2 taken, 13 / 10 kept
TEASER_LINKS = 0.8  # share of its letters in links to the same site; .6: 22 / 24 taken; .95: 21 / 40 kept
LIST_LINKS = 0.6  # the same for a list; .4: 0 / 39 taken; .8: 17 / 24 kept
POST_LINKS = 0.4  # the same for the first or last line ("Filed under: …"); .2: 2 / 2 taken; .6: 1 / 4 kept
POST_LENGTH = 200  # characters of that line; 100: 0 / 2 kept; 400: no line; without the limit 0 / 1 taken
MAIN_SHARE = 0.6  # share of the article in main, if lines below it may go; 0: 3 / 0 taken; .8: no line
LINKS_MOST = 0.8  # share of the article that lines of links may be there; .2: 0 / 42 kept; .5 and 1: no line
LISTS = word_set("li dd table pre")  # below it, these may be what the page is for: ingredients, results, code
LAST_LINKS = 2  # links at the end that are no source; 1: 1 / 2 taken
ALL_LINK = 0.95  # share of a line's letters in links, if it is nothing but links; .8: 1 / 0 taken; 1: no line
LINK_HEADINGS = 2  # most headings over dropped links; 0: 4 / 4 kept; 1, 5: no line; without the limit 0 / 28 taken
LINKS_UNDER = 2  # lines below a heading; if all are dropped links, it goes with them; 1: 3 / 4 taken; 3: 1 / 0 kept

STATEMENT = PROSE_ENDS - QUESTION_MARKS  # a headline may exclaim, but so does a sentence of the article that is a link

ASKING = 0.5  # share of a notice's prose that asks, more than; .2: 0 / 9 taken; .8: no line; 0: 0 / 35 taken
COOKIE = regex.compile(expand(r"(?i)\b(?&cookie)\b|(?&cookie_part)"))
COOKIE_OF = regex.compile(expand(r"(?i)\b(?&cookie_of)\b|(?&cookie_part)"))
PRESSED = class_words("pressed")
FRAME = frozenset({"main", "article"})


def consent(page: Page, _: Matcher) -> None:
    """A notice that asks for consent to cookies, however long beside the article.

    That is an element with a button, most of whose prose speaks of cookies and of the site that they are for. Never
    one that holds the headline, nor where the headline speaks of them, nor where no other prose is left.
    """
    blocks = page.blocks
    head = next((b for b in blocks if b.role == "title"), None)
    asking = [b for b in blocks if b.kept and _asks(b)]
    if not asking or head is None or COOKIE.search(head.raw):
        return
    inside: dict[int, list[Block]] = {}
    for block in blocks:
        for number in facts_of(block).inside:
            inside.setdefault(number, []).append(block)
    own = {*facts_of(head).inside}
    for number in reversed(facts_of(asking[0]).inside):  # the innermost that holds all of it
        held = inside[number]
        whole = asking[-1].start <= held[-1].start
        if number not in own and whole and any(map(_is_pressed, held)) and _mostly_asks(held):
            left = [b for b in blocks if b.kept and number not in facts_of(b).inside]
            if any(is_long(b) and not COOKIE.search(b.raw) for b in left):
                for block in held:
                    if block.kept:
                        block.label("chrome", "extract.consent")
            return


def _asks(block: Block) -> bool:
    return is_long(block) and bool(COOKIE.search(block.raw)) and bool(COOKIE_OF.search(block.raw))


def _mostly_asks(held: Sequence[Block]) -> bool:
    """Does most of the prose among these blocks ask, and is none of them of an article?"""
    text = [b for b in held if b.kept and is_long(b)]
    return size_of(filter(_asks, text)) > ASKING * size_of(text) and all(
        FRAME.isdisjoint(facts_of(b).tags) for b in text
    )


def _is_pressed(block: Block) -> bool:
    facts = facts_of(block)
    return "button" in facts.tags or not PRESSED.isdisjoint(facts.own_words)


def box(page: Page, _: Matcher) -> None:
    """Blocks whose own element's words say box."""
    box_words = BOXES - _slugs(page.blocks)
    drop(page.blocks, lambda b: not box_words.isdisjoint(facts_of(b).own_words), "extract.box")


def _slugs(blocks: Sequence[Block]) -> frozenset[str]:
    """The words that sections of the page have of their headings: "related-work" is no box."""
    return frozenset(word for b in blocks for word in _slug(b))


def _slug(block: Block) -> frozenset[str]:
    """The words of a heading that its id, or its section's, is made of."""
    named = name_words(block.raw)
    heading = not HEADINGS.isdisjoint(around(block))
    return named if heading and named and named <= facts_of(block).words else frozenset()


def inside_box(page: Page, _: Matcher) -> None:
    """Blocks inside an element whose words say box, where most of the article is inside none that says so."""
    blocks = page.blocks
    box_words = INNER_BOXES - _slugs(blocks)
    kept = [b for b in blocks if b.kept or b.by == "extract.box"]  # what is gone already counts as it did
    sizes: Counter[str] = Counter()
    for block in kept:
        for word in facts_of(block).words & box_words:
            sizes[word] += len(block.raw)
    whole = size_of(kept)
    small = {word for word, size in sizes.items() if size <= MOST_TAKEN * whole}
    drop(blocks, lambda b: not small.isdisjoint(facts_of(b).words), "extract.box")


def site_link(page: Page, _: Matcher) -> None:
    """Lines that are teasers: links to other pages of the site, but not those in a list with other items."""
    blocks = page.blocks
    prose = first_prose(blocks)
    drop(
        blocks,
        lambda b: _is_teaser(b, place(blocks, b) < prose < len(blocks)) and not _among_items(blocks, b),
        "extract.site_link",
    )


def _is_teaser(block: Block, above_prose: bool) -> bool:
    """A line of links to other pages of the site; a short one may be a name in a list, but not above the prose."""
    facts = facts_of(block)
    tags = facts.tags
    least = ITEM_WORDS if "li" in around(block) else TEASER_WORDS
    if facts.site_links < TEASER_LINKS or ending(block.raw) in STATEMENT:
        return False
    if not above_prose and words(block.raw) < least:
        return False
    card = block.role == "heading" and "a" in around(block)[:-1] and tags[-1] in HEADINGS
    return block.role == "body" or card  # a heading around a link may be the article's; a link around one is not


def _among_items(blocks: Sequence[Block], block: Block) -> bool:
    """Is this a list item, and the one before or behind it an item that is no link?"""
    number = place(blocks, block)
    beside = (blocks[n] for n in (number - 1, number + 1) if 0 <= n < len(blocks))
    item = "li" in around(block)
    return item and any(b.kept and "li" in around(b) and facts_of(b).link_share < LIST_LINKS for b in beside)


def last_links(page: Page, _: Matcher) -> None:
    """The last lines of the article, where two or more in a row are nothing but links as long as headlines."""
    blocks = page.blocks
    found: set[int] = set()
    for block in reversed([b for b in blocks if b.kept]):
        headline = _is_headline_link(block) and ending(block.raw) not in STATEMENT
        if block.role != "body" or not headline or not LISTS.isdisjoint(around(block)):
            break
        found.add(block.start)
    if len(found) >= LAST_LINKS:
        drop(blocks, lambda b: b.start in found, "extract.last_links")


def below_main(page: Page, _: Matcher) -> None:
    """Short lines below the main element that holds most of the article, with no prose behind them."""
    blocks = page.blocks
    kept = [b for b in blocks if b.kept]
    text = [b for b in kept if facts_of(b).link_share < ALL_LINK]
    inside = [b for b in text if facts_of(b).in_main]
    if not inside or size_of(inside) < MAIN_SHARE * size_of(text):
        return
    last = max(b.start for b in kept if facts_of(b).in_main or is_long(b))
    drop(blocks, lambda b: b.start > last and facts_of(b).link_share >= ALL_LINK, "extract.below_main", LINKS_MOST)
    drop(blocks, lambda b: b.start > last and LISTS.isdisjoint(around(b)), "extract.below_main")


def other_cell(page: Page, _: Matcher) -> None:
    """Short lines in other cells of a table than the one that holds all paragraphs of the main element: pages were laid
    out so."""
    blocks = page.blocks
    kept = [b for b in blocks if b.kept]
    inside = [b for b in kept if facts_of(b).in_main and is_long(b)]
    if not inside or size_of(inside) < MAIN_SHARE * size_of(kept):
        return
    cells = [_cells(b) for b in inside]
    shared = set[int].intersection(*cells)
    if shared:
        drop(blocks, lambda b: not is_long(b) and bool(_cells(b)) and not shared <= _cells(b), "extract.other_cell")


def _cells(block: Block) -> set[int]:
    """The numbers of the table cells around a block."""
    facts = facts_of(block)
    return {number for tag, number in zip(facts.tags, facts.inside, strict=True) if tag == "td"}


def link_list(page: Page, _: Matcher) -> None:
    """Lists of two items or more that are mostly links to other pages of the site."""
    blocks = page.blocks
    runs: list[list[Block]] = [[]]
    for block in blocks:
        if block.kept and "li" in around(block):
            runs[-1].append(block)
        elif block.kept:
            runs.append([])
    found: set[int] = set()
    for run in runs:
        linked = sum(facts_of(b).site_links * len(b.raw) for b in run)
        headlines = sum(words(b.raw) for b in run) >= ITEM_WORDS * len(run)
        if len(run) > 1 and headlines and linked >= LIST_LINKS * size_of(run):
            found.update(b.start for b in run)
    drop(blocks, lambda b: b.start in found, "extract.link_list")


def post_meta(page: Page, _: Matcher) -> None:
    """The first and last lines, in large part links into the site, and no sentence: "Filed under: …"."""
    kept = page.kept()
    found = {b.start for ends in (kept, reversed(kept)) for b in takewhile(_is_post_meta, ends)}
    drop(page.blocks, lambda b: b.start in found, "extract.post_meta")


def _is_post_meta(block: Block) -> bool:
    short = block.role == "body" and len(block.raw) <= POST_LENGTH and ending(block.raw) not in PROSE_ENDS
    return short and facts_of(block).site_links >= POST_LINKS


def empty_heading(page: Page, _: Matcher) -> None:
    """Headings of furniture: all lines below them were dropped here, or no line of the article stands below them."""
    blocks = page.blocks
    over_links = [b for b in blocks if _heads_links(blocks, b)]
    for block in over_links if len(over_links) <= LINK_HEADINGS else ():
        block.label("chrome", "extract.empty_heading")
    below: Block | None = None  # the next kept block
    dropped = False
    for block in reversed(blocks):
        if block.role == "heading" and (below is None or (dropped and below.role == "heading")):
            block.label("chrome", "extract.empty_heading", "Nothing of the article stands below it.")
        elif block.kept:
            below, dropped = block, False
        dropped = dropped or block.by in DROPPED


def _heads_links(blocks: Sequence[Block], block: Block) -> bool:
    """Is this a heading, or was it one, and are the next LINKS_UNDER blocks links as long as headlines, and dropped
    before? A heading that went as one of these counts as it did."""
    below = place(blocks, block) + 1
    under = blocks[below : below + LINKS_UNDER]
    links = all(not b.kept and b.by != "extract.empty_heading" and _is_headline_link(b) for b in under)
    heading = block.role == "heading" or block.by == "extract.empty_heading"
    return heading and links and len(under) == LINKS_UNDER


def _is_headline_link(block: Block) -> bool:
    return facts_of(block).link_share >= ALL_LINK and words(block.raw) >= ITEM_WORDS


DROPPED = frozenset(
    {
        "extract.box",
        "extract.link_list",
        "extract.site_link",
        "extract.below_main",
        "extract.other_cell",
        "extract.last_links",
        "extract.unstated",
    }
)
"""Signatures of furniture; a heading goes with what is signed so."""
