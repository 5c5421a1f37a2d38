"""The labelled page as the record that is written."""

import json

import pytest
import sample
from hostile_parts import SENTENCE

from cleaners import Cleaner, clean, view
from cleaners.matching.ruleset import RuleSet
from cleaners.page import RECORD, Block, Page

PROSE, MORE, _ = sample.PROSE
PAGE = f"Lindow council votes to close the bridge\n\n{PROSE}\n\n{MORE}"


def test_the_record_has_the_fields_in_their_order_and_is_json() -> None:
    record = clean(PAGE, url="https://www.lindow.example/news/1")[0].to_dict()
    assert tuple(record) == RECORD
    assert json.loads(json.dumps(record)) == record
    assert (record["url"], record["host"]) == ("https://www.lindow.example/news/1", "lindow.example")


def test_an_id_is_the_content_s_unless_it_is_given() -> None:
    assert clean(PAGE)[0].id == clean(PAGE)[0].id != clean(PAGE + " It rained.")[0].id
    (article,) = Cleaner().clean(PAGE, id="a/b.txt", name="a/b.txt")
    assert (article.id, article.page) == ("a/b.txt", "a/b.txt")


def test_dates_that_are_none_are_read_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(view, "iso_date", lambda text, _: asked.append(text))
    dates = [Block(f"{n} Smarch 20{n:02}", n, role="date", by="test") for n in range(10, 99)]
    view.articles(Page("html", [*dates, Block(SENTENCE, 99)]), RuleSet(()))
    assert 0 < len(asked) < 10
