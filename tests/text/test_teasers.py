"""Lists of headlines inside an article's text that lead to other articles."""

import pytest

from cleaners import Block, Page
from cleaners.matching.match import compile_rules
from cleaners.matching.ruleset import RuleSet
from cleaners.text.teasers import teasers

PROSE = [
    "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring.",
    "Workers will take up the deck in March, said the harbour master, and nobody expects the ferry to fill the gap.",
    "The bridge was built in 1911 and carries eleven thousand people a day, most of them on their way to the mills.",
    "The mayor said that he would not have people pay twice for a bridge that they cannot use in any weather.",
]
AWAY = ["- Five walks for a wet weekend", "- Cinema reopens with films from Poland"]
OWN = ["- Workers take up the deck in March", "- Ferry carries people to the mills"]


def kept(*lines: str) -> list[str]:
    page = Page("text", [Block(line, number) for number, line in enumerate(lines)])
    teasers(page, compile_rules(RuleSet(())))
    assert {block.by for block in page.blocks if not block.kept} <= {"teasers.list"}
    return [block.text for block in page.kept()]


def test_a_list_that_says_nothing_of_what_the_article_says_goes() -> None:
    assert kept(*PROSE[:2], *AWAY, *PROSE[2:]) == PROSE


def test_at_the_very_end_headlines_in_capitals_lead_away_whatever_they_are_about() -> None:
    titled = ["- Workers Take Up The Deck In March", "- Ferry Carries People To The Mills"]
    assert kept(*PROSE, *titled) == PROSE
    assert kept(*PROSE[:3], *titled, PROSE[3]) == [*PROSE[:3], *titled, PROSE[3]]


@pytest.mark.parametrize(
    "lines",
    [
        [*PROSE[:2], *OWN, *PROSE[2:]],
        [PROSE[0], f"{PROSE[1]} They will find:", *AWAY, *PROSE[2:]],  # led in
        [*PROSE[:2], AWAY[0], *PROSE[2:]],  # one is no list
        [*PROSE[:2], *AWAY, "- Rope, 12 metres", *PROSE[2:]],  # a list with other things in it
        [*PROSE[:2], "- Where were you when it rained?", "- Who brought soup for the crew?", *PROSE[2:]],  # said aloud
        [*PROSE[:2], "What else", *AWAY, *PROSE[2:]],  # under a heading
        [*PROSE[:2], *AWAY],  # too little prose to know what the article is about
    ],
)
def test_lists_of_the_author_s_own_stay(lines: list[str]) -> None:
    assert kept(*lines) == lines
