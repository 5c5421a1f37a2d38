"""What is no text is refused, and nothing else: a thousand blobs of noise, and more than a thousand texts."""

import base64
import bz2
import gzip
import inspect
import json
import lzma
import random
import string
import struct
import textwrap
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import justext
import pytest
import sample

from cleaners import BadInput, NotText, clean
from cleaners.source import check, decode

LANGUAGES: dict[str, tuple[str, list[str]]] = json.loads((Path(__file__).parent / "languages.json").read_text("utf-8"))
"""The first article of the Universal Declaration of Human Rights, or its beginning; old encodings of each."""
SIZES = (200, 200, 250, 300, 400, 500, 700, 1_000, 1_500, 2_000, 4_000)
Make = Callable[[random.Random, int], bytes]


def prose(rng: random.Random, size: int) -> bytes:
    words = [word for text, _ in LANGUAGES.values() for word in text.split()]
    return " ".join(f"{rng.choice(words)} {rng.random()}" for _ in range(size // 6)).encode()


def deflated(rng: random.Random, size: int) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(prose(rng, 4 * size)) + packer.flush()


def zstandard(rng: random.Random, size: int) -> bytes:
    return pytest.importorskip("zstandard").compress(prose(rng, 4 * size))[rng.choice([0, 4, 9]) :]


def ciphered(rng: random.Random, size: int) -> bytes:
    key = rng.randbytes(16)
    return bytes(byte ^ key[n % 16] for n, byte in enumerate(prose(rng, 2 * size)))


def png(rng: random.Random, size: int) -> bytes:
    rows = b"".join(b"\1" + bytes(40 * (x % 7) + rng.randrange(9) & 255 for x in range(60)) for _ in range(size // 20))
    return b"\0\0\0\rIHDR" + struct.pack(">II", 60, 40) + b"\x08\2\0\0\0\0\0\0\0" + b"IDAT" + zlib.compress(rows)


def pdf(rng: random.Random, size: int) -> bytes:
    stream = zlib.compress(prose(rng, 4 * size))
    return b"7 0 obj\n<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(stream), stream)


def points(rng: random.Random, size: int) -> str:
    """Random code points of the first plane."""
    return "".join(
        chr(rng.choice((rng.randrange(32, 0xD800), rng.randrange(0xE000, 0xFFFE)))) for _ in range(size // 2)
    )


NOISE: dict[str, Make] = {
    "random": lambda rng, size: rng.randbytes(size),
    "deflate": deflated,
    "zlib": lambda rng, size: zlib.compress(prose(rng, 4 * size)),
    "gzip": lambda rng, size: gzip.compress(prose(rng, 4 * size))[rng.choice([0, 2, 10]) :],
    "zstd": zstandard,
    "bzip2": lambda rng, size: bz2.compress(prose(rng, 5 * size))[4:],
    "lzma": lambda rng, size: lzma.compress(prose(rng, 4 * size), lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2}]),
    "ciphered": ciphered,
    "grey": lambda rng, size: bytes(min(255, max(0, int(rng.gauss(128, 60)))) for _ in range(size)),
    "png": png,
    "jpeg": lambda rng, size: rng.randbytes(size).replace(b"\xff", b"\xff\0"),
    "webp": lambda rng, size: b"RIFF" + struct.pack("<I", size) + b"WEBPVP8 " + rng.randbytes(size),
    "woff": lambda rng, size: b"wOF2\0\1\0\0" + struct.pack(">IHH", size, 12, 0) + zlib.compress(prose(rng, 4 * size)),
    "pdf": pdf,
    "sound": lambda rng, size: b"".join(struct.pack("<h", int(rng.gauss(0, 2_000))) for _ in range(size // 2)),
    "floats": lambda rng, size: b"".join(struct.pack("<f", rng.gauss(0, 1)) for _ in range(size // 4)),
    "html": lambda rng, size: b"<html><body><p>" + rng.randbytes(size),
    "UTF-16 with a mark": lambda rng, size: rng.choice([b"\xff\xfe", b"\xfe\xff"]) + rng.randbytes(size // 2 * 2),
    "UTF-16": lambda rng, size: points(rng, size).encode("utf-16-le"),
    "UTF-8": lambda rng, size: points(rng, size).encode(),
    "UTF-8 out of Latin-1": lambda rng, size: rng.randbytes(size).decode("latin-1").encode(),
    "UTF-8 out of nothing": lambda rng, size: rng.randbytes(size).decode(errors="replace").encode(),
    "ASCII": lambda rng, size: bytes(rng.randrange(33, 127) for _ in range(size)),
    "ASCII with spaces": lambda rng, size: "".join(rng.choices(string.printable[:-2], k=size)).encode(),
    "letters and digits": lambda rng, size: "".join(rng.choices(string.ascii_letters + string.digits, k=size)).encode(),
    "base64": lambda rng, size: base64.b64encode(rng.randbytes(size * 3 // 4)),
    "base64 in lines": lambda rng, size: base64.encodebytes(rng.randbytes(size * 3 // 4)),
    "base64 of a text": lambda rng, size: base64.encodebytes(prose(rng, size)),
    "base64 of a key": lambda rng, size: (
        b"-----BEGIN PRIVATE KEY-----\n%s-----END PRIVATE KEY-----\n" % base64.encodebytes(rng.randbytes(size * 3 // 4))
    ),
    "data URI": lambda rng, size: b"data:image/png;base64," + base64.b64encode(rng.randbytes(size)),
    "base32": lambda rng, size: base64.b32encode(rng.randbytes(size * 5 // 8)),
    "base85": lambda rng, size: base64.b85encode(rng.randbytes(size * 4 // 5)),
    "hexadecimal": lambda rng, size: rng.randbytes(size // 2).hex().encode(),
    "hexadecimal with spaces": lambda rng, size: rng.randbytes(size // 2).hex(" ").encode(),
}
PACKED = {"deflate", "zlib", "gzip", "zstd", "bzip2", "lzma", "png", "woff", "pdf", "ciphered"}
"""These are cut to their size: what they are made of is longer."""


@pytest.mark.parametrize("kind", NOISE)
def test_noise_is_refused(kind: str) -> None:
    """30 blobs of each of 34 kinds: 1,020."""
    for seed in range(30):
        rng = random.Random(f"{kind} {seed}")
        size = 50_000 if seed == 29 else rng.choice(SIZES)
        blob = NOISE[kind](rng, size)
        with pytest.raises(NotText):
            clean(blob[:size] if kind in PACKED else blob)


@pytest.mark.parametrize("source", [b"\0\1", b"\1\0", b"\xff\0\x80"])
def test_two_bytes_that_are_no_letters_are_refused(source: bytes) -> None:
    with pytest.raises(BadInput):
        clean(source)


def read(source: bytes) -> str:
    """The text of a source that is not refused."""
    text, _ = decode(source)
    check(text)
    return text


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_texts_are_read(language: str) -> None:
    text, old = LANGUAGES[language]
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        assert read(text.encode(encoding)).lstrip("\ufeff") == text
    for encoding in set(old) - GUESSED_WRONG.get(language, set()):
        assert read(text.encode(encoding)) == text, encoding


GUESSED_WRONG = {"sq": {"cp1252"}}
"""In Albanian ë is nearly the only letter that is not plain: in other encodings it is another vowel."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_in_old_encodings_are_never_refused(language: str) -> None:
    """Words, a word a line, tables, code with a comment, stretches of a few letters."""
    text, encodings = LANGUAGES[language]
    words = text.split()
    for encoding in encodings:
        read("\n".join(words).encode(encoding))
        read("\n".join(f"{n} | {word} | {n * 37 % 91}" for n, word in enumerate(words)).encode(encoding))
        read(f"for n in range(10):\n    print(n)  # {text}\n    y[n] = x[n + 1] * 2\n".encode(encoding))
        read(f"{sample.PROSE[0]} {words[0]}".encode(encoding))
        for length in (1, 2, 3, 5, 8, 12, 20, 30, 45):
            part = text[len(text) // 2 :][:length]
            if part.strip():
                read(part.encode(encoding))


@pytest.mark.parametrize("language", sorted(justext.get_stoplists()))
def test_words_alone_are_text(language: str) -> None:
    words = sorted(justext.get_stoplist(language))
    random.Random(language).shuffle(words)
    words = words[:40]
    for text in ("\n".join(words), " ".join(words) + ".", f"{words[0]} {words[1]}"):
        assert read(text.encode()) == text
        assert read(text.encode()[:-1]).rstrip("\ufffd") in text, "cut in a letter"
    if language != "Chuvash":  # this list has Latin letters among the Cyrillic: without a mark that is no UTF-16
        assert read(" ".join(words).encode("utf-16-le")) == " ".join(words)


def odd_texts() -> Iterator[tuple[str, str]]:
    """Texts of other things than sentences, made anew each time from the same seed."""
    rng = random.Random(11)
    code = "\n".join(map(inspect.getsource, (textwrap, base64, random, json))).splitlines()
    for _ in range(60):
        begin = rng.randrange(len(code) - 30)
        yield "code", "\n".join(code[begin : begin + rng.choice([4, 8, 20])]) + "\n# end"
        yield "numbers", "\n".join("\t".join(f"{rng.random() * 99:.3f}" for _ in range(6)) for _ in range(12))
        yield "integers", "\n".join("\t".join(str(rng.randrange(10**6)) for _ in range(6)) for _ in range(12))
        key = base64.b64encode(rng.randbytes(rng.choice([60, 300, 3_000]))).decode()
        yield "base64 in prose", f"The key of the ferry's site is below.\n\n{key}\n\nPut it where the old one was."
        lines = base64.encodebytes(rng.randbytes(400)).decode()
        yield "base64 below a line", f"To check the file, take this:\n\n{lines}"
        yield "sums", "\n".join(f"{rng.randbytes(32).hex()}  ferry-{n}.4.tar.gz" for n in range(8))
        yield "long sums", "\n".join(f"{rng.randbytes(64).hex()}  ferry-{n}.4.tar.gz" for n in range(8))
        yield (
            "addresses",
            "\n".join(f"https://lindow.example/{n}/the-bridge?id={rng.getrandbits(40):x}" for n in range(8)),
        )
        yield (
            "colours",
            "\n".join(f"{word}: #{rng.getrandbits(24):06x};" for word in ("sea", "sky", "bark", "moss", "sand")),
        )
        yield "DNA", "\n".join("".join(rng.choices("ACGT", k=60)) for _ in range(8))
        yield "answers", "\n".join(f"{n}. {rng.choice('ABCDE')}" for n in range(60))
        yield "telephones", "\n".join(f"+49 30 {rng.randrange(10**7)}" for _ in range(15))
    yield "emoji", "😀 😃 😄 😁 😆 😅 🤣 😂 🙂 🙃 🫠 😉 😊 😇 🥰"
    yield "formulas", "∀x∈ℝ: x² ≥ 0 ∧ ∃ε>0 ∀δ: |f(x)−f(y)| < ε ⇒ ∑ᵢ aᵢ = ∫₀¹ φ(t) dt"
    yield "a drawn table", "┌──────┬──────┐\n│ a    │ b    │\n├──────┼──────┤\n│ 1    │ 2    │\n└──────┴──────┘"
    yield "sounds", "ðə ˈbɹɪdʒ ɪz ˈʃʌt ənd ðə ˈfɛɹi ˈɹʌnz ənˈtɪl ˈspɹɪŋ"
    yield (
        "chess",
        "1. e4 e5 2. Nf3 Nc6 3. Bb5 a6 4. Ba4 Nf6 5. O-O Be7 6. Re1 b5 7. Bb3 d6 8. c3 O-O 9. h3 Nb8 10. d4" * 3,
    )
    yield "chords", "C G Am F\nC G F C\nDm F C G\n" * 8
    yield "a tablature", "e|-----0-----0--|\nB|---1-----1----|\nG|-0-----2------|\n" * 5
    yield "Roman numbers", "\n".join(["I", "II", "III", "IV", "V", "VI", "VII"] * 9)
    yield (
        "a pattern",
        r"^(?:[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*)@(?:[a-z0-9]+\.)+[a-z]{2,}$",
    )
    yield "Morse", "... --- ... / - .... . / ..-. . .-. .-. -.-- / .-. ..- -. ..."
    yield "runes", "ᛁᚳ᛫ᛗᚨᚷ᛫ᚷᛚᚨᛋ᛫ᛖᚩᛏᚪᚾ᛫ᚩᚾᛞ᛫ᚻᛁᛏ᛫ᚾᛖ᛫ᚻᛖᚪᚱᛗᛁᚪᚧ᛫ᛗᛖ"
    yield "braille", "⠊⠀⠉⠁⠝⠀⠑⠁⠞⠀⠛⠇⠁⠎⠎⠀⠁⠝⠙⠀⠊⠞"
    yield "struck over", "N\bNA\bAM\bME\bE\n     ls - list directory contents of the ferry\n"
    yield "a terminal", "\x1b[1mThe ferry\x1b[0m is \x1b[31mlate\x1b[0m today, they said."
    yield "a poem", "The ferry\nis late,\nthe gulls\nare loud,\nthe rope\nis wet."


def test_texts_of_all_kinds_are_text() -> None:
    refused: Counter[str] = Counter()
    for kind, text in odd_texts():
        try:
            assert read(text.encode()) == text, kind
        except NotText:
            refused[kind] += 1
    assert not refused


def shades(rng: random.Random, mean: int, width: int, size: int) -> bytes:
    """The points of a picture without a head: each is near the one before it."""
    out, shade = bytearray(), mean
    for _ in range(size):
        shade = min(mean + width, max(mean - width, shade + rng.randint(-9, 9)), 255)
        out.append(max(33, shade))
    return bytes(out)


@pytest.mark.parametrize("mean", [130, 160, 200, 230])
@pytest.mark.parametrize("width", [20, 70])
def test_a_picture_without_a_head_is_refused(mean: int, width: int) -> None:
    rng = random.Random(f"{mean} {width}")
    for size in (1_000, 5_000, 40_000):
        with pytest.raises(BadInput):
            clean(shades(rng, mean, width, size))


@pytest.mark.parametrize("form", ["%{:02X}", "={:02X}", "\\x{:02x}", "\\u{:04x}", "{:08b}", "{:08b}\n"])
def test_bytes_written_as_escapes_or_bits_are_refused(form: str) -> None:
    data = "".join(map(form.format, random.Random(form).randbytes(900)))
    for source in (data, f"<html><head><title>Data</title></head><body><p>{data}</p></body></html>"):
        with pytest.raises(BadInput):
            clean(source)


def test_a_page_of_data_in_letters_is_refused_as_html_too() -> None:
    data = base64.b64encode(random.Random(4).randbytes(2_000)).decode()
    for inside in (f"<p>{data}</p>", f"<article><h1>Download</h1><pre>{data}</pre></article>"):
        with pytest.raises(BadInput, match="data in letters"):
            clean(f"<!DOCTYPE html><html><body>{inside}</body></html>")


@pytest.mark.parametrize(
    "text",
    [
        "0 1 0 1 1 0\n" * 30,
        "Escape it: %20 is a space, %2F a slash, %C3%A9 an é, and the harbour's form sends all of them. " * 3,
        "b'\\xde\\xad\\xbe\\xef' is what the ferry's radio sends first, and then the hour as ten bits: 0110100101. "
        * 2,
    ],
)
def test_texts_about_them_are_read(text: str) -> None:
    assert clean(text)
