"""Several articles on one HTML page: where each of them lies.

Headlines of one kind stand side by side in an element: each in an element of its own (a blog's posts), or one after the
other with the prose between them (a digest). Sections of one article do so as well, and comments, answers, the entries
of a live blog. So each must be signed: sections have no authors and no days of their own. What the page says of itself
counts too: a headline above them all, and metadata that speak of one article, make it one.

The numbers lie between those of the pages in tests/several_pages.py, which were made up for it; none of the gold sets'
1,627 pages (docs/gold_sets.md) is split.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from cleaners.dates import date_in, iso_date
from cleaners.html.authors import OPENING, byline_in, clean_names
from cleaners.html.names import class_words
from cleaners.html.regions import LINKED, around, facts_of, is_long, is_prose, size_of
from cleaners.html.said import Said
from cleaners.matching.fragments import expand
from cleaners.page import Block
from cleaners.words import SENTENCE_ENDS, ending, key, prose, words

LEVELS = ("h1", "h2", "h3")
"""Elements of headlines."""
FRAME = frozenset({"nav", "aside"})
NO_ARTICLES = class_words("comments") | class_words("no_articles")
"""Words of classes around a headline that is no article's: of a comment, an answer, a review."""
BYLINE = class_words("byline")
ENOUGH = 2
"""Paragraphs of prose that an article has; excerpts have one."""
ENOUGH_UNDER = 3
"""The same where a headline stands above all of them: a list of the ten best books has two below each."""
HALF = 0.5
"""Share of the articles that have so many; short posts stand among longer ones."""
ARTICLES_SHARE = 0.9
"""Share of the page's prose that lies in the articles; where more lies beside them, they are not what the page is."""
SIGNED_SHARE = 2 / 3
"""Share of the articles that are signed at least."""
OPENING_SHARE = 0.25
"""Share of the page's prose that may stand above the first of them, where a headline of its own stands above it."""
LONGEST_SIGN = 100
"""Characters of a line that names an author (as long as bylines.LONGEST_BYLINE), or states a day."""
LINES_ABOVE, LINES_BELOW = 8, 4
"""Lines between a headline and its prose, and behind the prose, that are searched for them."""
LINK_SHARE = 0.8
"""Share of a headline's letters in a link, if the headline is one."""
SHORTEST_HEADLINE = 3
"""Words of the shortest headline that is no link."""

MOST_HEADLINES = 500
"""Headlines of a page, and articles, of which more are not looked at, so that no page costs more than seconds."""
MOST_ARTICLES = 100

ROOT = -1
"""The element around all others."""
UPDATED = regex.compile(expand("(?&just_updated)"))
_NUMBERED = regex.compile(r"\W*\d{1,3}\s?[.):]\s|.*\bv?\d+\.\d+")
"""Places of a list, versions of a program."""
_REPLY = regex.compile(expand(r"(?i)^\W*(?:(?&reply)\s?:\s*)+"))
_CLOCK = regex.compile(r"(?<!\d)\d{1,2}[:.h]\d\d(?!\d)")
_CUT_OFF = regex.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W*$")


@dataclass(frozen=True, slots=True)
class Part:
    """One of several articles: elements that stand side by side, from the first to the last, and their blocks."""

    first: int
    """Number of the element (`Facts.inside`)."""
    last: int
    start: int
    """Place of its first block."""
    headline: str
    names: tuple[str, ...]
    byline: int | None
    """Place of the line beside its prose that names its authors, and of the one that states its day."""
    day: str | None
    date: int | None


@dataclass(slots=True)
class _Unit:
    """What may be an article: a headline, and the blocks that go with it."""

    first: int
    last: int
    headline: Block
    above: Sequence[Block]
    """Blocks of the unit above the headline."""
    below: Sequence[Block]
    alone: bool
    """In an element of its own."""
    # Out of the lines beside its prose (`_read_beside`)
    byline: Block | None = None
    names: tuple[str, ...] = ()
    date: Block | None = None
    day: str | None = None
    clock: bool = False
    """One of them states an hour."""
    kept: Sequence[Block] = ()
    """Blocks below the headline that may be of the article."""
    prose: int = 0
    """Paragraphs among them."""
    size: int = 0
    """Characters of long lines among them."""

    def __post_init__(self) -> None:
        self.kept = [b for b in self.below if _counts(b)]
        self.size = size_of(b for b in self.kept if is_long(b))
        if not any(prose(b.raw) for b in self.above) and not self._leads_on():
            self.prose = sum(map(is_prose, self.kept))

    def _leads_on(self) -> bool:
        """Whether other headlines in it, of its level, lead to pages of their own: a section of teasers."""
        level = _level(self.headline)
        return any(_level(b) == level and facts_of(b).site_links >= LINK_SHARE for b in self.kept)

    def part(self) -> Part:
        byline, date = (b.start if b is not None else None for b in (self.byline, self.date))
        return Part(self.first, self.last, self.start, self.headline.raw, self.names, byline, self.day, date)

    @property
    def cut(self) -> bool:
        """Whether its prose breaks off: an excerpt."""
        return bool(_CUT_OFF.search(next(b.raw for b in reversed(self.kept) if is_prose(b))))

    @property
    def signed(self) -> bool:
        return bool(self.names or self.day)

    @property
    def linked(self) -> bool:
        return facts_of(self.headline).site_links >= LINK_SHARE

    @property
    def start(self) -> int:
        return (self.above[0] if self.above else self.headline).start

    @property
    def stop(self) -> int:
        return self.headline.start + 1 + len(self.below)


