"""Which rules match a line. Thousands of rules cost what ten cost: one dict, and buckets by a literal's first word."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import itemgetter
from time import perf_counter

import regex

from cleaners.matching.ruleset import CUT_LIMIT, LINE_LIMIT, PATTERN_LIMIT, REPEAT_LIMIT, Rule, RuleSet
from cleaners.page import BadInput
from cleaners.words import WORD, fold, key, width

PATIENCE = 5.0
"""Seconds that the patterns of a user's rules may take on one page: a thousand times what honest ones take. Those that
come with boilerstrip are linear, and not timed: what they say never depends on the machine."""
SLOW = 0.0001
"""Seconds of one pattern on one line from which on they are counted."""

SIGNS = "$€£%|"
"""They tell prices and rows from words: in them, too, two lines must be the same."""
_SIGN = regex.compile(f"([{SIGNS}])")
LEAST = 3
"""Letters (Latin) of the shortest line that can be told from others: two of Han, Kana or Hangul."""
_DIGITS = regex.compile(r"\d+")
_LETTER = regex.compile(r"\p{L}")


def rule_key(line: str) -> str:
    """What two lines must share to be the same to a rule: their `words.key`, whatever number is in it.

    Digits in a row count as 0, so that "5 comments" is "1,234 Comments"; SIGNS stay. Empty for a line with fewer than
    LEAST letters: such a line matches no rule.
    """
    return _short_key(line) if len(line) <= LINE_LIMIT else _key(line)


def _key(line: str) -> str:
    parts = (part if part in SIGNS else key(part) for part in _SIGN.split(fold(line)))
    folded = _DIGITS.sub("0", "".join(parts))
    return folded if width("".join(_LETTER.findall(folded))) >= LEAST else ""


_short_key = lru_cache(maxsize=16_384)(_key)  # furniture repeats from page to page; long lines would fill the memory


Bucket = dict[str, list[tuple[int, Rule, str]]]
"""First word of a literal that a pattern needs -> (place in the rule set, rule, literal)."""


@dataclass(frozen=True, eq=False)
class Matcher:
    """A rule set, compiled once."""

    rules: RuleSet
    lines: dict[str, list[Rule]] = field(default_factory=dict)
    patterns: Bucket = field(default_factory=dict)
    cutting: Bucket = field(default_factory=dict)
    previous: list[Rule] = field(default_factory=list)
    allowed: frozenset[str] = frozenset()


def compile_rules(rules: RuleSet) -> Matcher:
    """A matcher for the rules, in their order."""
    matcher = Matcher(rules, allowed=frozenset(rule_key(line) for line in rules.allow))
    for place, rule in enumerate(rules.rules):
        for line in rule.lines:
            if rule_key(line):
                matcher.lines.setdefault(rule_key(line), []).append(rule)
        if rule.same_as:
            matcher.previous.append(rule)
        if rule.pattern is not None:
            bucket = matcher.cutting if rule.does == "cut" else matcher.patterns
            for need in rule.needs:
                first = WORD.search(need)
                bucket.setdefault(first[0] if first else "", []).append((place, rule, need))
    return matcher


Match = tuple[Rule, dict[str, str]]
"""A rule, and what the named groups of its pattern caught."""


def matches(matcher: Matcher, line: str, previous: str | None = None) -> list[Match]:
    """The role and end rules that match a whole line (stripped), in their order, whole-line rules first."""
    found = list(_asked(matcher, line)) if len(line) <= PATTERN_LIMIT else []
    if matcher.previous and len(line) >= REPEAT_LIMIT and line == previous:
        found += ((rule, {}) for rule in matcher.previous)
    return found


@lru_cache(maxsize=16_384)  # the stages ask again in each round, and furniture repeats from page to page
def _asked(matcher: Matcher, line: str) -> tuple[Match, ...]:
    found: list[Match] = [(rule, {}) for rule in matcher.lines.get(rule_key(line), ()) if len(line) <= LINE_LIMIT]
    for rule, compiled in _candidates(matcher.patterns, line):
        if caught := _ask(matcher, rule, compiled.fullmatch, line):
            found.append((rule, {name: text.strip() for name, text in caught.groupdict().items() if text}))
    return tuple(found)


def cuts(matcher: Matcher, line: str) -> Iterator[tuple[Rule, int, int]]:
    """The stretches of a line that cut rules match: rule, start, end."""
    if not matcher.cutting or len(line) > CUT_LIMIT:
        return
    for rule, compiled in _candidates(matcher.cutting, line):
        at = 0
        while (found := _ask(matcher, rule, compiled.search, line, at)) and found.end() > found.start():
            yield rule, found.start(), found.end()
            at = found.end()


def applies(rule: Rule, language: str | None, host: str | None) -> bool:
    """Is the rule meant for pages of this language and host? What is not known does not forbid."""
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
    """Compiled when the first line asks for it: a page needs few of the patterns, and all of them take a second."""
    return regex.compile(pattern)


class SlowRule(BadInput):
    """The patterns took too long on this page. The message names the rule that took most."""


class _Spent(threading.local):
    """Seconds that users' patterns took on the page that this thread is at.

    It refuses pages and decides nothing else: if a pattern that runs out of time counted as one that does not match,
    a busy machine would change the text.
    """

    def __init__(self) -> None:
        self.all = 0.0
        self.by: defaultdict[str, float] = defaultdict(float)


_spent = _Spent()


def new_page() -> None:
    """Start counting the time of patterns anew."""
    _spent.all = 0.0
    _spent.by.clear()


def _ask(
    matcher: Matcher, rule: Rule, method: Callable[..., regex.Match[str] | None], *args: str | int
) -> regex.Match[str] | None:
    if rule.id not in matcher.rules.outside:
        return method(*args)
    begin, found = perf_counter(), None
    try:
        found = method(*args, timeout=PATIENCE)
    except TimeoutError:
        begin -= PATIENCE
    took = perf_counter() - begin
    if took < SLOW:
        return found
    _spent.by[rule.id] += took
    _spent.all += took
    if _spent.all > PATIENCE:
        slowest = max(_spent.by, key=lambda name: _spent.by[name])
        raise SlowRule(
            f"the patterns of the rules took more than {PATIENCE:.0f} s on this page, that of {slowest} most of it: "
            f"make it linear, or switch the rule off (disable)"
        )
    return found
