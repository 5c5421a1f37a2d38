"""The head of a text that still has the site around it, whatever junk stands in it and whoever took it out.

Between the menu and the prose stand kicker, title, standfirst, byline and dates, in this order or another, and among
them breadcrumbs, tickers, share bars, minutes to read, captions. Title is a line like a headline for which something
speaks: the page says it again (its first line, a breadcrumb, a citation), the prose says what it says, or a byline or
a date stands near. Two of them are asked for; where nothing speaks for any line, `head` reads it after its own shapes.

The numbers below were set on the 53 dumps of tests/dumps, where 49 titles, 43 lists of authors and 51 dates are right.
With half or twice each alone, those that decide there are NEAR (3: 44, 42, 49), LEAST (5: 43, 38, 48), SHORT (2: 41
authors), CORE (7: 48, 42), FEWEST_LETTERS (4: 48, 42), LONGEST_ROW (60: 42 authors, 50 dates), and by a title each
ALIKE (.45), RETOLD (3) and LONGEST_SITE (3); the others are guards, and change none of the three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import regex

from cleaners.dates import date_in
from cleaners.matching.fragments import expand
from cleaners.matching.match import Matcher, applies, matches
from cleaners.page import Block, Page
from cleaners.text.head_lines import date_line, item, job_line, name_line, only_by, signature, uncased_name
from cleaners.text.line_facts import furniture_words
from cleaners.words import (
    LONGER,
    NO_HEADLINE,
    WORD,
    ending,
    headline_like,
    key,
    prose,
    sentence,
    stems,
    tokens,
    width,
    words,
    words_mostly,
)

REACH = 40
"""Lines above the prose that are looked at."""
PATTERN = 400
"""Characters of the longest line that rules and patterns are asked about."""
NEAR = 6
"""Lines between a title and the byline or date that belongs to it."""
LONGEST_TITLE = 170
"""Characters (Latin) of the longest title."""
LONGEST_STANDFIRST = 260
"""The same of the longest sentence that counts as a standfirst where byline or date stand between it and the prose."""
SHORTEST_NAME = 8
"""Letters of a title that another line of the page repeats: a shorter one is found inside other words."""
NAMED = 6
"""What it weighs that the page says a title again. A byline or date near weighs 2, what the prose says 2 to 4."""
LEAST = 4
"""The least that must speak for a title; that the page says it, or a byline or date near, must be among it."""
SHORT = 4
"""Words of the longest line that is left over between the parts of a head, or is a kicker."""
ALIKE = 0.6
"""Share of a title's longer words that the page's first line has, or the reverse."""
MOST_OTHERS = 2
"""Lines that nothing is known of, between the parts of a head; where there are more, they are the article's: a diary, a
ticker, the items of a meeting."""
SUBHEADINGS = 2
"""Lines between paragraphs from which on an article has subheadings."""
RETOLD = 2
"""Longer words of a title that the article has anywhere, where its first paragraphs do not have them."""
LONGEST_SITE = 6
"""Words of the longest name of a site behind a title."""
CORE = 5
"""Letters of a word that are looked for inside the words of the article: languages put articles before and cases behind
their nouns."""
FEWEST_LETTERS = 8
"""Different letters of the shortest headline in Han or Kana."""
HANGUL = regex.compile(r"\p{Hangul}")

BETWEEN = regex.compile(r"\s*[|｜›»>/\\·•]\s*|\s+[-–—:]\s+|\s?::\s?|:\s+")
"""Between the parts of a breadcrumb, or of a title and the site's name."""
PATH = regex.compile(r"\S\s?[>»›→]\s?\S.*|[^/|]+(?:\s[/|]\s[^/|]+){2,}")
SITE = regex.compile(r"(?r)(?:\s*[|｜]\s*|\s+[-–—·]\s+)([^|｜]+)")
TIMED = regex.compile(r"\d{1,2}[:.]\d{2}\b.*")
"""A headline of a ticker."""
DATED = regex.compile(r"\s*[|•·]\s*|\s+[-–—]\s+")
"""Between the parts of a row: date, author, section, number of comments."""
LONGEST_ROW = 120
FIGURES = regex.compile(r"\d[./-]\d{1,2}[./-]\d|\d[:.h]\d\d")
TICKER = regex.compile(expand(r"(?i)(?&ticker)(?!\w)"))
JOB = regex.compile(expand(r"(?i)\b(?&job)\b"))

