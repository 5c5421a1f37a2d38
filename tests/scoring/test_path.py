"""The best path: in or out, line by line, where each step costs."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.scoring.path import best_path


@pytest.mark.parametrize(
    ("values", "inside"),
    [
        ([], ""),
        ([3, 3, 3], "+++"),
        ([1], "."),  # not worth the steps in and out
        ([-5, 3, -1, 3, -5], ".+++."),  # one line in doubt between two that are sure
        ([4, 4, -5, -5, 4, 4], "++..++"),
    ],
)
def test_lines_go_with_those_around_them(values: list[float], inside: str) -> None:
    assert best_path(values, 2.0) == [mark == "+" for mark in inside]


@given(st.lists(st.integers(-9, 9), max_size=8), st.integers(0, 6))
def test_no_path_is_worth_more(values: list[int], stiff: int) -> None:
    def worth(path: tuple[bool, ...]) -> int:
        steps = sum(a != b for a, b in pairwise((False, *path, False)))
        return sum(v if inside else -v for v, inside in zip(values, path, strict=True)) - stiff * steps

    found = best_path(values, stiff)
    assert worth(tuple(found)) == max(map(worth, product((False, True), repeat=len(values))))
