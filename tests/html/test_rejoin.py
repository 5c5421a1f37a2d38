"""What trafilatura dropped although it belongs to the article."""

import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, article, body, extract, page_of, paragraphs, signed


def test_code_in_the_article_is_kept_though_it_stands_in_a_figure() -> None:
    page = article("<figure class='code'><pre>boat = Boat()\nboat.leave(at=9)</pre></figure>")
    assert body(page) == [ONE, TWO, "boat = Boat()", "boat.leave(at=9)", THREE, FOUR]
    assert signed(page, "boat = Boat()") in {("body", "extract.code"), ("body", "")}


def test_a_post_quoted_in_the_article_is_kept() -> None:
    post = "<blockquote class='twitter-tweet'><p>The soup was fine today.</p>— Inn (@inn) 1 May</blockquote>"
    assert "The soup was fine today." in body(article(post))


@pytest.mark.parametrize(
    "heading",
    [
        "<h3><button type='button'>What is in the soup?</button></h3>",
        "<h2><button aria-expanded='true'><span>What is in the soup?</span></button></h2>",
        "<div class='row'><h5><strong>What is in the soup?</strong></h5></div>",
        "<header><h6>What is in the soup?</h6></header>",
        "<section><h4><span class='number'></span>What is in the soup?</h4></section>",
    ],
)
def test_a_heading_right_between_lines_of_the_article_is_kept(heading: str) -> None:
    page = page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO)}{heading}<div>{paragraphs(THREE, FOUR)}</div>")
    made = extract(page)
    assert body(made) == [ONE, TWO, "What is in the soup?", THREE, FOUR]
    assert [b.role for b in made.blocks if b.raw == "What is in the soup?"] == ["heading"]


def test_a_heading_on_a_heading_is_kept_too() -> None:
    two = "<div><h2>The inn</h2></div><div><h3><b>Its soup</b></h3></div>"
    page = page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO)}{two}{paragraphs(THREE, FOUR)}")
    assert body(extract(page)) == [ONE, TWO, "The inn", "Its soup", THREE, FOUR]


def test_a_heading_of_something_else_is_not() -> None:
    beside = "<aside><h3>Most read</h3><p>Gull steals hat</p></aside>"
    page = page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO)}{beside}{paragraphs(THREE, FOUR)}")
    assert body(extract(page)) == [ONE, TWO, THREE, FOUR]
