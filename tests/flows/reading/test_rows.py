"""Parquet: rows, columns of every kind, memory, tables that are broken."""

import io
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sources import read_bytes, table

from flows.reading.read import RawPage, how_many, pages


def test_parquet_is_read_row_by_row_and_found_by_its_content(tmp_path: Path) -> None:
    columns = {"html": ["<p>a", None, ""], "text": [b"t", b"\xff", None], "url": ["https://a.example/", None, ""],
               "id": [1, None, 3], "other": [{"x": 1}] * 3}  # fmt: skip
    table(tmp_path / "t.parquet", columns)
    (tmp_path / "t.bin.txt").write_bytes((tmp_path / "t.parquet").read_bytes())
    found = list(pages(tmp_path))
    assert found[3:] == [
        RawPage("1~2", "t.parquet:1", "<p>a", "https://a.example/"),
        RawPage("t.parquet:2", "t.parquet:2", b"\xff"),
        RawPage("3~2", "t.parquet:3", ""),
    ]
    assert [page.content for page in found[:3]] == ["<p>a", b"\xff", ""]
    assert how_many(tmp_path / "t.parquet") == 3


@pytest.mark.parametrize("kind", [arrow.large_string(), arrow.binary(), arrow.dictionary(arrow.int8(), arrow.string())])
def test_columns_of_any_kind_of_text(tmp_path: Path, kind: arrow.DataType) -> None:
    values = [b"a", b"b"] if arrow.types.is_binary(kind) else ["a", "b"]
    path = table(tmp_path / "t.parquet", {"text": arrow.array(values, kind)}, row_group_size=1)
    assert [page.content for page in pages(path)] == values


def test_rows_of_a_table_that_are_no_pages(tmp_path: Path) -> None:
    path = table(tmp_path / "t.parquet", {"text": ["a", None, "c"], "url": [1, 2, None]})
    number, nothing, good = pages(path)
    assert (number.content, number.url, number.error) == ("a", None, None)
    assert nothing.error and "no text. The row has the fields text, url" in nothing.error
    assert good.content == "c"
    (page,) = pages(table(path, {"title": ["x"]}))
    assert page.error and "The table has the fields title" in page.error and "--field text=title" in page.error


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        (arrow.float64(), float("nan"), None),
        (arrow.float64(), 2.5, "2.5"),
        (arrow.binary(), b"a-1", "a-1"),
        (arrow.binary(), b"\xff\xfe", None),
        (arrow.bool_(), True, None),
        (arrow.list_(arrow.string()), ["u"], None),
        (arrow.string(), "", None),
        (arrow.string(), " \t", None),
        (arrow.binary(16), bytes(range(16)), None),
    ],
)
def test_an_id_or_address_that_is_none_counts_as_missing(
    tmp_path: Path, kind: arrow.DataType, value: object, read: str | None
) -> None:
    columns = {"text": ["a"], "id": arrow.array([value], kind), "url": arrow.array([value], kind)}
    (page,) = pages(table(tmp_path / "t.parquet", columns))
    assert (page.content, page.error, page.id) == ("a", None, read or "t.parquet:1")
    assert page.url == (read if isinstance(value, str | bytes) else None)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "nan",
            "NaN",
            "None",
            "NULL",
            "n/a",
            "-",
            "see the ferry",
            "a.example/b c",
            "unknown",
            "--",
            "#",
            "?",
            "http://",
        ),
        *(
            "https:///",
            "about:blank",
            "javascript:void(0)",
            "mailto:ada@lindow.example",
            "data:text/html,a",
            "http://[bad",
        ),
        *("http://a.example/\x00b",),
    ],
)
def test_words_for_nothing_are_no_address(tmp_path: Path, said: str) -> None:
    (page,) = pages(table(tmp_path / "t.parquet", {"text": ["a"], "url": [said]}))
    assert (page.content, page.url) == ("a", None)


@pytest.mark.parametrize(
    "said",
    [
        "//a.example/b",
        "a.example/b",
        "/news/1",
        "http://[::1]/a",
        "https://é.example/ü",
        "file:///a.html",
        "日本.example",
    ],
)
def test_an_address_of_any_kind_stays(tmp_path: Path, said: str) -> None:
    (page,) = pages(table(tmp_path / "t.parquet", {"text": ["a"], "url": [f" {said}\n"]}))
    assert page.url == said


def test_a_table_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    chance = random.Random(1)
    texts = [chance.randbytes(50_000).hex() for _ in range(600)]  # 60 MB that cannot be packed
    path = table(tmp_path / "t.parquet", {"text": texts}, use_dictionary=False, write_batch_size=16)
    size = path.stat().st_size
    del texts
    before = arrow.total_allocated_bytes()
    most = 0
    for page in pages(path):
        assert not page.error
        most = max(most, arrow.total_allocated_bytes() - before)
    assert most < size / 3


def test_a_row_of_a_table_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.reading.rows.LARGEST", 1000)
    large, good = pages(table(tmp_path / "t.parquet", {"text": ["x" * 1001, "y"]}))
    assert large.error and "t.parquet:1 is larger than a page can be" in large.error and not large.content
    assert good.content == "y"


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-50], lambda data: data[:4], lambda data: b"no table", lambda data: b""]
)
def test_a_table_that_is_broken_is_one_page_with_an_error(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = table(tmp_path / "t.parquet", {"text": ["a"] * 100})
    path.write_bytes(spoil(path.read_bytes()))
    (page,) = pages(tmp_path)
    assert page.id == "t.parquet:1" and page.error and "ends or breaks here" in page.error
    assert how_many(tmp_path) == 1


def test_a_table_that_breaks_in_the_middle_keeps_the_rows_before(tmp_path: Path) -> None:
    path = table(tmp_path / "t.parquet", {"text": [f"{n}" * 99 for n in range(100)]}, row_group_size=20)
    data = bytearray(path.read_bytes())
    at = parquet.read_metadata(path).row_group(2).column(0).data_page_offset
    data[at : at + 60] = bytes(60)
    path.write_bytes(data)
    *good, last = pages(path)
    assert len(good) >= 32 and not [page for page in good if page.error]
    assert last.error and "ends or breaks here" in last.error


table_rows = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.text(max_size=30) | st.none(),
            "url": st.text(max_size=9) | st.none(),
            "id": st.integers(0, 9) | st.none(),
        }
    ),
    min_size=1,
    max_size=40,
)


@given(table_rows)
def test_a_table_is_the_same_pages_as_its_json_lines(given: list[dict[str, Any]]) -> None:
    schema = arrow.schema([("text", arrow.string()), ("url", arrow.string()), ("id", arrow.int64())])
    file = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist(given, schema), file)
    lines = b"".join(json.dumps({name: row[name] for name in schema.names}).encode() + b"\n" for row in given)
    from_table, from_lines = read_bytes(file.getvalue(), "x.parquet"), read_bytes(lines, "x.jsonl")
    assert [page.content for page in from_table if not page.error] == [p.content for p in from_lines if not p.error]
    assert [(p.id, p.url, p.error) for p in from_table] == [(p.id, p.url, p.error) for p in from_lines]
