"""The demo's pages: every line of a text, and every record, against what tests/seeds/ says must come out.

tests/seeds/<page>.json was written by reading the page: its `records`, or the `error` that sends it to quarantine, and
of a text also `lines`, the role of each line that is not blank. A list in place of a byline or a caption holds the
values of which each would be right.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sample import ROOT

from cleaners import BadInput, Cleaner

WANTED = Path(__file__).parent / "seeds"
PAGES = sorted(path.name for path in (ROOT / "seeds").iterdir() if path.suffix != ".md")
FIELDS = (
    *("title", "kicker", "standfirst", "byline", "authors", "published", "language", "url"),
    *("captions", "text"),
)
KEPT = ("body", "heading")


def wanted(name: str) -> Any:
    return json.loads((WANTED / f"{name}.json").read_text(encoding="utf-8"))


@cache
def cleaned(name: str, cleaner: Cleaner) -> list[dict[str, Any]]:
    return [article.to_dict() for article in cleaner.clean((ROOT / "seeds" / name).read_bytes())]


def matches(got: Any, want: Any) -> bool:
    """Equal, or equal to one of the values that a list holds where the record has none."""
    if isinstance(want, list) and isinstance(got, list):
        return len(got) == len(want) and all(map(matches, got, want))
    return got in want if isinstance(want, list) else got == want


def test_each_page_is_labelled() -> None:
    assert [f"{name}.json" for name in PAGES] == sorted(path.name for path in WANTED.iterdir())


@pytest.mark.parametrize("name", [name for name in PAGES if "error" in wanted(name)])
def test_a_page_without_an_article_is_refused(name: str, cleaner: Cleaner) -> None:
    with pytest.raises(BadInput) as caught:
        cleaned(name, cleaner)
    assert type(caught.value).__name__ == wanted(name)["error"]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("name", [name for name in PAGES if "records" in wanted(name)])
def test_field(name: str, field: str, cleaner: Cleaner) -> None:
    got = [record[field] for record in cleaned(name, cleaner)]
    want = [record[field] for record in wanted(name)["records"]]
    if not (len(got) == len(want) and all(map(matches, got, want))):
        assert got == want


@pytest.mark.parametrize("name", [name for name in PAGES if "lines" in wanted(name)])
def test_lines(name: str, cleaner: Cleaner) -> None:
    source = (ROOT / "seeds" / name).read_bytes().decode("utf-8")
    got = {}
    for block in cleaner.label(source).blocks:
        first = source.count("\n", 0, block.start + len(block.raw) - len(block.raw.lstrip())) + 1
        for n in range(first, first + block.raw.strip().count("\n") + 1):
            got[n] = "body" if block.role in KEPT else block.role
    want = {int(n): "body" if role in KEPT else role for n, role in wanted(name)["lines"].items()}
    lines = source.splitlines()
    assert want.keys() == {n for n, line in enumerate(lines, 1) if line.strip()}
    wrong = {n: (role, got.get(n), lines[n - 1][:60]) for n, role in want.items() if got.get(n) != role}
    assert wrong == {}
