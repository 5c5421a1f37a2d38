"""Which line of a head is the title, where junk stands around it.

Something besides its form must speak for it: a byline or a date stands near, another line says it again (the page's
name, a breadcrumb, a citation), or the line scorer has taken it out, with all that stands around it. Of these lines,
trees over what speaks for and against each (title_facts.py) say which is the title; they learned from the heads of the
gold pages whose title is known (tests/benchmarks/train_title.py, docs/lines.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np

from cleaners.scoring.trees import ask_all, table
from cleaners.text.front_lines import NEAR, SHORT, Head
from cleaners.text.line_facts import names_maker
from cleaners.text.title_facts import NAMES, SITE, facts, names_site
from cleaners.words import WORD, key, width, words, words_mostly

ABOVE = 2
"""Lines between a byline or date and the title that it stands above. (Set by hand.)"""
REACH = 40
"""Lines above the text that are looked at."""
LONGEST_TITLE = 170
"""Characters (Latin) of the longest title."""
LONGEST_SITE = 6
"""Words of the longest name of a site behind a title."""
LEAST = 0.1
"""The least chance of a title (docs/lines.md has what others cost): low, as one of such lines mostly is the title."""
SCORER = "title"
"""The file of weights, and its one model."""


def title_of(head: Head, start: int, standfirst: int | None) -> int | None:
    """The place of the title above the text, which begins at `start`, and above the standfirst where one is known;
    None where too little speaks for any line."""
    last = start if standfirst is None else standfirst
    places = [n for n in range(max(0, last - REACH), last) if may_be_title(head, n)]
    if not places:
        return None
    rows = facts(head, places, start, last)
    logits = ask_all(table(SCORER, SCORER), np.array(rows))
    best = max((logit for logit, row in zip(logits, rows, strict=True) if spoken_for(row)), default=-np.inf)
    return places[logits.index(best)] if best >= log(LEAST / (1 - LEAST)) else None


def may_be_title(head: Head, n: int) -> bool:
    """Could this line be a title: is it of no known kind, and words, and no caption with its credit?"""
    line = head.blocks[n].text
    words_alone = words_mostly(line) and "://" not in line and not names_maker(line)
    return not head.kind(n) and width(line) <= LONGEST_TITLE and words_alone


def spoken_for(row: Sequence[float]) -> bool:
    """Does anything besides its form speak for a line with these facts? Else the first line of a text whose title has
    been lifted would be its next title."""
    said = dict(zip(NAMES, row, strict=True))
    below, above = min(said["byline_below"], said["date_below"]), min(said["byline_above"], said["date_above"])
    return below <= NEAR or above <= ABOVE or bool(said["repeated"] or said["taken"])


def cut_site(head: Head, title: int) -> None:
    """Cuts the site's name off the title: behind a bar, or where it stands alone elsewhere on the page."""
    block = head.blocks[title]
    found = SITE.search(block.text)
    if found is None or found.end() < len(block.text):
        return
    name, site, barred = block.text[: found.start()], found[1], "|" in found[0] or "｜" in found[0]
    first = title == 0 and head.page.route == "whole" and _proper(site) and not _proper(name)
    again = any(names_site(line, key(site)) for line in head.short_lines)
    if words(name) >= 2 and (first or (words(site) <= LONGEST_SITE and (barred or again))):
        block.edit([(found.start(), len(block.text), "")], "head.site", cut=True)


def _proper(text: str) -> bool:
    """Is this a name of a few words, every one of them with a capital?"""
    found = WORD.findall(text)
    return len(found) <= SHORT and all(word[0].isupper() for word in found)
