"""Several articles on one HTML page: each a record of its own, and never one of them in two."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from several_pages import ONE, PROSE, SEVERAL, STORIES, URL, Story, page, ps

from cleaners import Cleaner, view
from cleaners.html.parse import parse
from cleaners.html.visible import elements, visible_blocks
from cleaners.words import key


@pytest.mark.parametrize("name", SEVERAL)
def test_each_of_several_articles_is_a_record_of_its_own(cleaner: Cleaner, name: str) -> None:
    source, stories = SEVERAL[name]
    articles = cleaner.clean(source, url=URL)
    found = [
        Story(a.title or "", ", ".join(a.authors), a.published or "", "", tuple(a.text.split("\n\n"))) for a in articles
    ]
    assert found == [replace(story, shown="") for story in stories]
    assert [a.id.partition("#")[2] for a in articles] == ["", "2", "3", "4", "5", "6"][: len(articles)]


@pytest.mark.parametrize("name", ONE)
def test_one_article_is_never_split(cleaner: Cleaner, name: str) -> None:
    page = cleaner.label(ONE[name], url=URL)
    assert {b.article for b in page.blocks} == {0}


@pytest.mark.parametrize("name", SEVERAL)
def test_nothing_that_such_a_page_shows_vanishes(cleaner: Cleaner, name: str) -> None:
    source, _ = SEVERAL[name]
    page = cleaner.label(source)
    said = key(str([a.to_dict() for a in cleaner.clean(source)]))
    assert [b.start for b in page.blocks] == list(range(len(page.blocks)))
    assert [b.article for b in page.blocks] == sorted(b.article for b in page.blocks)
    assert all(key(b.text) in said for b in page.blocks)


PIECES = {
    "text": ps(PROSE[:2]),
    "list": "<ul><li>A smaller oven</li><li>A longer counter</li></ul>",
    "heading": "<h3>What comes next</h3>",
    "figure": "<figure><img src='x.jpg'><figcaption>The scene at Lindow</figcaption></figure>",
    "aside": "<aside><h4>Also of interest</h4><a href='/9'>The pier is mended at last</a></aside>",
    "loose": "Some words that stand in no element of their own<br>",
    "quote": "<blockquote><h2>A headline that is quoted</h2><p>By Sam Holt</p></blockquote>",
    "foot": "<footer>Filed under <a href='/c'>News</a></footer>",
}
stories = st.tuples(
    st.sampled_from(STORIES), st.booleans(), st.booleans(), st.lists(st.sampled_from(sorted(PIECES)), max_size=4)
)


@given(st.lists(stories, min_size=1, max_size=4), st.sampled_from(["article", "div", "section", ""]), st.booleans())
def test_whatever_is_told_apart_nothing_is_lost(
    cleaner: Cleaner, told: list[tuple[Story, bool, bool, list[str]]], tag: str, named: bool
) -> None:
    inside = "".join(
        f"{tag and f'<{tag}>'}<h2>{s.title} {n}</h2>{f'<p>By {s.author}</p>' * by}{f'<p>{s.shown}</p>' * on}"
        f"{''.join(PIECES[piece] for piece in pieces)}{tag and f'</{tag}>'}"
        for n, (s, by, on, pieces) in enumerate(told)
    )
    source = page("<h1>The week in Lindow</h1>" * named + inside)
    labelled = cleaner.label(source)
    assert labelled.restore() == [b.raw for b in visible_blocks(parse(source)[0])]
    assert [b.start for b in labelled.blocks] == list(range(len(labelled.blocks)))
    said = key(str([a.to_dict() for a in view.articles(labelled, cleaner.rules)])) if labelled.kept() else None
    assert said is None or all(key(b.text) in said for b in labelled.blocks)


@pytest.mark.parametrize("name", [*SEVERAL, *ONE])
def test_the_numbers_of_elements_lead_to_them(name: str) -> None:
    source = SEVERAL[name][0] if name in SEVERAL else ONE[name]
    tree, _ = parse(source)
    for block in visible_blocks(tree):
        assert block.facts is not None
        found = elements(tree, block.facts.inside)
        assert tuple(found[number].tag for number in block.facts.inside) == block.facts.tags


def test_a_page_that_leaves_elements_open_is_read_all_the_same(cleaner: Cleaner) -> None:
    source = SEVERAL["sibling articles"][0].replace("</article>", "")
    assert {key(text) for s in STORIES for text in s.text} <= {
        key(b.raw) for b in cleaner.label(source).blocks if b.kept
    }
