"""The articles' file in each format: what is in it, that it is always the same, and that people's tools open it."""

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet
from sample import ROOT

from cleaners import Article, Cleaner
from cleaners.page import RECORD, REMOVED
from flows import places
from flows.cleaning import records, work
from flows.cleaning.work import clean_page
from flows.reading.raw import RawPage
from flows.writing import output
from flows.writing.address import store_at

Record = dict[str, Any]
DAYS = ("published", "modified")

texts = st.text(st.characters(exclude_categories=[]), max_size=40)  # surrogates, NUL and all
maybe = st.none() | texts
numbers = st.integers(0, 2**40)
places_in_text = st.fixed_dictionaries(
    {"by": texts, "role": texts, "start": numbers, "end": numbers, "text": texts, "why": texts}
)
places_in_html = st.fixed_dictionaries({"by": texts, "role": texts, "block": numbers, "text": texts, "why": texts})
articles = st.builds(
    Article,
    **dict.fromkeys(("id", "page", "text", "rules"), texts),
    **dict.fromkeys(
        ("url", "host", "title", "kicker", "standfirst", "byline", "published", "modified", "language"), maybe
    ),
    authors=st.lists(texts, max_size=3).map(tuple),
    captions=st.lists(st.fixed_dictionaries({"text": texts, "credit": maybe}), max_size=3).map(tuple),
    removed=st.lists(places_in_text | places_in_html, max_size=3).map(tuple),
    repairs=st.dictionaries(texts, numbers, max_size=3),
    copy_of=st.none() | st.fixed_dictionaries({"id": texts, "kind": texts, "score": st.floats(0, 1)}),
    route=st.sampled_from(["html", "extracted", "whole"]),
)


def written(folder: Path, lines: Sequence[bytes], format: output.Format, piece: int = 1000) -> Path:
    """The file of these lines, given to the writer so many lines at a time."""
    folder.mkdir(exist_ok=True)
    output.write(
        store_at(str(folder)), (b"".join(lines[at : at + piece]) for at in range(0, len(lines), piece)), format
    )
    return folder / output.name(format)


def unpacked(path: Path) -> list[Record]:
    """The records of an articles' file, read with the plainest tool there is."""
    content = path.read_bytes()
    if path.suffix == ".parquet":
        return parquet.read_table(path).to_pylist()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    if path.suffix == ".zst":
        content = zstandard.ZstdDecompressor().decompressobj().decompress(content)
    return [json.loads(line) for line in content.splitlines()]


@pytest.fixture(scope="session")
def lines(cleaner: Cleaner) -> list[bytes]:
    """Lines of articles out of the sample pages: HTML and text, with and without captions, repairs and dates."""
    found = []
    for path in sorted((ROOT / "seeds").rglob("*.*")):
        if path.suffix in (".txt", ".html"):
            page = RawPage(path.name, path.name, path.read_bytes(), f"https://seeds.example/{path.name}")
            found += clean_page(cleaner, page).articles.splitlines(keepends=True)
    assert len(found) > 10
    return found


@pytest.fixture(scope="session")
def many(lines: list[bytes]) -> list[bytes]:
    """Two thousand of them, 12 megabytes: fields that stand empty for long, and are filled at the end."""
    copies = []
    for n in range(2_000):
        record = json.loads(lines[n % len(lines)])
        record |= {"id": f"{n}", "text": f"{n} {record['text']}", "removed": record["removed"][:40]}
        if n < 1_800:
            record |= {"url": None, "host": None, "captions": [], "repairs": [], "kicker": None, **dict.fromkeys(DAYS)}
        elif n % 7 == 0:
            record |= {"copy_of": {"id": "1", "kind": "near", "score": 0.5}, "kicker": "Kicker", "authors": ["A"]}
            record |= {"repairs": [{"by": "repair.a", "count": 2}], "captions": [{"text": "t", "credit": "c"}]}
        copies.append(records.article(record))
    return copies


@pytest.fixture(scope="session")
def some(many: list[bytes]) -> list[bytes]:
    """Every fourth of them, for what does not ask about the size."""
    return many[::4]


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory, many: list[bytes]) -> dict[output.Format, Path]:
    """The file of them in each format, in a folder of its own."""
    return {format: written(tmp_path_factory.mktemp(format), many, format) for format in output.FORMATS}


