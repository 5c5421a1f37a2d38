"""Title, authors, date and address of a page."""

import pytest
from html_page import ONE, THREE, TITLE, TWO, URL, body, extract, ld, page_of, paragraphs

from cleaners import Cleaner
from cleaners.html.metadata import home_of
from cleaners.html.parse import parse


@pytest.mark.parametrize(
    ("head", "h1", "title"),
    [
        ("", TITLE, TITLE),
        (f"<meta property='og:title' content='{TITLE} — The Lindow Post'>", TITLE, TITLE),
        ("", "The Lindow Post", TITLE),  # a site that makes its name the h1
        (ld(headline="Ferry &amp; soup: a day in Lindow"), TITLE, "Ferry & soup: a day in Lindow"),
        (ld(headline="Ferry leaves…"), TITLE, TITLE),  # cut for search engines
        (ld(headline=["no", "string"]), TITLE, TITLE),
    ],
)
def test_the_title(head: str, h1: str, title: str) -> None:
    site = "<meta property='og:site_name' content='The Lindow Post'>"
    inside = f"<h1>{h1}</h1>" + (f"<h2>{TITLE}</h2>" if h1 != TITLE else "") + paragraphs(ONE, TWO, THREE)
    page = extract(page_of(inside, site + head))
    assert page.meta.title == title


def test_metadata() -> None:
    head = (
        "<meta property='og:site_name' content='The Lindow Post'><meta name='description' content='A day.'>"
        "<link rel='canonical' href='https://www.lindow.example/news/1?x=1'>"
    )
    head += ld(
        author=[{"@type": "Person", "name": "Ann Marsh"}, {"name": "By Bo Quist"}], datePublished="2021-05-03T08:00Z"
    )
    meta = extract(page_of(paragraphs(ONE, TWO, THREE), head)).meta
    assert (meta.authors, meta.published, meta.language) == (("Ann Marsh", "Bo Quist"), "2021-05-03", "en")
    assert (meta.url, meta.host) == ("https://www.lindow.example/news/1?x=1", "lindow.example")
    assert (meta.site, meta.description) == ("The Lindow Post", "A day.")
    assert extract(page_of(ONE, head), URL).meta.url == URL


def test_the_host_that_most_links_lead_to_is_the_page_s_own() -> None:
    links = "".join(f"<a href='https://www.lindow.example/{n}'>Sea</a>" for n in range(12))
    head = "<link rel='canonical' href='https://sister.example/1'>"
    tree = parse(f"<html><head>{head}</head><body>{links}<a href='https://other.example'>x</a></body></html>")
    assert home_of(tree) == "lindow.example"
    assert home_of(parse("<html><body><a href='https://other.example/1'>x</a></body></html>")) is None


def test_the_title_that_the_page_states_is_the_record_s(cleaner: Cleaner) -> None:
    html = page_of(f"<h1>Ferry, on time, leaves Lindow!</h1>{paragraphs(ONE, TWO, THREE)}", ld(headline=TITLE))
    assert cleaner.clean(html)[0].title == TITLE


@pytest.mark.parametrize(
    "head",
    [
        "<link rel='canonical' href='http://[x'><base href='//['><meta property='og:url' content='http://['>",
        "<script type='application/ld+json'>{not json</script>",
        '<script type=\'application/ld+json\'>[[[[[{"@type": 7, "@graph": [null]}]]]]]</script>',
        ld(headline={"a": 1}, author=[None, 7, {"name": {"x": 1}}], datePublished=20210503, inLanguage=["en"]),
        ld(datePublished="2021-13-45"),
        "<script type='application/ld+json'>" + "[" * 5_000 + "</script>",
        "<meta name='author' content=''><meta content='x'><meta name='author'>",
    ],
)
def test_broken_metadata_breaks_nothing(head: str) -> None:
    page = extract(page_of(paragraphs(ONE, TWO, THREE), head))
    assert body(page) == [ONE, TWO, THREE]
