"""Boosted trees as data: what a row of facts is given, and that the trees ask only for facts that there are."""

import pytest

from cleaners.scoring.trees import Model, ask, models
from cleaners.text.line_facts import AROUND, BESIDE, OWN, RULED
from cleaners.text.line_scores import AGAIN, MODELS

MODEL: Model = {"base": 0.5, "trees": [[0, 1.0, -1.0, [1, 5.0, 2.0, 3.0]], 0.25]}


@pytest.mark.parametrize(
    ("row", "logit"), [((0.0, 9.0), -0.25), ((1.0, 9.0), -0.25), ((1.1, 5.0), 2.75), ((2.0, 5.1), 3.75)]
)
def test_a_row_gets_the_sum_of_one_leaf_a_tree(row: tuple[float, ...], logit: float) -> None:
    assert ask(MODEL, row) == logit


def test_the_weights_ask_for_no_fact_that_is_not_there() -> None:
    facts = len((*OWN, *RULED, *AROUND, *BESIDE))
    assert models(MODELS).keys() == {"first", "second"}
    for name, count in (("first", facts), ("second", facts + len(AGAIN))):
        asked, left = set[int](), list(models(MODELS)[name]["trees"])
        while left:
            if isinstance(tree := left.pop(), list):
                asked.add(tree[0])
                left += tree[2:]
        assert asked <= set(range(count)) and len(asked) > count / 2
