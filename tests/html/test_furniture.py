"""What stands in the extracted article and is none of it."""

import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, URL, body, extract, heard, page_of, paragraphs, signed

from cleaners import Cleaner

CAPTION = "The pier at Lindow, mended."
LINK = "Where to eat soup in Lindow"
BOX = "Soup in your inbox every Friday morning."


@pytest.mark.parametrize(
    ("middle", "text", "role", "by"),
    [
        (f"<figure><img><figcaption>{CAPTION}</figcaption></figure>", CAPTION, "caption", "extract.caption"),
        (f"<div class='wp-caption-text'>{CAPTION}</div>", CAPTION, "caption", "extract.caption"),
        (f"<div class='image-description'>{CAPTION}</div>", CAPTION, "caption", "extract.caption"),
        (f"<p><a href='/soup'>{LINK}</a></p>", LINK, "chrome", "extract.site_link"),
        (f"<a href='/soup'><h3>{LINK}</h3></a>", LINK, "chrome", "extract.site_link"),
        (f"<div class='newsletter-box'>{BOX}</div>", BOX, "chrome", "extract.box"),
        (f"<h2>{TITLE} </h2>", None, "chrome", "extract.title_repeat"),
        (f"<p>{TITLE}</p>", None, "chrome", "extract.title_repeat"),
    ],
)
def test_furniture_and_captions_inside_what_trafilatura_took(
    monkeypatch: pytest.MonkeyPatch, middle: str, text: str | None, role: str, by: str
) -> None:
    inside = paragraphs(ONE, TWO) + middle + paragraphs(THREE, FOUR)
    page = heard(monkeypatch, inside, TITLE, ONE, TWO, text or TITLE, THREE, FOUR)
    assert body(page) == [ONE, TWO, THREE, FOUR]
    if text:
        assert signed(page, text) == (role, by)
    else:
        assert [(b.role, b.by) for b in page.blocks if b.raw == TITLE] == [("title", "extract.title"), (role, by)]


@pytest.mark.parametrize(
    ("below", "line"),
    [
        ("<p>Filed under <a href='/sea'>Sea</a>, <a href='/soup'>Soup, salt</a></p>", "Filed under Sea, Soup, salt"),
        ("<h3>More of this</h3>", "More of this"),
    ],
)
def test_the_line_below_the_article(monkeypatch: pytest.MonkeyPatch, below: str, line: str) -> None:
    texts = (ONE, TWO, THREE, FOUR)
    assert body(heard(monkeypatch, paragraphs(*texts) + below, *texts, line)) == list(texts)


def test_short_lines_below_the_main_element(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = (ONE, TWO, THREE, FOUR)
    page = heard(monkeypatch, paragraphs(*texts), *texts, "Source: agencies", after="<div>Source: agencies</div>")
    assert signed(page, "Source: agencies") == ("chrome", "extract.below_main")
    page = heard(monkeypatch, paragraphs(*texts[:3]), *texts, "Source: agencies", after=f"<div>Soup<p>{FOUR}</p></div>")
    assert FOUR in body(page)  # prose is never a line below


def test_a_list_of_teasers_goes_and_its_heading_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"Read: The soup of Lindow, part {n} of nine" for n in range(2)]
    items = "".join(f"<li>Read: <a href='/{n}'>{line.removeprefix('Read: ')}</a></li>" for n, line in enumerate(lines))
    inside = f"{paragraphs(ONE, TWO, THREE)}<h3>More of this</h3><ul>{items}</ul>{paragraphs(FOUR)}"
    page = heard(monkeypatch, inside, ONE, TWO, THREE, "More of this", *lines, FOUR)
    assert body(page) == [ONE, TWO, THREE, "More of this", FOUR]  # with prose below, the heading may be the prose's
    assert {signed(page, line) for line in lines} == {("chrome", "extract.link_list")}
    inside = f"{paragraphs(ONE, TWO, THREE, FOUR)}<h3>More of this</h3><ul>{items}</ul>"
    page = heard(monkeypatch, inside, ONE, TWO, THREE, FOUR, "More of this", *lines)
    assert body(page) == [ONE, TWO, THREE, FOUR]


