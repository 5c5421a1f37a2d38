"""Facts of blocks: numbers under names, the same for every page."""

import numpy as np
import pytest
from html_page import ONE, THREE, TITLE, TWO, extract, page_of, paragraphs

from cleaners import Block
from cleaners.html.block_facts import class_facts, facts, names
from cleaners.page import Facts, Meta

MAIN = Facts(("main", "article", "p"), frozenset(), frozenset(), 0.0, 0.0, False, True, inside=(1, 2, 3))


def test_facts_are_numbers_under_names() -> None:
    page = extract(page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE)}"))
    rows, _ = facts(page.blocks, page.meta)
    assert rows.shape == (len(page.blocks), len(names())) and np.isfinite(rows).all()
    assert len(set(names())) == len(names())
    (row,) = (row for row, block in zip(rows, page.blocks, strict=True) if block.raw == TWO)
    found = dict(zip(names(), row, strict=True))
    assert found["is_p"] == found["in_article"] == found["ends"] == found["prose"] == found["kept"] == 1.0
    assert found["share"] == found["kept-1"] == found["kept+1"] == 1.0
    assert found["links"] == found["in_li"] == found["is_heading"] == 0.0


@pytest.mark.parametrize("text", ["", "\U0001f600", "船は九時に出た。", "\ud800", "a\nb"])
def test_facts_of_odd_blocks_are_finite(text: str) -> None:
    blocks = [Block(text, 0), Block(text, 1, facts=MAIN)]
    assert np.isfinite(facts(blocks, Meta())[0]).all()


def test_words_of_classes_are_columns() -> None:
    sets = [frozenset({"share", "bar"}), frozenset(), frozenset({"share", "bar"}), frozenset({"lead"})]
    assert class_facts(sets, ["bar", "lead"]).tolist() == [[1, 0], [0, 0], [1, 0], [0, 1]]
