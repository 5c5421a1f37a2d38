"""Facts of blocks: numbers under names, the same for every page."""

import numpy as np
import pytest
from html_page import ONE, THREE, TITLE, TWO, extract, page_of, paragraphs

from cleaners import Block
from cleaners.html.block_facts import class_facts, facts, names, second_facts, second_names
from cleaners.page import Facts, Meta

MAIN = Facts(("main", "article", "p"), frozenset(), frozenset(), 0.0, 0.0, False, True, inside=(1, 2, 3))


def test_facts_are_numbers_under_names() -> None:
    page = extract(page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE)}"))
    seen, build = facts(page.blocks, page.meta)
    assert seen.shape == (len(page.blocks), len(names())) and np.isfinite(seen).all()
    assert len(set(names())) == len(names())
    again = second_facts(build, [0.0] * len(page.blocks))
    assert again.shape == (len(page.blocks), len(second_names())) and np.isfinite(again).all()
    at = next(n for n, b in enumerate(page.blocks) if b.raw == TWO)
    told = dict(zip(names(), seen[at], strict=True))
    assert told["is_p"] == told["in_article"] == told["ends"] == told["prose"] == told["kept"] == told["share"] == 1.0
    assert told["links"] == told["in_li"] == told["is_heading"] == 0.0 and told["kept-1"] == told["kept+1"] == 1.0


@pytest.mark.parametrize("text", ["", "\U0001f600", "船は九時に出た。", "\ud800", "a\nb"])
def test_facts_of_odd_blocks_are_finite(text: str) -> None:
    blocks = [Block(text, 0), Block(text, 1, facts=MAIN)]
    assert np.isfinite(facts(blocks, Meta())[0]).all()


def test_words_of_classes_are_columns() -> None:
    sets = [frozenset({"share", "bar"}), frozenset(), frozenset({"share", "bar"}), frozenset({"lead"})]
    assert class_facts(sets, ["bar", "lead"]).tolist() == [[1, 0], [0, 0], [1, 0], [0, 1]]
