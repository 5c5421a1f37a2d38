"""Names of authors, out of author fields that also hold bylines, job titles, outlets, links and handles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import regex

from cleaners.dates import DAYS, MONTHS, calendar, date_in
from cleaners.matching.fragments import expand, words
from cleaners.words import key

# what stands before the names
OPENING = regex.compile(expand(r"(?i)^(?:(?&by)|(?&author_by)|(?&author_label))\s*:?\s+"))
LABEL = regex.compile(expand(r"(?i)(?:(?&by)|(?&author_by)|(?&author_label)|(?&author_box))\s*:?"))
AND = regex.compile(
    expand(
        r"(?:(?<!\s)[^\S\n]*+|(?<=\s))"  # a run of spaces is read once, from where it begins
        r"(?:[,;|/&、，；،•·⋅—\n](?:\s*+(?:(?&and)|(?&and_upper))\s)?|(?<=\s)(?:(?&and)|(?&and_upper))\s)\s*+"
    )
)
NO_NAME = re.compile(r"https?:|www\.|@|\d|©", re.I)
NO_OUTLET = re.compile(r"https?:|www\.|@|©", re.I)
NUMBERED = regex.compile(r"\d{1,3}+ \p{L}[\p{L} ]{2,30}|\p{Lu}[\p{L} -]{1,30}? ?\d{1,2}")
"""A name of an outlet with a figure: "20 Minuten", "Lindow 24"."""
STAMP = regex.compile(
    expand(
        r"(?i)\s\d{4}-\d{2}-\d{2}.*|(?<=\w\s\w.*)[\s,]+(?:(?&month_en)\.?\s+\d{1,2}(?:,|\s|$)|\d{1,2}\.?\s+(?&month_en)\b).*"
    )
)
"""A day behind a name of two words or more."""
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
NICKNAME = regex.compile(r"\p{Lu}\S* [(]\p{Lu}[\p{L} -]+[)] \p{Lu}\S*")
"""Brackets in the middle of a name: "Ann (Annie) Marsh"."""
ADDRESS = re.compile(r"(?<!\S)[^\s@]*+@\S*")  # a handle, or that of mail
COUNT = re.compile(r"(?<=\w) \d+$")  # behind a first and a last name: of comments, of a footnote
FULL = r"(?<=\p{Lu}[\p{L}.'’]*(?:[ -][\p{L}.'’]+)* [\p{L}'’-]+)"  # behind a first and a last name
FOOTNOTE = regex.compile(rf"{FULL}(?!\d{{3}})[\d*†‡§¶¹²³⁴⁵⁶⁷⁸⁹]+(?:,\d+)*(?![\w])")
COUNTED = regex.compile(
    expand(
        r"(?i)\s*(?:\s(?&and)\s|[,&+]\s?)\s*(?:\d+|(?&number_word)) (?&uncounted)\b"
        rf"|{FULL}\s*\+\s?\d+$"
    )
)
"""Those whom a byline counts and does not name."""
OTHER_MAKERS = regex.compile(
    expand(
        r"(?i)(?<![^\s,;.|/&(–—-])(?:(?&other_maker)\s*:?|(?&other_label)\s?:)\s.*?"
        r"(?=\b(?:(?&author_by)\s|(?&author_label)\s?:)|$)"
    )
)
"""Who took the pictures, edited or translated it, up to who wrote it."""
ARCHIVE = regex.compile(expand(r"(?i)(?&all_of):?\s+"))
"""Before a name in a link to all that the author wrote."""
CONTACT = regex.compile(expand(rf"{FULL}\s+(?i:(?&contact))$"))
"""A link behind a name."""
COUNTED_COMMENTS = regex.compile(expand(r"(?i)\s+(?:\d+|(?&no_comments))\s+(?&comments_count)$"))
BRACKETED = regex.compile(expand(r"[,/]?\s*(?:(?:(?&and)|&)\s)?(?&person)\s?\((?i:(?&pictures_in_brackets))\)"))
"""Who took the pictures, as brackets say."""
RANKED = regex.compile(expand(rf"{FULL}\s+(?i:(?&rank) (?:(?&rank) )?(?:\w+ )?(?&job)s?|(?&special_to) .*)$"))
CHANGED = regex.compile(
    expand(
        rf"{FULL}[\s,]+(?i:(?&changed)\b)(?: on\b)?\s*:?\s*"
        r"(?=$|\d|(?i:(?&month_en))\b).*"
    )
)
"""A rank and a job behind a name; what is said of a day behind one."""
EDGES = ' \t,;:.–—-|*†‡»«›‹→←>"“”„'
MOST_NAME_WORDS = 5  # words of one name; 4: one list less is right (see bylines.py); 8: one more
LONGEST_NAME = 60  # characters of one name; 40: none; 90: one less
LONGEST_LIST = 120  # characters of a line that names authors; 80: one less; 180: none
# job titles, which stand beside a name or in its place
JOB = regex.compile(expand(r"(?i)\b(?:(?:(?&job)|(?&post))s?|(?&desk))\b"))
NO_JOB = re.compile(r"[:\d.?!]")  # in a line that is more than a job's title
DESK = regex.compile(expand(r"(?i)\b(?:(?&desk)|(?&crew))\b"))
DESK_ALONE = regex.compile(expand(r"(?i)(?:(?&by)\s)?(?:(?&article)\s)?(?:(?&desk)|(?&crew))"))
AGENCY = regex.compile(expand(r"(?:(?&agency)|(?&agency_short))"))

PERSON = regex.compile(expand(r"(?&person)"))
HONORIFIC = regex.compile(expand(r"\b(?:(?&honorific))\.?\s"))
ACCOUNT = regex.compile(expand(r"(?i)(?:(?&by)|(?&author_by))\s?:?\s+(\p{L}[\w.-]{1,28}\w)"))
NUMBER = re.compile(r"\d")
APART = regex.compile(
    expand(r"\s*[|·•⋅●∙—]\s*|\s[-–/]\s|(?<=\d{4}),?\s*(?=(?i:(?&by)|(?&author_by))\s)|(?<=\d{4})(?=\p{Lu})")
)
"""What stands between a name and a day."""
SECTION = regex.compile(expand(r"(?<=\w\s\w.*)\s(?&in_section)\s.*"))

# Korean bylines: the name stands before the word for reporter
KOREAN = regex.compile(expand(r"(?:[가-힣]{2,8}\s?=\s?)?([가-힣]{2,4})\s+(?:[가-힣]{2,4}\s?)?(?&job_ko)(?:\s.*)?"))
HANGUL = regex.compile(r"[가-힣]{2,4}")
CHINESE = regex.compile(
    expand(r"[(（【\[\s]*+(?:(?&writer_zh)|(?&editor_zh))\s?[:：]\s?([^)）】\]:：。，！？]{2,40})[)）】\]\s]*+")
)
"""A line that names the writers or editors, where no byline does."""
NOBODY = regex.compile(expand(r"(?i)\w*admin\w*|(?&nobody)"))
LOGIN = re.compile(r"[^\W\d_A-Z]*(?:[\d._-]+\w+)+|[a-z]{2,}")  # the name of an account, not of somebody
PARTICLES = words("particle")  # with which a name may begin, in small letters
DEGREE = regex.compile(expand(r"(?i)(?&degree)"))  # behind a comma of a list
KNOWN_DEGREE = regex.compile(expand(r"(?&degree_known)"))
HOST = re.compile(r"\w\.(?:com|org|net|[a-z]{2})\b", re.I)
SHORTEST_HOST = 6
"""Letters of a host's name that tell an outlet, when they stand in a longer name. (4: none; 9: one wrong list is
another.)"""
BYLINE = regex.compile(
    expand(
        r"(?:(?=\p{Lu})(?i:(?:(?&posted) )?(?&by))(?:\s?:\s*|\s+)(?=\w)"
        r"|(?i:(?:(?&by)|(?&author_by))(?:\s?:\s*|\s+)|(?&author_label)\s?:\s*)(?=\p{Lu}))"
        r"([^|·•⋅●∙\d\n]{2,119}?)"
        r"(?=,?\s+(?:(?&at)|(?&at_upper)|[-–—|·•⋅●∙/])\s|\s(?&for_outlet)\s(?:[Tt]he\s)?\p{Lu}|,?\s*\d|,?\s+(?i:(?&month_en))\.?,?\s+\d"
        r"|,\s[^,]*\b(?i:(?&job))\b|,?\s*$)"
    )
)

LABELLED_JA = regex.compile(expand(r"(?:(?&writer_zh))\s+(?=[\p{Han}\p{Hiragana}\p{Katakana}])"))
BESIDE = regex.compile(
    expand(
        rf"{FULL}(?:,\s(?:(?!\b(?&and)\b)[^,]){{0,50}}\b(?i:(?&job))s?\b(?:(?!\b(?&and)\b)[^,]){{0,40}}"
        r"|\s(?&in_place)\s\p{Lu}[\p{L}-]+)(?=,?\s(?:(?&and)|&)\s(?&person))"
    )
)
"""The job or place of one of several: "Ann Marsh, Reporter, and Bo Quist", "Ann Marsh in Lindow and Bo Quist"."""
PLACE = regex.compile(rf"{FULL},\s(\p{{Lu}}[\p{{L}}-]+)$")
"""A word behind full names that is no name of a person: where they write from, or an agency."""
ENGLISH = re.compile(r"(?:\w+ )?by\b", re.I)


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
    return not (NUMBER.search(name) or DESK.search(name) or AGENCY.fullmatch(name) or LOGIN.fullmatch(name))


def is_job(line: str) -> bool:
    """Whether a line is a job's title: "Senior Reporter"."""
    return len(line) <= LONGEST_NAME and not NO_JOB.search(line) and bool(JOB.search(line))


