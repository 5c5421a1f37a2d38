"""The formats: told by name, by content where names lie; whole, broken off, packed, hostile."""

import gzip
import io
import json
import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from sources import feed, put, read_bytes, rows, table

from flows import places
from flows.reading import read, stream, walk
from flows.reading.read import BadSource, RawPage, check, how_many, pages

PACK: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}
ROWS = b'{"text": "a", "id": "one"}\n{"html": "<p>b", "url": "https://lindow.example/"}\n'
HTML = b"<!doctype html><p>The bridge is shut."


# Names and content


@pytest.mark.parametrize("packed", PACK)
@pytest.mark.parametrize("name", ["p.html", "p.htm", "p.xhtml", "p.txt", "p"])
def test_pages_may_be_packed(tmp_path: Path, name: str, packed: str) -> None:
    put(tmp_path, {name + packed: PACK[packed](HTML)})
    assert list(pages(tmp_path)) == [RawPage(name + packed, name + packed, HTML)]
    assert how_many(tmp_path) == 1


@pytest.mark.parametrize("packed", PACK)
@pytest.mark.parametrize("name", ["r.jsonl", "r.ndjson", "r.jl"])
def test_json_lines_may_be_packed(tmp_path: Path, name: str, packed: str) -> None:
    name += packed
    put(tmp_path, {name: PACK[packed](ROWS)})
    assert list(pages(tmp_path)) == [
        RawPage("one", f"{name}:1", "a"),
        RawPage(f"{name}:2", f"{name}:2", "<p>b", "https://lindow.example/"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("r.jsonl", gzip.compress(ROWS, mtime=0), ["a", "<p>b"]),
        ("r.jsonl.gz", ROWS, ["a", "<p>b"]),
        ("r.jsonl.gz", zstandard.compress(ROWS), ["a", "<p>b"]),
        ("r.jsonl.gz", gzip.compress(gzip.compress(ROWS, mtime=0), mtime=0), ["a", "<p>b"]),
        ("r.gz", gzip.compress(ROWS, mtime=0), ["a", "<p>b"]),
        ("r.txt", ROWS, ["a", "<p>b"]),
        ("r", b"\xef\xbb\xbf" + ROWS, ["a", "<p>b"]),
        ("r", json.dumps({"text": "x" * 200_000}).encode() + b"\n" + ROWS, ["x" * 200_000, "a", "<p>b"]),
        ("r.jsonl", HTML, [HTML]),
        ("p.html", gzip.compress(HTML, mtime=0), [HTML]),
        ("p.gz", gzip.compress(HTML, mtime=0), [HTML]),
        ("p.txt", b'{"a": 1}\n{"a": 2}\n', [b'{"a": 1}\n{"a": 2}\n']),  # data, but no field that could be a page
        ("p.txt", b'{\n  "text": "a"\n}\n', [b'{\n  "text": "a"\n}\n']),
        ("p.txt", b"PAR1 is what a Parquet file begins with.", [b"PAR1 is what a Parquet file begins with."]),
        ("p.txt", b"WARC/1.0 is a format.", [b"WARC/1.0 is a format."]),
        ("p.txt", b"", [b""]),
    ],
)
def test_content_is_believed_where_the_name_lies(
    tmp_path: Path, name: str, content: bytes, found: list[str | bytes]
) -> None:
    put(tmp_path, {name: content})
    assert [(page.content, page.error) for page in pages(tmp_path)] == [(one, None) for one in found]


def test_files_that_are_none_of_ours_are_left_aside_packed_or_not(tmp_path: Path) -> None:
    put(tmp_path, {"a.css.gz": b"", "b.json": b"{}", "CC.warc.wat.gz": b"", "p.txt": b"P"})
    aside: Counter[str] = Counter()
    assert [page.id for page in pages(tmp_path, aside=aside)] == ["p.txt"]
    assert aside == {".css.gz": 1, ".json": 1, ".wat.gz": 1}


