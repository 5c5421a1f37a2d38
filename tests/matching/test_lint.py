"""What `rules check` finds."""

from pathlib import Path

from cleaners import load_rules
from cleaners.matching.lint import check
from cleaners.matching.ruleset import RuleSet

GOOD = """
why = "the site's own"
[[rule]]
id = "mine.weather"
lines = ["Weather for Lindow today"]
hits = ["WEATHER FOR LINDOW TODAY!"]
misses = ["The weather for Lindow today will be wet."]
"""


def found(folder: Path, text: str) -> list[str]:
    """What is wrong with rules of one's own. (The built-in ones are checked by the command's test.)"""
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    rules = load_rules(folder)
    return [str(finding) for finding in check(RuleSet(tuple(rule for rule in rules.rules if rule.id in rules.outside)))]


def test_check_finds_examples_that_fail_and_rules_said_twice(tmp_path: Path) -> None:
    twice = GOOD + GOOD.partition("[[rule]]")[1] + GOOD.partition("[[rule]]")[2].replace("weather", "again", 1)
    told = "error: mine.again: the line 'Weather for Lindow today' is in mine.weather already"
    assert told in found(tmp_path, twice)
    wrong = GOOD.replace("The weather for Lindow today will be wet.", "weather for lindow, today").replace(
        "WEATHER FOR LINDOW TODAY!", "Weather for Oslo today"
    )
    assert found(tmp_path, wrong) == [
        "error: mine.weather: the hit 'Weather for Oslo today' is not matched",
        "error: mine.weather: the near-miss 'weather for lindow, today' is matched",
    ]


def test_check_finds_shadowed_rules(tmp_path: Path) -> None:
    more = GOOD + (
        "[[rule]]\nid = 'mine.tail'\nwhere = 'tail'\nlines = ['weather for lindow today']"
        "\nhits = ['Weather for Lindow today']\nmisses = ['x']\n"
        "[[rule]]\nid = 'mine.shape'\npattern = '(?i)weather for \\w+ today'\nneeds = ['weather']"
        "\nhits = ['weather for lindow today']\nmisses = ['weather']\n"
    )
    assert found(tmp_path, more) == [
        "warning: mine.tail: mine.weather takes the line 'weather for lindow today' wherever it is",
        "warning: mine.shape: shadowed: mine.weather takes every one of its hits first",
    ]
