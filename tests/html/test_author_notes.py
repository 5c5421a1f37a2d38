"""Authors by what stands below the article."""

import pytest
from html_page import ONE, THREE, TITLE, TWO, URL, extract, page_of, paragraphs

ANN = ("Ann Marsh",)


def authors_of(below: str) -> tuple[str, ...]:
    page = page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE)}{below}")
    return extract(page, URL).meta.authors


@pytest.mark.parametrize(
    "below",
    [
        "<h3>Written by Ann Marsh</h3><p>Ann Marsh has written about harbours and the people in them since 2009.</p>",
        "<p>This post was written by Ann Marsh, Head of Marketing and Harbour Development</p>",
        "<p><em>This article was written by <a href='/p/1'>Dr. Ann Marsh</a>, doctor, Lindow Health.</em></p>",
        "<p>Cet article a été écrit par Ann Marsh.</p>",
        "<p>About the author:</p><p>Ann Marsh is a writer with over five years on the ferry.</p>",
        "<div><h3>Ann Marsh</h3><p>Ann Marsh is the Head of Marketing at the harbour and likes boats.</p></div>",
        "<div><div>Ann Marsh</div><div>Ann Marsh writes about the harbour, and teaches at Lindow College.</div></div>",
        "<aside><h6>Author</h6><span>AM</span><div>Ann Marsh</div><div>Staff Engineer, Harbour</div></aside>",
        "<aside><h6>Author(s)</h6><ul><li><a href='/?author=1'>Ann Marsh</a></li></ul></aside>",
    ],
)
def test_what_stands_below_the_article(below: str) -> None:
    assert authors_of(below) == ANN


@pytest.mark.parametrize(
    "below",
    [
        "<h3>Mortar</h3><p>Mortar is a paste of lime that the masons of the harbour wrote off long ago.</p>",
        "<h3>Ann Marsh</h3><p>Ann Marsh is a sailor.</p><h3>Bo Quist</h3><p>Bo Quist is a director of boats.</p>",
        "<div class='comments'><h3>Ann Marsh</h3><p>Ann Marsh is a writer of comments.</p></div>",
        "<p>This article was written by hand, and by night.</p>",
        "<h3>Authors</h3><p>They met on the ferry, and never spoke of it again to anybody in the town.</p>",
    ],
)
def test_what_names_no_author_below_the_article(below: str) -> None:
    assert authors_of(below) == ()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("This post was written by Ann Marsh, MD, doctor, Lindow Health.", "Ann Marsh, MD"),
        ("This article was written by Dr. Ann Marsh, PhD, RN.", "Ann Marsh, PhD, RN"),
        ("Dieser Artikel wurde verfasst von Ann Marsh, MBA", "Ann Marsh, MBA"),
        ("Cet article a été écrit par Ann Marsh, PhD.", "Ann Marsh, PhD"),
        ("Este artículo fue escrito por Ann Marsh, MD", "Ann Marsh, MD"),
    ],
)
def test_a_degree_stays_with_the_name(line: str, name: str) -> None:
    assert authors_of(f"<p>{line}</p>") == (name,)


def test_several_below_a_label() -> None:
    pairs = "<p>AM</p><p>Ann Marsh</p><p>Staff Engineer</p><p>BQ</p><p>Bo Quist</p><p>Director of Harbours</p>"
    more = "".join(
        f"<p>On day {n} the ferry left, and the harbour was as quiet as it had been before.</p>" for n in "123456"
    )
    assert authors_of(f"{more}<h6>Authors</h6>{pairs}<p>More</p>") == ("Ann Marsh", "Bo Quist")
