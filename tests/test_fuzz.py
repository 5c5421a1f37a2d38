"""What fuzzing found, and a little more fuzzing on each run. By hand and for longer: `make fuzz`."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fuzz import properties
from fuzz.grammar import PROSE
from fuzz.targets import TARGETS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.reading import read

ENOUGH = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.mark.parametrize("target", TARGETS)
def test_made_up_inputs_find_nothing(target: str) -> None:
    make, check = TARGETS[target]

    @ENOUGH
    @given(st.data())
    def run(data: st.DataObject) -> None:
        check(make(lambda below: data.draw(st.integers(0, below - 1))))

    run()


@pytest.mark.parametrize(
    ("check", "source"),
    [
        (properties.repairs, "Picture: Tom Ferro\u00adÃ©"),  # mojibake shows when the soft hyphen is gone
        (properties.repairs, "\u00a0ï»¿VER ARTÍCULO"),
        (properties.repairs, "&nbsp;â€œNobody stood on the quay"),
        (properties.repairs, "²  a\u00a0Ã©"),
        (properties.repairs, "x" * 2_500 + "Ã©" + "y" * 9_000 + "&amp;" + "中" * 9_000),
        (properties.rules, "\ud800why = 'x'\n"),
        (properties.page, "</html>" + "<!---->" * 500 + "x"),
        (properties.page, "<!DOCTYPE html><p>one</p></body></html><p>two three four</p><html><title>x"),
        (properties.page, "<!-- x -->"),
        (properties.twice, f"{PROSE[0]}\n\n\u202eï»¿\n\n{PROSE[1]}"),  # of the line, nothing that shows is left
    ],
    ids=[f"find {n}" for n in range(10)],
)
def test_what_was_found_stays_mended(check: Callable[[str], None], source: str) -> None:
    check(source)


@pytest.mark.parametrize(
    "bad", [b"<meta charset=undefined>\xff", b"<?xml encoding='punycode'?>\xff\xff", b"\x1f\x8b\x08"]
)
def test_bytes_that_were_found(bad: bytes) -> None:
    properties.page(bad)


def test_a_row_of_markup_does_not_make_one_page_of_all_rows(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'<p>garbage</p>\n{"text": "The ferry."}\n{"text": "Two."}\n')
    assert [(page.name, bool(page.error)) for page in read.pages(path)] == [
        ("r.jsonl:1", True), ("r.jsonl:2", False), ("r.jsonl:3", False)
    ]  # fmt: skip
    path.write_bytes(b'<html>\n<script>\n{"a": 1}\n</script><p>The ferry.</p>\n')
    assert [page.name for page in read.pages(path)] == ["r.jsonl"]
