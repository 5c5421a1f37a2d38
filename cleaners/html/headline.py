"""The headline of a page: as it shows it, or else as its head states it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaners.html.head import META_NAMES
from cleaners.html.jsonld import Node, text_of
from cleaners.html.names import class_words
from cleaners.html.regions import around, facts_of, first_prose
from cleaners.matching import fragments
from cleaners.page import Block
from cleaners.words import key, words

SUFFIX = re.compile(r"\s+[|\-–—•·»:]+\s+|\s*[|｜ㅣ»]\s*|_")  # between a headline and the site's name
GLUED = re.compile(r"\s*[-–—:：_|｜]\s*$")  # between a headline and the site's name that is known
CHAIN = re.compile(r"\s<\s|_")
CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
BAR = re.compile(r"\s*[|｜ㅣ]\s*")  # between a shown headline and a section's name
HEADLINES = frozenset({"h1", "h2", "h3"})
NO_TITLES = {*map(key, fragments.words("untitled"))}
BOXES = class_words("other_boxes")
NEWS = "NewsArticle"
LEAST_WORDS = 4  # words of a part of a <title> that is the headline because it is shown; 2: 1 lost; 3, 6: none
SECTION_WORDS = 3  # of a section's name behind a bar in the shown headline; of 1,336 titles 2: 1 less right; 4: 1 more
SITE_WORDS = 5  # of a site's or section's name behind a stated headline; 4: 1 has the site's name; 6: none is another
SHORTEST_TITLE = 8  # letters and digits; a shorter piece of a <title> is a site's or section's name (set by hand)
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")  # a site's name that is a host's
FILE = re.compile(r"\S*\w[./]\S+")  # a heading that is no headline but the name of a file or host
LONGEST_H1 = 200  # characters of an h1 that is the headline although nothing states it; longer ones are summaries


def title_of(head: dict[str, str], node: Node, blocks: Sequence[Block], names: Sequence[str]) -> str | None:
    """The headline as the page shows it: the heading above the prose that a stated title (JSON-LD, og:title, <title>)
    holds, else its only h1 there. Where it shows none, the first stated title. Without the `names` of the site.

    A news site that states another headline than it shows, twice, means that one: the shown one is for its front page.
    """
    headline = text_of(node.get("headline"))
    stated = [text for text in (headline, head.get("og:title", ""), head.get("<title>", "")) if text]
    stated = stated or [head[name] for name in META_NAMES["titles"] if name in head]
    plain = [without_site(text, names) for text in stated]
    prose = first_prose(blocks)
    for barred in ({*map(key, names), *NO_TITLES}, NO_TITLES):  # some pages have the site's name for a title
        shown = [b for b in blocks if _is_headline(b, barred)]
        shown = [b for b in shown if BOXES.isdisjoint(facts_of(b).words)] or shown
        found = _stated_heading(shown, [*stated, *plain], prose)
        if not found and NEWS in str(node.get("@type")) and any(key(headline) in key(text) for text in stated[1:]):
            return plain[0]
        if found := found or _only_h1(shown, stated, prose):
            found = _without_kicker(_without_section(found, names), stated, plain)
        found = found or _shown_piece(head.get("<title>", ""), barred, blocks[:prose])
        found = found or next((text for text in plain if key(text) not in barred), None) or _first(shown, prose)
        if found:
            return next((text for text in stated if key(text) == key(found) and ":" in text), found)
    return None


def _is_headline(block: Block, barred: set[str]) -> bool:
    """Whether a block is a heading, and neither the site's name nor a word for a page without one."""
    return not HEADLINES.isdisjoint(around(block)) and bool(key(block.raw)) and key(block.raw) not in barred


def _stated_heading(shown: list[Block], stated: list[str], prose: int) -> str | None:
    """The heading that a stated title holds; of several (a section's name is often one) the last above the prose.

    Below an h1, the heading of a part of the text has to be the whole of what is stated.
    """
    titles = [key(text) for text in stated]
    cut = [key(text) for text in stated if text.endswith(("…", "..."))]  # to a search engine's length
    tops = (b.start for b in shown if _is_h1(b) and b.start < prose and not _is_end(b.raw, titles))
    top = min(tops, default=prose)
    found = [
        b for b in shown if key(b.raw) in titles or ((_is_h1(b) or b.start < top) and _part_of(b.raw, titles, cut))
    ]
    above = [b for b in found if b.start < prose]
    best = above[-1] if above else found[0] if found else None
    return best.raw if best is not None else None


