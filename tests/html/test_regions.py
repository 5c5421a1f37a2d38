"""What a structural rule may take of an article, and no more."""

from html_page import FOUR, ONE, THREE, TITLE, TWO, body, extract, page_of, paragraphs


def test_class_words_never_take_much_of_an_article() -> None:
    inside = f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO)}<div class='related'>{paragraphs(THREE, FOUR)}</div>"
    assert body(extract(page_of(inside))) == [ONE, TWO, THREE, FOUR]
    promo = "".join(f"<p class='promo'>{text}</p>" for text in (ONE, TWO, THREE, FOUR))
    assert body(extract(page_of(f"<h1>{TITLE}</h1>{promo}"))) == [ONE, TWO, THREE, FOUR]
