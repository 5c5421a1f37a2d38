"""Find the lines that an extractor gave in the visible blocks of the page: which blocks it took, whole or in part.

Lines and blocks are compared by their words. First whole lines that equal whole blocks, in order; then, between
those, runs of words, so that blocks that were merged, split or partly pruned are found too.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

# Words; scripts written without spaces count by character. Invisible format characters belong to the word they are in.
_DENSE = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_FORMAT = r"\u00ad\u200b-\u200f\u2060\ufeff"
TOKEN = re.compile(rf"[{_DENSE}]|[^\W{_DENSE}][{_FORMAT}\u0300-\u036f]*(?:[^\W{_DENSE}][{_FORMAT}\u0300-\u036f]*)*")
FORMAT = re.compile(f"[{_FORMAT}]")

SHINGLE = 3  # words that must follow each other to count as the same passage
LONG = 16  # letters that make a line an anchor: shorter ones are equal to tags and menu items by chance
FOUND = 0.6  # share of a block's words in the extractor's lines from which on the block counts as taken


@dataclass(slots=True)
class Taken:
    """What of one block the extractor took: its share of words, and the spans (character offsets) that it left out."""

    share: float = 0.0
    left: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Alignment:
    """One Taken a block, and the lines (as numbers) of which most words are in no block."""

    taken: list[Taken]
    unfound: list[int]


def key(text: str) -> str:
    """Letters and digits alone, case-folded: what two texts have in common however they are spaced and punctuated."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def align(texts: Sequence[str], lines: Sequence[str], likely: Sequence[bool]) -> Alignment:
    """Which of the blocks (`texts`) the extractor's `lines` came from.

    `likely` says of each block whether it stands where articles stand: it decides between equal blocks.
    """
    keys = [key(text) for text in texts]
    pairs, repeats = _equal(keys, [key(line) for line in lines], likely)
    taken = [Taken() for _ in texts]
    for block in pairs.values():
        taken[block].share = 1.0
    unfound: list[int] = []
    for some_lines, some_blocks in _gaps(pairs, repeats, lines, keys):
        unfound += _match_words(texts, lines, some_blocks, some_lines, taken)
    return Alignment(taken, unfound)


def _equal(keys: list[str], line_keys: list[str], likely: Sequence[bool]) -> tuple[dict[int, int], set[int]]:
    """({line: block} where they are equal, in order; lines without words or equal to a block already found)."""
    places: dict[str, list[int]] = {}
    for n, each in enumerate(keys):
        if each:
            places.setdefault(each, []).append(n)
    pairs = dict(
        _ascending([(n, places[k][0]) for n, k in enumerate(line_keys) if len(k) >= LONG and len(places.get(k, ())) == 1])
    )
    used = set(pairs.values())
    ordered = sorted(pairs)
    low = -1
    for n, each in enumerate(line_keys):
        if n in pairs:
            low = pairs[n]
            continue
        following = bisect_left(ordered, n)
        high = pairs[ordered[following]] if following < len(ordered) else len(keys)
        free = [b for b in places.get(each, ()) if b not in used]
        between = [b for b in free if low < b < high]
        if between or (free and len(each) >= LONG):
            best = min(between or free, key=lambda b: (not likely[b], abs(b - low)))
            used.add(best)
            pairs[n] = best
            low = best if between else low
    repeats = {n for n, k in enumerate(line_keys) if n not in pairs and (not k or (k in places and len(k) >= LONG))}
    return pairs, repeats


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of (line, block) pairs in which the block numbers rise."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for n, (_, block) in enumerate(pairs):
        place = bisect_left(ends, block)
        if place == len(ends):
            ends.append(block)
            at.append(n)
        else:
            ends[place], at[place] = block, n
        before.append(at[place - 1] if place else -1)
    found: list[tuple[int, int]] = []
    n = at[-1] if at else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]


