"""Pages out of a folder, one file or JSON lines. Files are read as bytes; decoding is the library's work.

A page that cannot be read is not dropped: it is a RawPage with an `error`, which the run puts in quarantine.
"""

import base64
import gzip
import json
import os
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, cast

from flows.table import Table

CONTENT = ("html", "text", "content", "raw_content")
"""Fields of a row that can hold the page; the first that is filled is taken."""
FIELDS = (*CONTENT, "url", "id")
"""What a row is read for, and what `fields` may name."""
UNREADABLE = "Unreadable"
"""The `error` of pages in quarantine that could not be read: their content is the row, not the page."""
PAGES = (".html", ".htm", ".xhtml", ".shtml", ".txt", ".text", "")
ROWS = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz", ".jl", ".jl.gz")
"""Endings of JSON lines; `.jl` is what Scrapy writes."""
LARGEST = 64_000_000
"""Most bytes of a page, or of a row. A larger one is never read into memory; it is left where it lies."""
SUFFIX = re.compile(r"(?<=.)(\.[a-z0-9]+(?:\.gz)?)(?:[?@].*)?$", re.DOTALL)
"""The ending of a name; wget saves `story.html?id=3`, which is a `.html`."""


class BadSource(ValueError):
    """The source is not there, or nothing in it can be read as a page. The message says what to give instead."""


@dataclass(frozen=True, slots=True)
class RawPage:
    """One scraped page as it came."""

    id: str
    """File: its path below the source. Row: its `id`, else "<file>:<line>"."""
    name: str
    """Where it came from: the path, and for a row ":<line>"."""
    content: str | bytes
    url: str | None = None
    error: str | None = None
    """Why the page could not be read; `content` is then the row as it stands in the file, or empty."""


def pages(
    source: str | Path,
    *,
    leave_out: str | Path | None = None,
    aside: Counter[str] | None = None,
    fields: Mapping[str, str] | None = None,
) -> Iterator[RawPage]:
    """Yield the pages of `source` one by one, in the order of their paths and lines.

    A folder is read with all folders in it; hidden files, links to folders and `leave_out` are passed over, and files
    whose ending is none of PAGES or ROWS are counted in `aside` by ending. Ids are unique: the second page with the
    id `x` becomes `x~2`. Raises BadSource at once, before the first page is asked for.
    """
    source, leave_out = Path(source), Path(leave_out) if leave_out else None
    if not source.exists():
        raise BadSource(f"{source} does not exist. Give a folder of pages, one page, or a file of JSON lines.")
    aside = Counter() if aside is None else aside
    found = _folder(source, leave_out, aside) if source.is_dir() else _one(source)
    first = next(found, None)
    if first is None:
        seen = ", ".join(f"{n} {suffix}" for suffix, n in aside.most_common(4))
        raise BadSource(
            f"{source} holds no page" + (f" (only other files: {seen})" if seen else "") + ". "
            "Pages are files that end in .html, .htm, .xhtml or .txt, or have no ending, and rows of .jsonl files."
        )
    return _unique(chain([first], found))


def fields(given: Iterable[str]) -> dict[str, str]:
    """The fields of a row as the command line spells them, each NAME=COLUMN. Raises BadSource."""
    found = {}
    for one in given:
        name, is_, column = one.partition("=")
        if not is_ or not column or name not in FIELDS:
            raise BadSource(f"--field {one}: give NAME=COLUMN, where NAME is one of {', '.join(FIELDS)}.")
        found[name] = column
    return found


def check(source: str | Path, to: str | Path, fields: Mapping[str, str] | None = None) -> None:
    """Raise BadSource where a run from `source` into the folder `to` cannot begin."""
    source, to = Path(source), Path(to)
    if to.exists() and not to.is_dir():
        raise BadSource(f"{to} is a file. --to names the folder that the output goes into.")
    if source.exists() and source.resolve().is_relative_to(to.resolve()):
        raise BadSource(f"{source} lies in the output folder {to} and could be written over. Choose another --to.")
    pages(source, leave_out=to)


def how_many(source: str | Path, leave_out: str | Path | None = None) -> int | None:
    """Number of pages in `source`, at most; None where counting would mean to unpack everything."""
    source, leave_out = Path(source), Path(leave_out) if leave_out else None
    total = 0
    for path in _walk(source, leave_out) if source.is_dir() else [source]:
        suffix = _suffix(path)
        if suffix.endswith(".gz") and suffix in ROWS:
            return None
        if suffix in ROWS:
            with open(path, "rb") as file:
                total += sum(block.count(b"\n") for block in iter(partial(file.read, 1 << 20), b""))
        elif suffix in PAGES or path == source:
            total += 1
    return total


def _suffix(path: Path) -> str:
    found = SUFFIX.search(path.name.lower())
    return found[1] if found else ""


def _one(path: Path) -> Iterator[RawPage]:
    """The pages of one file that was named by the user: read as a page whatever its ending is."""
    if _suffix(path) in (*ROWS, ".json"):
        return _rows(path, path.name)
    return _page(path, path.name)


def _folder(folder: Path, leave_out: Path | None, aside: Counter[str]) -> Iterator[RawPage]:
    readers: dict[str, Callable[[Path, str], Iterator[RawPage]]] = dict.fromkeys(PAGES, _page)
    readers |= dict.fromkeys(ROWS, _rows)
    for path in _walk(folder, leave_out):
        # `_walk` gives a folder only where it could not look inside: reading it as a page makes the error page.
        reader = _page if path.is_dir() else readers.get(_suffix(path))
        if reader:
            yield from reader(path, _printable(path.relative_to(folder).as_posix()))
        else:
            aside[_suffix(path)] += 1