BY_SCORER = ("whole_page.outside", "residue.line")
"""Who takes out lines by their chances alone."""

Kind = str


@dataclass(frozen=True)
class _Head:
    """The lines of an article, and what each is."""

    page: Page
    blocks: Sequence[Block]
    matcher: Matcher
    found: dict[int, tuple[Kind, dict[str, str]]] = field(default_factory=dict)

    def kind(self, n: int) -> Kind:
        """What a line of a head is, by its role, by rules, by what it says: byline, date, caption, `known` for what is
        the site's, or nothing."""
        if n not in self.found:
            self.found[n] = _kind(self.page, self.blocks[n], self.matcher)
        return self.found[n][0]

    @cached_property
    def others(self) -> list[str]:
        """Lines of the page that may repeat its title: not prose."""
        return [b.text for n, b in enumerate(self.blocks) if not prose(b.text) and self.kind(n) != "caption"]

    @cached_property
    def told(self) -> str:
        """The prose of the article: who is in it did not write it."""
        return "\n".join(b.text for b in self.blocks if b.kept and prose(b.text))


def front(page: Page, matcher: Matcher) -> None:
    """Lifts title, kicker, standfirst, byline and dates of texts, and what is left between them."""
    if page.kind != "text":
        return
    for blocks in page.articles():
        shown = [b for b in blocks if b.text]
        for lines in (shown, [b for b in shown if b.kept]):  # then as it is given when the text is cleaned again
            if not any(b.by == "head.title" for b in shown):
                _read(_Head(page, lines, matcher))


def _read(head: _Head) -> None:
    blocks = head.blocks
    start, standfirst = _start(head)
    if not start:
        return
    title = _title(head, start, standfirst)
    if title is None:
        return
    for n, block in enumerate(blocks[:start]):  # what others took for the title
        if block.role == "title" and n != title:
            block.label("chrome", "head.orphan", "A line like a headline, and not the title.")
    blocks[title].label("title", "head.title")
    _cut_site(head, title)
    _above(head, title)
    _below(head, title, start, standfirst)


def _start(head: _Head) -> tuple[int, int | None]:
    """Where the text begins, and the place of a sentence above byline or date that would pass for its beginning."""
    blocks = head.blocks
    lines = [n for n, b in enumerate(blocks) if b.kept and prose(b.text) and head.kind(n) == ""]
    if not lines:
        return 0, None
    first = lines[0]
    if len(lines) == 1 or width(blocks[first].text) > LONGEST_STANDFIRST:
        return first, None
    second = lines[1]
    marks = [n for n in range(first + 1, second) if head.kind(n) in ("byline", "date")]
    if second - first > 2 and (found := signature(blocks[first + 1].text)) and found[0] != blocks[first + 1].text:
        marks.insert(0, first + 1)
    later = any(head.kind(n) == "date" for n in range(second + 1, lines[-1]))
    listed = len(_others(head, first + 1, max(marks, default=first))) > MOST_OTHERS
    if marks and marks[0] <= first + NEAR and not (later or listed):  # days or times all the way down are a diary's
        return second, first
    return first, None


def _others(head: _Head, begin: int, end: int) -> list[int]:
    """The places of the lines that are still the article's and no known part of a head."""
    return [n for n in range(begin, end) if head.blocks[n].kept and head.kind(n) == ""]


