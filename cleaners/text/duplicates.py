"""Lines that stand twice in a row, as extractors leave captions and pull quotes: the second is the copy."""

from __future__ import annotations

from cleaners.matching.match import Matcher
from cleaners.page import Page
from cleaners.words import width, words_mostly

SHORTEST_REPEAT = 40
"""Characters (Latin); shorter lines repeat on purpose. (Measured on the gold sets: on them such a filter loses more
than it finds.)"""


def duplicates(page: Page, _: Matcher) -> None:
    """The later of two neighbours that read the same is chrome, whether the first is kept or lifted."""
    previous = kept = ""
    for block in page.blocks:
        if block.role == "chrome":
            continue
        repeats = block.text == previous or (
            block.kept and block.text == kept
        )  # what stood between the two is not in the text
        if repeats and not block.code and width(block.text) >= SHORTEST_REPEAT and words_mostly(block.text):
            block.label("chrome", "duplicates.adjacent")
            continue
        previous = block.text
        kept = block.text if block.kept else kept
