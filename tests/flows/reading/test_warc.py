"""WARC and WET files: which records are pages, what is in them, and files that break."""

import gzip
import io
import random
import zlib
from collections import Counter
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

import pytest
import zstandard
from archives import Record, by_fastwarc, by_warcio
from fastwarc import WarcRecord, WarcRecordType
from hypothesis import given
from hypothesis import strategies as st
from sources import feed, put, read_bytes

from flows.reading.read import RawPage, pages
from flows.reading.stream import SKIPPED

ID = "urn:uuid:00000000-0000-4000-8000-00000000000"
URL = "https://lindow.example/story"
CRAWLED = "2026-01-05"
HTML = b"<!doctype html><p>The bridge is shut."
NO_EUC = b"<p>\xfe\xff"
RUSSIAN = "<p>Мост закрыт до весны, сказал капитан порта."


def record(number: int, body: bytes = HTML, **more: object) -> Record:
    return Record(body, id=f"<{ID}{number}>", **more)  # type: ignore[arg-type]


def answer(kind: str, **more: str) -> tuple[tuple[str, str], ...]:
    """Headers of an answer with this content type."""
    return (("Content-Type", kind), *((name.replace("_", "-"), value) for name, value in more.items()))


THREE = [record(n, HTML + b"%d" % n) for n in (1, 2, 3)]


def test_responses_are_pages_with_their_address_and_the_id_of_their_record(tmp_path: Path) -> None:
    put(tmp_path, {"a.warc": by_warcio(*THREE), "b.warc.gz": by_warcio(*THREE, gzip=True)})
    put(tmp_path, {"c.warc.zst": zstandard.compress(by_warcio(*THREE)), "d.txt": by_warcio(*THREE)})
    found = list(pages(tmp_path))
    assert found[:3] == [
        RawPage(f"{ID}{n}", f"a.warc:{n + 1}", HTML + b"%d" % n, URL, crawled=CRAWLED) for n in (1, 2, 3)
    ]
    assert [page.name for page in found[3:6]] == ["b.warc.gz:2", "b.warc.gz:3", "b.warc.gz:4"]
    assert [page.content for page in found] == [page.content for page in found[:3]] * 4
    assert found[3].id == f"{ID}1~2"


def test_what_other_writers_write_reads_the_same(tmp_path: Path) -> None:
    plain = by_fastwarc(*THREE)
    lines = plain.replace(b"\r\n", b"\n").replace(b"Content-Length: 82", b"Content-Length: 79")  # as some crawlers do
    put(tmp_path, {"a.warc": plain, "b.warc": lines})
    found = list(pages(tmp_path))
    assert [(page.content, page.url, page.error) for page in found] == [
        (HTML + b"%d" % n, URL, None) for n in (1, 2, 3, 1, 2, 3)
    ]
    put(tmp_path, {"a.warc": by_fastwarc(record(1, url=f"<{URL}>", status="200 OK"))})  # as wget writes addresses
    assert next(pages(tmp_path)).url == URL


def test_records_that_are_longer_than_any_buffer(tmp_path: Path) -> None:
    long = b"<p>" + random.Random(1).randbytes(700_000)
    packed = record(3, gzip.compress(long), headers=answer("text/html", Content_Encoding="gzip"))
    put(tmp_path, {"a.warc.gz": by_warcio(record(1, long), record(2), packed, record(4), gzip=True)})
    assert [page.content for page in pages(tmp_path)] == [long, HTML, long, HTML]


def test_wet_files_are_pages_of_text(tmp_path: Path) -> None:
    text = answer("text/plain")
    made = by_warcio(
        *(record(n, f"Der Brücke {n}".encode(), kind="conversion", headers=text) for n in (1, 2)), gzip=True
    )
    put(tmp_path, {"CC-MAIN.warc.wet.gz": made})
    assert list(pages(tmp_path)) == [
        RawPage(f"{ID}{n}", f"CC-MAIN.warc.wet.gz:{n + 1}", f"Der Brücke {n}".encode(), URL, crawled=CRAWLED)
        for n in (1, 2)
    ]


