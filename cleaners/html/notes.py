"""Notes that stand below an article: who wrote it and is what, who lent or translated it, who signed it.

Notes are recognised by place (the last blocks), by the names of the page's authors, and by italics. A name alone, or
italics alone, make no note. For where the numbers come from see regions.py.
"""

from __future__ import annotations

import regex

from cleaners.html.regions import drop, facts_of
from cleaners.matching.fragments import expand
from cleaners.matching.match import Matcher
from cleaners.page import Block, Page
from cleaners.words import PROSE_ENDS, ending, key

ITALIC = frozenset({"em", "i", "cite"})
STRESSED = frozenset({"em", "i", "strong", "b"})
LONGEST_NOTE = 700  # characters of one note; 350: 1 / 0 kept; 1,400: no line
CREDIT_LENGTH = 80  # characters of an italic credit, which is no sentence; 40: 0 / 1 kept; 160: 1 / 2 taken
NAME = r"(?:(?&particle) ){0,2}(?:(?&name_word)|\p{Lo}[\w'’.-]*+)"
BIO = regex.compile(
    expand(
        rf"(?:(?&honorific)\.? )?{NAME}(?: {NAME}){{1,4}}(?:,? (?:\([^()]{{1,40}}\)|(?&and) {NAME}(?: {NAME}){{1,4}}))?"
        r",? (?&does) (?=\S+ )"
    )
)
GOES_ON = regex.compile(expand(r"(?i)(?&is_a) "))  # where the name stands in the line before
ROLE = regex.compile(expand(r"(?i)\b(?&job)\b"))
FIRST_SEEN = regex.compile(expand(r"(?i)(?&first_seen)"))
SIGNED = regex.compile(expand(rf"(?:[-–—*(/] ?)?({NAME}(?: {NAME}){{1,3}})\)?"))


def notes(page: Page, _: Matcher) -> None:
    """Notes below the article are chrome."""
    kept = page.kept()
    names = {key(name) for name in page.meta.authors} - {""}
    found: set[int] = set()
    for block in reversed(kept):
        if not _is_note(block, names):
            break
        found.add(block.start)
    drop(page.blocks, lambda b: b.start in found, "extract.note")


def _is_note(block: Block, names: set[str]) -> bool:
    if len(block.raw) > LONGEST_NOTE or block.role != "body":
        return False
    text = block.raw.strip()
    italic = not ITALIC.isdisjoint(facts_of(block).tags[-2:])
    known = any(key(text).startswith(name) for name in names)
    about = bool(ROLE.search(text)) and bool(BIO.match(text) or (italic and GOES_ON.match(text)))
    if about and (italic or known):
        return True
    return italic and (bool(FIRST_SEEN.search(text)) or (len(text) <= CREDIT_LENGTH and ending(text) not in PROSE_ENDS))


def signature(page: Page, _: Matcher) -> None:
    """The last line is a byline, where it is a name in italics or bold and the page names no author, or only itself."""
    kept, meta = page.kept(), page.meta
    last = kept[-1] if len(kept) > 2 else None
    if last is None or last.role != "body" or STRESSED.isdisjoint(facts_of(last).tags[-2:]):
        return
    outlet = {key(name) for name in (meta.site or "", *(meta.host or "").split("."))}
    signed = SIGNED.fullmatch(last.raw.strip())
    before = any(b.by == "extract.signature" for b in page.blocks)
    if signed and not before and all(key(name) in outlet for name in meta.authors):
        last.label("byline", "extract.signature", name=signed[1])
        meta.authors = (signed[1],)
