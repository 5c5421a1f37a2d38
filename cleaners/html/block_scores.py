"""How likely each block of a page belongs to its article: two looks with boosted trees over its facts.

The first look goes by a block's own facts and its surroundings, the second also by what the first said of the blocks
around it, in the elements that hold it, and of its kind. There are trees for articles, and others for pages that are
none (page_kind.py). They are data, trained by tests/benchmarks/train_blocks.py. Linear in the blocks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaners.html.block_facts import class_facts, facts
from cleaners.html.block_second import second_facts
from cleaners.html.block_structure import Structure
from cleaners.html.page_kind import Kind, kind_of
from cleaners.html.regions import facts_of
from cleaners.page import Block, Meta
from cleaners.scoring.trees import Table, ask_all, models, table

LOOKS: dict[Kind, tuple[str, str]] = {"article": ("first", "second"), "other": ("other_first", "other_second")}
"""The models of weights/blocks.json for each look at a page of a kind."""


def scores(blocks: Sequence[Block], meta: Meta) -> tuple[Kind, list[float]]:
    """What the page is; and for each block, the logit that it belongs to the page's text."""
    seen, structure = facts(blocks, meta)
    kind = kind_of(seen, meta)
    first, second = LOOKS[kind]
    classes = class_facts([facts_of(block).words for block in blocks], models("blocks")[first]["classes"])
    return kind, looks(table("blocks", first), table("blocks", second), np.hstack([seen, classes]), structure)


def looks(first: Table, second: Table, seen: NDArray[np.float64], structure: Structure) -> list[float]:
    """The logits after both looks."""
    return ask_all(second, np.hstack([seen, second_facts(structure, ask_all(first, seen))]))
