"""Several articles on one HTML page: each a record of its own, and never one of them in two."""

from dataclasses import replace

import pytest
from several_pages import ONE, SEVERAL, URL, Story

from cleaners import Cleaner
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
