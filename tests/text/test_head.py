"""The head of an article in text: kicker, title, standfirst, byline, date, and what is left between them."""

import pytest

from cleaners import Block, Page
from cleaners.matching.match import compile_rules
from cleaners.matching.ruleset import RuleSet
from cleaners.page import Facts
from cleaners.text.head import head

TITLE = "Lindow council votes to close the bridge"
STANDFIRST = "Residents of Lindow learnt of it in a letter."
PROSE = [
    "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring.",
    "Workers will take up the deck in March, said the harbour master, and nobody expects the ferry to fill the gap.",
]


def roles(*lines: str) -> list[str]:
    page = Page("text", [Block(line, number) for number, line in enumerate((*lines, *PROSE))])
    head(page, compile_rules(RuleSet(())))
    assert [block.role for block in page.blocks[-len(PROSE) :]] == ["body"] * len(PROSE)
    return [block.role for block in page.blocks[: len(lines)]]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([TITLE], "title"),
        (["Bridges", TITLE], "kicker title"),
        ([TITLE, "3 May 2021"], "title date"),
        ([TITLE, "Ada Quill", "3 May 2021"], "title byline date"),
        ([TITLE, STANDFIRST, "3 May 2021"], "title standfirst date"),
        (["Bridges", TITLE, STANDFIRST], "kicker title standfirst"),
        ([TITLE, "3 May 2021", "Tram drivers walk out over pay"], "title date chrome"),
    ],
)
def test_heads(lines: list[str], found: str) -> None:
    assert roles(*lines) == found.split()


@pytest.mark.parametrize(
    "lines",
    [
        ["Where is the cat?"],  # a question that the prose does not take up
        ["Plums", "Rum", "Flour", "Butter"],  # a list
        ["It rained."],
        ["He laughed. She did not"],
    ],
)
def test_lines_that_are_no_title_stay(lines: list[str]) -> None:
    assert roles(*lines) == ["body"] * len(lines)


def test_a_head_needs_prose_below_it() -> None:
    page = Page("text", [Block(TITLE, 0), Block("Ada Quill", 1)])
    head(page, compile_rules(RuleSet(())))
    assert [block.role for block in page.blocks] == ["body", "body"]


def test_where_the_page_has_marked_its_title_a_line_like_one_is_the_standfirst() -> None:
    page = Page("text", [Block(line, number) for number, line in enumerate(["Bridge shut", TITLE, *PROSE])])
    page.blocks[0].label("title", "extract.title")
    head(page, compile_rules(RuleSet(())))
    assert [block.role for block in page.blocks] == ["title", "standfirst", "body", "body"]


@pytest.mark.parametrize(("between", "found"), [([], "title body"), (["3 May 2021"], "title standfirst date")])
def test_in_html_it_is_the_first_paragraph_unless_a_date_sets_it_apart(between: list[str], found: str) -> None:
    facts = Facts((), frozenset(), frozenset(), 0.0, 0.0, False, False)
    lines = ["Bridge shut", TITLE, *between]
    page = Page("html", [Block(line, number, facts=facts) for number, line in enumerate([*lines, *PROSE])])
    page.blocks[0].label("title", "extract.title")
    head(page, compile_rules(RuleSet(())))
    assert [block.role for block in page.blocks] == [*found.split(), "body", "body"]
