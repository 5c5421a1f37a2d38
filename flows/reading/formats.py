"""Which format a file is in, told by its name, and by its content where names lie; and the pages in it."""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from mimetypes import MimeTypes

from cleaners.source import looks_like_html
from flows.places import MissingExtra, need
from flows.reading import rows, warc
from flows.reading.raw import LARGEST, Columns, RawPage, too_large, unread
from flows.reading.stream import Source, head, unpacked

Reader = Callable[[io.BufferedReader, str, Columns, Counter[str]], Iterator[RawPage]]
"""Reads a stream, by its name, as pages. Counts what it passes over. Raises nothing because of the stream."""

PACKED = (".gz", ".zst", ".zstd")
"""Endings of packed files."""
_PACKED = r"\.(?:gz|zstd?)"
COPY = re.compile(r"(?<=\.html)\.\d+$|(?<=\.htm)\.\d+$")
"""What wget adds to the name of a page that it has already."""
SUFFIX = re.compile(rf"(?<=.)(?:((?!{_PACKED}(?:[?@]|$))\.[a-z0-9]+)({_PACKED})?|({_PACKED}))(?:[?@].*)?$", re.DOTALL)
"""The ending of a name, and that of packing; wget saves `story.html?id=3`, which is a `.html`."""
PARQUET = re.compile(rb"PAR1[^\x20-\x7e\t\r\n]")


def page(file: io.BufferedReader, name: str, _: Columns, __: Counter[str]) -> Iterator[RawPage]:
    """The file as one page: its bytes. Decoding is the library's work."""
    try:
        content = file.read(LARGEST + 1)
    except OSError as error:
        yield unread(name, f"{name} cannot be read: {error}. Mend that, and run the same command again.")
        return
    yield unread(name, too_large(name)) if len(content) > LARGEST else RawPage(name, name, content)


def one(file: Source, name: str) -> RawPage:
    """The file as one page, packed or not, whatever is in it. Raises MissingExtra, as `unpacked` does."""
    return next(page(unpacked(file), name, Columns(), Counter()))


READERS: dict[str, Reader] = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml", ".txt", ".text"), page),
    **dict.fromkeys((".php", ".phtml", ".asp", ".aspx", ".jsp", ".jspx", ".do", ".cgi", ".cfm"), page),
    **dict.fromkeys((".jsonl", ".ndjson", ".jl"), rows.lines),  # .jl is what Scrapy writes
    **dict.fromkeys((".parquet", ".pq"), rows.table),
    **dict.fromkeys((".warc", ".wet"), warc.records),
}
"""By the ending of the name, without that of packing. A file without an ending, or with another, is told by its
content: servers and crawlers give pages all sorts of names."""
OTHERS = {".wat", *(end for end, kind in MimeTypes().types_map[True].items() if kind not in warc.PAGES)}
"""Endings of known types that are no pages: these files are not opened."""
MODULES: dict[Reader, tuple[str, str]] = {
    rows.table: ("pyarrow", "Parquet files"),
    warc.records: ("fastwarc", "WARC files"),
}
"""What a reader needs that an extra brings, and how the sentence about it begins."""


def ending(name: str) -> tuple[str, str]:
    """The ending of a name in small letters, and that of packing: (".jsonl", ".gz"); empty where there is none."""
    found = SUFFIX.search(COPY.sub("", name.rpartition("/")[2].lower()))
    return (found[1] or "", found[2] or found[3] or "") if found else ("", "")


def may_hold_pages(name: str) -> bool:
    """Is it worth looking into a file whose ending names no format of ours? Pictures, styles, archives are not."""
    return ending(name)[0] not in OTHERS


def holds_pages(file: Source) -> bool:
    """Is HTML in it, or rows or a WARC file, packed or not? Text alone may be anyone's notes."""
    start = head(unpacked(file))
    return looks_like_html(start.decode("utf-8", "replace")) or by_content(start, page, Columns()) is not page


def by_name(name: str, *, named: bool = False) -> Reader | None:
    """The reader that a name asks for; None where the file is none of ours.

    `named`: the user named this file, so that it is read whatever its ending is.
    """
    own, _ = ending(name)
    if own in READERS:
        return READERS[own]
    if own == ".json" and named:
        return rows.lines
    return page if named or not own else None


def by_content(start: bytes, said: Reader, columns: Columns) -> Reader:
    """The reader for a stream that begins so, where its name asks for the reader `said`."""
    if PARQUET.match(start):
        return rows.table
    if warc.START.match(start):
        return warc.records
    if said is page and rows.looks_like_lines(start, columns):
        return rows.lines
    if said is rows.lines and looks_like_html(start.decode("utf-8", "replace")):
        # a first row of HTML must not make the whole file one page
        return said if any(rows.looks_like_lines(line + b"\n", columns) for line in start.splitlines()) else page
    return said


def pages(file: Source, name: str, said: Reader, columns: Columns, aside: Counter[str]) -> Iterator[RawPage]:
    """The pages of a file that was opened, whatever is in it; `said` is the reader that its name asks for."""
    try:
        stream = unpacked(file)
        reader = by_content(head(stream), said, columns)
        require(reader)
    except MissingExtra as error:  # its content shows what its name does not: else the run would not have begun
        yield unread(name, f"{name}: {error}")
        return
    yield from reader(stream, name, columns, aside)


def require(reader: Reader) -> None:
    """Raise MissingExtra where the reader needs what is not installed."""
    if reader in MODULES:
        need(*MODULES[reader])
