"""Pages out of all that a source names: folders, globs, addresses, standard input. Files are read as bytes, once.

A page that cannot be read is not dropped: it is a RawPage with an `error`, which the run puts in quarantine.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from hashlib import blake2b
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from flows import places
from flows.reading import formats, rows, walk
from flows.reading.raw import CONTENT, UNREADABLE, Columns, RawPage, columns, unread
from flows.reading.stream import broken
from flows.reading.walk import BadSource, File
from flows.table import Table

__all__ = ["FIELDS", "ROWS", "UNREADABLE", "BadSource", "RawPage", "check", "fields", "how_many", "pages"]

FIELDS = (*CONTENT, "url", "id")
"""What a row is read for, and what `fields` may name."""
ROWS = tuple(
    end + packed for end, to in formats.READERS.items() if to is not formats.page for packed in ("", *formats.PACKED)
)
"""Endings of files that hold many pages."""
COUNTED = 100_000_000
"""Most bytes of JSON lines that are read only to count them: a tenth of a second."""


def pages(
    source: str | Path,
    *,
    leave_out: str | Path | None = None,
    aside: Counter[str] | None = None,
    fields: Mapping[str, str] | None = None,
) -> Iterator[RawPage]:
    """Yield the pages of `source` one by one, in the order of their paths and rows; everything is read once.

    `source` is a path, a glob, an address that fsspec opens, or "-" for standard input. A folder is read with all
    folders in it; hidden files, links to folders and `leave_out` are passed over, and files and records that are no
    pages are counted in `aside`, by ending or kind. `fields` says which column of a row holds what (FIELDS). Ids are
    unique: the second page with the id `x` becomes `x~2`. Raises BadSource at once, before the first page is asked for.
    """
    source, aside, wanted = str(source), Counter() if aside is None else aside, columns(fields or {})
    found = _all(walk.fetched(_wanted(source, leave_out, aside)), wanted, aside)
    first = next(found, None)
    if first is None:
        raise BadSource(_nothing(source, aside))
    return _unique(chain([first], found))


def fields(given: Iterable[str]) -> dict[str, str]:
    """The fields of a row as the command line spells them, each NAME=COLUMN. Raises BadSource."""
    found = {name: column for name, _, column in (one.partition("=") for one in given)}
    _check_fields(found)
    return found


def check(source: str | Path, to: str | Path, fields: Mapping[str, str] | None = None) -> None:
    """Raise BadSource where a run from `source` into the folder `to` cannot begin, MissingExtra where it lacks one.

    No page is read for it. The files are listed up to the first that can hold pages, or all of them where an extra is
    missing that one of them may need.
    """
    source, to = str(source), str(to)
    _check_fields(fields or {})
    if not places.remote(to) and os.path.exists(to) and not os.path.isdir(to):
        raise BadSource(f"{to} is a file. --to names the folder that the output goes into.")
    if source != walk.STDIN and _inside(source, to):
        raise BadSource(f"{source} lies in the output folder {to} and could be written over. Choose another --to.")
    aside: Counter[str] = Counter()
    lacking = [module for module, _ in formats.MODULES.values() if find_spec(module) is None]
    empty = True
    for file in _wanted(source, to, aside, ahead=True):
        empty = False
        formats.require(_reader(file))
        if not lacking:
            break
    if empty:
        raise BadSource(_nothing(source, aside))


def how_many(source: str | Path, leave_out: str | Path | None = None) -> int | None:
    """Number of pages in `source`, as the names of its files tell; None where counting would mean to read it all."""
    source, total, size = str(source), 0, 0
    if source == walk.STDIN or places.remote(source):
        return None
    for file in _wanted(source, leave_out, Counter()):
        reader, packed = _reader(file), formats.ending(file.name)[1]
        if reader is formats.page:
            total += 1
            continue
        if packed or reader not in (rows.lines, rows.table):
            return None
        try:
            with open(file.path, "rb") as opened:
                size += os.fstat(opened.fileno()).st_size if reader is rows.lines else 0
                if size > COUNTED:
                    return None
                total += rows.length(opened) if reader is rows.table else rows.count(opened)
        except Exception:  # it will be an error page, with its reason
            total += 1
    return total


def _check_fields(fields: Mapping[str, str]) -> None:
    for name, column in fields.items():
        if name not in FIELDS or not column:
            raise BadSource(f"--field {name}={column}: give NAME=COLUMN, where NAME is one of {', '.join(FIELDS)}.")


def _inside(source: str, to: str) -> bool:
    """Whether the source, or the folder that a glob begins in, lies in the output folder."""
    if places.remote(source) or places.remote(to):
        return f"{source.rstrip('/')}/".startswith(f"{to.rstrip('/')}/")
    root = source if os.path.exists(source) else walk.split(source)[0]
    return os.path.exists(root) and Path(root).resolve().is_relative_to(Path(to).resolve())


def _wanted(source: str, leave_out: str | Path | None, aside: Counter[str], *, ahead: bool = False) -> Iterator[File]:
    """The files that may hold pages, by name or by content; the others are counted by ending."""
    for file in walk.files(source, str(leave_out) if leave_out else None, ahead=ahead):
        if formats.by_name(file.name, named=file.named) or _shows_pages(file):
            yield file
        else:
            aside["".join(formats.ending(file.name))] += 1


def _shows_pages(file: File) -> bool:
    """Whether a file that does not say so in its name holds pages. One that cannot be read does not."""
    if not formats.may_hold_pages(file.name):
        return False
    try:
        with closing(file.open()) as opened:
            return formats.holds_pages(opened)
    except Exception:  # each file system has errors of its own
        return False


def _reader(file: File) -> formats.Reader:
    """How the name of a file that is wanted asks for it to be read."""
    return formats.by_name(file.name, named=file.named) or formats.page


def _nothing(source: str, aside: Counter[str]) -> str:
    """The sentence for a source without pages."""
    seen = ", ".join(f"{n} {what}" for what, n in aside.most_common(4))
    return (
        f"{source} holds no page" + (f" (only other files: {seen})" if seen else "") + ". "
        "Pages are files that end in .html, .htm, .xhtml or .txt, have no ending, or hold HTML, and rows of .jsonl, "
        ".parquet, .warc and .wet files; all but Parquet also packed, .gz or .zst."
    )


def _all(files: Iterable[File], wanted: Columns, aside: Counter[str]) -> Iterator[RawPage]:
    """The pages of all files, as they come: their ids may repeat."""
    for file in files:
        for page in _read(file, wanted, aside):
            if page.error and file.place != file.name:  # errors begin with the name: here the whole address is of use
                page = page._replace(error=page.error.replace(file.name, file.place, 1))
            yield page


def _read(file: File, wanted: Columns, aside: Counter[str]) -> Iterator[RawPage]:
    """The pages of one file. What cannot be opened is one page with an error."""
    try:
        opened = file.open()
    except BadSource:
        raise
    except Exception as error:  # each file system has errors of its own
        why = f"{file.name} cannot be read: {broken(error)}. Mend that, and run the same command again."
        yield unread(file.name, why)
        return
    with closing(opened):
        yield from formats.pages(opened, file.name, _reader(file), wanted, aside)


def _unique(found: Iterator[RawPage]) -> Iterator[RawPage]:
    """The pages, the second with an id renamed to `id~2`, the third to `id~3`, so that records can be told apart.

    Only the ids' hashes are remembered. Two ids with the same hash cost a needless `~2`, nothing else.
    """
    repeats = Table()  # by the hash of an id: how many more pages came with it
    for page in found:
        own, first = page.id, _hash(page.id)
        key = first
        while repeats.get(key) is not None:
            times = (repeats.get(first) or 0) + 1
            repeats.put(first, times)
            own = f"{page.id}~{times + 1}"
            key = _hash(own)
        repeats.put(key, 0)
        yield page if own == page.id else page._replace(id=own)


def _hash(text: str) -> int:
    """64 bits: what a Table takes for a key."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
