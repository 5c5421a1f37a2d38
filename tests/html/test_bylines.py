"""The places where pages name their authors."""

import pytest
from html_page import ONE, THREE, TITLE, TWO, URL, extract, ld, page_of, paragraphs

SITE = "<meta property='og:site_name' content='The Lindow Post'>"
OUTLET = "<meta name='author' content='The Lindow Post'>"
ANN = ("Ann Marsh",)


def authors_of(above: str = "", head: str = "", below: str = "") -> tuple[str, ...]:
    page = page_of(f"<h1>{TITLE}</h1>{above}{paragraphs(ONE, TWO, THREE)}{below}", SITE + head)
    return extract(page, URL).meta.authors


@pytest.mark.parametrize(
    "head",
    [
        OUTLET,
        ld(author={"@type": "Organization", "name": "Harbour Media"}),
        ld(author={"@type": "Person", "name": "The Lindow Post"}),
        ld(author="Lindow", publisher={"name": "Lindow"}),
        ld(author=[{"@type": "Person", "name": "Newsroom"}]),
        ld(author="Reuters"),
        ld(author="a.marsh"),
        "<meta name='author' content='Staff'>",
    ],
)
def test_a_person_who_is_named_near_the_headline_goes_before_an_outlet(head: str) -> None:
    assert authors_of("<p>By Ann Marsh</p>", head) == ANN


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (OUTLET, "The Lindow Post"),
        (ld(author={"@type": "Organization", "name": "Harbour Media"}), "Harbour Media"),
        (ld(author="Reuters"), "Reuters"),
        ("<meta name='author' content='Lindow Staff'>", "Lindow Staff"),
        ("<meta name='author' content='amarsh'>", "amarsh"),
        ("<meta name='author' content='undefined'>", None),
    ],
)
def test_an_outlet_is_the_author_where_the_page_names_nobody_else(head: str, name: str | None) -> None:
    assert authors_of(head=head) == ((name,) if name else ())


def test_the_page_s_own_name_beside_a_person_s_is_left_out() -> None:
    assert authors_of(head=ld(author=[{"name": "Ann Marsh"}, {"name": "The Lindow Post"}])) == ANN
    assert authors_of(head=ld(author="Ann Marsh and Bo Quist, The Lindow Post")) == ("Ann Marsh", "Bo Quist")


@pytest.mark.parametrize(
    "above",
    [
        "<div><a href='/authors/ann-marsh'>Ann Marsh</a></div><div>9 min read</div>",
        "<div>Harbour · <a href='https://lindow.example/blog/author/12?x=1'>Ann Marsh</a> · 3 May 2021</div>",
        "<div>Written by</div><div>Ann Marsh</div>",
        "<h6>Author(s)</h6><ul><li><a href='/?a=1'>Ann Marsh</a></li></ul>",
        "<div>Written by:Ann Marsh</div>",
        "<div>Ann Marsh</div><div>Co-Founder &amp; Harbour Editor</div>",
        "<p>by Ann Marsh ● May 3, 2021 ● 6 min read</p>",
        "<p>By Ann Marsh May 3, 2021</p>",
        "<h3>By Ann Marsh, Harbour Columnist</h3>",
        "<p>Words: Ann Marsh</p>",
        "<div class='byline'>By <span class='author'>Ann Marsh</span> On 5/13/21 at 8:50 AM EDT</div>",
        "<p>By: Ann Marsh on 3-mayo-2021 5:11</p>",
        "<p class='entry-author'>Ann Marsh »</p>",
        "<p class='author'>Ann Marsh (@annm)</p>",
        "<p class='post-byline'>Ann Marsh 12</p>",
        "<p class='byline'>Ann Marsh ann@lindow.example</p>",
        "<p class='byline'>Recipe by <a href='/a'>Ann Marsh</a></p>",
        "<p>May 3, 2021 · Ann Marsh</p>",
        "<div><span>May 3, 2021</span><span>Ann Marsh</span></div>",
        "<div>3 May 2021 <span>By Ann Marsh</span></div>",
        "<p>Ann Marsh | May 3, 2021 | <a href='/harbour'>Harbour</a></p>",
        "<div>May 3, 2021 • Ann Marsh in <a href='/harbour'>Harbour News</a></div>",
        "<div>2021-05-03·</div><div>Ann Marsh</div>",
        "<p>Ann Marsh</p><p>Tech Writer</p><a href='/authors/ann'>Articles by Ann</a>",
        "<p>By <a href='/author/a'>Ann Marsh</a> </p><p>Contributions from: <a href='/author/b'>Bo Quist</a></p>",
    ],
)
def test_names_around_the_headline(above: str) -> None:
    assert authors_of(above) == ANN


