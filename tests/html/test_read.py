"""The HTML route as a whole: visible blocks, trafilatura's voice, and what no page may break."""

import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, article, body, extract, heard, paragraphs, signed
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.html import read, voices
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


def test_what_stands_outside_says_how_much_of_it_was_taken_and_where_it_stands() -> None:
    page = article(middle="<aside><p>Buy a boat</p></aside>")
    why = {block.raw: block.why for block in page.blocks if block.by == "extract.outside"}
    assert why["Home"] == "In <nav>, outside the container of the prose; trafilatura 0 %."
    assert why["Buy a boat"] == "In <aside>, inside the container of the prose; trafilatura 0 %."


def test_a_block_of_which_half_was_taken_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    half = "Nobody on the quay was told of it, and the inn stayed shut for the rest of the week."
    page = heard(monkeypatch, paragraphs(ONE, TWO, f"{half} {half[::-1]}", THREE, FOUR), ONE, TWO, half, THREE, FOUR)
    (why,) = {block.why for block in page.blocks if block.raw.startswith(half)}
    assert why == "In <article>, inside the container of the prose; trafilatura 50 %."


def test_what_trafilatura_was_not_asked_about_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "LONGEST_PAGE", 100)
    (why,) = {block.why for block in article().blocks if block.raw == "Home"}
    assert why == "In <nav>, outside the container of the prose; trafilatura not asked."


def test_headings_are_kept_as_headings() -> None:
    assert signed(article("<h2>The second boat</h2>"), "The second boat") == ("heading", "extract.heading")


def test_a_page_whose_article_is_hidden_until_a_script_runs() -> None:
    inside = f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE, FOUR)}"
    page = extract(f"<html><head></head><body style='visibility:hidden'>{inside}</body></html>")
    assert body(page) == [ONE, TWO, THREE, FOUR]


def test_where_trafilatura_fails_the_main_element_is_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices.trafilatura, "bare_extraction", lambda *_, **__: None)
    page = article("<h2>Soup</h2>")
    assert body(page) == [ONE, TWO, "Soup", THREE, FOUR]
    assert [b.raw for b in page.blocks if b.by == "extract.container"] == [ONE, TWO, THREE, FOUR]


def test_where_trafilatura_raises_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(voices.trafilatura, "bare_extraction", broken)
    assert body(article()) == [ONE, TWO, THREE, FOUR]


def test_a_fragment_is_a_page() -> None:
    assert extract("<p>Hello there.</p>").restore() == ["Hello there."]


@pytest.mark.parametrize(
    "html", ["<html><body><script>x()</script></body></html>", "<!-- x -->", "<frameset></frameset>"]
)
def test_a_page_without_text_has_no_blocks(html: str) -> None:
    assert extract(html).blocks == []


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="utf-16"?>',
        '<meta charset="iso-8859-1">',
        "<!doctype html><meta charset=shift_jis>",
    ],
)
def test_declared_encodings_do_not_matter_in_a_str(head: str) -> None:
    assert "日本語のページです" in (extract(f"{head}<html><body><p>日本語のページです</p></body></html>").restore())


def test_nesting_too_deep_for_the_parser_loses_nothing() -> None:
    for depth in (300, 3_000):
        inside = f"<p>{ONE}</p>{'<div>' * depth}<p>{TWO}</p>{'</div>' * depth}<p>{THREE}</p>"
        assert extract(f"<html><head></head><body>{inside}</body></html>").restore() == [ONE, TWO, THREE], depth


NAMES = "p div h1 li ul table tr td a br pre script figure figcaption b span body html article"
TAGS = st.sampled_from(NAMES.split())
LINK_TAG = st.just("<a href='/x' class='share'>")
PIECES = st.one_of(TAGS.map("<{}>".format), TAGS.map("</{}>".format), st.text(max_size=12), LINK_TAG)
SOUP = st.lists(PIECES, max_size=30).map("".join)


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
