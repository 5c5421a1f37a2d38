"""Pages that end early or never, are nested too deep, or declare what they are not."""

import pytest
from hostile_parts import FIRST, LAST, SENTENCE, html
from html_page import FOUR, ONE, THREE, TWO, extract

from cleaners import clean


@pytest.mark.parametrize("between", ["</body></html>", "</html><html><head><title>x</title></head><body>", "</body>"])
def test_what_follows_the_end_of_the_page_is_not_lost(between: str) -> None:
    page = (
        f"<html><head><title>t</title></head><body><p>{FIRST}</p>{between}<p>{SENTENCE}</p>{between}tail<p>{LAST}</p>"
    )
    assert extract(page).restore() == [FIRST, SENTENCE, "tail", LAST]


@pytest.mark.parametrize(
    "opening",
    [
        "<!--", "<!-- teaser", "<script>", "<script>var a = 1;", "<style>p { }", "<textarea>", "<title>", "<noscript>",
        "<svg>", "<template>", "<button>", "<SELECT>", "<iframe src=x>", "<plaintext>", "<p class='", '<a href="',
        '<a href="/x>x</a>', "<img alt='a>", "<!-- one <!-- two", "<script>x()<p>", "<p>x <a and='</p>",
    ],
)  # fmt: skip
def test_what_is_left_open_takes_no_text_along(opening: str) -> None:
    (article,) = clean(html(opening + f"<p>{SENTENCE}</p>"))
    assert all(text in article.text for text in (FIRST, SENTENCE, LAST))
    assert article.repairs["repair.closed"] == 1


def test_two_things_left_open_are_both_closed() -> None:
    (article,) = clean(html(f"<!-- teaser <p>{SENTENCE}</p><textarea>"))
    assert all(text in article.text for text in (FIRST, SENTENCE, LAST))
    assert article.repairs["repair.closed"] == 2


@pytest.mark.parametrize(
    "inside",
    [
        "<!-- a --> <!-- b -->", "<!-->", "<!-- <p> --!>", "<script>x = '<!--'</script>",
        "<script>x = '</body>'</script>", "<script>a = '<p class='</script>", "<svg/>", "<svg><path d='M'/></svg>",
        "<noscript><img src=x></noscript>", "<p class=''>x</p>", "<p class=a'b>x</p>", "<textarea></body></textarea>",
        '<a href="/?q=">x</a>', "<a href='/?a=1&amp;b='>x</a>", '<a class=x href="?" title="a > b =" id=y>x</a>',
        '<img alt="1 + 1 ="/>', '<a href="/?q="class=x>x</a>', '<form action="/suche?wort="><input name=q></form>',
        "<a title='1 < 2' href='/?page='>x</a>", '<a onclick="go(\'/?q=\')" href="#">x</a>', "<a href='/?q='\n>x</a>",
        '<link rel="search" href="/s?q=">', '<p>The letter q="</p>',
    ],
)  # fmt: skip
def test_a_page_that_closes_what_it_opens_is_not(inside: str) -> None:
    (article,) = clean(html(inside))
    assert FIRST in article.text and LAST in article.text
    assert "repair.closed" not in article.repairs


@pytest.mark.parametrize("last", ["<noscript><img src='x'>", "<svg><path d='M'>", "<!-- statistics ", "<script>x()"])
def test_something_left_open_behind_the_article_is_no_reason_to_refuse_it(last: str) -> None:
    (article,) = clean(f"<html><body><p>{FIRST}</p><p>{SENTENCE}</p><p>{LAST}</p>{last}")
    assert FIRST in article.text and LAST in article.text


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


@pytest.mark.parametrize("attribute", ["shadowrootmode='open'", "shadowrootmode=closed", "shadowroot=open"])
def test_a_template_that_browsers_show_is_read(attribute: str) -> None:
    part = f"<x-story><template {attribute}><p>{TWO}</p><p>{THREE}</p></template></x-story>"
    assert extract(f"<main><article><p>{ONE}</p>{part}<p>{FOUR}</p></article></main>").restore() == [
        ONE,
        TWO,
        THREE,
        FOUR,
    ]
    (article,) = clean(f"<body><article><h1>Ferry</h1><p>{ONE}</p>{part}<p>{FOUR}</p></article></body>")
    assert article.text == "\n\n".join((ONE, TWO, THREE, FOUR))
    hidden = part.replace(attribute, "id=later")
    assert extract(f"<p>{ONE}</p>{hidden}<p>{FOUR}</p>").restore() == [ONE, FOUR]


def test_what_stands_in_a_map_of_a_picture_is_shown() -> None:
    part = f"<map name=quay><area href=/x alt=x><p>{TWO}</p></map>"
    assert extract(f"<p>{ONE}</p>{part}<p>{THREE}</p>").restore() == [ONE, TWO, THREE]
