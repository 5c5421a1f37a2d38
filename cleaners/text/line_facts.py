"""What a line of a page looks like, and what stands around it: the numbers that the line scorers go by.

Every fact is a plain number. A line's own facts depend on its text and the page's language alone; those of its
surroundings are read off prefix sums, so that a page costs time in proportion to its lines. The numbers here are part
of what a fact means: set by hand, and not measured alone, as the trees were trained with them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from pathlib import Path

import regex

from cleaners.matching.fragments import expand
from cleaners.words import (
    COLONS,
    COMMAS,
    QUESTION_MARKS,
    SPACELESS,
    STEM,
    WORD,
    alphabet_letters,
    breaks,
    ended,
    ending,
    stems,
    width,
)

WORDS_FILE = Path(__file__).parent / "words.json"
LOOK = 400
"""Characters at the beginning of a line that are looked at; of a longer line also as many at its end."""
SHORT_WORDS = 6
"""Words of the longest line that counts as furniture because of a word such as "share" or "login" in it."""

_QUOTE = regex.compile(r"[\"“”„«»「『‘'–—-]")
_DATE = regex.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.h]\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d+\s*(?:年|月|日|時|时|시|분)"
)
_BAR = regex.compile(r"[|•·›»>/\\]")
_LINK = regex.compile(r"(?:https?:|www\.|@\w|\w@\w|#\w)")
_CREDIT = regex.compile(expand(r"(?i)[(\[]?(?:©|\(c\) ?\p{L}|(?:(?&picture_word)|(?&credit_label))\b.{0,12}[:/©|])"))
_CREDIT_END = regex.compile(
    expand(
        r"(?:[/|(,.–-] ?(?:(?&agency)|(?&picture_agency))|[|(] ?(?&agency_short))\b[^.]{0,30}\Z"
        r"|\b(?:(?&agency)|(?&picture_agency))[)\]]?\Z"
    )
)
_CREDIT_END_LENGTH = 60
"""Characters at the end of a line in which _CREDIT_END is searched: no match of it is longer."""
SHORT_LETTERS, SHORT_SOUNDS = 12, 24
"""Letters of the longest line in which such words are looked for in scripts without spaces: Han and Kana; the others,
of which four letters are about a word."""
_LONG_LETTERS = regex.compile(rf"[{SPACELESS}]")

OWN = (
    "width", "words", "sentence_end", "other_end", "inner_ends", "function_words", "capitals", "digits", "furniture",
    "commas", "quote", "lower_start", "bar", "link", "date", "upper", "word_length", "question", "short_marked",
    "comment_mark", "related_mark",
)  # fmt: skip
"""The names of a line's own facts, in order."""

Numbers = tuple[float, ...]


