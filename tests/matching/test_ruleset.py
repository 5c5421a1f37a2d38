"""Rules: strict loading, what holds about every rule, and adding one."""

from pathlib import Path

import pytest

from cleaners import Cleaner, RuleError, load_rules
from cleaners.matching.match import rule_key
from cleaners.words import WORD

GOOD = """
why = "the site's own"
[[rule]]
id = "mine.weather"
lines = ["Weather for Lindow today"]
hits = ["WEATHER FOR LINDOW TODAY!"]
misses = ["The weather for Lindow today will be wet."]
"""
PROSE = "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring."


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_rule_has_a_reason_and_both_kinds_of_example_and_a_name_of_its_own() -> None:
    rules = load_rules().rules
    assert all(rule.why and rule.hits and rule.misses for rule in rules)
    assert len({rule.id for rule in rules}) == len(rules)


def test_a_line_that_is_chrome_anywhere_has_three_words() -> None:
    """Shorter ones need a zone (docs/gold_sets.md): "News" is a headline somewhere. Spaceless scripts: four letters."""
    for rule in load_rules().rules:
        if rule.where == "anywhere" and rule.does == "role" and rule.role == "chrome":
            for line in rule.lines:
                short = len(WORD.findall(line)) < 3
                assert not short or (not rule_key(line).isascii() and len(rule_key(line)) >= 4), (rule.id, line)


def test_adding_a_rule_is_one_entry(tmp_path: Path) -> None:
    page = f"{PROSE}\n\nWeather for Lindow today\n\n{PROSE} It rained."
    assert "Weather" in Cleaner().clean(page)[0].text
    (article,) = Cleaner(load_rules(write(tmp_path, GOOD))).clean(page)
    assert "Weather" not in article.text
    assert [entry["by"] for entry in article.removed] == ["mine.weather"]


def test_rules_can_be_switched_off_and_lines_allowed(tmp_path: Path) -> None:
    page = f"{PROSE}\n\nWeather for Lindow today\n\n{PROSE} It rained."
    rules = load_rules(write(tmp_path, GOOD))
    for cleaner in (
        Cleaner(rules, disable=["mine.weather"]),
        Cleaner(rules, disable=["mine"]),
        Cleaner(rules, allow=["Weather for Lindow TODAY"]),
    ):
        assert "Weather" in cleaner.clean(page)[0].text
    with pytest.raises(RuleError, match=r"mine\.wether.*did you mean 'mine\.weather'"):
        Cleaner(rules, disable=["mine.wether"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("hits =", "hitz ="), r"mine\.toml: rule mine\.weather: unknown key 'hitz'; did you mean 'hits'"),
        (("[[rule]]", "[[rules]]"), r"mine\.toml: unknown key 'rules'; did you mean 'rule'"),
        (('misses = ["The weather for Lindow today will be wet."]', ""), r"mine\.weather: misses: Field required"),
        (('hits = ["WEATHER FOR LINDOW TODAY!"]', "hits = []"), r"mine\.weather: hits: .*at least 1"),
        (('id = "mine.weather"', 'id = "weather"'), "an id is family.slug"),
        (('id = "mine.weather"', 'id = "other.weather"'), r"the id must begin with the file's name: mine\.weather"),
        (("lines =", "pattern = 'a'\nlines ="), "exactly one of lines, pattern, same_as"),
        (('lines = ["Weather for Lindow today"]', "pattern = 'weather'"), "a pattern needs `needs`"),
        (('lines = ["Weather for Lindow today"]', "pattern = '('\nneeds = ['x']"), "does not compile"),
        (("lines =", "where = 'everywhere'\nlines ="), r"mine\.weather: where: .*'anywhere'"),
        (('why = "the site\'s own"', ""), r"mine\.weather: why: Field required"),
        (("[[rule]]", "[[rule"), "not TOML"),
        (("[[rule]]", "rule = [1]\n[other]"), r"unknown key 'other'"),
        ((GOOD, "rule = [1]"), r"mine\.toml: no \[\[rule\]\] in it"),
        (("lines =", "does = 'wall'\nlines ="), 'wall goes with does = "wall"'),
        (
            ('lines = ["Weather for Lindow today"]', "pattern = '(a|aa)+b'\nneeds = ['a']"),
            r"mine\.weather could hang a run",
        ),
    ],
)
def test_a_wrong_file_is_named_with_the_rule_and_what_to_mend(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    assert change[0] in GOOD
    with pytest.raises(RuleError, match=message):
        load_rules(write(tmp_path, GOOD.replace(*change)))


def test_the_same_id_twice_and_a_folder_without_rules_are_errors(tmp_path: Path) -> None:
    taken = load_rules().rules[0].id
    family = taken.partition(".")[0]
    with pytest.raises(RuleError, match=f"rule {taken} is already in"):
        load_rules(write(tmp_path, GOOD.replace("mine.weather", taken), f"{family}.toml"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(RuleError, match="no rules here"):
        load_rules(tmp_path / "empty")


def test_the_hash_changes_with_the_rules_and_with_nothing_else(tmp_path: Path) -> None:
    folder = write(tmp_path, GOOD)
    assert load_rules(folder).hash == load_rules(folder).hash != load_rules().hash
    assert load_rules(allow=["x y z"]).hash != load_rules().hash
