"""Articles that a page holds in its scripts alone."""

import json

import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, URL, body, extract, page_of, paragraphs

TEXTS = (ONE, TWO, THREE, FOUR)


APPEAL = "Soup keeps this paper warm: give what you can, so that we may write about it for another year."


def test_an_article_that_stands_in_a_script_alone() -> None:
    html = paragraphs(*TEXTS, APPEAL, *(f"{n}. {ONE}" for n in range(4)))
    data = json.dumps({"state": {"teaser": "<p>Soup</p>", "contentHtml": html}})
    for script in (f"window.state = {data};", f"push([1, {json.dumps('5:' + data)}])"):
        page = extract(f"<html><head><title>{TITLE}</title></head><body><div id='app'></div><script>{script}</script>")
        assert body(page)[:5] == [*TEXTS, APPEAL]
        assert page.meta.title == TITLE


def test_a_page_that_shows_its_article_is_not_looked_for_in_scripts() -> None:
    data = json.dumps({"contentHtml": paragraphs(*(f"{n}. {ONE}" for n in range(20)))})
    assert body(extract(page_of(f"<h1>{TITLE}</h1>{paragraphs(*TEXTS)}<script>x = {data}</script>"), URL)) == [*TEXTS]


@pytest.mark.parametrize("script", ['"' * 200_001, '\\"' * 200_000, '"\\' * 200_000])
def test_scripts_full_of_quotes_cost_little(script: str) -> None:
    assert extract(f"<html><body><script>{script}</script></body></html>").blocks == []