@cache
def word_lists() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Function words by language, and the words that furniture is made of, by what they are about.

    Two words that are furniture only together stand joined there: "trang_chủ" is "Trang chủ".
    """
    data = json.loads(WORDS_FILE.read_text(encoding="utf-8"))
    stop = {language: frozenset(words.split()) for language, words in data["stop"].items()}
    furniture = {kind: frozenset(words.split()) for kind, words in data["furniture"].items()}
    return stop, furniture | {"any": frozenset().union(*furniture.values())}


def language_by_words(lines: Sequence[str]) -> str:
    """The language whose function words are most frequent in the long lines; "" where they are few in any language that
    words.json has. Without long lines: WITHOUT."""
    seen: Counter[str] = Counter()
    for line in sorted((x for x in lines if len(x) >= LONG_LINE), key=len, reverse=True)[:40]:
        seen.update(WORD.findall(line[:LOOK].casefold()))
    hits: Counter[str] = Counter()
    for word in seen.keys() & _languages().keys():
        for language in _languages()[word]:
            hits[language] += seen[word]
    best = max(hits, key=lambda language: (hits[language], language), default=WITHOUT)
    return best if hits[best] * ONE_WORD_IN >= seen.total() else ""


@cache
def _languages() -> dict[str, list[str]]:
    """The languages that each function word is one of."""
    found: dict[str, list[str]] = {}
    for language, words in word_lists()[0].items():
        for word in words:
            found.setdefault(word, []).append(language)
    return found


WITHOUT = "zh"
"""The language of a text without long lines, as the weights were trained: Chinese says in 59 characters what others say
in 160. (With none, two lines of chrome more stay in the 53 dumps of `make dumps`.)"""
ONE_WORD_IN = 8
"""At least one word in this many must be a function word of a language, for the text to be in it."""
LONG_LINE = 60
"""Characters of a line that is long enough to tell the language by."""


@lru_cache(maxsize=16_384)
def furniture_words(line: str) -> frozenset[str]:
    """The kinds of furniture words (words.json) in a short, casefolded line; none where they are less than a quarter of
    its words."""
    found = WORD.findall(line)
    kinds = word_lists()[1]
    marks, marked = _marks(found, kinds["any"])
    if marks and len(found) <= SHORT_WORDS and marked * 4 >= len(found):
        return frozenset(kind for kind, words in kinds.items() if kind != "any" and not words.isdisjoint(marks))
    return _spaceless(line)


def _marks(found: Sequence[str], furniture: frozenset[str]) -> tuple[list[str], int]:
    """The words of a line, and pairs of them, that are furniture; and how many words these are."""
    single = [w for w in found if w in furniture]
    pairs = [pair for pair in map("_".join, pairwise(found)) if pair in furniture]
    return single + pairs, min(len(found), len(single) + 2 * len(pairs))


def _spaceless(line: str) -> frozenset[str]:
    """The furniture words of a script without spaces in a short line."""
    if line.isascii() or len(line) > SHORT_SOUNDS or not _LONG_LETTERS.search(line):
        return frozenset()
    if len(line) > SHORT_LETTERS and not alphabet_letters(line):
        return frozenset()
    return frozenset(w for w in word_lists()[1]["spaceless"] if w in line)


@lru_cache(maxsize=16_384)
def _own(text: str, language: str) -> Numbers:
    size = width(text)
    head = text[:LOOK]
    found = WORD.findall(head)
    count = max(1, len(found) - alphabet_letters(head) * 3 // 4)
    folded = [w.casefold() for w in found]
    stop, furniture = word_lists()
    functions = stop.get(language)
    marks = _marks(folded, furniture["any"])[1] if count <= 12 else 0
    if not marks and count <= 12:
        marks = 2 * len(_spaceless(text))
    short = marks and count <= SHORT_WORDS
    length = max(1, len(head))
    last = ending(text)
    return (
        size,
        count if len(text) <= LOOK else count * len(text) // LOOK,
        1.0 if ended(text) else 0.0,
        1.0 if last in COLONS | COMMAS or text.endswith(("...", "…")) else 0.0,
        breaks(head, dots=True),  # the trees were trained so; without, they lose 5 lines on 4 of 162 pages
        sum(w in functions for w in folded) / count if functions else -1.0,
        sum(w[0].isupper() for w in found[1:]) / max(1, len(found) - 1),
        sum(c.isdigit() for c in head) / length if any(map(str.isdigit, found)) or _DATE.search(head) else 0.0,
        marks / count,
        sum(map(head.count, COMMAS)),
        1.0 if _QUOTE.match(text) else 0.0,
        1.0 if text[:1].islower() else 0.0,
        len(_BAR.findall(head)) / count,
        1.0 if _LINK.search(head) else 0.0,
        1.0 if _DATE.search(head) else 0.0,
        1.0 if head.isupper() else 0.0,
        sum(map(len, found)) / count,
        0.0 if QUESTION_MARKS.isdisjoint(head) else 1.0,
        1.0 if short else 0.0,
        1.0 if short and not furniture["comment"].isdisjoint(folded) else 0.0,
        1.0 if short and not furniture["related"].isdisjoint(folded) else 0.0,
    )


def own(text: str, language: str) -> Numbers:
    """A line's own facts, named by OWN."""
    return _own(text if len(text) <= 2 * LOOK else text[:LOOK] + text[-LOOK:], language)


RULED = ("chrome", "edge", "end", "caption", "byline", "date")
"""What a rule may have found in a line; each is a fact of the first look."""

AROUND = (
    "width_1", "width_2", "width1", "width2", "prose_1", "prose1", "prose_2", "prose2",
    "near3", "near8", "near20", "ahead5", "behind5", "share_before", "share_after", "last_prose", "next_prose",
    "marks5", "marks_behind", "since_mark", "since_comment", "since_related", "since_end", "short_run",
    "copies", "copy_above", "copy_below", "first_like",
    "topic", "place",
)  # fmt: skip
"""The names of the facts of a line's surroundings, in order."""