@pytest.fixture(scope="session")
def those_of_many(many: list[bytes]) -> list[Record]:
    return [json.loads(line) for line in many]


# What is in it


@given(st.lists(articles, max_size=12), st.sampled_from(output.FORMATS), st.integers(1, 5))
def test_every_format_holds_the_same_records(
    tmp_path_factory: pytest.TempPathFactory, found: list[Article], format: output.Format, piece: int
) -> None:
    folder = tmp_path_factory.mktemp("out")
    made = [article.to_dict() for article in found]
    plain = unpacked(written(folder, [*map(records.article, made)], format, piece))
    assert plain == [_whole(record) for record in made]
    if format == "parquet":
        assert parquet.read_schema(folder / "articles.parquet").equals(output.schema())


def _whole(value: Any) -> Any:
    """The same with what is no character replaced: the two halves of one that were apart are put together."""
    if isinstance(value, dict):
        return {name: _whole(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else value


def test_a_record_has_the_same_keys_whatever_the_page() -> None:
    text = Article(
        "a", "a", "x", removed=({"by": "b", "role": "chrome", "start": 1, "end": 2, "text": "t", "why": "w"},)
    )
    html = Article(
        "a", "a", "x", removed=({"by": "b", "role": "chrome", "block": 1, "text": "t", "why": "w"},), repairs={"r": 2}
    )
    one, other = text.to_dict(), html.to_dict()
    assert [*one] == [*other] == [*RECORD]
    assert [*one["removed"][0]] == [*other["removed"][0]] == [*REMOVED]
    assert (one["repairs"], other["repairs"]) == ([], [{"by": "r", "count": 2}])


def test_half_a_character_is_replaced_in_articles_and_kept_in_quarantine(cleaner: Cleaner) -> None:
    prose = "The harbour master said on Monday that the bridge would stay closed until the summer, and nobody minded. "
    page = RawPage("a", "a", f"{prose * 3}\ud800 {prose * 3}")
    assert "\ufffd" in json.loads(clean_page(cleaner, page).articles)["text"]
    kept = json.loads(work.failed(page, "NoArticle", "a test").quarantine)["content"]
    assert kept == page.content


@pytest.mark.parametrize("format", output.FORMATS)
def test_no_article_at_all_is_a_file_of_the_same_columns(tmp_path: Path, format: output.Format) -> None:
    path = written(tmp_path / "a", [], format)
    assert unpacked(path) == []
    if format == "parquet":
        assert parquet.read_schema(path).equals(output.schema())
        assert duckdb.sql(f"select id, removed from '{path}'").fetchall() == []
        assert polars.read_parquet(path).columns == [*RECORD]


# Always the same


@pytest.mark.parametrize("format", output.FORMATS)
def test_the_file_does_not_tell_how_the_lines_came(tmp_path: Path, some: list[bytes], format: output.Format) -> None:
    found = {written(tmp_path / "a", some, format, piece).read_bytes() for piece in (1, 199, 500)}
    assert len(found) == 1


def test_groups_of_rows_are_bounded_by_rows_and_bytes(
    tmp_path: Path, some: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def groups(folder: Path) -> list[int]:
        told = parquet.ParquetFile(written(folder, some, "parquet")).metadata
        return [told.row_group(n).num_rows for n in range(told.num_row_groups)]

    assert groups(tmp_path / "a") == [500]
    monkeypatch.setattr(output, "GROUP_ROWS", 200)
    assert groups(tmp_path / "b") == [200, 200, 100]
    monkeypatch.setattr(output, "GROUP_BYTES", 100_000)
    assert len(groups(tmp_path / "c")) > 15
    longest = records.article({"id": "x" * 300_000})
    assert [*output._groups([longest + some[0], longest])] == [[one.strip()] for one in (longest, some[0], longest)]


def test_another_format_takes_the_place_of_the_first(tmp_path: Path, lines: list[bytes]) -> None:
    (tmp_path / "articles.csv").touch()
    for format in (*output.FORMATS, "jsonl"):
        written(tmp_path, lines, format)  # type: ignore[arg-type]
        assert {path.name for path in tmp_path.iterdir()} == {output.name(format), "articles.csv"}


def test_a_format_that_fails_leaves_the_old_file(tmp_path: Path, lines: list[bytes]) -> None:
    def broken() -> Iterator[bytes]:
        yield lines[0]
        raise OSError("the disk is full")

    before = written(tmp_path, lines, "jsonl").read_bytes()
    for format in output.FORMATS:
        with pytest.raises(OSError, match="the disk is full"):
            output.write(store_at(str(tmp_path)), broken(), format)
        assert [path.name for path in tmp_path.iterdir()] == ["articles.jsonl"]
    assert (tmp_path / "articles.jsonl").read_bytes() == before


def test_what_is_missing_is_said_before_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(places, "import_module", without)
    with pytest.raises(places.MissingExtra, match=r"Parquet files need pyarrow.*pip install 'boilerstrip\[parquet\]'"):
        output.check("parquet")
    with pytest.raises(places.MissingExtra, match=r"s3:// addresses need s3fs.*pip install 'boilerstrip\[s3\]'"):
        store_at("s3://bucket/out")
    output.check("jsonl.zst")
    with pytest.raises(ValueError, match="no format is called 'csv'"):
        output.check("csv")


# What people open it with


# JSON lines carry no types. Readers guess them, by default from the first rows: `plain`. Of a large file, they are told
# to look at all rows (DuckDB, Polars) or given the columns (datasets). Parquet needs nothing.


def by_duckdb(path: Path, plain: bool) -> list[Record]:
    whole = f"select * from '{path}'"
    if path.suffix != ".parquet" and not plain:
        whole = f"select * from read_json('{path}', sample_size = -1)"
    return [dict(row) for row in duckdb.sql(whole).to_arrow_table().to_pylist()]


def by_polars(path: Path, plain: bool) -> list[Record]:
    if path.suffix == ".parquet":
        return polars.read_parquet(path).to_dicts()
    return polars.scan_ndjson(path, **({} if plain else {"infer_schema_length": None})).collect().to_dicts()


def by_datasets(path: Path, plain: bool) -> list[Record]:
    import datasets

    kind = "parquet" if path.suffix == ".parquet" else "json"
    features = None if plain or kind == "parquet" else datasets.Features.from_arrow_schema(output.schema())
    cache = str(path.parent / "cache")
    found = datasets.load_dataset(kind, data_files=str(path), split="train", features=features, cache_dir=cache)
    return list(found.to_list())


def by_datatrove(path: Path, plain: bool) -> list[Record]:
    from datatrove.pipeline.readers import JsonlReader, ParquetReader

    reader = ParquetReader if path.suffix == ".parquet" else JsonlReader
    found = reader(str(path.parent), glob_pattern=path.name)()
    return [{"id": one.id, "text": one.text, **one.metadata} for one in found]


Reader = Callable[[Path, bool], list[Record]]
READERS: tuple[Reader, ...] = (by_duckdb, by_polars, by_datasets, by_datatrove)


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")


def same(found: list[Record], expected: list[Record], fields: Sequence[str]) -> None:
    assert len(found) == len(expected)
    for row, record in zip(found, expected, strict=True):
        assert {name: row[name] for name in fields} == {name: record[name] for name in fields}
        for day in DAYS:
            assert str(row[day])[:10] == str(record[day])[:10]  # of JSON, some readers make it a date


@pytest.mark.parametrize("format", output.FORMATS)
@pytest.mark.parametrize("reader", READERS)
def test_people_s_tools_open_it(
    files: dict[output.Format, Path], those_of_many: list[Record], reader: Reader, format: output.Format
) -> None:
    every = set(RECORD) - set(DAYS)
    same(reader(files[format], False), those_of_many, sorted(every))


@pytest.mark.parametrize("format", output.FORMATS)
@pytest.mark.parametrize("reader", READERS)
def test_a_small_file_needs_no_options(
    tmp_path: Path, lines: list[bytes], reader: Reader, format: output.Format
) -> None:
    fields = ("id", "page", "url", "title", "authors", "language", "text", "removed", "repairs", "rules", "route")
    same(reader(written(tmp_path / "a", lines, format), True), [json.loads(line) for line in lines], fields)
