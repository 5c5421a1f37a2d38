"""A folder a case: tests/pages/<case>/ holds a page and what must come out of it."""

import json
from pathlib import Path

import pytest

from cleaners import Cleaner

CASES = sorted(path.parent for path in (Path(__file__).parent / "pages").glob("*/expected.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_page(case: Path, cleaner: Cleaner) -> None:
    (source,) = case.glob("page.*")
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    records = [article.to_dict() for article in cleaner.clean(source.read_bytes())]
    assert [{key: record[key] for key in want} for record, want in zip(records, expected, strict=True)] == expected


def test_there_are_cases() -> None:
    assert len(CASES) >= 25