BESIDE = (
    "end_1", "end1", "colon_1", "marked_1", "marked1", "date_1", "date1", "capitals_1", "capitals1", "words_1",
    "words1", "credit", "credit_1", "credit1", "since_credit", "next_credit", "since_title", "next_title", "titled",
    "since_signed", "next_signed", "common", "common_1", "common1",
)  # fmt: skip
"""The names of more facts about the lines right above and below, in order."""

TITLE_ALIKE = 0.6
"""A line is the page's headline where it has this share of the longer words of the first line, or the reverse."""
LONGEST_CREDIT_LINE = 250
"""Characters (Latin) of the longest line that may be a picture's caption with its credit."""
DATE_LINE_WORDS = 12
"""Words of the longest line that counts as a date line because of a date in it."""
COMMON_WORDS = 30
"""How many of the most frequent words of a page's long lines are looked at: in any language, mostly function words."""

FAR = 60
"""Lines; distances are cut off at this."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a page, with what was found out about each."""

    texts: list[str]
    ruled: list[frozenset[str]]
    """What rules found in it, as named in RULED."""
    own: list[Numbers]
    about: list[frozenset[str]]
    """The stems of its longer words."""
    names: list[frozenset[str]]
    """Those of its words with a capital that are not its first: in most languages, names."""


def read(texts: list[str], ruled: list[frozenset[str]], language: str) -> Lines:
    about, names = [], []
    for text in texts:
        about.append(frozenset(stems(text[:LOOK])))
        names.append(frozenset(w[:STEM].casefold() for w in WORD.findall(text[:LOOK])[1:] if w[0].isupper() and w[2:]))
    return Lines(texts, ruled, [own(t, language) for t in texts], about, names)


def prose_score(facts: Numbers) -> float:
    """0 to 1: how much a line is like running text, by its own facts. Set by hand; the trees weigh it."""
    size, _, end, _, inner, functions = facts[:6]
    language = min(1.0, functions * 4 + 0.15) if functions >= 0 else 0.8
    return min(1.0, size / 150) * (0.4 + 0.4 * end + 0.2 * min(1.0, inner)) * language


def surroundings(lines: Lines) -> list[Numbers]:
    """The facts of each line's surroundings, named by AROUND. Linear in the lines."""
    own, count = lines.own, len(lines.own)
    score = [prose_score(f) for f in own]
    mass = [s * min(f[0], 600) for s, f in zip(score, own, strict=True)]
    size = [min(f[0], 600) for f in own]
    is_prose = [s >= 0.5 for s in score]
    marked = [bool(f[18]) or "chrome" in r or "end" in r for f, r in zip(own, lines.ruled, strict=True)]
    mass_to, size_to = [0.0, *accumulate(mass)], [0.0, *accumulate(size)]
    marks_to = [0, *accumulate(map(int, marked))]
    total = max(1.0, mass_to[-1])
    last_prose, next_prose = distances(is_prose), distances(is_prose[::-1])[::-1]
    since_mark = distances(marked)
    since_comment, since_related = distances([bool(f[19]) for f in own]), distances([bool(f[20]) for f in own])
    since_end = distances(["end" in r for r in lines.ruled])
    runs = _short_runs(own)
    keys = [t.casefold() for t in lines.texts]
    copies = Counter(keys)
    seen: Counter[str] = Counter()
    first = lines.about[0] if lines.about else frozenset()
    prose_words = Counter(w for words, p in zip(lines.about, is_prose, strict=True) if p for w in words)

    def near(a: int, b: int) -> float:
        a, b = max(0, a), min(count, b)
        return (mass_to[b] - mass_to[a]) / (size_to[b] - size_to[a] + 1)

    out: list[Numbers] = []
    for i in range(count):
        words = lines.about[i]
        mine = int(is_prose[i])
        seen[keys[i]] += 1
        out.append(
            (
                size[i - 1] if i else 0.0,
                size[i - 2] if i > 1 else 0.0,
                size[i + 1] if i + 1 < count else 0.0,
                size[i + 2] if i + 2 < count else 0.0,
                score[i - 1] if i else 0.0,
                score[i + 1] if i + 1 < count else 0.0,
                score[i - 2] if i > 1 else 0.0,
                score[i + 2] if i + 2 < count else 0.0,
                near(i - 3, i + 4),
                near(i - 8, i + 9),
                near(i - 20, i + 21),
                near(i + 1, i + 6),
                near(i - 5, i),
                mass_to[i] / total,
                (total - mass_to[i + 1]) / total,
                last_prose[i],
                next_prose[i],
                (marks_to[min(count, i + 6)] - marks_to[max(0, i - 5)]),
                (marks_to[min(count, i + 6)] - marks_to[i + 1]),
                since_mark[i],
                since_comment[i],
                since_related[i],
                since_end[i],
                runs[i],
                copies[keys[i]],
                1.0 if seen[keys[i]] > 1 else 0.0,
                1.0 if seen[keys[i]] < copies[keys[i]] else 0.0,
                len(words & first) / max(1, len(words)),
                sum(prose_words[w] > mine for w in words) / max(1, len(words)),
                i / count,
            )
        )
    return out


