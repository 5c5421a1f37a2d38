"""The HTML route: visible blocks, trafilatura's voice, what structure puts right, and the page's metadata."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners import extract as route
from cleaners.align import align, key
from cleaners.authors import clean_names, stated_names
from cleaners.extract import extract
from cleaners.page import BadInput, Block, NotText, Page

ONE = "The ferry to Lindow left at nine, as it had done on every weekday since the pier was mended in the spring."
TWO = "Nobody stood on the quay but the harbour master, who wrote the hour in his book and went back to his breakfast."
THREE = "By noon the wind had turned, and the second boat of the day, said the company, would wait until the evening."
FOUR = "What the passengers did with the afternoon is not known; the inn sold forty plates of soup, the most in a year."
TITLE = "Ferry leaves Lindow on time"
NAV = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li><li><a href='/x'>Sea</a></li></ul></nav>"
FOOT = "<footer><p>© The Lindow Post. All rights reserved.</p><a href='/imprint'>Imprint</a></footer>"
URL = "https://www.lindow.example/news/1"


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page_of(inside: str, head: str = "", after: str = "") -> str:
    return (
        f"<!DOCTYPE html><html lang='en-GB'><head><title>{TITLE} | The Lindow Post</title>{head}</head><body>{NAV}"
        f"<main><article>{inside}</article></main>{after}{FOOT}</body></html>"
    )


def article(middle: str = "", below: str = "", head: str = "", after: str = "") -> Page:
    inside = f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO)}{middle}{paragraphs(THREE, FOUR)}{below}"
    return extract(page_of(inside, head, after), URL)


def signed(page: Page, text: str) -> tuple[str, str]:
    """(role, by) of the one block that reads so."""
    (found,) = [block for block in page.blocks if block.raw == text]
    return found.role, found.by


def body(page: Page) -> list[str]:
    return [block.text for block in page.blocks if block.kept]


def test_every_visible_block_stays_and_only_the_article_is_kept() -> None:
    page = article()
    assert page.kind == "html"
    assert body(page) == [ONE, TWO, THREE, FOUR]
    assert page.restore() == [
        "Home", "News", "Sea", TITLE, ONE, TWO, THREE, FOUR, "© The Lindow Post. All rights reserved.", "Imprint",
    ]  # fmt: skip
    assert [block.start for block in page.blocks] == list(range(10))
    assert signed(page, "Home") == ("chrome", "extract.outside")
    assert signed(page, TITLE) == ("title", "extract.title")


def test_headings_are_kept_as_headings() -> None:
    assert signed(article("<h2>The second boat</h2>"), "The second boat") == ("heading", "extract.heading")


class Voice:
    """What trafilatura gives, made up: all it was given is the article."""

    author = title = date = sitename = None

    def __init__(self, *lines: str) -> None:
        self.text = "\n".join(lines)


def heard(monkeypatch: pytest.MonkeyPatch, inside: str, *lines: str, head: str = "", after: str = "") -> Page:
    """The page as it is labelled where trafilatura took exactly these lines."""
    monkeypatch.setattr(route.trafilatura, "bare_extraction", lambda *_, **__: Voice(*lines))
    return extract(page_of(f"<h1>{TITLE}</h1>{inside}", head, after), URL)


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


def ld(**entry: Any) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **entry})}</script>"


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


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        (["By Ann Marsh and Bo Quist"], ("Ann Marsh", "Bo Quist")),
        (["Von Ann Marsh, Bo Quist"], ("Ann Marsh", "Bo Quist")),
        (["Ann Marsh, Senior Reporter"], ("Ann Marsh",)),
        (["Ann Marsh (Lindow)"], ("Ann Marsh",)),
        (["The Lindow Post", "Ann Marsh"], ("Ann Marsh",)),
        (["https://lindow.example/ann", "@ann"], ()),
        (["Ann Marsh", "ANN MARSH"], ("Ann Marsh",)),
        (["Jean-Luc y María Pérez"], ("Jean-Luc", "María Pérez")),
        (["by Ann Marsh — November 18, 2019"], ("Ann Marsh",)),
    ],
)
def test_names_of_authors(fields: list[str], names: tuple[str, ...]) -> None:
    assert clean_names(fields, ("The Lindow Post", "lindow.example")) == names


def test_stated_authors_may_be_agencies() -> None:
    fields = ["Lindow Press Agency", "By Ann Marsh", "https://x.example/ann"]
    assert stated_names(fields) == ("Lindow Press Agency", "Ann Marsh")


def test_a_page_whose_article_is_hidden_until_a_script_runs() -> None:
    inside = f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE, FOUR)}"
    page = extract(f"<html><head></head><body style='visibility:hidden'>{inside}</body></html>")
    assert body(page) == [ONE, TWO, THREE, FOUR]


def test_where_trafilatura_fails_the_main_element_is_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route.trafilatura, "bare_extraction", lambda *_, **__: None)
    page = article("<h2>Soup</h2>")
    assert body(page) == [ONE, TWO, "Soup", THREE, FOUR]
    assert [b.raw for b in page.blocks if b.by == "extract.container"] == [ONE, TWO, THREE, FOUR]


def test_where_trafilatura_raises_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(route.trafilatura, "bare_extraction", broken)
    assert body(article()) == [ONE, TWO, THREE, FOUR]


def test_a_fragment_is_a_page() -> None:
    assert extract("<p>Hello there.</p>").restore() == ["Hello there."]


@pytest.mark.parametrize(
    "html", ["<html><body><script>x()</script></body></html>", "<!-- x -->", "<frameset></frameset>"]
)
def test_a_page_without_text_has_no_blocks(html: str) -> None:
    assert extract(html).blocks == []


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


NAMES = "p div h1 li ul table tr td a br pre script figure figcaption b span body html article"
TAGS = st.sampled_from(NAMES.split())
LINK_TAG = st.just("<a href='/x' class='share'>")
PIECES = st.one_of(TAGS.map("<{}>".format), TAGS.map("</{}>".format), st.text(max_size=12), LINK_TAG)
SOUP = st.lists(PIECES, max_size=30).map("".join)


@settings(max_examples=60)
@given(SOUP)
def test_no_str_raises_anything_but_bad_input(html: str) -> None:
    try:
        page = extract(html)
    except BadInput as error:
        assert isinstance(error, NotText)
        return
    assert [block.start for block in page.blocks] == list(range(len(page.blocks)))
    assert all(block.raw.strip() and (block.kept or block.by) for block in page.blocks)


@given(st.text())
@settings(max_examples=60)
def test_no_text_raises_anything_but_bad_input(html: str) -> None:
    try:
        extract(html)
    except BadInput as error:
        assert str(error)


def test_the_same_page_gives_the_same_result() -> None:
    assert article("<p class='promo'>x</p>") == article("<p class='promo'>x</p>")


# -- pages that are no news articles: nothing that trafilatura found may be lost

RECIPE = (
    f"<h1>{TITLE}</h1><p>{ONE}</p><h2>Ingredients</h2><ul><li>2 leeks</li><li>500 g potatoes</li><li>salt</li></ul>"
    f"<h2>Method</h2><ol><li>Wash the leeks and cut them.</li><li>{TWO}</li></ol><p>Serves four.</p>"
)
THREAD = "".join(
    f"<div class='post'><p class='author'>user{n}</p><div class='post-body'><p>{text}</p><p>Yes.</p></div></div>"
    for n, text in enumerate((ONE, TWO, THREE))
)
MANUAL = (
    f"<h1>{TITLE}</h1><p>{ONE}</p><pre>boat --leave 9\nboat --wait</pre><h2>Options</h2><table><tr><th>Option</th>"
    "<th>What it does</th></tr><tr><td>--leave</td><td>leaves</td></tr></table><dl><dt>boat</dt><dd>floats</dd></dl>"
    f"<h2>See also</h2><ul><li><a href='/ship'>ship</a></li><li><a href='/pier'>the pier</a></li></ul><p>{TWO}</p>"
)
TICKER = f"<h1>{TITLE}</h1>" + "".join(
    f"<div class='entry'><h3>{hour}:30</h3><p>{text}</p></div>" for hour, text in ((9, ONE), (10, TWO), (11, THREE))
)
POEM = f"<h1>{TITLE}</h1><p>The boat<br>went out<br>at nine</p><p>The boat<br>came home<br>at noon</p><p>{ONE}</p>"


@pytest.mark.parametrize("inside", [RECIPE, THREAD, MANUAL, TICKER, POEM])
def test_pages_that_are_no_news_lose_nothing(inside: str) -> None:
    html = page_of(inside)
    found = route.trafilatura.bare_extraction(html, include_comments=False)
    page = extract(html, URL)
    kept = [key(text) for text in body(page)]
    lost = [line for line in found.text.split("\n") if key(line) not in {*kept, key(TITLE), ""}]
    assert not lost


# -- align


def shares(texts: list[str], lines: list[str], likely: list[bool] | None = None) -> list[float]:
    return align(texts, lines, likely or [True] * len(texts)).shares


def test_lines_that_equal_blocks_are_found() -> None:
    assert shares(["Menu", ONE, "Ad", TWO], [ONE, TWO]) == [0, 1, 0, 1]


def test_marks_spaces_and_case_do_not_matter() -> None:
    texts = ["Name | Age", "so\u00adft \u201chyphens\u201d", "Item"]
    assert shares(texts, ["| Name | Age |", '"soft" hyphens', "- item"]) == [1, 1, 1]


def test_blocks_that_were_merged_or_split_are_found() -> None:
    assert shares(["Menu", ONE, TWO, "Ad"], [f"{ONE} {TWO}"]) == [0, 1, 1, 0]
    assert shares(["Menu", f"{ONE} {TWO}", "Ad"], [ONE, TWO]) == [0, 1, 0]


def test_a_block_found_in_part_has_its_share() -> None:
    assert shares([f"{ONE} {TWO}"], [ONE])[0] == pytest.approx(len(ONE.split()) / len(f"{ONE} {TWO}".split()), abs=0.02)


def test_of_equal_blocks_the_one_beside_its_neighbours_is_found() -> None:
    code = ["boat = Boat()", "boat.leave()"]
    assert shares([ONE, *code, TWO, *code, THREE], [ONE, TWO, *code, THREE]) == [1, 0, 0, 1, 1, 1, 1]


def test_of_equal_blocks_the_likely_one_is_found() -> None:
    assert shares(["Soup", "Soup", ONE], ["Soup", ONE], [False, True, True]) == [0, 1, 1]


def test_lines_in_another_order_are_found() -> None:
    assert shares([ONE, TWO, THREE], [THREE, ONE, TWO]) == [1, 1, 1]


def test_lines_that_are_in_no_block_are_told() -> None:
    assert align([ONE], [ONE, TWO], [True]).unfound == [1]


def test_many_equal_lines_cost_little() -> None:
    lines = ["word word word word"] * 20_000
    assert sum(shares(lines, lines)) > 19_000


@given(st.lists(st.text(max_size=20), max_size=12), st.lists(st.text(max_size=20), max_size=12))
def test_any_lines_give_a_share_for_each_block(texts: list[str], lines: list[str]) -> None:
    found = align(texts, lines, [True] * len(texts))
    assert len(found.shares) == len(texts)
    assert all(0 <= share <= 1 for share in found.shares)


@given(st.lists(st.sampled_from("abcdefgh"), max_size=30), st.sets(st.integers(0, 29)))
def test_a_selection_of_blocks_in_order_is_found_again(words: list[str], chosen: set[int]) -> None:
    texts = [f"{word} {n} block" for n, word in enumerate(words)]
    lines = [text for n, text in enumerate(texts) if n in chosen]
    assert shares(texts, lines) == [float(n in chosen) for n in range(len(texts))] if texts else True


def test_keys() -> None:
    assert key("“Söup,  ﬁne”!") == key("söup fine") != key("soup fine")
    assert key("***") == ""


def test_blocks_of_a_page_are_plain_blocks() -> None:
    assert all(isinstance(block, Block) for block in article().blocks)
