"""The articles' file in the formats that people ask for, made out of the JSON lines of the shards.

A file depends on the lines alone, not on the pieces that they come in: what is compressed together, and what becomes
one group of rows in Parquet, is counted from the file's beginning.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, get_args

from cleaners.page import RECORD
from flows.places import need
from flows.writing.store import Store

if TYPE_CHECKING:
    import pyarrow

ARTICLES, QUARANTINE, SUMMARY, REPORT = "articles.jsonl", "quarantine.jsonl", "summary.json", "summary.md"
"""The files of a run whose articles are JSON lines."""
Format = Literal["jsonl", "jsonl.gz", "jsonl.zst", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
NAMES = tuple(f"articles.{format}" for format in FORMATS)
"""Names in the output folder that are the run's own. Of them, one is there when a run is complete."""
BLOCK = 1 << 20
"""Bytes that are given to a compressor at a time."""
GROUP_ROWS, GROUP_BYTES = 10_000, 16 << 20
"""Most rows of a group of Parquet, and most bytes of their JSON, but for a single row. It is built in memory."""
AS_OBJECTS = 500
"""Rows of such a group that are Python objects at the same time: those take ten times as much memory as columns."""


def name(format: str) -> str:
    """The name of the articles' file."""
    return f"articles.{format}"


def check(format: str) -> None:
    """Raise MissingExtra, or ValueError for a format that is none, before a run begins."""
    if format not in FORMATS:
        raise ValueError(f"no format is called {format!r}. Use one of {', '.join(FORMATS)}.")
    if format == "parquet":
        need("pyarrow", "Parquet files")


def write(to: Store, lines: Iterable[bytes], format: Format) -> None:
    """Write the articles: pieces of JSON lines, each of them whole lines. Then remove files of the other formats."""
    with to.whole(name(format)) as out:
        WRITERS[format](lines, out)
    to.remove((set(NAMES) - {name(format)}) & to.files("").keys())


def schema() -> "pyarrow.Schema":
    """The columns of Parquet: the fields of the record, whatever is in them. Raises MissingExtra."""
    pa = need("pyarrow", "Parquet files")
    string, number = pa.string(), pa.int64()

    def records(*fields: tuple[str, Any]) -> Any:
        return pa.list_(pa.struct(fields))

    others = {
        "authors": pa.list_(string),
        "captions": records(("text", string), ("credit", string)),
        "removed": records(("by", string), ("role", string), ("start", number), ("end", number), ("block", number),
                           ("text", string), ("why", string)),
        "repairs": records(("by", string), ("count", number)),
        "left_whole": pa.float64(),
        "copy_of": pa.struct([("id", string), ("kind", string), ("score", pa.float64())]),
    }  # fmt: skip
    return pa.schema([(field, others.get(field, string)) for field in RECORD])


def _plain(lines: Iterable[bytes], out: BinaryIO) -> None:
    for some in lines:
        out.write(some)


def _gzip(lines: Iterable[bytes], out: BinaryIO) -> None:
    with gzip.GzipFile("", "wb", 6, out, mtime=0) as packed:
        for block in _blocks(lines):
            packed.write(block)


def _zstd(lines: Iterable[bytes], out: BinaryIO) -> None:
    import zstandard

    with zstandard.ZstdCompressor(write_checksum=True).stream_writer(out, closefd=False) as packed:
        for block in _blocks(lines):
            packed.write(block)


def _parquet(lines: Iterable[bytes], out: BinaryIO) -> None:
    import pyarrow
    from pyarrow import parquet

    columns = schema()
    # A dictionary pays where few values come often, and not for texts or ids.
    often = ["host", "language", "rules", "route", "published", "modified", "removed.list.element.by",
             "removed.list.element.role", "removed.list.element.why", "repairs.list.element.by"]  # fmt: skip
    with parquet.ParquetWriter(out, columns, compression="zstd", use_dictionary=often) as table:
        for group in _groups(lines):
            parts = [
                pyarrow.Table.from_pylist([json.loads(line) for line in group[first : first + AS_OBJECTS]], columns)
                for first in range(0, len(group), AS_OBJECTS)
            ]
            table.write_table(pyarrow.concat_tables(parts), row_group_size=len(group))


WRITERS: dict[Format, Callable[[Iterable[bytes], BinaryIO], None]] = {
    "jsonl": _plain,
    "jsonl.gz": _gzip,
    "jsonl.zst": _zstd,
    "parquet": _parquet,
}


def _blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, BLOCK at a time."""
    held = bytearray()
    for piece in pieces:
        held += piece
        whole = len(held) - len(held) % BLOCK
        for first in range(0, whole, BLOCK):
            yield bytes(held[first : first + BLOCK])
        del held[:whole]
    if held:
        yield bytes(held)


def _groups(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The lines, as many together as one group of rows may hold."""
    group: list[bytes] = []
    size = 0
    for piece in pieces:
        for line in piece.splitlines():
            if group and (len(group) == GROUP_ROWS or size + len(line) > GROUP_BYTES):
                yield group
                group, size = [], 0
            group.append(line)
            size += len(line)
    if group:
        yield group