def _title(head: _Head, start: int, standfirst: int | None) -> int | None:
    """The place of the line that most speaks for; of lines as good, the upper of two that follow each other."""
    blocks, best, most, named_best = head.blocks, None, 0, False
    below = [b.text for b in blocks[start:] if b.kept and prose(b.text)]
    opening, whole = stems(" ".join(below[:3])), " ".join(tokens(" ".join(below)))
    marks = [n for n in range(start) if head.kind(n) in ("byline", "date")]
    last = start if standfirst is None else standfirst
    titles: list[str] = []
    sole = [n for n in range(last) if not head.kind(n) and _like_title(blocks[n].text)]
    for n in range(last - 1, max(-1, last - REACH), -1):
        line = blocks[n].text
        if head.kind(n) or not _like_title(line) or _path_to(line, titles) or item(line, [b.text for b in blocks]):
            continue
        titles.append(key(line))
        near_mark = any(n < m <= n + NEAR or (n - 2 <= m < n) for m in marks)
        named = _repeated(head, n)
        if not (near_mark or named):
            continue
        speaks = (named and blocks[n].role == "title") + NAMED * named + 2 * near_mark + _said(line, opening, whole)
        speaks -= 2 * (words(line) < 3 or _few_letters(line))
        speaks += 2 * (head.page.route != "whole" and (sole == [n] or (n == 0 and headline_like(line))))
        near = best is not None and best - n <= 3 and all(map(head.kind, range(n + 1, best)))
        right_above = best == n + 1 and headline_like(line) and not named_best
        if speaks >= LEAST and (speaks > most or (speaks == most and near) or right_above):
            best, most, named_best = n, speaks, named
    return best


def _said(line: str, opening: set[str], whole: str) -> int:
    """How much of a line the prose says: 4 where its first paragraphs share its longer words, 3 where the whole article
    has the cores of half of them, whatever they begin and end with, 2 where it has RETOLD of these."""
    own = stems(line)
    shared = len(own & opening)
    if shared >= 2 and shared * 10 >= len(own) * 3:
        return 4
    cores = {word[:2] if HANGUL.match(word) else word[:CORE] for word in tokens(line)}
    cores = {core for core in cores if len(core) >= _shortest(core)}
    found = sum(core in whole for core in cores)
    return 3 if found >= RETOLD and 2 * found >= len(cores) else 2 * (found >= RETOLD)


def _shortest(core: str) -> int:
    """Letters of the shortest word that says something: fewer where no vowels are written or a letter is a syllable."""
    return 2 if HANGUL.match(core) else LONGER if core.lower() != core.upper() else LONGER - 1


def _few_letters(line: str) -> bool:
    """Is this a line of a script without spaces that is shorter than headlines are?"""
    letters = stems(line)
    return len(letters) < FEWEST_LETTERS and all(len(letter) == 1 for letter in letters)


def _like_title(line: str) -> bool:
    return (
        width(line) <= LONGEST_TITLE
        and words(line) >= 2
        and words_mostly(line)
        and ending(line) not in NO_HEADLINE
        and "://" not in line
        and not PATH.fullmatch(line)
        and not TIMED.fullmatch(line)
        and not _of_ticker(line)
        and not (words(line) <= NEAR and JOB.search(line))
        and (headline_like(line) or not (name_line(line) or uncased_name(line)))
    )


def _of_ticker(line: str) -> bool:
    """Does this line begin with the label of a ticker, set apart by a sign, by capitals, or in a script without any?"""
    found = TICKER.match(line)
    if not found:
        return False
    label, rest = found[0], line[found.end() :]
    return not rest.strip(" :|!") or rest.lstrip()[:1] in ":|" or (label.upper() == label and not rest.isupper())


def _path_to(line: str, titles: Sequence[str]) -> bool:
    """Is this line a breadcrumb without signs: sections of the site, and a title below it?"""
    own = key(line)
    return any(own != title and len(title) >= 2 * SHORTEST_NAME and own.endswith(title) for title in titles)


