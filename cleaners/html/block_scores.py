"""How likely each block of a page belongs to its article: two looks with boosted trees over its facts.

The first look goes by a block's own facts and its surroundings, the second also by what the first said of the blocks
around it, in the elements that hold it, and of its kind. The trees are data, trained by
tests/benchmarks/train_blocks.py. Linear in the blocks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaners.html.block_facts import class_facts, facts
from cleaners.html.block_second import second_facts
from cleaners.html.block_structure import Structure
from cleaners.html.regions import facts_of
from cleaners.page import Block, Meta
from cleaners.scoring.trees import Table, ask_all, models, table


def scores(blocks: Sequence[Block], meta: Meta) -> list[float]:
    """For each block, the logit that it belongs to the article."""
    seen, structure = facts(blocks, meta)
    classes = class_facts([facts_of(block).words for block in blocks], models("blocks")["first"]["classes"])
    return looks(table("blocks", "first"), table("blocks", "second"), np.hstack([seen, classes]), structure)


def looks(first: Table, second: Table, seen: NDArray[np.float64], structure: Structure) -> list[float]:
    """The logits after both looks."""
    return ask_all(second, np.hstack([seen, second_facts(structure, ask_all(first, seen))]))
