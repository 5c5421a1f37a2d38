"""What speaks for and against a line as the title."""

from cleaners import Block, Cleaner, Page
from cleaners.text.front_lines import Head
from cleaners.text.title_facts import NAMES, facts

BODY = "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring."


def said(cleaner: Cleaner, *lines: str) -> list[dict[str, float]]:
    blocks = [Block(line, n) for n, line in enumerate((*lines, BODY))]
    head = Head(Page("text", blocks), blocks, cleaner.matcher)
    rows = facts(head, range(len(lines)), len(lines), len(lines))
    return [dict(zip(NAMES, row, strict=True)) for row in rows]


def test_each_line_has_all_facts_and_they_are_its_own(cleaner: Cleaner) -> None:
    menu, title, by = said(cleaner, "Home › News › Lindow council votes", "Lindow council votes", "By Ada Quill")
    assert (menu["path"], menu["path_to"], title["path"], title["repeated"]) == (1, 1, 0, 1)
    assert (menu["to_text"], title["to_text"], by["to_text"]) == (3, 2, 1)
    assert (title["byline_below"], title["byline_above"], menu["byline_below"]) == (1, 20, 2)
    assert title["cores_of_most"] == 1 and title["cores_rank"] < by["cores_rank"]


def test_what_the_article_says_is_found_inside_its_words(cleaner: Cleaner) -> None:
    near, far = said(cleaner, "Bridges closed in spring", "Recipes with plums")
    assert near["cores"] > far["cores"] == 0 and near["opening"] >= 1


def test_a_neighbour_has_a_kind_and_a_width(cleaner: Cleaner) -> None:
    first, second = said(cleaner, "Lindow council votes", "3 May 2021")
    assert (first["kind_above"], first["kind_below"], first["date_below"]) == (5, 2, 1)
    assert (second["text_below"], first["text_below"], second["width_above"]) == (1, 0, 20)
