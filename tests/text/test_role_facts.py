"""What speaks for and against a line of a head, as numbers with names."""

from cleaners import Cleaner
from cleaners.text.front_lines import Head
from cleaners.text.role_facts import NAMES, facts

TITLE = "Lindow council votes to close the bridge"
LINES = [
    "Home",
    TITLE,
    "Text: Ada Quill",
    "Bo Marsh",
    "3 May 2021, 08:30",
    "The bridge at low tide (Bo Marsh)",
    "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring.",
    "Workers will take up the deck in March, said Ada Quill, and nobody expects the ferry to fill the gap at all.",
    "The bridge was opened in 1903 and has been mended eleven times since, most of them in the week before Easter.",
    "Cara Lund",
]
START, LAST = 6, 8


def row(cleaner: Cleaner, n: int) -> dict[str, float]:
    page = cleaner.label("\n".join(LINES))
    (found,) = facts(Head(page, page.blocks, cleaner.matcher.for_page()), [n], 1, START)
    assert len(found) == len(NAMES)
    return dict(zip(NAMES, found, strict=True))


def test_where_a_line_stands(cleaner: Cleaner) -> None:
    above, below, foot = row(cleaner, 0), row(cleaner, 4), row(cleaner, 9)
    assert (above["to_title"], above["above_title"], above["to_text"]) == (-1, 1, 6)
    assert (below["to_title"], below["above_title"], below["to_text"]) == (3, 0, 2)
    assert (above["below_text"], below["below_text"], foot["below_text"]) == (-1, -1, 1)


def test_what_a_line_says(cleaner: Cleaner) -> None:
    signed, name, day = row(cleaner, 2), row(cleaner, 3), row(cleaner, 4)
    assert (signed["signed"], signed["signs_itself"], signed["label"]) == (1, 1, 1)
    assert (name["name"], name["signs_itself"], name["dated"]) == (1, 0, 0)
    assert (day["dated"], day["a_date"], day["clock"], day["year"]) == (1, 1, 1, 1)


def test_where_else_a_name_stands(cleaner: Cleaner) -> None:
    assert row(cleaner, 2)["in_prose"] == 1  # Ada Quill is written about
    assert row(cleaner, 3)["in_prose"] == 0
    assert row(cleaner, 3)["inside"] == 1  # the caption names Bo Marsh
