"""What speaks for and against a line of a head as the title: the numbers that the trees of front_title.py go by.

Each is a plain number. The numbers here are part of what a fact means: set by hand, and not measured alone, as the
trees were trained with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import regex

from cleaners.matching.fragments import expand
from cleaners.text.front_lines import Head
from cleaners.text.head_lines import item, name_line, uncased_name
from cleaners.text.line_facts import OWN, Numbers, own
from cleaners.words import (
    LONGER,
    NO_HEADLINE,
    ending,
    headline_like,
    key,
    prose,
    sentence,
    stems,
    tokens,
    width,
    words,
)

OPENING = 3
"""Paragraphs of prose at the beginning, whose longer words a title shares."""
FAR = 60.0
"""Lines; distances to the text are cut off at this."""
NO_MARK = 20.0
"""The distance to a byline or date where none is nearer."""
SHORTEST_NAME = 8
"""Letters of a title that another line of the page repeats: a shorter one is found inside other words."""
CORE = 5
"""Letters of a word that are looked for inside the words of the article: languages put articles before and cases behind
their nouns."""
FEWEST_LETTERS = 8
"""Different letters of the shortest headline in Han or Kana."""
JOB_WORDS = 6
"""Words of the longest line that is no title because a job is named in it: "Staff Writer"."""
WIDEST = 300.0
"""Characters (Latin) at which a neighbour's width is cut off."""
MOST = 50
"""Paragraphs of prose that are counted, at most."""
ALIKE = 0.6
"""Share of a title's longer words that the page's first line has, or the reverse."""

HANGUL = regex.compile(r"\p{Hangul}")
BETWEEN = regex.compile(r"\s*[|｜›»>/\\·•]\s*|\s+[-–—:]\s+|\s?::\s?|:\s+")
"""Between the parts of a breadcrumb, or of a title and the site's name."""
PATH = regex.compile(r".*\S\s?[>»›→]\s?\S.*|[^/|]+(?:\s[/|]\s[^/|]+){2,}")
SITE = regex.compile(r"(?r)(?:\s*[|｜]\s*|\s+[-–—·]\s+)([^|｜]+)")
TIMED = regex.compile(r"\d{1,2}[:.]\d{2}\b.*")
"""A headline of a ticker."""
TICKER = regex.compile(expand(r"(?i)(?&ticker)(?!\w)"))
JOB = regex.compile(expand(r"(?i)\b(?&job)\b"))
KINDS = ("", "byline", "date", "caption", "settled", "none")
"""What a neighbour may be; "none" where there is none above the text."""

NAMES = (
    "to_text", "place", "candidates", "headline_like", "name", "job", "path", "timed", "ticker", "no_headline",
    "sentence", "item", "title_before", "taken", "repeated", "first_alike", "copies", "held", "opening",
    "opening_share", "cores_share", "cores", "cores_rank", "cores_of_most", "byline_below", "date_below",
    "byline_above", "date_above",
    "kind_above", "kind_below", "text_below", "width_above", "width_below", "width_of_widest", "path_to", "paragraphs",
    "whole", "few_letters", "sole", "candidates_below", "candidates_above", "lines_to_text", *OWN,
)  # fmt: skip
"""The names of the facts, in order."""


