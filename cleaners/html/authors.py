"""Names of authors, out of author fields that also hold bylines, job titles, outlets, links and handles."""

from __future__ import annotations

import re
from collections.abc import Iterable

import regex

from cleaners.dates import MONTHS, calendar
from cleaners.matching.fragments import expand, words
from cleaners.words import key

# what stands before the names
OPENING = regex.compile(expand(r"(?i)^(?:(?&by)|(?&author_by)|(?&author_label))\s*:?\s+"))
LABEL = regex.compile(expand(r"(?i)(?:(?&by)|(?&author_by)|(?&author_label)|(?&author_box))\s*:?"))
AND = regex.compile(expand(r"(?i)\s*(?:[,;|/&、•·⋅—\n]|\s(?&and)\s)\s*"))
NO_NAME = re.compile(r"https?:|www\.|@|\d|©", re.I)
STAMP = regex.compile(
    expand(
        r"(?i)\s\d{4}-\d{2}-\d{2}.*|(?<=\w\s\w.*)[\s,]+(?:(?&month_en)\.?\s+\d{1,2}(?:,|\s|$)|\d{1,2}\.?\s+(?&month_en)\b).*"
    )
)
"""A day behind a name of two words or more."""
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
ADDRESS = re.compile(r"\S*@\S*")  # a handle, or that of mail
COUNT = re.compile(r"(?<=\w) \d+$")  # behind a first and a last name: of comments, of a footnote
EDGES = " \t,;:.–—-|*»«›‹→←>"
MOST_NAME_WORDS = 5  # words of one name
LONGEST_NAME = 60  # characters of one name
# job titles, which stand beside a name or in its place
JOB = regex.compile(expand(r"(?i)\b(?:(?&job)|(?&desk))\b"))
NO_JOB = re.compile(r"[:\d.?!]")  # in a line that is more than a job's title
DESK = regex.compile(expand(r"(?i)\b(?:(?&desk)|(?&crew))\b"))
AGENCY = regex.compile(expand(r"(?:(?&agency)|(?&agency_short))"))

# Korean bylines: the name stands before the word for reporter
KOREAN = regex.compile(expand(r"([가-힣]{2,4})\s+(?:[가-힣]{2,4}\s?)?(?&job_ko)(?:\s.*)?"))
CHINESE = regex.compile(
    expand(r"[(（【\[\s]*(?:(?&writer_zh)|(?&editor_zh))\s?[:：]\s?([^)）】\]:：。，！？]{2,40})[)）】\]\s]*")
)
"""A line that names the writers or editors, where no byline does."""
NOBODY = regex.compile(expand(r"(?i)\w*admin\w*|(?&nobody)"))
LOGIN = re.compile(r"[^\W\d_A-Z]*(?:[\d._-]+\w+)+|[a-z]{2,}")  # the name of an account, not of somebody
PARTICLES = words("particle")  # with which a name may begin, in small letters
DEGREE = regex.compile(expand(r"(?i)(?&degree)"))  # behind a comma of a list
HOST = re.compile(r"\w\.(?:com|org|net|[a-z]{2})\b", re.I)
SHORTEST_HOST = 6  # letters of a host's name that tell an outlet, when they stand in a longer name
BYLINE = regex.compile(
    expand(
        r"(?:(?=\p{Lu})(?i:(?:(?&posted) )?(?&by))(?:\s?:\s*|\s+)(?=\w)"
        r"|(?i:(?:(?&by)|(?&author_by))(?:\s?:\s*|\s+)|(?&author_label)\s?:\s*)(?=\p{Lu}))"
        r"([^|·•⋅●∙\d\n]{2,59}?)"
        r"(?=,?\s+(?:(?&at)|On|At|[-–—|·•⋅●∙/])\s|,?\s*\d|,?\s+(?i:(?&month_en))\.?,?\s+\d"
        r"|,\s[^,]*\b(?i:(?&job))\b|,?\s*$)"
    )
)


class Outlets:
    """What a site and its publisher are called: names that are no people's."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._keys = {key(name) for name in names if name} - {""}
        hosts = {key(name.partition(".")[0]) for name in names if name and HOST.search(name) and " " not in name}
        self._hosts = {host for host in hosts if len(host) >= SHORTEST_HOST}

    def __contains__(self, name: str) -> bool:
        whole = key(name)
        return whole in self._keys or any(host in whole for host in self._hosts)

    def people(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names that are people's, as far as can be told; with them the outlets of others, but not the page's own.
        () where there is no person among them."""
        others = tuple(name for name in names if name not in self)
        return others if any(map(_is_person, others)) else ()


