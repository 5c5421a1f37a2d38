"""Which line of a head is the title, where junk stands around it: the line for which most speaks.

Title is a line like a headline for which something speaks: the page says it again (its first line, a breadcrumb, a
citation), the prose says what it says, or a byline or a date stands near. Two of them are asked for. The numbers come
from where front.py says.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from cleaners.matching.fragments import expand
from cleaners.text.front_lines import NEAR, SHORT, Head
from cleaners.text.head_lines import item, name_line, uncased_name
from cleaners.words import (
    LONGER,
    NO_HEADLINE,
    WORD,
    ending,
    headline_like,
    key,
    prose,
    stems,
    tokens,
    width,
    words,
    words_mostly,
)

OPENING = 3
"""Paragraphs of prose at the beginning, whose longer words a title shares. (Set by hand, as are
ABOVE and FEW_WORDS: on 82 visible texts no title is another at 1 or 6; 0 or 5; 2 or 5.)"""
ABOVE = 2
"""Lines between a byline or date and the title that it stands above."""
FEW_WORDS = 3
"""Words of a title from which on it says something by itself."""
REACH = 40
"""Lines above the prose that are looked at. (Of 82 visible texts, 4 titles less are right at 15, 2 at 100.)"""
LONGEST_TITLE = 170
"""Characters (Latin) of the longest title that something beside its form speaks for. (Of 324 texts, the visible ones of
articles and news and their golds below a byline, 2 come out otherwise at 130, none at 200.)"""
SHORTEST_NAME = 8
"""Letters of a title that another line of the page repeats: a shorter one is found inside other words."""
NAMED = 6
"""What it weighs that the page says a title again. A byline or date near weighs 2, what the prose says 2 to 4."""
LEAST = 4
"""The least that must speak for a title; that the page says it, or a byline or date near, must be among it."""
ALIKE = 0.6
"""Share of a title's longer words that the page's first line has, or the reverse."""
RETOLD = 2
"""Longer words of a title that the article has anywhere, where its first paragraphs do not have them."""
LONGEST_SITE = 6
"""Words of the longest name of a site behind a title."""
CORE = 5
"""Letters of a word that are looked for inside the words of the article: languages put articles before and cases behind
their nouns."""
FEWEST_LETTERS = 8
"""Different letters of the shortest headline in Han or Kana."""
JOB_WORDS = 6
"""Words of the longest line that is no title because a job is named in it: "Staff Writer"."""
HANGUL = regex.compile(r"\p{Hangul}")
BETWEEN = regex.compile(r"\s*[|｜›»>/\\·•]\s*|\s+[-–—:]\s+|\s?::\s?|:\s+")
"""Between the parts of a breadcrumb, or of a title and the site's name."""
PATH = regex.compile(r"\S\s?[>»›→]\s?\S.*|[^/|]+(?:\s[/|]\s[^/|]+){2,}")
SITE = regex.compile(r"(?r)(?:\s*[|｜]\s*|\s+[-–—·]\s+)([^|｜]+)")
TIMED = regex.compile(r"\d{1,2}[:.]\d{2}\b.*")
"""A headline of a ticker."""
TICKER = regex.compile(expand(r"(?i)(?&ticker)(?!\w)"))
JOB = regex.compile(expand(r"(?i)\b(?&job)\b"))


def title_of(head: Head, start: int, standfirst: int | None) -> int | None:
    """The place of the title above the prose, which begins at `start`, and above the standfirst where one is known;
    None where too little speaks for any line. Of two lines as good that follow each other it is the upper."""
    blocks, best, most, named_best = head.blocks, None, 0, False
    below = [b.text for b in blocks[start:] if b.kept and prose(b.text)]
    opening, every_word = stems(" ".join(below[:OPENING])), " ".join(tokens(" ".join(below)))
    marks = [n for n in range(start) if head.kind(n) in ("byline", "date")]
    last = start if standfirst is None else standfirst
    titles: list[str] = []
    sole = [n for n in range(last) if not head.kind(n) and _like_title(blocks[n].text)]
    for n in range(last - 1, max(-1, last - REACH), -1):
        line = blocks[n].text
        if head.kind(n) or not _like_title(line) or _path_to(line, titles) or item(line, [b.text for b in blocks]):
            continue
        titles.append(key(line))
        near_mark = any(n < m <= n + NEAR or (n - ABOVE <= m < n) for m in marks)
        named = _repeated(head, n)
        if not (near_mark or named):
            continue
        weight = (named and blocks[n].role == "title") + NAMED * named + 2 * near_mark
        weight += _retold(line, opening, every_word)
        weight -= 2 * (words(line) < FEW_WORDS or _few_letters(line))
        weight += 2 * (head.page.route != "whole" and (sole == [n] or (n == 0 and headline_like(line))))
        near = best is not None and best - n <= 3 and all(map(head.kind, range(n + 1, best)))
        right_above = best == n + 1 and headline_like(line) and not named_best
        if weight >= LEAST and (weight > most or (weight == most and near) or right_above):
            best, most, named_best = n, weight, named
    return best