def _repeated(head: _Head, n: int) -> bool:
    """Does another line of the page hold this one, as its own name, a breadcrumb, or a citation does?"""
    line = head.blocks[n].text
    own, stem = key(line), stems(line)
    if len(own) < SHORTEST_NAME:
        return False
    if n == 0 and (site := SITE.search(line)) and any(_names_site(other, key(site[1])) for other in head.others):
        return True
    named = head.blocks[0].text
    least = min(len(stem), len(stems(named)))
    if n and head.page.route == "whole" and least >= 2 and len(stem & stems(named)) >= ALIKE * least:
        return True
    for line in head.others:
        other = key(line)
        if other == own:
            continue
        parts = BETWEEN.split(line)
        if len(parts) > 1 and len(own) >= 2 * SHORTEST_NAME and any(key(part).startswith(own) for part in parts):
            return True
        if len(parts) > 2 and len(key(parts[-1])) >= SHORTEST_NAME and own.startswith(key(parts[-1])):
            return True
    return False


def _cut_site(head: _Head, title: int) -> None:
    """Cuts the site's name off the title: behind a bar, or where it stands alone elsewhere on the page."""
    block = head.blocks[title]
    found = SITE.search(block.text)
    if found is None or found.end() < len(block.text):
        return
    name, site, barred = block.text[: found.start()], found[1], "|" in found[0] or "｜" in found[0]
    first = title == 0 and head.page.route == "whole" and _proper(site) and not _proper(name)
    again = any(_names_site(line, key(site)) for line in head.others)
    if words(name) >= 2 and (first or (words(site) <= LONGEST_SITE and (barred or again))):
        block.edit([(found.start(), len(block.text), "")], "head.site", cut=True)


def _proper(text: str) -> bool:
    """Is this a name of a few words, every one of them with a capital?"""
    found = WORD.findall(text)
    return len(found) <= SHORT and all(word[0].isupper() for word in found)


def _names_site(line: str, site: str) -> bool:
    own = key(line)
    return own == site or (own != site and "©" in line and site in own)


def _above(head: _Head, title: int) -> None:
    blocks = head.blocks
    for n in range(title):
        block = blocks[n]
        if not block.kept and block.by not in BY_SCORER:
            continue
        kind = head.kind(n)
        if kind in ("byline", "date") and n >= title - NEAR:
            _lift(head, n)
        elif n == title - 1 and kind == "" and _like_kicker(block.text):
            block.label("kicker", "head.kicker")
        elif block.kept:
            block.label("chrome", "head.orphan", "Above the title.")


def _like_kicker(line: str) -> bool:
    return words(line) <= SHORT and words_mostly(line) and not PATH.fullmatch(line) and ending(line) not in NO_HEADLINE


def _below(head: _Head, title: int, start: int, standfirst: int | None) -> None:
    blocks = head.blocks
    if _dated_list(head, title + 1, start):
        return
    for n in range(title + 1, start):
        if head.kind(n) in ("byline", "date"):
            _lift(head, n)
    if standfirst is None:
        standfirst = next((n for n in range(title + 1, start) if head.kind(n) != "known"), start)
        while standfirst < start and blocks[standfirst].role in ("byline", "date"):
            standfirst += 1
    if standfirst < start and _free(blocks[standfirst]) and _leads(head, title, standfirst, start):
        blocks[standfirst].label("standfirst", "head.standfirst")
    if not any(b.role == "byline" for b in blocks[:start]):
        _sign(head, title, start)
    marks = [n for n in range(title + 1, start) if blocks[n].role in ("byline", "date", "standfirst", "caption")]
    for n in range(title + 1, max(marks, default=0)):
        if blocks[n].kept and words(blocks[n].text) <= SHORT and not sentence(blocks[n].text):
            blocks[n].label("chrome", "head.orphan", "A short line between the parts of the head.")


def _dated_list(head: _Head, begin: int, end: int) -> bool:
    """Do days or hours stand here with lines between them, as in a ticker?"""
    others = _others(head, begin, end)
    dates = [n for n in range(begin, end) if head.kind(n) == "date"]
    return sum(any(a < n < b for n in others) for a, b in pairwise(dates)) >= MOST_OTHERS


