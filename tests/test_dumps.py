"""The dumps that are labelled line by line: each line has a label, and the benchmark counts what it says it counts."""

import importlib
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from cleaners import Cleaner
from cleaners.page import Role

HERE = Path(__file__).resolve().parent
DUMPS = HERE / "dumps"
FRESH = HERE / "fresh_dumps"
"""Written and labelled by somebody who knew neither rules nor scorers."""
BOTH = (DUMPS, FRESH)
LANGUAGES = "hi ar ja ko tr pl ru pt id vi th el en de fr es it nl zh uk"
"""Those that have two dumps each, at the least."""


@pytest.fixture(scope="module")
def dumps() -> Iterator[ModuleType]:
    sys.path.insert(0, str(HERE / "benchmarks"))
    yield importlib.import_module("dumps")
    sys.path.remove(str(HERE / "benchmarks"))


def test_each_dump_has_labels_and_each_language_two_dumps(dumps: ModuleType) -> None:
    for folder in BOTH:
        names = [name for name, _, _ in dumps.read(folder)]
        assert names == sorted(path.stem for path in folder.glob("*.txt"))
    count = Counter(dumps.language(name) for name, _, _ in dumps.read(DUMPS))
    assert all(count[language] >= 2 for language in LANGUAGES.split())


def test_each_line_that_is_not_blank_has_a_label(dumps: ModuleType) -> None:
    for name, source, labels in chain.from_iterable(map(dumps.read, BOTH)):
        lines = source.split("\n")
        assert list(labels["lines"]) == [n for n, line in enumerate(lines, 1) if line.strip()], name
        assert {*labels["lines"].values()} <= {*get_args(Role), dumps.EITHER}, name
        assert all(line == line.rstrip() for line in lines), name


def test_the_fields_stand_in_the_lines_that_are_labelled_so(dumps: ModuleType) -> None:
    for name, source, labels in chain.from_iterable(map(dumps.read, BOTH)):
        lines, fields = source.split("\n"), labels["fields"]
        titles = [lines[n - 1] for n, role in labels["lines"].items() if role == "title"]
        assert len(titles) == 1 and fields["title"] in titles[0], name
        shown = " ".join(lines[n - 1] for n, role in labels["lines"].items() if role in ("byline", dumps.EITHER))
        assert all(author in shown for author in fields["authors"]), name
        assert "body" in labels["lines"].values() and "chrome" in labels["lines"].values(), name


def test_a_dump_is_scored_by_its_labels(dumps: ModuleType, cleaner: Cleaner) -> None:
    prose = "The ferry to the Inner Isles will not sail this week, its owner said on Monday, and gave no reason."
    source = f"Ferry stays in port\n\n{prose}\n\nShare on Facebook\n\n{prose[:-1]} at all.\n"
    labels = {
        "lines": {1: "title", 3: "body", 5: "body", 7: "chrome"},
        "fields": {"title": "Ferry stays in port", "authors": ["Ada Crane"], "published": None},
    }
    counts, wrong = dumps.score(cleaner, source, labels)
    assert (counts["chrome"], counts["removed"], counts["body"], counts["lost"]) == (1, 0, 2, 1)
    assert (counts["title"], counts["authors"], counts["published"]) == (1, 0, 1)
    assert [sentence.split(" ")[0] for sentence in wrong] == ["5:", "7:", "authors:"]


def test_a_line_inside_a_block_is_the_blocks(dumps: ModuleType, cleaner: Cleaner) -> None:
    for name, source, labels in dumps.read(DUMPS):
        page = cleaner.label(source)
        assert dumps.lines_of(page, source).keys() >= labels["lines"].keys(), name


def test_dumps_that_nobody_looked_at_lose_next_to_nothing(dumps: ModuleType, cleaner: Cleaner) -> None:
    """Before the line scorer learned from dumps, 7 of their lines of text went, and 1,434 of 1,810 of chrome."""
    total = Counter[str]()
    for _, source, labels in dumps.read(FRESH):
        total.update(dumps.score(cleaner, source, labels)[0])
        for article in cleaner.clean(source):
            assert [again.text for again in cleaner.clean(article.text)] == [article.text]
    assert total["body"] == 620
    assert total["lost"] <= 4
    assert total["removed"] >= 1_550
    assert total["title"] >= 46
    assert total["authors"] >= 38
