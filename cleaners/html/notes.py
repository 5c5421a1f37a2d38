"""Notes that stand below an article: who wrote it and is what, who lent or translated it, who signed it.

Told by place (behind the last prose that is no note), by the names that the page gives as its authors, and by slant
type. A name alone, or slant type alone, is no note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaners.html.regions import facts_of, size_of
from cleaners.page import Block, Meta
from cleaners.words import PROSE_ENDS, ending, key

SLANTED = frozenset({"em", "i", "cite"})
STRESSED = frozenset({"em", "i", "strong", "b"})
DEEPEST = 4  # blocks above the end among which a note begins
LONGEST = 700  # characters of one note
MOST = 0.15  # of the article's characters that its notes may be
CREDIT_LENGTH = 80
NAME = r"(?:(?:de|del|la|van|von|der|di|da|dos|bin|al) ){0,2}[^\W\d_a-z][\w'’.-]*+"
IS = (
    r"is|are|was|has|have|writes|covers|reports|works|serves|teaches|founded|ist|arbeitet|schreibt|lebt|leitet|es|"
    r"escribe|est|écrit|è|scrive|é|escreve|jest|är|er|on|je"
)
BIO = re.compile(
    rf"(?:(?:Dr|Prof|Professor|Sir|Dame)\.? )?{NAME}(?: {NAME}){{1,4}}(?:,? (?:\([^()]{{1,40}}\)|(?:and|und|y|et|e) "
    rf"{NAME}(?: {NAME}){{1,4}}))?,? (?:{IS}) (?=\S+ )"
)
GOES_ON = re.compile(r"is an? ", re.I)  # where the name stands in the line before
ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|journalist|writer|author|columnist|contributor|producer|professor|lecturer|"
    r"fellow|researcher|analyst|curator|director|founder|co-founder|critic|freelance\w*|blogger|historian|economist|"
    r"staff|columnista|periodista|redactora?|autora?|corresponsal|profesora?|directora?|redakteur(?:in)?|autor(?:in)?|"
    r"korrespondent(?:in)?|journalist(?:in)?|reporter(?:in)?|professor(?:in)?|journaliste|rédact\w+|auteure?|"
    r"giornalista|autrice|autore|direttore|jornalista|colunista|dziennikar\w+|novin\w+)\b",
    re.I,
)
FIRST_SEEN = re.compile(
    r"(?:(?:this|the) (?:\w+ )?(?:article|story|piece|essay|column|post|interview|text) (?:\w+ )?(?:was|is|has been|"
    r"first|originally) .{0,40}|(?:first|originally) )(?:published|appeared|republished|adapted|excerpted)\b|"
    r"translat(?:ed|ion) (?:from|by)\b|aus dem \w+ (?:von|übersetzt)\b|traducción de\b|traduit de\b",
    re.I,
)
SIGNED = re.compile(rf"(?:[-–—*(/] ?)?({NAME}(?: {NAME}){{1,3}})\)?")


def lift_notes(blocks: Sequence[Block], meta: Meta) -> None:
    """Label the notes below the article as chrome, and the name that signs it as its byline."""
    kept = [b for b in blocks if b.kept]
    names = {key(name) for name in meta.authors}
    found: list[Block] = []
    for block in reversed(kept[-DEEPEST:]):
        if not _is_note(block, names):
            break
        found.append(block)
    if found and size_of(found) <= MOST * size_of(kept):
        for block in found:
            block.label("chrome", "extract.note", "about the author or the text, below it")
    _signature([b for b in blocks if b.kept], meta)


def _is_note(block: Block, names: set[str]) -> bool:
    if len(block.raw) > LONGEST or block.role != "body":
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


def _signature(kept: Sequence[Block], meta: Meta) -> None:
    """The last line, where it is a name in stressed type and the page names nobody, or only itself."""
    last = kept[-1] if len(kept) > 2 else None
    if last is None or last.role != "body" or STRESSED.isdisjoint(facts_of(last).tags[-2:]):
        return
    outlet = {key(name) for name in (meta.site or "", *(meta.host or "").split("."))}
    signed = SIGNED.fullmatch(last.raw.strip())
    if signed and all(key(name) in outlet for name in meta.authors):
        last.label("byline", "extract.signature", name=signed[1])
        meta.authors = (signed[1],)
