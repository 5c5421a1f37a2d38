"""What is no text: bytes of pictures, archives and keys, and characters that say nothing."""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import name

import regex

LEGIBLE = 0.3
"""Share of the characters that stand in words of one script each, or in numbers, from which on what could be noise is
text. (Blobs of random, compressed, encrypted and picture bytes, read in whatever encoding: .22 at most. Sentences in 54
languages and words of 105: .39, in Chuvash with Latin letters among the Cyrillic; .6 without it.)"""
ODD = 0.02
"""Share of lost letters, control characters and characters that are none (unassigned, private), from which on a text
has to be legible. (Random code points .13, random bytes .045; of 11,531 stretches of real texts none has .02.)"""
EVEN = 1.15
"""How even the characters of ASCII noise are, at most: the chance that two are the same, times the size of their
alphabet. 1 is chance; base64, base32, hexadecimal and random characters have .8 to 1.12 in 150 characters and more,
prose has 1.8. Of 11,531 stretches of code, tables and data, those with less are keys, or are no long pieces."""
UNBROKEN = 0.95
"""Share of the characters in long pieces from which on even characters are noise. (A list of SHA-512 sums and files:
.88.)"""
STRANGE = 0.35
"""Legible share up to which they are noise in pieces of any length. (Random characters: .33; code: .5.)"""
SYMBOLS = 0.1
"""Share of signs that are no letters (lines of boxes, accents alone) up to which a guess may be text. (Pictures read in
DOS encodings: .16 and more.)"""
LONGEST_WORD = 60
"""Characters without a space that are no word in a script that has spaces; half of a picture stands in such. (Set by
hand, not measured, as are ENOUGH and LONG.)"""
APART = 0.01
"""Share of spaces, points and digits that a text has at the least. (Thai without them between its words: .02; pictures
read as Hangul: none.)"""
ENOUGH = 150
"""Characters from which on chance can be told."""
FEWEST = 16
"""Characters of the smallest alphabet that data is written in: those of hexadecimal digits. (DNA has four.)"""
LONG = 20
"""Characters of a piece without spaces that is longer than most words: encoded data comes in such."""
BEGINNING = 65_536
"""Characters of a page that are looked at, and bytes of its source that a guess at its encoding sees and that are
searched for a declared one. (A bound on cost. Browsers look at 1,024; 5.6 kB of script stood before one.)"""
SEEN = 4_000
"""Characters, without tags, that are looked at for words: a bound on cost."""
JAPANESE = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}
"""Scripts that stand together in a word, by the first word of Unicode's names of their letters."""

_MARKUP = regex.compile(r"(?s)<[^<>]*>")
_READABLE = regex.compile(r"\p{Nd}+|\p{Lu}?[\p{Ll}\p{M}]{3,}|\p{Lu}{3,}|[\p{Lo}\p{Lm}\p{M}]{2,}")
"""Numbers and words: "aBc" is none. Of letters with capitals three are needed."""
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PLAIN = re.compile(r"[ -~\t\n\r]+")
_ODD = regex.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd\p{Co}\p{Cs}]|[\p{Cn}&&\u0000-\uffff]", regex.V1)
"""Unassigned characters of the first plane only: emoji are added in others each year."""
_IN_A_ROW = regex.compile(r"(?:(?<!\S)[\"'(]?\p{L}{1,20}['\p{L}]{0,9}[,.;:!?\"')]{0,2}\s+){3}\p{L}")
"""Four words in a row: whatever stands beside them, it is text."""
_FRAME = regex.compile(r"(?m)^-----[A-Z ]+-----\s*$|\A\s*data:[\w/+.-]+;base64,")
"""What is put before and behind base64: the lines of PEM and PGP, and the beginning of a data URI."""
_ESCAPES = regex.compile(r"(?:[%=]|\\x)[0-9A-Fa-f]{2}|=(?=\s)|\\u[0-9A-Fa-f]{4}")
"""Bytes of percent-encoding, quoted-printable and program texts, and code points."""
_BITS = re.compile("[01]+")
_SYMBOLS = regex.compile(r"[\p{So}\p{Sk}\p{Sm}--[\x00-\x7f]]", regex.V1)
_SPACED = regex.compile(
    r"[\p{Cyrillic}\p{Greek}\p{Hebrew}\p{Arabic}\p{Armenian}\p{Georgian}[\p{Latin}--[A-Za-z]]]", regex.V1
)
"""Letters of scripts that set spaces between words, and that old encodings have."""
_APART = regex.compile(r"[\s\p{P}\p{N}]")
_BASE64 = regex.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_HEX = regex.compile(r"[0-9a-f]{2,}|[0-9A-F]{2,}")