@dataclass(slots=True)
class _Element:
    """An element that holds headlines."""

    tag: str
    heads: list[int] = field(default_factory=list)
    """Places of the headlines in it."""
    inner: dict[int, None] = field(default_factory=dict)
    """Numbers of its elements that hold headlines."""
    start: int = 0
    stop: int = 0
    """Its blocks."""


def several(blocks: Sequence[Block], said: Said, locale: str | None) -> list[Part]:
    """The articles of a page that holds several, in their order; [] where it holds one or none."""
    counted = [b for b in blocks if is_long(b) and _counts(b)]
    whole = size_of(counted)
    best: list[_Unit] = []
    for units in _groups(blocks, locale):
        found = [unit for unit in units if unit.prose]
        if (
            not max(1, len(best)) < len(found) <= MOST_ARTICLES
            or _size(found) < (ARTICLES_SHARE - OPENING_SHARE) * whole
        ):
            continue
        for unit in found:
            _read_beside(unit, locale)
        found = _among_signed(found)
        if len(found) > max(1, len(best)) and _are_articles(found, blocks, said, whole):
            best = found
    return [unit.part() for unit in best]


def opening_of(blocks: Sequence[Block], parts: Sequence[Part], said: Said) -> range:
    """Places of the page's own headline and of the prose below it, above all articles: how a digest opens. Empty where
    there is no such prose."""
    above = blocks[: parts[0].start]
    own = _own_headline([b for b in above if _counts(b)], said)
    if own is None or not any(is_prose(b) and _counts(b) for b in above[own.start :]):
        return range(0)
    return range(own.start, parts[0].start)


def _among_signed(units: Sequence[_Unit]) -> list[_Unit]:
    """The signed units, and those that nobody signs and that stand among them, if these are few."""
    signed = [unit for unit in units if unit.signed]
    last = signed[-1].start if signed else -1
    found = [unit for unit in units if unit.signed or not unit.alone or unit.start < last]
    return found if len(signed) >= SIGNED_SHARE * len(found) else []


def _size(units: Sequence[_Unit]) -> int:
    return sum(unit.size for unit in units)


def _counts(block: Block) -> bool:
    """Whether a block may be of an article: not in the page's frame, nor among comments."""
    facts = facts_of(block)
    foot = "footer" in facts.tags and "article" not in facts.tags
    return not foot and FRAME.isdisjoint(facts.tags) and NO_ARTICLES.isdisjoint(facts.words)


# Which headlines stand side by side, and what goes with each


def _groups(blocks: Sequence[Block], locale: str | None) -> Iterator[list[_Unit]]:
    """Units with headlines of one level, in elements of one kind, side by side; also those of several columns."""
    heads = [n for n, b in enumerate(blocks) if _level(b) and _counts(b)]
    if not ENOUGH <= len(heads) <= MOST_HEADLINES:
        return
    heads = [n for n in heads if not _is_day(blocks[n], locale)]
    elements = _elements(blocks, heads)
    sums = [0]
    for block in blocks:
        sums.append(sums[-1] + (is_prose(block) and _counts(block)))
    columns: dict[tuple[str, str, str, bool], list[list[_Unit]]] = {}
    for place, element in elements.items():
        forms: dict[tuple[str, str, bool], list[int]] = {}
        for number in element.inner if len(element.inner) > 1 else ():
            inner = elements[number]
            bare = sums[inner.stop] == sums[inner.start]
            forms.setdefault((inner.tag, _level(blocks[_headline(blocks, inner)]), bare), []).append(number)
        for (tag, level, bare), numbers in forms.items():
            if len(numbers) < ENOUGH:
                continue
            if bare:
                units = _one_below_the_other(blocks, elements, place, numbers, level, locale)
            else:
                units = [_alone(blocks, elements[number], number) for number in numbers]
            if units:
                columns.setdefault((element.tag, tag, level, bare), []).append(units)
                yield units
    for groups in columns.values():
        units = sorted((unit for group in groups for unit in group), key=lambda unit: unit.start)
        if len(groups) > 1 and all(above.stop <= below.start for above, below in pairwise(units)):
            yield units