def is_desk(line: str) -> bool:
    """Whether a line is nothing but the name of a desk or an agency: "Redaktion", "Reuters"."""
    return bool(DESK_ALONE.fullmatch(line)) or bool(AGENCY.fullmatch(line))


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
        line = LABELLED_JA.sub("", OPENING.sub("", plain(text)), 1)
        line = STAMP.sub("", line if NICKNAME.fullmatch(line) else BRACKETS.sub(" ", line))
        pieces = AND.split(line)
        if pieces[0].strip() in outlets:  # "The Lindow Post, Lindow": where it sits
            pieces = [piece for piece in pieces if " " in piece.strip()]
        for piece in map(_reporter, pieces):
            name = RANKED.sub("", ARCHIVE.sub("", OPENING.sub("", piece), 1)).strip(EDGES)
            if name.count(" ") > 1:
                name = COUNT.sub("", name)
            is_month = key(name) in calendar(MONTHS)
            if names and KNOWN_DEGREE.fullmatch(piece.strip()):
                last = next(reversed(names))
                names[last] = f"{names[last]}, {piece.strip()}"
                continue
            if name and not is_month and not is_label(name) and _is_name(name, desks) and name not in outlets:
                names.setdefault(key(name), name)
    return _people(tuple(names.values()))


def _reporter(piece: str) -> str:
    """A name without the word for reporter behind it, as Korean has it."""
    found = KOREAN.fullmatch(piece.strip())
    return str(found[1]) if found else piece


