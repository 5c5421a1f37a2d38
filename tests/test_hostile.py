"""Hostile pages, library alone: each ends as an article or is refused with a sentence, in time, and never cut short."""

from pathlib import Path

import pytest
from hostile import KINDS
from hostile_parts import FIRST, LAST, Kind, html
from hostile_run import become

from cleaners import RuleError, clean, load_rules

PATIENT = 240
"""Seconds of the processor after which a page counts as hung, so that the tests end; one at its full size may take as
many as a run's deadline, 20. How busy the machine is makes no difference to either."""


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


def test_a_page_too_big_for_the_extractor_keeps_all_between_its_first_and_last_prose() -> None:
    (article,) = clean(html("<p>a line</p>" * 25_000 + "<nav><p>Home of the news and of everything</p></nav>"))
    assert article.text.count("a line") == 25_000
    assert article.text.startswith(FIRST) and article.text.endswith(LAST)
    assert "Home" not in article.text


def test_a_rule_of_a_user_that_backtracks_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        "why = 'x'\n[[rule]]\nid = 'mine.slow'\npattern = '(?:\\w|\\w)+!|wolf'\nneeds = ['wolf']\n"
        "hits = ['wolf']\nmisses = ['a dog']\n"
    )
    with pytest.raises(RuleError, match="hang"):
        load_rules(tmp_path)
