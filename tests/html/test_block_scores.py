"""The block scorer's weights: they ask for facts that are there, and say the same each time."""

import pytest
from html_page import ONE, THREE, TITLE, TWO, extract, page_of, paragraphs

from cleaners.html.block_facts import names
from cleaners.html.block_scores import LOOKS, evidence, fact_names, scores
from cleaners.html.block_second import second_names
from cleaners.scoring.trees import models


def test_the_weights_go_with_the_facts() -> None:
    for first, second in LOOKS.values():
        count = len(names()) + len(models("blocks")[first]["classes"])
        for look, more in ((first, 0), (second, len(second_names()))):
            assert max(_facts_of(tree) for tree in models("blocks")[look]["trees"]) < count + more
        assert models("blocks")[first]["facts"] == list(names())


def _facts_of(tree: object) -> int:
    return max(tree[0], _facts_of(tree[2]), _facts_of(tree[3])) if isinstance(tree, list) else -1


def test_a_page_is_scored_the_same_each_time() -> None:
    page = extract(page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE)}"))
    assert scores(page.blocks, page.meta) == scores(page.blocks, page.meta)


def test_the_evidence_is_of_the_scores() -> None:
    page = extract(page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE)}"))
    kind, logits = scores(page.blocks, page.meta)
    looks = evidence(page.blocks, page.meta)
    for block in page.blocks:
        block.label("body", "changed")
    places = [len(page.blocks) - 1, 0]
    for place, (of_page, first, last) in zip(places, looks(places), strict=True):
        assert ((first.model, last.model), of_page.model) == (LOOKS[kind], "page")
        assert last.logit == pytest.approx(logits[place], abs=1e-9)
        for look in (of_page, first, last):
            assert look.base + sum(reason.weight for reason in look.reasons) == pytest.approx(look.logit, abs=1e-9)


def test_every_fact_has_a_name_of_its_own() -> None:
    for first, _ in LOOKS.values():
        assert fact_names(first)[: len(names())] == names()
        assert len({*fact_names(first)}) == len(fact_names(first))
