"""Rules as data: what a rule may say, and the strict loading of TOML files into a rule set."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import chain, count
from pathlib import Path
from typing import Literal, get_args

import regex
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, model_validator

from cleaners.matching.backtrack import backtracks
from cleaners.matching.fragments import BUILTIN, SHARED, Fragments, expand, literals, nearest, resolve, shared
from cleaners.page import BadInput, Role
from cleaners.signers import SIGNERS, Signer

ID = regex.compile(r"[a-z0-9_]+\.[a-z0-9_]+")


LINE_LIMIT = 200
"""Characters; a longer line is prose, whatever its words: no whole-line rule is asked."""
PATTERN_LIMIT = 400
"""Characters; no whole-line pattern is tried on a longer line. Photo captions run to a few sentences."""
REPEAT_LIMIT = 40
"""Characters; a shorter line may repeat the one before it on purpose ("Yes.", "***"). Measured: see duplicates.py."""
CUT_LIMIT = 20_000
"""Characters; longer lines are not searched for inline chrome."""


class RuleError(BadInput):
    """A rule file cannot be used. The message names the file, the rule and what to mend."""


Walls = Literal[
    "bot check", "page that needs JavaScript", "page not found", "consent wall", "login", "paywall", "age check",
    "region block", "server message", "maintenance notice",
]  # fmt: skip
"""What may stand where an article should."""


class Rule(BaseModel):
    """One rule: what it matches, where, what it does, why, and the examples that prove it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str = Field(description="family.slug: lower-case letters, digits and _; unique")
    lines: tuple[str, ...] = Field((), strict=False, description="whole lines, compared on their key")
    written: str | None = Field(None, description="the pattern as its file has it, where that names fragments")
    pattern: str | None = Field(None, description="`regex` syntax; matches the whole line, or anywhere in it for a cut")
    needs: tuple[str, ...] = Field((), strict=False, description="lower-case literals; one of them stands in the line")
    same_as: Literal["previous"] | None = Field(None, description="the line repeats the one before it")
    where: Literal["anywhere", "head", "tail", "edge", "between"] = "anywhere"
    between: bool = Field(False, description="with `edge`: also between paragraphs that have none of its words")
    linked: bool = Field(False, description="only lines of HTML, most of whose letters are a link's")
    prose_after: bool = Field(True, description="false: refuses where prose follows")
    does: Literal["role", "cut", "end", "wall"] = "role"
    wall: Walls | None = Field(None, description="of a wall: what stands where the article should")
    role: Role = "chrome"
    why: str = Field(min_length=1)
    languages: tuple[str, ...] = Field((), strict=False, description="ISO 639-1; empty: all")
    hosts: tuple[str, ...] = Field((), strict=False, description="a host means its subdomains too; empty: all")
    hits: tuple[str, ...] = Field(strict=False, min_length=1, description="lines it must match")
    misses: tuple[str, ...] = Field(strict=False, min_length=1, description="near-misses it must not match")

    @model_validator(mode="after")
    def _one_matcher(self, info: ValidationInfo[str | None]) -> Rule:
        if not ID.fullmatch(self.id):
            raise ValueError("an id is family.slug, of lower-case letters, digits and _")
        if sum((bool(self.lines), self.pattern is not None, self.same_as is not None)) != 1:
            raise ValueError("a rule has exactly one of lines, pattern, same_as")
        if bool(self.pattern) != bool(self.needs):
            raise ValueError("a pattern needs `needs`: lower-case literals of which one must stand in the line")
        if any(need != need.casefold() or not need.strip() for need in self.needs):
            raise ValueError("`needs` holds lower-case literals that are not blank")
        if self.does == "cut" and not self.pattern:
            raise ValueError('does = "cut" needs a pattern')
        if not self.prose_after and self.does != "end":
            raise ValueError('prose_after goes with does = "end"')
        if bool(self.wall) != (self.does == "wall"):
            raise ValueError('wall goes with does = "wall", which needs it')
        if self.does == "wall" and (self.where != "anywhere" or self.role != "chrome"):
            raise ValueError("a wall is the whole page: it has no where and no role")
        if self.pattern is not None and info.context != "built in":  # those are compiled when a line asks for them
            try:
                regex.compile(self.pattern)
            except regex.error as error:
                raise ValueError(f"the pattern does not compile: {error}") from None
        return self


TooMuch = Literal["leave", "refuse"]
"""What becomes of a page of which more would be removed than is allowed: it is left whole, or refused."""


