"""What the facts that scorers go by mean, in words: data, in a TOML file beside the module that makes the facts.

A file has tables of facts of one kind: what they are about is the name of the table, and each fact has its words there,
with a field for its value: "{n} characters". A key with a * is for all names with its beginning and end, the first such
key counts; in its words {stem} is what the * stands for, and {what} are the words of the fact that is named so.
"""

from __future__ import annotations

import tomllib
from functools import cache
from math import exp, expm1
from pathlib import Path


def said(words: Path, name: str, value: float) -> str:
    """A fact with its value, in words."""
    none = value < 0
    return meaning(words, name)[1].format(
        n="none" if none else f"{value:,.0f}" if value == round(value) or value >= 10 else f"{value:.2g}",
        share="none" if none else f"{value:.0%}",
        yes="not known" if none else ("no", "yes")[int(value)] if value in (0, 1) else f"{value:.0%}",
        chance=f"{1 / (1 + exp(-value)):.0%}",
        size="none" if none else f"{expm1(min(value, 99.0)):,.0f}",
        signed=f"{value:+.2g}",
    )


@cache
def meaning(words: Path, name: str) -> tuple[str, str]:
    """What a fact is about, and the words for it, with a field for its value. Raises KeyError where it has none."""
    exact, patterns = _meanings(words)
    if name in exact:
        return exact[name]
    for begin, end, (about, says) in patterns:
        if len(name) > len(begin) + len(end) and name.startswith(begin) and name.endswith(end):
            stem = name[len(begin) : len(name) - len(end)]
            try:
                what = meaning(words, stem)[1] if "{what}" in says else ""
            except KeyError:
                continue
            return about, says.replace("{what}", what).replace("{stem}", stem.replace("_", " "))
    raise KeyError(name)


@cache
def _meanings(words: Path) -> tuple[dict[str, tuple[str, str]], list[tuple[str, str, tuple[str, str]]]]:
    """The words of a file: by name, and by the beginning and end of a name."""
    exact, patterns = {}, []
    for about, facts in tomllib.loads(words.read_text(encoding="utf-8")).items():
        for name, says in facts.items():
            begin, star, end = name.partition("*")
            if star:
                patterns.append((begin, end, (about, says)))
            else:
                exact[name] = (about, says)
    return exact, patterns