def binary(text: str) -> bool:
    """Is a tenth of it control characters?"""
    return len(_CONTROL.findall(text[:BEGINNING])) * 10 > min(len(text), BEGINNING)


def legible(text: str) -> float:
    """The share of a text's characters, without tags and spaces, in words of one script each, or in numbers."""
    seen = _MARKUP.sub(" ", text[:BEGINNING])[:SEEN]
    found = (word for word in _READABLE.findall(seen) if _one_script(word))
    return sum(map(len, found)) / max(1, len("".join(seen.split())))


def garbled(text: str) -> bool:
    """Are its characters random ones: more than a few are none, and there are no words?"""
    seen = text[:BEGINNING]
    odd = len(_ODD.findall(_PLAIN.sub("", seen)))  # without plain letters: a third of the time
    return len(seen) >= LONG and odd > ODD * len(seen) and legible(text) < LEGIBLE


def drawn(text: str) -> bool:
    """Is it a picture read as letters, bytes near each other: many of them symbols, or no spaces between words?"""
    seen = text[:SEEN]
    bare = "".join(seen.split())
    if len(bare) < ENOUGH // 2:
        return False
    if len(_SYMBOLS.findall(bare)) > SYMBOLS * len(bare) or len(_APART.findall(seen)) < APART * len(seen):
        return True
    unbroken = (p for p in seen.split() if len(p) >= LONGEST_WORD and len(_SPACED.findall(p)) >= LEGIBLE * len(p))
    return sum(map(len, unbroken)) * 2 > len(bare)


def encoded(text: str) -> bool:
    """Is it nothing but data in plain letters: base64, hexadecimal digits, keys, random characters?"""
    seen = _FRAME.sub("", text[:BEGINNING])
    pieces = seen.split()
    found = "".join(pieces)
    if len(found) < ENOUGH or not found.isascii():
        return False
    if len(_ESCAPES.sub("", found)) <= (1 - UNBROKEN) * len(found) or (_BITS.fullmatch(found) and _long(pieces)):
        return True
    if _is_hexadecimal(pieces):  # "be ad fa ce" are no words
        return True
    if _IN_A_ROW.search(seen):
        return False
    if _is_base64(pieces):
        return True
    unbroken = sum(len(piece) for piece in pieces[:-1] if len(piece) >= LONG) + len(pieces[-1])
    return (
        (unbroken >= UNBROKEN * len(found) or legible(seen) <= STRANGE)
        and _evenness(found) <= EVEN
        and _letters(found) >= 0.15  # a table of numbers is as even
    )


def _long(pieces: list[str]) -> bool:
    return min(map(len, pieces[:-1] or pieces)) >= 8  # a matrix of noughts and ones has short pieces


def _is_base64(pieces: list[str]) -> bool:
    """Lines of one length and a rest, of its letters, large, small, and digits: base64 of a text is not even."""
    first, whole = pieces[0], "".join(pieces)
    even = all(len(piece) == len(first) for piece in pieces[:-1]) and len(pieces[-1]) <= len(first)
    kinds = (str.isupper, str.islower, str.isdigit)
    return even and len(first) >= 2 * LONG and bool(_BASE64.fullmatch(whole)) and all(any(map(k, whole)) for k in kinds)


def _is_hexadecimal(pieces: list[str]) -> bool:
    """Hexadecimal digits alone, a fifth of them letters: a table of numbers has none."""
    return (
        all(map(_HEX.fullmatch, pieces[:-1]))
        and bool(_HEX.fullmatch(pieces[-1] * 2))
        and _letters("".join(pieces)) >= 0.2
    )


def _letters(text: str) -> float:
    return sum(map(str.isalpha, text)) / len(text)


def _evenness(text: str) -> float:
    """Friedman's index of coincidence, times the number of characters that there are: of FEWEST, at least."""
    counted = Counter(text)
    same = sum(n * (n - 1) for n in counted.values())
    return max(FEWEST, len(counted)) * same / (len(text) * (len(text) - 1))


def _one_script(word: str) -> bool:
    scripts = {name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()}
    return len(scripts) <= 1 or scripts <= JAPANESE
