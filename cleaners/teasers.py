"""Lists of headlines inside an article's text that lead to other articles. Extractors leave their list marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from cleaners.line_facts import stems
from cleaners.match import WORD, Matcher
from cleaners.page import Block, Page
from cleaners.zones import headline_like, prose, words

LEAST = 2
"""Items of a list of teasers."""
HEADLINE = 5
"""Words of the shortest headline in it."""
KNOWN = 1 / 3
"""Share of the longer words of the items that the rest of the article has too; a list of the article's own has more.

Measured on 1,958 public pages, lists that are not led in by a colon, behind a paragraph: up to this share 12 are
teasers, and 1 is the author's own (it is in lower case). Without the limit 21 of 33 are the author's."""
ENOUGH = 4
"""Paragraphs of prose that an article has at least: fewer do not say what it is about."""
CAPITALS = 0.8
"""Share of the longer words of a headline in capitals that begin with one. A list of such headlines at the very end of
an article leads away from it, whatever it is about. (On the same pages: 8 lines of teasers, no other.)"""
ASKING = 3
"""Of so many items at most one ends like something said aloud: lines of a dialogue may begin with a dash, too."""

_ITEM = regex.compile(r"[-•*] ?(?=[\p{Lu}\p{Lt}\p{Lo}\p{N}\"'“”„«‘¿¡(\[])")
_CUT_OFF = regex.compile(r"(?s)\p{Lu}[\p{Lu} '’-]{6,40}[:?] \p{Lu}.{40,}[\p{L}\p{N}]")
"""A paragraph with a label in capitals that breaks off: how some sites show others."""
_SAID = regex.compile(r"[?!？！؟][\"'”’»)\]]*\Z")


def teasers(page: Page, _: Matcher) -> None:
    """Takes out lists of headlines that stand behind a paragraph and say nothing of what the article says."""
    if page.kind == "html":  # where links tell
        return
    for blocks in page.articles():
        kept = [b for b in blocks if b.kept]
        if sum(prose(b.text) for b in kept) < ENOUGH:
            continue
        for begin, end in _lists(kept):
            if _foreign(kept, begin, end) or (end == len(kept) and all(_titled(b.text) for b in kept[begin:])):
                for block in kept[begin:end]:
                    block.label("chrome", "teasers.list", "a list of headlines about other things than the article")


def _lists(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Runs of teasers at the very top or right behind a paragraph, that nothing leads in, and with nothing else in the
    list."""
    begin = end = 0
    while begin < len(blocks):
        while end < len(blocks) and _teaser(blocks[end].text):
            end += 1
        above = blocks[begin - 1].text if begin else ""
        whole = end == len(blocks) or not _ITEM.match(blocks[end].text)
        said = sum(bool(_SAID.search(b.text)) for b in blocks[begin:end])
        leads_in = above.endswith((":", "：")) or bool(above and not prose(above))
        if end - begin >= max(LEAST, said * ASKING) and whole and not leads_in:
            yield begin, end
        begin = end = max(end, begin + 1)


def _teaser(text: str) -> bool:
    """Is this line a list item like a headline, or a paragraph that breaks off?"""
    if mark := _ITEM.match(text):
        return headline_like(text[mark.end() :]) and words(text) >= HEADLINE
    return bool(_CUT_OFF.fullmatch(text))


def _titled(text: str) -> bool:
    """Is this a headline in capitals, as English ones are: every longer word begins with one?"""
    long = [w for w in WORD.findall(text) if len(w) >= 4]
    return len(long) >= 3 and sum(w[0].isupper() or w[0].isdigit() for w in long) >= CAPITALS * len(long)


def _foreign(blocks: Sequence[Block], begin: int, end: int) -> bool:
    rest = set[str]().union(*(stems(b.text) for b in (*blocks[:begin], *blocks[end:])))
    items = [stems(b.text) for b in blocks[begin:end]]
    return sum(len(said & rest) for said in items) <= KNOWN * sum(map(len, items))
