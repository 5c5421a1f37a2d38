"""What a page itself marks: its title, captions, kicker, byline and date, code, and boxes of furniture in the article.

Only what is certain from structure. Class words count only in small blocks, and never for much of the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cleaners.align import key
from cleaners.page import Block, Facts, Meta, Role
from cleaners.visible import CAPTION_WORDS

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
IN_TEXT = frozenset({"pre", "table", "blockquote", "ul", "ol", "code"})
"""What stands in a figure and is no caption: code, tables, quotes."""
FURNITURE = frozenset(
    "newsletter newsletters signup promo promos promotion promotional affiliate disclosure related recommended "
    "cta share sharing sharebar follow banner advertisement sponsored outbrain taboola readmore postinfo".split()
)
SCREEN_READER = (frozenset({"visually", "hidden"}), frozenset({"sr", "only"}), frozenset({"screen", "reader"}),
                 frozenset({"visuallyhidden"}), frozenset({"accessibility"}))  # fmt: skip

PICTURE = frozenset("img image images photo picture bild foto imagen".split())
ABOUT = frozenset("description legend info desc credit credits leyenda".split())
"""A class with a word of each of these two marks a caption: "image-description"."""

PROSE = 80  # letters of a block that is surely running text
MOST = 0.2  # of the article's letters that a structural rule may take
CAPTION_LENGTH = 600  # letters of a caption that only class words mark
TITLE_WORDS = 0.5  # share of an h1's words that the stated title must have, where the two differ
LINK_WORDS = 4  # words of a line of links to the same site that is a teaser
LINK_SHARE = 0.8
LIST_LINKS = 0.6  # share of a list's letters in links to the same site, from which on it is a list of teasers
MAIN_LETTERS = 0.6  # share of the article's letters in the main element that makes what stands below it doubtful
BYLINE_LENGTH = 100

NEAR_HEADING = 6  # blocks above a heading among which a paragraph of the same element stands
QUOTED_POST = frozenset({"tweet", "twitter"})
NEAR_TITLE = 15
STANDFIRST = frozenset(
    "standfirst dek deck subtitle subheadline subhead subline subheading strapline bajada entradilla chapo vorspann".split()
)
STANDFIRST_LENGTH = (25, 500)

WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class HeadMark:
    """A role that class words give to a short block above the prose."""

    role: Role
    by: str
    words: frozenset[str]
    longest: int
    digits: bool = False


HEAD_MARKS = (
    HeadMark("kicker", "extract.kicker", frozenset({"kicker", "topline", "overline", "overtitle", "eyebrow"}), 60),
    HeadMark("date", "extract.date", frozenset("date dateline datetime time timestamp published pubdate".split()), 60, True),
    HeadMark("byline", "extract.byline", frozenset({"byline", "author", "authors"}), 100),
)


def mark(blocks: Sequence[Block], meta: Meta, site_links: Sequence[float]) -> None:
    """Give roles to all that the page marks. `site_links`: of each block the share of links to the same site."""
    keep_code(blocks)
    keep_headings(blocks)
    keep_quoted_posts(blocks)
    label_headings(blocks)
    label_title(blocks, meta.title)
    label_captions(blocks)
    label_head(blocks)
    label_standfirst(blocks)
    label_authors(blocks, meta.authors)
    drop_boxes(blocks)
    drop_link_lists(blocks, site_links)
    drop_site_links(blocks, site_links)
    drop_below_main(blocks)


def facts_of(block: Block) -> Facts:
    """The facts of a block of an HTML page."""
    assert block.facts is not None
    return block.facts


def span_of_kept(blocks: Sequence[Block]) -> range:
    """From the first to the last kept block."""
    kept = [n for n, b in enumerate(blocks) if b.kept]
    return range(kept[0], kept[-1] + 1) if kept else range(0)


def is_prose(block: Block) -> bool:
    """Running text for sure: a long block, mostly outside links."""
    return len(block.raw) >= PROSE and facts_of(block).link_share < 0.5


def keep_code(blocks: Sequence[Block]) -> None:
    """Code that stands in the main element with the article is part of it; extractors drop it with its figure."""
    inside = span_of_kept(blocks)
    last = inside.stop
    while last < len(blocks) and _is_code(blocks[last]) and facts_of(blocks[last]).in_main:
        last += 1
    for n in range(inside.start, last):
        if not blocks[n].kept and _is_code(blocks[n]) and facts_of(blocks[n]).in_main:
            blocks[n].label("body", "extract.code", "code in the main element")


def _is_code(block: Block) -> bool:
    return "pre" in facts_of(block).tags


def keep_headings(blocks: Sequence[Block]) -> None:
    """A plain heading between kept paragraphs of the same element belongs to them; extractors drop some."""
    inside = span_of_kept(blocks)
    for n in inside[1:-1]:
        block, below = blocks[n], blocks[n + 1]
        facts = facts_of(block)
        if block.kept or facts.tags[-1:] not in (("h2",), ("h3",), ("h4",)) or facts.link_share > 0:
            continue
        if _beside(block, below) and any(_beside(block, b) for b in blocks[max(0, n - NEAR_HEADING) : n]):
            block.label("heading", "extract.heading", "between paragraphs of the article")


def _beside(heading: Block, other: Block) -> bool:
    """Is the other a kept paragraph in the same element?"""
    one, two = facts_of(heading), facts_of(other)
    return (
        other.kept
        and two.tags == (*one.tags[:-1], "p")
        and one.words - one.own_words == two.words - two.own_words
    )


def keep_quoted_posts(blocks: Sequence[Block]) -> None:
    """Posts that an article quotes (a blockquote of class tweet) are part of it."""
    for n in span_of_kept(blocks):
        facts = facts_of(blocks[n])
        quoted = "blockquote" in facts.tags[-3:] and not QUOTED_POST.isdisjoint(facts.words)
        if quoted and facts.in_main and not blocks[n].kept:
            blocks[n].label("body", "extract.quoted_post", "a post quoted in the article")


def label_headings(blocks: Sequence[Block]) -> None:
    """Kept blocks inside h1 to h6 are headings."""
    for block in blocks:
        if block.role == "body" and not HEADINGS.isdisjoint(facts_of(block).tags[-4:]):
            block.label("heading", "extract.heading")


def label_title(blocks: Sequence[Block], title: str | None) -> None:
    """The first best block that is the title is `title`; what repeats it is chrome."""
    best = _title_block(blocks, title)
    known = {k for k in (key(title or ""), key(best.raw) if best is not None else "") if k}
    if best is not None:
        best.label("title", "extract.title")
    prose = next((b.start for b in blocks if b.kept and is_prose(b)), len(blocks))
    for block in blocks:
        if not block.kept or key(block.raw) not in known:
            continue
        if block.role == "heading" or block.start < prose or len(key(block.raw)) >= 20:
            block.label("chrome", "extract.title_repeat")


def _title_block(blocks: Sequence[Block], title: str | None) -> Block | None:
    wanted = key(title or "")
    same = [b for b in blocks if wanted and key(b.raw) == wanted]
    if same:
        return max(same, key=lambda b: ("h1" in facts_of(b).tags, b.kept, not HEADINGS.isdisjoint(facts_of(b).tags), -b.start))
    headings = [b for b in blocks if "h1" in facts_of(b).tags]
    words = set(WORDS.findall((title or "").casefold()))
    for block in headings:
        own = WORDS.findall(block.raw.casefold())
        if len(own) > 2 and sum(word in words for word in own) >= TITLE_WORDS * len(own):
            return block
    kept = [b for b in headings if b.kept]
    return kept[0] if len(kept) == 1 and len(key(kept[0].raw)) >= 12 else None


def label_captions(blocks: Sequence[Block]) -> None:
    """Blocks of the article's region in a figcaption, a figure or a caption class are captions; credits join them."""
    inside = span_of_kept(blocks)
    title = next((b.start for b in blocks if b.role == "title"), inside.start)
    found = [b for b in blocks[min(title, inside.start) : inside.stop] if _is_caption(b)]
    if _letters([b for b in found if b.kept]) > MOST * _letters(b for b in blocks if b.kept):
        return
    last: Block | None = None
    for block in found:
        if last is not None and _is_credit(block) and block.start - last.start == 1:
            last.parts["credit"] = block.raw
            block.label("caption", "extract.credit", text=last.raw, credit=block.raw)
        else:
            block.label("caption", "extract.caption")
            last = block