def _elements(blocks: Sequence[Block], heads: Sequence[int]) -> dict[int, _Element]:
    """The elements that hold headlines, by number; ROOT is that of all."""
    found = {ROOT: _Element("body", list(heads), {}, 0, len(blocks))}
    for n in heads:
        around, facts = found[ROOT], facts_of(blocks[n])
        for tag, number in zip(facts.tags, facts.inside, strict=True):
            around.inner[number] = None
            around = found.setdefault(number, _Element(tag, start=n))
            around.heads.append(n)
            if tag in LEVELS:
                break
    for n, block in enumerate(blocks):
        for number in facts_of(block).inside:
            if number in found:
                found[number].start = min(found[number].start, n)
                found[number].stop = n + 1
    return found


def _level(block: Block) -> str:
    """h1, h2 or h3, where the block is in one; else ""."""
    return next((tag for tag in around(block) if tag in LEVELS), "")


def _is_day(block: Block, locale: str | None) -> bool:
    return len(block.raw) <= LONGEST_SIGN // 2 and any(map(str.isdigit, block.raw)) and bool(date_in(block.raw, locale))


def _headline(blocks: Sequence[Block], element: _Element) -> int:
    """Place of the first headline of the highest level in an element."""
    return min(element.heads, key=lambda n: (_level(blocks[n]), n))


def _alone(blocks: Sequence[Block], element: _Element, number: int) -> _Unit:
    head = _headline(blocks, element)
    return _Unit(
        number, number, blocks[head], blocks[element.start : head], blocks[head + 1 : element.stop], alone=True
    )


def _one_below_the_other(
    blocks: Sequence[Block],
    elements: dict[int, _Element],
    place: int,
    numbers: Sequence[int],
    level: str,
    locale: str | None,
) -> list[_Unit]:
    """Units that begin with a headline and end where the next one begins, a higher one, or the page's frame."""
    around = elements[place]
    starts = [elements[number].start for number in numbers]
    above = [_above(blocks, start, around, locale) for start in starts]
    begins = above if all(a < s for a, s in zip(above, starts, strict=True)) else starts
    higher = [n for n in around.heads if _level(blocks[n]) < level]
    units = []
    for begin, start, stop in zip(begins, starts, [*begins[1:], around.stop], strict=True):
        stop = min((n for n in higher if start < n < stop), default=stop)
        stop = next((n for n in range(start, stop) if not _counts(blocks[n])), stop)
        head = next((n for n in range(start, stop) if _level(blocks[n]) == level), None)
        first, last = (_inside(blocks[n], place) for n in (begin, max(begin, stop - 1)))
        if head is None or first is None or last is None:
            return []
        units.append(_Unit(first, last, blocks[head], blocks[begin:head], blocks[head + 1 : stop], alone=False))
    return units


def _above(blocks: Sequence[Block], start: int, around: _Element, locale: str | None) -> int:
    """Place of the day right above a headline, or the headline's."""
    return start - 1 if start > around.start and _is_day(blocks[start - 1], locale) else start


def _inside(block: Block, number: int) -> int | None:
    """The element right inside another one that a block stands in; None where it stands in none."""
    inside = facts_of(block).inside
    depth = 0 if number == ROOT else inside.index(number) + 1 if number in inside else len(inside)
    return inside[depth] if depth < len(inside) else None


# What each says of itself


def _read_beside(unit: _Unit, locale: str | None) -> None:
    """Reads the lines beside the prose: who signs it, and of which day it is."""
    found = [n for n, b in enumerate(unit.kept) if is_prose(b)]
    beside = [*unit.above, *unit.kept[: found[0]][:LINES_ABOVE], *unit.kept[found[-1] + 1 :][:LINES_BELOW]]
    beside = [b for b in beside if len(b.raw) <= LONGEST_SIGN and ending(b.raw) not in SENTENCE_ENDS]
    unit.byline, unit.names = next(((b, names) for b in beside if (names := _names(b))), (None, ()))
    unit.date, unit.day = next(((b, day) for b in beside if (day := _day(b, locale))), (None, None))
    unit.clock = any(_CLOCK.search(b.raw) for b in beside)


