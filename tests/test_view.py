"""The labelled page as the record that is written."""

import json

import pytest
import sample
from hostile_parts import SENTENCE
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Cleaner, clean, view
from cleaners.matching.ruleset import RuleSet
from cleaners.page import RECORD, Block, Page
from cleaners.words import key

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


@pytest.mark.parametrize("empty", [0, 1, 2])
def test_what_stood_in_an_article_of_which_nothing_is_left_is_listed_with_another(empty: int) -> None:
    blocks = [Block(f"{SENTENCE} {n}", n, article=n) for n in range(3)]
    blocks[empty].label("chrome", "test")
    first, second = view.articles(Page("text", blocks), RuleSet(()))
    assert [entry["text"] for entry in (*first.removed, *second.removed)] == [f"{SENTENCE} {empty}"]


ROLES = {
    "h1": "<h1>{}</h1>",
    "p": "<p>{}</p>",
    "li": "<ul><li>{}</li></ul>",
    "td": "<table><tr><td>{}</td></tr></table>",
    "pre": "<pre>{}</pre>",
    "nav": "<nav><a href='/'>{}</a></nav>",
    "aside": "<aside><p>{}</p></aside>",
    "date": "<div class='date'>{} 3 May 2021</div>",
    "byline": "<div class='byline'>By Ann {}</div>",
    "kicker": "<div class='kicker'>{}</div>",
    "caption": "<figure><figcaption>{}</figcaption></figure>",
    "standfirst": "<h2 class='standfirst'>{}</h2>",
}
WORDS = ("Ferry", "Lindow", "the pier", "was mended", "in spring", "Marsh", "wind", "Sea", "soup", "No 9", "harbour")
parts = st.tuples(
    st.sampled_from(sorted(ROLES)), st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
)


@given(st.lists(parts, min_size=3, max_size=14), st.sampled_from(["", "Ferry soup", "Lindow"]))
def test_each_line_that_a_page_shows_is_in_the_text_or_a_field_or_removed(
    cleaner: Cleaner, shown: list[tuple[str, str]], title: str
) -> None:
    body = "".join(ROLES[role].format(text) for role, text in shown)
    source = f"<html><head><title>{title}</title></head><body><article>{body}<p>{PROSE}</p></article></body></html>"
    page = cleaner.label(source)
    records = [article.to_dict() for article in view.articles(page, cleaner.rules)]
    said = key(json.dumps(records, ensure_ascii=False))
    for block in page.blocks:
        assert key(block.text) in said, (block.role, block.by, block.raw)