# Packed streams that break


@pytest.mark.parametrize("packed", [".gz", ".zst"])
def test_a_packed_file_that_is_cut_gives_what_is_before_and_an_error(tmp_path: Path, packed: str) -> None:
    whole = b"".join(json.dumps({"text": f"{n * 7919**5}"}).encode() + b"\n" for n in range(20_000))
    data = PACK[packed](whole)
    put(tmp_path, {f"r.jsonl{packed}": data[: len(data) // 2]})
    *good, last = list(pages(tmp_path))
    assert len(good) > 5_000 and not [page for page in good[:-1] if page.error]
    assert last.error and "ends or breaks here" in last.error and "run the same command" in last.error
    assert last.id == f"r.jsonl{packed}:{len(good) + 1}"


@pytest.mark.parametrize("packed", [".gz", ".zst"])
def test_a_packed_page_that_is_cut_is_an_error_not_half_a_page(tmp_path: Path, packed: str) -> None:
    put(tmp_path, {f"p.html{packed}": PACK[packed](HTML * 5)[:-3], "q.html": HTML})
    broken, good = pages(tmp_path)
    assert broken.error and broken.error.startswith(f"p.html{packed} cannot be read: ") and not broken.content
    assert good.content == HTML


def test_zstd_in_several_frames_with_frames_that_hold_nothing(tmp_path: Path) -> None:
    empty = b"\x50\x2a\x4d\x18\x04\x00\x00\x00skip"
    one, two = (zstandard.compress(line + b"\n") for line in ROWS.splitlines())
    put(tmp_path, {"r.jsonl.zst": empty + one + empty + two})
    assert [page.content for page in pages(tmp_path)] == ["a", "<p>b"]


def test_what_is_over_the_largest_page_is_never_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred megabytes of nothing in a few kilobytes: as a page, as a row between rows, of both packings."""
    monkeypatch.setattr("flows.reading.formats.LARGEST", 1_000_000)
    monkeypatch.setattr("flows.reading.rows.LARGEST", 1_000_000)
    bomb = bytes(100_000_000)
    put(tmp_path, {"a.html.gz": gzip.compress(bomb, 1), "b.html.zst": zstandard.compress(bomb)})
    put(tmp_path, {"c.jsonl.gz": gzip.compress(ROWS + bomb + b"\n" + ROWS, 1)})
    put(tmp_path, {"d.jsonl.zst": zstandard.compress(ROWS + bomb + b"\n" + ROWS)})
    del bomb
    tracemalloc.start()
    found = list(pages(tmp_path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000
    large = [page for page in found if page.error]
    assert [page.name for page in large] == ["a.html.gz", "b.html.zst", "c.jsonl.gz:3", "d.jsonl.zst:3"]
    assert all(page.error and "larger than a page can be" in page.error for page in large)
    assert len(found) == 12


# Standard input


@pytest.mark.parametrize("packed", PACK)
def test_standard_input_is_what_it_looks_like(monkeypatch: pytest.MonkeyPatch, packed: str) -> None:
    feed(monkeypatch, PACK[packed](ROWS * 3_000))
    found = list(pages("-"))
    assert len(found) == 6_000 and found[0] == RawPage("one", "stdin:1", "a") and found[-1].id == "stdin:6000"
    feed(monkeypatch, PACK[packed](HTML))
    assert list(pages("-")) == [RawPage("stdin", "stdin", HTML)]


def test_standard_input_that_is_empty_or_a_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    feed(monkeypatch, b"")
    with pytest.raises(BadSource, match="standard input is empty"):
        pages("-")
    feed(monkeypatch, table(tmp_path / "t.parquet", {"text": ["a"]}).read_bytes())
    (page,) = pages("-")
    assert page.error and "cannot be read from a pipe" in page.error
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(BadSource, match="standard input is empty"):
        pages("-")


def test_checking_and_counting_read_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    feed(monkeypatch, ROWS)
    put(tmp_path, {"a.jsonl.gz": gzip.compress(ROWS), "b.warc": b"", "c.jsonl.zst": b""})
    monkeypatch.setattr(walk, "_open", lambda path: pytest.fail(path))
    check("-", tmp_path / "out")
    assert how_many("-") is None
    check(tmp_path, tmp_path / "out")
    assert how_many(tmp_path) is None
    assert len(list(pages("-"))) == 2


# Fields


def test_fields_name_the_columns_of_rows(tmp_path: Path) -> None:
    path = rows(tmp_path / "r.jsonl", {"body": "b", "text": "not this", "link": "https://a.example/", "key": 7})
    (page,) = pages(path, fields={"text": "body", "url": "link", "id": "key"})
    assert page == RawPage("7", "r.jsonl:1", "b", "https://a.example/")
    (page,) = pages(path, fields={"html": "page"})
    assert page.error and "the page was said to be in page" in page.error
    (page,) = pages(rows(path, {"body": "b"}))
    assert page.error and "--field text=body" in page.error


def test_a_quarantine_file_is_read_as_one_whatever_fields_are_named(tmp_path: Path) -> None:
    kept = {"id": "k", "page": "p", "url": None, "error": "NoArticle", "reason": "why", "content": "x"}
    lost = {**kept, "id": "l", "error": read.UNREADABLE, "content": '{"body": "y", "id": "own"}'}
    found = pages(rows(tmp_path / "q.jsonl", kept, lost), fields={"text": "body"})
    assert [(page.id, page.content, page.error) for page in found] == [("k", "x", None), ("own", "y", None)]


@pytest.mark.parametrize("given", ["text", "text=", "=body", "titel=x"])
def test_fields_that_are_not_said_well_are_refused(given: str, tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="give NAME=COLUMN, where NAME is one of html, text"):
        read.fields([given])
    with pytest.raises(BadSource, match="NAME=COLUMN"):
        check(put(tmp_path, {"a.txt": "A"}), tmp_path / "out", {"titel": "x"})
    assert read.fields(["text=a=b", "url=u"]) == {"text": "a=b", "url": "u"}


def test_names_that_servers_and_wget_give_are_pages(tmp_path: Path) -> None:
    names = ["index.php?id=12", "a.aspx", "b.html.1", "c.htm.2", "d.jsp", "e.html?x=1.png"]
    put(tmp_path, {**dict.fromkeys(names, "x"), "f.png": "x", "g.1": "x"})
    assert [page.id for page in pages(tmp_path)] == sorted(names)


# Globs


def test_globs_name_files_and_folders(tmp_path: Path) -> None:
    put(tmp_path, {f"{day}/{name}": "x" for day in ("01", "02") for name in ("a.html", "b.data", "deep/c.html", ".h")})
    for glob, found in {
        "*": ["01/a.html", "01/deep/c.html", "02/a.html", "02/deep/c.html"],
        "0[2-9]": ["02/a.html", "02/deep/c.html"],
        "*/*.html": ["01/a.html", "02/a.html"],
        "*/*.data": ["01/b.data", "02/b.data"],  # the user named the ending
        "**/c.htm?": ["01/deep/c.html", "02/deep/c.html"],
        "01/**": ["a.html", "deep/c.html"],
        "**/*.html": ["01/a.html", "01/deep/c.html", "02/a.html", "02/deep/c.html"],
        "02/d*/": ["deep/c.html"],
    }.items():
        assert [page.id for page in pages(f"{tmp_path}/{glob}")] == found, glob
    assert how_many(f"{tmp_path}/*/*.html") == 2
    with pytest.raises(BadSource, match="holds no page"):
        pages(f"{tmp_path}/*.txt")
    with pytest.raises(BadSource, match="holds no page"):
        check(f"{tmp_path}/none/*.txt", tmp_path / "out")


def test_a_name_that_looks_like_a_glob_is_a_name_first(tmp_path: Path) -> None:
    put(tmp_path, {"story.html?id=[3]": "S", "story.html?id=3": "T"})
    assert [page.id for page in pages(f"{tmp_path}/story.html?id=[3]")] == ["story.html?id=[3]"]


def test_a_glob_does_not_read_the_output(tmp_path: Path) -> None:
    put(tmp_path, {"a/p.txt": "P", "out/q.txt": "Q"})
    assert [page.id for page in pages(f"{tmp_path}/*/*.txt", leave_out=tmp_path / "out")] == ["a/p.txt"]
    with pytest.raises(BadSource, match="written over"):
        check(f"{tmp_path}/out/*.txt", tmp_path / "out")


# What is not installed


def test_an_extra_that_is_missing_is_asked_for_before_the_run_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"a.txt": "A", "b.warc.gz": b"", "c/d.parquet": b"", "e.txt": b"WARC/1.0\r\n"})
    with monkeypatch.context() as lacking:
        lacking.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(
            places.MissingExtra, match=r"Parquet files need pyarrow.*pip install 'boilerstrip\[parquet\]'"
        ):
            check(tmp_path, tmp_path / "out")
    monkeypatch.setitem(sys.modules, "fastwarc", None)
    with pytest.raises(places.MissingExtra, match=r"WARC files need fastwarc.*install 'boilerstrip\[warc\]'"):
        check(tmp_path, tmp_path / "out")
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(places.MissingExtra, match=r"s3:// addresses need s3fs.*install 'boilerstrip\[s3\]'"):
        check("s3://bucket/crawl", tmp_path / "out")
    check(tmp_path / "e.txt", tmp_path / "out")
    (page,) = pages(tmp_path / "e.txt")
    assert page.error and page.error.startswith("e.txt: WARC files need fastwarc") and "pip install" in page.error


# Any input

NAMES = ("x.jsonl", "x.html", "x.parquet", "x.warc", "x", "x.gz", "x.jsonl.zst")
STARTS = (
    b"",
    b"PAR1\x15",
    b"WARC/1.0\r\n",
    gzip.compress(ROWS)[:30],
    zstandard.compress(ROWS)[:20],
    b'{"text": "a"}\n',
)
values = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.lists(st.text(max_size=3), max_size=2)
some_rows = st.lists(
    st.dictionaries(st.sampled_from(["text", "html", "url", "id", "x"]), values, max_size=4), max_size=8
)


@given(st.sampled_from(NAMES), st.sampled_from(STARTS), st.binary(max_size=300))
def test_any_bytes_are_read_without_raising(name: str, start: bytes, data: bytes) -> None:
    for page in read_bytes(start + data, name):
        assert page.id and (page.error is None or page.error.startswith("f"))


@given(some_rows)
def test_rows_are_the_same_pages_however_they_are_packed(given: list[dict[str, Any]]) -> None:
    data = b"".join(json.dumps(row).encode() + b"\n" for row in given)
    plain = read_bytes(data, "x.jsonl")
    assert len(plain) == len(given)
    for packed in (gzip.compress(data), zstandard.compress(data), gzip.compress(data[:9]) + gzip.compress(data[9:])):
        assert read_bytes(packed, "x.jsonl") == plain


@given(st.binary(max_size=2_000), st.integers(1, 300))
def test_a_stream_gives_all_that_came_before_it_broke(data: bytes, at: int) -> None:
    class Breaks:
        whole = io.BytesIO(data)

        def read(self, size: int, /) -> bytes:
            if self.whole.tell() >= len(data) - at:
                raise ConnectionResetError("gone")
            return self.whole.read(min(size, 64, len(data) - at - self.whole.tell()))

        def close(self) -> None: ...

    opened, got = stream.buffered(Breaks()), b""
    with pytest.raises(stream.Broken, match="gone"):
        while piece := opened.read1(100):
            got += piece
    assert got == data[: max(len(data) - at, 0)]
