"""What stands twice in an article, as extractors leave captions and pull quotes: the copy is chrome.

Side by side, lines that read the same; apart, what a picture's caption says already, and quotes that repeat sentences
of a paragraph. A paragraph never goes for what is set off from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache

import regex

from cleaners.matching.fragments import words as listed
from cleaners.matching.match import Matcher
from cleaners.page import Block, Page
from cleaners.text.wording import CLOSE, DASH, OPEN, Starts, Wording, common_parts, holders, starts_of, wording
from cleaners.words import (
    COLONS,
    COMMAS,
    EXCLAMATION_MARKS,
    FULL_STOPS,
    PROSE,
    ended,
    ending,
    key,
    prose,
    tokens,
    width,
    words_mostly,
)

SHORTEST_REPEAT = 40
"""Characters (Latin); shorter lines repeat on purpose. (Measured on the gold sets: on them such a filter loses more
than it finds.)"""
LONGEST_REPEAT = 600
"""Characters of the longest caption or quote that is looked for elsewhere. (This and the numbers below: set by hand,
with the pages of tests/pages, and not measured.)"""
MOST_OF = 0.5
"""Share of a line's words that a caption says in the same order; the others are those of a credit."""
NEAR = 10
"""Lines of the article from a pull quote to its paragraph: said again further away it is a memory, or a refrain."""
QUOTED = 40
"""Characters of the text that is repeated which the reason quotes."""

_SPEAKER = rf"[{regex.escape(DASH)}~]\s*+(?P<speaker>\p{{L}}.{{1,80}})"
_QUOTE = regex.compile(
    rf"""(?x)
    [{OPEN}]{{1,2}} (?P<said>[^{OPEN}].*?) [{CLOSE}]{{1,2}}[.。।]? (?:\s*+{_SPEAKER})?
    | (?P<said>[^{OPEN}{regex.escape(DASH)}•*].*?[.!?…。！？।؟۔])\s*+{_SPEAKER}
    """
)
"""A line that is a quote: in quotation marks, or with its speaker behind it, or both."""
_SPEAKER_LINE = regex.compile(_SPEAKER)
_SPOKEN = regex.compile(rf"[{OPEN}{regex.escape(DASH)}]")
_CREDITS = (
    "photo_en_words", "photo_foto_words", "photo_fr_words", "photo_pl_words", "photo_cyrillic_words", "photo_ar",
    "photo_uncased", "photo_zh", "photo_ja", "photo_ko", "credit_label", "credit_small",
)  # fmt: skip
"""Lists of words of credits."""


def duplicates(page: Page, _: Matcher) -> None:
    """The later of two neighbours that read the same is chrome, whether the first is kept or lifted."""
    previous = kept = ""
    for block in page.blocks:
        if block.role == "chrome":
            continue
        repeats = block.text == previous or (
            block.kept and block.text == kept
        )  # what stood between the two is not in the text
        if repeats and not block.code and width(block.text) >= SHORTEST_REPEAT and words_mostly(block.text):
            block.label("chrome", "duplicates.adjacent")
            continue
        previous = block.text
        kept = block.text if block.kept else kept


def captions(page: Page, _: Matcher) -> None:
    """What a lifted caption says already is chrome: another caption with the same text or the same parts in another
    order, of which the one that says less goes, or else the later; and lines that say some of its parts, in any order.

    The first prose of an article stays: a caption may repeat it.
    """
    for blocks in page.articles():
        lifted = {n: b for n, b in enumerate(blocks) if b.role == "caption"}
        if not lifted:
            continue
        lines = {n: wording(b.text) for n, b in lifted.items()}
        said: dict[object, Block] = {}
        for n in sorted(lifted, key=lambda n: (-len(lines[n].words), n)):
            block = lifted[n]
            says = (key(_without_credit(block)), tuple(sorted({*lines[n].words} - _credit_words())))
            other = next((said[each] for each in says if each in said), None)
            if other is not None and _may_repeat(block):
                _say_again(block, other)
            for each in says:
                said.setdefault(each, block)
        starts = starts_of(lines.items())
        lead = next((b for b in blocks if b.kept and prose(b.text)), None)
        for block in blocks:
            if block.role == "body" and block is not lead and _may_repeat(block):
                of = _caption_of(wording(block.text), lines, starts)
                if of is not None:
                    _say_again(block, lifted[of])


def _without_credit(caption: Block) -> str:
    text = caption.parts.get("text", "")
    return text if text and text in caption.text else caption.text  # a credit on a line of its own has its caption's


def _say_again(block: Block, caption: Block) -> None:
    block.label("chrome", "duplicates.caption", f"Says what the caption {_opening(caption)} says.")


