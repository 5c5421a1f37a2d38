"""Names of authors out of what pages put in their author fields: bylines, job titles, outlets, links and handles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleaners.align import key

# what stands before the names
OPENING = re.compile(
    r"^(?:written\s+by|posted\s+by|by|von|par|por|de la redacción de|da|di|av|af|door|text|texte|texto|autor(?:in|en)?|"
    r"author|interview|reporting\s+by|words)\s*:?\s+",
    re.I,
)
AND = re.compile(r"\s*(?:,|;|\||/|&|、|•|·|—|\n|\s(?:and|und|et|y|e|en|og|och|и|і|та|i|și|ve|a|with|mit)\s)\s*", re.I)
NO_NAME = re.compile(r"https?:|www\.|@|\d", re.I)
STAMP = re.compile(r"\s\d{4}-\d{2}-\d{2}.*")
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
MOST_WORDS = 5  # of one name
LONGEST = 60  # characters of one name
# what a person is called beside the name
JOB = re.compile(
    r"\b(?:reporter|correspondent|editor|journalist|writer|columnist|contributor|producer|staff|team|redaktion|redaktor|"
    r"redakteur(?:in)?|korrespondent(?:in)?|autor(?:in)?|journaliste|redacción|redaccion|redazione|redaksi|desk|newsroom|"
    r"analyst|director|professor|fellow|admin|administrator|author|guest|agencies|agency|rédaction|correspondant)\b",
    re.I,
)


def clean_names(fields: Iterable[str], outlets: Iterable[str] = ()) -> tuple[str, ...]:
    """The names in some author fields, in order, each once; outlets, links and job titles are not names."""
    barred = {key(outlet) for outlet in outlets if outlet}
    names: dict[str, str] = {}
    for text in fields:
        line = STAMP.sub("", BRACKETS.sub(" ", OPENING.sub("", " ".join(text.split()))))
        for piece in AND.split(line):
            name = OPENING.sub("", piece).strip(" \t,;:.–—-|*")
            if name and _is_name(name) and key(name) not in barred:
                names.setdefault(key(name), name)
    return tuple(names.values())


def stated_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names that a page states as such, one an entry: agencies and outlets may be among them, addresses may not."""
    found: dict[str, str] = {}
    for text in names:
        whole = OPENING.sub("", " ".join(text.split())).strip(" \t,;:|")
        pieces = AND.split(whole) if len(whole.split()) > MOST_WORDS or len(whole) > LONGEST else [whole]
        for name in pieces:
            if key(name) and not NO_NAME.search(name):
                found.setdefault(key(name), name)
    return tuple(found.values())


def _is_name(text: str) -> bool:
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS or NO_NAME.search(text) or JOB.search(text):
        return False
    return len(key(text)) >= 2 and not text.split()[-1].islower()
