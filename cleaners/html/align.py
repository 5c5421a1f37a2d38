"""Find the lines that an extractor gave in the visible blocks of the page: which blocks it took, whole or in part.

Both are read as one stream of words. Lines that equal one block are anchors, then runs of words that occur once in
each; between anchors the runs get shorter, then repeated lines are set against repeated blocks, and at last long lines
that no anchor fits, a table's, are looked for alone. So blocks that were merged, split or partly pruned are found, and
of two equal blocks the one whose neighbours fit.

For how the numbers were measured see regions.py: here on 254 pages. Those that bound the cost change no line there, at
a third or less as at three times as much or more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cleaners.words import tokens

ANCHORS = (6, 3)
"""Lengths, in words, of runs that occur once in each stream; tried in this order. (4 and 2: no line; 10 and 5: 1 / 0
kept.)"""
FOUND = 0.5
"""Share of a line's words that are in blocks, if it is found. (.3, .7: no line.)"""
MOST_REPEATS = 40
"""Equal blocks that a repeated line is compared with, around the one whose turn it is: a bound on cost."""
MOST_PAIRS = 400_000
"""Comparisons of that kind on a page; with many lines, each is compared with fewer blocks: a bound on cost."""
DEPTH = 12
"""How often the gaps between anchors are searched for more anchors: a bound on cost."""

Line = tuple[str, ...]
Pairs = list[tuple[int, int]]
Runs = list[tuple[int, int, int]]
"""(start in the lines' words, start in the page's words, length) of each run of equal words."""


@dataclass(slots=True)
class Alignment:
    """Of each block the share of its words that the lines hold (0 to 1), and the lines (numbers) found in no block."""

    shares: list[float]
    unfound: list[int]


@dataclass(slots=True)
class _Stream:
    """The words of all lines or blocks: line by line, all in one row, and where in that row each line starts."""

    tokens: list[list[str]]
    words: list[str]
    starts: list[int]


def align(texts: Sequence[str], lines: Sequence[str], likely: Sequence[bool]) -> Alignment:
    """Which of the blocks (`texts`) the extractor's `lines` came from.

    `likely` says of each block whether it stands where articles stand: it decides between equal blocks.
    """
    page, voice = _stream(texts), _stream(lines)
    match = [-1] * len(voice.words)  # of each word of the lines, the word of the page
    equal = _equal_lines(voice, page)
    for start, to, length in equal:
        match[start : start + length] = range(to, to + length)
    ends = (len(voice.words), len(page.words), 0)
    gaps = [(a + size, c, b + size, d, 0, DEPTH) for (a, b, size), (c, d, _) in pairwise([(0, 0, 0), *equal, ends])]
    while gaps:
        low, high, first, last, level, depth = gaps.pop()
        if low >= high or first >= last:
            continue
        if level == len(ANCHORS) or depth == 0:
            _match_lines(voice, page, match, (low, high), (first, last), likely)
            continue
        runs = _anchored(voice.words, page.words, (low, high), (first, last), ANCHORS[level])
        for start, to, length in runs:
            match[start : start + length] = range(to, to + length)
        deeper = (level, depth - 1) if runs else (level + 1, depth)
        for (a, b, size), (c, d, _) in pairwise([(low, first, 0), *runs, (high, last, 0)]):
            gaps.append((a + size, c, b + size, d, *deeper))
    unfound = _match_elsewhere(voice, page, match)
    return Alignment(_shares(page, match), unfound)


def _stream(texts: Sequence[str]) -> _Stream:
    found = [tokens(text) for text in texts]
    starts = [0]
    for each in found:
        starts.append(starts[-1] + len(each))
    return _Stream(found, [word for each in found for word in each], starts)


def _equal_lines(voice: _Stream, page: _Stream) -> Runs:
    """Lines that equal one block, both found once, in order."""
    lines: dict[Line, int] = {}
    blocks: dict[Line, int] = {}
    for stream, places in ((voice, lines), (page, blocks)):
        for n, line in enumerate(map(tuple, stream.tokens)):
            if len(line) >= ANCHORS[-1]:
                places[line] = -1 if line in places else n
    once = [(n, blocks[line]) for line, n in lines.items() if n >= 0 and blocks.get(line, -1) >= 0]
    return [(voice.starts[n], page.starts[b], len(page.tokens[b])) for n, b in _ascending(sorted(once))]


def _anchored(
    words: list[str], others: list[str], span: tuple[int, int], other_span: tuple[int, int], size: int
) -> Runs:
    """Runs (start, start in the other, length) of equal words around runs of `size` words that occur once in each."""
    ours = _once(words, *span, size)
    theirs = _once(others, *other_span, size)
    anchors = _ascending(sorted((anchor, theirs[run]) for run, anchor in ours.items() if run in theirs))
    found: Runs = []
    low, first = span[0], other_span[0]
    for n, (anchor, other_anchor) in enumerate(anchors):
        if anchor < low or other_anchor < first:  # inside the run before
            continue
        start, begin = anchor, other_anchor
        while start > low and begin > first and words[start - 1] == others[begin - 1]:
            start, begin = start - 1, begin - 1
        high, last = span[1], other_span[1]
        end, finish = anchor + size, other_anchor + size
        following = anchors[n + 1] if n + 1 < len(anchors) else None
        while end < high and finish < last and words[end] == others[finish]:
            end, finish = end + 1, finish + 1
        if following is not None and (end > following[0]) != (finish > following[1]):
            # the run must not step over one side of the next anchor alone
            back = max(end - following[0], finish - following[1])
            end, finish = end - back, finish - back
        if end > start:
            found.append((start, begin, end - start))
            low, first = end, finish
    return found


