"""Who wrote an article, by what stands below it: a box about the author, a sentence that says who wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from cleaners.html.authors import HONORIFIC, JOB, LONGEST_NAME, PERSON, clean_names, is_job, is_label
from cleaners.html.regions import COMMENTS, LINKED, facts_of, first_prose
from cleaners.matching.fragments import expand
from cleaners.page import Block
from cleaners.words import key, sentence

WRITTEN = regex.compile(
    expand(
        r"(?i:(?&this_text) (?:(?&written_by)))\s(?:(?&honorific)\.?\s)?"
        r"(?P<name>(?&person)(?:\s(?&and)\s(?&person)|(?:,\s(?&degree_known)(?!\w))+)?)"
    )
)
"""A sentence that says who wrote this."""
SIGNED = regex.compile(
    expand(
        r"(?i:(?&author_by))\s?:?\s(?:(?i:(?&honorific))\.?\s)?(?P<name>(?&person)(?:\s(?:(?&and))\s(?&person))?)(?:,[^.]{2,60})?"
    )
)
"""The same without a verb, on a line of its own."""
ABOUT = regex.compile(expand(r"(?:(?&honorific)\.? )?(?P<name>(?&person))(?:,[^.]{1,60},)? (?&does) (?=\S+ )"))
"""The first words of a note about somebody."""
ABOUT_NAME = regex.compile(expand(r"(?i:(?&about_author))\s?:?\s(?:(?&honorific)\.? )?(?P<name>(?&person))"))
SAYS_MORE = regex.compile(expand(r"(?:,[^.]{1,80},)?\s(?&does)\s"))
"""What goes on behind a name that stood in the line before."""
FIRST_NAME = regex.compile(r"\p{Lu}\p{Ll}{2,15}+")
LONGEST_LEAD = 120
"""Characters at the beginning of a note that say what somebody is. (Half or twice of it, or of either below: none of
the lists is another; see bylines.py.)"""
MOST_BELOW = 12
"""Blocks below a label that may name authors."""
MOST_AUTHORS = 6
"""Names below a label; where there are more it is a list of the site's."""


def named_below(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The names of the authors that a sentence, a label or a note below the first prose names; () where there is none,
    or where notes are about several people, who may be those that the article is about."""
    prose = first_prose(blocks)
    begin = max(0, prose - blocks[0].start) if blocks else 0
    below = [b for b in blocks[begin:] if COMMENTS.isdisjoint(facts_of(b).words)]
    for pattern in (WRITTEN, SIGNED):
        for block in below:
            found = pattern.match(block.raw) if pattern is WRITTEN else pattern.fullmatch(block.raw.strip())
            if found and (names := clean_names([found["name"]])):
                return names
    return _labelled(below) or _noted(below) or _about(below)


def _about(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The name in "About Ann Marsh" below the text, where a note about her follows."""
    for block, below in pairwise(blocks):
        found = ABOUT_NAME.fullmatch(block.raw.strip()) if len(block.raw) <= LONGEST_LEAD and not block.kept else None
        first = found["name"].split(" ")[0] if found else ""
        linked = max(facts_of(block).link_share, facts_of(below).link_share) >= LINKED  # a menu
        begins = below.raw.startswith((f"{first} ", found["name"])) if found else False
        if found and begins and sentence(below.raw) and not linked:
            return clean_names([found["name"]])
    return ()


def _labelled(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The names below a label such as "About the author": full names that stand alone, or the note's first words."""
    for n, block in enumerate(blocks[:-1]):
        if not is_label(block.raw):
            continue
        after = blocks[n + 1 : n + 1 + MOST_BELOW]
        if note := ABOUT.match(after[0].raw):
            return clean_names([note["name"]])
        names = clean_names(_alone(after))
        return names if len(names) <= MOST_AUTHORS else ()
    return ()


def _alone(blocks: Sequence[Block]) -> Iterator[str]:
    """The full names at the beginning of some blocks, with jobs and initials between them."""
    for block, below in zip(blocks, [*blocks[1:], None], strict=True):
        text = HONORIFIC.sub("", block.raw.strip())
        item = "li" in facts_of(block).tags
        noted = below is not None and (is_job(below.raw) or below.raw.startswith(f"{text.split(' ')[0]} "))
        if PERSON.fullmatch(text) and len(text) <= LONGEST_NAME and (item or noted):
            yield text
        elif len(text) > 3 and not is_job(text):
            return


def _noted(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The one name that stands alone on a line and begins the next: "Ann Marsh", "Ann Marsh is a harbour reporter …".

    Only a full name, and only where the note is not in the text or names a job: articles explain things in the same
    form ("Mortar", "Mortar is …").
    """
    found: dict[str, str] = {}
    sure = False
    for block, below in pairwise(blocks):
        name, note = (HONORIFIC.sub("", b.raw.strip()) for b in (block, below))
        if len(name) > LONGEST_NAME or not note.startswith(name) or not SAYS_MORE.match(note, len(name)):
            continue
        if PERSON.fullmatch(name):
            found[key(name)] = name
            sure |= not below.kept or bool(JOB.search(note[:LONGEST_LEAD]))
    return clean_names(found.values()) if sure and len(found) == 1 else ()


def is_described(name: str, blocks: Sequence[Block]) -> bool:
    """Whether a block begins with a name and goes on as a note about somebody."""
    notes = (HONORIFIC.sub("", b.raw.strip()) for b in blocks)
    return any(note.startswith(name) and SAYS_MORE.match(note, len(name)) for note in notes)


def is_noted(name: str, blocks: Sequence[Block]) -> bool:
    """Whether a first name stands on a line of its own above a note that says what job somebody of that name has."""
    return bool(FIRST_NAME.fullmatch(name.strip())) and any(
        key(above.raw) == key(name)
        and below.raw.startswith(name.strip())
        and SAYS_MORE.match(below.raw, len(name.strip()))
        and JOB.search(below.raw[:LONGEST_LEAD])
        for above, below in pairwise(blocks)
    )
