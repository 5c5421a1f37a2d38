"""Facts of all blocks of an HTML page, a row of numbers each: what the block scorer goes by.

They are about the block's text (block_text.py), where it stands, what the extractor and the stages before have said of
it, the blocks around it (block_around.py), the elements that hold it and the blocks of its kind (block_structure.py).
The second look has facts of its own (block_second.py). Computed for all blocks of a page at once; linear in the page,
but for the depth of its elements. The columns are in the order of `names`; the weights know them by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cleaners.html.block_around import around_facts, place_facts
from cleaners.html.block_structure import Structure, held_facts, kind_facts, nearest, numbered, structure_of
from cleaners.html.block_text import Column, text_facts
from cleaners.html.names import HEADINGS, class_words, word_set
from cleaners.html.regions import facts_of
from cleaners.page import LIFTED, Block, Meta
from cleaners.words import key, stems

AROUND = word_set(
    "article main section aside nav header footer form figure table td ul ol li dl blockquote pre code a button "
    "details p span strong em"
)
"""Elements around a block whose presence is a fact."""
NEAREST = ("p", "div", "li", "td", "th", "dd", "dt", "section", "article", "blockquote", "button", "summary", "pre")
"""The innermost block-level element as a fact; any heading is one more."""
LISTS = (
    "box", "inner_box", "comments", "caption", "credit", "picture", "about", "standfirst", "weak_standfirst", "kicker",
    "headline", "date", "published", "updated", "byline", "no_articles", "quoted_post",
)  # fmt: skip
"""Lists of class_words.toml, of which a word around a block, or of its own element, is a fact."""
FURNITURE = tuple(
    f"extract.{name}"
    for name in (
        "below_main", "box", "empty_heading", "last_links", "link_list", "note", "other_cell", "post_meta", "site_link",
        "unstated",
    )
)  # fmt: skip
"""Signatures of stages that take out furniture by its structure: which of them did is a fact."""
OPEN = frozenset({"", "extract.outside"})
"""Signatures of blocks that no stage has signed: as the extractor left them."""


def facts(blocks: Sequence[Block], meta: Meta) -> tuple[NDArray[np.float64], Structure]:
    """The facts of the blocks of a page, a row each, in the order of `names`; and how the blocks
    stand to each other."""
    found, structure = _columns(blocks, meta)
    return np.column_stack([column for _, column in found]), structure


def class_facts(sets: Sequence[frozenset[str]], vocabulary: Sequence[str]) -> NDArray[np.float64]:
    """For each set of class words, which words of the vocabulary it has: a row of 0 and 1."""
    columns = {word: n for n, word in enumerate(vocabulary)}
    where = numbered(sets)
    found = np.zeros((where.max() + 1, len(vocabulary)))
    for row, words in enumerate(dict.fromkeys(sets)):
        for word in words & columns.keys():
            found[row, columns[word]] = 1.0
    return found[where]


@cache
def names() -> tuple[str, ...]:
    """The names of the facts, in order."""
    return tuple(name for name, _ in _columns([Block("x", 0)], Meta())[0])


def _columns(blocks: Sequence[Block], meta: Meta) -> tuple[list[tuple[str, Column]], Structure]:
    """The facts by name, in the order in which the weights know them; and how the blocks stand to each other."""
    own = dict(text_facts(blocks))
    own |= _stands(blocks)
    own |= _said(blocks)
    found = list(own.items())
    found += _page(own)
    found += _about(blocks, meta)
    found += around_facts(own)
    found += place_facts(own)
    structure = structure_of(blocks, own["chars"])
    found += held_facts(structure, own)
    found += kind_facts(structure, own)
    return found, structure


def _stands(blocks: Sequence[Block]) -> dict[str, Column]:
    """Where the block stands: links, elements, classes."""
    seen = [facts_of(block) for block in blocks]
    found: dict[str, Column] = {
        "links": np.array([f.link_share for f in seen]),
        "site_links": np.array([f.site_links for f in seen]),
        "main": np.array([f.in_main for f in seen], float),
        "figure": np.array([f.in_figure for f in seen], float),
        "depth": np.array([len(f.tags) for f in seen], float),
        "classes": np.array([len(f.words) for f in seen], float),
        "own_classes": np.array([len(f.own_words) for f in seen], float),
        "moment": np.array([bool(f.moments) for f in seen], float),
        "signed": np.array([bool(f.signed) for f in seen], float),
        "code": np.array([block.code for block in blocks], float),
    }
    around = _sets([frozenset(f.tags) for f in seen], [(tag, frozenset({tag})) for tag in sorted(AROUND)])
    found |= {f"in_{name}": column for name, column in around}
    innermost = [nearest(f.tags) for f in seen]
    for tag in NEAREST:
        found[f"is_{tag}"] = np.array([each == tag for each in innermost], float)
    found["is_heading"] = np.array([each in HEADINGS for each in innermost], float)
    found["level"] = np.array([float(each[1]) if each in HEADINGS else 0.0 for each in innermost])
    lists = [(name, class_words(name)) for name in LISTS]
    found |= {f"of_{name}": column for name, column in _sets([f.words for f in seen], lists)}
    found |= {f"own_{name}": column for name, column in _sets([f.own_words for f in seen], lists)}
    return found


def _said(blocks: Sequence[Block]) -> dict[str, Column]:
    """What the extractor took of the block, and which role the stages before gave it."""
    return {
        "share": np.array([block.share for block in blocks]),
        "kept": np.array([block.kept for block in blocks], float),
        "lifted": np.array([block.role in LIFTED for block in blocks], float),
        "title": np.array([block.role == "title" for block in blocks], float),
        "heading": np.array([block.role == "heading" for block in blocks], float),
        "by_stage": np.array(
            [not block.kept and block.by not in OPEN and block.role not in LIFTED for block in blocks], float
        ),
        **{
            f"by_{by.removeprefix('extract.')}": np.array([block.by == by for block in blocks], float)
            for by in FURNITURE
        },
        "rejoined": np.array([block.kept and block.by not in ("", "extract.heading") for block in blocks], float),
    }


def _page(own: dict[str, Column]) -> list[tuple[str, Column]]:
    """Facts of the page, the same for all its blocks."""
    chars = own["chars"]
    count = len(chars)
    total = chars.sum() + 1
    kept = own["kept"] * chars
    prose = own["prose"] * (own["links"] < 0.5) * chars
    values = {
        "blocks": float(count),
        "chars": np.log1p(total),
        "kept_blocks": own["kept"].sum(),
        "kept_chars": np.log1p(kept.sum()),
        "kept_share": kept.sum() / total,
        "prose_share": prose.sum() / total,
        "prose_kept": (prose * own["kept"]).sum() / (prose.sum() + 1),
        "kept_prose": (prose * own["kept"]).sum() / (kept.sum() + 1),
        "links": (own["links"] * chars).sum() / total,
        "kept_links": (own["links"] * kept).sum() / (kept.sum() + 1),
        "main_share": (own["main"] * chars).sum() / total,
        "kept_items": (own["in_li"] * kept).sum() / (kept.sum() + 1),
        "kept_in_article": (own["in_article"] * kept).sum() / (kept.sum() + 1),
    }
    return [(f"page_{name}", np.full(count, float(value))) for name, value in values.items()]


def _about(blocks: Sequence[Block], meta: Meta) -> list[tuple[str, Column]]:
    """How much of the block's words the page's title, description and JSON-LD have, and the text that is kept."""
    title, description = key(meta.title or ""), key(meta.description or "")
    stated = key(meta.stated_text)
    keys = [key(block.raw) for block in blocks]
    often = Counter(keys)
    about = [stems(block.raw) for block in blocks]
    headline = stems(meta.title or "")
    kept: Counter[str] = Counter()
    for block, words in zip(blocks, about, strict=True):
        if block.kept:
            kept.update(words)
    topic = [  # the share of its longer words that another kept block has
        sum(kept[word] > block.kept for word in words) / (len(words) + 0.5)
        for block, words in zip(blocks, about, strict=True)
    ]
    return [
        ("is_title", np.array([bool(k) and k == title for k in keys], float)),
        ("in_title", np.array([bool(k) and k in title for k in keys], float)),
        (
            "in_description",
            np.array(
                [bool(description) and len(k) > 8 and (k in description or description[:60] in k) for k in keys], float
            ),
        ),
        ("of_title", np.array([len(words & headline) / (len(words) + 1) for words in about])),
        ("stated", np.array([(k in stated if stated and len(k) > 8 else -1.0) for k in keys], float)),
        ("repeats", np.array([float(often[k]) for k in keys])),
        ("topic", np.array(topic)),
        ("stems", np.array([float(len(words)) for words in about])),
    ]


def _sets(each: Sequence[frozenset[str]], lists: Iterable[tuple[str, frozenset[str]]]) -> list[tuple[str, Column]]:
    """For each named list, which of the sets have a word of it. Many blocks share a set: each is looked at once."""
    places: dict[frozenset[str], int] = {}
    where = np.array([places.setdefault(words, len(places)) for words in each])
    return [
        (name, np.array([not words.isdisjoint(wanted) for words in places], float)[where]) for name, wanted in lists
    ]
