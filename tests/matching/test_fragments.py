"""Fragments: named pieces of patterns, what they mean where a pattern names them, and what is refused."""

import tomllib
from pathlib import Path

import pytest
import regex

from cleaners import Cleaner, RuleError, clean, load_rules
from cleaners.html.authors import clean_names
from cleaners.matching.fragments import BUILTIN, SHARED, expand, literals, resolve, shared, words
from cleaners.matching.match import compile_rules, matches
from cleaners.matching.ruleset import Rule
from cleaners.text.head_lines import job_line

FILE = """
why = "how the Lindow Post signs its pictures"

[fragments]
label = '(?i:lens|picture[ ]desk)'
town = ["Lindow", "Port-Hallam", "St. Ives"]
seen = '(?&label)[ ]?:[ ](?P<credit>(?&person)),[ ](?&town)'

[[rule]]
id = "mine.photographer"
pattern = '(?&seen)\\.?'
needs = ["lens", "(?&town)"]
role = "caption"
hits = ["Lens: Ada Marlow, Lindow", "PICTURE DESK: Tom Reed, St. Ives."]
misses = ["Lens: Ada Marlow, StxIves", "Lens: the eye, Lindow"]
"""


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def rule_of(folder: Path) -> Rule:
    (rule,) = [rule for rule in load_rules(folder).rules if rule.id == "mine.photographer"]
    return rule


def test_a_fragment_stands_where_the_pattern_names_it(tmp_path: Path) -> None:
    rule = rule_of(write(tmp_path, FILE))
    assert rule.written == r"(?&seen)\.?" and rule.pattern is not None
    assert "(?&" not in rule.pattern
    for line in rule.hits:
        assert (found := regex.fullmatch(rule.pattern, line)) and found["credit"] in ("Ada Marlow", "Tom Reed")
    for line in rule.misses:
        assert not regex.fullmatch(rule.pattern, line)
    assert rule.needs == ("lens", "lindow", "port-hallam", "st. ives")


def test_a_rule_with_fragments_is_a_rule(tmp_path: Path) -> None:
    prose = "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until spring."
    (article,) = Cleaner(load_rules(write(tmp_path, FILE))).clean(
        f"{prose}\n\nLens: Ada Marlow, Lindow\n\n{prose} Yes."
    )
    assert article.captions == ({"text": "Lens: Ada Marlow, Lindow", "credit": "Ada Marlow"},)


@pytest.mark.parametrize(
    ("pattern", "line", "matches"),
    [
        ("(?&ab)+", "a ba b", True),  # counts as one piece
        ("x (?&ab)", "x a b", True),  # the flag x is the fragment's, not the pattern's
        ("(?x) x (?&ab)", "xa b", True),
        ("(?&ab)", "A B", False),
        ("(?i:(?&ab))", "A B", True),
        ("(?&ab)|c", "c", True),
        ("(?&either)d", "cd", True),  # an alternative ends with the fragment
        ("(?&either)d", "a", False),
        ("(?&list)", "a.c", True),
        ("(?&list)", "abc", False),  # words are taken literally
        ("(?&list)++d", "abd", True),  # and the longest is tried first
        ("(?P<ab>e)(?&ab)", "ee", True),  # what the pattern itself calls so goes first
    ],
)
def test_what_a_fragment_means(pattern: str, line: str, matches: bool) -> None:
    table = {"ab": "a[ ]b # and a comment", "either": "a|c", "list": ["a", "ab", "a.c"]}
    assert bool(regex.fullmatch(expand(pattern, resolve(table, {})), line)) is matches


