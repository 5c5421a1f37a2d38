"""What each line of a head is."""

import pytest

from cleaners import Block, Cleaner, Page
from cleaners.text.front_lines import Head, unknown_lines

KINDS = {
    "By Ada Quill": "byline",
    "Ada Quill — Monday, 3 May 2021, 08:30": "byline",
    "3 May 2021 · by Ada Quill · in Bridges · 6 comments": "byline",
    "3 May 2021": "date",
    "Share on Facebook": "settled",
    "Lindow council votes to close the bridge": "",
}


@pytest.mark.parametrize("line", KINDS)
def test_a_line_is_of_a_kind_by_what_it_says(cleaner: Cleaner, line: str) -> None:
    blocks = [Block(line, 0)]
    assert Head(Page("text", blocks), blocks, cleaner.matcher).kind(0) == KINDS[line]


def test_what_another_stage_took_out_is_settled_and_what_a_scorer_took_out_is_not(cleaner: Cleaner) -> None:
    blocks = [Block("Lindow and the sea", n) for n in range(3)]
    blocks[0].label("chrome", "duplicates.adjacent")
    blocks[1].label("chrome", "residue.line")
    head = Head(Page("text", blocks), blocks, cleaner.matcher)
    assert [head.kind(n) for n in range(3)] == ["settled", "", ""]
    assert unknown_lines(head, 0, 3) == [2]


def test_a_line_that_the_user_allows_is_no_part_of_a_head(cleaner: Cleaner) -> None:
    block = Block("By Ada Quill", 0, allowed=True)
    assert Head(Page("text", [block]), [block], cleaner.matcher).kind(0) == "settled"
