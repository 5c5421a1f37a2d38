"""Patterns that could hang a run are told from those that could not, whatever else the machine does meanwhile."""

from collections.abc import Callable

import pytest
import regex

from cleaners.matching import backtrack
from cleaners.matching.backtrack import backtracks
from cleaners.matching.ruleset import CUT_LIMIT, PATTERN_LIMIT

EXPONENTIAL = {
    r"(a|aa)+b|share": "share",
    r"(?:\w|\w)+!|share": "share",
    r'share "(?:[^"\\]|\\.|\w)*"': 'share "this"',
    r"(?:[a-z]|[aeiou]y?)+!": "share!",
    r"share (?:\p{L}|\p{Lu}\.?)+!": "share Ada!",
    r"(?i)(?:share|tweet|s|h|are|\w)+!": "Share!",
    r"(?x)(?(DEFINE)(?P<name>\p{L}+[ ]?))share[ ](?&name)+!": "share Ada Quill!",
    r"share(?:\s|\s*,|\s+)*!": "share , !",
}
"""Patterns of whole lines, and a hit of each."""
INSIDE = {
    r"share (?:\w+\W?)+;": "share this;",  # exponential
    r"(?:\d+[.,]?)+ share": "1,234 share",
    r"\d+.*\d+.*share": "1 and 2 share",  # cubic
    r"<.+>.*<share>": "<b>bold<share>",
    r"\[.*\|.*share\]": "[a|share]",
    r"\(share .*?\)": "(share in a new window)",  # quadratic
    r"\w+ via share": "told via share",
    r"\s+share$": "read  share",
    r"(\w+) share \1": "ha share ha",
    r"\w+@\w+ share": "ada@post share",
}
"""Patterns of cuts."""
LINEAR = {
    r"share this": "share this",
    r"share .* on facebook": "share this on facebook",
    r"share (?:\w+ ){0,3}now": "share it now",
    r"share(?: \w+)*": "share it now",
    r"share \p{Lu}\w+(?: \p{Lu}\w+){1,3}": "share Ada Quill",
    r"(?:share|tweet|pin|mail)(?: (?:this|it|on \w+))*": "share this on facebook",
    r"share (?:\w++ ?+)++!?": "share it now!",
    r"share (?>\w+\s?)+!": "share it!",
    r"(?i)share (?:on )?\d{1,2} \w{3,9} \d{4}(?:,? \d{1,2}:\d{2})?": "Share on 2 May 2020, 12:30",
    r"share:(?: [^,]+,)* [^,]+": "share: one, two",
    r"(?x)(?(DEFINE)(?P<name>\p{Lu}\w+))share[ ](?&name)(?:[ ](?&name))*": "share Ada Quill",
}
GUARDED = {
    r"(?:a+)+b|share": "share",
    r"(?:\w+\s?)+!|share": "share",
    r"(?:.*,){3}.*[^a-z]x|share": "share",
    r"\w*\w*\w*!|share": "share",
    r"share:(?: [^,]+(?:, [^,]+)*)+\.": "share: one, two.",
}
"""`regex` guards repeats inside repeats: these cost two milliseconds on a line of 400 characters, which is no hang."""
INSIDE_LINEAR = {
    r"share more": "share more",
    r"\(share [^()]{0,40}\)": "(share in a new window)",
    r"\bshare(?: \w{1,20}){0,4} now\b": "share it now",
    r"(?<=\. )share [^.]{0,80}\.": "It rained. share it now.",
    r"\[\d+\] share": "[12] share",
}


def probed(pattern: str, hit: str, *, whole: bool) -> str | None:
    compiled = regex.compile(pattern)
    assert compiled.fullmatch(hit) if whole else compiled.search(hit)
    limit = PATTERN_LIMIT if whole else CUT_LIMIT
    return backtracks(pattern, limit, whole=whole, literals=("share",), hits=(hit,))


@pytest.mark.parametrize("pattern", [*EXPONENTIAL, *INSIDE])
def test_a_pattern_that_could_hang_a_run_is_told(pattern: str) -> None:
    assert probed(pattern, (EXPONENTIAL | INSIDE)[pattern], whole=pattern in EXPONENTIAL)


@pytest.mark.parametrize("pattern", [*LINEAR, *GUARDED, *INSIDE_LINEAR])
def test_a_pattern_that_could_not_is_left_alone(pattern: str) -> None:
    whole = pattern not in INSIDE_LINEAR
    assert probed(pattern, (LINEAR | GUARDED | INSIDE_LINEAR)[pattern], whole=whole) is None


@pytest.mark.parametrize(("growth", "slow"), [(1, False), (2, True), (3, True)])
def test_what_counts_is_how_the_cost_grows_and_not_what_it_is(
    monkeypatch: pytest.MonkeyPatch, growth: int, slow: bool
) -> None:
    """A tenth of a second is more than LEAST_SECONDS, but not by itself a hang: the machine may be slow."""

    def timed(ask: Callable[..., object], line: str, most: float) -> tuple[None, float]:
        seconds = 0.1 * (len(line) / PATTERN_LIMIT) ** growth
        if seconds > most:
            raise TimeoutError
        return None, seconds

    monkeypatch.setattr(backtrack, "timed", timed)
    assert bool(probed("share this", "share this", whole=True)) is slow


def test_an_honest_pattern_that_is_disturbed_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def timed(ask: Callable[..., object], line: str, most: float) -> tuple[None, float]:
        nonlocal asked
        asked += 1
        if asked in (5, 6):  # twice running
            raise TimeoutError
        return None, 0.000_1

    monkeypatch.setattr(backtrack, "timed", timed)
    assert probed("share this", "share this", whole=True) is None
    assert asked > 6
