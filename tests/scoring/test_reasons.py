"""How much each fact moves the logit of a row."""

import json
from collections.abc import Sequence
from math import fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.html.block_scores import LOOKS, fact_names
from cleaners.html.block_scores import MEANINGS as BLOCKS
from cleaners.html.page_kind import PAGE, page_names
from cleaners.scoring.reasons import COVERS, Look, annotated, contributions, leaves, look
from cleaners.scoring.trees import Model, ask_all, laid_out, models, table
from cleaners.text.line_scores import MEANINGS as LINES
from cleaners.text.line_scores import NAMES, SCORER

MODEL: Model = {"base": 0.5, "trees": [[0, 1.0, -1.0, [1, 5.0, 2.0, 3.0]], 0.25]}


@pytest.mark.parametrize(
    ("covers", "base", "weights"),
    [
        ([[2, 2, 2], [7]], 0.5 + 4 / 3 + 0.25, {0: 2.5 - 4 / 3, 1: 0.5}),
        ([[6, 1, 3], [10]], 0.5 + 0.5 + 0.25, {0: 2.75 - 0.5, 1: 0.25}),
    ],
)
def test_a_test_has_the_difference_of_the_means_around_it(
    covers: Sequence[Sequence[int]], base: float, weights: dict[int, float]
) -> None:
    found, moved = contributions(*annotated(MODEL, covers), (2.0, 6.0))
    assert found == pytest.approx(base)
    assert moved == pytest.approx(weights)


@pytest.mark.parametrize("covers", [[[1, 1, 1]], [[1, 1], [1]], [[1, 1, 1, 1], [1]]])
def test_covers_of_other_trees_are_refused(covers: Sequence[Sequence[int]]) -> None:
    with pytest.raises(ValueError, match="other trees"):
        annotated(MODEL, covers)


FACT = st.floats(-9, 9, width=16)
TREES = st.recursive(
    st.floats(-2, 2).map(lambda x: round(x, 4)),
    lambda tree: st.tuples(st.integers(0, 3), FACT, tree, tree).map(list),
    max_leaves=12,
)


@given(st.data(), st.lists(TREES, min_size=1, max_size=30), st.tuples(*[FACT] * 4))
def test_the_weights_add_up_to_the_logit_less_the_base(
    data: st.DataObject, trees: list[object], row: tuple[float, ...]
) -> None:
    covers = [data.draw(st.lists(st.integers(1, 99), min_size=n, max_size=n)) for n in map(leaves, trees)]
    model: Model = {"base": -0.5, "trees": trees}
    (logit,) = ask_all(laid_out(model), np.array([row]))
    base, weights = contributions(*annotated(model, covers), row)
    assert base + fsum(weights.values()) == pytest.approx(logit, abs=1e-9)


SCORERS = [
    *((SCORER, model, NAMES, LINES) for model in ("first", "second")),
    *(("blocks", model, fact_names(both[0]), BLOCKS) for both in LOOKS.values() for model in both),
    ("blocks", PAGE, page_names(), BLOCKS),
]


@pytest.mark.parametrize(
    ("scorer", "model", "facts", "words"), SCORERS, ids=lambda each: each if isinstance(each, str) else ""
)
def test_so_do_those_of_the_scorers_with_every_fact_by_its_name(scorer, model, facts, words) -> None:  # type: ignore[no-untyped-def]
    dice, trees = np.random.default_rng(7), table(scorer, model)
    rows = np.zeros((20, len(facts)))
    for fact in np.unique(trees.facts):
        thresholds = trees.thresholds[(trees.facts == fact) & np.isfinite(trees.thresholds)]
        rows[:, fact] = dice.choice(np.concatenate([thresholds, thresholds + 1e-6]), 20)
    for row, logit in zip(rows, ask_all(trees, rows), strict=True):
        found = look(scorer, model, facts, words, row.tolist(), 0.25)
        assert isinstance(found, Look) and found.logit == pytest.approx(logit + 0.25, abs=1e-9)
        assert found.base + fsum(reason.weight for reason in found.reasons) == pytest.approx(found.logit, abs=1e-9)
        assert all(fsum(w for _, w in r.facts) == pytest.approx(r.weight, abs=1e-9) for r in found.reasons)
        asked = [name for reason in found.reasons for name, _ in reason.facts]
        assert len(asked) == len({*asked}) <= len(facts)
        sizes = [abs(reason.weight) for reason in found.reasons]
        assert sizes == sorted(sizes, reverse=True)


def test_the_covers_are_of_the_scorers_trees() -> None:
    """Where they are not, since weights were trained again: tests/benchmarks/covers.py."""
    covers = json.loads(COVERS.read_text(encoding="utf-8"))
    assert covers.pop("made")["by"] == "tests/benchmarks/covers.py"
    assert {(scorer, model) for scorer, each in covers.items() for model in each} == {each[:2] for each in SCORERS}
    for scorer, model, *_ in SCORERS:
        annotated(models(scorer)[model], covers[scorer][model])


def test_reasons_for_and_against_are_told_apart() -> None:
    found = look(SCORER, "second", NAMES, LINES, [0.0] * len(NAMES))
    assert len(found.strongest(-1, 3)) == 3 and all(reason.weight < 0 for reason in found.strongest(-1, 3))
    assert all(reason.weight > 0 for reason in found.strongest(1, 99))
    assert len(found.strongest(1, 999)) + len(found.strongest(-1, 999)) == len(found.reasons)
    assert found.chance == pytest.approx(1 / (1 + np.exp(-found.logit)))
