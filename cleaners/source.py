"""The input: bytes to text, whether it is text or HTML, and the lines of a text as blocks."""

from __future__ import annotations

import codecs

import regex
from charset_normalizer import from_bytes

from cleaners.page import BLANK, Block, NotText, Page

LINE_END = regex.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

MAGIC = {
    b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture", b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip archive or office file", b"\x1f\x8b": "gzip data", b"\x28\xb5\x2f\xfd": "zstd data",
    b"\x7fELF": "a program", b"wOFF": "a web font", b"OggS": "an Ogg file", b"ID3": "an MP3 file",
}  # fmt: skip
MARKS = {
    codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32-le", codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be",
}  # fmt: skip
"""Byte order marks. UTF-32 comes before UTF-16: its mark begins with that of UTF-16."""
LONGEST_PAGE = 30_000_000
"""Characters of a page: ten times the longest books."""
NO_CHARSETS = {"punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"}
"""Codecs of Python's that no page is written in: some take quadratic time, some turn plain letters into markup."""
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_META_CHARSET = regex.compile(rb"(?i)<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?([\w.:-]+)")
_TAG = r"(?:html|head|body|div|p|span|article|section|main|header|nav|h[1-6]|table|ul|ol|title|meta|a|br|figure)\b"
_OPENS = regex.compile(rf"(?si)(?:<!--.{{0,5000}}?-->|<\?xml[^>]{{0,200}}>|\s|\ufeff)*+(?:<!doctype\s+html|<{_TAG})")
_CLOSES = regex.compile(r"(?si)</(?:html|body)\s*>(?:<!--.{0,500}?-->|\s)*+\Z")


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
    names = ["utf-8", *([declared[1].decode()] if declared and _can_be(declared[1].decode(), declared[0]) else [])]
    even, odd = source[0:4096:2].count(0), source[1:4096:2].count(0)
    if max(even, odd) * 4 > len(source[:4096]) // 2 > min(even, odd) * 16:
        names.insert(0, "utf-16-le" if odd > even else "utf-16-be")  # no mark, but NULs in every second place
    for name in names:
        try:
            text = source.decode(name)
        except (UnicodeError, LookupError):
            continue
        if not _binary(text):
            return text, codecs.lookup(name).name
    best = from_bytes(source[:65_536]).best()
    encoding = best.encoding if best else "cp1252"
    return source.decode(encoding, errors="replace"), encoding


def _can_be(name: str, declaration: bytes) -> bool:
    """Can the page be in the encoding that it declares? Its declaration at least must read the same in it."""
    try:
        return codecs.lookup(name).name not in NO_CHARSETS and declaration.decode(name) == declaration.decode("ascii")
    except (UnicodeError, LookupError):
        return False


def looks_like_html(text: str) -> bool:
    """Told apart by looking: it opens with a tag of HTML, or it closes the body. Tags inside are someone's code."""
    return bool(_OPENS.match(text)) or bool(_CLOSES.search(text[-2_000:]))


def check(text: str) -> None:
    """Raises NotText where the text holds nothing to read, is binary data, or is too much for one page."""
    if len(text) > LONGEST_PAGE:
        raise NotText(
            f"a page of {len(text):,} characters is no single article (at most {LONGEST_PAGE:,}): cut it up first"
        )
    if _binary(text):
        raise NotText("this is binary data, not text or HTML: it is full of control characters")
    if BLANK.fullmatch(text):
        raise NotText("the page is empty: there is nothing in it but white space")


def lines(text: str) -> Page:
    """A text as a page: one block a line that is not blank. What stands between two lines is the first one's gap."""
    starts = [0, *(m.end() for m in LINE_END.finditer(text))]
    ends = [*(m.start() for m in LINE_END.finditer(text)), len(text)]
    full = [(a, b) for a, b in zip(starts, ends, strict=True) if not BLANK.fullmatch(text, a, b)]
    following = [*(a for a, _ in full[1:]), len(text)]
    blocks = [Block(text[a:b], a, text[b:after]) for (a, b), after in zip(full, following, strict=False)]
    return Page("text", blocks, text[: full[0][0]] if full else text)


def _binary(text: str) -> bool:
    return len(_CONTROL.findall(text[:65_536])) * 10 > min(len(text), 65_536)
