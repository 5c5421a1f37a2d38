"""The lines of a page as the scorers read them."""

from cleaners import Cleaner
from cleaners.source import lines
from cleaners.text.page_lines import lines_of, reason

TEXT = "The harbour opens again in spring.\n\nShare on Facebook\nRelated Posts"


def test_what_rules_find_is_a_fact(cleaner: Cleaner) -> None:
    read = lines_of(lines(TEXT).blocks, cleaner.matcher)
    assert [sorted(found) for found in read.ruled] == [[], ["chrome"], ["edge", "end"]]


def test_what_the_user_allows_is_not_what_a_rule_says_it_is(cleaner: Cleaner) -> None:
    page = lines(TEXT)
    page.blocks[2].allowed = True
    assert lines_of(page.blocks, cleaner.matcher).ruled[2] == frozenset()


def test_a_reason_tells_place_and_chance() -> None:
    assert reason(0, 1, 5, -3.0) == "Above the article; line scorer 0 %."
    assert reason(3, 1, 5, -0.5) == "Between the article's lines; line scorer 40 %."
    assert reason(9, 1, 5, 0.0) == "Below the article; line scorer 50 %."
