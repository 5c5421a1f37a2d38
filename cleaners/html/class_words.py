"""Words of classes and ids by which sites name the parts of a page. They are data: class_words.toml, beside this."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


def class_words(name: str) -> frozenset[str]:
    """The words of one list of class_words.toml."""
    return frozenset(_lists()[name])


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