def test_the_nearest_fragment_of_a_name_counts(tmp_path: Path) -> None:
    """That of the file goes before the folder's, and that before the built-in one. It changes none that names it."""
    rule = "[[rule]]\nid = 'mine.photographer'\npattern = '(?&place) (?&person)'\nneeds = ['ada']\nwhy = 'a name'\n"
    examples = "hits = ['ADA']\nmisses = ['x']\n"
    write(tmp_path, rule + examples)
    write(tmp_path, "[fragments]\nplace = '(?&kind)'\nkind = 'town'\nname_word = 'Nobody'\n", SHARED)
    folders = rule_of(tmp_path).pattern
    assert folders and regex.fullmatch(folders, "town Ada Marlow")
    write(tmp_path, "[fragments]\nkind = 'x'\nplace = 'village|(?&kind)'\n" + rule + examples)
    own = rule_of(tmp_path).pattern
    assert own and regex.fullmatch(own, "village Ada Marlow") and regex.fullmatch(own, "x Ada Marlow")
    assert not regex.fullmatch(own, "town Ada Marlow")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("(?&person)", "(?&persson)"), r"mine\.toml: the fragment 'seen': .*'persson'; did you mean 'person'"),
        (("'(?&seen)", "'(?&sene)"), r"mine\.toml: rule mine\.photographer: .*'sene'; did you mean 'seen'"),
        (('"(?&town)"]', '"(?&twon)"]'), r"mine\.toml: rule mine\.photographer: .*'twon'; did you mean 'town'"),
        (('"(?&town)"]', '"(?&label)"]'), r"rule mine\.photographer: the fragment 'label' is a pattern, no list"),
        (("(?i:lens", "(?i:(?&seen)|lens"), r"mine\.toml: .*in a circle: .*(label -> seen|seen -> label)"),
        (("(?i:lens", "(?&label)(?i:lens"), r"in a circle: label -> label"),
        (('["Lindow", "Port-Hallam", "St. Ives"]', "7"), r"mine\.toml: the fragment 'town' is neither a pattern nor"),
        (('["Lindow", "Port-Hallam", "St. Ives"]', "[]"), r"the fragment 'town' is neither"),
        (('"Port-Hallam"', '" "'), r"the fragment 'town' is neither"),
        (("(?i:lens|picture[ ]desk)", "(?i)lens"), r"the fragment 'label' sets flags .*write \(\?i:…\)"),
        (("(?i:lens|picture[ ]desk)", "a)|(b"), r"mine\.toml: the fragment 'label' does not compile"),
        (("label =", "Label ="), r"mine\.toml: the fragment 'Label': a name is of lower-case letters"),
        (("[fragments]", "fragments = 1\n[other]"), r"mine\.toml: (unknown key 'other'|\[fragments\] is a table)"),
    ],
)
def test_a_wrong_fragment_is_named_with_its_file_and_what_to_mend(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    assert change[0] in FILE
    with pytest.raises(RuleError, match=message):
        load_rules(write(tmp_path, FILE.replace(*change)))


def test_the_file_of_shared_fragments_holds_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, FILE.replace("mine.", "fragments."), SHARED)
    with pytest.raises(RuleError, match="no rules here"):
        load_rules(tmp_path)
    write(tmp_path, FILE)
    with pytest.raises(RuleError, match=r"fragments\.toml: unknown key 'rule'"):
        load_rules(tmp_path)
    write(tmp_path, "[fragments]\nx = '(?&personn)'", SHARED)
    with pytest.raises(RuleError, match=r"fragments\.toml: the fragment 'x': .*'personn'; did you mean 'person'"):
        load_rules(tmp_path)


def test_the_hash_changes_with_a_fragment(tmp_path: Path) -> None:
    before = load_rules(write(tmp_path, FILE)).hash
    assert load_rules(write(tmp_path, FILE.replace("|picture[ ]desk", "|PICTURE[ ]DESK"))).hash != before
    unused = FILE.replace("[fragments]", "[fragments]\nmore = 'x'")
    assert load_rules(write(tmp_path, unused)).hash == before


def test_stages_take_words_and_patterns_by_name() -> None:
    assert "by" in words("by")
    assert literals(["Photo", "(?&photo_pl_words)"], shared()) == ("Photo", "fot", "zdjęcie", "zdjęcia", "foto")
    assert regex.fullmatch(expand("(?&person)"), "Ada van der Long")
    with pytest.raises(ValueError, match="'person' is a pattern, no list of words"):
        words("person")
    with pytest.raises(ValueError, match="no fragment is called 'bye'; did you mean 'by'"):
        words("bye")


def test_a_word_counts_for_rules_and_stages_alike() -> None:
    byline = compile_rules(load_rules())
    for job in ("Periodista", "Columnist", "Redakteurin"):
        assert job.casefold() in words("job")
        assert [rule.id for rule, _ in matches(byline, f"By Ada Long, {job}")] == ["bylines.en"]
        assert clean_names([f"Ada Long, {job}"]) == ("Ada Long",)
        assert job_line(f"Ada Long {job}") and not job_line("Ada Long")
    for joins in ("with", "та", "avec"):
        assert joins in words("and")
        assert clean_names([f"Ada Long {joins} Tom Reed"]) == ("Ada Long", "Tom Reed")
        prose = "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge."
        (article,) = clean(f"By Ada Long {joins} Tom Reed\n\n{prose} {prose}\n\n{prose}")
        assert article.authors == ("Ada Long", "Tom Reed")


def test_every_built_in_fragment_compiles_and_is_named_somewhere() -> None:
    sources = [*BUILTIN.glob("*.toml"), *Path(expand.__code__.co_filename).parents[1].rglob("*.py")]
    text = {path: path.read_text(encoding="utf-8") for path in sources}
    for path in BUILTIN.glob("*.toml"):
        table = tomllib.loads(text[path]).get("fragments", {})
        everywhere = "".join(text.values()) if path.name == SHARED else text[path]
        outer = {} if path.name == SHARED else shared()
        assert resolve(table, outer, check=True)
        for name in table:
            asked = (f"(?&{name})", f'words("{name}")', f'listed("{name}")')
            assert any(use in everywhere for use in asked), f"{path.name}: {name} is used nowhere"
