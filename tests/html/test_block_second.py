"""The facts of the block scorer's second look."""

import numpy as np
from html_page import ONE, THREE, TITLE, TWO, extract, page_of, paragraphs

from cleaners.html.block_facts import facts
from cleaners.html.block_second import LOGIT_LIMIT, second_facts, second_names


def test_they_are_numbers_under_names() -> None:
    page = extract(page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE)}"))
    _, structure = facts(page.blocks, page.meta)
    rows = second_facts(structure, [0.0] * len(page.blocks))
    assert rows.shape == (len(page.blocks), len(second_names())) and np.isfinite(rows).all()
    assert len(set(second_names())) == len(second_names())


def test_what_the_first_look_says_of_the_neighbours_is_a_fact() -> None:
    page = extract(page_of(paragraphs(ONE, TWO, THREE)))
    logits = [float(n) for n in range(len(page.blocks))]
    _, structure = facts(page.blocks, page.meta)
    above = second_facts(structure, logits)[:, second_names().index("logit-1")]
    assert above.tolist() == [-LOGIT_LIMIT, *np.clip(logits[:-1], -LOGIT_LIMIT, LOGIT_LIMIT)]
