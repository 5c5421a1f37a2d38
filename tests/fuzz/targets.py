"""What is fuzzed: how an input is made out of choices, and what must hold of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fuzz import grammar, properties

TARGETS: dict[str, tuple[Callable[[grammar.Choose], Any], Callable[[Any], None]]] = {
    "text": (grammar.text, properties.page),
    "twice": (grammar.text, properties.twice),
    "html": (grammar.html, properties.page),
    "bytes": (grammar.raw, properties.page),
    "rows": (grammar.rows, properties.read_rows),
    "toml": (grammar.toml, properties.rules),
    "keys": (grammar.line, properties.keys),
    "repair": (grammar.line, properties.repairs),
    "mojibake": (grammar.mojibake, properties.repairs),
    "align": (grammar.text, properties.aligned),
}
