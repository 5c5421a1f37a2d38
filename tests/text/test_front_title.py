"""Which line of a head is taken for the title."""

import pytest

from cleaners import Block, Cleaner, Page
from cleaners.text.front_lines import Head
from cleaners.text.front_title import cut_site, title_of

TITLE = "Lindow council votes to close the bridge"
BODY = "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring."


def head_of(cleaner: Cleaner, *lines: str) -> Head:
    blocks = [Block(line, n) for n, line in enumerate((*lines, BODY))]
    return Head(Page("text", blocks), blocks, cleaner.matcher)


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ((TITLE, "By Ada Quill"), 0),
        (("Bridges", TITLE, "By Ada Quill"), 1),
        (("Home › News › Lindow council votes to close the bridge", TITLE), 1),
        (("Home > News > Lindow council", "By Ada Quill"), None),  # a path
        (("08:15 The harbour opens again in spring", TITLE, "By Ada Quill"), 1),  # of a ticker
        ((TITLE,), None),  # no byline, no date, and no line that says it again
    ],
)
def test_the_line_for_which_most_speaks(cleaner: Cleaner, lines: tuple[str, ...], place: int | None) -> None:
    assert title_of(head_of(cleaner, *lines), len(lines), None) == place


def test_the_name_of_the_site_is_cut_off_where_a_bar_or_another_line_tells(cleaner: Cleaner) -> None:
    for line, *others in (
        (f"{TITLE} | The Post",),
        (f"{TITLE} - The Post", "The Post"),
        (f"{TITLE} - the whole story",),
    ):
        head = head_of(cleaner, *others, line)
        cut_site(head, len(others))
        assert head.blocks[len(others)].text == (line if "whole story" in line else TITLE)