NO_OUTLETS = Outlets()


def _is_person(name: str) -> bool:
    return not (DESK.search(name) or AGENCY.fullmatch(name) or LOGIN.fullmatch(name))


def is_job(line: str) -> bool:
    """Whether a line is a job's title: "Senior Reporter"."""
    return len(line) <= LONGEST_NAME and not NO_JOB.search(line) and bool(JOB.search(line))


def is_label(line: str) -> bool:
    """Whether a line says nothing but that an author's name follows: "Written by:"."""
    return bool(LABEL.fullmatch(line.strip()))


def clean_names(fields: Iterable[str], outlets: Outlets = NO_OUTLETS, *, desks: bool = False) -> tuple[str, ...]:
    """The names in some author fields, in order, each once; outlets, links, handles and job titles are not names, and
    desks ("Newsroom") only where they are asked for."""
    names: dict[str, str] = {}
    for text in fields:
        if reporter := KOREAN.fullmatch(text.strip()):
            text = reporter[1]
        line = STAMP.sub("", BRACKETS.sub(" ", OPENING.sub("", " ".join(ADDRESS.sub(" ", text).split()))))
        for piece in AND.split(line):
            name = OPENING.sub("", piece).strip(EDGES)
            if name.count(" ") > 1:
                name = COUNT.sub("", name)
            is_month = key(name) in calendar(MONTHS)
            if name and not is_month and not is_label(name) and _is_name(name, desks) and name not in outlets:
                names.setdefault(key(name), name)
    return _people(tuple(names.values()))


def guessed_names(text: str, outlets: Outlets) -> tuple[str, ...]:
    """The names in a guess at a byline, which a date may have stood in: without months and days of the week."""
    names = clean_names(text.split(";"), outlets)
    return tuple(name for each in names if (name := _without_month(each)))


def _without_month(name: str) -> str:
    parts = name.split()
    months = calendar(MONTHS)
    if len(parts) == 1:
        return "" if key(name) in months else name
    return " ".join(parts[:-1]) if len(parts) > 2 and key(parts[-1]) in months else name


def byline_in(lines: Iterable[str], *, desks: bool = False) -> tuple[str, ...]:
    """The names of the first line that reads "By Ann Marsh", "By Ann Marsh on 3 May", "By Ann Marsh, in News"."""
    found = (m for line in lines if len(line) <= 2 * LONGEST_NAME and (m := BYLINE.match(line)))
    return next((names for m in found if (names := clean_names([m[1]], desks=desks))), ())


def signed_in(lines: Iterable[str]) -> tuple[str, ...]:
    """The names of the first line that says "editors: …" in Chinese, as its sites sign their pages."""
    found = (m for line in lines if len(line) <= LONGEST_NAME and (m := CHINESE.fullmatch(line)))
    return next((names for m in found if (names := clean_names(m[1].split()))), ())


def _people(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names without the desk or station, all in capitals, that stands behind a person's: "Ann Marsh, LP LINDOW"."""
    people = tuple(name for name in names if not (name.isupper() and " " in name))
    return people or names


def stated_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names that a page states as such, one an entry: agencies and outlets may be among them, addresses may not."""
    found: dict[str, str] = {}
    for text in names:
        whole = OPENING.sub("", " ".join(text.split())).strip(" \t,;:|»›")
        first, _, rest = whole.partition(", ")
        if rest and (JOB.search(rest) or HOST.search(rest)):
            whole = first
        several = len(whole.split()) > MOST_NAME_WORDS or len(whole) > LONGEST_NAME
        for name in AND.split(whole) if several else [whole]:
            beside = several and bool(JOB.search(name) or DEGREE.fullmatch(name))
            if key(name) and not (beside or NO_NAME.search(name) or NOBODY.fullmatch(name)):
                found.setdefault(key(name), name)
    return tuple(found.values())


def _is_name(text: str, desks: bool) -> bool:
    parts = text.split()
    if len(text) > LONGEST_NAME or len(parts) > MOST_NAME_WORDS or NO_NAME.search(text) or NOBODY.fullmatch(text):
        return False
    if JOB.search(text) and not (desks and DESK.search(text)):
        return False
    return (
        len(key(text)) >= 2 and not parts[-1].islower() and (desks or parts[0] in PARTICLES or not parts[0].islower())
    )
