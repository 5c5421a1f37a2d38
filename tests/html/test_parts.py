"""Several articles on an HTML page, cut out and put back."""

import pytest
from html_page import ONE, THREE, TWO, paragraphs
from several_pages import SEVERAL, URL

from cleaners import pipeline
from cleaners.html.parse import parse
from cleaners.html.parts import cut_out
from cleaners.html.reading import Reading

PAGE = f"<html lang='en'><body><div><p>{ONE}</p> and <p>{TWO}</p></div><p>{THREE}</p></body></html>"


def test_what_is_cut_out_is_a_page_of_elements_that_stand_side_by_side() -> None:
    tree, _ = parse(PAGE)
    first, second, third = tree.iter("p")
    whole = cut_out(tree, first, second)
    assert whole.get("lang") == "en"
    assert [e.text for e in whole.iter("p")] == [ONE, TWO]
    assert cut_out(tree, first, first)[1][0].tail is None
    assert len(cut_out(tree, first, third)[1]) == len(cut_out(tree, None, third)[1]) == 0


def test_a_page_of_one_article_is_not_split() -> None:
    page = pipeline.read_html(f"<html><body><main>{paragraphs(ONE, TWO, THREE)}</main></body></html>")
    assert page.parts == []


@pytest.mark.parametrize("name", SEVERAL)
def test_the_blocks_of_the_parts_are_blocks_of_the_page(name: str) -> None:
    page = pipeline.read_html(SEVERAL[name][0], URL)
    assert len(page.parts) > 1
    assert all(page.blocks[block.start] is block for part in page.parts for block in part.blocks)
    between = {block.start for block in page.blocks} - {b.start for part in page.parts for b in part.blocks}
    assert not any(page.blocks[n].kept for n in between)


def test_an_article_that_is_left_without_text_leaves_the_page_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def emptied(reading: Reading) -> None:
        for block in reading.page.blocks:
            block.label("chrome", "extract.outside")

    source = next(iter(SEVERAL.values()))[0]
    steps = [(*step, emptied) if isinstance(step, tuple) else step for step in pipeline.READ]
    monkeypatch.setattr(pipeline, "READ", steps)
    page = pipeline.read_html(source, URL)
    assert page.parts == [] and page.kept()
