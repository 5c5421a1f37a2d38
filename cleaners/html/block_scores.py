"""How likely each block of a page belongs to its article: boosted trees over the facts of block_facts.py.

The trees are data, trained by tests/benchmarks/train_blocks.py. Linear in the blocks.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.html.block_facts import facts
from cleaners.page import Block, Meta
from cleaners.scoring.trees import ask_all, table


def scores(blocks: Sequence[Block], meta: Meta) -> list[float]:
    """For each block, the logit that it belongs to the article."""
    return ask_all(table("blocks", "first"), facts(blocks, meta))
