"""What stands in the extracted article and is none of it, and what the page itself marks as title, caption, byline."""

import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, URL, article, body, extract, heard, page_of, paragraphs, signed

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


def test_captions_that_trafilatura_left_out_are_lifted_all_the_same() -> None:
    page = article(f"<figure><img><figcaption>{CAPTION}</figcaption></figure>")
    assert signed(page, CAPTION) == ("caption", "extract.caption")


def test_figures_outside_the_article_are_no_captions_of_it() -> None:
    page = article(after=f"<aside><figure><img><figcaption>{CAPTION}</figcaption></figure></aside>")
    assert signed(page, CAPTION) == ("chrome", "extract.outside")


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


def test_class_words_never_take_much_of_an_article() -> None:
    inside = f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO)}<div class='related'>{paragraphs(THREE, FOUR)}</div>"
    assert body(extract(page_of(inside))) == [ONE, TWO, THREE, FOUR]
    promo = "".join(f"<p class='promo'>{text}</p>" for text in (ONE, TWO, THREE, FOUR))
    assert body(extract(page_of(f"<h1>{TITLE}</h1>{promo}"))) == [ONE, TWO, THREE, FOUR]


def test_a_long_list_of_links_is_the_article_of_an_index_page() -> None:
    items = "".join(f"<li><a href='/{n}'>Day {n} of the long voyage to Lindow and back</a></li>" for n in range(40))
    page = extract(page_of(f"<h1>{TITLE}</h1><p>All days of the voyage:</p><ul>{items}</ul>"), URL)
    assert len(body(page)) > 30


def test_code_in_the_article_is_kept_though_it_stands_in_a_figure() -> None:
    page = article("<figure class='code'><pre>boat = Boat()\nboat.leave(at=9)</pre></figure>")
    assert body(page) == [ONE, TWO, "boat = Boat()", "boat.leave(at=9)", THREE, FOUR]
    assert signed(page, "boat = Boat()") in {("body", "extract.code"), ("body", "")}


def test_a_post_quoted_in_the_article_is_kept() -> None:
    post = "<blockquote class='twitter-tweet'><p>The soup was fine today.</p>— Inn (@inn) 1 May</blockquote>"
    assert "The soup was fine today." in body(article(post))


def test_marked_head_of_an_article() -> None:
    head = (
        f"<p class='kicker'>Harbour</p><h1>{TITLE}</h1><p class='article-standfirst'>The first boat went out, the "
        "second one did not.</p><p class='byline'>By Ann Marsh and Bo Quist</p><div class='published'>3 May 2021</div>"
    )
    page = extract(page_of(head + paragraphs(ONE, TWO, THREE, FOUR)))
    assert body(page) == [ONE, TWO, THREE, FOUR]
    assert signed(page, "Harbour") == ("kicker", "extract.kicker")
    assert signed(page, "The first boat went out, the second one did not.") == ("standfirst", "extract.standfirst")
    assert signed(page, "By Ann Marsh and Bo Quist") == ("byline", "extract.byline")
    assert signed(page, "3 May 2021") == ("date", "extract.date")
    assert page.meta.authors == ("Ann Marsh", "Bo Quist")


def test_a_credit_joins_the_caption_above_it() -> None:
    figure = "<figure><img><figcaption><div>The pier.</div><div class='credit'>Ann Marsh</div></figcaption></figure>"
    captions = [block for block in article(figure).blocks if block.role == "caption"]
    assert [(b.raw, b.parts.get("credit"), b.parts.get("text")) for b in captions] == [
        ("The pier.", "Ann Marsh", None), ("Ann Marsh", "Ann Marsh", "The pier."),
    ]  # fmt: skip


def test_what_the_page_marks_as_caption_is_in_captions_and_never_in_the_text(cleaner: Cleaner) -> None:
    figures = (
        f"<figure><img><figcaption>{CAPTION}</figcaption></figure>",
        "<div class='wp-caption'><img><p class='wp-caption-text'>The quay at noon, before the rain came.</p></div>",
        "<div class='image'><img><span class='image-description'>Soup of the inn at Lindow.</span></div>",
    )
    inside = f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO)}{''.join(figures)}{paragraphs(THREE, FOUR)}"
    (found,) = cleaner.clean(page_of(inside), URL)
    wanted = [CAPTION, "The quay at noon, before the rain came.", "Soup of the inn at Lindow."]
    assert [caption["text"] for caption in found.captions] == wanted
    assert found.text.split("\n\n") == [ONE, TWO, THREE, FOUR]


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


@pytest.mark.parametrize(
    "second",
    [
        "<h2 class='sub-head'>{}</h2>",
        "<header><h2>{}</h2></header>",
        "<p class='article-subtitle'>{}</p>",
        "<h2 class='sub-tit'>{}</h2>",
    ],
)
def test_standfirsts(second: str) -> None:
    line = "The first boat went out, the second one did not"
    page = extract(page_of(f"<h1>{TITLE}</h1>{second.format(line)}{paragraphs(*TEXTS)}"))
    assert signed(page, line) == ("standfirst", "extract.standfirst")


def test_a_first_subheading_is_no_standfirst(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "The first boat went out, the second one did not"
    page = heard(monkeypatch, f"<h2>{line}</h2>{paragraphs(*TEXTS)}", line, *TEXTS)
    assert line in body(page)


def test_the_page_s_own_address_printed_above_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    page = heard(monkeypatch, f"<p>{URL}</p>{paragraphs(*TEXTS)}", URL, *TEXTS)
    assert signed(page, URL) == ("source_url", "extract.source_url")
    other = "https://other.example/where/the/soup/is"
    assert other in body(heard(monkeypatch, f"<p>{other}</p>{paragraphs(*TEXTS)}", other, *TEXTS))


@pytest.mark.parametrize(("link", "kept"), [("Where to eat soup in Lindow", False), ("Soup", True)])
def test_a_label_amid_the_prose_over_a_headline_that_was_dropped(cleaner: Cleaner, link: str, kept: bool) -> None:
    teaser = f"<p>Auch interessant</p><ul><li><h4><a href='/2'>{link}</a></h4></li></ul>"
    page = cleaner.label(page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO)}{teaser}{paragraphs(THREE, FOUR)}"), URL)
    assert [b.kept for b in page.blocks if b.raw == "Auch interessant"] == [kept]
