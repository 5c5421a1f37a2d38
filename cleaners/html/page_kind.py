"""Whether a page is an article or something else: documentation, a forum, a shop's page, a listing, a service's page.

Boosted trees over the facts that the block scorer has of each block anyway: their means over all blocks, and over those
that are kept so far; and what the page states of itself. They are trained beside the block scorer's, by
tests/benchmarks/train_blocks.py, on pages of seven types.
"""

from __future__ import annotations

from functools import cache
from math import exp
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cleaners.html.block_facts import names
from cleaners.page import Meta
from cleaners.scoring.trees import ask_all, table

Kind = Literal["article", "other"]
PAGE = "page"
"""The model of weights/blocks.json."""
LEAST = 0.2
"""The least chance of an article. (Cross-validated: from .3 on, one page of `articles` that is taken for something else
gets worse, and other pages gain next to nothing, but for forums: docs/blocks.md.)"""


def kind_of(seen: NDArray[np.float64], meta: Meta) -> Kind:
    """What a page is, by the facts of its blocks (block_facts.py), a row each."""
    (logit,) = ask_all(table("blocks", PAGE), page_facts(seen, meta)[None, :])
    return "article" if 1 / (1 + exp(-logit)) >= LEAST else "other"


def page_facts(seen: NDArray[np.float64], meta: Meta) -> NDArray[np.float64]:
    """The facts of a page, in the order that the weights were trained on. A block weighs by its characters."""
    chars, kept = _places()
    size, inside = seen[:, chars] + 1, seen[:, kept] > 0
    every = _mean(seen, size)
    of_kept = _mean(seen[inside], size[inside]) if inside.any() else np.full(seen.shape[1], -1.0)
    counts = [len(seen), inside.sum(), size.sum(), size[inside].sum()]
    stated = [bool(meta.authors), bool(meta.published), bool(meta.modified)]
    return np.array([*every, *of_kept, *counts, *stated, len(meta.description or ""), len(meta.stated_text)], float)


@cache
def page_names() -> tuple[str, ...]:
    """The names of the facts of a page, in order. A mean has the name of the block's fact behind "all:", or "kept:"."""
    counts = (
        "blocks",
        "kept_blocks",
        "chars",
        "kept_chars",
        "authors",
        "published",
        "modified",
        "description",
        "stated",
    )
    means = [f"{over}:{name}" for over in ("all", "kept") for name in names()]
    return (*means, *(f"page:{name}" for name in counts))


def _mean(rows: NDArray[np.float64], size: NDArray[np.float64]) -> NDArray[np.float64]:
    """Summed row by row: a product of matrices differs from machine to machine in its last digits."""
    mean: NDArray[np.float64] = (rows * size[:, None]).sum(axis=0) / size.sum()
    return mean


@cache
def _places() -> tuple[int, int]:
    return names().index("chars"), names().index("kept")
