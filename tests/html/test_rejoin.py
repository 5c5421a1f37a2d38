"""What trafilatura dropped although it belongs to the article."""

from html_page import FOUR, ONE, THREE, TWO, article, body, signed


def test_code_in_the_article_is_kept_though_it_stands_in_a_figure() -> None:
    page = article("<figure class='code'><pre>boat = Boat()\nboat.leave(at=9)</pre></figure>")
    assert body(page) == [ONE, TWO, "boat = Boat()", "boat.leave(at=9)", THREE, FOUR]
    assert signed(page, "boat = Boat()") in {("body", "extract.code"), ("body", "")}


def test_a_post_quoted_in_the_article_is_kept() -> None:
    post = "<blockquote class='twitter-tweet'><p>The soup was fine today.</p>— Inn (@inn) 1 May</blockquote>"
    assert "The soup was fine today." in body(article(post))
