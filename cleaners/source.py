"""The input: bytes to text, whether it is text or HTML, and the lines of a text as blocks."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from unicodedata import name

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
MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
"""What browsers take some charsets for, after the Encoding Standard; in the names of Python's codecs."""
SPELLED = {
    "x-sjis": "shift_jis", "x-gbk": "gbk", "x-big5": "big5", "x-euc-jp": "euc_jp", "iso-8859-8-i": "iso8859-8",
    "windows-949": "euc_kr", "dos-874": "cp874", "x-mac-cyrillic": "mac_cyrillic", "unicode": "utf-8",
}  # fmt: skip
"""Labels of that standard which Python does not know."""
UTF_8_SHARE = 0.65
"""Share of the bytes above 127 that stand in valid UTF-8 sequences, from which on a page is UTF-8 with bad bytes in it.
(Right pages that a crawler cut or another page was pasted into: .80 and more. Text in eleven older encodings: .51 at
most.)"""
MOST_LOST = 0.1
"""Share of the bytes above 127 that may be wrong in an encoding that the page declares."""
LEGIBLE = 0.4
"""Share of the characters that stand in words or numbers, from which on what was guessed is text. (Blobs of random,
compressed, encrypted and picture bytes: .21 at most. Lines of the gold texts and texts in fourteen scripts: .60.)"""
MOST_CONTROLS = 0.02
"""Share of control characters in what was guessed; a stray one is in many texts, an eighth of random bytes are some."""
FAR = 65_536
"""Bytes that are searched for a declared charset. (Browsers look at 1,024; 5.6 kB of script stood before one.)"""
SEEN = 4_000
"""Characters that are looked at for words."""
_SEQUENCE = regex.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
"""A letter of two to four bytes in UTF-8 (the Unicode Standard, table 3-7)."""
_HIGH = regex.compile(rb"[\x80-\xff]")
_MARKUP = regex.compile(r"(?s)<[^<>]*>")
_READABLE = regex.compile(r"\p{Nd}+|\p{Lu}?[\p{Ll}\p{M}]{3,}|\p{Lu}{3,}|[\p{Lo}\p{Lm}\p{M}]{2,}")
"""Numbers and words: "aBc" is none. Of letters with capitals three are needed."""
JAPANESE = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}
"""Scripts that stand together in a word, by the first word of Unicode's names of their letters."""
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_META_CHARSET = regex.compile(rb"(?i)<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?([\w.:-]+)")
_TAG = r"(?:html|head|body|div|p|span|article|section|main|header|nav|h[1-6]|table|ul|ol|title|meta|a|br|figure)\b"
_OPENS = regex.compile(rf"(?si)(?:<!--.{{0,5000}}?-->|<\?xml[^>]{{0,200}}>|\s|\ufeff)*+(?:<!doctype\s+html|<{_TAG})")
_CLOSES = regex.compile(r"(?si)</(?:html|body)\s*>(?:<!--.{0,500}?-->|\s)*+\Z")


def decode(source: bytes) -> tuple[str, str]:
    """The text of some bytes and the encoding it was read with.

    A byte order mark decides, then UTF-8 where all or most of it is valid (the rest becomes U+FFFD), then what the HTML
    declares, then what the bytes look like (charset_normalizer). Raises NotText for pictures, archives and other
    binary data.
    """
    for start, what in MAGIC.items():
        if source.startswith(start):
            raise NotText(f"this is {what}, not text or HTML: extract its text first")
    for mark, encoding in MARKS.items():
        if source.startswith(mark):
            return source.decode(encoding, errors="replace"), encoding
    for known, most in _likely(source):
        text = source.decode(known, errors="replace")
        if not _binary(text) and text.count("\ufffd") <= most * len(_HIGH.findall(source)):
            return text, known
    best = from_bytes(source[:65_536]).best()
    encoding = best.encoding if best else "cp1252"
    text = source.decode(encoding, errors="replace")
    if not _legible(text):
        raise NotText("this is binary data, not text or HTML: there are no words in it, in any encoding")
    return text, encoding


def _likely(source: bytes) -> Iterator[tuple[str, float]]:
    """Encodings that come before any guess, and the share of the bytes above 127 that may be wrong in each."""
    even, odd = source[0:4096:2].count(0), source[1:4096:2].count(0)
    if max(even, odd) * 4 > len(source[:4096]) // 2 > min(even, odd) * 16:
        yield "utf-16-le" if odd > even else "utf-16-be", 0  # no mark, but NULs in every second place
    high = len(_HIGH.findall(source))
    if sum(map(len, _SEQUENCE.findall(source))) >= UTF_8_SHARE * high:
        yield "utf-8", 1
    declared = _META_CHARSET.search(source[:FAR])
    if declared and (said := codec(declared[1].decode())) and _reads_itself(said, declared[0]):
        yield said, MOST_LOST


def codec(label: str) -> str | None:
    """Python's name of the encoding that browsers take a label for, or None where no page can be in it."""
    spelled = SPELLED.get(label.lower(), label)
    try:
        b"a".decode(spelled, errors="ignore")  # raises for codecs that give no text, such as "hex"
        known = codecs.lookup(spelled).name
    except (LookupError, ValueError):
        return None
    return None if known in NO_CHARSETS else MEANT.get(known, known)


def _reads_itself(encoding: str, declaration: bytes) -> bool:
    """Can a page be in the encoding that it declares? The declaration at least must read the same in it."""
    try:
        return declaration.decode(encoding) == declaration.decode("ascii")
    except UnicodeError:
        return False


def _legible(text: str) -> bool:
    """Is there enough in a text that reads as words of one script each, or as numbers?"""
    seen = _MARKUP.sub(" ", text[:FAR])[:SEEN]
    if len(_CONTROL.findall(seen)) > MOST_CONTROLS * len(seen):
        return False
    found = (word for word in _READABLE.findall(seen) if _one_script(word))
    return sum(map(len, found)) >= LEGIBLE * len("".join(seen.split()))


def _one_script(word: str) -> bool:
    scripts = {name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()}
    return len(scripts) <= 1 or scripts <= JAPANESE


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
