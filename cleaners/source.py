"""What came in: bytes to text, text or HTML, and the text's lines as blocks."""

from __future__ import annotations

import codecs

import regex
from charset_normalizer import from_bytes

from cleaners.page import Block, NotText, Page

LINE_END = regex.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
BLANK = regex.compile(r"[\s\p{Cc}\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2800\ufeff]*")
"""What a reader cannot see: a line of nothing else is blank."""

MAGIC = {
    b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture", b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip archive or office file", b"\x1f\x8b": "gzip data", b"\x28\xb5\x2f\xfd": "zstd data",
    b"\x7fELF": "a program", b"wOFF": "a web font", b"OggS": "an Ogg file", b"ID3": "an MP3 file",
}  # fmt: skip
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_META_CHARSET = regex.compile(rb"(?i)<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?([\w.:-]+)")
_TAG = r"(?:html|head|body|div|p|span|article|section|main|header|nav|h[1-6]|table|ul|ol|title|meta|a|br|figure)\b"
_OPENS = regex.compile(rf"(?si)(?:<!--.{{0,5000}}?-->|<\?xml[^>]{{0,200}}>|\s|\ufeff)*+(?:<!doctype\s+html|<{_TAG})")
_CLOSES = regex.compile(r"(?i)</(?:html|body)\s*>(?:<!--.{0,500}-->|\s)*\Z")


def decode(source: bytes) -> tuple[str, str]:
    """The text of some bytes and the encoding it was read with.

    A byte order mark decides, then UTF-8 where it is valid, then what the HTML declares, then what the bytes look
    like (charset_normalizer). Raises NotText for pictures, archives and other binary data.
    """
    for start, what in MAGIC.items():
        if source.startswith(start):
            raise NotText(f"this is {what}, not text or HTML: extract its text first")
    for mark, encoding in MARKS.items():
        if source.startswith(mark):
            return source.decode(encoding, errors="replace"), encoding
    declared = _META_CHARSET.search(source[:4096])
    names = ["utf-8", *([declared[1].decode("ascii", "ignore")] if declared else [])]
    even, odd = source[0:4096:2].count(0), source[1:4096:2].count(0)
    if max(even, odd) * 4 > len(source[:4096]) // 2 > min(even, odd) * 16:
        names.insert(0, "utf-16-le" if odd > even else "utf-16-be")  # no mark, but NULs in every second place
    for name in names:
        try:
            text = source.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _binary(text):
            return text, codecs.lookup(name).name
    best = from_bytes(source[:65_536]).best()
    encoding = best.encoding if best else "cp1252"
    return source.decode(encoding, errors="replace"), encoding


def looks_like_html(text: str) -> bool:
    """Told apart by looking: it opens with a tag of HTML, or it closes the body. Tags inside are someone's code."""
    return bool(_OPENS.match(text)) or bool(_CLOSES.search(text[-2_000:]))


def check(text: str) -> None:
    """Raises NotText where the text holds nothing to read, or is binary data."""
    if _binary(text):
        raise NotText("this is binary data, not text or HTML: it is full of control characters")
    if BLANK.fullmatch(text):
        raise NotText("the page is empty: there is nothing in it but white space")


def lines(text: str) -> Page:
    """A text as a page: one block a line that is not blank. What stands between two lines is the first one's gap."""
    blocks: list[Block] = []
    lead, at = "", 0
    ends = [*((m.start(), m.end()) for m in LINE_END.finditer(text)), (len(text), len(text))]
    for end, after in ends:
        line = text[at:end]
        if not BLANK.fullmatch(line):
            blocks.append(Block(line, at, text[end:after]))
        elif blocks:
            blocks[-1].gap += text[at:after]
        else:
            lead += text[at:after]
        at = after
    return Page("text", blocks, lead)


def _binary(text: str) -> bool:
    return len(_CONTROL.findall(text[:65_536])) * 10 > min(len(text), 65_536)
