"""The patience with users' patterns: counted in CPU time, for each page anew, and never a reason for another text.

The clock of these tests is made of steps: each look at it is one later.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import regex

from cleaners import BadInput, Cleaner, load_rules
from cleaners.matching import match, patience
from cleaners.matching.match import compile_rules, cuts, matches
from cleaners.matching.patience import PATIENCE, Patience, SlowRule, timed
from cleaners.matching.ruleset import Rule, RuleSet

PROSE = "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring."


def wolves(times: int) -> str:
    return "\n".join(f"Wolf {'and wolf ' * n}came." for n in range(times))


def rule(id: str, does: str = "role") -> Rule:
    found = {"pattern": "wolf", "needs": ["wolf"], "why": "x", "hits": ["wolf"], "misses": ["a dog"]}
    return Rule.model_validate({"id": id, "does": does, **found})


@pytest.fixture
def step(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """How many seconds the clock goes on with each look; a pattern is timed with two looks."""
    now, by = 0.0, [1.0]

    def look() -> float:
        nonlocal now
        now += by[0]
        return now

    match._asked.cache_clear()  # what was taken by another clock
    monkeypatch.setattr(patience, "thread_time", look)
    yield by


@pytest.fixture
def mine(tmp_path: Path) -> Cleaner:
    (tmp_path / "mine.toml").write_text(
        "why = 'x'\n[[rule]]\nid = 'mine.wolf'\npattern = '(?i)wolf howls'\nneeds = ['wolf']\n"
        "hits = ['wolf howls']\nmisses = ['a dog']\n"
    )
    return Cleaner(load_rules(tmp_path))


def test_a_page_on_which_users_patterns_take_too_long_is_refused_and_the_rule_named(
    mine: Cleaner, step: list[float]
) -> None:
    with pytest.raises(SlowRule, match=r"mine\.wolf") as caught:
        mine.clean(wolves(5))
    assert isinstance(caught.value, BadInput)
    assert mine.clean(wolves(4))[0].text


def test_each_page_has_the_whole_patience_whatever_was_cleaned_before(mine: Cleaner, step: list[float]) -> None:
    """Also where the answers are remembered from the page before."""
    for _ in range(3):
        assert mine.clean(wolves(4))[0].text
        with pytest.raises(SlowRule):
            mine.clean(wolves(5))


def test_a_line_counts_once_however_often_it_is_asked_about(step: list[float]) -> None:
    matcher = compile_rules(RuleSet((rule("mine.wolf"),), outside=frozenset({"mine.wolf"})))
    for _ in range(10):
        assert matches(matcher, "wolf")
    assert matcher.patience.spent == {"mine.wolf": 1.0}
    assert matcher.for_page().patience.spent == {}


def test_what_takes_no_time_to_speak_of_is_not_counted(step: list[float], mine: Cleaner) -> None:
    step[0] = patience.SLOW / 2
    assert mine.clean(wolves(400))[0].text


def test_the_rules_that_come_with_boilerstrip_are_not_timed(step: list[float]) -> None:
    matcher = compile_rules(RuleSet((rule("a.wolf"), rule("a.cut", "cut"))))
    step[0] = PATIENCE
    assert matches(matcher, "wolf") and list(cuts(matcher, "a wolf"))
    assert matcher.patience.spent == {}


def test_cuts_are_counted_too(step: list[float]) -> None:
    matcher = compile_rules(RuleSet((rule("mine.cut", "cut"),), outside=frozenset({"mine.cut"})))
    assert len(list(cuts(matcher, "wolf and wolf"))) == 2
    with pytest.raises(SlowRule, match=r"mine\.cut"):
        list(cuts(matcher, "wolf and wolf"))


def test_the_rule_that_took_most_is_named() -> None:
    spent = Patience()
    with pytest.raises(SlowRule, match=r"that of b\.slow most of it"):
        for n, (name, seconds) in enumerate((("a.quick", 1.0), ("b.slow", 3.0), ("a.quick", 1.0))):
            spent.add(f"line {n}", [(name, seconds)])


def test_a_pattern_that_runs_out_of_time_never_counts_as_one_that_does_not_match(
    mine: Cleaner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gives_up(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(patience, "timed", gives_up)
    with pytest.raises(SlowRule, match=r"mine\.wolf"):
        mine.clean(f"{PROSE}\n\nWolf howls\n\n{PROSE}")


def test_a_pattern_that_hangs_is_stopped() -> None:
    with pytest.raises(TimeoutError):
        timed(regex.compile(r"(a|aa)+b").fullmatch, "a" * 60, most=0.01)


def test_what_other_threads_do_costs_no_patience(step: list[float]) -> None:
    """`regex` counts the time of all threads: where it gives up before this one has had its time, it is asked again."""
    given: list[float] = []

    def busy(line: str, timeout: float) -> regex.Match[str] | None:
        given.append(timeout)
        if len(given) < 4:
            raise TimeoutError
        return regex.fullmatch("wolf", line)

    found, seconds = timed(busy, "wolf", most=5.0)
    assert found and seconds == 1.0
    assert given == [5.0, 10.0, 20.0, 40.0]
    numbers = count()

    def hangs(line: str, timeout: float) -> None:
        next(numbers)
        raise TimeoutError

    step[0] = 2.5
    with pytest.raises(TimeoutError):
        timed(hangs, "wolf", most=2.5)
    assert next(numbers) == 1
