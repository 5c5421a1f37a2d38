"""Hostile pages, library alone: each ends as an article or is refused with a sentence, in time, and never cut short."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import KINDS
from hostile_parts import FIRST, LAST, SENTENCE, Kind, html
from hostile_run import become
from html_page import extract

from cleaners import NotText, RuleError, clean, load_rules, view
from cleaners.matching.ruleset import RuleSet
from cleaners.page import Block, Page
from cleaners.source import decode, looks_like_html

PATIENT = 240.0
"""Seconds that a page may take on a busy machine; of the processor's it may have as many as a run's deadline, 20."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_small_one(kind: Kind) -> None:
    _check(kind, kind.small)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_full_one(kind: Kind) -> None:
    seconds, megabytes = _check(kind, kind.full)
    assert seconds < 20
    assert megabytes < 1_000


def _check(kind: Kind, size: int) -> tuple[float, int]:
    told = become(kind, size, PATIENT)
    assert told["end"] in ("article", "refused")
    assert kind.end in ("either", told["end"]), told["why"]
    assert told["wrong"] == []
    assert told["end"] == "article" or len(told["why"]) > 20
    return told["seconds"], told["megabytes"]


def test_there_are_enough_kinds_and_each_has_its_name() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) > 100
    assert all(kind.build(kind.small) == kind.build(kind.small) for kind in KINDS)


@pytest.mark.parametrize("between", ["</body></html>", "</html><html><head><title>x</title></head><body>", "</body>"])
def test_what_follows_the_end_of_the_page_is_not_lost(between: str) -> None:
    page = (
        f"<html><head><title>t</title></head><body><p>{FIRST}</p>{between}<p>{SENTENCE}</p>{between}tail<p>{LAST}</p>"
    )
    assert extract(page).restore() == [FIRST, SENTENCE, "tail", LAST]


@pytest.mark.parametrize(
    "opening",
    ["<!--", "<script>", "<textarea>", "<title>", "<noscript>", "<svg>", "<template>", "<p class='", '<a href="'],
)
def test_a_page_that_is_swallowed_by_what_is_left_open_is_refused(opening: str) -> None:
    with pytest.raises(NotText, match="never closed"):
        clean(html(opening))


@pytest.mark.parametrize(
    "inside",
    [
        "<!-- a --> <!-- b -->", "<!-->", "<!-- <p> --!>", "<script>x = '<!--'</script>",
        "<script>x = '</body>'</script>", "<script>a = '<p class='</script>", "<svg/>", "<svg><path d='M'/></svg>",
        "<noscript><img src=x></noscript>", "<p class=''>x</p>", "<p class=a'b>x</p>", "<textarea></body></textarea>",
    ],
)  # fmt: skip
def test_a_page_that_closes_what_it_opens_is_not(inside: str) -> None:
    (article,) = clean(html(inside))
    assert FIRST in article.text and LAST in article.text


@pytest.mark.parametrize("last", ["<noscript><img src='x'>", "<svg><path d='M'>", "<!-- statistics ", "<script>x()"])
def test_something_left_open_behind_the_article_is_no_reason_to_refuse_it(last: str) -> None:
    (article,) = clean(f"<html><body><p>{FIRST}</p><p>{SENTENCE}</p><p>{LAST}</p>{last}")
    assert FIRST in article.text and LAST in article.text


def test_a_page_too_big_for_the_extractor_keeps_all_between_its_first_and_last_prose() -> None:
    (article,) = clean(html("<p>a line</p>" * 25_000 + "<nav><p>Home of the news and of everything</p></nav>"))
    assert article.text.count("a line") == 25_000
    assert article.text.startswith(FIRST) and article.text.endswith(LAST)
    assert "Home" not in article.text


@pytest.mark.parametrize(
    "name", ["utf-16", "utf-32", "cp500", "undefined", "punycode", "utf-7", "rot13", "hex", "mbcs", "x"]
)
def test_an_encoding_that_cannot_be_is_not_believed(name: str) -> None:
    text, _ = decode(f"<html><meta charset={name}><p>{'Über Öl und Ähren sprach man. ' * 20}".encode("cp1252"))
    assert "sprach man" in text


@pytest.mark.parametrize(
    "build", [lambda n: "</html>" + "<!---->" * n + "x", lambda n: "<!--" * n, lambda n: "<!---->" * n]
)
def test_telling_html_from_text_costs_linear_time(build: Callable[[int], str]) -> None:
    begin = time.process_time()
    looks_like_html(build(200_000))
    assert time.process_time() - begin < 1


def test_a_rule_of_a_user_that_backtracks_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        "why = 'x'\n[[rule]]\nid = 'mine.slow'\npattern = '(?:\\w|\\w)+!|wolf'\nneeds = ['wolf']\n"
        "hits = ['wolf']\nmisses = ['a dog']\n"
    )
    with pytest.raises(RuleError, match="hang"):
        load_rules(tmp_path)


def test_dates_that_are_none_are_read_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(view, "iso_date", lambda text, _: asked.append(text))
    dates = [Block(f"{n} Smarch 20{n:02}", n, role="date", by="test") for n in range(10, 99)]
    view.articles(Page("html", [*dates, Block(SENTENCE, 99)]), RuleSet(()))
    assert 0 < len(asked) < 10
