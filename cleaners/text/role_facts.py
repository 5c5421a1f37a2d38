"""What speaks for and against a line of a head as byline, date, kicker, standfirst or caption: the numbers that the
trees of front_roles.py go by.

Each is a plain number. The numbers here are part of what a fact means: set by hand, and not measured alone, as the
trees were trained with them.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from cleaners.dates import date_in
from cleaners.text.front_lines import PATTERN, Head
from cleaners.text.head_lines import date_line, job_line, name_line, only_by, signature, uncased_name
from cleaners.text.line_facts import OWN, Numbers, furniture_words, names_maker, own
from cleaners.text.page_lines import running
from cleaners.text.vocabulary import SAID, said
from cleaners.words import headline_like, key, prose, sentence, stems, width, words_mostly

FAR = 20.0
"""Lines; distances are cut off at this."""
WIDEST = 300.0
"""Characters (Latin) at which a neighbour's width is cut off."""
SHORTEST_NAME = 4
"""Letters of the shortest name that is looked for in other lines; of Han, Kana and Hangul half as many."""
PERSONAL = 60
"""Characters of the longest line that is looked for in others as a name."""

KINDS = ("", "byline", "date", "caption", "settled", "none")
SCRIPTS = [regex.compile(rf"\p{{{name}}}") for name in ("Lu", "Han", "Hangul", "Hiragana", "Katakana", "Lo")]
CLOCK = regex.compile(r"\d{1,2}[:.h]\d\d")
YEAR = regex.compile(r"(?:19|20|25)\d\d|1[34]\d\d|[۱٢٢][۳٠٩۰-۹]{3}")
LABEL = regex.compile(r"[^:：]{1,24}[:：]\s?\S")
"""A label and what it is about: "Text: Ann Lee", "撮影：…"."""

NAMES = (
    "to_title", "to_text", "below_text", "lines_to_text", "above_title", "kind", "kind_above", "kind_2_above",
    "kind_below", "kind_2_below", "taken", "name", "uncased", "signed", "signs_itself", "job", "by_above", "label",
    "dated", "a_date", "clock", "year", "in_prose", "again", "inside", "in_caption", "credit", "credit_above",
    "credit_below", "of_site", "headline_like", "sentence", "prose", "stems_of_text", "stems_of_title", "words_mostly",
    "width_above", "width_below", "below_longer", "last_date", "next_date", "last_byline", "next_byline",
    *(f"script_{n}" for n in range(len(SCRIPTS))), *SAID, *OWN,
)  # fmt: skip
"""The names of the facts, in order."""


def facts(head: Head, places: Sequence[int], title: int, start: int) -> list[Numbers]:
    """The facts of the lines at some places of a head with this title, above the text, which begins at `start`."""
    blocks, language = head.blocks, head.page.meta.language or ""
    texts = [block.text for block in blocks]
    last = max(running(blocks), default=start)
    near = {n + away for n in places for away in range(-8, 9)}
    kinds = {n: head.kind(n) for n in sorted(near) if 0 <= n < len(blocks)}
    of_text = stems(head.prose_text)
    heard = said(texts)
    short = [key(text) for text in texts if len(text) <= PATTERN and not prose(text)]
    every = [key(text) for text in texts]
    credited = [names_maker(text) for text in texts]
    prose_text = head.prose_text

    def kind(n: int) -> int:
        return KINDS.index(kinds.get(n, "none"))

    def away(what: str, n: int, step: int) -> float:
        return next((float(k) for k in range(1, int(FAR)) if kinds.get(n + k * step) == what), FAR)

    found = []
    for n in places:
        line, own_stems = texts[n], stems(texts[n])
        signed = signature(line)
        name = key(signed[0] if signed else line)
        searched = name if len(line) <= PERSONAL and len(name) >= _shortest(name) else ""
        row = (
            max(-FAR, min(FAR, n - title)), max(-FAR, min(FAR, start - n)), max(-1, n - last),
            sum(blocks[m].kept for m in range(n, start)), n < title,
            kind(n), kind(n - 1), kind(n - 2), kind(n + 1), kind(n + 2), not blocks[n].kept,
            name_line(line), uncased_name(line), signed is not None, bool(signed and signed[1]), job_line(line),
            n > 0 and only_by(texts[n - 1]), bool(LABEL.match(line)), date_line(line),
            date_in(line, language) is not None, bool(CLOCK.search(line)), bool(YEAR.search(line)),
            bool(searched) and (signed[0] if signed else line) in prose_text,
            min(9, short.count(name) - 1) if searched else 0,
            min(9, sum(searched in there != searched for there in short)) if searched else 0,
            bool(searched)
            and any(made and searched in there != searched for there, made in zip(every, credited, strict=True)),
            credited[n], n > 0 and credited[n - 1], n + 1 < len(texts) and credited[n + 1],
            bool(furniture_words(line.casefold())), headline_like(line), sentence(line), prose(line),
            len(own_stems & of_text) / max(1, len(own_stems)),
            len(own_stems & stems(texts[title])) / max(1, len(own_stems)), words_mostly(line),
            min(WIDEST, width(texts[n - 1])) if n else 0,
            min(WIDEST, width(texts[n + 1])) if n + 1 < len(texts) else 0,
            width(texts[start]) / max(1, width(line)) if start < len(texts) else 0,
            away("date", n, -1), away("date", n, 1), away("byline", n, -1), away("byline", n, 1),
            *(bool(script.search(line)) for script in SCRIPTS), *heard[n], *own(line, language),
        )  # fmt: skip
        found.append(tuple(map(float, row)))
    return found


def _shortest(name: str) -> int:
    return SHORTEST_NAME // 2 if any(script.search(name) for script in SCRIPTS[1:5]) else SHORTEST_NAME
