"""Boosted trees as data: what a row of facts is given, and that the trees ask only for facts that there are."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.scoring.trees import MOST_LEAVES, Model, ask_all, laid_out, models, table
from cleaners.text import front_title, line_scores
from cleaners.text.line_scores import AGAIN
from cleaners.text.title_facts import NAMES as TITLE_FACTS


def ask(model: Model, row: Sequence[float]) -> float:
    """What a row is given, one tree after the other."""
    total: float = model["base"]
    for tree in model["trees"]:
        while isinstance(tree, list):
            tree = tree[2] if row[tree[0]] <= tree[1] else tree[3]
        total += tree
    return total


MODEL: Model = {"base": 0.5, "trees": [[0, 1.0, -1.0, [1, 5.0, 2.0, 3.0]], 0.25]}


@pytest.mark.parametrize(
    ("row", "logit"), [((0.0, 9.0), -0.25), ((1.0, 9.0), -0.25), ((1.1, 5.0), 2.75), ((2.0, 5.1), 3.75)]
)
def test_a_row_gets_the_sum_of_one_leaf_a_tree(row: tuple[float, ...], logit: float) -> None:
    assert ask(MODEL, row) == logit
    assert ask_all(laid_out(MODEL), np.array([row])) == pytest.approx([logit])


SCORERS = [
    (line_scores.SCORER, "first", len(line_scores.NAMES) - len(AGAIN)),
    (line_scores.SCORER, "second", len(line_scores.NAMES)),
    (front_title.SCORER, front_title.SCORER, len(TITLE_FACTS)),
]


@pytest.mark.parametrize(("scorer", "model", "count"), SCORERS)
def test_the_weights_ask_for_no_fact_that_is_not_there(scorer: str, model: str, count: int) -> None:
    assert models(scorer).keys() == {name for each, name, _ in SCORERS if each == scorer}
    asked, left = set[int](), list(models(scorer)[model]["trees"])
    while left:
        if isinstance(tree := left.pop(), list):
            asked.add(tree[0])
            left += tree[2:]
    assert asked <= set(range(count)) and len(asked) > count / 2


FACT = st.floats(-9, 9, width=16)
TREES = st.recursive(
    st.floats(-2, 2).map(lambda x: round(x, 4)),
    lambda tree: st.tuples(st.integers(0, 3), FACT, tree, tree).map(list),
    max_leaves=12,
)


@given(st.lists(TREES, min_size=1, max_size=40), st.lists(st.tuples(*[FACT] * 4), max_size=9))
def test_many_rows_at_once_get_what_each_gets_alone(trees: list[object], rows: list[tuple[float, ...]]) -> None:
    model: Model = {"base": -0.5, "trees": trees}
    found = ask_all(laid_out(model), np.array(rows, dtype=np.float64).reshape(-1, 4))
    assert found == pytest.approx([ask(model, row) for row in rows], abs=1e-9)


@pytest.mark.parametrize(("scorer", "model", "count"), SCORERS)
def test_the_weights_give_the_same_for_many_rows_and_for_one(scorer: str, model: str, count: int) -> None:
    dice, trees = np.random.default_rng(5), table(scorer, model)
    rows = np.zeros((50, count))
    for fact in np.unique(trees.facts):
        thresholds = trees.thresholds[(trees.facts == fact) & np.isfinite(trees.thresholds)]
        rows[:, fact] = dice.choice(np.concatenate([thresholds, thresholds + 1e-6, [-1e9, 1e9]]), 50)
    one_by_one = [ask(models(scorer)[model], row) for row in rows.tolist()]
    assert ask_all(trees, rows) == pytest.approx(one_by_one, abs=1e-9)


def test_a_tree_of_too_many_leaves_is_refused() -> None:
    tree: object = 0.0
    for n in range(MOST_LEAVES):
        tree = [0, float(n), 1.0, tree]
    with pytest.raises(ValueError, match="leaves"):
        laid_out({"base": 0.0, "trees": [tree]})
