"""Rules: strict loading, what holds about every rule, and adding one."""

from pathlib import Path

import pytest
import regex

from cleaners import Cleaner, RuleError, load_rules
from cleaners.matching import match
from cleaners.matching.lint import check
from cleaners.matching.match import compile_rules, cuts, matches, rule_key
from cleaners.matching.ruleset import RuleSet
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


def test_the_built_in_rules_pass_their_own_check() -> None:
    assert [str(f) for f in check(load_rules()) if f.level == "error"] == []


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
    ("line", "allowed"),
    [
        ("Lindow closes its bridge until spring", "Lindow closes its bridge until spring"),  # a title
        ("By Ada Quill", "BY ADA QUILL"),
        ("The bridge at noon. Photo: Tom Ferro / AFP", "The bridge at noon. Photo: Tom Ferro / AFP"),
        ("Read the report (opens in a new window)", "Read the report (opens in a new window)"),  # has a cut in it
        (
            "Don\u00e2\u20ac\u2122t miss our newsletter",
            "Don\u00e2\u20ac\u2122t miss our newsletter",
        ),  # as it stands there
        ("Don\u00e2\u20ac\u2122t miss our newsletter", "Don\u2019t miss our newsletter"),  # as it reads
        ("Related Posts", "related posts"),
        ("***", "***"),
    ],
)
@pytest.mark.parametrize("shape", ["{line}\n\n{prose}\n\n{prose} It rained.\n\n{line}\n\nShare on Facebook", "{line}"])
def test_an_allowed_line_is_in_the_text_whole_wherever_it_stands(line: str, allowed: str, shape: str) -> None:
    (article,) = Cleaner(allow=[allowed]).clean(shape.format(line=line, prose=PROSE))
    found = article.text.split("\n\n")
    assert found.count(line.replace("\u00e2\u20ac\u2122", "\u2019")) == shape.count("{line}")
    assert "Share on Facebook" not in found


def test_an_allowed_line_does_not_end_the_article() -> None:
    page = f"{PROSE}\n\n{PROSE} It rained.\n\nRelated Posts\n\nA bridge too old"
    assert Cleaner().clean(page)[0].text.endswith("It rained.")
    assert Cleaner(allow=["Related Posts"]).clean(page)[0].text.endswith("Related Posts\n\nA bridge too old")


def test_an_allowed_line_without_a_key_allows_no_other() -> None:
    """Lines of fewer than three letters have none: "No" would allow every one of them."""
    page = f"{PROSE}\n\n{PROSE} It rained.\n\nNo\n\n|"
    (article,) = Cleaner(allow=["No", ""]).clean(page)
    assert article.text.endswith("It rained.\n\nNo")


def test_a_site_profile_takes_lines_at_the_edges_of_its_own_host_only() -> None:
    sites = {"lindow.example": ["Lindow Post evening edition"]}
    page = f"{PROSE}\n\n{PROSE} It rained.\n\nLindow Post evening edition"
    cleaner = Cleaner(sites=sites)
    assert "evening edition" not in cleaner.clean(page, url="https://www.lindow.example/a")[0].text
    assert "evening edition" in cleaner.clean(page, url="https://other.example/a")[0].text


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


def test_matching_asks_only_the_patterns_whose_literal_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern whose literal is not in the line is not tried: thousands of rules cost what ten cost."""
    asked: list[str] = []

    def compiled(pattern: str) -> regex.Pattern[str]:
        asked.append(pattern)
        return regex.compile(pattern)

    monkeypatch.setattr(match, "_compiled", compiled)
    rules = [rule for rule in load_rules().rules if rule.pattern]
    matcher = compile_rules(RuleSet(tuple(rules)))
    for line in {PROSE, *(rule.hits[0] for rule in rules)}:
        asked.clear()
        found = [rule for rule, _ in matches(matcher, line)] + [rule for rule, _, _ in cuts(matcher, line)]
        there = {rule.pattern for rule in rules if any(need in line.casefold() for need in rule.needs)}
        assert {rule.pattern for rule in found} <= {*asked} <= there, line


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Share on Facebook", "SHARE  on facebook!", True),
        ("12 comments", "3,456 Comments:", True),
        ("12 comments", "3456 Comments:", True),
        ("100 % wool", "100 wool", False),
        ("Share | Print", "Share Print", False),
        ("Sign up", "Sign-Up", True),
        ("Signup", "Sign up", True),
        ("100 ％ wool", "100 % wool", True),
        ("Don't miss this", "Don´t miss this", True),
        ("관련기사", "관련 기사", True),
        ("Ok", "ok", True),
    ],
)
def test_the_key_folds_case_digits_and_punctuation(one: str, other: str, same: bool) -> None:
    assert (rule_key(one) == rule_key(other)) is same


def test_lines_of_too_few_letters_have_no_key() -> None:
    assert rule_key("***") == rule_key("12") == rule_key("No") == ""
    assert rule_key("评论") and rule_key("The")
