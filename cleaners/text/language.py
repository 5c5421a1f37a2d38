"""The language a text is written in, by py3langid: small, without a network, its model inside the package."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from cleaners.matching.match import Matcher
from cleaners.page import Block, Page
from cleaners.words import prose

SHORTEST_TEXT = 60
"""Characters; on a shorter text the guess is mostly wrong ("Hello" is Breton)."""
SAMPLE = 1_000
"""Characters that are looked at: a bound on cost."""
SURE = 0.9
"""Normalised probability; with less no language is set, which is better than a wrong one."""


def language(page: Page, _: Matcher) -> None:
    """Sets the language of a page that does not declare one, and of each article of a text: that of the lines kept.

    Each article has its own: some rules are for one language, and an article must be read the same alone as among
    others.
    """
    if page.kind == "text":
        page.languages = {blocks[0].article: language_of(_sample(blocks)) for blocks in page.articles()}
        page.meta.language = next(filter(None, page.languages.values()), None)
    elif page.meta.language is None:
        page.meta.language = language_of(_sample(page.blocks))


def _sample(blocks: Sequence[Block]) -> str:
    """The first prose that is kept, or else the first lines. Prose, so that the guess stays the same when later stages
    take furniture away."""
    kept = [b.text for b in blocks if b.kept]
    lines, size = [], 0
    for text in [t for t in kept if prose(t)] or kept:
        lines.append(text[: SAMPLE - size])
        size += len(lines[-1]) + 1
        if size >= SAMPLE:
            break
    return "\n".join(lines)


@lru_cache(maxsize=64)  # the stages ask again in each round
def language_of(text: str) -> str | None:
    """ISO 639-1 code of a text, or None where it is too short or the guess is unsure."""
    if len(text) < SHORTEST_TEXT:
        return None
    code, probability = _model().classify(text[:SAMPLE].encode("utf-8", "ignore").decode())
    return str(code) if probability >= SURE else None


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second: only where a page needs it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
