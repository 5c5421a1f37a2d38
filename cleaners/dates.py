"""Days as pages state them, to ISO 8601. Whole days only: a year or a month alone is no date.

Months in words are read by dateparser, in the languages that have such a month, and no other: each language that it
has to load costs seven milliseconds, all 205 of them a second and a half.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import regex

from cleaners.words import WORD

LONGEST_DATE = 80
"""Characters of a line that are searched for a date: a bound on cost, as it is tried in several languages."""
MOST_LANGUAGES = 6
"""Languages that a date in words is tried in. (Of those with a month "mar" the sixth is Finnish.)"""
REACH = 3
"""Words between a month and its day or year at most: "5 de mayo del año 2021" has three."""
SETTINGS: dict[str, Any] = {
    "PARSERS": ["absolute-time"],  # never "yesterday": the output of a page does not depend on the day it is cleaned
    "REQUIRE_PARTS": ["day", "month", "year"],
    "STRICT_PARSING": True,
    "RETURN_AS_TIMEZONE_AWARE": False,
}
# keys of dateparser's tables of names, no words of a page
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    "december",
)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTH_FIRST = ("us", "ph")
"""Countries where 3/4 is the fourth of March."""
UNSURE = ("ca",)
"""Countries where both are written."""
ZONE = regex.compile(r"\b(?:[ECMP][SD]T|[EP]T)\b")
"""Time zones of the United States, which tell the order where the page names no country."""

EARLIEST, LATEST = 1600, 2100
"""Years that a page may be of: letters are printed as pages too. (Set by hand, not measured.)"""
BUDDHIST = 543
"""Years that the Thai solar calendar is ahead."""

_DIGIT = regex.compile(r"\d")
_YEAR_FIRST = regex.compile(
    r"(?<!\d)((?:19|20)\d\d) ?(?:[-/.]|[年년]) ?(\d{1,2}) ?(?:[-/.]|[月월]) ?(\d{1,2})(?!\d)"
    r"|(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)"
)
_YEAR_LAST = regex.compile(r"(?<![\w.,/-])(\d{1,2})([./-]) ?(\d{1,2})\2 ?((?:19|20)?\d\d)(?![\d/-]|[.,]\d)")
_IN_ADDRESS = regex.compile(r"[/_-]((?:19|20)\d\d)([/-])([01]?\d)\2([0-3]?\d)(?![\d])")
_DAY = regex.compile(r"[0-3]?\d(?:st|nd|rd|th|er|º|ª|\.)?", regex.I)
_MINUTES = regex.compile(r"(?<!\d)\d{1,2}:\Z")  # what stands before them
_YEAR = regex.compile(r"(?:19|20|25)\d\d")
_TOKEN = regex.compile(rf"\d+(?:st|nd|rd|th|er|º|ª)?(?!\w)|{WORD.pattern}", regex.I)


def iso_date(text: str, language: str | None) -> str | None:
    """YYYY-MM-DD of a date in words or figures, or None where the text is not a date, with or without a time.

    `language` (ISO 639-1, "en", or with the region, "en-gb") tells which months are meant, and whether 3/4 is in March
    or in April. English without a region does not tell, and no day is better than a wrong one.
    """
    text = _latin_digits(text[:LONGEST_DATE]).strip()
    if found := _YEAR_FIRST.match(text):
        return _day(*(part for part in found.groups() if part))
    if found := _YEAR_LAST.match(text):
        return _figures(found, _placed(text, language))  # never as words: in some language "am" is a month
    return _spelled(text, language) if regex.search(r"\d", text) else None


def date_in(
    text: str, language: str | None, *, but: regex.Pattern[str] | None = None, after: regex.Pattern[str] | None = None
) -> str | None:
    """YYYY-MM-DD of the first whole date inside a line, or None: "By Ann Marsh on 3 May 2021 at noon".

    `but`: what must not stand right before it, such as "updated on"; `after`: what must.
    """
    text = _latin_digits(text[:LONGEST_DATE])
    language = _placed(text, language)
    wanted = (
        piece
        for begin, piece in _pieces(text)
        if not (but and but.search(text[:begin])) and not (after and not after.search(text[:begin]))
    )
    return next((day for piece in wanted if (day := iso_date(piece, language))), None)


def day_of_address(url: str | None) -> str | None:
    """YYYY-MM-DD that an address holds, as in /2021/05/03/ferry, or None."""
    found = _IN_ADDRESS.search(url or "")
    return _day(found[1], found[3], found[4]) if found else None


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The stretches of a line that could be dates, in their order, and where each begins."""
    found = [(m.start(), m.group()) for pattern in (_YEAR_FIRST, _YEAR_LAST) for m in pattern.finditer(text)]
    words = list(_TOKEN.finditer(text))
    for n, word in enumerate(words):
        if word.group().casefold() not in calendar(MONTHS):
            continue
        near = range(max(0, n - REACH), min(len(words), n + REACH + 2))
        years = [k for k in near if k > n and _YEAR.fullmatch(words[k].group())]
        if not years and n and _YEAR.fullmatch(words[n - 1].group()):  # "2021. május 3."
            years, near = [n - 1], range(n + 1, n + 2)
        days = [k for k in near if k not in years and k < len(words) and _DAY.fullmatch(words[k].group())]
        days = [k for k in days if not _MINUTES.search(text[: words[k].start()])]
        if years and days:
            day = min(days, key=lambda k: (abs(k - n), k > n))
            first, last = min(day, n, years[0]), max(day, n, years[0])
            found.append((words[first].start(), text[words[first].start() : words[last].end()]))
    yield from sorted(found)