def _leads(head: _Head, title: int, place: int, start: int) -> bool:
    """Is this line a standfirst? It is none at the top of a list, or where it stands below byline or date and the
    article has other such lines between its paragraphs: then it is the first subheading."""
    blocks = head.blocks
    if words(blocks[place].text) <= SHORT or signature(blocks[place].text):
        return False
    marks = [n for n in range(title + 1, start) if blocks[n].role in ("byline", "date")]
    if not (marks and marks[-1] > place) and len(_others(head, place + 1, start)) > MOST_OTHERS:
        return False
    if prose(blocks[place].text) or not (marks and marks[0] < place):
        return True
    last = max(n for n, b in enumerate(blocks) if b.kept and prose(b.text))
    return len([n for n in _others(head, start, last) if not prose(blocks[n].text)]) < SUBHEADINGS


def _free(block: Block) -> bool:
    return block.kept or block.by.startswith("whole_page.") or block.by in BY_SCORER


def _sign(head: _Head, title: int, start: int) -> None:
    """Lifts the line of names nearest below the title, and those that follow it one by one."""
    last = None
    for n in range(title + 1, start):
        block = head.blocks[n]
        if not _free(block) or head.kind(n) or furniture_words(block.text.casefold()):
            continue
        if last is None:
            found = _signed(head, n, title)
        else:
            found = block.text if last == n - 1 and name_line(block.text) and block.text not in head.told else None
        if found:
            block.label("byline", "head.byline", name=found)
            last = n


def _signed(head: _Head, n: int, title: int) -> str | None:
    """The names in a line that signs the article, by its form and by what stands beside it: a date, the title, "by" on
    a line of its own; or by the credit of a picture that has the same name."""
    blocks, line = head.blocks, head.blocks[n].text
    if only_by(blocks[n - 1].text) and words(line) <= SHORT and words_mostly(line):
        return line
    found = signature(line)
    name = found[0] if found else line
    if not found and not uncased_name(line):
        return None
    dated = any(0 <= m < len(blocks) and blocks[m].role == "date" for m in (n - 1, n + 1))
    if name[0].isupper():
        return name if dated or (name not in head.told and (job_line(line) or _credited(head, n))) else None
    below_title = n - 1 == title or blocks[n - 1].role == "standfirst"
    if words(name) < 2 and len(name) < 3:
        return None
    if below_title and found and name != line:
        return name
    return name if dated and (_credited(head, n) or (below_title and found)) else None


def _credited(head: _Head, n: int) -> bool:
    """Does the credit of a picture have this line, a name?"""
    name = head.blocks[n].text
    credit = regex.compile(rf"[:：(（/|=＝、,©–—-][ ]?{regex.escape(name)}(?!\w{{3}})")
    return any(
        name in b.text and b.text != name and credit.search(b.text) for b in head.blocks if len(b.text) < PATTERN
    )


def _lift(head: _Head, n: int) -> None:
    block, (kind, parts) = head.blocks[n], head.found[n]
    if block.role in ("byline", "date") and not (kind == "byline" and block.by == "whole_page.date"):
        return
    if not _free(block):
        return
    if kind == "date":
        block.label("date", "head.date", date=block.text)
    else:
        block.label("byline", "head.byline", **parts)


def _kind(page: Page, block: Block, matcher: Matcher) -> tuple[Kind, dict[str, str]]:
    text, none = block.text, dict[str, str]()
    if block.role == "caption" or (block.role in ("byline", "date") and not block.by.startswith("whole_page.")):
        return block.role, block.parts
    if not _free(block) or block.allowed:
        return "known", none
    if len(text) <= PATTERN:
        known = False
        for rule, parts in matches(matcher, text):
            if not applies(rule, page.language(block), page.meta.host) or rule.linked:
                continue
            if rule.does == "role" and rule.role in ("byline", "caption", "date"):
                return rule.role, parts
            known = True
        if signed := _dated_name(text, page.language(block)):
            return "byline", signed
        if (name := signature(text)) and name[1]:
            return "byline", {"name": name[0]}
        if date_line(text) and _day_or_hour(text, page.language(block)):
            return "date", none
        if known or (words(text) <= SHORT and furniture_words(text.casefold())):
            return "known", none
    return "", none


def _day_or_hour(text: str, language: str | None) -> bool:
    return bool(FIGURES.search(text)) or date_in(text, language) is not None


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