def _names(block: Block) -> tuple[str, ...]:
    marked = not BYLINE.isdisjoint(facts_of(block).own_words) or OPENING.match(block.raw)
    return byline_in([block.raw]) or (clean_names([block.raw]) if marked else ())


def _day(block: Block, locale: str | None) -> str | None:
    stated = facts_of(block).moments
    if stated and (day := iso_date(stated[0], None)):
        return day
    return date_in(block.raw, locale, but=UPDATED) if any(map(str.isdigit, block.raw)) else None


# Whether they are articles


def _are_articles(all_units: Sequence[_Unit], blocks: Sequence[Block], said: Said, whole: int) -> bool:
    """Whether units are articles of their own, and what the page is for. What nobody signs says nothing."""
    units = [unit for unit in all_units if unit.signed]
    titles = {key(_REPLY.sub("", unit.headline.raw)) for unit in units}
    if len(titles) < len(units) or "" in titles:  # a thread says its subject again
        return False
    stated = any(said.names(unit.headline.raw) for unit in units)
    if said.one and not stated:
        return False
    if stated and not all(unit.alone for unit in units):  # the page's own headline, and signed parts below it
        return False
    if _share(units, lambda u: u.cut) > 0 or _share(units, lambda u: bool(_NUMBERED.match(u.headline.raw))) > HALF:
        return False
    if _share(units, lambda u: u.clock) > HALF and len({u.day for u in units} - {None}) <= 1:  # a live blog
        return False
    above = [b for b in blocks[: all_units[0].start] if _counts(b)]
    own = _own_headline(above, said)
    opening = size_of(b for b in above if is_long(b)) if own and _is_around(own, units) else 0
    outside = whole - _size(all_units) - (opening if opening <= OPENING_SHARE * whole else 0)
    if outside > (1 - ARTICLES_SHARE) * whole:
        return False
    return _under(units, above, said, own) if own and not stated else _beside(units)


def _share(units: Sequence[_Unit], what: Callable[[_Unit], object]) -> float:
    return sum(bool(what(unit)) for unit in units) / len(units)


def _own_headline(above: Sequence[Block], said: Said) -> Block | None:
    """The heading above all units that is no link, and not the name of the site: the h1, or the one that the page's
    title names."""
    found = [b for b in above if _level(b) and facts_of(b).link_share < LINKED and not said.is_site(b.raw)]
    tops = (b for b in found if _level(b) == "h1")
    return next(tops, None) or next((b for b in found if said.names(b.raw)), None)


def _is_around(headline: Block, units: Sequence[_Unit]) -> bool:
    """Whether a headline is in no article, or in one that holds all units as well."""
    facts = facts_of(headline)
    own = next((n for tag, n in zip(facts.tags, facts.inside, strict=True) if tag == "article"), None)
    return own is None or all(own in facts_of(unit.headline).inside for unit in units)


def _shares_article(headline: Block, units: Sequence[_Unit]) -> bool:
    """Whether one article's element holds a headline and all units."""
    return "article" in facts_of(headline).tags and _is_around(headline, units)


def _beside(units: Sequence[_Unit]) -> bool:
    """Articles without a headline above them all: each has prose, and is signed by a name, or else by a day where its
    headline leads to it, or an element is its own, or by a day and an hour."""
    signed = all(u.names or (u.day and (u.linked or u.alone or u.clock)) for u in units)
    spoken = all(u.linked or words(u.headline.raw) >= SHORTEST_HEADLINE for u in units)
    return signed and spoken and _share(units, lambda u: u.prose >= ENOUGH) >= HALF


def _under(units: Sequence[_Unit], above: Sequence[Block], said: Said, own: Block) -> bool:
    """Articles below a headline of the whole page, such as "News" or "The week": each leads to a page of its own and
    has its day; or they are long, and signed by different people, where nobody signs the page. What experts say below a
    headline is signed like that too: where it stands with them in one article, or the page's title names it and its
    site, each has its day as well."""
    signed = any(_names(b) for b in above if len(b.raw) <= LONGEST_SIGN)
    if all(u.day and u.linked for u in units):
        return not signed and _share(units, lambda u: u.prose >= ENOUGH) >= HALF
    people = {key("".join(u.names)) for u in units}
    if signed or said.signed or "" in people or len(people) < ENOUGH or _share(units, lambda u: u.clock) > HALF:
        return False
    if (said.goes_on(own.raw) or _shares_article(own, units)) and not all(u.day for u in units):
        return False
    spoken = all(words(u.headline.raw) >= SHORTEST_HEADLINE for u in units)
    return spoken and _share(units, lambda u: u.prose >= ENOUGH_UNDER) >= HALF
