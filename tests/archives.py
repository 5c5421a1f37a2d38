"""WARC files for the tests, made with other people's writers."""

import io
from typing import Any, NamedTuple

import fastwarc
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


class Record(NamedTuple):
    """A record of a WARC file, and if it is an answer, its HTTP."""

    body: bytes
    kind: str = "response"
    url: str = "https://lindow.example/story"
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),)
    id: str = "<urn:uuid:00000000-0000-4000-8000-000000000001>"
    crawled: str = "2026-01-05"


def by_warcio(*records: Record, gzip: bool = False) -> bytes:
    """The file as warcio writes it, with a warcinfo record first."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("made.warc", {"software": "a test"}))
    for one in records:
        http: Any = None
        if one.kind in ("response", "revisit"):
            http = StatusAndHeaders(one.status, list(one.headers), protocol="HTTP/1.1")
        made = writer.create_warc_record(
            one.url, one.kind, payload=io.BytesIO(one.body), http_headers=http,
            warc_content_type="" if http else dict(one.headers).get("Content-Type", ""),
            warc_headers_dict={"WARC-Record-ID": one.id, "WARC-Date": f"{one.crawled}T10:00:00Z"},
        )  # fmt: skip
        writer.write_record(made)
    return out.getvalue()


def by_fastwarc(*records: Record) -> bytes:
    """The same file as fastwarc writes it."""
    out = io.BytesIO()
    for one in records:
        made = fastwarc.WarcRecord()
        made.init_headers(record_type=getattr(fastwarc.WarcRecordType, one.kind))
        made.headers.append("WARC-Target-URI", one.url)
        made.record_id = one.id
        if one.kind == "response":
            made.headers.append("Content-Type", "application/http; msgtype=response")
            head = "".join(f"{name}: {value}\r\n" for name, value in one.headers)
            made.set_bytes_content(f"HTTP/1.1 {one.status}\r\n{head}\r\n".encode("latin-1") + one.body)
        else:
            made.headers.append("Content-Type", dict(one.headers)["Content-Type"])
            made.set_bytes_content(one.body)
        made.write(out)
    return out.getvalue()
