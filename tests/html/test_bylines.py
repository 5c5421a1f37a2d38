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


CARDS = "".join(
    f"<section><h3><a href='/{n}'>Another boat, number {n}</a></h3><span class='author-name'>{name}</span></section>"
    for n, name in enumerate(("Dee Holm", "Eve Lund", "Finn Skov", "Gro Dahl"))
)


@pytest.mark.parametrize(
    ("above", "names"),
    [
        ("<p>Ann Marsh, Bo Quist, Cy Adler</p><p><time datetime='2021-05-03'>3 May 2021</time></p>", 3),
        ("<p>Von Ann Marsh und Bo Quist</p>", 2),
        ("<p>Ann Marsh</p><p>Redakteurin</p>", 1),
        ("<p>May 3, 2021 · Ann Marsh</p>", 1),
        ("<p>Texte : Ann Marsh</p>", 1),
        ("", 0),
    ],
)
def test_those_whom_cards_of_other_articles_mark_are_not_its_authors(above: str, names: int) -> None:
    assert authors_of(above, below=CARDS) == ("Ann Marsh", "Bo Quist", "Cy Adler")[:names]


def test_several_who_are_marked_near_the_headline_are_its_authors() -> None:
    names = ("Dee Holm", "Eve Lund", "Finn Skov")
    above = "".join(f"<span class='author-name'>{name}</span> " for name in names)
    assert authors_of(f"<p>{above}</p>", below="<p>More tomorrow.</p>") == names
    assert authors_of(f"<p>{above}</p>", below=CARDS)[:3] == names


@pytest.mark.parametrize(
    ("stated", "above", "names"),
    [
        ("Cy Poster", "<h3>By Ann Marsh, Harbour Columnist</h3>", ANN),
        ("Cy Poster", "<p>Von Ann Marsh und Bo Quist</p>", ("Ann Marsh", "Bo Quist")),
        ("Cy Poster", "<p>Escrito por Ann Marsh</p>", ANN),
        ("Cy Poster", "<p class='x'>Par Ann Marsh</p><p>3 mai 2021</p>", ANN),
        ("Ann M", "<p>By Ann Marsh</p>", ANN),
        ("Cy Poster", "<p>By Ann Marsh</p><p>Posted by Cy Poster</p>", ("Cy Poster",)),
        ("Ann Marsh-Quist", "<p>By Ann Quist</p>", ("Ann Marsh-Quist",)),
        ("Anna Lis", "<p>By Анна Лис</p>", ("Anna Lis",)),
        ("Cy Poster", "<p>By The Lindow Post</p>", ("Cy Poster",)),
        ("Cy Poster", "<figure><figcaption>By Ann Marsh</figcaption></figure>", ("Cy Poster",)),
        ("Cy Poster", "<p>Photographs by Ann Marsh</p>", ("Cy Poster",)),
    ],
)
def test_a_byline_that_is_shown_goes_before_the_account_that_the_head_states(
    stated: str, above: str, names: tuple[str, ...]
) -> None:
    for head in (f"<meta name='author' content='{stated}'>", ld(author={"@type": "Person", "name": stated})):
        assert authors_of(above, head) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Reviewed by Ann Marsh, harbour lawyer at The Lindow Post, on May 3, 2021.", ANN),
        ("Medically reviewed by Ann Marsh, MD", ("Ann Marsh, MD",)),
        ("Medizinisch geprüft von Dr. Ann Marsh", ("Dr. Ann Marsh",)),
        ("Revisado por Ann Marsh", ANN),
        ("Relu par Ann Marsh le 3 mai 2021", ANN),
        ("Reviewed by three lawyers", ()),
        ("Reviewed by the harbour office", ()),
    ],
)
def test_who_checked_the_text_answers_for_it_where_nobody_wrote_it(line: str, names: tuple[str, ...]) -> None:
    assert authors_of(f"<p>{line}</p>", OUTLET) == (names or ("The Lindow Post",))
    assert authors_of(f"<p>By Bo Quist</p><p>{line}</p>", OUTLET) == ("Bo Quist",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "Ann Marsh, VMD, DACVB; Bo Quist, BA, LVT & Cy Holm, DVM",
            ("Ann Marsh, VMD, DACVB", "Bo Quist, BA, LVT", "Cy Holm, DVM"),
        ),
        ("Ann Marsh, MD, and Bo Quist, PhD", ("Ann Marsh, MD", "Bo Quist, PhD")),
        ("Ann Marsh, MS, RD", ("Ann Marsh, MS, RD",)),
        ("Ann Marsh, DVM, VTS (Harbour); Bo Quist, RN", ("Ann Marsh, DVM, VTS (Harbour)", "Bo Quist, RN")),
        ("Ann Marsh, MA, PhD, Bo Quist, MBA, Cy Holm, JD", ("Ann Marsh, MA, PhD", "Bo Quist, MBA", "Cy Holm, JD")),
        ("Lindow Harbour, MA; Ferry and Soup", ()),
        ("The MBA and the JD", ()),
    ],
)
def test_people_with_their_degrees_below_the_headline(line: str, names: tuple[str, ...]) -> None:
    assert authors_of(f"<div>{line}</div>") == names


