"""An extractor's lines found again in the blocks of the page."""

import pytest
from html_page import ONE, THREE, TWO
from hypothesis import given
from hypothesis import strategies as st

from cleaners.html import align as align_module
from cleaners.html.align import align


def shares(texts: list[str], lines: list[str], likely: list[bool] | None = None) -> list[float]:
    return align(texts, lines, likely or [True] * len(texts)).shares


def test_lines_that_equal_blocks_are_found() -> None:
    assert shares(["Menu", ONE, "Ad", TWO], [ONE, TWO]) == [0, 1, 0, 1]


def test_marks_spaces_and_case_do_not_matter() -> None:
    texts = ["Name | Age", "so\u00adft \u201chyphens\u201d", "Item"]
    assert shares(texts, ["| Name | Age |", '"soft" hyphens', "- item"]) == [1, 1, 1]


def test_blocks_that_were_merged_or_split_are_found() -> None:
    assert shares(["Menu", ONE, TWO, "Ad"], [f"{ONE} {TWO}"]) == [0, 1, 1, 0]
    assert shares(["Menu", f"{ONE} {TWO}", "Ad"], [ONE, TWO]) == [0, 1, 0]


def test_a_block_found_in_part_has_its_share() -> None:
    assert shares([f"{ONE} {TWO}"], [ONE])[0] == pytest.approx(len(ONE.split()) / len(f"{ONE} {TWO}".split()), abs=0.02)


def test_of_equal_blocks_the_one_beside_its_neighbours_is_found() -> None:
    code = ["boat = Boat()", "boat.leave()"]
    assert shares([ONE, *code, TWO, *code, THREE], [ONE, TWO, *code, THREE]) == [1, 0, 0, 1, 1, 1, 1]


def test_of_equal_blocks_the_likely_one_is_found() -> None:
    assert shares(["Soup", "Soup", ONE], ["Soup", ONE], [False, True, True]) == [0, 1, 1]


def test_lines_in_another_order_are_found() -> None:
    assert shares([ONE, TWO, THREE], [THREE, ONE, TWO]) == [1, 1, 1]


def test_lines_that_are_in_no_block_are_told() -> None:
    assert align([ONE], [ONE, TWO], [True]).unfound == [1]


ROWS = ["Mon", "Closed", "ferry to Orrin", "Tue", "Closed", "ferry to Orrin", "Wed", "9:30 AM", "ferry to Lin"]


def test_a_line_that_is_a_table_of_many_blocks_is_found_where_a_line_behind_it_is_too() -> None:
    behind = "Ring, and wait at the door."
    assert shares([*ROWS, "Ad", behind], [behind, " | ".join(ROWS)]) == [1.0] * 9 + [0, 1]


def test_a_table_that_stands_twice_is_found_once_for_each_line() -> None:
    table = " | ".join(ROWS)
    once, twice = (shares(["Hours", *ROWS, "Then", *ROWS], lines) for lines in ([table], [table, "Hours", table]))
    assert (sum(once[1:10]), sum(once[11:])) == (9, 0)
    assert (sum(twice[1:10]), sum(twice[11:])) == (9, 9)


def test_a_line_of_which_little_stands_on_the_page_marks_no_block() -> None:
    hidden = "The keeper wrote that her ship had sunk with all the mail of that winter aboard it"
    found = align(["Hours", *ROWS], ["Hours", hidden], [True] * 10)
    assert (found.shares[1:], found.unfound) == ([0.0] * 9, [1])


def test_many_rows_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    ascending = align_module._ascending
    monkeypatch.setattr(align_module, "_ascending", lambda pairs: compared.append(len(pairs)) or ascending(pairs))
    lines = [f"word word word word word {' '.join(f'x{n}y{k}' for k in range(7))}" for n in range(5_000)]
    align(["word word word word word no"] * 5_000, lines, [True] * 5_000)
    assert 0 < sum(compared) <= align_module.MOST_PAIRS


def test_many_equal_lines_cost_little() -> None:
    lines = ["word word word word"] * 20_000
    assert sum(shares(lines, lines)) > 19_000


@given(st.lists(st.text(max_size=20), max_size=12), st.lists(st.text(max_size=20), max_size=12))
def test_any_lines_give_a_share_for_each_block(texts: list[str], lines: list[str]) -> None:
    found = align(texts, lines, [True] * len(texts))
    assert len(found.shares) == len(texts)
    assert all(0 <= share <= 1 for share in found.shares)


@given(st.lists(st.sampled_from("abcdefgh"), max_size=30), st.sets(st.integers(0, 29)))
def test_a_selection_of_blocks_in_order_is_found_again(words: list[str], chosen: set[int]) -> None:
    texts = [f"{word} {n} block" for n, word in enumerate(words)]
    lines = [text for n, text in enumerate(texts) if n in chosen]
    assert shares(texts, lines) == [float(n in chosen) for n in range(len(texts))] if texts else True