def _part_of(heading: str, titles: list[str], cut: list[str]) -> bool:
    """Whether a stated title begins or ends with the heading, or is the heading's beginning, cut."""
    text = key(heading)
    if len(text) < SHORTEST_TITLE:
        return False
    return any(t.startswith(text) or t.endswith(text) for t in titles) or any(text.startswith(t) for t in cut)


def _shown_piece(title: str, barred: set[str], above: Sequence[Block]) -> str | None:
    """The part of a <title> that is a line of its own above the prose, on a page without headings: of several, one of
    which is the site's name, the last; no section's name."""
    pieces = {key(text) for both in _pieces(title) for text in both if words(text) >= LEAST_WORDS} - barred
    return next((b.raw for b in reversed(above) if key(b.raw) in pieces), None)


def _is_end(heading: str, titles: list[str]) -> bool:
    """Whether a heading is what stated titles end in, as the site's name does."""
    return any(t.endswith(key(heading)) and not t.startswith(key(heading)) for t in titles)


def _is_h1(block: Block) -> bool:
    return "h1" in facts_of(block).tags


def _only_h1(shown: list[Block], stated: list[str], prose: int) -> str | None:
    """The one h1 above the prose, if it is neither a summary nor the name of a file that no stated title holds."""
    found = {key(b.raw): b.raw for b in reversed(shown) if _is_h1(b) and b.start < prose}
    only = next(iter(found.values())) if len(found) == 1 else ""
    named = bool(FILE.fullmatch(only)) and any(stated) and not any(key(only) in key(text) for text in stated)
    return None if named or len(only) > LONGEST_H1 else only or None


def _first(shown: list[Block], prose: int) -> str | None:
    """The first heading above the prose, an h1 if there is one."""
    above = [b for b in shown if b.start < prose]
    return next((b.raw for b in (*filter(_is_h1, above), *above)), None)


def _without_kicker(heading: str, stated: list[str], plain: list[str]) -> str:
    """A heading without the kicker that stands in it before the headline: the headline is all that is stated."""
    whole = key(heading)
    if any(whole in key(text) for text in stated):
        return heading
    ends = (text for text in plain if whole.endswith(key(text)) and 2 * len(key(text)) >= len(whole) >= SHORTEST_TITLE)
    return next((text for text in ends if not whole.removesuffix(key(text)).isdecimal()), heading)


def _without_section(heading: str, names: Sequence[str]) -> str:
    """A heading without the site's name, and without the few words of a section's name behind a bar."""
    heading = _site_apart(heading, names) or heading
    pieces = BAR.split(heading)
    if len(pieces) == 2 and words(pieces[1]) <= SECTION_WORDS and len(key(pieces[0])) >= 2 * len(key(pieces[1])):
        return pieces[0]
    return heading


def without_site(title: str, names: Sequence[str]) -> str:
    """A title without the name of the site or section that follows the headline (or stands before it)."""
    for name in names if CJK.search(title) else ():  # with nothing around the mark, as in Chinese and Japanese
        behind = len(name) > 1 and title.endswith(name) and GLUED.search(title[: -len(name)])
        if behind and len(key(title[: behind.start()])) >= SHORTEST_TITLE:
            return _first_of_chain(title[: behind.start()])
    if _site_apart(title, names):
        return _first_of_chain(_without_section(title, names))
    if pieces := _pieces(title):
        before, after = pieces[-1]
        if len(key(before)) >= max(SHORTEST_TITLE, 2 * len(key(after))) and words(after) <= SITE_WORDS:
            return _first_of_chain(before)
    return title


def _first_of_chain(title: str) -> str:
    """The headline of a title that goes on with its sections: "渡船离开码头_港口新闻", "나룻배 출발 < 사회 < 기사"."""
    first = CHAIN.split(title)[0].strip()
    return first if CJK.search(first) and len(key(first)) >= SHORTEST_TITLE else title


def _site_apart(title: str, names: Sequence[str]) -> str:
    """The headline, where the site's name follows it or stands before it, else ""."""
    pieces = _pieces(title)
    for name in filter(None, map(key, names)):
        for before, after in pieces:
            if key(after).startswith(name) and len(key(before)) >= SHORTEST_TITLE:
                return before
            if key(before) == name and len(key(after)) >= SHORTEST_TITLE:
                return after
    return ""


def _pieces(title: str) -> list[tuple[str, str]]:
    return [(title[: m.start()].strip(), title[m.end() :].strip()) for m in SUFFIX.finditer(title)]


def site_in(title: str) -> str | None:
    """The name of the site in a <title>, where it has a dot: "Golem.de"."""
    ends = (piece for pieces in _pieces(title) for piece in reversed(pieces))
    return next((piece for piece in ends if HOST.fullmatch(piece)), None)
