"""Notes that stand below an article: who wrote it and is what, who lent or translated it, who signed it.

Told by place (behind the last prose that is no note), by the names that the page gives as its authors, and by slant
type. A name alone, or slant type alone, is no note.
"""

from __future__ import annotations

import regex

from cleaners.html.regions import facts_of, size_of
from cleaners.matching.fragments import expand
from cleaners.matching.match import Matcher
from cleaners.page import Block, Page
from cleaners.words import PROSE_ENDS, ending, key

SLANTED = frozenset({"em", "i", "cite"})
STRESSED = frozenset({"em", "i", "strong", "b"})
MOST_NOTES = 4  # blocks above the end among which a note begins
LONGEST_NOTE = 700  # characters of one note
NOTES_SHARE = 0.15  # of the article's characters that its notes may be
CREDIT_LENGTH = 80
NAME = r"(?:(?&particle) ){0,2}(?:(?&name_word)|\p{Lo}[\w'’.-]*+)"
BIO = regex.compile(
    expand(
        rf"(?:(?&honorific)\.? )?{NAME}(?: {NAME}){{1,4}}(?:,? (?:\([^()]{{1,40}}\)|(?&and) {NAME}(?: {NAME}){{1,4}}))?"
        r",? (?&does) (?=\S+ )"
    )
)
GOES_ON = regex.compile(r"(?i)is an? ")  # where the name stands in the line before
ROLE = regex.compile(expand(r"(?i)\b(?&job)\b"))
FIRST_SEEN = regex.compile(expand(r"(?i)(?&first_seen)"))
SIGNED = regex.compile(expand(rf"(?:[-–—*(/] ?)?({NAME}(?: {NAME}){{1,3}})\)?"))


def notes(page: Page, _: Matcher) -> None:
    """Notes below the article are chrome."""
    kept = page.kept()
    names = {key(name) for name in page.meta.authors}
    found: list[Block] = []
    for block in reversed(kept[-MOST_NOTES:]):
        if not _is_note(block, names):
            break
        found.append(block)
    if found and size_of(found) <= NOTES_SHARE * size_of(kept):
        for block in found:
            block.label("chrome", "extract.note")


def _is_note(block: Block, names: set[str]) -> bool:
    if len(block.raw) > LONGEST_NOTE or block.role != "body":
        return False
    text = block.raw.strip()
    slanted = not SLANTED.isdisjoint(facts_of(block).tags[-2:])
    known = any(key(text).startswith(name) for name in names if len(name) > 5)
    about = bool(ROLE.search(text)) and bool(BIO.match(text) or (slanted and GOES_ON.match(text)))
    if about and (slanted or known):
        return True
    return slanted and (
        bool(FIRST_SEEN.search(text)) or (len(text) <= CREDIT_LENGTH and ending(text) not in PROSE_ENDS)
    )


def signature(page: Page, _: Matcher) -> None:
    """The last line, where it is a name in stressed type and the page names nobody, or only itself: a byline."""
    kept, meta = page.kept(), page.meta
    last = kept[-1] if len(kept) > 2 else None
    if last is None or last.role != "body" or STRESSED.isdisjoint(facts_of(last).tags[-2:]):
        return
    outlet = {key(name) for name in (meta.site or "", *(meta.host or "").split("."))}
    signed = SIGNED.fullmatch(last.raw.strip())
    if signed and all(key(name) in outlet for name in meta.authors):
        last.label("byline", "extract.signature", name=signed[1])
        meta.authors = (signed[1],)
