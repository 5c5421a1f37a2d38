"""What scorers were asked about a page, kept where somebody wants to know; and what they said of each block."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cleaners.page import Block, Page
from cleaners.scoring.reasons import Looks


@dataclass(frozen=True, slots=True)
class Asked:
    """That a stage asked a scorer about some blocks. A page keeps it where somebody wants to know (`Page.asked`)."""

    signed: frozenset[str]
    """Signatures that go by the answer."""
    places: Mapping[int, int]
    """The place of each block, by its id(); without those that have such a signature from before."""
    looks: Callable[[Sequence[int]], list[Looks]]
    """The looks at the blocks at some places."""


def asked(blocks: Sequence[Block], signed: frozenset[str], looks: Callable[[Sequence[int]], list[Looks]]) -> Asked:
    """What a stage notes before it labels the blocks."""
    return Asked(signed, {id(block): n for n, block in enumerate(blocks) if block.by not in signed}, looks)


@dataclass(frozen=True, slots=True)
class Explained:
    """A block, and what the scorers said of it."""

    block: Block
    decided: bool
    """Whether the block has its role by what a scorer said."""
    looks: Looks
    """In order, the last is the one that counts; () where no scorer was asked about it, or it was not wanted."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A labelled page, and what the scorers said of its blocks."""

    page: Page
    blocks: tuple[Explained, ...]
    """Of each block of the page, in order."""


def explained(page: Page, *, every: bool) -> Explanation:
    """What the scorers said of each block that has its role by it; `every`: of each that they were asked about.

    Of several times that they were asked about a block, the one that decided counts, or else the last.
    """
    times: Sequence[Asked] = page.asked or ()
    chosen = [_time(block, times, every) for block in page.blocks]
    looks: dict[int, Looks] = {}
    for n, time in enumerate(times):
        found = [id(block) for block, which in zip(page.blocks, chosen, strict=True) if which == n]
        looks |= zip(found, time.looks([time.places[key] for key in found]), strict=True)
    return Explanation(
        page,
        tuple(
            Explained(block, which is not None and block.by in times[which].signed, looks.get(id(block), ()))
            for block, which in zip(page.blocks, chosen, strict=True)
        ),
    )


def _time(block: Block, times: Sequence[Asked], every: bool) -> int | None:
    """Which of the times that scorers were asked about a block counts."""
    found = [n for n, time in enumerate(times) if id(block) in time.places]
    deciding = [n for n in found if block.by in times[n].signed]
    which = deciding or (found if every else [])
    return which[-1] if which else None
