"""The records of articles and of pages in quarantine, as lines of JSON, and the counts that go with them."""

import base64
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from flows.reading.raw import RawPage

Tally = dict[str, Counter[str]]
"""Counts of a page, a shard or a run, by group (GROUPS) and name; in `stopped`, hundredths of a second by page id."""
GROUPS = ("counts", "characters", "hits", "repairs", "errors", "stopped", "languages", "hosts")


def new_tally() -> Tally:
    return {group: Counter() for group in GROUPS}


def add(total: Tally, more: Mapping[str, Mapping[str, int]]) -> None:
    """Add the counts in `more` to `total`."""
    for group, counts in more.items():
        total[group].update(counts)


def line(record: Mapping[str, Any]) -> bytes:
    """A record as one line of UTF-8 JSON. Text that UTF-8 cannot hold (a lone surrogate) is written as \\u escapes."""
    try:
        return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(record, separators=(",", ":")).encode() + b"\n"


def article(record: Mapping[str, Any]) -> bytes:
    """An article's record as one line of UTF-8 JSON. A lone surrogate, which is no character, is written as U+FFFD.

    Its escape would make the file unreadable to DuckDB and Arrow, for one page in a million.
    """
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode() + b"\n"


def quarantined(page: RawPage, error: str, reason: str) -> dict[str, str | None]:
    """The quarantine record of a page: the page whole, and why it is there. `error` is the name of the error's class.

    The file can be given to `boilerstrip run` again, after something was mended.
    """
    record = {"id": page.id, "page": page.name, "url": page.url, "error": error, "reason": reason}
    if isinstance(page.content, str):
        return {**record, "content": page.content}
    try:
        return {**record, "content": page.content.decode()}
    except UnicodeDecodeError:
        return {**record, "encoding": "base64", "content": base64.b64encode(page.content).decode()}
