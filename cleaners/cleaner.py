"""The public calls: `clean` for one page, `Cleaner` for many with the same rules."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from os import fsdecode
from pathlib import Path

from cleaners import pipeline, source, view
from cleaners.matching.match import compile_rules
from cleaners.matching.ruleset import RuleSet, TooMuch, load_rules
from cleaners.page import Article, BadInput, Page, host_of
from cleaners.scoring.asked import Explanation, explained

LONGEST_PATH = 4_096
"""Characters of the name of a file, as Linux bounds it."""


class Cleaner:
    """Rules compiled once, used for any number of pages. Keeps no state between pages.

    rules    a RuleSet of `load_rules`; None: the built-in rules
    disable  ids of rules, or names of families, that are switched off
    sites    {host: lines that repeat across the host's pages}: those lines are chrome at the edges of its articles
    allow    lines that are in the article's text, whole, wherever they stand on the page
    most_removed  the largest share of a page's words, 0 to 1, that may be removed; None: any. See docs/code.md
    too_much  what becomes of a page of which more would go: "leave": it is left whole, and `left_whole` of its record
              says so; "refuse": TooMuchRemoved is raised
    """

    def __init__(
        self,
        rules: RuleSet | None = None,
        disable: Iterable[str] = (),
        sites: Mapping[str, Iterable[str]] | None = None,
        allow: Iterable[str] = (),
        *,
        most_removed: float | None = None,
        too_much: TooMuch = "leave",
    ) -> None:
        self.rules = (rules or load_rules()).without(disable, allow).with_sites(sites or {})
        if most_removed is not None or too_much != "leave":
            most = self.rules.most_removed if most_removed is None else most_removed
            self.rules = self.rules.limited(most, too_much)
        self.matcher = compile_rules(self.rules)

    def clean(
        self,
        source: str | bytes,
        url: str | None = None,
        *,
        id: str | None = None,
        name: str | None = None,
        crawled: str | None = None,
    ) -> list[Article]:
        """The articles of a page: HTML or text, told apart by looking. Never an empty list.

        url      where the page came from; otherwise what the page says itself
        id       the page's id in the record; otherwise 16 hex digits of its content's SHA-256
        name     where the page lies (a path, a row), for the record's `page`
        crawled  the day on which it was fetched, ISO 8601: it was published no later

        Raises BadInput (the name of a file), NotText (binary, data in letters, empty), NoArticle (nothing but
        furniture, a wall), TooMuchRemoved (over `most_removed`, where such pages are to be refused) and SlowRule (a
        user's pattern that takes seconds of CPU on it), all BadInput, a ValueError.
        """
        was_read = name is not None
        if not was_read and (path := _path(source)):
            raise BadInput(
                f"{path} is the name of a file, not a page: read it, and give clean() what is in it: "
                f"clean(Path({path!r}).read_bytes())"
            )
        page = self.label(source, url, id=id, name=name, crawled=crawled)
        return view.articles(page, self.rules)

    def label(
        self,
        source: str | bytes,
        url: str | None = None,
        *,
        id: str | None = None,
        name: str | None = None,
        crawled: str | None = None,
    ) -> Page:
        """The labelled page: every block with its role, who signed it, and why.

        Raises NotText, SlowRule, and BadInput where `crawled` is no day.
        """
        return self._labelled(_read(source, url), source, id, name, crawled)

    def explain(
        self,
        source: str | bytes,
        url: str | None = None,
        *,
        id: str | None = None,
        name: str | None = None,
        crawled: str | None = None,
        every: bool = False,
    ) -> Explanation:
        """The labelled page, and what spoke for and against each block that has its role by the chance of a scorer.

        every  of all blocks that a scorer was asked about, also where it decided nothing

        Labels as `label` does, and raises the same. Takes two milliseconds more for each block that it explains.
        """
        page = _read(source, url)
        page.asked = []
        for part in page.parts:
            part.asked = page.asked
        return explained(self._labelled(page, source, id, name, crawled), every=every)

    def _labelled(self, page: Page, source: str | bytes, id: str | None, name: str | None, crawled: str | None) -> Page:
        page.id = id or _digest(source)
        page.name = name or ""
        page.meta.crawled = crawled and _day(crawled)
        page.meta.host = page.meta.host or host_of(page.meta.url)
        pipeline.run(page, self.matcher)
        for block in page.blocks:
            block.why = block.why or self.rules.why(block.by)
        return page


def clean(source: str | bytes, url: str | None = None) -> list[Article]:
    """The articles of one page, cleaned with the built-in rules. See `Cleaner.clean`."""
    return _default().clean(source, url)


@cache
def _default() -> Cleaner:
    return Cleaner()


def _day(crawled: str) -> str:
    try:
        return date.fromisoformat(crawled[:10]).isoformat()
    except ValueError:
        raise BadInput(f"crawled is the day on which a page was fetched, as 2026-01-05, not {crawled!r}") from None


def _path(source: str | bytes) -> str | None:
    """The name of a file that lies there, as a list of names or a shell gives it."""
    if not isinstance(source, str | bytes) or len(source) > LONGEST_PATH:
        return None
    text = (fsdecode(source) if isinstance(source, bytes) else source).strip().removeprefix("file://")
    try:
        return text if "\n" not in text and Path(text).is_file() else None
    except (OSError, ValueError):  # with a NUL in it
        return None


def _read(content: str | bytes, url: str | None) -> Page:
    if isinstance(content, bytes):
        content, _ = source.decode(content)
    elif not isinstance(content, str):
        raise BadInput(f"a page is str or bytes, not {type(content).__name__}: read the file first")
    source.check(content)
    if source.looks_like_html(content):
        page = pipeline.read_html(content, url)
    else:
        page = source.lines(content)
        page.meta.url = url
    return page


def _digest(content: str | bytes) -> str:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:16]
