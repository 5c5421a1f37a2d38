"""The benchmark of lines: how a line is labelled, and what the peers' rules take."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).resolve().parent / "benchmarks"
PAGE = """\
Lindow Post
News · Sport · Weather

The ferry to the Inner Isles will not sail this week, its owner said on Monday.
Read more: Ferries of the north
Two of its four engines have been taken out, and nobody can say when new ones will come.
It said:
“We are sorry.”
Share this
"""
GOLD = """\
The ferry to the Inner Isles will not sail this week, its owner said on Monday.

Two of its four engines have been taken out, and nobody can say when new ones will come.
It said: “We are sorry.”
"""


@pytest.fixture(scope="module", autouse=True)
def found() -> Iterator[None]:
    sys.path.insert(0, str(BENCHMARKS))
    yield
    sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def lines(found: None) -> ModuleType:
    return importlib.import_module("lines")


@pytest.fixture(scope="module")
def residues(found: None) -> ModuleType:
    return importlib.import_module("residues")


def test_a_line_is_the_articles_where_half_its_words_are(residues: ModuleType) -> None:
    assert residues.labels(residues.lines_of(PAGE), GOLD) == [0, 0, 1, 0, 1, 1, 1, 0]


def test_what_a_set_counts_neither_way_has_no_label(residues: ModuleType) -> None:
    gold = {"id": "1", "gold": GOLD, "title": "Lindow Post", "neutral": ["Share this"], "url": "https://a.b.co.uk/c"}
    found = residues.residue("sites", "b.co.uk", gold, PAGE)
    assert found.labels == [-1, 0, 1, 0, 1, 1, 1, -1]
    summary = {"id": "1", "gold": GOLD, "gold_without_summary": "\n".join(GOLD.splitlines()[1:]), "url": "https://b.c"}
    assert residues.residue("news", "news", summary, PAGE).labels == [0, 0, -1, 0, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://blog.example.co.uk/a", "example.co.uk"),
        ("www.example.co.uk", "example.co.uk"),
        ("one.github.io", "one.github.io"),
        ("http://192.0.2.1/x", "192.0.2.1"),
    ],
)
def test_sites_of_one_registered_domain_are_one(residues: ModuleType, address: str, domain: str) -> None:
    assert residues.domain(address) == domain


def test_c4_keeps_lines_of_five_words_that_end_a_sentence(lines: ModuleType) -> None:
    assert lines.c4("The ferry will not sail.") == "The ferry will not sail."
    for gone in ("The ferry will sail.", "The ferry will not sail", "Please enable JavaScript to read on.", ""):
        assert lines.c4(gone) == "", gone


def test_dclm_drops_capitals_digits_counters_and_single_words(lines: ModuleType) -> None:
    for gone in ("SHARE THIS", "2024", "1,204 likes", "1.2K Shares", "Share", "Read more...", ""):
        assert lines.dclm(gone) == "", gone
    for kept in ("Share this", "The ferry will not sail", "204 people", "NATO said so on Monday"):
        assert lines.dclm(kept) == kept
    assert lines.dclm("The ferry will not sail Read more...") == "The ferry will not sail"


def test_each_cleaner_says_of_each_line_what_is_left(lines: ModuleType, residues: ModuleType) -> None:
    page = residues.Residue("news", "news", "1", "b.c", PAGE, [0, 0, 1, 0, 1, 1, 1, 0])
    clean: Callable[[object], tuple[str, list[str]]]
    for name, (_, clean) in lines.CLEANERS.items():
        text, left = clean(page)
        assert len(left) == len(page.labels), name
        if name != "jusText":  # which takes six lines for too few to tell
            assert left[2] == PAGE.splitlines()[3] and left[2] in text, name