def test_what_is_no_page_is_counted_aside(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "a.warc": by_warcio(
                record(1),
                record(2, status="301 Moved", headers=answer("text/html", Location="/")),
                record(3, status="404 Not Found"),
                record(4, headers=answer("image/png")),
                record(5, headers=answer("text/css; charset=utf-8")),
                record(6, headers=answer("Nonsense\x01/" + "x" * 99)),
                record(7, b"", kind="revisit"),
                record(8, b"GET / HTTP/1.1\r\n\r\n", kind="request"),
                record(9, b"log", kind="resource", url="metadata://gnu.org/wget/log", headers=answer("text/plain")),
                Record(b"saved", "resource", headers=answer("text/html"), id="<urn:uuid:x>"),
                Record(b"kind is not said", headers=(), id="<urn:uuid:y>"),
                Record(HTML, headers=answer("text/html", x="1"), status="206 Partial Content"),
            )
        },
    )
    aside: Counter[str] = Counter()
    assert [page.content for page in pages(tmp_path, aside=aside)] == [HTML, b"saved", b"kind is not said"]
    assert aside == {
        "WARC response 301": 1, "WARC response 404": 1, "WARC response, image": 1, "WARC response, text": 1,
        "WARC response, other": 1, "WARC revisit": 1, "WARC resource that is not a page": 1, "WARC response 206": 1,
    }  # fmt: skip


CHUNKED = b"5\r\n" + HTML[:5] + b"\r\n%x\r\n" % (len(HTML) - 5) + HTML[5:] + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("headers", "body", "content"),
    [
        (answer("text/html", Content_Encoding="gzip"), gzip.compress(HTML, mtime=0), HTML),
        (answer("text/html", Content_Encoding="deflate"), zlib.compress(HTML), HTML),
        (answer("text/html", Content_Encoding="zstd"), zstandard.compress(HTML), HTML),
        (answer("text/html", Transfer_Encoding="chunked"), CHUNKED, HTML),
        (answer("text/html", Content_Encoding="gzip"), HTML, HTML),  # saved unpacked, headers kept
        (answer("text/html", Transfer_Encoding="chunked"), HTML, HTML),
        (answer("text/html; charset=windows-1251"), RUSSIAN.encode("cp1251"), RUSSIAN),
        (answer('text/html; charset="windows-1251"'), RUSSIAN.encode("cp1251"), RUSSIAN),
        (answer("text/html; charset=windows-1251"), RUSSIAN.encode(), RUSSIAN.encode()),  # valid UTF-8 is UTF-8
        (answer("text/html; charset=euc-jp"), NO_EUC, NO_EUC),
        (answer("text/html; charset=ISO-8859-1"), b"\x93caf\xe9\x94", "“café”"),
        (answer("text/html; charset=ISO-8859-1"), b"\x81\xff", b"\x81\xff"),
        (answer("text/html; charset=nonsense"), RUSSIAN.encode("cp1251"), RUSSIAN.encode("cp1251")),
        (answer("text/html; charset=utf-7"), b"+ADw-\xff", b"+ADw-\xff"),
        (answer("TEXT/HTML ;charset=utf-8"), HTML, HTML),
    ],
)  # fmt: skip
def test_the_body_is_out_of_its_wrappings_and_its_charset_is_kept(
    tmp_path: Path, headers: tuple[tuple[str, str], ...], body: bytes, content: str | bytes
) -> None:
    put(tmp_path, {"a.warc": by_fastwarc(record(1, body, headers=headers), record(2))})
    first, second = pages(tmp_path)
    assert (first.content, first.error, second.content) == (content, None, HTML)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_that_is_cut_anywhere_keeps_the_pages_before(pack: Callable[[bytes], bytes]) -> None:
    parts = [pack(by_fastwarc(one)) for one in THREE]
    ends, spare = list(accumulate(map(len, parts))), 4 if pack is bytes else 0  # a record ends with two line ends
    for cut in range(12, ends[-1]):
        kept = sum(end - spare <= cut for end in ends)
        *good, last = [*read_bytes(b"".join(parts)[:cut], "x.warc"), None]
        if not any(end - spare <= cut <= end for end in ends):
            last = good.pop()
            assert last.error and "ends or breaks here" in last.error and last.id == f"f:{len(good) + 1}", cut
        if pack is bytes:
            assert len(good) == kept, cut
        assert len(good) >= kept
        assert [page.content for page in good] == [HTML + b"%d" % n for n in (1, 2, 3)][: len(good)]


