"""Bytes to text, HTML told from text, and the lines of a text."""

import lzma
import random
import time
import zlib
from collections.abc import Callable

import pytest
import sample

from cleaners import BadInput, Cleaner, NotText, clean
from cleaners.source import decode, looks_like_html

PROSE, MORE, _ = sample.PROSE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_bytes_are_read_in_their_encoding(encoding: str) -> None:
    said = "Élus et pêcheurs ont débattu « très tard », dit le maire. "
    page = "Le conseil ferme le pont de Lindow à midi\n\n" + said * 3
    (article,) = clean(page.encode(encoding))
    assert article.text.startswith("Élus et pêcheurs ont débattu « très tard »")


def test_html_in_a_declared_encoding() -> None:
    body = f"<p>Größe über alles: {PROSE}</p><p>{MORE}</p><p>{PROSE} Straßen.</p>"
    head = '<head><meta charset="iso-8859-1"><title>Brücke</title></head>'
    page = f"<html>{head}<body><article>{body}</article></body></html>"
    assert "Größe über alles" in clean(page.encode("iso-8859-1"))[0].text


def test_text_with_a_stray_tag_is_text_and_a_fragment_of_html_is_html(cleaner: Cleaner) -> None:
    assert cleaner.label(f"{PROSE} He typed <b>stop</b> and <br> left.").kind == "text"
    assert cleaner.label(f"<p>{PROSE}</p><p>{MORE}</p>").kind == "html"
    assert cleaner.label(f"\ufeff<!-- saved -->\n<!DOCTYPE html><body><p>{PROSE}</p></body>").kind == "html"


def test_a_line_end_inside_a_paragraph_stays_where_the_source_tells_the_two_apart() -> None:
    poem = "The ferry is late,\nthe gulls are loud,\nthe rope is wet."
    assert clean(f"{PROSE}\n\n{poem}\n\n{MORE}")[0].text == f"{PROSE}\n\n{poem}\n\n{MORE}"
    assert clean(f"{PROSE}\n{MORE}")[0].text == f"{PROSE}\n\n{MORE}"


@pytest.mark.parametrize(
    "name", ["utf-16", "utf-32", "cp500", "undefined", "punycode", "utf-7", "rot13", "hex", "mbcs", "x"]
)
def test_an_encoding_that_cannot_be_is_not_believed(name: str) -> None:
    text, _ = decode(f"<html><meta charset={name}><p>{'Über Öl und Ähren sprach man. ' * 20}".encode("cp1252"))
    assert "sprach man" in text


@pytest.mark.parametrize(
    "build", [lambda n: "</html>" + "<!---->" * n + "x", lambda n: "<!--" * n, lambda n: "<!---->" * n]
)
def test_telling_html_from_text_costs_linear_time(build: Callable[[int], str]) -> None:
    begin = time.process_time()
    looks_like_html(build(200_000))
    assert time.process_time() - begin < 1


def noise(rng: random.Random, size: int) -> bytes:
    """Bytes that are no text: random, compressed, encrypted, or of a picture without its beginning."""
    plain = " ".join(f"{rng.choice(PROSE.split())} {rng.random()}" for _ in range(size)).encode()
    key = rng.randbytes(16)
    return rng.choice(
        [
            lambda: rng.randbytes(size),
            lambda: zlib.compress(plain)[2:],
            lambda: lzma.compress(plain, lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2}])[8:],
            lambda: bytes(byte ^ key[n % 16] for n, byte in enumerate(plain[:size])),
            lambda: bytes(min(255, max(0, int(rng.gauss(128, 60)))) for _ in range(size)),
        ]
    )()[:size]


@pytest.mark.parametrize("seed", range(8))
def test_what_is_no_text_is_refused(seed: int) -> None:
    rng = random.Random(seed)
    for size in (200, 300, 400, 500, 700, 1_000, 1_500, 2_000, 8_000, 50_000):
        source = noise(rng, size)
        with pytest.raises(NotText):
            clean(source)
    with pytest.raises(BadInput):
        clean(rng.choice([b"\x00\x01", b"\x01\x00", b"\xff\x00\x80"]))


IN_OLD_ENCODINGS = {
    "cp1251": "Мост в Линдоу закрыли во вторник, и до весны его место займёт паром, сообщил совет города.",
    "koi8-r": "Мост в Линдоу закрыли во вторник, и до весны его место займёт паром, сообщил совет города.",
    "cp1253": "Η γέφυρα έκλεισε την Τρίτη και το πλοίο παίρνει τη θέση της, είπε το συμβούλιο.",
    "cp1255": "הגשר נסגר ביום שלישי, והמעבורת תחליף אותו עד האביב, כך הודיעה המועצה.",
    "cp1256": "أغلق الجسر يوم الثلاثاء وستحل العبارة محله حتى الربيع.",
    "cp874": "สะพานปิดตั้งแต่วันอังคาร และเรือข้ามฟากจะแล่นแทนจนถึงฤดูใบไม้ผลิ",
    "gb18030": "大桥周二关闭，渡轮将一直运行到春天，市议会周一表示。",
    "big5": "大橋週二關閉，渡輪將一直運行到春天，市議會週一表示。",
    "cp949": "다리는 화요일에 폐쇄되었고 봄이 올 때까지 나룻배가 그 자리를 대신한다.",
    "cp932": "橋は火曜日に閉鎖され、春までは渡し船が代わりを務める。",
    "cp1250": "Most zamknięto we wtorek, a do wiosny zastąpi go prom, ogłosiła rada miasta.",
    "cp1252": "Élus et pêcheurs ont débattu très tard, dit le maire à la presse.",
}


@pytest.mark.parametrize("encoding", IN_OLD_ENCODINGS)
def test_text_in_an_old_encoding_is_text_and_right_where_it_is_declared(encoding: str) -> None:
    line = IN_OLD_ENCODINGS[encoding]
    for text in (line, f"x = 1\n{line}", f"1 | 2 | 3\n{line}"):
        assert clean(text.encode(encoding))
    script = f"<script>{'var a = 1; ' * 600}</script>"  # 6.6 kB
    page = f"<html><head>{script}<meta charset={encoding}><title>Lindow</title></head><body><p>{line}</p></body></html>"
    assert clean(page.encode(encoding))[0].text == line


@pytest.mark.parametrize(
    "line", [*IN_OLD_ENCODINGS.values(), "Die Fähre fährt bis zum Frühling, sagte die Bürgermeisterin."]
)
def test_a_letter_that_was_cut_loses_itself_alone_and_is_counted(line: str) -> None:
    letter = next(c for c in reversed(line) if not c.isascii())
    source = f"<html><meta charset=utf-8><body><p>{line}</p><p>{line}".encode() + letter.encode()[:-1]
    (article,) = clean(source)
    assert line in article.text and article.text.count("\ufffd") == article.repairs["repair.lost"] == 1
    assert "repair.lost" not in clean(f"{line}\n\n{PROSE}".encode())[0].repairs


def test_a_label_means_what_browsers_take_it_for() -> None:
    head = "<html><head><meta charset={}></head><body><p>{}</p></body></html>"
    assert "“so”" in clean(head.format("iso-8859-1", f"He said “so”. {PROSE}").encode("cp1252"))[0].text
    assert (
        "镕基"
        in clean(head.format("gb2312", "朱镕基总理周二说，渡轮将一直运行到春天，大桥已经关闭。").encode("gbk"))[0].text
    )
    assert (
        "똠방"
        in clean(head.format("euc-kr", "똠방각하는 화요일에 다리를 건넜다고 시의회가 밝혔다.").encode("cp949"))[0].text
    )