def test_a_name_in_parts() -> None:
    assert authors_of(head=ld(author={"@type": "Person", "givenName": "Ann", "familyName": "Marsh"})) == ANN
    assert authors_of(head=ld(author={"@type": "Person", "givenName": "Ann", "familyName": None})) == ("Ann",)


def test_the_items_of_a_list_of_authors() -> None:
    assert authors_of("<h6>Authors</h6><ul><li>Ann Marsh</li><li>Bo Quist</li></ul>") == ("Ann Marsh", "Bo Quist")


@pytest.mark.parametrize(
    "above",
    [
        "<p>Dec. 19, 2025</p>",
        "<p class='byline'>August 28, 2025</p>",
        "<p class='author-meta'>Feb 3</p>",
        "<div><a href='/authors/all'>Our authors</a></div>",
        "<div><a href='/team/contact-form'>Contact us</a></div>",
        "<p>Copy Link</p><p>Author: see below</p>",
        "<h2>Table of Contents</h2><p>Editor</p>",
        "<ul><li>Current Students</li><li>Staff</li></ul>",
        "<p>by the harbour</p>",
        "<figure><figcaption>Bo Quist</figcaption></figure><p>Photographer and editor</p>",
    ],
)
def test_what_is_no_name_around_the_headline(above: str) -> None:
    assert authors_of(above) == ()


@pytest.mark.parametrize("label", ["Written by", "Verfasst von", "Écrit par"])
def test_the_cards_of_networks(label: str) -> None:
    card = "<meta name='twitter:label{0}' content='{1}'><meta name='twitter:data{0}' content='{2}'>"
    head = card.format(1, "Est. reading time", "7 minutes") + card.format(2, label, "Ann Marsh")
    assert authors_of(head=head) == ANN


def test_a_byline_below_the_article() -> None:
    assert authors_of(below="<h3>Written by Ann Marsh</h3>") == ANN


@pytest.mark.parametrize("name", ["Ann Marsh", "Marsh"])
def test_a_list_that_is_shown_goes_before_the_one_that_the_head_states(name: str) -> None:
    head, three = f"<meta name='author' content='{name}'>", ("Ann Marsh", "Bo Quist", "Cy Holm")
    assert authors_of("<p>Ann Marsh, Bo Quist &amp; Cy Holm</p>", head) == three
    assert authors_of("<p>Written by Ann Marsh, Bo Quist and Cy Holm</p>", head) == three
    assert authors_of("<p>Bo Quist and Cy Holm</p>", head) == (name,)
    assert authors_of("<figure><figcaption>Ann Marsh and Bo Quist</figcaption></figure>", head) == (name,)


def test_several_metas_of_scholars() -> None:
    metas = "".join(f"<meta name='citation_authors' content='{name}'>" for name in ("Ann Marsh", "Bo Quist"))
    assert authors_of("<p>Ann Marsh1 ; Bo Quist2</p>", f"<meta name='dc.creator' content='Ann Marsh'>{metas}") == (
        "Ann Marsh",
        "Bo Quist",
    )


def test_accounts_and_names_near_the_day() -> None:
    day = "<time datetime='2021-05-03'>3/5</time>"
    assert authors_of(f"<p>{day}</p><p>by   annm</p>") == ("annm",)
    assert authors_of(f"<p>{day}</p><p>Ann Marsh, Bo Quist</p>") == ("Ann Marsh", "Bo Quist")
    note = "<p>Author</p><p>Ann Marsh is a rower of the first eight and has won the harbour race.</p>"
    assert authors_of("<p>Ann Marsh</p>", below=f"<div>{note}</div>") == ANN
    assert authors_of("<p>Harbour Lights</p>") == ()


def test_a_section_beside_the_day_is_nobody() -> None:
    menu = "<nav><ul><li><a href='/x'>Harbour Lights</a></li></ul></nav>"
    assert authors_of("<p>Harbour Lights | May 3, 2021</p>", below=menu) == ()


def test_those_who_comment_and_write_other_articles_are_not_its_authors() -> None:
    comment = "<div class='comments'><p>By Cy Reader</p><a href='/author/cy-reader'>Cy Reader</a></div>"
    teaser = "<aside><a href='/authors/bo-quist'>Bo Quist</a></aside>"
    assert authors_of(f"{comment}{teaser}<p>By Ann Marsh</p>") == ANN
    assert authors_of(comment + teaser) == ()
