"""Patterns that could hang a run: asked about lines made to be almost matched, as long as a matcher would show them.

What is measured is how the CPU time grows with the length of the line: the time of one line depends on the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import regex

from cleaners.matching.patience import Found, timed

LEAST_SECONDS = 0.02
"""Seconds of CPU; a pattern that answers in less is never called slow. On the longest lines, the slowest pattern that
comes with boilerstrip takes half of it; quadratic cost is a tenth of it on 400 characters, ten times it on 20,000."""
FASTER = 8
"""How many times longer a line four times as long may take: linear cost takes four times as long, quadratic sixteen."""
TRIES = 3
"""How many times in a row a pattern must look slow: on a busy machine, any pattern may look slow once."""

SEEDS = ("a", "A", " ", "0", "a ", "A. ", "Aa ", "-", "'", ",", ", A", "中")
_WORD = regex.compile(r"\S+\s*")


def backtracks(
    pattern: str, limit: int, *, whole: bool, literals: Collection[str], hits: Collection[str]
) -> str | None:
    """The beginning of a line of `limit` characters on which the pattern takes more than LEAST_SECONDS, and takes
    longer by more than the line gets longer; or None.

    whole     the pattern must match the whole line; otherwise it is searched for
    literals  words that the pattern is known to hold
    hits      lines that it matches
    """
    compiled = regex.compile(pattern)
    ask = compiled.fullmatch if whole else compiled.search
    for head, pump, end in _probes(literals, hits):
        room = max(0, limit - len(head) - len(end))
        sizes = (room // 64, room // 16, room // 4, room)
        lines = [head + (pump * (size // len(pump) + 1))[:size] + end for size in sizes]
        if _grows(ask, lines[-1:]) and all(_grows(ask, lines) for _ in range(TRIES)):
            return lines[-1][:30]
    return None


def _grows(ask: Callable[..., Found], lines: list[str]) -> bool:
    """Of lines, each four times as long as the one before: does one take FASTER times as long as the one before it,
    and more than LEAST_SECONDS?"""
    seconds = 0.0
    for line in lines:
        try:
            _, seconds = timed(ask, line, most=max(LEAST_SECONDS, FASTER * seconds))
        except TimeoutError:
            return True
    return False


def _probes(literals: Collection[str], hits: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """The lines to try: (how one begins, what it repeats, how it ends so that the match fails).

    They begin like the hits, cut after each word, and repeat what a loop in the pattern may match in more than one way.
    Some begin with a literal, or end with a hit: `regex` gives up early on a line that lacks a literal which every
    match has, and would not show what it does when a page holds it.
    """
    spaced = [f"{literal} " for literal in literals]
    begun = {"": dict.fromkeys((*SEEDS, *literals, *spaced)), **{begin: dict.fromkeys(SEEDS) for begin in spaced[:1]}}
    for hit in hits:
        kinds = sorted({_kind(character) for character in hit})
        for cut in {*(word.end() for word in _WORD.finditer(hit)), len(hit) - 1} - {0, len(hit)}:
            head = hit[:cut]
            own = (head, head[cut // 2 :], head[-1], *_WORD.findall(head)[-1:])
            begun[head] = dict.fromkeys((*kinds, "a ", *own))
    for head, pumps in begun.items():
        for pump in pumps:
            for end in ("\x00", f"\x00{min(hits, key=len)}\x00"):
                yield head, pump, end


def _kind(character: str) -> str:
    """What stands for a character: "a" for small letters, "A" for capitals, "0" for digits; punctuation for itself."""
    return "a" if character.islower() else "A" if character.isupper() else "0" if character.isdigit() else character
