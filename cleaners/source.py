"""The input: bytes to text, whether it is text or HTML, and the lines of a text as blocks."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

import chardet
import regex
from chardet.enums import EncodingEra
from webencodings import lookup

from cleaners.noise import BEGINNING, LEGIBLE, SEEN, binary, drawn, encoded, garbled, legible
from cleaners.page import BLANK, Block, NoArticle, NotText, Page, text_of

LINE_END = regex.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

MAGIC = {
    b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture", b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip archive or office file", b"\x1f\x8b": "gzip data", b"\x28\xb5\x2f\xfd": "zstd data",
    b"\x7fELF": "a program", b"wOFF": "a web font", b"OggS": "an Ogg file", b"ID3": "an MP3 file",
}  # fmt: skip
WRITTEN = {
    "%PDF-": "a PDF file", "%!PS": "a PostScript file", "{\\rtf": "an RTF file", "<svg": "an SVG picture",
    "b'<": "bytes as Python prints them", 'b"<': "bytes as Python prints them",
}  # fmt: skip
"""How files open that are text, but whose text is among instructions, and what becomes of bytes in `str(page)`."""
MARKS = {
    codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32-le", codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be",
}  # fmt: skip
"""Byte order marks. UTF-32 comes before UTF-16: its mark begins with that of UTF-16."""
LONGEST_PAGE = 30_000_000
"""Characters of a page: ten times the longest books."""
UTF_16 = ("utf-16-le", "utf-16-be")
REFUSED = {"replacement", "x-user-defined"}
"""What browsers refuse to read (HZ and the like, because of attacks on them), and what has no letters."""
NO_CHARSETS = {"punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"}
"""Codecs of Python's that no page is written in: some take quadratic time, some turn plain letters into markup."""
WIDER = {"gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252", "euc_jp": "euc_jis_2004"}
"""Python's codecs that read less than browsers do under the same name."""
LATIN = {"cp1252", "iso8859-15", "cp1250", "iso8859-2", "cp1254"}
"""Encodings of Latin letters, which editors and servers declare where nobody chose."""
FEW_LATIN = 0.5
"""Share of the letters that are above 127, from which on a page is in no encoding of Latin letters, whatever it
declares. (Sentences of tests/languages.json in 48 pairs of a language with Latin letters and an encoding: .17 at most.
In 28 pairs of other scripts: .77 and more.)"""
UTF_8_SHARE = 0.65
"""Share of the bytes above 127 that stand in valid UTF-8 sequences, from which on a page is UTF-8 with bad bytes in it.
(Right pages that a crawler cut or another page was pasted into: .80 and more. Text in eleven older encodings: .51 at
most.)"""
MOST_LOST = 0.1
"""Share of the bytes above 127 that may be wrong in an encoding that the page or its server declares."""
PADDED = b"\0" * 8
"""How a page ends that something wrote into a larger block. (Set by hand, not measured.)"""
NULS = 0.02
"""Share of the bytes in one of two places that are NUL, from which on a text without a mark may be UTF-16: its spaces
are, at least."""
CERTAIN = 0.6
"""Share of the characters in words from which on bytes without a NUL are UTF-16: Chinese without spaces, say. (Two
bytes of anything are often a letter of some script: .22 of noise, .35 where parts of it are plain letters.)"""
FEW = 40
"""Bytes of a few words: "Ça va ?" has none of three letters."""
FEW_HIGH, SPACES = 0.3, 0.05
"""Share of bytes above 127 in plain text with a few letters of another kind, at most, and that of its spaces, at least.
(Random bytes have .5 and .023.)"""
NO_GUESS = ("cp437", "cp720", "cp775", "cp1006")
"""Encodings of DOS and of one vendor that short texts in others are taken for. (987 samples of 6 to 100 words in 35
languages and 13 encodings: 971 are read right with these, 979 without. charset_normalizer: 693.)"""
BEFORE = 50
"""Bytes that a guess sees of what stands before the first one above 127: plain letters say nothing, and mislead. (Of
987 texts behind 30 kB of script, 974 are read right; with 1,000 bytes before them 297, with none 967.)"""
WIDE = 400_000
"""Bytes in which tags, scripts and styles are passed over for a guess. (Where the title alone stands before 40 kB of
script, no text of 987 was read right with them, 974 without.)"""
_SEQUENCE = regex.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
"""A letter of two to four bytes in UTF-8 (the Unicode Standard, table 3-7)."""
_HIGH = regex.compile(rb"[\x80-\xff]")
_LETTER = regex.compile(rb"[A-Za-z\x80-\xff]")
_NO_SIGN = regex.compile(rb"[\x80-\x94\x98-\x9f\xa1-\xb6\xb8-\xff]")
"""Bytes above 127 but for the hard spaces, dashes and bullets of windows-1252, of which menus are full."""
_CUT = regex.compile(rb"(?:[\xc2-\xc5]|[\xe0-\xef][\x80-\xbf]|\xf0\x9f[\x80-\xbf]?)\Z")
"""The beginning of a letter in UTF-8, at the end of a page that was cut; none that ends a word in windows-1252."""
_TAGS = regex.compile(rb"<[^<>]*>")
_BEGINS = regex.compile(rb"(?i)<(?:script|style)\b")
_ENDS = regex.compile(rb"(?i)</(?:script|style)\b")
_COMMENT_ENDS = regex.compile(rb"--!?>")
_SHIFTED = regex.compile(rb"\x1b\$|~\{[\x21-\x7d]")
"""How ISO-2022 and HZ, whose letters are all below 128, go over to them."""
_HIDES = regex.compile(rb"(?i)<!--|<(?:script|style)\b")
_DECLARES = regex.compile(
    rb"""(?i)<\?xml[^>]{0,100}?\sencoding\s*=\s*["']?\s*([\w.:-]+)|<meta\b((?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)"""
)
_ASIDE = regex.compile(
    rb"""(?i)\s(?!charset\b)[\w:-]+\s*=\s*(?:"(?!\s*[\w+-]{1,20}/)[^"]*+"|'(?!\s*[\w+-]{1,20}/)[^']*+')"""
)
_CHARSET = regex.compile(
    rb"""(?i)[\s/"'](?:charset\s*=\s*["']?|content\s*=\s*["']?\s*[\w+-]{1,20}/[\w+-]{1,20}\s*[;,]?\s*charset\s*=)\s*([\w.:-]+)"""
)
"""In a tag of its own or behind a type of content: "charset=" in a description declares nothing."""
_TAG = r"(?:html|head|body|div|p|span|article|section|main|header|nav|h[1-6]|table|ul|ol|title|meta|a|br|figure)\b"
_OPENS = regex.compile(rf"(?si)(?:<!--.{{0,5000}}?-->|<\?xml[^>]{{0,200}}>|\s|\ufeff)*+(?:<!doctype\s+html|<{_TAG})")
_CLOSES = regex.compile(r"(?si)</(?:html|body)\s*>(?:<!--.{0,500}?-->|\s)*+\Z")


