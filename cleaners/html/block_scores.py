"""How likely each block of a page belongs to its article: two looks with boosted trees over its facts.

The first look goes by a block's own facts and its surroundings, the second also by what the first said of the blocks
around it, in the elements that hold it, and of its kind. There are trees for articles, and others for pages that are
none (page_kind.py). They are data, trained by tests/benchmarks/train_blocks.py. Linear in the blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaners.html.block_facts import class_facts, facts, names
from cleaners.html.block_second import second_facts, second_names
from cleaners.html.block_structure import Structure
from cleaners.html.page_kind import PAGE, Kind, kind_of, page_facts, page_names
from cleaners.html.regions import facts_of
from cleaners.page import Block, Meta
from cleaners.scoring.reasons import Looks, look
from cleaners.scoring.trees import Table, ask_all, models, table

LOOKS: dict[Kind, tuple[str, str]] = {"article": ("first", "second"), "other": ("other_first", "other_second")}
"""The models of weights/blocks.json for each look at a page of a kind."""
MEANINGS = Path(__file__).with_name("block_facts.toml")
"""What each fact means, in words."""


def scores(blocks: Sequence[Block], meta: Meta) -> tuple[Kind, list[float]]:
    """What the page is; and for each block, the logit that it belongs to the page's text."""
    seen, structure = facts(blocks, meta)
    kind = kind_of(seen, meta)
    first, second = LOOKS[kind]
    return kind, looks(table("blocks", first), table("blocks", second), _rows(blocks, seen, first), structure)


def looks(first: Table, second: Table, seen: NDArray[np.float64], structure: Structure) -> list[float]:
    """The logits after both looks."""
    return ask_all(second, again(first, seen, structure))


def again(first: Table, seen: NDArray[np.float64], structure: Structure) -> NDArray[np.float64]:
    """The facts of the blocks for the second look, a row each: those of the first look come first."""
    return np.hstack([seen, second_facts(structure, ask_all(first, seen))])


def evidence(blocks: Sequence[Block], meta: Meta) -> Callable[[Sequence[int]], list[Looks]]:
    """The looks at the blocks at some places: at the page, which says what trees are asked, and both at the block.

    The facts are those of the blocks as they are labelled now.
    """
    seen, structure = facts(blocks, meta)
    first, second = LOOKS[kind_of(seen, meta)]
    rows = again(table("blocks", first), _rows(blocks, seen, first), structure)
    page = look("blocks", PAGE, page_names(), MEANINGS, page_facts(seen, meta).tolist())
    every = fact_names(first)
    return lambda places: [
        (page, *(look("blocks", model, every, MEANINGS, row) for model in (first, second)))
        for row in rows[places].tolist()
    ]


def fact_names(first: str) -> tuple[str, ...]:
    """The names of the facts of a second look, in order; `first`: the look before it, whose facts come first."""
    return (*names(), *(f"class:{word}" for word in models("blocks")[first]["classes"]), *second_names())


def _rows(blocks: Sequence[Block], seen: NDArray[np.float64], first: str) -> NDArray[np.float64]:
    """The facts of the blocks for the first look: with the class words that it knows."""
    return np.hstack(
        [seen, class_facts([facts_of(block).words for block in blocks], models("blocks")[first]["classes"])]
    )