@pytest.mark.parametrize(
    ("middle", "lines"),
    [
        ("<p><a href='https://other.example/soup'>Where others eat soup</a></p>", ["Where others eat soup"]),
        ("<p><a href='/soup'>The inn has more soup than this.</a></p>", ["The inn has more soup than this."]),
        ("<p><a href='#note'>The note at the end of this</a></p>", ["The note at the end of this"]),
        ("<ul><li><a href='/a'>Ann</a></li><li>Ben, who has no page</li></ul>", ["Ann", "Ben, who has no page"]),
        ("<p>See the <a href='/soup'>list of soups</a> they serve.</p>", ["See the list of soups they serve."]),
    ],
)  # fmt: skip
def test_links_that_are_content_stay(monkeypatch: pytest.MonkeyPatch, middle: str, lines: list[str]) -> None:
    page = heard(monkeypatch, paragraphs(ONE, TWO) + middle + paragraphs(THREE, FOUR), ONE, TWO, *lines, THREE, FOUR)
    assert body(page) == [ONE, TWO, *lines, THREE, FOUR]


def test_a_long_list_of_links_is_the_article_of_an_index_page() -> None:
    items = "".join(f"<li><a href='/{n}'>Day {n} of the long voyage to Lindow and back</a></li>" for n in range(40))
    page = extract(page_of(f"<h1>{TITLE}</h1><p>All days of the voyage:</p><ul>{items}</ul>"), URL)
    assert len(body(page)) > 30


TEXTS = (ONE, TWO, THREE, FOUR)


@pytest.mark.parametrize(
    ("middle", "by"),
    [
        (f"<aside class='factbox'><div><p>{BOX}</p></div></aside>", "extract.box"),
        (f"<div class='x-newsletter y'><div><p>{BOX}</p></div></div>", "extract.box"),
    ],
)
def test_boxes_are_known_by_the_elements_around_them(monkeypatch: pytest.MonkeyPatch, middle: str, by: str) -> None:
    page = heard(monkeypatch, paragraphs(ONE, TWO) + middle + paragraphs(THREE, FOUR), ONE, TWO, BOX, THREE, FOUR)
    assert signed(page, BOX) == ("chrome", by)
    assert body(page) == [*TEXTS]


def test_a_box_word_around_the_whole_article_says_nothing() -> None:
    inside = f"<div class='sidebar-layout'><div><h1>{TITLE}</h1>{paragraphs(*TEXTS)}</div></div>"
    assert body(extract(page_of(inside))) == [*TEXTS]


def test_headlines_as_links_below_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"The soup of Lindow, part {n} of nine" for n in range(2)]
    links = "".join(f"<p><a href='https://other.example/{n}'>{line}</a></p>" for n, line in enumerate(lines))
    page = heard(monkeypatch, paragraphs(*TEXTS) + links, *TEXTS, *lines)
    assert {signed(page, line) for line in lines} == {("chrome", "extract.last_links")}
    one = heard(monkeypatch, paragraphs(*TEXTS) + links, *TEXTS, lines[0])
    assert lines[0] in body(one)  # one link alone may be the source


def test_a_heading_over_dropped_links(monkeypatch: pytest.MonkeyPatch) -> None:
    links = "".join(f"<li><h4><a href='/{n}'>The soup of Lindow, part {n}</a></h4></li>" for n in range(3))
    middle = f"<h4>More:</h4><ul>{links}</ul>"
    page = heard(monkeypatch, paragraphs(ONE, TWO) + middle + paragraphs(THREE, FOUR), ONE, TWO, "More:", THREE, FOUR)
    assert signed(page, "More:") == ("chrome", "extract.empty_heading")
    three = middle + middle.replace("More:", "Sea") + middle.replace("More:", "Soup")
    page = heard(monkeypatch, paragraphs(ONE, TWO) + three + paragraphs(THREE), ONE, TWO, "More:", "Sea", "Soup", THREE)
    assert {"More:", "Sea", "Soup"} <= set(body(page))  # a page of lists of links