@dataclass(frozen=True)
class RuleSet:
    """Rules in the order of their files, what the user switched off, the lines that are never taken out, and how much
    of a page may be taken out."""

    rules: tuple[Rule, ...]
    allow: tuple[str, ...] = ()
    outside: frozenset[str] = frozenset()
    """Ids of the rules that did not come with boilerstrip: the time that their patterns take is limited."""
    most_removed: float | None = None
    """The largest share of a page's words, 0 to 1, that may be removed; None: any."""
    too_much: TooMuch = "leave"
    """What becomes of a page of which more would go."""

    @cached_property
    def hash(self) -> str:
        """Twelve hex digits that change whenever the rules, the lines allowed, or the limit do."""
        content: list[object] = [_digest(self.rules), sorted(self.allow)]
        if self.most_removed is not None:
            content.append([self.most_removed, self.too_much])
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12]

    @cached_property
    def signers(self) -> dict[str, Rule | Signer]:
        """All that can sign a page, by id: these rules in their order, then what the stages sign with."""
        return {rule.id: rule for rule in self.rules} | SIGNERS

    def why(self, by: str) -> str:
        """The reason of the rule or stage that signs so, in a sentence; "" where none does."""
        signer = self.signers.get(by)
        return signer.why if signer else ""

    def without(self, ids: Iterable[str], allow: Iterable[str] = ()) -> RuleSet:
        """The same rules less those with these ids (a family's name switches off the family), and more lines allowed.

        Raises RuleError for an id that is not there.
        """
        for name, given in (("disable", ids), ("allow", allow)):
            if isinstance(given, str):
                raise RuleError(f"{name} is a list of strings, not one string: write {name}=[{given!r}]")
        ids, kept = set(ids), []
        families = {r.id.partition(".")[0] for r in self.rules}
        known = {r.id for r in self.rules} | families
        for wrong in sorted(ids - known):
            if wrong in {*SIGNERS, *(id.partition(".")[0] for id in SIGNERS)}:
                raise RuleError(f"{wrong} is no rule but a stage: only rules can be switched off")
            raise RuleError(f"no rule or family is called {wrong!r}{nearest(wrong, known)}")
        kept = [r for r in self.rules if r.id not in ids and r.id.partition(".")[0] not in ids]
        return replace(self, rules=tuple(kept), allow=(*self.allow, *allow))

    def limited(self, most_removed: float | None, too_much: TooMuch = "leave") -> RuleSet:
        """The same rules, with a limit on the share of a page's words, 0 to 1, that they may remove.

        too_much  what becomes of a page of which more would go: "leave": nothing of it is removed; "refuse": it is
                  refused (TooMuchRemoved), and in a run goes into quarantine

        Raises RuleError for what is no share, or another word.
        """
        if most_removed is not None and (isinstance(most_removed, str | bool) or not 0 <= most_removed <= 1):
            raise RuleError(f"most_removed is a share of a page's words from 0 to 1, such as 0.3, not {most_removed!r}")
        if too_much not in get_args(TooMuch):
            raise RuleError(f"too_much is 'leave' or 'refuse', not {too_much!r}")
        return replace(self, most_removed=most_removed, too_much=too_much)

    def with_sites(self, sites: Mapping[str, Iterable[str]]) -> RuleSet:
        """And more rules: for each host, the lines that its pages repeat are chrome at the edges of an article.

        Raises RuleError for a host without a letter, and for lines that are one string.
        """
        more: dict[str, Rule] = {}
        for host, said in sorted(sites.items()):
            if not regex.search(r"\w", host) or isinstance(said, str):
                raise RuleError(f"sites gives each host its lines, as {{'a.example': ['Follow us']}}, not {sites!r}")
            slug = regex.sub(r"[^a-z0-9]+", "_", host.casefold())
            ids = chain([f"site.{slug}"], (f"site.{slug}_{n}" for n in count(2)))
            if lines := tuple(sorted(said)):
                id = next(id for id in ids if id not in more)  # "my-site.com" and "my.site.com" have the same slug
                more[id] = Rule(
                    id=id,
                    lines=lines,
                    where="edge",
                    why=f"Repeats across the pages of {host}.",
                    hosts=(host,),
                    hits=lines[:1],
                    misses=("a line that the site profile does not hold",),
                )
        return replace(self, rules=(*self.rules, *more.values()))


