"""What the page itself marks as title, standfirst, byline, date, caption and credit."""

import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, URL, article, body, extract, heard, page_of, paragraphs, signed
from several_pages import STORIES

from cleaners import Cleaner

CAPTION = "The pier at Lindow, mended."


TEXTS = (ONE, TWO, THREE, FOUR)


def test_captions_that_trafilatura_left_out_are_lifted_all_the_same() -> None:
    page = article(f"<figure><img><figcaption>{CAPTION}</figcaption></figure>")
    assert signed(page, CAPTION) == ("caption", "extract.caption")


def test_figures_outside_the_article_are_no_captions_of_it() -> None:
    page = article(after=f"<aside><figure><img><figcaption>{CAPTION}</figcaption></figure></aside>")
    assert signed(page, CAPTION) == ("chrome", "extract.outside")


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


@pytest.mark.parametrize(
    "line",
    [
        "<p>Deadline: 3 May 2021</p>",
        "<p>Valid until 31 December 2024</p>",
        "<p>Born on 3 May 1921, Lindow</p>",
        "<p>Judgment of 3 May 2021</p>",
        "<p>Einsendeschluss: 3. Mai 2021</p>",
        "<p>Date limite : 3 mai 2021</p>",
        "<p class='event-date'>Monday 3 May 2021, 19:30, on the quay</p>",
    ],
)
def test_a_day_of_something_else_below_the_title_is_not_that_of_publication(cleaner: Cleaner, line: str) -> None:
    page = page_of(f"<h1>{TITLE}</h1>{line}{paragraphs(ONE, TWO, THREE, FOUR)}")
    assert cleaner.clean(page)[0].published is None


@pytest.mark.parametrize("day", ["<div class='today'>Monday, 3 May 2021</div>", "<div>3 May 2021, 14 °C</div>"])
def test_the_day_in_the_head_of_the_site_is_today(cleaner: Cleaner, day: str) -> None:
    text = f"<main><article><h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE, FOUR)}</article></main>"
    page = f"<html lang='en'><head><title>{TITLE}</title></head><body>{day}{text}</body></html>"
    assert cleaner.clean(page)[0].published is None
    beside = page.replace(day, "").replace("<h1>", "<div>3 May 2021</div><h1>")
    assert cleaner.clean(beside)[0].published == "2021-05-03"


def test_a_day_above_the_second_article_of_a_page_is_no_more_its_own_than_one_above_the_first(cleaner: Cleaner) -> None:
    html = "".join(
        f"<section><p>Today is 5 May 2026.</p><article><h2><a href='/{n}'>{story.title}</a></h2>"
        f"<p>By {story.author}</p>{paragraphs(*story.text)}</article></section>"
        for n, story in enumerate(STORIES[:2])
    )
    found = cleaner.clean(f"<html lang='en-GB'><head><title>Lindow</title></head><body>{html}</body></html>")
    assert [(a.title, a.published) for a in found] == [(story.title, None) for story in STORIES[:2]]


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Marsh, 3 May 2021",
        "Posted on February 9, 2022 by Ann Marsh",
        "Von Ann Marsh und Bo Quist 07.03.2024, 17:30 Uhr",
        "Ann Marsh | Publicado em 25/08/2019 às 09h00",
        "Ann Marsh · 4 min read",
    ],
)
def test_the_line_with_an_author_s_name_and_little_else_is_the_byline(line: str) -> None:
    head = f"<h1>{TITLE}</h1><div class='x1'>{line}</div>"
    page = extract(
        page_of(head + paragraphs(ONE, TWO, THREE, FOUR), "<meta name=author content='Ann Marsh, Bo Quist'>"), URL
    )
    assert signed(page, line) == ("byline", "extract.author_line")
    assert body(page) == [ONE, TWO, THREE, FOUR]


@pytest.mark.parametrize(
    "line",
    [
        "Mail ann.marsh@lindow.example Ann Marsh",
        "Ann Marsh rowed to the pier and back in the night.",
        "All that Ann Marsh has written on boats, quays and inns",
        "3 May 2021",
    ],
)
def test_a_line_that_says_more_or_no_name_is_no_byline(line: str) -> None:
    head = f"<h1>{TITLE}</h1><div class='x1'>{line}</div>"
    page = extract(page_of(head + paragraphs(ONE, TWO, THREE, FOUR), "<meta name=author content='Ann Marsh'>"), URL)
    assert signed(page, line)[0] != "byline"


def test_the_day_in_a_byline_is_still_that_of_publication(cleaner: Cleaner) -> None:
    head = f"<h1>{TITLE}</h1><div>By Ann Marsh, 3 May 2021</div>"
    meta = "<meta name=author content='Ann Marsh'>"
    (found,) = cleaner.clean(page_of(head + paragraphs(ONE, TWO, THREE, FOUR), meta), URL)
    assert (found.byline, found.published) == ("By Ann Marsh, 3 May 2021", "2021-05-03")


@pytest.mark.parametrize("name", ["dachzeile", "surtitre", "occhiello", "chapeu", "volanta"])
def test_kickers_in_classes_of_other_languages(name: str) -> None:
    page = extract(page_of(f"<p class='{name}'>Harbour</p><h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE, FOUR)}"))
    assert signed(page, "Harbour") == ("kicker", "extract.kicker")


@pytest.mark.parametrize("name", ["lead", "intro-text", "linha-fina"])
def test_a_weak_word_marks_a_standfirst_only_where_the_extractor_left_the_line_out(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    lead = "The first boat went out, the second one did not."
    inside = f"<h1>{TITLE}</h1><p class='{name}'>{lead}</p>{paragraphs(ONE, TWO, THREE, FOUR)}"
    assert signed(heard(monkeypatch, inside, ONE, TWO, THREE, FOUR), lead)[0] == "standfirst"
    assert signed(heard(monkeypatch, inside, lead, ONE, TWO, THREE, FOUR), lead)[0] == "body"