def plain(line: str) -> str:
    """A line of authors without addresses, footnotes, those who are only counted, and who did something else for it."""
    return _plain(line) if len(line) <= LONGEST_LIST else _plain.__wrapped__(line)


@lru_cache(maxsize=4_096)  # a line near the headline is asked in four ways
def _plain(line: str) -> str:
    text = BRACKETED.sub("", COUNTED_COMMENTS.sub("", CONTACT.sub("", " ".join(ADDRESS.sub(" ", line).split()))))
    return CHANGED.sub("", COUNTED.sub("", FOOTNOTE.sub("", OTHER_MAKERS.sub("", text)))).strip(" ,;|&")


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
    found = (
        m
        for line in lines
        if len(line) <= LONGEST_LIST and (m := BYLINE.match(BESIDE.sub("", _unbracketed(plain(line)))))
    )
    found = (m for m in found if " " in m[1] or not NUMBER.match(m.string, m.end(1)))  # an account: "by ann77"
    return next((names for m in found if (names := _names_of_byline(_no_place(m[0], m[1]), desks))), ())


def _unbracketed(line: str) -> str:
    """A byline without what brackets say of somebody: "By Ann Marsh(Lindow, reporter)"; nicknames stay."""
    return line if NICKNAME.search(line) else BRACKETS.sub(" ", line).strip()


def _names_of_byline(text: str, desks: bool) -> tuple[str, ...]:
    """The names in what stands behind "by"; what is longer than a name is a list of full names or nothing."""
    names = clean_names([text], desks=desks)
    return names if len(text) <= LONGEST_NAME or is_list(text) else ()


def _no_place(byline: str, names: str) -> str:
    """The names of a byline without the place that they write from: behind the last of several, and where the language
    is not English behind one. (In English it is as often a firm.)"""
    place = PLACE.search(names)
    if place is None or AGENCY.fullmatch(place[1]) or KNOWN_DEGREE.fullmatch(place[1]):
        return names
    several = len(AND.split(names)) > 2
    return names[: place.start()] if several or not ENGLISH.match(byline) else names


