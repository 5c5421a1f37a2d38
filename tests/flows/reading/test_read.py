"""Pages out of folders, files and JSON lines: what is read, in which order, and what becomes of bad rows."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest
from sources import put, rows

from flows.reading import read, walk
from flows.reading.read import BadSource, RawPage, check, how_many, pages


def test_a_folder_is_read_in_the_order_of_its_names_and_hidden_files_are_not(tmp_path: Path) -> None:
    put(tmp_path, {"b.html": "B", "a/z.txt": "Z", "a/c.HTM": "C", "plain": "P", ".hidden": "H", ".git/x.txt": "X"})
    found = list(pages(tmp_path))
    assert [(p.id, p.content) for p in found] == [
        ("a/c.HTM", b"C"),
        ("a/z.txt", b"Z"),
        ("b.html", b"B"),
        ("plain", b"P"),
    ]
    assert all(p.name == p.id for p in found)
    assert how_many(tmp_path) == 4


def test_other_files_are_left_aside_and_counted(tmp_path: Path) -> None:
    put(tmp_path, {"a.html": "A", "b.css": "B", "c.css": "C", "d.png": b"\x89PNG"})
    aside: Counter[str] = Counter()
    assert [p.id for p in pages(tmp_path, aside=aside)] == ["a.html"]
    assert aside == {".css": 2, ".png": 1}


def test_names_as_wget_writes_them_are_pages(tmp_path: Path) -> None:
    for name in ("story.html?id=3", "index.html@page=2", "about"):
        (tmp_path / name).write_text(name)
    assert {p.id for p in pages(tmp_path)} == {"story.html?id=3", "index.html@page=2", "about"}


@pytest.mark.parametrize(
    "name",
    ["story.php.1", "story.html.orig", "www.lindow.example", "story.12345", "view.action", "a.story.gz", "x.PHP5"],
)
def test_files_with_other_endings_are_pages_where_they_hold_html(tmp_path: Path, name: str) -> None:
    html = b"<!doctype html><p>The bridge is shut."
    put(
        tmp_path,
        {name: gzip.compress(html, mtime=0) if name.endswith(".gz") else html, "notes.rst": "The rope is wet."},
    )
    put(tmp_path, {"style.css": html, "p.woff2": bytes(range(256)), "empty.bak": b"", "rows.data": b'{"text": "a"}\n'})
    aside: Counter[str] = Counter()
    assert [page.content for page in pages(tmp_path, aside=aside) if page.name == name] == [html]
    assert aside == {".rst": 1, ".css": 1, ".woff2": 1, ".bak": 1}
    assert how_many(tmp_path) == 2
    check(tmp_path, tmp_path / "out")


def test_a_folder_of_other_files_alone_holds_no_page(tmp_path: Path) -> None:
    put(tmp_path, {"notes.rst": "The rope is wet.", "picture.raw": bytes(range(256))})
    for look in (lambda: check(tmp_path, tmp_path / "out"), lambda: pages(tmp_path)):
        with pytest.raises(BadSource, match=r"only other files: (1 \.rst, 1 \.raw|1 \.raw, 1 \.rst)"):
            look()


def test_a_link_to_a_folder_is_not_followed_and_one_to_a_file_is(tmp_path: Path) -> None:
    put(tmp_path, {"a/b.txt": "B"})
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "link.txt").symlink_to(tmp_path / "a" / "b.txt")
    assert [p.id for p in pages(tmp_path)] == ["a/b.txt", "link.txt"]
    (tmp_path / "circle.txt").symlink_to("circle.txt")
    assert [(p.id, bool(p.error)) for p in pages(tmp_path)][1:] == [("circle.txt", True), ("link.txt", False)]


def test_the_output_folder_inside_the_source_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": "A", "out/articles.jsonl": "{}", "sub/out/b.txt": "B"})
    assert [p.id for p in pages(tmp_path, leave_out=tmp_path / "out")] == ["a.txt", "sub/out/b.txt"]


def test_a_file_name_that_is_not_utf_8_becomes_an_id_that_is(tmp_path: Path) -> None:
    (tmp_path / "caf\udce9.txt").write_text("x")
    assert [p.id for p in pages(tmp_path)] == ["caf\\xe9.txt"]


def test_a_file_that_cannot_be_read_is_a_page_with_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"a.txt": "A", "b.txt": "B"})
    whole = walk._open

    def refuse(path: str) -> walk.Source:
        if path.endswith("a.txt"):
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(walk, "_open", refuse)
    first, second = pages(tmp_path)
    assert first == RawPage("a.txt", "a.txt", b"", error=first.error)
    assert first.error and "a.txt cannot be read: Permission denied" in first.error
    assert second.content == b"B"


def test_a_folder_that_cannot_be_listed_is_a_page_with_an_error_and_a_root_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"a.txt": "A", "deep/b.txt": "B", "z.txt": "Z"})
    whole = walk._scan

    def refuse(folder: str) -> list[walk.Entry]:
        if folder.endswith(closed):
            raise PermissionError(13, "Permission denied")
        return whole(folder)

    closed = "deep"
    monkeypatch.setattr(walk, "_scan", refuse)
    found = list(pages(tmp_path))
    assert [(page.id, page.error is None) for page in found] == [
        ("a.txt", True), ("deep", False), ("z.txt", True)
    ]  # fmt: skip
    assert found[1].error and "deep cannot be read: Permission denied" in found[1].error
    closed = tmp_path.name
    with pytest.raises(BadSource, match="cannot be read or listed: Permission denied"):
        pages(tmp_path)


@pytest.mark.parametrize(
    ("row", "content", "url", "id"),
    [
        ({"html": "<p>x"}, "<p>x", None, "r.jsonl:1"),
        ({"text": "t", "html": "h", "id": "own"}, "h", None, "own"),
        ({"text": "t", "html": None}, "t", None, "r.jsonl:1"),
        ({"text": "t", "html": ""}, "t", None, "r.jsonl:1"),
        ({"text": ""}, "", None, "r.jsonl:1"),
        ({"content": "c", "url": "https://a.example/"}, "c", "https://a.example/", "r.jsonl:1"),
        ({"raw_content": "r", "url": "", "id": ""}, "r", None, "r.jsonl:1"),
        ({"text": "t", "id": 12}, "t", None, "12"),
        ({"text": "\ud800", "id": "\udfff"}, "\ud800", None, "\udfff"),
    ],
)
def test_the_fields_of_a_row_are_found_by_name(
    tmp_path: Path, row: object, content: str, url: str | None, id: str
) -> None:
    (page,) = pages(rows(tmp_path / "r.jsonl", row))
    assert page == RawPage(id, "r.jsonl:1", content, url)


BAD = [
    (b"{not json", "not JSON"),
    (b"[1, 2]", "a JSON array, not an object"),
    (b'"text"', "a JSON string, not an object"),
    (b"null", "a JSON null, not an object"),
    (b"{}", "no text. The row has no fields"),
    (b'{"title": "x", "body": "y"}', "no text. The row has the fields title, body"),
    (b'{"text": 5}', "`text` is a JSON number. Make it a string"),
    (b'{"html": {"a": 1}}', "`html` is a JSON object"),
    (b'{"text": "\xff\xfe"}', "not JSON"),
    (b"[" * 100_000, "not JSON"),
    (b'{"content": "%%%", "encoding": "base64"}', "base64"),
]


@pytest.mark.parametrize(("raw", "why"), BAD)
def test_a_bad_row_comes_whole_with_a_sentence_and_its_neighbours_are_read(
    tmp_path: Path, raw: bytes, why: str
) -> None:
    before, bad, after = pages(rows(tmp_path / "r.jsonl", {"text": "a"}, raw, {"text": "b"}))
    assert (before.content, after.content, after.id) == ("a", "b", "r.jsonl:3")
    assert (bad.id, bad.name, bad.content) == ("r.jsonl:2", "r.jsonl:2", raw)
    assert bad.error and bad.error.startswith("r.jsonl:2: ") and why in bad.error


def test_blank_lines_are_passed_over_and_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "a"}\r\n\r\n  \n{"text": "b\xe2\x80\xa8c"}')
    assert [(p.id, p.content, p.error) for p in pages(path)] == [
        ("r.jsonl:1", "a", None),
        ("r.jsonl:4", "b\u2028c", None),
    ]


def test_json_lines_in_a_folder_are_read_row_by_row(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": "A"})
    (tmp_path / "deep").mkdir()
    rows(tmp_path / "deep" / "r.jl", {"text": "x"}, {"text": "y"})
    assert [p.id for p in pages(tmp_path)] == ["a.txt", "deep/r.jl:1", "deep/r.jl:2"]
    assert how_many(tmp_path) == 3


def test_gzipped_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "a"}\n{"text": "b"}\n'))
    assert [p.content for p in pages(path)] == ["a", "b"]
    assert how_many(path) is None


@pytest.mark.parametrize("spoil", [lambda data: data[:-100], lambda data: data[:400] + bytes(90) + data[490:]])
def test_a_gzip_file_that_breaks_off_gives_what_is_before_and_an_error(tmp_path: Path, spoil: object) -> None:
    lines = b"".join(json.dumps({"text": f"{n * 7919**5}"}).encode() + b"\n" for n in range(500))
    path = tmp_path / "r.jsonl.gz"
    path.write_bytes(spoil(gzip.compress(lines)))  # type: ignore[operator]
    *_, last = found = list(pages(path))
    assert last.error and "ends or breaks here" in last.error
    assert last.id == f"r.jsonl.gz:{len(found)}"


def test_a_file_that_is_no_gzip_at_all_is_read_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl.gz").write_bytes(b'{"text": "a"}\n')
    (page,) = pages(tmp_path)
    assert page == RawPage("r.jsonl.gz:1", "r.jsonl.gz:1", "a")


def test_ids_are_unique(tmp_path: Path) -> None:
    same = [{"text": str(n), "id": own} for n, own in enumerate(("x", "x", "x~2", "x", "y"))]
    assert [p.id for p in pages(rows(tmp_path / "r.jsonl", *same))] == ["x", "x~2", "x~2~2", "x~3", "y"]


def test_a_quarantine_file_is_a_source(tmp_path: Path) -> None:
    binary, bad_row = b"\xff\xfe\x00", b'{"text": 5}'
    given = [
        RawPage("a", "a", "text", "https://a.example/"),
        RawPage("b", "b", binary),
        RawPage("c", "c", bad_row, error="wrong"),
    ]
    from flows.cleaning.records import quarantined

    errors = ("NoArticle", "NotText", read.UNREADABLE)
    records = [quarantined(page, error, "why") for page, error in zip(given, errors, strict=True)]
    first, second, third = pages(rows(tmp_path / "quarantine.jsonl", *records))
    assert (first.id, first.content, first.url) == ("a", "text", "https://a.example/")
    assert (second.id, second.content) == ("b", binary)
    assert third.content == bad_row and third.error and "`text` is a JSON number" in third.error


def test_one_file_that_is_named_is_a_page_whatever_it_is_called(tmp_path: Path) -> None:
    put(tmp_path, {"page.aspx": "A"})
    assert list(pages(tmp_path / "page.aspx")) == [RawPage("page.aspx", "page.aspx", b"A")]


def test_a_source_without_pages_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="does not exist"):
        pages(tmp_path / "nowhere")
    with pytest.raises(BadSource, match="holds no page"):
        pages(tmp_path)
    with pytest.raises(BadSource, match=r"only other files: 2 \.css"):
        pages(put(tmp_path, {"a.css": "A", "b.css": "B"}))


def test_a_run_may_not_write_over_its_source(tmp_path: Path) -> None:
    put(tmp_path, {"out/a.txt": "A", "file": "F"})
    with pytest.raises(BadSource, match="written over"):
        read.check(tmp_path / "out" / "a.txt", tmp_path / "out")
    with pytest.raises(BadSource, match="written over"):
        read.check(tmp_path / "out", tmp_path / "out")
    with pytest.raises(BadSource, match="is a file"):
        read.check(tmp_path / "out", tmp_path / "file")
    read.check(tmp_path, tmp_path / "out")


def test_reading_is_a_stream(tmp_path: Path) -> None:
    found = pages(rows(tmp_path / "r.jsonl", *({"text": str(n)} for n in range(10_000))))
    assert next(found).content == "0"
    (tmp_path / "r.jsonl").write_bytes(b"")  # the rest was not read yet
    assert len(list(found)) < 9_000