def _once(words: list[str], low: int, high: int, size: int) -> dict[Line, int]:
    """Where runs of `size` words start that occur only once between low and high."""
    places: dict[Line, int] = {}
    for n, run in enumerate(zip(*(words[low + k : high] for k in range(size)), strict=False), low):
        places[run] = -1 if run in places else n
    return {run: n for run, n in places.items() if n >= 0}


def _ascending(pairs: Pairs) -> Pairs:
    """The longest run of pairs in which both numbers rise. `pairs` come sorted by the first."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (_, number) in enumerate(pairs):
        place = bisect_left(ends, number)
        if place == len(ends):
            ends.append(number)
            last.append(n)
        else:
            ends[place], last[place] = number, n
        before.append(last[place - 1] if place else -1)
    found: Pairs = []
    n = last[-1] if last else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]


def _inside(stream: _Stream, low: int, high: int) -> range:
    """The lines of a stream that lie whole between two words."""
    start = bisect_left(stream.starts, low)
    end = bisect_left(stream.starts, high + 1) - 1
    return range(start, max(start, end))


def _line_key(stream: _Stream, n: int) -> Line:
    return tuple(stream.tokens[n])


def _match_lines(
    voice: _Stream,
    page: _Stream,
    match: list[int],
    span: tuple[int, int],
    page_span: tuple[int, int],
    likely: Sequence[bool],
) -> None:
    """Set whole lines against equal whole blocks between two anchors, in order; blocks where articles stand first."""
    places: dict[Line, list[int]] = {}
    for b in _inside(page, *page_span):
        if page.tokens[b]:
            places.setdefault(_line_key(page, b), []).append(b)
    for same in places.values():
        same[:] = [b for b in same if likely[b]] or same
    seen: dict[Line, int] = {}
    pairs: Pairs = []
    inside = _inside(voice, *span)
    around = min(MOST_REPEATS, max(2, MOST_PAIRS // max(1, len(inside)))) // 2
    for n in inside:
        line = _line_key(voice, n)
        turn = seen[line] = seen.get(line, -1) + 1
        nearby = places.get(line, [])[max(0, turn - around) : turn + around]
        pairs += [(n, b) for b in reversed(nearby)]
    # the places of one line fall, so that no line is taken twice
    for n, b in _ascending(pairs):
        start, to, length = voice.starts[n], page.starts[b], len(voice.tokens[n])
        match[start : start + length] = range(to, to + length)


def _match_elsewhere(voice: _Stream, page: _Stream, match: list[int]) -> list[int]:
    """Lines still unmatched are set against equal blocks anywhere, then against rows of blocks; gives those of which
    most words are in no block."""
    open_lines = [n for n, words in enumerate(voice.tokens) if words and not _is_found(voice, match, n)]
    if not open_lines:
        return []
    used = set(match)
    places: dict[Line, deque[int]] = {}
    for b, words in enumerate(page.tokens):
        if words:
            places.setdefault(_line_key(page, b), deque()).append(b)
    unfound: list[int] = []
    for n in open_lines:
        same = places.get(_line_key(voice, n))
        if same is None:
            unfound.append(n)
            continue
        while same and page.starts[same[0]] in used:
            same.popleft()
        free = same[0] if same else None
        if free is not None and len(voice.tokens[n]) >= ANCHORS[-1]:
            start, to, length = voice.starts[n], page.starts[free], len(voice.tokens[n])
            match[start : start + length] = range(to, to + length)
            used.add(to)
    _match_rows(voice, page, match, [n for n in unfound if len(voice.tokens[n]) >= ANCHORS[0]])
    return [n for n in unfound if not _is_found(voice, match, n)]


def _is_found(voice: _Stream, match: list[int], n: int) -> bool:
    words = match[voice.starts[n] : voice.starts[n + 1]]
    return sum(m >= 0 for m in words) >= FOUND * len(words)


def _match_rows(voice: _Stream, page: _Stream, match: list[int], lines: Sequence[int]) -> None:
    """Lines that are many blocks in one, as a table with lists in its cells is, each alone: by all its short runs of
    words that stand in the same order on the page, at words that no other line has. Only where they are most of it."""
    size = ANCHORS[-1]
    runs = {n: list(_runs(voice.words, voice.starts[n], voice.starts[n + 1], size)) for n in lines}
    places: dict[Line, list[int]] = {run: [] for each in runs.values() for run in each}
    most = min(MOST_REPEATS, max(2, MOST_PAIRS // max(1, sum(map(len, runs.values())))))
    used = set(match)
    for to, run in enumerate(_runs(page.words, 0, len(page.words), size)) if places else ():
        if run in places and len(places[run]) < most:
            places[run].append(to)
    for n, each in runs.items():
        pairs = [
            (at, to) for at, run in enumerate(each, voice.starts[n]) for to in reversed(places[run]) if to not in used
        ]
        found = {at + k: to + k for at, to in _ascending(pairs) for k in range(size)}
        if len(found) >= FOUND * len(voice.tokens[n]):
            used.update(found.values())
            for at, to in found.items():
                match[at] = to


def _runs(words: list[str], low: int, high: int, size: int) -> Iterator[Line]:
    """All runs of `size` words between low and high."""
    return zip(*(words[low + k : high - size + k + 1] for k in range(size)), strict=True)


def _shares(page: _Stream, match: list[int]) -> list[float]:
    """The share of each block's words that were matched."""
    hit = [False] * len(page.words)
    for m in match:
        if m >= 0:
            hit[m] = True
    return [sum(hit[a:b]) / (b - a) if b > a else 0.0 for a, b in pairwise(page.starts)]
