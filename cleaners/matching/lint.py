"""What is wrong with a rule set: examples that fail, lines that two rules have, rules never reached, slow patterns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cleaners.matching.match import compile_rules, cuts, matches, rule_key
from cleaners.matching.ruleset import Rule, RuleSet, slow_probe


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a rule. An error must be mended; a warning is worth a look."""

    level: Literal["error", "warning"]
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.level}: {self.rule}: {self.message}"


def check(rules: RuleSet) -> list[Finding]:
    """Runs every example of every rule, finds lines that two rules have and rules that others hide, and probes patterns
    for backtracking."""
    found = [finding for rule in rules.rules for finding in (*_examples(rule), *_lines(rule), *_backtracking(rule))]
    return [*found, *_twice(rules)]


def _hits(rules: RuleSet, line: str) -> list[Rule]:
    matcher = compile_rules(rules)
    return [rule for rule, _ in matches(matcher, line, line, between=True)] + [
        rule for rule, _, _ in cuts(matcher, line)
    ]


def _examples(rule: Rule) -> Iterator[Finding]:
    if rule.same_as:  # its examples are pairs of lines: "the line before / the line"
        for line in rule.hits:
            if not list(matches(compile_rules(RuleSet((rule,))), line, line, between=True)):
                yield Finding("error", rule.id, f"the hit {line!r} is not found when it stands twice")
        return
    alone = RuleSet((rule,))
    for line in rule.hits:
        if not _hits(alone, line):
            yield Finding("error", rule.id, f"the hit {line!r} is not matched")
    for line in rule.misses:
        if _hits(alone, line):
            yield Finding("error", rule.id, f"the near-miss {line!r} is matched")


def _lines(rule: Rule) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for line in rule.lines:
        folded = rule_key(line)
        if not folded:
            yield Finding("error", rule.id, f"the line {line!r} has fewer than three letters: it would match nothing")
        elif folded in seen:
            yield Finding("warning", rule.id, f"the lines {seen[folded]!r} and {line!r} are the same to the matcher")
        seen[folded] = line


def _twice(rules: RuleSet) -> Iterator[Finding]:
    by_key: dict[str, list[tuple[Rule, str]]] = {}
    for rule in rules.rules:
        for folded, line in {rule_key(line): line for line in rule.lines}.items():
            by_key.setdefault(folded, []).append((rule, line))
    by_key.pop("", None)
    for _, same in sorted(by_key.items()):
        for n, (later, line) in enumerate(same):
            for earlier, _ in same[:n]:
                if _meet(earlier, later) and earlier.does == later.does:
                    if earlier.where == later.where:
                        yield Finding("error", later.id, f"the line {line!r} is in {earlier.id} already")
                    elif "anywhere" in (earlier.where, later.where):
                        hidden = later if earlier.where == "anywhere" else earlier
                        other = earlier if hidden is later else later
                        yield Finding("warning", hidden.id, f"{other.id} takes the line {line!r} wherever it is")
    matcher = compile_rules(rules)
    order = {rule.id: n for n, rule in enumerate(rules.rules)}
    for rule in rules.rules:
        if rule.pattern is None or rule.does == "cut":
            continue
        before = [
            {r.id for r, _ in matches(matcher.for_page(), hit, between=True)
             if r.does == rule.does and order[r.id] < order[rule.id] and r.where in ("anywhere", rule.where)
             and not r.languages and not r.hosts}
            for hit in rule.hits
        ]  # fmt: skip
        always = set.intersection(*before) if before else set()
        if always:
            yield Finding("warning", rule.id, f"shadowed: {min(always)} takes every one of its hits first")


def _meet(one: Rule, other: Rule) -> bool:
    def common(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
        return not a or not b or bool(set(a) & set(b))

    return common(one.languages, other.languages) and common(one.hosts, other.hosts)


def _backtracking(rule: Rule) -> Iterator[Finding]:
    slow = slow_probe(rule)
    if slow is not None:
        yield Finding("error", rule.id, f"backtracks on a line like {slow!r}…: make the pattern linear")
