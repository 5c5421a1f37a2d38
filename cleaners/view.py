"""The articles of a labelled page: the view that becomes the record. Changes nothing on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from typing import Any

import regex

from cleaners.dates import date_in, day_of_address, iso_date
from cleaners.html.authors import clean_names
from cleaners.matching.fragments import expand
from cleaners.matching.match import rule_key
from cleaners.matching.ruleset import RuleSet
from cleaners.page import Article, Block, Meta, NoArticle, Page, TooMuchRemoved, host_of, text_of
from cleaners.source import check_left
from cleaners.words import key

LINES = ("kicker", "standfirst", "byline")
"""Roles whose first line is a field of the record."""
DATES_READ = 5
"""Lines labelled `date` that are tried before giving up: parsing one takes milliseconds."""
NO_DAY = "1970-01-01"
"""The day from which computers count time: pages state it where they know of none."""
EAST = timedelta(days=1)
"""East of Greenwich it can be the next day already."""
_UPDATED = regex.compile(expand("(?&just_updated)"))
_NOT_OF_PAGE = regex.compile(expand("(?&just_updated)|(?&just_other_day)"))
_AND = regex.compile(
    expand(
        r"(?:(?<!\s)\s*+|(?<=\s))"  # a run of spaces is read once, from where it begins
        r"(?:[,;/&、](?:\s*+(?:(?&and)|(?&and_upper))\s)?|(?<=\s)(?:(?&and)|(?&and_upper))\s)\s*+"
    )
)


def articles(page: Page, rules: RuleSet) -> list[Article]:
    """One record an article, in the order of the page. Raises NoArticle where no text is left at all, and
    TooMuchRemoved where more is taken than the rules allow and such pages are to be refused.

    Where nothing is left of an article, its lines are listed with the article above it, or else below it.
    """
    found: list[tuple[list[Block], list[Block]]] = []
    gone: list[Block] = []
    for blocks in page.articles():
        if any(b.kept and b.text for b in blocks):
            found.append((blocks, gone))
            gone = []
        else:
            (found[-1][1] if found else gone).extend(blocks)
    if not found:
        raise NoArticle(_nothing_left(page))
    if page.over is not None and rules.too_much == "refuse":
        raise TooMuchRemoved(_too_much(page, page.over, rules))
    made = [_article(page, blocks, beside, n, rules) for n, (blocks, beside) in enumerate(found, 1)]
    check_left(page)
    return made


def _article(page: Page, blocks: Sequence[Block], beside: Sequence[Block], number: int, rules: RuleSet) -> Article:
    first, known = number == 1, page.known(blocks[0])
    meta = replace(known, language=page.language(blocks[0]), crawled=page.meta.crawled)
    own = first or bool(page.parts)  # then the page's metadata are those of this article
    by_role: dict[str, list[Block]] = {}
    for block in blocks:
        by_role.setdefault(block.role, []).append(block)

    def one(role: str) -> str | None:
        return by_role[role][0].text if by_role.get(role) else None

    bylines, dates = by_role.get("byline", []), by_role.get("date", [])[:DATES_READ]
    named = [name for b in bylines for name in _names(b.parts.get("name", ""))]
    title = _title(page, meta.title, one("title")) if own else one("title")
    url = meta.url or next((b.parts["url"] for b in by_role.get("source_url", []) if "url" in b.parts), None)
    published = _published(meta, own, dates, bylines, None if page.parts else meta.url)
    return Article(
        id=page.id if first else f"{page.id}#{number}",
        page=page.name or page.id,
        url=url,
        host=meta.host or (host_of(url) if url else None),
        title=title,
        kicker=one("kicker"),
        standfirst=one("standfirst"),
        byline=one("byline"),
        authors=tuple(dict.fromkeys(meta.authors if own and meta.authors else named)),
        published=published,
        modified=_modified(meta, own, (*dates, *bylines), published),
        language=meta.language,
        text=text_of(blocks),
        captions=_captions([b for b in (*blocks, *beside) if b.role == "caption"]),
        removed=tuple(
            _removed(page, (*blocks, *beside), rules, {key(text) for text in (title, url, *map(one, LINES)) if text})
        ),
        repairs=_repairs(page, blocks),
        rules=rules.hash,
        route=page.route,
        left_whole=None if page.over is None else round(page.over, 3),
    )


def _names(line: str) -> tuple[str, ...]:
    """The names in a byline, without jobs, places and the word before them."""
    return clean_names([line], desks=True) or tuple(filter(None, _AND.split(line)))


def _repairs(page: Page, blocks: Sequence[Block]) -> dict[str, int]:
    """How many repairs of each kind were made, how many letters are lost, and what the page left open."""
    made = Counter(e.by for b in blocks for e in b.edits if not e.cut)
    lost = sum(block.text.count("\ufffd") for block in blocks)  # their bytes were lost before
    made += Counter({"repair.lost": lost, "repair.closed": page.closed})
    return dict(sorted(made.items()))


def _published(
    meta: Meta, own: bool, dates: Sequence[Block], bylines: Sequence[Block], address: str | None
) -> str | None:
    """The first day that can be right, of those in the page's head, in its date lines and bylines, and in its
    address."""
    days = (_day(block, meta.locale) for block in (*dates, *bylines))
    if not own:
        return next((day for day in days if _believed(day, meta)), None)
    stated = chain([meta.published, *meta.other_days], days, [day_of_address(address)])
    return next((day for day in stated if _believed(day, meta)), None)


def _modified(meta: Meta, own: bool, lines: Sequence[Block], published: str | None) -> str | None:
    """The day of the last change that the page's head states, else its date lines and bylines."""
    shown = (date_in(block.text, meta.locale, after=_UPDATED) for block in lines)
    stated = chain([meta.modified if own else None], shown)
    return next((day for day in stated if day and _believed(day, meta) and day >= (published or day)), None)


