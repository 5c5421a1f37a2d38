"""Which rules match a line.

Thousands of rules take as long as ten: whole lines are looked up in one dict, and a pattern is tried only where the
first word of a literal that it needs stands in the line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import itemgetter

import regex

from cleaners.matching.patience import Cost, Found, Patience
from cleaners.matching.ruleset import CUT_LIMIT, LINE_LIMIT, PATTERN_LIMIT, REPEAT_LIMIT, Rule, RuleSet
from cleaners.words import WORD, fold, key, width

SIGNS = "$€£%|"
"""Signs of prices and table rows. They stay in a line's key: "$5" is not "5"."""
_SIGN = regex.compile(f"([{SIGNS}])")
LEAST_LETTERS = 3
"""Latin letters of the shortest line that a rule can match; two letters of Han, Kana or Hangul are enough."""
SPELLINGS = str.maketrans(
    "ışţёيىكأإآάέήίόύώςΐΰϊϋ",
    "ișțеییکاااαεηιουωσιυιυ",
    "\u0307\u0640",
)
"""Letters that sites write in two ways: of Turkish and Greek in capitals (İLGILI, ΔΙΑΦΗΜΙΣΗ), with a cedilla for the
Romanian comma, ё as е, Arabic letters for Persian ones, alef without its hamza, a stretched line."""
_DIGITS = regex.compile(r"\d+")
_LETTER = regex.compile(r"\p{L}")


def rule_key(line: str) -> str:
    """What two lines must share to be the same to a rule: their `words.key`, whatever number is in it.

    Digits in a row count as 0, so that "5 comments" is "1,234 Comments"; SIGNS stay, SPELLINGS do not count. Empty for
    a line with fewer than LEAST_LETTERS letters, which no rule matches.
    """
    return _short_key(line) if len(line) <= LINE_LIMIT else _key(line)


def _key(line: str) -> str:
    parts = (part if part in SIGNS else key(part) for part in _SIGN.split(fold(line)))
    folded = _DIGITS.sub("0", "".join(parts))
    if not folded.isascii():
        folded = fold(folded.translate(SPELLINGS)).translate(SPELLINGS)  # a letter and the marks left may be another
    return folded if width("".join(_LETTER.findall(folded))) >= LEAST_LETTERS else ""


_short_key = lru_cache(maxsize=16_384)(_key)  # furniture repeats from page to page; long lines would fill the memory


Bucket = dict[str, list[tuple[int, Rule, str]]]
"""First word of a literal that a pattern needs -> (place in the rule set, rule, literal)."""


@dataclass(frozen=True, eq=False)
class Index:
    """Rules, compiled once: the same for all pages, whatever lines are allowed and whatever the limit is."""

    outside: frozenset[str]
    lines: dict[str, list[Rule]] = field(default_factory=dict)
    patterns: Bucket = field(default_factory=dict)
    cutting: Bucket = field(default_factory=dict)
    previous: list[Rule] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Matcher:
    """The rules, and the time that one page's patterns have taken. Each page has its own matcher (`for_page`)."""

    rules: RuleSet
    index: Index
    patience: Patience = field(default_factory=Patience)

    def for_page(self) -> Matcher:
        """The same rules, for another page."""
        return Matcher(self.rules, self.index)


def compile_rules(rules: RuleSet) -> Matcher:
    """A matcher for the rules, in their order."""
    return Matcher(rules, _index(rules.rules, rules.outside))


@lru_cache(maxsize=8)
def _index(rules: tuple[Rule, ...], outside: frozenset[str]) -> Index:
    index = Index(outside)
    for place, rule in enumerate(rules):
        for line in rule.lines:
            if rule_key(line):
                index.lines.setdefault(rule_key(line), []).append(rule)
        if rule.same_as:
            index.previous.append(rule)
        if rule.pattern is not None:
            bucket = index.cutting if rule.does == "cut" else index.patterns
            for need in rule.needs:
                first = WORD.search(need)
                bucket.setdefault(first[0] if first else "", []).append((place, rule, need))
    return index


Match = tuple[Rule, dict[str, str]]
"""A rule, and what the named groups of its pattern caught."""


def matches(matcher: Matcher, line: str, previous: str | None = None, *, between: bool = False) -> list[Match]:
    """The role and end rules that match a whole line (stripped), in their order, whole-line rules first; those for
    lines `between` paragraphs where they are asked for. (The line scorer, which was trained without them, does not.)

    Raises SlowRule where users' patterns have taken too long on the matcher's page.
    """
    found: list[Match] = []
    if len(line) <= PATTERN_LIMIT:
        answer, costs = _asked(matcher.index, line)
        found += answer
        if costs:
            matcher.patience.add(line, costs)
    if matcher.index.previous and len(line) >= REPEAT_LIMIT and line == previous:
        found += ((rule, {}) for rule in matcher.index.previous)
    return [match for match in found if between or match[0].where != "between"]


@lru_cache(maxsize=16_384)  # the stages ask again in each round, and furniture repeats from page to page
def _asked(index: Index, line: str) -> tuple[tuple[Match, ...], tuple[Cost, ...]]:
    """The rules that match a line, and the CPU time that the patterns of users' rules took on it."""
    found: list[Match] = [(rule, {}) for rule in index.lines.get(rule_key(line), ()) if len(line) <= LINE_LIMIT]
    patience = Patience()
    for rule, compiled in _candidates(index.patterns, line):
        if caught := _ask(index, patience, rule, compiled.fullmatch, line):
            found.append((rule, {name: text.strip() for name, text in caught.groupdict().items() if text}))
    return tuple(found), tuple(patience.spent.items())


def cuts(matcher: Matcher, line: str) -> Iterator[tuple[Rule, int, int]]:
    """The stretches of a line that cut rules match: rule, start, end. Raises SlowRule as `matches` does."""
    index = matcher.index
    if not index.cutting or len(line) > CUT_LIMIT:
        return
    for rule, compiled in _candidates(index.cutting, line):
        begin = 0
        while found := _ask(index, matcher.patience, rule, compiled.search, line, begin):
            if found.end() == found.start():
                break
            yield rule, found.start(), found.end()
            begin = found.end()


def _ask(index: Index, patience: Patience, rule: Rule, method: Callable[..., Found], *args: str | int) -> Found:
    """What a rule's pattern finds; a user's pattern is timed, one that comes with boilerstrip is not."""
    return patience.ask(rule.id, method, *args) if rule.id in index.outside else method(*args)


def applies(rule: Rule, language: str | None, host: str | None) -> bool:
    """Is the rule meant for pages of this language and host? A rule for some languages also applies to a page whose
    language is not known; a rule for some hosts does not apply to a page whose host is not known."""
    if rule.languages and language and language not in rule.languages:
        return False
    return not rule.hosts or any(host == h or (host or "").endswith(f".{h}") for h in rule.hosts)


def _candidates(bucket: Bucket, line: str) -> list[tuple[Rule, regex.Pattern[str]]]:
    folded = line.casefold()
    found: dict[int, Rule] = {}
    for word in bucket.keys() & {*WORD.findall(folded), ""}:
        for place, rule, need in bucket[word]:
            if need in folded:
                found[place] = rule
    return [(rule, _compiled(rule.pattern or "")) for _, rule in sorted(found.items(), key=itemgetter(0))]


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    """The compiled pattern. Compiled when first needed: a page needs few patterns, and compiling all takes a second."""
    return regex.compile(pattern)