def _gaps(
    pairs: dict[int, int], repeats: set[int], lines: Sequence[str], keys: list[str]
) -> list[tuple[list[int], list[int]]]:
    """Runs of lines that equal no block, each with the blocks not yet found that stand between the blocks around it."""
    used = set(pairs.values())
    found: list[tuple[list[int], list[int]]] = []
    run: list[int] = []
    low = -1
    for n in range(len(lines) + 1):
        if n < len(lines) and n not in pairs:
            if n not in repeats:
                run.append(n)
            continue
        high = pairs[n] if n < len(lines) else len(keys)
        if run:
            if high <= low:  # the lines stand in another order than the page
                low, high = -1, len(keys)
            found.append((run, [b for b in range(low + 1, high) if b not in used and keys[b]]))
            run = []
        low = pairs.get(n, low)
    return found


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """(word, start, end) of each word, compared without case and format characters."""
    return [
        (unicodedata.normalize("NFKC", FORMAT.sub("", m[0])).casefold(), m.start(), m.end())
        for m in TOKEN.finditer(text)
    ]


def _match_words(
    texts: Sequence[str], lines: Sequence[str], some_blocks: list[int], some_lines: list[int], taken: list[Taken]
) -> list[int]:
    """Claim the words of some lines for some blocks, long runs first. Gives the lines that stay mostly unclaimed."""
    words: list[str] = []
    starts: list[int] = []
    for n in some_lines:
        starts.append(len(words))
        words += [word for word, _, _ in _tokens(lines[n])]
    starts.append(len(words))
    places: dict[tuple[str, ...], list[int]] = {}
    for n in range(len(words) - SHINGLE + 1):
        places.setdefault(tuple(words[n : n + SHINGLE]), []).append(n)
    claimed = [False] * len(words)
    tokens = {b: _tokens(texts[b]) for b in some_blocks}
    short: list[int] = []
    for b in some_blocks:
        own = [word for word, _, _ in tokens[b]]
        if len(own) < SHINGLE:
            short.append(b)
            continue
        hits = _runs(own, words, places, claimed)
        _record(taken[b], tokens[b], hits)
    _claim_short(short, tokens, words, claimed, taken)
    return [
        n
        for n, low, high in zip(some_lines, starts, starts[1:], strict=False)
        if high > low and sum(claimed[low:high]) * 2 < high - low
    ]


def _runs(
    own: list[str], words: list[str], places: dict[tuple[str, ...], list[int]], claimed: list[bool]
) -> list[bool]:
    """Which of a block's own words are claimed from the lines' words, in runs of SHINGLE or more."""
    hits = [False] * len(own)
    n = 0
    while n <= len(own) - SHINGLE:
        best = (0, 0)
        for at in places.get(tuple(own[n : n + SHINGLE]), ())[:20]:
            length = 0
            while (
                n + length < len(own)
                and at + length < len(words)
                and own[n + length] == words[at + length]
                and not claimed[at + length]
            ):
                length += 1
            best = max(best, (length, at))
        length, at = best
        if length < SHINGLE:
            n += 1
            continue
        for k in range(length):
            hits[n + k] = claimed[at + k] = True
        n += length
    return hits


def _record(taken: Taken, tokens: list[tuple[str, int, int]], hits: list[bool]) -> None:
    """Note the share of words found and the spans of words that were not."""
    taken.share = sum(hits) / len(hits)
    if not 0 < taken.share < 1:
        return
    n = 0
    while n < len(hits):
        if hits[n]:
            n += 1
            continue
        end = n
        while end < len(hits) and not hits[end]:
            end += 1
        taken.left.append((tokens[n][1], tokens[end - 1][2]))
        n = end


def _claim_short(
    short: list[int],
    tokens: dict[int, list[tuple[str, int, int]]],
    words: list[str],
    claimed: list[bool],
    taken: list[Taken],
) -> None:
    """Blocks of one or two words: found where these words are left over in the lines, in order."""
    rest = [(word, n) for n, word in enumerate(words) if not claimed[n]]
    at = 0
    for b in short:
        own = [word for word, _, _ in tokens[b]]
        for n in range(at, len(rest) - len(own) + 1):
            adjacent = rest[n + len(own) - 1][1] - rest[n][1] == len(own) - 1
            if adjacent and [word for word, _ in rest[n : n + len(own)]] == own:
                taken[b].share = 1.0
                for _, place in rest[n : n + len(own)]:
                    claimed[place] = True
                at = n + len(own)
                break
