"""What a word, a key, stems, prose and a headline are: one meaning each, for all stages."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

import regex

PROSE = 80
"""Characters (Latin); a shorter line can be anything, however it ends. (Of HTML, measured as html/regions.py says: at
60, 0 / 9 lines more kept, rightly / wrongly; at 120, 50 / 2 more taken and 25 / 6 kept.)"""
LONG = 200
"""Characters (Latin); a line this long is prose however it ends."""
LONGER = 4
"""Letters of the shortest word that says what a text is about."""
STEM = 6
"""Letters of a word that are looked at: without most endings."""
UNMARKED = 120
"""Characters; a line of Thai or Lao this long is prose: they end a sentence without a sign, a headline is shorter."""

SPACELESS = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Scripts written without spaces between words: Thai, Lao, Burmese, Khmer, Kana, Han."""
WORD = regex.compile(rf"[{SPACELESS}]|[^\W\p{{M}}{SPACELESS}][^\W{SPACELESS}]*")
"""A word: letters, digits and underscores with their marks; a single letter of a spaceless script."""
_STOPLESS = r"\u0e00-\u0eff"
"""Scripts without a sign that ends a sentence: Thai, Lao."""
_ALPHABETS = regex.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Of the scripts without spaces those that write sounds: a word of them has four letters or more, of Han one or two."""
_INVISIBLE = regex.compile(r"\p{Default_Ignorable_Code_Point}+")
_LETTER_OR_SPACE = regex.compile(r"[\p{L}\p{M}\s]")
"""Marks too: in Hindi, Thai or pointed Arabic they are a third of the characters."""
_SPACELESS_LETTER = regex.compile(rf"[{SPACELESS}]")

FULL_STOPS = frozenset(".…。．｡।॥۔։።។။")
"""Full stops: of Latin, Chinese, Hindi, Urdu, Armenian, Amharic, Khmer and Burmese text."""
QUESTION_MARKS, EXCLAMATION_MARKS = frozenset("?？؟"), frozenset("!！")
COLONS, COMMAS = frozenset(":;：；؛"), frozenset(",，、،")
"""Signs with which a line leads on to the next (semicolons among them), and signs inside a sentence."""
SENTENCE_ENDS = FULL_STOPS | QUESTION_MARKS | EXCLAMATION_MARKS
PROSE_ENDS = SENTENCE_ENDS | COLONS
NO_HEADLINE = FULL_STOPS | COLONS | COMMAS
"""Signs that no headline ends with. (It may ask and exclaim.)"""
_LAST = regex.compile(r"(?r)[^\s\p{Pe}\p{Pf}\p{Pi}\"'*\p{So}\p{Emoji_Presentation}\p{Default_Ignorable_Code_Point}]")
_STOPLESS_LAST = regex.compile(rf"[{_STOPLESS}]")
_BREAK, _BREAK_OR_DOT = (
    regex.compile(rf"(?:{whole}\p{{Ll}}|[\p{{Nd}})\]\"”»])[.!?]['\"”’»)]* +[\"'“„«¿¡(]?\p{{Lu}}|[。！？](?=.)")
    for whole in (r"(?<!\b\p{Lu}\p{Ll}{0,2})", "")
)
"""A sentence's end and the beginning of the next; the second also where the dot may be that of "Dr." or "Gov."."""
_WIDE = regex.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")
"""Han, Kana and Hangul, with their punctuation."""


def fold(text: str) -> str:
    """A text as it is compared: without case, forms of letters and what cannot be seen (Unicode's NFKC_Casefold)."""
    if text.isascii():
        return text.casefold()
    return normalize("NFKC", normalize("NFKC", _INVISIBLE.sub("", text)).casefold())


def tokens(text: str) -> list[str]:
    """The words of a text, in order, as they are compared."""
    return WORD.findall(fold(text))


def key(text: str) -> str:
    """What two texts must share to count as the same: their letters and digits, however spaced and punctuated.

    So "Sign up!" is "sign-up" and "Signup". Empty for a text without letters and digits.
    """
    return "".join(WORD.findall(fold(text).replace("_", " ")))


def width(text: str) -> int:
    """How long a line is, in Latin letters: 3 letters of Han, Kana or Hangul say what 8 do."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text)) * 5 // 3


def ending(text: str) -> str:
    """The sign with which a text ends, before any quotes, brackets, asterisks and emoji that close it; or ""."""
    found = _LAST.search(text)
    return found[0] if found else ""


def ended(text: str) -> bool:
    """Does this line end as a sentence does: with its sign, or, in a script without one, after a sentence's length?"""
    last = ending(text)
    return last in SENTENCE_ENDS or (len(text) >= UNMARKED and bool(_STOPLESS_LAST.match(last)))


def breaks(text: str, *, dots: bool = False) -> int:
    """How often a sentence ends and another begins inside a text; `dots`: "Dr. Lee" and "Gov. Parson" count too."""
    return len((_BREAK_OR_DOT if dots else _BREAK).findall(text))


def prose(text: str) -> bool:
    """Is this line a sentence or more of running text?"""
    return len(text) >= LONG or _prose(text)


@lru_cache(maxsize=16_384)  # every stage asks, in every round
def _prose(text: str) -> bool:
    size = width(text)
    return size >= LONG or (size >= PROSE and (ending(text) in PROSE_ENDS or ended(text)))


def sentence(text: str) -> bool:
    """Is this a whole sentence: six words or more, and a full stop?"""
    return ended(text) and words(text) >= 6


def words(text: str) -> int:
    """How many words; letters of Han and Kana count two thirds, those of Thai, Lao, Burmese and Khmer a quarter."""
    found = WORD.findall(text)
    sounds = alphabet_letters(text)
    single = sum(1 for w in found if len(w) == 1 and w > "\u0e00") - sounds
    return len(found) - single // 3 - sounds * 3 // 4


def alphabet_letters(text: str) -> int:
    """How many letters of Thai, Lao, Burmese and Khmer, each of which WORD finds alone, but which are no words."""
    return 0 if text.isascii() else len(_ALPHABETS.findall(text))


def stems(text: str) -> set[str]:
    """The longer words of a text, without their endings; each letter of a spaceless script."""
    return {w[:STEM] for w in tokens(text) if len(w) >= LONGER or _SPACELESS_LETTER.match(w)}


def headline_like(text: str) -> bool:
    """Could this line be a headline: four words or more, not too long, no full stop, mostly letters."""
    return width(text) < LONG and words(text) >= 4 and ending(text) not in NO_HEADLINE and words_mostly(text)


def words_mostly(text: str) -> bool:
    """Are seven in ten characters letters, their marks, or spaces? Code, tables and terminal output have fewer."""
    return len(_LETTER_OR_SPACE.findall(text)) * 10 >= len(text) * 7
