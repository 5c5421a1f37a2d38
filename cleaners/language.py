"""The language a text is written in, by py3langid: small, without a network, its model inside the package."""

from __future__ import annotations

from functools import cache
from typing import Any

SHORTEST = 60
"""Characters; on less text the guess is worth nothing ("Hello" is Breton)."""
SAMPLE = 1_500
"""Characters that are looked at."""
SURE = 0.9
"""Normalised probability below which no language is better than a wrong one."""


def language_of(text: str) -> str | None:
    """ISO 639-1 code of a text, or None where it is too short or the guess is unsure."""
    sample = text[:SAMPLE].encode("utf-8", "ignore").decode()
    if len(sample.strip()) < SHORTEST:
        return None
    code, probability = _model().classify(sample)
    return str(code) if probability >= SURE else None


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second: only where a page needs it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
