"""What the lines around a title are, where nothing in them says so."""

import pytest

from cleaners import Cleaner
from cleaners.scoring.trees import models
from cleaners.text.front_lines import Head
from cleaners.text.front_roles import ROLES, SCORER, asked_about, chances

TITLE = "Lindow council votes to close the bridge"
BODY = [
    "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring.",
    "Workers will take up the deck in March, said the harbour master, and nobody expects the ferry to fill the gap.",
    "The bridge was opened in 1903 and has been mended eleven times since, most of them in the week before Easter.",
]


def head_of(cleaner: Cleaner, lines: list[str]) -> Head:
    page = cleaner.label("\n".join(lines))
    return Head(page, page.blocks, cleaner.matcher.for_page())


def test_each_line_that_is_asked_about_has_a_chance_of_every_role(cleaner: Cleaner) -> None:
    foot = ["Ada Quill", "Share", "Menu", "Log in", "About"]
    head = head_of(cleaner, ["Home", "Bridges", TITLE, "Ada Quill", "3 May 2021", *BODY, *foot])
    places = asked_about(head, 2, 5)
    assert places == [0, 1, 3, 4, 5, 8, 9, 10, 11]  # the head with the first line of the text, and four below it
    found = chances(head, 2, 5)
    assert list(found) == places
    assert all(set(said) == set(ROLES) and all(0 < x < 1 for x in said.values()) for said in found.values())


def test_nothing_is_asked_about_a_title_that_stands_alone(cleaner: Cleaner) -> None:
    head = head_of(cleaner, [TITLE])
    assert chances(head, 0, 0) == {}


def test_the_models_are_those_of_the_roles() -> None:
    assert models(SCORER).keys() == set(ROLES)


CAPTIONS = [
    "The bridge at low tide, seen from the harbour wall. Photo: Lena Voss",
    "The bridge at low tide (Lena Voss)",
]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_picture_below_the_head_is_no_text(cleaner: Cleaner, caption: str) -> None:
    (article,) = cleaner.clean("\n".join([TITLE, "By Ada Quill", "3 May 2021", caption, *BODY]))
    assert (article.title, article.authors) == (TITLE, ("Ada Quill",))
    assert caption not in article.text
    assert [line for line in BODY if line not in article.text] == []


def test_the_clock_of_a_player_is_no_date(cleaner: Cleaner) -> None:
    lines = [TITLE, "By Ada Quill", "3 May 2021", "Listen to this article", "0:00 / 3:41", *BODY]
    page = cleaner.label("\n".join(lines))
    assert {b.text: b.role for b in page.blocks}["0:00 / 3:41"] == "chrome"
    assert cleaner.clean("\n".join(lines))[0].published == "2021-05-03"


def test_a_name_below_the_text_signs_it_only_where_nobody_does_above(cleaner: Cleaner) -> None:
    (article,) = cleaner.clean("\n".join([TITLE, "By Ada Quill", "3 May 2021", *BODY, "Bo Marsh"]))
    assert article.authors == ("Ada Quill",)
    assert "Bo Marsh" in article.text