@lru_cache(maxsize=8)  # rule sets of one process differ in the lines that they allow
def _digest(rules: tuple[Rule, ...]) -> str:
    content = [rule.model_dump(mode="json") for rule in rules]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def load_rules(*folders: str | Path, disable: Iterable[str] = (), allow: Iterable[str] = ()) -> RuleSet:
    """The built-in rules and those of the TOML files in `folders`, less the ids in `disable`.

    Raises RuleError for a folder without rules, a file that is not TOML, an unknown key, a rule without examples, an
    unknown fragment, an id that occurs twice, a pattern of a folder's rule that backtracks, or a `disable` that names
    nothing.
    """
    rules: dict[str, tuple[Rule, Path]] = {}
    for rule, file in chain(_built_in(), *map(_rules_of, map(Path, folders))):
        if file.parent != BUILTIN and (slow := slow_probe(rule)) is not None:
            raise RuleError(f"{file}: rule {rule.id} could hang a run: it backtracks on a line like {slow!r}…")
        if rule.id in SIGNERS:
            raise RuleError(f"{file}: a stage signs with {rule.id} already; give the rule another id")
        if rule.id in rules:
            raise RuleError(f"{file}: rule {rule.id} is already in {rules[rule.id][1]}; give one another id")
        rules[rule.id] = (rule, file)
    outside = frozenset(id for id, (_, file) in rules.items() if file.parent != BUILTIN)
    return RuleSet(tuple(rule for rule, _ in rules.values()), outside=outside).without(disable, allow)


@cache
def _built_in() -> tuple[tuple[Rule, Path], ...]:
    return tuple(_rules_of(BUILTIN))


def _rules_of(folder: Path) -> Iterator[tuple[Rule, Path]]:
    """The rules of a folder, each with its file."""
    files = sorted(file for file in folder.glob("*.toml") if file.name != SHARED)
    if not files:
        raise RuleError(f"{folder}: no rules here; a rule folder holds *.toml files, one a family")
    known = _fragments_for_all(folder)
    for file in files:
        yield from ((rule, file) for rule in _read(file, known))


@lru_cache(maxsize=8192)  # more than there are rules: a check after an edit probes only what was changed
def slow_probe(rule: Rule) -> str | None:
    """The beginning of a line on which the rule's pattern backtracks, or None. See `backtrack.backtracks`."""
    if rule.pattern is None:
        return None
    whole = rule.does != "cut"
    limit = PATTERN_LIMIT if whole else CUT_LIMIT
    return backtracks(rule.pattern, limit, whole=whole, literals=rule.needs, hits=rule.hits)


def _fragments_for_all(folder: Path) -> Fragments:
    """What all files of a folder may name: the built-in fragments, and those of the folder's own fragments.toml."""
    file = folder / SHARED
    if folder == BUILTIN or not file.exists():
        return shared()
    return _fragments(_table(file, {"fragments"}), file, shared())


def _fragments(data: Mapping[str, object], file: Path, outer: Fragments) -> Fragments:
    try:
        return resolve(data.get("fragments", {}), outer, check=file.parent != BUILTIN)
    except ValueError as error:
        raise RuleError(f"{file}: {error}") from None


def _table(file: Path, keys: set[str]) -> dict[str, object]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"{file}: not TOML: {error}") from None
    for key in sorted(data.keys() - keys):
        raise RuleError(f"{file}: unknown key {key!r}{nearest(key, keys)}")
    return data


def _read(file: Path, known: Fragments) -> list[Rule]:
    data = _table(file, {"why", "rule", "fragments"})
    entries = data.get("rule", [])
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise RuleError(f"{file}: no [[rule]] in it, or something else that is called rule")
    known = _fragments(data, file, known)
    return [_rule(entry, data.get("why"), known, file, n) for n, entry in enumerate(entries, 1)]


def _rule(entry: dict[str, object], why: object, known: Fragments, file: Path, number: int) -> Rule:
    name = f"{file}: rule {entry.get('id', f'number {number}')}"
    keys = Rule.model_fields.keys() - {"written"}
    for key in sorted(entry.keys() - keys):
        raise RuleError(f"{name}: unknown key {key!r}{nearest(key, keys)}")
    full = {"why": why, **entry} if why is not None else dict(entry)
    try:
        full |= _complete(entry, known)
    except ValueError as error:
        raise RuleError(f"{name}: {error}") from None
    try:
        rule = Rule.model_validate(full, context="built in" if file.parent == BUILTIN else None)
    except ValidationError as error:
        first = error.errors()[0]
        wrong = [*(str(part) for part in first["loc"]), first["msg"].removeprefix("Value error, ")]
        raise RuleError(f"{name}: {': '.join(wrong)}") from None
    if rule.id.partition(".")[0] != file.stem:
        raise RuleError(f"{name}: the id must begin with the file's name: {file.stem}.{rule.id.partition('.')[2]}")
    return rule


def _complete(entry: Mapping[str, object], known: Fragments) -> dict[str, object]:
    """The keys of an entry that change when fragments are put into its pattern and its `needs`. Raises ValueError."""
    found: dict[str, object] = {}
    pattern, needs = entry.get("pattern"), entry.get("needs")
    if isinstance(pattern, str) and (whole := expand(pattern, known)) != pattern:
        found = {"written": pattern, "pattern": whole}
    if isinstance(needs, list) and all(isinstance(need, str) for need in needs):
        found["needs"] = literals(needs, known)
    return found