def _is_caption(block: Block) -> bool:
    facts = facts_of(block)
    if block.role == "title" or not IN_TEXT.isdisjoint(facts.tags[-4:]):
        return False
    if "figcaption" in facts.tags:
        return True
    if "figure" in facts.tags:
        return block.kept and len(block.raw) <= CAPTION_LENGTH
    own = facts.own_words
    marked = not CAPTION_WORDS.isdisjoint(own) or not (PICTURE.isdisjoint(own) or ABOUT.isdisjoint(own))
    return marked and len(block.raw) <= CAPTION_LENGTH


def _is_credit(block: Block) -> bool:
    return not {"credit", "credits", "copyright", "photographer"}.isdisjoint(facts_of(block).own_words)


def label_head(blocks: Sequence[Block]) -> None:
    """Short blocks above the prose that class words mark as kicker, date or byline."""
    prose = next((n for n, b in enumerate(blocks) if b.kept and is_prose(b)), 0)
    first = span_of_kept(blocks).start
    title = next((n for n, b in enumerate(blocks[:prose]) if b.role == "title"), first)
    for block in blocks[max(0, min(first, title) - 2) : prose]:
        if block.role in ("title", "caption"):
            continue
        for sign in HEAD_MARKS:
            marked = not sign.words.isdisjoint(facts_of(block).own_words)
            if marked and len(block.raw) <= sign.longest and (not sign.digits or any(c.isdigit() for c in block.raw)):
                block.label(sign.role, sign.by)
                break


