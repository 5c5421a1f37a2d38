"""What a page says of itself as a whole. Whether it holds several articles: test_several.py."""

import pytest
from html_page import TITLE, ld, page_of

from cleaners.html.metadata import read_meta
from cleaners.html.parse import parse
from cleaners.html.said import Said, said_of
from cleaners.html.visible import visible_blocks


def said(head: str) -> Said:
    tree, _ = parse(page_of("<p>The ferry left.</p>", head))
    return said_of(tree, read_meta(tree, visible_blocks(tree), "https://lindow.example/news"))


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='og:type' content='article'>",
        ld(headline=TITLE),
        "<script type='application/ld+json'>{'@type': 'LiveBlogPosting'}</script>".replace("'", '"'),
    ],
)
def test_a_page_may_say_that_it_is_one_thing(head: str) -> None:
    assert said(head).one and not said("<meta property='og:type' content='website'>").one


def test_a_headline_is_stated_whole_or_with_the_site_s_name() -> None:
    assert said("").names(TITLE) and said("").names("Ferry leaves Lindow on time!")
    assert not said("").names("Boat") and not said("").names("")


def test_the_site_and_who_signs_the_page_are_known() -> None:
    found = said("<meta property='og:site_name' content='The Lindow Post'><meta name='author' content='Ann Marsh'>")
    assert found.signed and found.is_site("The Lindow Post") and found.is_site("lindow.example")
    assert not said("").signed and not found.is_site(TITLE)
