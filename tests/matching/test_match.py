"""Rules are matched: by keys of whole lines, and by patterns whose literals are there."""

import pytest
import regex

from cleaners import load_rules
from cleaners.matching import match
from cleaners.matching.match import compile_rules, cuts, matches, rule_key
from cleaners.matching.ruleset import Rule, RuleSet

PROSE = "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring."


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
        found = [rule for rule, _ in matches(matcher, line, between=True)] + [
            rule for rule, _, _ in cuts(matcher, line)
        ]
        there = {rule.pattern for rule in rules if any(need in line.casefold() for need in rule.needs)}
        assert {rule.pattern for rule in found} <= {*asked} <= there, line


def test_the_first_word_of_a_literal_is_a_whole_word_of_the_line() -> None:
    """Patterns are found by that word: a literal that is the beginning of one does not find its rule."""
    rule = Rule(
        id="mine.lens", pattern="(?i)(?:lens|lenses) of the day: .*", needs=("lens", "lenses of"), why="a box",
        hits=("Lens of the day: 50 mm",), misses=("The lens broke.",),
    )  # fmt: skip

    def asked(line: str, *needs: str) -> bool:
        matcher = compile_rules(RuleSet((rule.model_copy(update={"needs": needs}),)))
        return bool(list(matches(matcher, line, between=True)))

    assert asked("LENS of the day: 50 mm", "lens") and asked("Lenses of the day: two", "lenses of")
    assert not asked("Lenses of the day: two", "lens")


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İLGİLİ HABERLER", "İlgili haberler"),
        ("YAZININ DEVAMI", "Yazının devamı"),
        ("ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ", "Διαβάστε επίσης"),
        ("Citeşte şi", "Citește și"),
        ("Ещё по теме", "Еще по теме"),
        ("آخرين اخبار مرتبط با كشور", "آخرین اخبار مرتبط با کشور"),
        ("اعلان", "إعلان"),
        ("إعـــلان", "إعلان"),
    ],
)
def test_a_spelling_that_sites_vary_is_one_key(one: str, other: str) -> None:
    assert rule_key(one) == rule_key(other)


@pytest.mark.parametrize("letter", ["\u0130\u0301", "\u0435\u0307\u0308", "A\u0307\u0301"])
def test_a_key_is_its_own_key_whatever_marks_a_letter_has(letter: str) -> None:
    found = rule_key(f"{letter}The ferry to Lindow")
    assert rule_key(found) == found
