"""Patterns that could hang a run: asked about lines made to be almost matched, as long as a matcher would show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from time import perf_counter

import regex

SLOW = 0.1
"""Seconds that a pattern may take on the worst probe: a thousand times what an honest one takes."""


def backtracks(pattern: str, limit: int, *, whole: bool, literals: Iterable[str], hits: Iterable[str]) -> str | None:
    """The beginning of a probe of `limit` characters on which the pattern takes more than SLOW seconds, or None.

    whole     the pattern must match the whole line; otherwise it is searched for
    literals  words that the pattern is known to hold
    hits      lines that it matches
    """
    compiled = regex.compile(pattern)
    ask = compiled.fullmatch if whole else compiled.search
    for probe in _probes(limit, tuple(literals), hits, "\x00" + pattern):
        for _ in range(2):  # a slow answer counts twice running: the machine may have been busy
            begin = perf_counter()
            with suppress(TimeoutError):
                ask(probe, timeout=10 * SLOW)
            if perf_counter() - begin <= SLOW:
                break
        else:
            return probe[:30]
    return None


def _probes(limit: int, literals: tuple[str, ...], hits: Iterable[str], end: str) -> Iterator[str]:
    """Lines that repeat something and then fail. They end with the pattern's own source: `regex` gives up early on a
    line that lacks a literal which every match has, and would not show what it does when a page holds it.
    """
    spaced = (f"{literal} " for literal in literals)
    for seed in ("a", "A", " ", "0", "a ", "A. ", "Aa ", "-", "'", ",", ", A", "中", *literals, *spaced):
        yield (seed * limit)[: max(0, limit - len(end))] + end
    for hit in hits:
        for cut in {len(hit) // 3, len(hit) // 2, 2 * len(hit) // 3, len(hit) - 1} - {0}:
            for pump in {hit[cut - 1], hit[:cut], hit[cut // 2 : cut]} - {""}:
                yield (hit[:cut] + pump * limit)[: max(0, limit - len(end))] + end
