"""Pages out of rows: JSON lines, and tables in Parquet."""

import base64
import io
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from flows.places import need
from flows.reading.raw import CONTENT, LARGEST, UNREADABLE, Columns, RawPage, too_large, unread
from flows.reading.stream import broken

BATCH = 16
"""Rows of a table that are in memory together: sixteen of the largest pages are a gigabyte, of common ones two."""
NO_ADDRESS = {"nan", "none", "null", "nil", "n/a", "na", "nat", "undefined", "unknown", "<na>"}
"""How tables that went through pandas, R or a spreadsheet write that there is nothing."""
NO_PLACE = re.compile(r"(?i)(?:about|javascript|data|mailto|blob|tel):|(?:[a-z]+:)?\W*\Z")
"""How what names no page begins, or is: a scheme alone, a dash, "#"."""
QUARANTINE = ("page", "error", "reason", "content")
"""Fields by which a row of a quarantine file is known; its page is in `content`, whatever fields are named."""


def lines(file: io.BufferedReader, name: str, columns: Columns, _: Counter[str]) -> Iterator[RawPage]:
    """JSON lines: one page a line. What stops the file in the middle becomes one last page with an error."""
    line = 0
    try:
        while raw := file.readline(LARGEST):
            line += 1
            where = f"{name}:{line}"
            if len(raw) == LARGEST and raw[-1:] != b"\n" and _rest_of_line(file):
                yield unread(where, too_large(where))
            elif raw.strip():
                yield _parsed(raw.rstrip(b"\r\n"), where, columns)
    except OSError as error:
        yield ends(f"{name}:{line + 1}", error)


def table(file: io.BufferedReader, name: str, columns: Columns, _: Counter[str]) -> Iterator[RawPage]:
    """Parquet: one page a row. Only the columns that are needed are read, a few rows at a time.

    What is over LARGEST becomes an error page. But what the format calls a page is unpacked whole: 1 MB as a rule,
    1,024 rows as pyarrow writes it, however large they are.
    """
    parquet, row = need("pyarrow.parquet", "Parquet files"), 0
    if not file.seekable():
        why = "Parquet cannot be read from a pipe or a packed file. Unpack it, or save it to a file, and give that."
        yield unread(name, f"{name}: {why}")
        return
    try:
        found = parquet.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False)
        wanted = {*columns.content, columns.url, columns.id, *QUARANTINE, "encoding"}
        present = [column for column in found.schema_arrow.names if column in wanted]
        if not {*columns.content, "content"} & {*present}:
            yield unread(name, f"{name}: {_no_text('The table', found.schema_arrow.names, columns)}")
            return
        for batch in found.iter_batches(BATCH, columns=present):
            kept = [(column, _values(batch.column(column))) for column in present]
            for number in range(batch.num_rows):
                row += 1
                yield _of_table({column: values[number] for column, values in kept}, f"{name}:{row}", columns)
    except Exception as error:  # a broken file raises a dozen kinds, MemoryError for a size that is a lie among them
        yield ends(f"{name}:{row + 1}", error)


def count(file: BinaryIO) -> int:
    """Number of lines."""
    return sum(block.count(b"\n") for block in iter(partial(file.read, 1 << 20), b""))


def length(file: BinaryIO) -> int:
    """Number of rows of a Parquet file, out of its footer. Raises what a broken file raises, and MissingExtra."""
    return int(need("pyarrow.parquet", "Parquet files").read_metadata(file).num_rows)


def ends(where: str, error: Exception) -> RawPage:
    """The page with an error that stands for all rows that could not be read."""
    why = f"the file ends or breaks here ({broken(error)}). Rows after it were not read."
    return unread(where, f"{where}: {why} Mend the file, or fetch it again, and run the same command.")


def looks_like_lines(head: bytes, columns: Columns) -> bool:
    """Whether a stream that begins so holds JSON lines: its first line is an object with a field for a page."""
    first, whole, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if not first.startswith(b"{"):
        return False
    names = {*columns.content, "content"}
    try:
        return bool(names & {*json.loads(first)})
    except (ValueError, RecursionError):
        return not whole and any(json.dumps(name).encode() in first for name in names)  # longer than the head


def _rest_of_line(file: BinaryIO) -> int:
    """Read to the end of the line without keeping it. Returns how many bytes that were."""
    size = 0
    while raw := file.readline(1 << 20):
        size += len(raw)
        if raw.endswith(b"\n"):
            break
    return size


def _parsed(raw: bytes, where: str, columns: Columns) -> RawPage:
    """The page in one line of JSON; `where` is "<file>:<line>". A bad row comes back whole, with a sentence."""
    try:
        row = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return unread(where, f"{where}: not JSON ({error}). Each line must be one JSON object.", raw)
    if not isinstance(row, dict):
        why = f'a JSON {_json_name(row)}, not an object. Each line must be an object such as {{"text": "…"}}.'
        return unread(where, f"{where}: {why}", raw)
    return page(row, raw, where, columns)


