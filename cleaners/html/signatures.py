"""Lines that sign an article: a word that says who wrote it, in any language, and names; people with their degrees.

The lengths inside the patterns are those that names have, with some to spare: set by hand, not measured. They keep a
sentence from being read as a name, and bound what a pattern costs.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from cleaners.html.authors import (
    ADDRESS,
    AND,
    HANGUL,
    HONORIFIC,
    LONGEST_LIST,
    LONGEST_NAME,
    PERSON,
    clean_names,
    is_job,
    plain,
)
from cleaners.matching.fragments import expand

_SOUNDS = r"(?:(?!\p{Han}|\p{Hangul})[\p{Lo}\p{M}'’.-]){2,16}+"  # a word of a script without capitals
UNCASED = regex.compile(rf"{_SOUNDS}(?:[ ]{_SOUNDS}){{1,2}}|[\p{{Han}}\p{{Hiragana}}\p{{Katakana}}]{{2,6}}+")
"""A full name in a script without capitals."""
SIGNED = regex.compile(
    expand(r"(?:(?i:(?&signed_by)|(?&signed_colon))\s?[:：]\s*+|(?i:(?&signed_alone))\s++)(?P<names>\S.*)")
)
"""A word that says who wrote it; with a colon where it says other things as well."""
BEHIND = regex.compile(r"\s?[|｜／·•].*|\s[-–—/]\s.*|[.。]\s.*|[.。]$")
"""What stands behind the names: a place, an agency, who took the pictures."""
HAN = r"(?:(?!\p{Han}*(?&told_zh))\p{Han}{2,4}+)"
CHINESE = regex.compile(
    expand(
        rf"[〔（(【\[\s]*+(?:(?&writer_zh))(?:\s?[:：／/|｜]\s?|\s(?={HAN}(?:$|[／/〕）)】\]、\s]))|(?={HAN}[／/]))"
        rf"(?P<names>{HAN}(?:[、,，\s]{{1,2}}{HAN}){{0,5}}+)(?:[／/|｜〕）)】\]\s](?!\s?(?&taken_zh)).*)?"
    )
)
"""Who wrote it, in Chinese: before a colon or a slash, or before a name that a slash and a place follow."""
SOURCED = regex.compile(
    expand(
        rf".{{2,60}}(?:[\s|｜](?:(?&writer_zh))|(?:(?&writer_glued_zh)))\s?[:：]\s?(?P<names>{HAN}(?:[、,，\s]{{1,2}}{HAN}){{0,5}}+)"
    )
)
"""The same behind the source or the day."""
_KANJI = r"[\p{Han}\p{Hiragana}\p{Katakana}]"
JAPANESE = regex.compile(
    expand(
        rf"(?:(?&writer_ja))\s?[・=＝:：]\s?(?P<names>{_KANJI}{{2,8}}(?:[ 　]{_KANJI}{{1,4}})?)"
        r"|(?P<names>(?!\p{Han}*(?&no_reporter_ja))\p{Han}{3,5})記者"
    )
)
"""Who wrote it, in Japanese: before a dot, or behind the name."""
ROMANIAN = regex.compile(expand(r"de (?P<names>(?&person))"))
"""The same in small letters alone: elsewhere a phrase begins so."""
KOREAN = regex.compile(
    expand(
        r"(?:(?&text_ko)\s?[=:：]\s?(?P<names>[가-힣]{2,4})(?:\s.*)?"
        r"|(?:[가-힣]{2,8}\s?=\s?)?(?P<names>[가-힣]{2,4}(?:[·,、]\s?[가-힣]{2,4}){0,5})\s(?:[가-힣]{2,4}\s?)?(?&job_ko))"
    )
)
_DEGREES = r"(?:,?[ ](?:(?&degree_known)|\p{Lu}{2,6}+)(?![\p{L}])(?:[ ]\([^()]{1,30}\))?)"
TITLED = regex.compile(expand(rf"(?P<name>(?&person))(?P<degrees>{_DEGREES}++)"))
STARTS_JOB = regex.compile(expand(r"(?i)(?:\w+ ){0,2}(?&job)s?\b"))
BETWEEN = regex.compile(expand(r"\s*+[;|]\s*+|,?\s(?:&|(?&and))\s|,\s(?=(?&person),\s)"))
KNOWN = regex.compile(expand(r"[ ](?&degree_known)(?![\p{L}])"))

REVIEWED = regex.compile(expand(r"(?i:(?&checked_by))\s(?P<names>\S.*)"))
REST = regex.compile(expand(r"(?:,?\s(?&on_day)\s|,?\s\d|\s?[|·•]).*|[.]$"))


def labelled_in(lines: Iterable[str]) -> tuple[str, ...]:
    """The names of the first line that signs ("Автор: Анна Лис", "文／王小明", "a cura di Ann Marsh"), or ()."""
    return next((names for line in lines if len(line) <= LONGEST_LIST and (names := _signed(line.strip()))), ())


def _signed(line: str) -> tuple[str, ...]:
    for pattern in (CHINESE, SOURCED, KOREAN) if len(line) <= LONGEST_NAME else ():
        if found := pattern.fullmatch(ADDRESS.sub("", line).strip()):
            return clean_names(regex.split(r"[、,，·\s]+", found["names"]))
    if name := JAPANESE.fullmatch(line):
        return clean_names([name["names"]])
    found = SIGNED.fullmatch(plain(line)) or ROMANIAN.fullmatch(line)
    if found is None:
        return ()
    names = BEHIND.sub("", found["names"])
    first = HONORIFIC.sub("", AND.split(names)[0])
    return clean_names([names]) if PERSON.fullmatch(first) or UNCASED.fullmatch(first) else ()


def reviewed_in(lines: Iterable[str]) -> tuple[str, ...]:
    """The names of the first line that says who checked the text: "Reviewed by Ann Marsh, MD"."""
    for line in lines:
        found = REVIEWED.fullmatch(line.strip()) if len(line) <= LONGEST_LIST else None
        if found is None:
            continue
        text = REST.sub("", found["names"])
        person = PERSON.match(HONORIFIC.sub("", text))
        if names := titled_in([text]) or (clean_names([text.split(",")[0]]) if person else ()):
            return names
    return ()


def is_uncased(name: str) -> bool:
    """Whether a name is a full one in a script without capitals."""
    return bool(UNCASED.fullmatch(name) or HANGUL.fullmatch(name))


def with_job(line: str) -> tuple[str, ...]:
    """The name in a line of nothing but a full name and a job behind a comma: "Ann Marsh, correspondent in Rome"."""
    name, comma, job = line.strip().partition(", ")
    return (name,) if comma and PERSON.fullmatch(name) and STARTS_JOB.match(job) and is_job(job) else ()


def titled_in(lines: Iterable[str]) -> tuple[str, ...]:
    """The people of the first line that is a list of nothing but full names with degrees, and these with them:
    "Ann Marsh, VMD, DACVB; Bo Quist, BA & Cy Holm, PhD"; () where there is none."""
    for line in lines:
        if len(line) > 2 * LONGEST_LIST or not KNOWN.search(line):
            continue
        found = [TITLED.fullmatch(piece) for piece in BETWEEN.split(line.strip())]
        if all(found):
            return tuple(each[0] for each in found if each)
    return ()