def label_standfirst(blocks: Sequence[Block]) -> None:
    """The first block between the title and the prose that class words mark as standfirst."""
    start = next((n + 1 for n, b in enumerate(blocks) if b.role == "title"), None)
    if start is None:
        return
    for block in blocks[start : start + NEAR_TITLE]:
        marked = not STANDFIRST.isdisjoint(facts_of(block).own_words)
        if marked and STANDFIRST_LENGTH[0] <= len(block.raw) <= STANDFIRST_LENGTH[1]:
            block.label("standfirst", "extract.standfirst")
            return
        if block.kept and is_prose(block):
            return


def label_authors(blocks: Sequence[Block], authors: Sequence[str]) -> None:
    """Kept lines of nothing but the authors' names are bylines."""
    names = {key(name) for name in authors}
    names.add("".join(key(name) for name in authors))
    for block in blocks:
        if block.kept and len(block.raw) <= BYLINE_LENGTH and key(block.raw) in names - {""}:
            block.label("byline", "extract.byline", "the page's authors", name=block.raw)


def drop_boxes(blocks: Sequence[Block]) -> None:
    """Kept blocks in boxes whose class says newsletter, related, share …, and text for screen readers alone."""
    _drop(blocks, lambda b: not FURNITURE.isdisjoint(facts_of(b).own_words), "extract.box")
    _drop(blocks, lambda b: any(words <= facts_of(b).own_words for words in SCREEN_READER), "extract.unseen")


def drop_site_links(blocks: Sequence[Block], site_links: Sequence[float]) -> None:
    """Lines that are all links to other pages of the site: teasers that stand between the paragraphs or below them."""
    _drop(
        blocks,
        lambda b: b.role == "body" and site_links[b.start] >= LINK_SHARE and _count(b.raw) >= LINK_WORDS,
        "extract.site_link",
    )


def drop_link_lists(blocks: Sequence[Block], site_links: Sequence[float]) -> None:
    """Lists of two items or more that are mostly links to other pages of the site."""
    items: list[list[Block]] = [[]]
    for block in blocks:
        if not block.kept:
            continue
        if "li" not in facts_of(block).tags[-3:]:
            items.append([])
        else:
            items[-1].append(block)
    found: set[int] = set()
    for run in items:
        linked = sum(site_links[b.start] * len(b.raw) for b in run)
        if len(run) > 1 and linked >= LIST_LINKS * _letters(run):
            found.update(b.start for b in run)
    _drop(blocks, lambda b: b.start in found, "extract.link_list")


def drop_below_main(blocks: Sequence[Block]) -> None:
    """Short lines below the main element that holds most of the article, with no prose behind them."""
    kept = [b for b in blocks if b.kept]
    inside = [b for b in kept if facts_of(b).in_main]
    if not inside or _letters(inside) < MAIN_LETTERS * _letters(kept):
        return
    last = max(b.start for b in kept if facts_of(b).in_main or is_prose(b))
    _drop(blocks, lambda b: b.start > last, "extract.below_main")


def _drop(blocks: Sequence[Block], wanted: Callable[[Block], bool], by: str) -> None:
    """Label kept blocks as chrome, unless they are more of the article than such things are."""
    kept = [b for b in blocks if b.kept]
    found = [b for b in kept if wanted(b)]
    if _letters(found) <= MOST * _letters(kept):
        for block in found:
            block.label("chrome", by)


def _letters(blocks: Sequence[Block] | object) -> int:
    return sum(len(b.raw) for b in blocks)  # type: ignore[attr-defined]


def _count(text: str) -> int:
    """Words; a letter of a script without spaces counts as half a word."""
    dense = sum(1 for c in text if c >= "\u2e80" and c.isalpha())
    return len(WORDS.findall(text)) + dense // 2 if dense else len(WORDS.findall(text))