def _caption_of(line: Wording, captions: Mapping[int, Wording], starts: Starts) -> int | None:
    """The caption that says most of a line, and of the rest all that is not a word of credits."""
    for n, same in common_parts(line, captions, starts):
        rest = {*line.words[: same.start], *line.words[same.stop :]}
        if len(same) >= MOST_OF * len(line.words) and rest <= _credit_words().union(captions[n].words):
            return n
    return None


@cache
def _credit_words() -> frozenset[str]:
    return frozenset(word for name in _CREDITS for label in listed(name) for word in tokens(label))


def pull_quotes(page: Page, _: Matcher) -> None:
    """Quotes between the paragraphs, each on a line of its own, that repeat sentences of one of these word for word are
    chrome; with them the name of the speaker on the line below.

    Left is what may be told twice on purpose: a dialogue, a list, a line that the one above leads to, and one right
    above the paragraph that takes it up, as subheadings and quotations that are discussed stand.
    """
    for blocks in page.articles():
        kept = [b for b in blocks if b.kept and b.text]
        paragraphs = {n for n, b in enumerate(kept) if prose(b.text) and not b.code}
        between = range(min(paragraphs, default=0) + 1, max(paragraphs, default=0))
        quotes = {n: said for n in between if (said := _said(kept, n)) and _may_repeat(kept[n])}
        near = {other for n in quotes for other in range(n - NEAR, n + NEAR + 1)} & paragraphs
        lines = {n: wording(kept[n].text) for n in near}
        starts = starts_of(lines.items())
        often = Counter(b.text for b in kept) if quotes else Counter[str]()
        found = {n: other for n, said in quotes.items() if (other := _source(n, said, lines, starts)) is not None}
        for n, source in found.items():
            set_off = _pulled(kept[n]) or _set_off(kept, n, quotes[n], source, paragraphs, found)
            if often[kept[n].text] == 1 and set_off:
                why = f"Repeats what the paragraph {_opening(kept[source])} says."
                kept[n].label("chrome", "duplicates.pull_quote", why)
                if _names_speaker(kept, n + 1):
                    kept[n + 1].label("chrome", "duplicates.pull_quote", "Names who says the pull quote above.")


def _said(kept: Sequence[Block], n: int) -> str:
    """What a line says, if it is a quote by its signs, by the name of a speaker or by its class; "" if it is none.

    (Without any of these it may be told twice on purpose: of sentences that stand so in the text that trafilatura makes
    of the gold sets, the gold has 11 once, and 6 twice.)
    """
    quote = _QUOTE.fullmatch(kept[n].text)
    if quote:
        return quote["said"]
    return kept[n].text if _pulled(kept[n]) or (ended(kept[n].text) and _names_speaker(kept, n + 1)) else ""


def _pulled(block: Block) -> bool:
    """Do the classes around a block say that it is a pull quote?"""
    return block.facts is not None and any(block.facts.words.issuperset(name.split()) for name in _pull_quote_classes())


@cache
def _pull_quote_classes() -> frozenset[str]:
    return listed("pull_quote_classes")


def _names_speaker(kept: Sequence[Block], n: int) -> bool:
    """Is this a line with the name of a speaker and no more: behind a dash, or in the pull quote that is above?"""
    if n >= len(kept) or ended(kept[n].text):
        return False
    return _SPEAKER_LINE.fullmatch(kept[n].text) is not None or (
        _pulled(kept[n]) and _pulled(kept[n - 1]) and width(kept[n].text) < PROSE
    )


def _source(n: int, said: str, lines: Mapping[int, Wording], starts: Starts) -> int | None:
    """The paragraph near the n-th line that says what it says, and more."""
    found = holders(wording(said), lines, starts)
    return next((other for other in found if 0 < abs(other - n) <= NEAR), None)


def _set_off(
    kept: Sequence[Block], n: int, said: str, source: int, paragraphs: Collection[int], repeats: Collection[int]
) -> bool:
    """Does a quote stand alone, next to a paragraph, no heading and not led to?"""
    beside = (n - 1, n + 1 + _names_speaker(kept, n + 1))
    stops = ending(said) in FULL_STOPS | EXCLAMATION_MARKS or beside[1] > n + 1
    return (
        source != n + 1
        and (stops or source < n)
        and any(place in paragraphs for place in beside)
        and not any(place in repeats for place in beside)
        and not any(_short_speech(kept[place]) for place in beside if place < len(kept))
        and ending(kept[n - 1].text) not in COLONS | COMMAS
    )


def _short_speech(block: Block) -> bool:
    """Could this be a line of a dialogue or a list?"""
    return bool(_SPOKEN.match(block.text)) and not prose(block.text)


def _may_repeat(block: Block) -> bool:
    text = block.text
    return not block.code and len(text) <= LONGEST_REPEAT and width(text) >= SHORTEST_REPEAT and words_mostly(text)


def _opening(block: Block) -> str:
    text = block.text
    return repr(text if len(text) <= QUOTED else f"{text[:QUOTED].rstrip()}…")
