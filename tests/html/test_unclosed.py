"""Where what hides the rest of a page is closed. That pages lose nothing that way is in test_parse.py."""

import pytest
from lxml.html import document_fromstring

from cleaners.html.unclosed import closed, shown


def page(inside: str) -> str:
    return f"<html><body><p>{'One word after the other, a page long. ' * 3}</p>{inside}</body></html>"


@pytest.mark.parametrize(
    ("inside", "mended"),
    [
        ("<!-- old <p>text</p>", "<!-- old --><p>text</p>"),
        ("<!-- old", "<!-- old--></body></html>"),
        ("<script>x()<div>text</div>", "<script>x()</script><div>text</div>"),
        ('<a href="/x>text</a>', '<a href="/x">text</a>'),
        ("<a class='x <p>text</p>", "<a class='x '><p>text</p>"),
        ('</i class="x>text<p>two</p>', '</i class="x">text<p>two</p>'),
        ("<script><!-- w('<script>') </script><p>text</p>", "<script><!-- w('<script>') --></script><p>text</p>"),
    ],
)
def test_it_is_closed_before_the_next_block(inside: str, mended: str) -> None:
    source = page(inside)
    assert mended in closed(source, document_fromstring(source))


@pytest.mark.parametrize(
    "inside",
    ["<!-- a -->", "<!-->", '<a href="/?q=">x</a>', "<i>x</i class='y'>", "<script>a = '<!--'</script>", "x='"],
)
def test_a_page_that_leaves_nothing_open_is_left_alone(inside: str) -> None:
    source = page(inside)
    assert closed(source, document_fromstring(source)) == ""


def test_what_is_shown_is_the_text_outside_of_what_hides_it() -> None:
    source = "<html><head><title>no</title></head><body>one<p>two</p><svg>no</svg>six<button>no</button></body></html>"
    assert shown(document_fromstring(source)) == len("onetwosix")
