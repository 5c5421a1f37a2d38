"""Lines that stand twice in a row."""

import pytest

from cleaners import Block, Page
from cleaners.matching.match import compile_rules
from cleaners.matching.ruleset import RuleSet
from cleaners.page import Role
from cleaners.text.duplicates import duplicates

QUOTE = "“Nobody told us that the bridge would close,” she said."
OTHER = "Workers will take up the deck in March, said the harbour master."


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([QUOTE, QUOTE, OTHER], [QUOTE, OTHER]),
        ([QUOTE, QUOTE, QUOTE], [QUOTE]),
        ([QUOTE, OTHER, QUOTE], [QUOTE, OTHER, QUOTE]),
        ([QUOTE, QUOTE.upper()], [QUOTE, QUOTE.upper()]),
        (["What a day!", "What a day!"], ["What a day!", "What a day!"]),  # a refrain
        (["1 2 3 4 5 " * 5] * 2, ["1 2 3 4 5 " * 5] * 2),  # rows of a table
    ],
)
def test_the_second_of_two_neighbours_goes(lines: list[str], kept: list[str]) -> None:
    page = labelled([("body", line) for line in lines])
    assert [block.text for block in page.kept()] == kept
    assert {block.by for block in page.blocks if not block.kept} <= {"duplicates.adjacent"}


def test_what_was_lifted_or_taken_out_between_them_does_not_part_them() -> None:
    for between in ("caption", "chrome"):
        page = labelled([("body", QUOTE), (between, "Picture: Tom Ferro"), ("body", QUOTE)])
        assert [block.role for block in page.blocks] == ["body", between, "chrome"]


def test_a_caption_s_copy_goes_where_the_caption_is_lifted() -> None:
    assert [block.role for block in labelled([("caption", OTHER), ("body", OTHER)]).blocks] == ["caption", "chrome"]


def labelled(lines: list[tuple[Role, str]]) -> Page:
    page = Page("text", [Block(text, number, role=role) for number, (role, text) in enumerate(lines)])
    duplicates(page, compile_rules(RuleSet(())))
    return page