def decode(source: bytes) -> tuple[str, str]:
    """The text of some bytes and the encoding it was read with.

    A byte order mark decides where it may be true, then UTF-8 where all or most of it is valid (the rest becomes
    U+FFFD), then what the HTML declares where that may be, then what the bytes look like (chardet). Raises NotText for
    pictures, archives and other binary data.
    """
    for start, what in MAGIC.items():
        if source.startswith(start):
            raise NotText(f"this is {what}, not text or HTML: extract its text first")
    if source.endswith(PADDED):
        whole = source.rstrip(b"\0")
        source = whole + b"\0" * (-len(whole) % 4 if b"\0" in whole else 0)  # the last letter of UTF-16 or UTF-32
    for mark, encoding in MARKS.items():
        if source.startswith(mark) and (mark != codecs.BOM_UTF8 or _mostly_utf_8(source[len(mark) :])):
            return source.decode(encoding, errors="replace"), encoding
    source = source.removeprefix(codecs.BOM_UTF8)  # of a template, before a page in something else
    for known, most in _likely(source):
        text = source.decode(known, errors="replace")
        if not binary(text) and text.count("\ufffd") <= most:
            return text, known
    return _guess(source)


def declared(source: bytes, label: str) -> str | None:
    """The text, in the charset that a server names; None where the bytes themselves decide.

    A mark and UTF-8 come before a server's word, which is often a default; what the page declares comes after it, as in
    a browser, but where it cannot be.
    """
    encoding = codec(label)
    if encoding is None or source.startswith(tuple(MARKS)) or _mostly_utf_8(source) or not _may_be(encoding, source):
        return None
    text = source.decode(encoding, errors="replace")
    return text if text.count("\ufffd") <= _most_lost(source) else None


