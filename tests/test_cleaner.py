"""The public calls, and their errors."""

import struct
import zlib
from pathlib import Path

import pytest

from cleaners import BadInput, Cleaner, NoArticle, NotText, clean

PROSE = "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring."
MORE = "Workers will take up the deck in March, said the harbour master, and nobody expects the ferry to fill the gap."
PAGE = f"Lindow council votes to close the bridge\n\n{PROSE}\n\n{MORE}"


def test_a_text_gives_one_article() -> None:
    (article,) = clean(PAGE)
    assert article.title == "Lindow council votes to close the bridge"
    assert article.text == f"{PROSE}\n\n{MORE}"
    assert article.language == "en"
    assert article.removed == ()


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("source", "error", "message"),
    [
        ("", NotText, "empty"),
        (" \n\t\u00a0\u200b\n", NotText, "empty"),
        (b"", NotText, "empty"),
        (png(), NotText, "a PNG picture"),
        (b"\x1f\x8b\x08\0\0\0", NotText, "gzip"),
        ("\x00\x01\x02\x03" * 50, NotText, "binary"),
        (bytes(range(32)) * 20, NotText, "binary"),
        (None, BadInput, "str or bytes, not NoneType"),
        ("<html><body><script>draw()</script></body></html>", NoArticle, "no text"),
        ("Share on Facebook\n\nLeave a comment below", NoArticle, "furniture"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(source: str | bytes, error: type[BadInput], message: str) -> None:
    with pytest.raises(error, match=message) as caught:
        clean(source)
    assert isinstance(caught.value, ValueError)


def test_the_name_of_a_file_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>The bridge is shut.")
    path = str(tmp_path / "page.html")
    with pytest.raises(BadInput, match="is the name of a file") as caught:
        clean(path)
    assert f"clean(Path({path!r}).read_bytes())" in str(caught.value)
    assert Cleaner().clean(path, name="rows.jsonl:1"), (
        "it was read from somewhere: what this machine has does not count"
    )
    assert clean((PROSE + " ") * 100)  # longer than any name


def test_the_name_of_a_file_is_told_however_it_is_given(tmp_path: Path) -> None:
    path = tmp_path / "page of März.html"
    path.write_text("<p>a")
    for given in (f" {path}\n", str(path).encode(), f"file://{path}"):
        with pytest.raises(BadInput, match="is the name of a file, not a page"):
            clean(given)
    assert clean("page of April.html\n")[0].text == "page of April.html"
    assert clean(b"A line with a NUL\0 in it is no name.")
