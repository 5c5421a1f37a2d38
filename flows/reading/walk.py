"""The files that a source names: in folders, by globs, on this machine or at an address; and how they are opened.

A folder's files come by name, and a folder's names are in memory for one folder at a time.
"""

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from flows import places
from flows.reading.raw import printable
from flows.reading.stream import Source, broken, buffered

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

STDIN = "-"
MAGIC = frozenset("*?[")
"""Characters that make a glob of a path."""
BLOCK = 4 << 20
"""Bytes of a remote file that are fetched at a time."""
SMALL, TOGETHER = 1 << 20, 16
"""Remote files of at most so many bytes are fetched so many at a time."""

Pattern = tuple[str, ...]
"""What is left of a glob below a folder, part by part; () names all that is below it."""


class BadSource(ValueError):
    """The source is not there, or nothing in it can be read as a page. The message says what to give instead."""


class File(NamedTuple):
    """A file that may hold pages."""

    name: str
    """Its path below the source, fit for an id."""
    path: str
    """What its file system knows it by."""
    place: str
    """The same for messages: a name that can be printed, or the whole address."""
    open: Callable[[], Source]
    """May raise anything."""
    named: bool = False
    """The user named this file, or its ending: it is read whatever its ending is."""
    system: "AbstractFileSystem | None" = None
    """Where it lies, if not on this machine."""
    size: int | None = None
    """Bytes, as the listing at an address says."""


class Entry(NamedTuple):
    """A name in a folder."""

    name: str
    path: str
    folder: bool
    size: int | None = None


class Tree(NamedTuple):
    """Where files lie: what is in a folder, how a file is opened, and what is passed over."""

    ls: Callable[[str], list[Entry]]
    open: Callable[[str], Source]
    skip: Callable[[Entry], bool]
    system: "AbstractFileSystem | None" = None
    """None on this machine."""


def files(source: str, leave_out: str | None = None, *, ahead: bool = False) -> Iterator[File]:
    """The files that a source names, in order; hidden ones, links to folders and `leave_out` are passed over.

    A folder below the source that cannot be listed comes as a File that cannot be opened. Raises BadSource where the
    source is not there or cannot be listed, and MissingExtra, when the first file is asked for.

    `ahead`: a look ahead of the run. What a store lists for it is listed anew, and kept for the run itself.
    """
    try:
        if source == STDIN:
            yield File("stdin", STDIN, "standard input", _stdin, named=True)
        elif places.remote(source):
            yield from _remote(source, leave_out, ahead)
        else:
            yield from _local(source, leave_out)
    except (BadSource, places.MissingExtra):
        raise
    except Exception as error:  # each file system has errors of its own
        check = "the address, and the credentials and endpoint in the environment" if "://" in source else "permissions"
        raise BadSource(f"{source} cannot be read or listed: {broken(error)}. Check {check}.") from error


def _stdin() -> Source:
    stream = buffered(sys.stdin.buffer) if sys.stdin else None
    if stream is None or not stream.peek(1):
        raise BadSource("standard input is empty. Send it JSON lines, a WARC file, or one page.")
    return stream


def _local(source: str, leave_out: str | None) -> Iterator[File]:
    out = os.path.realpath(leave_out) if leave_out and not places.remote(leave_out) else None

    def skip(entry: Entry) -> bool:
        return out is not None and entry.name == os.path.basename(out) and os.path.realpath(entry.path) == out

    tree = Tree(_scan, _open, skip)
    if os.path.isdir(source):
        yield from _listed(tree, source, ())
    elif os.path.exists(source):
        name = printable(os.path.basename(source))
        yield File(name, source, name, partial(_open, source), named=True)
    elif MAGIC & {*source}:
        yield from _globbed(tree, source)
    else:
        raise BadSource(
            f"{source} does not exist. Give a folder of pages, one page, a file of JSON lines, Parquet or WARC, "
            "a glob of them in quotes, or - for standard input."
        )


def _open(path: str) -> Source:
    return open(path, "rb")


def _scan(folder: str) -> list[Entry]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            below = entry.is_dir(follow_symlinks=False)
            if below or _is_file(entry):
                found.append(Entry(entry.name, entry.path, below))
    return found


def _is_file(entry: "os.DirEntry[str]") -> bool:
    """Whether it is a file, or a link that leads in a circle: to open that gives the error page."""
    try:
        return entry.is_file()
    except OSError:
        return True