def beside(lines: Lines) -> list[Numbers]:
    """What stands right beside each line, and how far from a credit, a headline and a date it is, named by BESIDE."""
    own = lines.own
    none = (0.0,) * len(OWN)
    first = lines.about[0] if lines.about else frozenset()
    credit = [
        "caption" in ruled or (mine[0] < LONGEST_CREDIT_LINE and names_maker(text))
        for text, mine, ruled in zip(lines.texts, own, lines.ruled, strict=True)
    ]
    titled = [
        n > 0 and len(about) >= 2 and len(about & first) >= TITLE_ALIKE * min(len(about), len(first))
        for n, about in enumerate(lines.about)
    ]
    signed = [
        not ruled.isdisjoint(("byline", "date")) or bool(mine[14] and mine[1] <= DATE_LINE_WORDS)
        for mine, ruled in zip(own, lines.ruled, strict=True)
    ]
    since = [distances(flags) for flags in (credit, titled, signed)]
    until = [distances(flags[::-1])[::-1] for flags in (credit, titled, signed)]
    common = [0.0, *_common(lines.texts, own), 0.0]
    credits = [0.0, *map(float, credit), 0.0]
    return [
        (
            above[2], below[2], above[3], above[8], below[8], above[14], below[14], above[6], below[6],
            above[1], below[1], credits[i + 1], credits[i], credits[i + 2],
            since[0][i], until[0][i], since[1][i], until[1][i], float(titled[i]), since[2][i], until[2][i],
            common[i + 1], common[i], common[i + 2],
        )
        for i, (above, below) in enumerate(zip([none, *own[:-1]], [*own[1:], none], strict=True))
    ]  # fmt: skip


def names_maker(text: str) -> bool:
    """Does this line credit a picture? It has a label such as "Photo:" or ©, or ends with an agency's name."""
    return bool(_CREDIT.search(text) or _CREDIT_END.search(text, max(0, len(text) - _CREDIT_END_LENGTH)))


def _common(texts: Sequence[str], own: Sequence[Numbers]) -> list[float]:
    """Share of each line's words that are among the most frequent words of the page's long lines."""
    lines = [[w.casefold() for w in WORD.findall(t[:LOOK])] for t in texts]
    seen: Counter[str] = Counter()
    for found, facts in zip(lines, own, strict=True):
        if facts[0] >= LONG_LINE:
            seen.update(found)
    often = {word for word, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:COMMON_WORDS]}
    return [sum(w in often for w in found) / max(1, len(found)) for found in lines]


def distances(flags: Sequence[bool]) -> list[float]:
    """Lines since the last flag above each line, at most FAR."""
    out, since = [], FAR
    for flag in flags:
        out.append(float(since))
        since = 1 if flag else min(FAR, since + 1)
    return out


def _short_runs(own: Sequence[Numbers]) -> list[float]:
    """Length of the run of short lines without a full stop that a line stands in; 0 for others."""
    out = [0.0] * len(own)
    start = 0
    for i in range(len(own) + 1):
        if i == len(own) or own[i][0] >= 60 or own[i][2]:
            for j in range(start, i):
                out[j] = float(min(FAR, i - start))
            start = i + 1
    return out
