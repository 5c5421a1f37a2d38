"""The limit on what is taken: where more of a page's words would go than the user allows, none of them goes.

It is looked at once a page is labelled, over all of its articles. What counts are the words of the lines that the page
came with: of a text all, of HTML those that the extractor took, since most words of many pages are in menus. A word is
removed where its line is chrome, or a cut took it; what is lifted into a field of the record is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cleaners.page import Block, NoArticle, Page
from cleaners.source import check_left
from cleaners.words import words


def share_removed(lines: Sequence[Block]) -> float:
    """The share of the words of some lines, 0 to 1, that are removed as they are labelled now."""
    every = sum(words(line.raw) for line in lines)
    return min(1.0, sum(map(_removed, lines)) / every) if every else 0.0


def too_much(page: Page, lines: Sequence[Block], most: float | None) -> float | None:
    """The share of the words of `lines` that are removed, where it is over `most`; None where it is not.

    None too where nothing is left, or noise, or a wall is all there is: that is a page without an article, and not one
    of which too much is taken.
    """
    if most is None or page.wall or not any(block.kept and block.text for block in page.blocks):
        return None
    share = share_removed(lines)
    return share if share > most and not _is_noise(page) else None


def _is_noise(page: Page) -> bool:
    try:
        check_left(page)
    except NoArticle:
        return True
    return False


def most_by(lines: Sequence[Block]) -> str:
    """The three signers that take most of some lines, whole or in part, each with how often."""
    hits = Counter(line.by for line in lines if line.fate == "removed")
    hits.update(edit.by for line in lines if line.kept for edit in line.edits if edit.cut)
    return ", ".join(f"{by} ({n})" for by, n in hits.most_common(3))


def put_back(page: Page, lines: Sequence[Block]) -> list[tuple[Block, str]]:
    """Makes each line, and what else is in the text, what it was before it was labelled or edited: a line of the text.

    Cuts are undone everywhere. A text is one article again. Returns the lines that were out of the text, each with the
    signature that it had.
    """
    out = [(line, line.by) for line in lines if not line.kept]
    for line in (*lines, *page.kept()):
        if not line.kept:
            line.role, line.by, line.why, line.parts = "body", "", "", {}
        if page.kind == "text":
            line.article, line.code = 0, False
            line.undo()
    for block in page.blocks:  # what is lifted too: no part of it is taken either
        if any(edit.cut for edit in block.edits):
            block.undo()
    return out


def sign(page: Page, out: Sequence[tuple[Block, str]], share: float) -> None:
    """Signs the lines that are in the text only because of the limit."""
    for line, by in out:
        if line.kept:
            line.label(
                line.role, "limit.left", f"Would be out by {by}; {share:.0%} of the page's words would be removed."
            )


def _removed(line: Block) -> int:
    if line.fate == "removed":
        return words(line.raw)
    return sum(words(line.raw[edit.start : edit.end]) for edit in line.edits if edit.cut)