def page(row: Mapping[str, Any], raw: bytes, where: str, columns: Columns) -> RawPage:
    """The page in a row. `raw` is the row as it stands in the file, for the quarantine; `where`, "<file>:<row>"."""

    def bad(why: str) -> RawPage:
        return unread(where, f"{where}: {why}", raw)

    quarantined = all(isinstance(row.get(name), str) for name in QUARANTINE)
    try:
        if row.get("error") == UNREADABLE and isinstance(row.get("content"), str):  # a quarantine file, given back
            return _parsed(_bytes(row), where, columns)
    except ValueError:
        return bad("`encoding` says base64, but `content` is not.")
    names = ("content",) if quarantined else columns.content
    filled = [name for name in names if row.get(name) is not None]
    if not filled:
        return bad(_no_text("The row", list(row), columns))
    field = next((name for name in filled if row[name] != ""), filled[0])
    content = row[field]
    if not isinstance(content, str | bytes):
        return bad(f"`{field}` is a JSON {_json_name(content)}. Make it a string.")
    url, own = row.get("url" if quarantined else columns.url), row.get("id" if quarantined else columns.id)
    if row.get("encoding") == "base64" and field == "content":
        try:
            content = _bytes(row)
        except ValueError:
            return bad("`encoding` says base64, but `content` is not.")
    return RawPage(_name(own) or where, where, content, _address(url))


def _of_table(row: dict[str, Any], where: str, columns: Columns) -> RawPage:
    """The page in a row of a table, which goes into quarantine as the JSON line that it would be."""
    if sum(len(value) for value in row.values() if isinstance(value, str | bytes)) > LARGEST:
        return unread(where, too_large(where))
    found = page(row, b"", where, columns)
    if found.error and not found.content:
        return unread(where, found.error, json.dumps(row, default=_spelled).encode())
    return found


def _values(column: Any) -> list[Any]:
    """The values of a column. Text that is not UTF-8 stays bytes; decoding is the library's work."""
    arrow = need("pyarrow", "Parquet files")
    if arrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if arrow.types.is_string(column.type):
        return [_text(value) for value in column.cast(arrow.binary()).to_pylist()]
    if arrow.types.is_large_string(column.type):
        return [_text(value) for value in column.cast(arrow.large_binary()).to_pylist()]
    return list(column.to_pylist())


def _text(value: bytes | None) -> str | bytes | None:
    """Text where it is UTF-8, else the bytes."""
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return value


def _spelled(value: object) -> str:
    """What JSON has no type for, as text: binary columns, dates, numbers of a fixed precision."""
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)


def _bytes(row: Mapping[str, Any]) -> bytes:
    """The content of a quarantine record. Raises ValueError where it is not the base64 it says it is."""
    if row.get("encoding") == "base64":
        return base64.b64decode(row["content"], validate=True)
    content: str = row["content"]
    return content.encode("utf-8", "surrogatepass")


def _no_text(what: str, found: list[str], columns: Columns) -> str:
    """The sentence for a row or table that has only the fields `found`, and none with a page."""
    shown = ", ".join(found[:8]) + (" …" if len(found) > 8 else "")
    has = f"the fields {shown}" if found else "no fields"
    must = f"must be in one of {', '.join(CONTENT)}, or be named: --field text={found[0] if found else 'FIELD'}"
    if columns.content != CONTENT:
        must = f"was said to be in {' or '.join(columns.content)}"
    return f"no text. {what} has {has}; the page {must}."


def _name(value: object) -> str | None:
    """An id or an address as a row has it, or None where it is none: tables hold NaN, binary, and other things there,
    and the page is cleaned all the same."""
    if isinstance(value, bytes):
        try:
            decoded = value.decode()
        except UnicodeDecodeError:
            return None
        return decoded if decoded.isprintable() else None  # sixteen bytes of a UUID may be UTF-8
    if isinstance(value, str):
        return value if value.strip() else None
    whole = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return str(value) if whole else None


def _address(value: object) -> str | None:
    """The address in a row, or None. What tables write where there is none is no address, nor what names no page, what
    cannot be taken apart, or what has spaces in it."""
    found = (_name(value) or "").strip() if isinstance(value, str | bytes) else ""
    try:
        urlsplit(found)
    except ValueError:
        return None
    none = found.casefold() in NO_ADDRESS or NO_PLACE.match(found) or any(map(str.isspace, found))
    return None if none or not found.isprintable() else found


def _json_name(value: object) -> str:
    """What JSON calls the type of a value, for messages."""
    names = {dict: "object", list: "array", str: "string", bool: "true or false", bytes: "binary", type(None): "null"}
    return names.get(type(value), "number" if isinstance(value, int | float) else type(value).__name__)
