"""What each line of a head is, where junk stands in it: byline, date, caption, the site's. For `front`, which reads the
head, and for `front_title`, which finds the title in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import regex

from cleaners.dates import date_in
from cleaners.matching.match import Matcher, applies, matches
from cleaners.page import Block, Page
from cleaners.text.head_lines import date_line, name_line, only_by, signature
from cleaners.text.line_facts import furniture_words
from cleaners.text.page_lines import BY_SCORER
from cleaners.words import prose, words

PATTERN = 400
"""Characters of the longest line that rules and patterns are asked about."""
NEAR = 6
"""Lines between a title and the byline or date that belongs to it."""
SHORT = 4
"""Words of the longest line that is left over between the parts of a head, or is a kicker."""
DATED = regex.compile(r"\s*[|•·]\s*|\s+[-–—]\s+")
"""Between the parts of a row: date, author, section, number of comments."""
LONGEST_ROW = 120
"""Characters of the longest such row."""
DAY_OR_HOUR = regex.compile(r"\d[./-]\d{1,2}[./-]\d|\d[:.h]\d\d")
"""In figures."""
Kind = str
"""What a line is: "byline", "date", "caption", "settled" for what rules know as the site's and for what is not
for `front` to label; "" where nothing tells."""


@dataclass(frozen=True)
class Head:
    """The lines of an article, and what each is."""

    page: Page
    blocks: Sequence[Block]
    matcher: Matcher
    kinds: dict[int, tuple[Kind, dict[str, str]]] = field(default_factory=dict)

    def kind(self, n: int) -> Kind:
        """What a line of the head is, by its role, by rules, by what it says."""
        if n not in self.kinds:
            self.kinds[n] = _kind(self.page, self.blocks[n], self.matcher)
        return self.kinds[n][0]

    @cached_property
    def short_lines(self) -> list[str]:
        """Lines that may repeat the title: all but prose and captions."""
        return [b.text for n, b in enumerate(self.blocks) if not prose(b.text) and self.kind(n) != "caption"]

    @cached_property
    def prose_text(self) -> str:
        """The prose of the article. Whose name is in it is written about, and is not its author."""
        return "\n".join(b.text for b in self.blocks if b.kept and prose(b.text))


def is_free(block: Block) -> bool:
    """May `front` give this line another role? It is in the text, or only a scorer has taken it out."""
    return block.kept or block.by in BY_SCORER


def unknown_lines(head: Head, begin: int, end: int) -> list[int]:
    """The places of the lines that are in the text and of no known kind."""
    return [n for n in range(begin, end) if head.blocks[n].kept and head.kind(n) == ""]


def _kind(page: Page, block: Block, matcher: Matcher) -> tuple[Kind, dict[str, str]]:
    """What a line is, and the named parts of a byline that are found in it."""
    text, none = block.text, dict[str, str]()
    if block.role in ("caption", "byline", "date"):
        return block.role, block.parts
    if not is_free(block) or block.allowed:
        return "settled", none
    if len(text) <= PATTERN:
        of_site = False
        for rule, parts in matches(matcher, text):
            if not applies(rule, page.language(block), page.meta.host) or rule.linked:
                continue
            if rule.does == "role" and rule.role in ("byline", "caption", "date"):
                return rule.role, parts
            of_site = True
        if signed := _dated_name(text, page.language(block)):
            return "byline", signed
        if (name := signature(text)) and name[1]:
            return "byline", {"name": name[0]}
        if of_site or (words(text) <= SHORT and furniture_words(text.casefold())):
            return "settled", none  # a player's clock among them
        if date_line(text) and _day_or_hour(text, page.language(block)):
            return "date", none
    return "", none


def _day_or_hour(text: str, language: str | None) -> bool:
    """Does a line state a day or an hour, in figures or in words?"""
    return bool(DAY_OR_HOUR.search(text)) or date_in(text, language) is not None


def _dated_name(text: str, language: str | None) -> dict[str, str] | None:
    """Name and date of a line that has both and little else: "Ann Lee — Tuesday, 3 May 2021, 08:30", "3 May 2021 · by
    Ann · in Larder · 6 comments"."""
    if len(text) > LONGEST_ROW:
        return None
    parts = [part for part in DATED.split(text) if part]
    days = [part for part in parts if date_line(part) and date_in(part, language)]
    by = [part.partition(" ") for part in parts if part not in days]
    names = [name for word, _, name in by if only_by(word) and words(name) <= SHORT]
    names = names or [part for part in parts[:1] if name_line(part)]
    if not days or not names or any(words(part) > 2 * SHORT for part in parts):
        return None
    return {"name": names[0], "date": days[0]}