def codec(label: str) -> str | None:
    """Python's name of the encoding that browsers take a label for, or None where no page can be in it.

    Labels are those of the Encoding Standard (webencodings), then Python's own: old text is in encodings that no
    browser reads.
    """
    standard = lookup(label)
    known = standard.codec_info.name if standard and standard.name not in REFUSED else label.strip()
    try:
        b"a".decode(known, errors="ignore")  # raises for codecs that give no text, such as "hex"
        known = codecs.lookup(known).name
    except (LookupError, ValueError):
        return None
    return None if known in NO_CHARSETS else WIDER.get(known, known)


def _likely(source: bytes) -> Iterator[tuple[str, float]]:
    """Encodings that come before any guess, and how many letters may be lost in each."""
    le, be = source[1:4096:2].count(0), source[0:4096:2].count(0)
    if max(le, be) > max(NULS * len(source[:4096]) / 2, min(le, be) * 16):
        (best, words), as_it_is = _unmarked(source, UTF_16[be > le]), source[: 4 * SEEN].decode(errors="replace")
        if words >= LEGIBLE and (binary(as_it_is) or words > 2 * legible(as_it_is)):
            yield best, len(source)
    if _SHIFTED.search(source[:BEGINNING]):
        yield from ((known, 1) for known in _asked(source) if known.startswith(("iso2022", "hz")))
    if _mostly_utf_8(source):
        yield "utf-8", len(source)
    label = _label(_shown(source[:BEGINNING])) or _label(source[:BEGINNING])
    if label and (said := codec(label.decode())) and _reads_itself(said, label) and _may_be(said, source):
        yield said, _most_lost(source)


def _label(source: bytes) -> bytes | None:
    """What the page says that its encoding is, first."""
    for found in _DECLARES.finditer(source):
        if label := found[1] or ((meta := _CHARSET.search(_ASIDE.sub(b" ", found[2]))) and meta[1]):
            return bytes(label)
    return None


def _may_be(encoding: str, source: bytes) -> bool:
    """Can a page be in this encoding? One of Latin letters cannot be where most letters are others."""
    if encoding not in LATIN:
        return True
    said = _said(source[:WIDE])
    return len(_NO_SIGN.findall(said)) <= FEW_LATIN * len(_LETTER.findall(said))


def _mostly_utf_8(source: bytes) -> bool:
    """Is it UTF-8, with a bad byte here and there, or cut in a letter? Plain ASCII is."""
    try:
        source.decode()
    except UnicodeDecodeError:
        whole = source[: -len(cut[0])] if (cut := _CUT.search(source[-3:])) else source
        return sum(map(len, _SEQUENCE.findall(whole))) >= UTF_8_SHARE * len(_HIGH.findall(whole))
    return True  # nearly all pages, and counting costs much more


def _most_lost(source: bytes) -> float:
    return MOST_LOST * len(_HIGH.findall(source))


def _unmarked(source: bytes, *among: str) -> tuple[str, float]:
    """UTF-16 without a mark, in the order of bytes that makes more words, and their share."""
    words = {encoding: legible(source[: 4 * SEEN].decode(encoding, errors="replace")) for encoding in among}
    best = max(words, key=words.__getitem__)
    return best, words[best]


def _guess(source: bytes) -> tuple[str, str]:
    """What bytes that say nothing of themselves look like. Raises NotText where they look like no text."""
    unmarked, words = _unmarked(source, *UTF_16)
    for encoding in (*_asked(source), *([unmarked] if words >= CERTAIN else [])):
        text = source.decode(encoding, errors="replace")
        if text.count("\ufffd") > max(1, _most_lost(source)):
            continue
        if not binary(text) and not drawn(text) and (legible(text) >= LEGIBLE or _mostly_plain(source)):
            return text, encoding
    raise NotText("this is binary data, not text or HTML: there are no words in it, in any encoding")


def _mostly_plain(source: bytes) -> bool:
    """A few letters of another kind in plain text with spaces, or a few words: too little to be told from noise."""
    seen = source[:BEGINNING]
    if any(byte < 32 and byte not in b"\t\n\v\f\r\x1b" for byte in seen):
        return False
    bare = len(b"".join(seen.split()))
    return len(seen) <= FEW or (len(_HIGH.findall(seen)) <= FEW_HIGH * len(seen) and bare <= (1 - SPACES) * len(seen))


