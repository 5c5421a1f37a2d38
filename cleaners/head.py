"""The head of an article in text: kicker, title, byline, standfirst, and what a page leaves between them.

A head is read as  [kicker] title {byline | date | caption | orphan} [standfirst] {byline | date | orphan} prose.
What does not fit this shape is left alone, and nothing is a head where no prose follows it.
"""

from __future__ import annotations

import regex

from cleaners.match import SPACELESS, WORD, Matcher
from cleaners.page import Block, Page
from cleaners.zones import headline_like, prose, sentence, width, words

DEEPEST = 8
"""Blocks; prose that begins further down is a list or a table with prose in it, not an article with a head."""
HEADLINES = 3
"""Lines like headlines in one head; more of them are a list."""
STANDFIRST = 130
"""Characters (Latin) of the longest standfirst that is told from a first paragraph by its place alone."""
LONGER = 1.4
"""How much longer the paragraph behind a standfirst is, where only what stands before it sets it apart."""
LONGEST = 130
"""Characters (Latin) of the longest title (71 news titles: one is longer, and most lines that are not titles)."""
ORPHAN_WORDS = 6
"""Words of a line like a headline that is too long to be a subheading of a standfirst."""

_TWO_SENTENCES = regex.compile(r"(?:\p{Ll}{4}|[)\]”»])[.!?] +\p{Lu}")
_SPACELESS_LETTER = regex.compile(rf"[{SPACELESS}]")


def head(page: Page, matcher: Matcher) -> None:
    """Lifts title, kicker and standfirst out of the text of each article; drops the lines left over between them."""
    for blocks in page.articles():
        _read([b for b in blocks if b.role != "chrome"], matcher)


def _read(blocks: list[Block], matcher: Matcher) -> None:
    body = [n for n, b in enumerate(blocks) if b.kept and prose(b.text)]
    if not body or sum(b.kept for b in blocks[: body[0]]) > DEEPEST:
        return
    above = blocks[: body[0]]
    headlines = [n for n, b in enumerate(above) if b.kept and headline_like(b.text) and width(b.text) <= LONGEST]
    if not headlines or len(headlines) > HEADLINES:
        return
    at = headlines[0]
    before = [b for b in above[:at] if b.kept]
    if any(words(b.text) > 3 for b in before) or len(before) > 1:
        return
    if len([b for b in above[at:] if b.kept]) - len(headlines) > 1:  # lines that no head has: results, a list
        return
    line = above[at].text
    titled = any(b.role == "title" for b in blocks)
    signed = not titled and any(b.role in ("byline", "date") for b in above)
    doubtful = len(headlines) > 1 or line.endswith(("?", "？", "؟")) or line.isupper()
    if not signed and not _could_be_title(line):
        return
    if not signed and doubtful and not _titles(line, [blocks[n].text for n in body[:3]]):
        return
    if titled:  # by the page's own markup: this line stands under it, and a reader of the text would take it for one
        above[at].label("standfirst", "head.standfirst", "a line like a headline between the title and the prose")
        return
    above[at].label("title", "head.title", "the first line like a headline, above the prose")
    for block in before:
        block.label("kicker", "head.kicker", "a short line right above the title")
    for n in headlines[1:]:
        above[n].label("chrome", "head.orphan", "a line like a headline between the title and the prose")
    _standfirst(blocks[at + 1 :], set_apart=bool(before))


def _could_be_title(line: str) -> bool:
    return not (_TWO_SENTENCES.search(line) or line.endswith(("!", "！", ")")) or line.count(" / ") > 1)


def _titles(line: str, prose_below: list[str]) -> bool:
    """Does this line say what the prose below is about? A title repeats its words; a line left over seldom does.

    Of 71 news titles 60 share 3 in 10 of their longer words with the first three paragraphs (or half of two or three);
    of 13 gold bodies that begin with a line like a headline, and have no title, 5 do.
    """
    said, told = _stems(line), _stems(" ".join(prose_below))
    shared = len(said & told)
    return (shared >= 2 and shared * 10 >= len(said) * 3) or (shared >= 1 and shared * 2 >= len(said))


def _stems(text: str) -> set[str]:
    """The longer words of a text, cut to six letters for their endings; each letter of a spaceless script."""
    return {w[:6] for w in WORD.findall(text.casefold()) if len(w) >= 4 or _SPACELESS_LETTER.match(w)}


def _standfirst(below: list[Block], set_apart: bool) -> None:
    """The first sentence below the title is a standfirst if it is short and something sets it apart from the prose.

    That is a byline, a date or a line left over behind it; or a byline or a kicker before it, where the prose goes on
    in longer paragraphs.
    """
    first = next((n for n, b in enumerate(below) if b.kept and sentence(b.text)), None)
    if first is None or width(below[first].text) > STANDFIRST:
        return
    second = next((n for n in range(first + 1, len(below)) if below[n].kept and prose(below[n].text)), None)
    if second is None:
        return
    between = below[first + 1 : second]
    left = [b for b in between if b.kept]
    if len(left) == 1 and headline_like(left[0].text) and words(left[0].text) >= ORPHAN_WORDS:
        left[0].label("chrome", "head.orphan", "a line like a headline between the standfirst and the prose")
    behind = any(b.role in ("byline", "date") or b.by == "head.orphan" for b in between)
    before = set_apart or any(b.role == "byline" for b in below[:first])
    if behind or (before and width(below[second].text) >= LONGER * width(below[first].text)):
        below[first].label("standfirst", "head.standfirst", "a short first paragraph, set apart from the second")
