"""Where what hides the rest of a page is closed. That pages lose nothing that way is in test_parse.py."""

import pytest
from html_page import ONE, THREE, TITLE, TWO, URL, extract, paragraphs
from lxml.html import document_fromstring

from cleaners.html.unclosed import closed, opened, shown


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


PROSE = "".join(
    f"<p>On day {n} the ferry left Lindow at nine, as it had done on every day before that one.</p>" for n in "123"
)


@pytest.mark.parametrize("tag", ["aside", "footer"])
@pytest.mark.parametrize(
    "source",
    [
        "<{0}><a href='/a'>Home</a>{1}",
        "<h1>Ferry</h1><{0} class='newsletter'><p>Sign up</p>{1}",
        "<main><h1>Ferry</h1><{0} id='side'><ul><li>News</li></ul><div>{1}</div></main>",
        "<{0}>Menu</{0}><div><{0}><p>Related</p>{1}</div>",
        "<{0}><{0}><p>Menu</p></{0}>{1}<p>End</p>",
    ],
)
def test_prose_behind_an_aside_that_is_never_closed_is_not_beside_the_text(tag: str, source: str) -> None:
    html = f"<html><body>{source.format(tag, PROSE)}</body></html>"
    tree = document_fromstring(html)
    assert opened(html, tree) == 1
    assert not any(a.tag == tag for p in tree.iter("p") if "Lindow" in (p.text or "") for a in p.iterancestors())


@pytest.mark.parametrize(
    "source",
    [
        "{1}<aside><p>Related</p>",
        "<aside>{1}</aside>",
        "{1}{1}<aside>{1}",
        "<nav>{1}",
        "<p>An aside</p><aside></aside>{1}",
    ],
)
def test_an_aside_that_is_closed_or_holds_little_of_the_prose_is_left(source: str) -> None:
    html = f"<html><body>{source.format('', PROSE)}</body></html>"
    assert opened(html, document_fromstring(html)) == 0


@pytest.mark.parametrize("tag", ["aside", "footer", "nav", "form", "header", "menu", "fieldset", "figure", "dialog"])
def test_an_article_behind_what_is_never_closed_is_read(tag: str) -> None:
    for body in (
        f"<h1>{TITLE}</h1><{tag}><a href='/a'>Home</a>{paragraphs(ONE, TWO, THREE)}",
        f"<h1>{TITLE}</h1>{paragraphs(ONE)}<{tag} class='newsletter'><p>Sign up</p>{paragraphs(TWO, THREE)}",
    ):
        kept = [b.raw for b in extract(f"<html><head></head><body>{body}</body></html>", URL).blocks if b.kept]
        assert {ONE, TWO, THREE} <= set(kept)