def _asked(source: bytes) -> Iterator[str]:
    """Python's names of the encodings that chardet sees in a text, then in each half of it: one bad byte can hide
    them."""
    seen = source[:BEGINNING]
    if _HIGH.search(source):
        said = _said(source[:WIDE]) + source[WIDE:]
        first = _HIGH.search(said)
        seen = said[max(0, first.start() - BEFORE) if first else 0 :][:BEGINNING]
    middle = seen.find(b"\n", len(seen) // 2) + 1 or len(seen)
    for part in filter(None, (seen, seen[:middle], seen[middle:])):
        found = chardet.detect(part, encoding_era=EncodingEra.ALL & ~EncodingEra.MAINFRAME, exclude_encodings=NO_GUESS)[
            "encoding"
        ]
        if found and found != "ascii" and (known := codec(found)):
            yield known


def _said(source: bytes) -> bytes:
    """What stands outside of tags, scripts and styles, in linear time whatever is left open."""
    *closed, rest = _ENDS.split(source)
    return _TAGS.sub(b" ", b"<".join([*(_BEGINS.split(piece, maxsplit=1)[0] for piece in closed), rest]))


def _shown(source: bytes) -> bytes:
    """The source without its comments, scripts and styles: what stands in them declares nothing."""
    parts, done = [], 0
    while hides := _HIDES.search(source, done):
        ends = _COMMENT_ENDS if hides[0] == b"<!--" else _ENDS
        end = ends.search(source, hides.end() - 2)  # <!--> is a whole comment
        if not end:
            break
        parts.append(source[done : hides.start()])
        done = end.end()
    return b"".join([*parts, source[done:]])


def _reads_itself(encoding: str, declaration: bytes) -> bool:
    """Can a page be in the encoding that it declares? The declaration at least must read the same in it."""
    try:
        return declaration.decode(encoding) == declaration.decode("ascii")
    except UnicodeError:
        return False


def looks_like_html(text: str) -> bool:
    """Told apart by looking: it opens with a tag of HTML, or it closes the body. Tags inside are someone's code."""
    return bool(_OPENS.match(text)) or bool(_CLOSES.search(text[-2_000:]))


def check(text: str) -> None:
    """Raises NotText where the text holds nothing to read, is binary data, or is too much for one page."""
    opens = text[:1_000].lstrip(" \t\r\n\f\ufeff")
    for start, what in WRITTEN.items():
        if opens.startswith(start):
            raise NotText(
                f"this is {what}, not text or HTML: {'decode them' if 'bytes' in what else 'extract its text'} first"
            )
    if len(text) > LONGEST_PAGE:
        raise NotText(
            f"a page of {len(text):,} characters is no single article (at most {LONGEST_PAGE:,}): cut it up first"
        )
    seen = text.rstrip("\0")
    if binary(seen):
        raise NotText("this is binary data, not text or HTML: it is full of control characters")
    if garbled(seen):
        raise NotText("this is binary data, not text or HTML: its characters are lost, or are none, and make no words")
    if not looks_like_html(text) and encoded(text):
        raise NotText("this is data in letters (base64, hexadecimal digits, a key), not text: there are no words in it")
    if BLANK.fullmatch(text):
        raise NotText("the page is empty: there is nothing in it but white space")


def check_left(page: Page) -> None:
    """Raises NoArticle where what is left of a page would itself be refused: noise beside furniture is no article."""
    texts = [text for blocks in page.articles() if (text := text_of(blocks))]
    if page.kind == "html" and len(texts) > 1:  # each has prose
        return
    try:
        for text in texts:
            check(text)
    except NotText as error:
        raise NoArticle(f"no article is left: {error}") from error


def lines(text: str) -> Page:
    """A text as a page: one block a line that is not blank. What stands between two lines is the first one's gap."""
    starts = [0, *(m.end() for m in LINE_END.finditer(text))]
    ends = [*(m.start() for m in LINE_END.finditer(text)), len(text)]
    full = [(a, b) for a, b in zip(starts, ends, strict=True) if not BLANK.fullmatch(text, a, b)]
    following = [*(a for a, _ in full[1:]), len(text)]
    blocks = [Block(text[a:b], a, text[b:after]) for (a, b), after in zip(full, following, strict=False)]
    return Page("text", blocks, text[: full[0][0]] if full else text)