def _retold(line: str, opening: set[str], every_word: str) -> int:
    """How much of a line the prose says: 4 where its first paragraphs share its longer words, 3 where the whole article
    has the cores of half of them, whatever they begin and end with, 2 where it has RETOLD of these."""
    own = stems(line)
    shared = len(own & opening)
    if shared >= 2 and shared * 10 >= len(own) * 3:
        return 4
    cores = {word[:2] if HANGUL.match(word) else word[:CORE] for word in tokens(line)}
    cores = {core for core in cores if len(core) >= _shortest(core)}
    found = sum(core in every_word for core in cores)
    return 3 if found >= RETOLD and 2 * found >= len(cores) else 2 * (found >= RETOLD)


def _shortest(core: str) -> int:
    """Letters of the shortest word that says something: fewer where no vowels are written or a letter is a syllable."""
    return 2 if HANGUL.match(core) else LONGER if core.lower() != core.upper() else LONGER - 1


def _few_letters(line: str) -> bool:
    """Is this a line of a script without spaces that is shorter than headlines are?"""
    letters = stems(line)
    return len(letters) < FEWEST_LETTERS and all(len(letter) == 1 for letter in letters)


def _like_title(line: str) -> bool:
    """Could this line be a title by its form: words, no path, no entry of a ticker, no name, no job?"""
    return (
        width(line) <= LONGEST_TITLE
        and words(line) >= 2
        and words_mostly(line)
        and ending(line) not in NO_HEADLINE
        and "://" not in line
        and not PATH.fullmatch(line)
        and not TIMED.fullmatch(line)
        and not _of_ticker(line)
        and not (words(line) <= JOB_WORDS and JOB.search(line))
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


def _repeated(head: Head, n: int) -> bool:
    """Does another line of the page hold this one, as its own name, a breadcrumb, or a citation does?"""
    line = head.blocks[n].text
    own, stem = key(line), stems(line)
    if len(own) < SHORTEST_NAME:
        return False
    if n == 0 and (site := SITE.search(line)) and any(_names_site(other, key(site[1])) for other in head.short_lines):
        return True
    named = head.blocks[0].text
    least = min(len(stem), len(stems(named)))
    if n and head.page.route == "whole" and least >= 2 and len(stem & stems(named)) >= ALIKE * least:
        return True
    for other, parts in map(_parts, head.short_lines):
        if other == own or len(parts) < 2:
            continue
        if len(own) >= 2 * SHORTEST_NAME and any(part.startswith(own) for part in parts):
            return True
        if len(parts) > 2 and len(parts[-1]) >= SHORTEST_NAME and own.startswith(parts[-1]):
            return True
    return False


@lru_cache(maxsize=4_096)  # each line that may be the title asks all others
def _parts(line: str) -> tuple[str, list[str]]:
    """A line as it is compared, whole and in the parts of a breadcrumb, or of a title and the site's name."""
    return key(line), [key(part) for part in BETWEEN.split(line)]


def cut_site(head: Head, title: int) -> None:
    """Cuts the site's name off the title: behind a bar, or where it stands alone elsewhere on the page."""
    block = head.blocks[title]
    found = SITE.search(block.text)
    if found is None or found.end() < len(block.text):
        return
    name, site, barred = block.text[: found.start()], found[1], "|" in found[0] or "｜" in found[0]
    first = title == 0 and head.page.route == "whole" and _proper(site) and not _proper(name)
    again = any(_names_site(line, key(site)) for line in head.short_lines)
    if words(name) >= 2 and (first or (words(site) <= LONGEST_SITE and (barred or again))):
        block.edit([(found.start(), len(block.text), "")], "head.site", cut=True)


def _proper(text: str) -> bool:
    """Is this a name of a few words, every one of them with a capital?"""
    found = WORD.findall(text)
    return len(found) <= SHORT and all(word[0].isupper() for word in found)


def _names_site(line: str, site: str) -> bool:
    """Is this line the name of a site, alone or in a notice of copyright?"""
    own = key(line)
    return own == site or (own != site and "©" in line and site in own)
