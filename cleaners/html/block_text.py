"""What the text of each block of an HTML page looks like, in numbers: facts for the block scorer (block_facts.py).

Nothing of any language's vocabulary. Computed over the characters of all blocks at once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cleaners.page import Block
from cleaners.words import COMMAS, FULL_STOPS, PROSE, PROSE_ENDS, QUESTION_MARKS, ending

Column = NDArray[np.float64]
"""One fact, of each block of a page."""
_LETTER, _UPPER, _DIGIT, _SPACE, _COMMA, _STOP, _BAR, _WIDE = (1 << n for n in range(8))


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each character of the basic plane is, as bits."""
    kinds = np.zeros(0x10000, np.uint8)
    for code in range(0x10000):
        char = chr(code)
        category = unicodedata.category(char)
        bits = 0
        if category[0] in "LM":
            bits |= _LETTER | (_UPPER if category == "Lu" else 0)
        elif category == "Nd":
            bits |= _DIGIT
        elif category[0] == "Z" or char in "\t\n\r":
            bits |= _SPACE
        if char in COMMAS:
            bits |= _COMMA
        if char in FULL_STOPS or char in QUESTION_MARKS or char in "!！":
            bits |= _STOP
        if char in "|•›»«·–/→>":
            bits |= _BAR
        if 0x0E00 <= code <= 0x0EFF or 0x1000 <= code <= 0x109F or 0x1780 <= code <= 0x17FF or 0x2E80 <= code <= 0xD7AF:
            bits |= _WIDE
        kinds[code] = bits
    return kinds


def text_facts(blocks: Sequence[Block]) -> Iterable[tuple[str, Column]]:
    """What the text of each block looks like, by the names of the facts."""
    texts = [block.raw for block in blocks]
    codes = np.frombuffer(("\n".join(texts) + "\n").encode("utf-32-le", "surrogatepass"), np.uint32)
    bits = _kinds()[np.minimum(codes, 0xFFFF)]
    size = np.array([len(text) for text in texts])
    starts = np.cumsum(size + 1) - size - 1

    def count(where: NDArray[np.bool_]) -> Column:
        return np.add.reduceat(where.astype(np.int64), starts).astype(np.float64)

    def has(bit: int) -> NDArray[np.bool_]:
        return (bits & bit) > 0

    letter, upper, digit, wide = has(_LETTER), has(_UPPER), has(_DIGIT), has(_WIDE)
    in_word = letter | digit
    opens = in_word & ~np.concatenate(([False], in_word[:-1]))
    first = np.flatnonzero(opens)  # of each word the place of its first and of its last character
    last = np.flatnonzero(in_word & ~np.concatenate((in_word[1:], [False])))
    short = np.zeros(len(codes), bool)
    short[first[(last - first < 3) & ~upper[first] & ~digit[first]]] = True
    letters, wides = count(letter), count(wide)
    words = count(opens) + wides / 2
    least = np.maximum(1.0, words)
    chars = size + wides * 5 / 3
    signs = [ending(text) for text in texts]
    ends = np.array([sign in PROSE_ENDS for sign in signs], float)
    yield "chars", chars
    yield "log_chars", np.log1p(chars)
    yield "words", words
    yield "word_letters", letters / least
    yield "commas", count(has(_COMMA))
    yield "comma_share", count(has(_COMMA)) / least
    yield "stops", count(has(_STOP))
    yield "stop_share", count(has(_STOP)) / least
    yield "bars", count(has(_BAR)) / least
    yield "digits", count(digit) / np.maximum(1, size)
    yield "capitals", count(upper) / np.maximum(1.0, letters)
    yield "capital_words", count(opens & upper) / least
    yield "short_words", count(short) / least
    yield "no_letters", 1 - letters / np.maximum(1, size)
    yield "ends", ends
    yield "asks", np.array([sign in QUESTION_MARKS for sign in signs], float)
    yield "colon", np.array([bool(sign) and sign in ":：" for sign in signs], float)
    yield "opens_upper", np.array([text[:1].isupper() for text in texts], float)
    yield "prose", ((chars >= PROSE) & ((ends > 0) | (chars >= 200))).astype(float)
