"""A page before it is cleaned, and what is said of one that cannot be read."""

from collections.abc import Mapping
from typing import NamedTuple

UNREADABLE = "Unreadable"
"""The `error` of pages in quarantine that could not be read: their content is the row, not the page."""
LARGEST = 64_000_000
"""Most bytes of a page, or of a row. A larger one is never held in memory; it is left where it lies."""
CONTENT = ("html", "text", "content", "raw_content")
"""Fields of a row that can hold the page; the first that is filled is taken."""


class RawPage(NamedTuple):
    """One scraped page as it came. A tuple, since workers are sent many: a dataclass is pickled more slowly."""

    id: str
    """File: its path below the source. Row: its `id`. WARC: the record's id. Else "<file>:<row>"."""
    name: str
    """Where it came from: the path, and for a row or record ":<its number>"."""
    content: str | bytes
    url: str | None = None
    error: str | None = None
    """Why the page could not be read; `content` is then the row as it stands in the file, or empty."""
    crawled: str | None = None
    """ISO 8601 date on which it was fetched, where the archive says so."""


class Columns(NamedTuple):
    """Which fields or columns of a row are read."""

    content: tuple[str, ...] = CONTENT
    url: str = "url"
    id: str = "id"


def columns(fields: Mapping[str, str]) -> Columns:
    """What is read where the user has named fields: the page is then looked for nowhere else."""
    content = tuple(dict.fromkeys(fields[name] for name in CONTENT if name in fields))
    return Columns(content or CONTENT, fields.get("url", "url"), fields.get("id", "id"))


def unread(name: str, why: str, content: str | bytes = b"") -> RawPage:
    """The page that stands in quarantine for something that could not be read."""
    return RawPage(name, name, content, error=why)


def too_large(what: str) -> str:
    """The sentence for a page or a row over LARGEST."""
    return f"{what} is larger than a page can be ({LARGEST:,} bytes at most). It was left where it lies, unread."


def printable(name: str) -> str:
    """A name that is not UTF-8, spelled with \\x escapes: it has to fit into a JSON record."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
