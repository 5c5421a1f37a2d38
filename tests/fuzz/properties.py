"""What must hold on every input: a function for each part of the library, which raises where it does not hold."""

from __future__ import annotations

import json
import tempfile
import unicodedata
from pathlib import Path

from cleaners import BadInput, Cleaner, RuleError, RuleSet, view
from cleaners.html.align import align
from cleaners.matching import lint, ruleset
from cleaners.matching.match import compile_rules, cuts, matches, rule_key
from cleaners.page import Block, Page
from cleaners.source import looks_like_html
from cleaners.text.repair import repair
from cleaners.words import key
from flows.cleaning.records import line, quarantined
from flows.reading.read import BadSource, pages
from flows.reading.stream import GZIP

CLEANER = Cleaner()
NO_RULES = compile_rules(RuleSet(()))


def page(source: str | bytes) -> None:
    """Only BadInput escapes, nothing is lost, every span has one fate, the same again gives the same."""
    try:
        labelled = CLEANER.label(source)
        articles = view.articles(labelled, CLEANER.rules)
    except BadInput as error:
        assert len(str(error)) > 20
        return
    if labelled.kind == "text" and isinstance(source, str):
        assert labelled.restore() == source
    at = 0
    for span in labelled.spans():
        assert span.start == at < span.end, span
        at = span.end
    assert articles and all(article.text.strip() for article in articles)
    records = json.dumps([article.to_dict() for article in articles], ensure_ascii=False)
    records.encode()
    again = CLEANER.clean(source)
    assert json.dumps([article.to_dict() for article in again], ensure_ascii=False) == records


def twice(source: str) -> None:
    """Cleaning the cleaned text of a page again changes nothing, where it is still read as one text of that language.

    Without the titles and bylines that were lifted out, a jumble of languages can look like several articles.
    """
    try:
        article, *others = CLEANER.clean(source)
        again = [] if others or looks_like_html(article.text) else CLEANER.clean(article.text)
    except BadInput:
        return
    if len(again) == 1 and again[0].language == article.language:
        assert again[0].text == article.text


def rules(toml: str) -> None:
    """A rule file loads, or RuleError says why not; what loads can be checked and asked."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fuzz.toml"
        file.write_text(toml, encoding="utf-8", errors="surrogatepass", newline="")
        try:
            loaded = ruleset._read(file, ruleset._fragments_for_all(file.parent))
        except RuleError as error:
            assert str(file) in str(error)
            return
    matcher = compile_rules(RuleSet(tuple(loaded), outside=frozenset(rule.id for rule in loaded)))
    for rule in loaded:
        for said in (*rule.hits, *rule.misses):
            matches(matcher, said, said, between=True)
            list(cuts(matcher, said))
    if not any(rule.pattern for rule in loaded):  # the probes of a pattern take a second
        lint.check(RuleSet(tuple(loaded)))


def read_rows(lines: bytes) -> None:
    """Each line that is not blank is a page, or a page with an error that names it; no two have the same id.

    Where no line is a row, the file may be one page; what begins as gzip does is taken for gzip.
    """
    if lines.startswith(GZIP):
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "r.jsonl"
        file.write_bytes(lines)
        try:
            found = list(pages(file))
        except BadSource:
            found = []
    numbers = [n for n, row in enumerate(lines.split(b"\n"), 1) if row.strip()]
    assert [page.name for page in found] in ([f"r.jsonl:{n}" for n in numbers], ["r.jsonl"])
    assert len({page.id for page in found}) == len(found)
    for page in found:
        assert page.error is None or page.error.startswith(f"{page.name}: ")
        assert json.loads(line(quarantined(page, "E", "why")))["id"] == page.id


def keys(said: str) -> None:
    """A key is a key of itself, without space, and does not ask about case."""
    for key_of in (key, rule_key):
        folded = key_of(said)
        assert key_of(folded) == folded
        assert key_of(said.casefold()) == folded
        assert not any(map(str.isspace, folded))


def repairs(said: str) -> None:
    """Repair twice is repair once; edits are in order, inside the raw text, and tell how the text came about."""
    block = Block(said, 0)
    repair(Page("text", [block]), NO_RULES)
    at = 0
    for edit in block.edits:
        assert at <= edit.start <= edit.end <= len(said)
        at = edit.end
    assert block.raw == said
    text = block.text
    assert unicodedata.is_normalized("NFC", text)
    assert "  " not in text and text == text.strip()
    second = Block(text, 0)
    repair(Page("text", [second]), NO_RULES)
    assert second.text == text


def aligned(both: str) -> None:
    """Shares are shares, whatever was extracted from whatever."""
    left, _, right = both.partition("\n\n")
    blocks, lines = left.split("\n"), right.split("\n")
    found = align(blocks, lines, [bool(n % 2) for n in range(len(blocks))])
    assert len(found.shares) == len(blocks) and all(0 <= share <= 1 for share in found.shares)
    assert all(0 <= n < len(lines) for n in found.unfound)
    same = align(blocks, blocks, [True] * len(blocks))
    assert all(share in (0.0, 1.0) for share in same.shares)
