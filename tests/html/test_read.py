"""The HTML route as a whole: visible blocks, the article among them, and what no page may break."""

import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, article, body, extract, paragraphs, signed
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.page import BadInput, Block, NotText


def test_every_visible_block_stays_and_only_the_article_is_kept() -> None:
    page = article()
    assert page.kind == "html"
    assert body(page) == [ONE, TWO, THREE, FOUR]
    assert page.restore() == [
        "Home", "News", "Sea", TITLE, ONE, TWO, THREE, FOUR, "© The Lindow Post. All rights reserved.", "Imprint",
    ]  # fmt: skip
    assert [block.start for block in page.blocks] == list(range(10))
    assert signed(page, "Home") == ("chrome", "extract.outside")
    assert signed(page, TITLE) == ("title", "extract.title")


def test_headings_are_kept_as_headings() -> None:
    assert signed(article("<h2>The second boat</h2>"), "The second boat") == ("heading", "extract.heading")


def test_a_page_whose_article_is_hidden_until_a_script_runs() -> None:
    inside = f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE, FOUR)}"
    page = extract(f"<html><head></head><body style='visibility:hidden'>{inside}</body></html>")
    assert body(page) == [ONE, TWO, THREE, FOUR]


def test_a_fragment_is_a_page() -> None:
    assert extract("<p>Hello there.</p>").restore() == ["Hello there."]


@pytest.mark.parametrize(
    "html", ["<html><body><script>x()</script></body></html>", "<!-- x -->", "<frameset></frameset>"]
)
def test_a_page_without_text_has_no_blocks(html: str) -> None:
    assert extract(html).blocks == []


NAMES = "p div h1 li ul table tr td a br pre script figure figcaption b span body html article"
TAGS = st.sampled_from(NAMES.split())
LINK_TAG = st.just("<a href='/x' class='share'>")
PIECES = st.one_of(TAGS.map("<{}>".format), TAGS.map("</{}>".format), st.text(max_size=12), LINK_TAG)
SOUP = st.lists(PIECES, max_size=30).map("".join)


def test_items_that_an_extractor_runs_together_are_found_one_by_one() -> None:
    """trafilatura makes one line of them: not one that the page hides."""
    page = extract(f"<html><body><nav><p>{ONE}</p></nav>{f'<li>{TWO}</li>' * 3}</body></html>")
    assert page.restore() == [ONE, TWO, TWO, TWO]
    assert signed(page, ONE) == ("chrome", "extract.outside")
    assert {block.text for block in page.blocks if block.kept} == {TWO}


@settings(max_examples=60)
@given(SOUP)
def test_no_str_raises_anything_but_bad_input(html: str) -> None:
    try:
        page = extract(html)
    except BadInput as error:
        assert isinstance(error, NotText)
        return
    assert [block.start for block in page.blocks] == list(range(len(page.blocks)))
    assert all(block.raw.strip() and (block.kept or block.by) for block in page.blocks)


@given(st.text())
@settings(max_examples=60)
def test_no_text_raises_anything_but_bad_input(html: str) -> None:
    try:
        extract(html)
    except BadInput as error:
        assert str(error)


def test_the_same_page_gives_the_same_result() -> None:
    assert article("<p class='promo'>x</p>") == article("<p class='promo'>x</p>")


def test_blocks_of_a_page_are_plain_blocks() -> None:
    assert all(isinstance(block, Block) for block in article().blocks)