def facts(head: Head, places: Sequence[int], start: int, last: int) -> list[Numbers]:
    """The facts of the lines at some places above `last`, where the head ends; the text begins at `start`."""
    blocks, language = head.blocks, head.page.meta.language or ""
    texts = [block.text for block in blocks]
    keys = [key(text) for text in texts]
    below = [b.text for b in blocks[start:] if b.kept and prose(b.text)]
    opening, every_word = stems(" ".join(below[:OPENING])), " ".join(tokens(" ".join(below)))
    first, copies, short = stems(texts[0]), Counter(keys), [key(text) for text in head.short_lines]
    kinds = [head.kind(n) for n in range(start)]
    cores = {n: _cores(texts[n], every_word) for n in places}
    most, widest = max(found for found, _ in cores.values()), max(width(texts[n]) for n in places)
    by_cores = sorted(places, key=lambda n: -cores[n][0])
    several = [n for n in places if words(texts[n]) >= 2]
    found = []
    for n in places:
        line, said, own_stems = texts[n], keys[n], stems(texts[n])
        least = min(len(own_stems), len(first))
        shared, (known, share) = len(own_stems & opening), cores[n]
        row = (
            min(FAR, last - n), min(FAR, n), len(places), headline_like(line),
            bool(name_line(line) or uncased_name(line)), bool(words(line) <= JOB_WORDS and JOB.search(line)),
            bool(PATH.fullmatch(line)), bool(TIMED.fullmatch(line)), _of_ticker(line), ending(line) in NO_HEADLINE,
            sentence(line), bool(item(line, texts)),
            blocks[n].role == "title", not blocks[n].kept, repeated(head, n),
            len(own_stems & first) / least if n and least >= 2 else -1, copies[said],
            min(9, sum(len(said) >= SHORTEST_NAME and said != other and said in other for other in short)),
            shared, shared / max(1, len(own_stems)), share, known, by_cores.index(n), known / max(1, most),
            *(_away(kinds, kind, n, step) for step in (1, -1) for kind in ("byline", "date")),
            KINDS.index(kinds[n - 1] if n else "none"), KINDS.index(kinds[n + 1] if n + 1 < start else "none"),
            n + 1 >= start, min(WIDEST, width(texts[n - 1])) if n else 0,
            min(WIDEST, width(texts[n + 1])) if n + 1 < len(texts) else 0, width(line) / widest,
            any(m > n and keys[m] != said and len(keys[m]) >= 2 * SHORTEST_NAME and said.endswith(keys[m])
                for m in places),
            min(MOST, len(below)), head.page.route == "whole", _few_letters(line), several == [n],
            sum(m > n for m in places), sum(m < n for m in places), start - n, *own(line, language),
        )  # fmt: skip
        found.append(tuple(map(float, row)))
    return found


def _away(kinds: Sequence[str], kind: str, n: int, step: int) -> float:
    """Lines to the next line of a kind, downwards or upwards."""
    for away in range(1, int(NO_MARK)):
        place = n + step * away
        if not 0 <= place < len(kinds):
            break
        if kinds[place] == kind:
            return float(away)
    return NO_MARK


def _cores(line: str, every_word: str) -> tuple[int, float]:
    """How many of a line's words the article has, whatever they begin and end with, and what share of them."""
    cores = {word[:2] if HANGUL.match(word) else word[:CORE] for word in tokens(line)}
    cores = {core for core in cores if len(core) >= _shortest(core)}
    found = sum(core in every_word for core in cores)
    return found, found / max(1, len(cores))


def _shortest(core: str) -> int:
    """Letters of the shortest word that says something: fewer where no vowels are written or a letter is a syllable."""
    return 2 if HANGUL.match(core) else LONGER if core.lower() != core.upper() else LONGER - 1


def _few_letters(line: str) -> bool:
    """Is this a line of a script without spaces that is shorter than headlines are?"""
    letters = stems(line)
    return len(letters) < FEWEST_LETTERS and all(len(letter) == 1 for letter in letters)


def _of_ticker(line: str) -> bool:
    """Does this line begin with the label of a ticker, set apart by a sign, by capitals, or in a script without any?"""
    found = TICKER.match(line)
    if not found:
        return False
    label, rest = found[0], line[found.end() :]
    return not rest.strip(" :|!") or rest.lstrip()[:1] in ":|" or (label.upper() == label and not rest.isupper())


def repeated(head: Head, n: int) -> bool:
    """Does another line of the page hold this one, as its own name, a breadcrumb, or a citation does?"""
    line = head.blocks[n].text
    said, stem = key(line), stems(line)
    if len(said) < SHORTEST_NAME:
        return False
    if n == 0 and (site := SITE.search(line)) and any(names_site(other, key(site[1])) for other in head.short_lines):
        return True
    named = head.blocks[0].text
    least = min(len(stem), len(stems(named)))
    if n and head.page.route == "whole" and least >= 2 and len(stem & stems(named)) >= ALIKE * least:
        return True
    for other, parts in map(_parts, head.short_lines):
        if other == said or len(parts) < 2:
            continue
        if len(said) >= 2 * SHORTEST_NAME and any(part.startswith(said) for part in parts):
            return True
        if len(parts) > 2 and len(parts[-1]) >= SHORTEST_NAME and said.startswith(parts[-1]):
            return True
    return False


@lru_cache(maxsize=4_096)  # each line that may be the title asks all others
def _parts(line: str) -> tuple[str, list[str]]:
    """A line as it is compared, whole and in the parts of a breadcrumb, or of a title and the site's name."""
    return key(line), [key(part) for part in BETWEEN.split(line)]


def names_site(line: str, site: str) -> bool:
    """Is this line the name of a site, alone or in a notice of copyright?"""
    said = key(line)
    return said == site or (said != site and "©" in line and site in said)