def _day(block: Block, locale: str | None) -> str | None:
    """The day that a date line or byline states, if it is not that of an update, a deadline, a premiere."""
    stated = block.parts.get("date", block.text)
    if stated in block.text and _NOT_OF_PAGE.search(block.text[: block.text.index(stated)]):
        stated = ""
    return iso_date(stated, locale) or date_in(block.text, locale, but=_NOT_OF_PAGE)


def _believed(day: str | None, meta: Meta) -> str | None:
    """The day, unless it is later than any place had when the page was fetched: crawlers write days of UTC."""
    if day == NO_DAY:
        return None
    latest = (date.fromisoformat(meta.crawled) + EAST).isoformat() if meta.crawled else None
    return day if day and (latest is None or day <= latest) else None


def _title(page: Page, stated: str | None, shown: str | None) -> str | None:
    """The title as the page shows it, unless an HTML page states another one in its metadata.

    One that differs in numbers alone is no other: sites change "in 2025" in the headline and forget the metadata. One
    that has a colon more is the whole: a page sets the two parts of a headline on lines of their own.
    """
    if shown and stated and page.kind == "html":
        other = rule_key(shown) != rule_key(stated) or (
            key(shown) == key(stated) and ":" in stated and ":" not in shown
        )
        return stated if other else shown
    return shown or stated


def _captions(blocks: Sequence[Block]) -> tuple[dict[str, str | None], ...]:
    seen: dict[str, dict[str, str | None]] = {}
    for block in blocks:
        text, credit = block.parts.get("text") or block.text, block.parts.get("credit")
        seen.setdefault(key(text) or text, {"text": text, "credit": credit})
    return tuple(seen.values())


def _removed(page: Page, blocks: Sequence[Block], rules: RuleSet, shown: set[str]) -> list[dict[str, Any]]:
    """What was taken out: whole blocks, and cuts inside those that are shown. Lines with a role of their own, such as a
    date line or a second byline, are in it where no field of the record shows them: nothing vanishes."""
    out: list[dict[str, Any]] = []
    for b in blocks:
        if b.fate == "removed" or (b.fate == "lifted" and b.role != "caption" and key(b.text) not in shown):
            out.append(_entry(page, b, 0, len(b.raw), b.by, b.why) | {"role": b.role})
        else:
            out += (_entry(page, b, e.start, e.end, e.by, rules.why(e.by)) for e in b.edits if e.cut)
    return out


def _entry(page: Page, block: Block, start: int, end: int, by: str, why: str) -> dict[str, Any]:
    where = {"block": block.start} if page.kind == "html" else {"start": block.start + start, "end": block.start + end}
    text = block.raw[start:end].encode("utf-8", "replace").decode("utf-8")  # a lone surrogate cannot be written
    return {"by": by, "role": "chrome", **where, "text": text, "why": why}


def _too_much(page: Page, share: float, rules: RuleSet) -> str:
    return (
        f"{share:.1%} of its words would be removed, more than the limit of {rules.most_removed:.1%} (most by"
        f" {page.over_by}); see each with `boilerstrip explain`, and raise the limit or leave such pages whole"
    )


def _nothing_left(page: Page) -> str:
    hits = Counter(b.by for b in page.blocks if not b.kept)
    if not page.blocks:
        return "no text is visible on this page: is it a redirect, or drawn by a script? Save it from a browser"
    if page.wall:
        return f"no article in it: it is {page.wall}; fetch what is behind it, or see it with `boilerstrip explain`"
    most = ", ".join(f"{by} ({n})" for by, n in hits.most_common(3))
    return (
        f"no article in it: all {len(page.blocks)} lines are site furniture or stand outside the article"
        f" (most by {most}); see each with `boilerstrip explain`"
    )