def _walk(folder: Path, leave_out: Path | None) -> Iterator[Path]:
    """All files in the folder and the folders in it, by name; one folder's names are in memory at a time."""
    skip = leave_out.resolve() if leave_out else None
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or (skip and entry.name == skip.name and path.resolve() == skip):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, skip)
        elif entry.is_file():
            yield path


def _printable(name: str) -> str:
    """A file name that is not UTF-8, spelled with \\x escapes: it has to fit into a JSON record."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _page(path: Path, name: str) -> Iterator[RawPage]:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            yield RawPage(name, name, b"", error=f"{name} is {_too_large(size)}")
        else:
            yield RawPage(name, name, path.read_bytes())
    except OSError as error:
        yield RawPage(name, name, b"", error=f"{name} cannot be read: {error.strerror}. Check its permissions.")


def _rows(path: Path, name: str) -> Iterator[RawPage]:
    """One page a line. What stops the file in the middle becomes one last page with an error."""
    line = 0
    try:
        with _open(path) as file:
            while raw := file.readline(LARGEST):
                line += 1
                at = f"{name}:{line}"
                if len(raw) == LARGEST and raw[-1:] != b"\n" and (more := _skip_line(file)):
                    yield RawPage(at, at, b"", error=f"{at} is {_too_large(LARGEST + more)}")
                elif raw.strip():
                    yield _row(raw.rstrip(b"\r\n"), at)
    except (OSError, EOFError, zlib.error) as error:
        at = f"{name}:{line + 1}"
        yield RawPage(at, at, b"", error=f"{at}: the file ends or breaks here ({error}). Rows after it were not read.")


def _skip_line(file: BinaryIO) -> int:
    """Read to the end of the line without keeping it. Returns how many bytes that were."""
    size = 0
    while raw := file.readline(1 << 20):
        size += len(raw)
        if raw.endswith(b"\n"):
            break
    return size


def _too_large(size: int) -> str:
    return f"larger than a page can be ({size:,} bytes; {LARGEST:,} at most). It was left where it lies, unread."


def _open(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path, "rb")) if path.suffix == ".gz" else open(path, "rb")


def _row(raw: bytes, at: str) -> RawPage:
    """The page in one line of JSON; `at` is "<file>:<line>". A bad row comes back whole, with a sentence."""

    def bad(why: str) -> RawPage:
        return RawPage(at, at, raw, error=f"{at}: {why}")

    try:
        row: dict[str, Any] = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return bad(f"not JSON ({error}). Each line must be one JSON object.")
    if not isinstance(row, dict):
        return bad(f'a JSON {_json_name(row)}, not an object. Each line must be an object such as {{"text": "…"}}.')
    try:
        if row.get("error") == UNREADABLE and isinstance(row.get("content"), str):  # a quarantine file, given back
            return _row(_bytes(row), at)
    except ValueError:
        return bad("`encoding` says base64, but `content` is not.")
    fields = [field for field in CONTENT if row.get(field) is not None]
    if not fields:
        return bad(f"no text. The row has {_keys(row)}; the page must be in one of {', '.join(CONTENT)}.")
    field = next((field for field in fields if row[field] != ""), fields[0])
    if not isinstance(row[field], str):
        return bad(f"`{field}` is a JSON {_json_name(row[field])}. Make it a string.")
    url, own = row.get("url"), row.get("id")
    if url is not None and not isinstance(url, str):
        return bad(f"`url` is a JSON {_json_name(url)}. Make it a string, or leave it out.")
    if isinstance(own, bool | list | dict):
        return bad(f"`id` is a JSON {_json_name(own)}. Make it a string or a number, or leave it out.")
    try:
        content = _bytes(row) if row.get("encoding") == "base64" and field == "content" else row[field]
    except ValueError:
        return bad("`encoding` says base64, but `content` is not.")
    return RawPage(at if own is None or own == "" else str(own), at, content, url or None)


def _bytes(row: dict[str, str]) -> bytes:
    """The content of a quarantine record. Raises ValueError where it is not the base64 it says it is."""
    if row.get("encoding") == "base64":
        return base64.b64decode(row["content"], validate=True)
    return row["content"].encode("utf-8", "surrogatepass")


def _keys(row: dict[str, object]) -> str:
    shown = ", ".join(list(row)[:8])
    return (f"the fields {shown}" + (" …" if len(row) > 8 else "")) if row else "no fields"


def _json_name(value: object) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "number")


def _unique(found: Iterator[RawPage]) -> Iterator[RawPage]:
    """The pages, the second with an id renamed to `id~2`, the third to `id~3`, so that records can be told apart.

    Only the ids' hashes are remembered. Two ids that fall together there cost a needless `~2`, nothing else.
    """
    repeats = Table()
    for page in found:
        own, first = page.id, _hash(page.id)
        key = first
        while repeats.get(key) is not None:
            times = (repeats.get(first) or 0) + 1
            repeats.put(first, times)
            own = f"{page.id}~{times + 1}"
            key = _hash(own)
        repeats.put(key, 0)
        yield page if own == page.id else replace(page, id=own)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