def is_list(line: str) -> bool:
    """Whether a line is a list of full names: "Ann Marsh, Bo Quist and Cy Holm"."""
    pieces = AND.split(HONORIFIC.sub("", plain(line)))
    return len(pieces) > 1 and all(map(PERSON.fullmatch, pieces)) and not JOB.search(line)


def _are_people(line: str) -> bool:
    """Whether a stated name is several full names, of reporters too where their language says so behind each."""
    pieces = AND.split(line)
    return is_list(line) or (len(pieces) > 1 and all(HANGUL.fullmatch(_reporter(piece)) for piece in pieces))


def account_in(line: str) -> str:
    """The account in "by annm" or "posted by annm"; "" for another line."""
    found = ACCOUNT.fullmatch(line.strip())
    return found[1] if found and not calendar_word(found[1]) and not NOBODY.fullmatch(found[1]) else ""


def calendar_word(word: str) -> bool:
    """Whether a word is the name of a month or of a day of the week."""
    return key(word) in calendar(MONTHS) or key(word) in calendar(DAYS)


def beside_day(line: str) -> tuple[str, ...]:
    """The names in a line that states a day as well: "3 May 2021 by Ann Marsh", "Dec 19, 2025 · Ann Marsh"; () for one
    without a day, and for a name that does not stand apart from it."""
    if len(line) > LONGEST_LIST:
        return ()
    pieces = [" ".join(piece.split()) for piece in APART.split(ADDRESS.sub(" ", line))]
    if not date_in(" | ".join(pieces), None):
        return ()
    signed = [piece for piece in pieces if OPENING.match(piece)]
    if names := clean_names(_no_place(piece, _up_to_section(piece)) for piece in signed):
        return names
    if accounts := tuple(name for piece in signed if (name := account_in(piece))):
        return accounts
    first = next((_up_to_section(piece) for piece in pieces if piece and not NUMBER.search(piece)), "")
    return clean_names([first]) if is_person(first) or is_list(first) else ()  # a section may follow


def is_person(line: str) -> bool:
    """Whether a line is nothing but a full name."""
    return bool(PERSON.fullmatch(HONORIFIC.sub("", line))) and len(line) <= LONGEST_NAME and not JOB.search(line)


def _up_to_section(piece: str) -> str:
    return SECTION.sub("", piece)


def signed_in(lines: Iterable[str]) -> tuple[str, ...]:
    """The names of the first line that says "editors: …" in Chinese, as its sites sign their pages."""
    found = (m for line in lines if len(line) <= LONGEST_NAME and (m := CHINESE.fullmatch(line)))
    return next((names for m in found if (names := clean_names(m[1].split()))), ())


def _people(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names without the desk or station, all in capitals, that stands behind a person's: "Ann Marsh, LP LINDOW"."""
    return names[:1] + tuple(name for name in names[1:] if names[0].isupper() or not (name.isupper() and " " in name))


def stated_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names that a page states as such, one an entry: agencies and outlets may be among them, addresses may not."""
    found: dict[str, str] = {}
    for text in names:
        whole = _reporter(RANKED.sub("", OPENING.sub("", plain(text) if "@" not in text else text)).strip(" \t,;:|»›"))
        first, _, rest = whole.partition(", ")
        if rest and (JOB.search(rest) or HOST.search(rest)):
            whole = first
        several = len(whole.split()) > MOST_NAME_WORDS or len(whole) > LONGEST_NAME
        for name in map(_reporter, AND.split(whole) if several or _are_people(whole) else [whole]):
            beside = several and bool(JOB.search(name) or DEGREE.fullmatch(name))
            if key(name) and not (beside or _no_outlet(name) or NOBODY.fullmatch(name)):
                found.setdefault(key(name), name)
    return tuple(found.values())


def _no_outlet(name: str) -> bool:
    """Whether a stated name can be nobody's: an address, a day. Outlets have figures in their names: "20 Minuten"."""
    return bool(NO_OUTLET.search(name)) or (bool(NUMBER.search(name)) and not NUMBERED.fullmatch(name))


def _is_name(text: str, desks: bool) -> bool:
    parts = text.split()
    if len(text) > LONGEST_NAME or len(parts) > MOST_NAME_WORDS or NO_NAME.search(text) or NOBODY.fullmatch(text):
        return False
    if JOB.search(text) and not (desks and DESK.search(text)):
        return False
    return (
        len(key(text)) >= 2 and not parts[-1].islower() and (desks or parts[0] in PARTICLES or not parts[0].islower())
    )
