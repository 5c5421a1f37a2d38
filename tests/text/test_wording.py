"""Whether lines say the same word for word."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.text.wording import ALIKE, GAP, common_parts, holders, starts_of, wording

LONG = "He looked up. “We shall keep the gate open until the last boat is in,” said the warden. Then he left us."


def held(said: str, *texts: str) -> list[int]:
    lines = dict(enumerate(map(wording, texts)))
    return [*holders(wording(said), lines, starts_of(lines.items()))]


def test_a_line_has_words_and_parts() -> None:
    line = wording("Ada: “Go on … please.” (Now) – 3.5")
    assert line.words == ["ada", "go", "on", "please", "now", "3", "5"]
    assert line.bounds == [0, 1, 3, 4, 5, 6, 7]
    assert line.dots == [3]


@pytest.mark.parametrize(
    "said",
    [
        "We shall keep the gate open until the last boat is in",
        "WE SHALL KEEP the gate open – until the last boat is in!",
        "He looked up. We shall keep the gate open until the last boat is in.",  # two parts of it
        "We shall keep the gate … the last boat is in",
        "We shall keep the gate open …",
    ],
)
def test_a_line_holds_what_it_says_from_the_beginning_of_a_part_to_the_end_of_one(said: str) -> None:
    assert held(said, "The warden was tired, and so were we.", LONG) == [1]


@pytest.mark.parametrize(
    "said",
    [
        "shall keep the gate open until the last boat is in",  # begins inside a part
        "We shall keep the gate open until the last boat",  # ends inside one
        "We shall keep the gate open until the last ship is in",
        "We shall keep the gate shut … the last boat is in",
        "We shall …",  # too little to look it up
        LONG,  # says no more
    ],
)
def test_it_holds_nothing_else(said: str) -> None:
    assert held(said, LONG) == []


def test_an_ellipsis_does_not_stand_for_any_number_of_words() -> None:
    for count, found in ((GAP - 5, [0]), (GAP + 5, [])):
        text = f"Nobody at all had seen {'it ' * count}coming down the road. So we went home."
        assert held("Nobody at all had seen … coming down the road.", text) == found


def test_common_parts_are_whole_in_both_lines() -> None:
    lines = {7: wording("The gate at dawn in March. Photo: Ada Quill/AP")}
    found = common_parts(wording("Photo: Ada Quill – The gate at dawn in March"), lines, starts_of(lines.items()))
    assert [(n, [*same]) for n, same in found] == [(7, [*range(3, 9)])]


@given(st.text(string.ascii_letters + " .,:…“”–।。、門開", max_size=80))
def test_bounds_are_in_order_and_inside_the_line(text: str) -> None:
    line = wording(text)
    assert line.bounds == sorted({*line.bounds})
    assert line.bounds[0] == 0 and line.bounds[-1] == len(line.words)
    assert {*line.dots} <= {*line.bounds}


def test_what_is_said_a_thousand_times_is_compared_a_few_times() -> None:
    lines = {n: wording(LONG) for n in range(1000)}
    starts = starts_of(lines.items())
    assert max(map(len, starts.values())) == ALIKE