def _remote(source: str, leave_out: str | None, ahead: bool) -> Iterator[File]:
    system, path = places.filesystem(source)
    if ahead:
        system.invalidate_cache()
    out = system._strip_protocol(leave_out) if leave_out and places.remote(leave_out) else None
    opened = partial(system.open, mode="rb", block_size=BLOCK)
    tree = Tree(partial(_ls, system, ahead), opened, lambda entry: entry.path.rstrip("/") == out, system)
    try:
        info = system.info(path)
    except FileNotFoundError:
        if MAGIC & {*path}:
            yield from _globbed(tree, path)
            return
        raise BadSource(f"{source} does not exist: no object has this name, and none is below it.") from None
    if info["type"] == "directory":
        yield from _listed(tree, path, ())
    else:
        yield _file(tree, Entry(path.rstrip("/").rpartition("/")[2], path, False, info.get("size")), "", True)


def _ls(system: "AbstractFileSystem", keep: bool, folder: str) -> list[Entry]:
    found = []
    for info in system.ls(folder, detail=True):
        path = str(info["name"])
        name = path.rstrip("/").rpartition("/")[2]
        if name and path.rstrip("/") != folder.rstrip("/"):  # some stores keep an empty object for a folder
            found.append(Entry(name, path, info["type"] == "directory", info.get("size")))
    if not keep:
        system.invalidate_cache()  # it would hold the details of all objects there are, and be old for the next run
    return found


def split(glob: str) -> tuple[str, Pattern]:
    """The folder that a glob begins in, and what it says of the names below it."""
    parts = glob.rstrip("/").split("/")
    fixed = next((n for n, part in enumerate(parts) if MAGIC & {*part}), len(parts))
    return "/".join(parts[:fixed]) or ("/" if glob.startswith("/") else "."), tuple(filter(None, parts[fixed:]))


def _globbed(tree: Tree, glob: str) -> Iterator[File]:
    """The files that a glob matches, and all below the folders that it matches."""
    root, pattern = split(glob)
    ending = os.path.splitext(pattern[-1])[1]
    try:
        yield from _listed(tree, root, pattern, named=bool(ending) and not MAGIC & {*ending})
    except FileNotFoundError:
        return


def _listed(tree: Tree, root: str, pattern: Pattern, *, named: bool = False) -> Iterator[File]:
    """The files below a folder that a pattern names. Raises what listing `root` raises."""
    yield from _below(tree, tree.ls(root), {pattern}, "", named)


def _below(tree: Tree, entries: list[Entry], patterns: set[Pattern], prefix: str, named: bool) -> Iterator[File]:
    for entry in sorted(entries, key=lambda entry: entry.name):
        rest = set(_rest(patterns, entry.name))
        if not rest or entry.name.startswith(".") or tree.skip(entry):
            continue
        if not entry.folder:
            if () in rest:
                yield _file(tree, entry, prefix, named)
            continue
        try:
            inner = tree.ls(entry.path)
        except Exception as error:  # each file system has errors of its own
            yield _file(tree, entry, prefix, True)._replace(open=partial(_raise, error))
        else:
            yield from _below(tree, inner, rest, f"{prefix}{entry.name}/", named)


def _rest(patterns: Iterable[Pattern], name: str) -> Iterator[Pattern]:
    """What is left of the patterns below a name that they match."""
    for pattern in patterns:
        if not pattern:
            yield ()
        elif pattern[0] == "**":
            yield pattern
            yield from _rest([pattern[1:]], name)
        elif fnmatchcase(name, pattern[0]):
            yield pattern[1:]


def _file(tree: Tree, entry: Entry, prefix: str, named: bool) -> File:
    name = printable(prefix + entry.name)
    place = tree.system.unstrip_protocol(entry.path) if tree.system else name
    return File(name, entry.path, place, partial(tree.open, entry.path), named, tree.system, entry.size)


def _raise(error: Exception) -> Source:
    raise error


def fetched(found: Iterable[File]) -> Iterator[File]:
    """The same files; small ones at an address are fetched some at a time: alone, each would wait for its own answer.

    What fails is raised when the file is opened.
    """
    waiting: list[File] = []
    for file in found:
        waiting.append(file)
        if len(waiting) == TOGETHER or not _small(file):
            yield from _fetch(waiting)
            waiting = []
    yield from _fetch(waiting)


def _small(file: File) -> bool:
    return file.system is not None and 0 < (file.size or 0) <= SMALL


def _fetch(some: list[File]) -> Iterator[File]:
    paths = [file.path for file in some if _small(file)]
    got: dict[str, Any] = {}
    if paths and (system := some[0].system):
        whole = system.cat_ranges(paths, 0, None, on_error="return")  # from 0: else s3fs asks for each size first
        got = dict(zip(paths, whole, strict=True))
    for file in some:
        data = got.pop(file.path, None)
        if isinstance(data, Exception):
            yield file._replace(open=partial(_raise, data))
        else:
            yield file if data is None else file._replace(open=partial(io.BytesIO, data))
