"""Pages out of WARC files: the responses that a crawler saved, and the text of WET files."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from cleaners.dates import iso_date
from cleaners.source import declared
from flows.places import need
from flows.reading.raw import LARGEST, Columns, RawPage, too_large, unread
from flows.reading.rows import ends
from flows.reading.stream import BUFFER, Broken, head

START = re.compile(rb"WARC/\d+\.\d+(\r?)\n")
PAGES = {"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml", "text/plain"}
"""Types of content that are pages; a response that names none is a page too."""
WHOLE = {200, 203}
"""Statuses of HTTP with which the whole page comes; with 206 a part of one does."""
FAMILIES = {"text", "image", "audio", "video", "font", "application", "message", "multipart", "model"}
"""The first halves of media types, as IANA lists them. A header can say anything; what is counted aside has these."""
WANTED = {"response", "resource", "conversion"}
"""Types of records that can hold a page; a conversion is the text of one, as in WET files."""
SILENT = {"warcinfo", "request", "metadata"}
"""Records that no one would look for among the pages; others that are not read are counted aside."""


def records(file: io.BufferedReader, name: str, _: Columns, aside: Counter[str]) -> Iterator[RawPage]:
    """The HTML and text among the responses, and conversions, of a WARC file.

    Responses of other kinds, redirects and errors are counted in `aside`. A record's number in the file is in its
    page's name. What breaks the file in the middle becomes one last page with an error.
    """
    warc, done = need("fastwarc", "WARC files"), 0
    start = START.match(head(file))
    try:
        if not start and file.read(BUFFER):
            why = "it is no WARC file: it does not begin with WARC/1. Name it for what it is, or fetch it again."
            yield unread(name, f"{name}: {why}")
            return
        for record in warc.ArchiveIterator(_Source(file), parse_http=False, quirks_mode=bool(start and not start[1])):
            where, kind, size = f"{name}:{done + 1}", str(record.record_type), record.content_length
            content = record.reader.read(size) if kind in WANTED and size <= LARGEST else b""
            if len(content) + record.consume() < size or not record.headers.get("Content-Length"):
                raise Broken("the record is cut off")
            done += 1
            if kind in WANTED and size > LARGEST:
                yield unread(where, too_large(where))
            elif kind in WANTED:
                yield from _page(warc, record, content, where, aside)
            elif kind not in SILENT:
                aside[f"WARC {kind}"] += 1
    except OSError as error:
        yield ends(f"{name}:{done + 1}", error)


class _Source:
    """What fastwarc reads from. It skips by reading: a seek that fails would abort it.

    With read1, so that what is held in the buffer is not lost where the next read fails.
    """

    def __init__(self, file: io.BufferedReader) -> None:
        self.read, self.tell, self.close = file.read1, file.tell, lambda: None


def _page(warc: Any, record: Any, content: bytes, where: str, aside: Counter[str]) -> Iterator[RawPage]:
    """The page in a record, if it is one. `where` is "<file>:<record>"."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None  # wget wrote them in brackets
    own = (record.record_id or "").strip("<>") or where
    kind, said, charset = str(record.record_type), record.headers.get("Content-Type"), None
    if kind == "response" and record.is_http:
        status, said, charset, content = _http(warc, content)
        if status not in WHOLE:
            aside[f"WARC response {status}" if status else "WARC response that is not HTTP"] += 1
            return
    elif kind != "conversion" and not (url or "").startswith(("http://", "https://")):
        aside[f"WARC {kind} that is not a page"] += 1  # a crawler's own log, an answer of DNS
        return
    media_type = (said or "").partition(";")[0].strip().lower()
    if media_type and media_type not in PAGES:
        family = media_type.partition("/")[0]
        aside[f"WARC {kind}, {family if family in FAMILIES else 'other'}"] += 1
    elif len(content) > LARGEST:
        yield unread(where, too_large(where))
    else:
        crawled = (record.headers.get("WARC-Date") or "")[:10]
        text = declared(content, charset.strip("\"' ")) if charset else None
        yield RawPage(own, where, content if text is None else text, url, crawled=iso_date(crawled, None))


def _http(warc: Any, message: bytes) -> tuple[int | None, str | None, str | None, bytes]:
    """Status, content type, charset and body of an HTTP response, the body out of its chunks and unpacked.

    Where the body is not packed as its headers say, as in crawls that were saved unpacked, it is as it stands.
    """
    for decode in ("all", "none"):
        record = warc.WarcRecord()
        record.set_bytes_content(message)
        record.is_http = True
        try:
            record.parse_http(auto_decode=decode, quirks_mode=not re.match(rb"[^\n]*\r\n", message))
            body = record.reader.read(LARGEST + 1)
        except OSError:
            continue
        found = record.http_headers
        return found.status_code, found.get("Content-Type"), record.http_charset, body
    return None, None, None, b""
