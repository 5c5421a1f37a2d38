"""What a short line at the head of an article is: date and time, or a name. For stages that know where it stands."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from cleaners.dates import DAYS, MONTHS, calendar
from cleaners.matching.fragments import expand, words
from cleaners.words import WORD

LONGEST_DATE_LINE = 120
"""Characters of the longest date line, with outlet, time zone and "updated" in it. (Set by hand, not measured.)"""
LONGEST_BYLINE = 100
"""Characters of the longest line that names the authors, with what stands behind them. (At 90 no text of 324, the
visible ones of articles and news and their golds below a byline, comes out otherwise.)"""
LEFT_OVER = 3
"""Words that a date line may have besides date and labels: an outlet, a place, an author."""

_UNITS = (*MONTHS, *DAYS, "am", "pm")
_LABELS = words("date_word")
_NUMERIC = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,4}\s?[年년]\s?\d{1,2}\s?[月월]"
_DATE = regex.compile(rf"\b(?:{_NUMERIC})|\b(?:19|20)\d\d(?!\d)")
_FULL = regex.compile(rf"\b(?:{_NUMERIC})")
_TIME = regex.compile(r"(?i)\b\d{1,2}(?:[:.h]\d{2}|(?=\s?[ap]\.?m\b))")
_DIGITS = regex.compile(r"\d+")
_ZONE = regex.compile(r"\p{Lu}{2,4}")
_NAME = regex.compile(expand(r"(?&name_word)(?:,?[ ](?:(?&name_word)|(?:(?&particle)|(?&and_inside))(?=[ ]))){1,6}"))
_SOUNDS = r"(?:(?!\p{Han}|\p{Hangul})[\p{Lo}\p{M}'’.-]){2,16}"  # a word of a script without capitals
_UNCASED_NAME = rf"{_SOUNDS}(?:[ ]{_SOUNDS}){{1,2}}"
_HAN_NAME = r"[\p{Han}\p{Hiragana}\p{Katakana}]{2,5}(?:[ ][\p{Han}\p{Hiragana}\p{Katakana}]{1,4})?|\p{Hangul}{2,4}"
_NUMBERED = regex.compile(r"([^\p{L}\d]{0,3})(\d{1,2})([.)][ ]?|[ ])(?=\p{L})")
_UNCASED = regex.compile(rf"{_UNCASED_NAME}|{_HAN_NAME}")
_PART = r"[\p{L}\p{M}\p{N}.'’&(][\p{L}\p{M}\p{N}.'’&()-]*,?"
_REST = rf"{_PART}(?:[ ]{_PART}){{0,5}}"
_SIGNED = regex.compile(
    expand(
        rf"(?:(?P<label>(?i:(?&signed_by))[ ]?[:：][ ]?)|(?P<by>(?i:(?&signed_by))[ ]))?"
        rf"(?P<name>{_NAME.pattern}(?:[ ](?i:(?&and))[ ]{_NAME.pattern})?|{_UNCASED_NAME})"
        rf"(?:[ ]?(?:,[ ]|[ ][-–—/|·•][ ]|/){_REST})?(?:[ ]\(?\*\)?|[ ][-–—|·])?"
    )
)
_BY = frozenset(words("signed_by"))
_JOB = regex.compile(expand(r"(?i)\b(?:(?&job)|(?&desk))\b"))


def date_line(text: str) -> bool:
    """Is this line a date or a time, with its labels and little else?"""
    if len(text) > LONGEST_DATE_LINE or not _DIGITS.search(text):
        return False
    spelled = [w for w in WORD.findall(text) if not _DIGITS.match(w)]
    named = [w for w in spelled if w.casefold() in calendar(_UNITS) and len(w) > 1]
    left = [
        w for w in spelled if len(w) > 1 and w not in named and w.casefold() not in _LABELS and not _ZONE.fullmatch(w)
    ]
    if _FULL.search(text) or (named and _DATE.search(text) and len(_DIGITS.findall(text)) > 1):
        return len(left) <= LEFT_OVER
    return bool(_TIME.search(text)) and not left


def name_line(text: str) -> bool:
    """Could this line be a name, or names with an outlet: two to seven words, every one capitalised, no digit?"""
    return len(text) <= 80 and bool(_NAME.fullmatch(text))


def signature(text: str) -> tuple[str, bool] | None:
    """The names in a line that could sign an article, alone or with a place, an outlet, a job behind them, and whether
    the line says so itself, with a word such as "by"; None where it could not: "by Ann Lee, Lindow", "Ann Lee - PA"."""
    if len(text) > LONGEST_BYLINE:
        return None
    found = _SIGNED.fullmatch(text)
    if found is None:
        return None
    return found["name"], bool(found["by"] or found["label"])


def only_by(text: str) -> bool:
    """Is this line nothing but the word before a name: "by", "von", "โดย"?"""
    return text.casefold().strip(" :：") in _BY


def uncased_name(text: str) -> bool:
    """Could this line be a name in a script without capitals: two or three words, or two to five letters of Han or
    Hangul? Any other short line could be, too: what stands beside it must tell."""
    return len(text) <= 40 and bool(_UNCASED.fullmatch(text))


def item(text: str, lines: Sequence[str]) -> bool:
    """Does this line begin with a number, and another line with the next one in the same form: "§ 1 Name", "§ 2 Aims"?
    Then it heads a part or is an item, and is no title."""
    found = _NUMBERED.match(text)
    if found is None:
        return False
    following = f"{found[1]}{int(found[2]) + 1}{found[3]}"
    return any(line.startswith(following) for line in lines)


def job_line(text: str) -> bool:
    """Is this line of names surely a byline, because it has a comma or a job in it: "Ann Lee, Staff Writer"?"""
    return name_line(text) and ("," in text or bool(_JOB.search(text)))
