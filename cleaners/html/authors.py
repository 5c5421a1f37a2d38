"""Names of authors, out of author fields that also hold bylines, job titles, outlets, links and handles."""

from __future__ import annotations

import re
from collections.abc import Iterable

import regex

from cleaners.matching.fragments import expand
from cleaners.words import key

# what stands before the names
OPENING = regex.compile(expand(r"(?i)^(?:(?&by)|(?&author_label))\s*:?\s+"))
BY_ALONE = regex.compile(expand(r"(?i)(?&by)|(?&author_label)"))
AND = regex.compile(expand(r"(?i)\s*(?:[,;|/&、•·—\n]|\s(?&and)\s)\s*"))
NO_NAME = re.compile(r"https?:|www\.|@|\d", re.I)
STAMP = re.compile(r"\s\d{4}-\d{2}-\d{2}.*")
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
MOST_NAME_WORDS = 5  # words of one name
LONGEST_NAME = 60  # characters of one name
# job titles, which stand beside a name or in its place
JOB = regex.compile(expand(r"(?i)\b(?:(?&job)|(?&desk))\b"))

# Korean bylines: the name stands before the word for reporter
KOREAN = regex.compile(expand(r"([가-힣]{2,4})\s+(?:[가-힣]{2,4}\s?)?(?&job_ko)(?:\s.*)?"))
CHINESE = regex.compile(
    expand(r"[(（【\[\s]*(?:(?&writer_zh)|(?&editor_zh))\s?[:：]\s?([^)）】\]:：。，！？]{2,40})[)）】\]\s]*")
)
"""A line that names the writers or editors, where no byline does."""
NOBODY = regex.compile(expand(r"(?i)\w*admin\w*|(?&nobody)"))
DEGREE = regex.compile(expand(r"(?i)(?&degree)"))  # behind a comma of a list
HOST = re.compile(r"\w\.(?:com|org|net|[a-z]{2})\b", re.I)
BYLINE = regex.compile(
    expand(
        r"(?=\p{Lu})(?i:(?:(?&posted) )?(?&by))\s+(\w[^|·•\d\n]{1,58}?)"
        r"(?=,?\s+(?:(?&at)|[-–—|·•])\s|,?\s*\d|,?\s*$)"
    )
)


def clean_names(fields: Iterable[str], outlets: Iterable[str] = ()) -> tuple[str, ...]:
    """The names in some author fields, in order, each once; outlets, links and job titles are not names."""
    barred = {key(outlet) for outlet in outlets if outlet}
    names: dict[str, str] = {}
    for text in fields:
        if reporter := KOREAN.fullmatch(text.strip()):
            text = reporter[1]
        line = STAMP.sub("", BRACKETS.sub(" ", OPENING.sub("", " ".join(text.split()))))
        for piece in AND.split(line):
            name = OPENING.sub("", piece).strip(" \t,;:.–—-|*")
            if name and not BY_ALONE.fullmatch(name) and _is_name(name) and key(name) not in barred:
                names.setdefault(key(name), name)
    return _people(tuple(names.values()))


def byline_in(lines: Iterable[str]) -> tuple[str, ...]:
    """The names of the first line that reads "By Ann Marsh", "By Ann Marsh on 3 May", "By Ann Marsh, in News"."""
    found = (m for line in lines if len(line) <= 2 * LONGEST_NAME and (m := BYLINE.match(line)))
    return next((names for m in found if (names := clean_names([m[1]]))), ())


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
        whole = OPENING.sub("", " ".join(text.split())).strip(" \t,;:|")
        first, _, rest = whole.partition(", ")
        if rest and (JOB.search(rest) or HOST.search(rest)):
            whole = first
        several = len(whole.split()) > MOST_NAME_WORDS or len(whole) > LONGEST_NAME
        for name in AND.split(whole) if several else [whole]:
            beside = several and bool(JOB.search(name) or DEGREE.fullmatch(name))
            if key(name) and not (beside or NO_NAME.search(name) or NOBODY.fullmatch(name)):
                found.setdefault(key(name), name)
    return tuple(found.values())


def _is_name(text: str) -> bool:
    if len(text) > LONGEST_NAME or len(text.split()) > MOST_NAME_WORDS or NO_NAME.search(text) or JOB.search(text):
        return False
    return len(key(text)) >= 2 and not text.split()[-1].islower()
