"""What `rules check` finds."""

from pathlib import Path

from cleaners import load_rules
from cleaners.matching.lint import check

GOOD = """
why = "the site's own"
[[rule]]
id = "mine.weather"
lines = ["Weather for Lindow today"]
hits = ["WEATHER FOR LINDOW TODAY!"]
misses = ["The weather for Lindow today will be wet."]
"""


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_check_finds_examples_that_fail_and_rules_said_twice(tmp_path: Path) -> None:
    twice = GOOD + GOOD.partition("[[rule]]")[1] + GOOD.partition("[[rule]]")[2].replace("weather", "again", 1)
    found = [str(f) for f in check(load_rules(write(tmp_path, twice)))]
    assert "error: mine.again: the line 'Weather for Lindow today' is in mine.weather already" in found
    wrong = GOOD.replace("The weather for Lindow today will be wet.", "weather for lindow, today").replace(
        "WEATHER FOR LINDOW TODAY!", "Weather for Oslo today"
    )
    found = [str(f) for f in check(load_rules(write(tmp_path, wrong)))]
    assert "error: mine.weather: the hit 'Weather for Oslo today' is not matched" in found
    assert "error: mine.weather: the near-miss 'weather for lindow, today' is matched" in found


def test_check_finds_shadowed_rules(tmp_path: Path) -> None:
    more = GOOD + (
        "[[rule]]\nid = 'mine.tail'\nwhere = 'tail'\nlines = ['weather for lindow today']"
        "\nhits = ['Weather for Lindow today']\nmisses = ['x']\n"
        "[[rule]]\nid = 'mine.shape'\npattern = '(?i)weather for \\w+ today'\nneeds = ['weather']"
        "\nhits = ['weather for lindow today']\nmisses = ['weather']\n"
    )
    found = [str(f) for f in check(load_rules(write(tmp_path, more)))]
    assert "warning: mine.tail: mine.weather takes the line 'weather for lindow today' wherever it is" in found
    assert "warning: mine.shape: shadowed: mine.weather takes every one of its hits first" in found