def test_a_file_with_rubbish_in_it(tmp_path: Path) -> None:
    whole = by_fastwarc(*THREE)
    put(tmp_path, {"a.warc": whole + bytes(99), "b.warc": b"<p>no archive", "c.warc": b""})
    *good, after, no_archive = pages(tmp_path)
    assert len(good) == 3 and not [page for page in good if page.error]
    assert after.error and after.error.startswith("a.warc:4: the file ends or breaks here")
    assert no_archive.error and no_archive.error.startswith("b.warc: it is no WARC file")
    size = whole.index(b"Content-Length: ") + len(b"Content-Length: ")
    put(tmp_path, {"a.warc": whole[:size] + b"9999999" + whole[size:]})
    assert [page.name for page in pages(tmp_path) if page.error] == ["a.warc:1", "b.warc"]


def test_a_record_that_is_too_large_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.reading.warc.LARGEST", 1000)
    bomb = record(3, gzip.compress(bytes(10_000_000)[:600_000]), headers=answer("text/html", Content_Encoding="gzip"))
    put(tmp_path, {"a.warc": by_fastwarc(record(1, bytes(2000)), record(2), bomb, record(4))})
    large, good, packed, last = pages(tmp_path)
    assert large.error and large.error.startswith("a.warc:1 is larger than a page can be")
    assert packed.error and packed.error.startswith("a.warc:3 is larger than a page can be") and not packed.content
    assert (good.content, last.content) == (HTML, HTML)


def test_a_zstd_file_with_its_own_dictionary(tmp_path: Path) -> None:
    """As the format's specification has it: the dictionary in a frame before the others."""
    made = by_fastwarc(*THREE)
    dictionary = zstandard.ZstdCompressionDict(made * 3)
    frame = zstandard.compress(dictionary.as_bytes())
    packed = zstandard.ZstdCompressor(dict_data=dictionary).compress(made)
    for one in (frame, dictionary.as_bytes()):
        put(tmp_path, {"a.warc.zst": b"\x5d" + SKIPPED + len(one).to_bytes(4, "little") + one + packed})
        assert [page.content for page in pages(tmp_path)] == [HTML + b"%d" % n for n in (1, 2, 3)]


def test_an_archive_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, by_warcio(*THREE * 50, gzip=True))
    found = list(pages("-"))
    assert len(found) == 150 and found[0].name == "stdin:2" and not [page for page in found if page.error]


bodies = st.binary(max_size=200).map(lambda body: b"<p>" + body)


@given(st.lists(bodies, max_size=5), st.booleans())
def test_both_writers_files_read_the_same(given: list[bytes], packed: bool) -> None:
    made = [record(n, body) for n, body in enumerate(given)]
    one, other = read_bytes(by_warcio(*made, gzip=packed), "x.warc"), read_bytes(by_fastwarc(*made), "x.warc")
    assert [(p.id, p.content, p.url, p.error) for p in one] == [(p.id, p.content, p.url, p.error) for p in other]
    assert [page.content for page in other] == given


@given(
    st.binary(max_size=60), st.integers(0, 700), st.sampled_from([b"Content-Length", b"HTTP", b"WARC/1", b"\r\n\r\n"])
)
def test_any_damage_is_read_without_raising(damage: bytes, at: int, near: bytes) -> None:
    whole = by_fastwarc(*THREE)
    at = min(whole.index(near) + at, len(whole))
    for page in read_bytes(b"WARC/1.1\r\n" + whole[10:at] + damage + whole[at + len(damage) :], "x.warc"):
        assert page.id and (page.error is None or page.error.startswith("f"))


@given(st.binary(max_size=300))
def test_any_http_is_read_without_raising(message: bytes) -> None:
    made = WarcRecord()
    made.init_headers(record_type=WarcRecordType.response)
    made.headers.append("Content-Type", "application/http; msgtype=response")
    made.set_bytes_content(b"HTTP/1.1 200 OK\r\n" + message)
    out = io.BytesIO()
    made.write(out)
    assert len(read_bytes(out.getvalue() + by_fastwarc(record(1)), "x.warc")) in (1, 2)