@pytest.mark.parametrize(("link", "kept"), [("Where to eat soup in Lindow", False), ("Soup", True)])
def test_a_label_amid_the_prose_over_a_headline_that_was_dropped(cleaner: Cleaner, link: str, kept: bool) -> None:
    teaser = f"<p>Auch interessant</p><ul><li><h4><a href='/2'>{link}</a></h4></li></ul>"
    page = cleaner.label(page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO)}{teaser}{paragraphs(THREE, FOUR)}"), URL)
    assert [b.kept for b in page.blocks if b.raw == "Auch interessant"] == [kept]


NOTICE = (
    "<h2>Cookies</h2>"
    "<p>We and our 812 partners store cookies on your device, and ask for consent to use them for ads that fit.</p>"
    "<p>Some cookies are needed so that this site works; refuse them in your browser, and parts of it will fail.</p>"
    "<p>Others count our visitors and tell us which pages are read; without cookies we would not know that.</p>"
)
HINWEIS = (
    "<p>Wir verwenden Cookies, um unsere Webseite für Sie so gut wie möglich zu machen und zu verbessern.</p>"
    "<p>Notwendige Cookies sperren Sie in den Einstellungen Ihres Browsers, doch manche Teile gehen dann nicht.</p>"
)


def titled(*inside: str, title: str = TITLE) -> str:
    return f"<html><head><title>{title}</title></head><body>{''.join(inside)}</body></html>"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (f"<section><div>{NOTICE}<button>Accept</button></div></section>", ""),
        (f"<div class='layer'>{HINWEIS}<div><a class='btn' href='#'>Alle akzeptieren</a></div></div>", ""),
        ("", f"<div>{HINWEIS}<button>Alle akzeptieren</button></div>"),
    ],
)
def test_a_notice_that_asks_for_consent_may_be_longer_than_the_article(above: str, below: str) -> None:
    page = extract(titled(above, f"<main><h1>{TITLE}</h1>{paragraphs(ONE, TWO)}</main>", below), URL)
    assert body(page) == [ONE, TWO]
    assert {b.by for b in page.blocks if "ookies" in b.raw and len(b.raw) > 80} == {"extract.consent"}


@pytest.mark.parametrize(
    "source",
    [
        titled(
            f"<h1>Why cookies go</h1><div>{NOTICE}<button>Copy</button></div>", paragraphs(ONE), title="Why cookies go"
        ),
        titled("<h1>Your data and you</h1>", f"<div>{NOTICE}<button>Accept</button></div>", title="Your data and you"),
        titled(f"<article><h1>{TITLE}</h1>{paragraphs(ONE)}<section>{NOTICE}<button>Copy</button></section></article>"),
        titled(
            f"<div><h1>{TITLE}</h1></div><main>",
            paragraphs(
                "These cookies keep for a month in a tin, and travel well if a sheet of paper lies between the layers.",
                "Let the cookies cool on the tray for ten minutes before you lift them: warm ones break in the hand.",
            ),
            f"<button>Print</button></main><footer>{paragraphs(ONE)}</footer>",
        ),
    ],
)
def test_an_article_on_cookies_is_no_notice(source: str) -> None:
    assert "extract.consent" not in {b.by for b in extract(source, URL).blocks}


def test_short_lines_in_other_cells_of_a_page_laid_out_as_a_table_are_chrome() -> None:
    side = "<b>Weather</b><br>Showers, 12°C<br>Best seen at 800 x 600"
    page = extract(
        f"<html><head><title>{TITLE}</title></head><body><table><tr><td>{side}</td><td><h1>{TITLE}</h1>"
        f"{paragraphs(ONE, TWO, THREE, FOUR)}</td><td><a href='/x'>Found: one peacock</a></td></tr></table>"
        "</body></html>"
    )
    assert body(page) == [ONE, TWO, THREE, FOUR]
    assert not {"Weather", "Showers, 12°C", "Best seen at 800 x 600", "Found: one peacock"} & {*body(page)}


def test_a_table_inside_the_article_keeps_its_cells() -> None:
    table = "<table><tr><td>Monday</td><td>nine to five</td></tr><tr><td>Sunday</td><td>closed</td></tr></table>"
    page = extract(page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO)}{table}{paragraphs(THREE, FOUR)}"), URL)
    assert "extract.other_cell" not in {b.by for b in page.blocks}