@pytest.mark.parametrize(
    "above",
    [
        "<p>2021-05-03 ·</p><a href='/x'><div>Ann Marsh</div></a>",
        "<div>May 3, 2021 |</div><div><a href='/x'>Ann Marsh</a></div>",
        "<p>Ann Marsh</p><p>ann@lindow.example</p>",
        "<p>Ann Marsh, correspondante à Rome</p>",
        "<p>Ann Marsh, Head Reporter</p>",
    ],
)
def test_more_names_around_the_headline(above: str) -> None:
    assert authors_of(above) == ANN


def test_a_first_name_beside_the_day_that_a_note_explains() -> None:
    day = "<p><time datetime='2021-05-03'>3 May</time></p>"
    assert authors_of(f"<p>Ann</p>{day}", below="<h3>Ann</h3><p>Ann is the founder of the ferry, and rows.</p>") == (
        "Ann",
    )
    assert authors_of(f"<p>Sea</p>{day}", below="<h3>Sea</h3><p>Sea is what the ferry is in, and has been.</p>") == ()


@pytest.mark.parametrize(
    "above", ["<p>Lindow Harbour, a place for editors and boats</p>", "<p>Lindow Harbour, 3 May</p>"]
)
def test_what_stands_behind_a_comma_is_no_job(above: str) -> None:
    assert authors_of(above) == ()


def test_a_sign_in_brackets_is_nobody() -> None:
    assert authors_of("<p class='author'>(jwi/dpa)</p>") == ()


@pytest.mark.parametrize(
    "desk", ["dpa", "TT", "Redacción", "La rédaction", "Редакция", "編集部", "온라인뉴스팀", "Newsroom"]
)
def test_a_desk_or_an_agency_that_a_class_marks_wrote_it_where_nobody_else_is_named(desk: str) -> None:
    assert authors_of(f"<p class='author'>{desk}</p>") == (desk,)
    assert authors_of(f"<p class='author'>{desk}</p><p>By Ada Quill</p>") == ("Ada Quill",)


@pytest.mark.parametrize("account", ["ada_q", "ada.quill", "Quill7730"])
def test_an_account_is_written_as_the_page_writes_it(account: str) -> None:
    assert authors_of(f"<div class='submitted'>Submitted by <a class='username' href='/u/1'>{account}</a></div>") == (
        account,
    )


def test_quotation_marks_are_no_part_of_a_name() -> None:
    assert authors_of(head="<meta name='author' content='&quot;Ada Quill&quot;'>") == ("Ada Quill",)


@pytest.mark.parametrize(
    "below",
    [
        "<ul><li><a href='/a'>About Garnet Harbour</a></li><li><a href='/b'>Garnet Harbour of all.</a></li></ul>",
        "<h4>About Garnet Harbour</h4><p>Garnet Harbour</p>",
    ],
)
def test_menus_below_name_no_author(below: str) -> None:
    assert authors_of(below=below) == ()
