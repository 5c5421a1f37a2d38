"""Named pieces of patterns: the `[fragments]` of rule files, put in where a pattern says `(?&name)`.

A fragment is a pattern, or a list of words, which are taken literally. The stages take their words from here as well,
out of rules/fragments.toml: what the languages call a reporter is said once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import regex

HERE = Path(__file__).resolve().parents[1]
BUILTIN = next((p for p in (HERE / "rules", HERE.parent / "rules") if p.is_dir()), HERE / "rules")
"""The rules that come with boilerstrip: inside the installed package, or beside it in a checkout."""
SHARED = "fragments.toml"
"""The file of a rule folder whose fragments all its files may name. It holds no rules."""

_NAME = regex.compile(r"[a-z][a-z0-9_]*")
_CALL = regex.compile(r"\(\?&(\w+)\)")
_GROUP = regex.compile(r"\(\?P?<(\w+)>")
_FLAGS = regex.compile(r"\(\?[a-zA-Z]+\)")


@dataclass(frozen=True)
class Fragment:
    """A piece of a pattern, complete: the fragments that it names have been put in."""

    pattern: str
    words: tuple[str, ...] = ()
    """The words, where it is a list of them."""


Fragments = Mapping[str, Fragment]


@cache
def shared() -> Fragments:
    """The fragments of rules/fragments.toml, which the patterns of all rules may name, and the stages."""
    return resolve(tomllib.loads((BUILTIN / SHARED).read_text(encoding="utf-8"))["fragments"], {})


def expand(pattern: str, known: Fragments | None = None) -> str:
    """The pattern with the fragments that it names put in: those of `known`, or else the shared ones.

    A fragment counts as if it were written there in brackets: (?i:…) around it holds for it too, and its named groups
    are the pattern's. It is always read with the flag x. Where the pattern has a group of its own of that name, the
    call is left to `regex`, for which (?&name) repeats the group.

    Raises ValueError for a name that is not known.
    """
    fragments = shared() if known is None else known
    own = _GROUP.findall(pattern)

    def put(call: regex.Match[str]) -> str:
        return call[0] if call[1] in own else _named(call[1], fragments).pattern

    return _CALL.sub(put, pattern)


def literals(needs: Iterable[str], known: Fragments) -> tuple[str, ...]:
    """The literals of a rule's `needs`: `(?&name)` stands for all words of a list, in lower case.

    Raises ValueError for a name that is not known, or that of a pattern.
    """
    found: list[str] = []
    for need in needs:
        call = _CALL.fullmatch(need)
        found += [word.casefold() for word in _list(call[1], known)] if call else [need]
    return tuple(dict.fromkeys(found))


def words(name: str) -> frozenset[str]:
    """The words of a shared list. Raises ValueError where there is none of this name."""
    return frozenset(_list(name, shared()))


def resolve(table: object, outer: Fragments, *, check: bool = False) -> Fragments:
    """The fragments of a table `[fragments]`, and those of `outer`; of two with the same name the table's counts.

    They may name each other, and those of outer. check: try whether each compiles, which takes a millisecond each.

    Raises ValueError for what is neither a pattern nor a list of words, an unknown name, and a circle.
    """
    if not isinstance(table, dict):
        raise ValueError("[fragments] is a table of patterns and lists of words")
    calls = {name: _calls(name, value) for name, value in table.items()}
    for name, called in calls.items():
        for other in sorted(called - table.keys() - outer.keys()):
            raise ValueError(f"the fragment {name!r}: {_unknown(other, (*table, *outer))}")
    try:
        order = [*TopologicalSorter({name: called & table.keys() for name, called in calls.items()}).static_order()]
    except CycleError as error:
        raise ValueError(f"fragments name each other in a circle: {' -> '.join(error.args[1][::-1])}") from None
    found = dict(outer)
    for name in order:
        value = table[name]
        if isinstance(value, list):
            # the longest first: inside a possessive group the first that fits is final
            longest = sorted(map(str, dict.fromkeys(value)), key=len, reverse=True)
            found[name] = Fragment(f"(?:{'|'.join(map(regex.escape, longest))})", tuple(value))
            continue
        text = expand(value.strip("\n"), found)
        if check:
            try:
                regex.compile(text, regex.VERBOSE)
            except regex.error as error:
                raise ValueError(f"the fragment {name!r} does not compile: {error}") from None
        found[name] = Fragment(f"(?x:{text}\n)" if "#" in text else f"(?x:{text})")
    return found


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: the nearest known name, or a list of known ones."""
    known = sorted(known)
    close = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else f"; known are: {', '.join(known[:20])}"


def _calls(name: str, value: object) -> set[str]:
    """The names of the fragments that a value of the table names. Raises ValueError where it can be no fragment."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"the fragment {name!r}: a name is of lower-case letters, digits and _")
    if isinstance(value, list) and value and all(isinstance(word, str) and word.strip() for word in value):
        return set()
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"the fragment {name!r} is neither a pattern nor a list of words")
    if flags := _FLAGS.search(value):
        raise ValueError(f"the fragment {name!r} sets flags for the whole pattern: write {flags[0][:-1]}:…)")
    return set(_CALL.findall(value)) - set(_GROUP.findall(value))


def _named(name: str, known: Fragments) -> Fragment:
    if name not in known:
        raise ValueError(_unknown(name, known))
    return known[name]


def _unknown(name: str, known: Iterable[str]) -> str:
    return f"no fragment is called {name!r}{nearest(name, known)}"


def _list(name: str, known: Fragments) -> tuple[str, ...]:
    found = _named(name, known).words
    if not found:
        raise ValueError(f"the fragment {name!r} is a pattern, no list of words")
    return found