def _placed(text: str, language: str | None) -> str | None:
    """The language, with the region where the page does not state it and a time zone in the text does."""
    return "en-us" if language == "en" and ZONE.search(text) else language


def _figures(found: regex.Match[str], language: str | None) -> str | None:
    """3/4/2021: the order is that of the language and region; where that is not known, only a day above 12 tells."""
    name, _, region = (language or "").partition("-")
    one, two, year = int(found[1]), int(found[3]), found[4]
    if max(one, two) > 12:
        one, two = (two, one) if one > 12 else (one, two)  # month, day
    elif found[2] == "." or (name and name != "en") or (region and region not in (*MONTH_FIRST, *UNSURE)):
        one, two = two, one
    elif region not in MONTH_FIRST and one != two:
        return None
    return _day(year if len(year) == 4 else f"20{year}", one, two)


def _spelled(text: str, language: str | None) -> str | None:
    from dateparser import parse  # half a second: only where a page has a date in words

    months = [word for word in map(str.casefold, WORD.findall(text)) if word in calendar(MONTHS)]
    known = [name for word in months for name in calendar(MONTHS)[word]]
    language = (language or "").partition("-")[0]
    likely = sorted(dict.fromkeys(known), key=lambda name: (name != language, name != "en"))
    for name in likely[:MOST_LANGUAGES]:
        if found := parse(text, languages=[name], settings=SETTINGS):
            return _day(found.year, found.month, found.day)
    return None


def _day(year: str | int, month: str | int, day: str | int) -> str | None:
    """ISO 8601, or None for a day that no calendar has and a year that no page is of. In Thailand 2564 is 2021."""
    common = int(year) - (BUDDHIST if int(year) >= BUDDHIST + EARLIEST else 0)
    try:
        return date(common, int(month), int(day)).isoformat() if EARLIEST <= common <= LATEST else None
    except ValueError:
        return None


def _latin_digits(text: str) -> str:
    return text if text.isascii() else _DIGIT.sub(lambda found: str(int(found[0])), text)


@cache
def calendar(units: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Words of the names that languages have for these units, casefolded, with the languages (as dateparser calls them,
    those that most people read first)."""
    from dateparser.data import languages_info  # a tenth of a second for all: only where a page has such a line

    found: dict[str, list[str]] = {}
    for language in languages_info.language_order:
        module = f"dateparser.data.date_translation_data.{language}"
        info = importlib.import_module(module).info
        for unit in units:
            for word in {word for name in info.get(unit, ()) for word in WORD.findall(name.casefold())}:
                if not word.isdecimal():  # 3月 is a name of March too
                    found.setdefault(word, []).append(language)
    return {word: tuple(dict.fromkeys(languages)) for word, languages in found.items()}
