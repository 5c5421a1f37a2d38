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
        (ld(headline="Ferry &amp; soup: a day in Lindow"), TITLE, TITLE),  # what is shown, where the other stands alone
        (ld(headline="Ferry leaves: Lindow on time"), TITLE, "Ferry leaves: Lindow on time"),  # a headline of two lines
        ("<meta property='og:title' content='For search engines: a ferry'>", TITLE, TITLE),
        ("<meta property='og:title' content='Another'>" + ld(headline="Another"), TITLE, TITLE),  # h1 and <title> agree
        (ld(headline="Untitled Document"), TITLE, TITLE),
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
    tree, _ = parse(f"<html><head>{head}</head><body>{links}<a href='https://other.example'>x</a></body></html>")
    assert home_of(tree) == "lindow.example"
    assert home_of(parse("<html><body><a href='https://other.example/1'>x</a></body></html>")[0]) is None


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


TWO_METAS = "<meta name='author' content='Ann Marsh'><meta name='author' content='Bo Quist'>"
OUTLET = "<meta name='author' content='The Lindow Post'>"
BOX = (
    "<span class='author-name'><a href='/a'>By Ann Marsh</a></span><span class='author-title'>Senior Reporter</span>"
    "<a href='mailto:a@b.example'>Email the author</a>"
)
LINKS = "<p>Written by <a rel='author' href='/a'>Ann Marsh</a>, <a rel='author' href='/b'>Bo Quist</a></p>"


@pytest.mark.parametrize(
    ("head", "above", "authors"),
    [
        (TWO_METAS, "", ("Ann Marsh", "Bo Quist")),
        (OUTLET, BOX, ("Ann Marsh",)),
        ("", "<div itemprop='author'><span itemprop='name'>Ann Marsh</span></div>", ("Ann Marsh",)),
        ("", LINKS, ("Ann Marsh", "Bo Quist")),
        ("", "<div class='byline'>Posted by Ann Marsh on 3 May 2021</div>", ("Ann Marsh",)),
        ("", "<p class='about'>Written at home</p>", ()),
    ],
)
def test_the_people_that_the_page_names_as_authors(head: str, above: str, authors: tuple[str, ...]) -> None:
    site = "<meta property='og:site_name' content='The Lindow Post'>"
    comments = "<div class='comments'><cite class='author-name'>Cy Reader</cite><p>I was there.</p></div>"
    found = extract(page_of(f"{above}{paragraphs(ONE, TWO, THREE)}{comments}", site + head)).meta.authors
    assert found == authors


def test_a_news_site_that_states_another_headline_twice_means_it(cleaner: Cleaner) -> None:
    other = "Harbour: the ferry leaves at nine again"
    text = f"<body><article><h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE)}</article></body>"
    for kind, title in (("NewsArticle", other), ("BlogPosting", TITLE)):
        head = f"<title>{other} | The Lindow Post</title>" + ld(headline=other).replace("NewsArticle", kind)
        (article,) = cleaner.clean(f"<html><head>{head}</head>{text}</html>")
        assert article.title == title
        assert title == TITLE or TITLE in [line["text"] for line in article.removed]  # the other one is not lost


@pytest.mark.parametrize(
    ("times", "days"),
    [
        (
            "<time datetime='2021-05-03'>3 May</time> <time class='updated' datetime='2021-05-09'>9 May</time>",
            ("2021-05-03", "2021-05-09"),
        ),
        ("<time class='date-modified' datetime='2021-05-09'>9 May</time>", ("2021-05-09", None)),
        ("<time class='published updated' datetime='2021-05-03'>3 May</time>", ("2021-05-03", None)),
    ],
)  # fmt: skip
def test_a_time_whose_class_says_updated_beside_another_is_that_of_the_last_change(
    cleaner: Cleaner, times: str, days: tuple[str, str | None]
) -> None:
    (found,) = cleaner.clean(page_of(f"<h1>{TITLE}</h1><div>{times}</div>{paragraphs(ONE, TWO, THREE)}"), URL)
    assert (found.published, found.modified) == days
