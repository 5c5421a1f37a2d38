"""What the steps between the source of an HTML page and its stages hand on."""

import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, URL, page_of, paragraphs

from cleaners import pipeline
from cleaners.html.read import opened


def test_nothing_is_labelled_before_the_first_step() -> None:
    reading = opened(page_of(paragraphs(ONE, TWO)), URL)
    assert reading.tree is reading.shown and reading.document is None and not reading.articles
    assert {(block.role, block.by, block.share) for block in reading.page.blocks} == {("body", "", 0.0)}


def test_what_a_page_shows_is_told_from_its_source_where_scripts_hold_the_text() -> None:
    script = f'<script>{{"text": "{2 * paragraphs(ONE, TWO, THREE, FOUR)}"}}</script>'
    reading = opened(f"<html><head><title>{TITLE}</title></head><body>{script}</body></html>", URL)
    assert reading.tree is not reading.shown
    assert [block.raw for block in reading.page.blocks] == 2 * [ONE, TWO, THREE, FOUR]


def test_the_steps_that_can_be_read_are_those_that_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "READ", ())
    page = pipeline.read_html(page_of(paragraphs(ONE, TWO)), URL)
    assert {(block.role, block.by) for block in page.blocks} == {("body", "")}
    assert page.meta.title is None
