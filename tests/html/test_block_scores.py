"""The block scorer's weights: they ask for facts that are there, and say the same each time."""

from html_page import ONE, THREE, TITLE, TWO, extract, page_of, paragraphs

from cleaners.html.block_facts import names
from cleaners.html.block_scores import LOOKS, scores
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
