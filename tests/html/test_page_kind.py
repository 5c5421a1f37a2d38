"""Whether a page is an article, by the facts of its blocks."""

import numpy as np
import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, extract, ld, page_of, paragraphs

from cleaners.html.block_facts import facts, names
from cleaners.html.page_kind import Kind, kind_of, page_facts, page_names
from cleaners.page import Meta

CHARS, KEPT, WORDS = (names().index(name) for name in ("chars", "kept", "words"))
STORY = f"<h1>{TITLE}</h1><p class='byline'>By Ann Marsh</p><time datetime='2021-05-03'>3 May 2021</time>" + paragraphs(
    ONE, TWO, THREE, FOUR, ONE[::-1], TWO[::-1]
)
SHOP = "<h1>Boats</h1>" + "".join(
    f"<div class='product-card'><h3><a href='/boat/{n}'>Rowing boat number {n}</a></h3><span>${n}99.00</span>"
    "<button>Add to cart</button></div>"
    for n in range(1, 30)
)
LISTING = "<h1>Boats for hire</h1>" + "".join(
    f"<div class='item'><a href='/hire/{n}'><img src='{n}.jpg'></a><h3><a href='/hire/{n}'>Boat number {n}</a></h3>"
    f"<ul><li>{n} seats</li><li>{n * 3} metres</li></ul><a class='btn' href='/hire/{n}'>See the boat</a></div>"
    for n in range(1, 25)
)
THREAD = "<h1>Which oars?</h1>" + "".join(
    f"<div class='post reply'><div class='user'>rower{n}</div><div class='post-date'>{n} May 2021, 10:0{n}</div>"
    f"<div class='post-body'><p>I took the long ones, number {n}. Do they float?</p></div><a href='#'>Reply</a></div>"
    for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("inside", "head", "kind"),
    [
        (STORY, ld(author="Ann Marsh", datePublished="2021-05-03"), "article"),
        (STORY, "", "article"),
        (SHOP, "", "other"),
        (LISTING, "", "other"),
        (THREAD, "", "other"),
    ],
    ids=["stated article", "article", "shop", "listing", "thread"],
)
def test_an_article_is_told_from_other_pages(inside: str, head: str, kind: Kind) -> None:
    page = extract(page_of(inside, head))
    seen, _ = facts(page.blocks, page.meta)
    assert kind_of(seen, page.meta) == kind


def test_a_block_counts_by_its_characters_and_the_kept_ones_once_more() -> None:
    seen = np.zeros((3, len(names())))
    seen[:, CHARS], seen[:, KEPT], seen[:, WORDS] = (9, 29, 59), (0, 1, 1), (1, 2, 3)
    found = page_facts(seen, Meta(authors=("Ann Marsh",), description="Boats"))
    every, kept, rest = found[: len(names())], found[len(names()) : 2 * len(names())], found[2 * len(names()) :]
    assert (every[WORDS], kept[WORDS]) == ((10 + 60 + 180) / 100, (60 + 180) / 90)
    assert [*rest] == [3, 2, 100, 90, 1, 0, 0, 5, 0]


def test_where_nothing_is_kept_the_means_say_so() -> None:
    found = page_facts(np.zeros((2, len(names()))), Meta())
    assert {*found[len(names()) : 2 * len(names())]} == {-1.0}


def test_every_fact_has_its_name() -> None:
    page = extract(page_of(STORY))
    seen = facts(page.blocks, page.meta)[0]
    found = dict(zip(page_names(), page_facts(seen, page.meta), strict=True))
    assert found["page:blocks"] == len(page.blocks) and found["page:chars"] == seen[:, CHARS].sum() + len(page.blocks)
    assert found["kept:kept"] == 1 and 0 < found["all:kept"] < 1
