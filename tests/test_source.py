"""Bytes to text, HTML told from text, and the lines of a text."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
import sample

from cleaners import Cleaner, NotText, clean
from cleaners.source import codec, declared, decode, looks_like_html

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


@pytest.mark.parametrize(
    ("label", "known"),
    [
        *(("latin1", "cp1252"), (" ISO-8859-1 ", "cp1252"), ("us-ascii", "cp1252"), ("x-cp1251", "cp1251")),
        *(("gb2312", "gb18030"), ("gb_2312-80", "gb18030"), ("x-gbk", "gb18030"), ("cn-big5", "big5hkscs")),
        *(("ks_c_5601-1989", "cp949"), ("windows-31j", "cp932"), ("x-sjis", "cp932"), ("koi", "koi8-r")),
        *(("iso-8859-8-i", "iso8859-8"), ("dos-874", "cp874"), ("mac", "mac-roman"), ("UTF8", "utf-8")),
        *(("utf-16", "utf-16-le"), ("hz-gb-2312", "hz"), ("iso-2022-kr", "iso2022_kr"), ("cp852", "cp852")),
        *(("utf-7", None), ("hex", None), ("x-user-defined", None), ("replacement", None), ("", None), ("none", None)),
    ],
)
def test_labels_are_the_standards_and_those_of_older_text(label: str, known: str | None) -> None:
    assert codec(label) == known


@pytest.mark.parametrize("encoding", ["iso2022_jp", "iso2022_kr", "hz"])
def test_encodings_without_a_high_byte_are_read(encoding: str) -> None:
    line = {"iso2022_jp": IN_OLD_ENCODINGS["cp932"], "iso2022_kr": IN_OLD_ENCODINGS["cp949"]}.get(
        encoding, IN_OLD_ENCODINGS["gb18030"]
    )
    assert decode(f"{line}\n{line}".encode(encoding))[0] == f"{line}\n{line}"
    for plain in (
        "The path is ~/boats, and ~{braces} are none.",
        "cd ~{home}; echo ~{1..3}~",
        "A \x1b$ in a terminal.",
    ):
        assert decode(plain.encode()) == (plain, "utf-8")


@pytest.mark.parametrize("encoding", IN_OLD_ENCODINGS)
def test_an_old_encoding_is_seen_behind_much_script_and_past_a_bad_byte(encoding: str) -> None:
    line = IN_OLD_ENCODINGS[encoding]
    head = f"<html><head><script>{'var a = 1; ' * 7_000}</script></head><body><p>"  # 77 kB
    assert line in decode(f"{head}{line}</p></body></html>".encode(encoding))[0]
    head = f"<html><head><title>{line}</title><script>{'var a = 1; ' * 7_000}</script><style>p{{}}</style></head><body>"
    assert decode(f"{head}<p>{line}</p></body></html>".encode(encoding))[0].count(line) == 2
    if encoding not in ("cp1253", "cp1255"):  # with 0xFF, which these do not have, chardet sees others of one byte
        assert decode(f"{line}\n".encode(encoding) * 5 + b"\xff\n")[0].count(line) == 5


@pytest.mark.parametrize("open_", ["<script>", "</script", "<style ", "<", "~{", "\x1b$", "<!--"])
def test_to_guess_an_encoding_costs_linear_time(open_: str) -> None:
    begin = time.process_time()
    with suppress(NotText):
        decode((f"{open_} " * 100_000 + "Die Fähre fährt bis zum Frühling.").encode("cp1252"))
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line", [PROSE, *IN_OLD_ENCODINGS.values()])
def test_utf_16_without_a_mark_that_was_cut(encoding: str, line: str) -> None:
    assert decode(f"{line} {line}".encode(encoding)[:-1]) == (f"{line} {line}"[:-1] + "\ufffd", encoding)


def test_what_a_server_says_stands_behind_the_bytes_and_before_the_page() -> None:
    line = IN_OLD_ENCODINGS["cp1251"]
    source = f"<meta charset=koi8-r><p>{line}".encode("cp1251")
    assert declared(source, "windows-1251") == source.decode("cp1251")
    assert declared(line.encode(), "windows-1251") is None, "valid UTF-8"
    assert declared(line.encode()[:-2] + b"\xd0.", "windows-1251") is None, "UTF-8 with a bad byte"
    assert declared("\ufeffa".encode("utf-16"), "windows-1251") is None, "a mark"
    assert declared(source, "euc-jp") is None and declared(source, "nonsense") is None
    japanese = IN_OLD_ENCODINGS["cp932"]
    assert japanese in (declared(japanese.encode("cp932") + b"\x81", "shift_jis") or ""), "one letter cut"


@pytest.mark.parametrize(
    "before",
    [
        "<!-- before the move: <meta charset='koi8-r'> -->",
        "<!--><!-- <meta charset=koi8-r> --!>",
        "<script>head += '<meta charset=\"koi8-r\">'</script>",
        "<style>/* <meta charset=koi8-r> */</style>",
        "<!-- <script> --><script><!-- <meta charset=koi8-r> --></script>",
    ],
)
def test_what_a_comment_or_a_script_declares_is_no_declaration(before: str) -> None:
    said = "Паром вышел из Линдова в девять часов, как и всегда, и вернулся к вечеру с грузом соли. " * 3
    page = (
        f"<html><head>{before}<meta charset='windows-1251'></head><body><article><p>{said}</p></article></body></html>"
    )
    assert "Паром вышел из Линдова" in clean(page.encode("windows-1251"))[0].text
    assert decode(f"{before}<p>{said}".encode("koi8-r"))[0].endswith(said), "the only one is better than none"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp1253", "cp1255", "cp1256", "cp874", "gb18030", "cp932"])
@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "windows-1250", "iso-8859-15"])
def test_letters_of_another_script_are_not_latin_whatever_is_declared(encoding: str, label: str) -> None:
    line = IN_OLD_ENCODINGS[encoding]
    page = f"<html><head><meta charset={label}><script>{'var a = 1; ' * 99}</script></head><body><p>{line} {line}</p>"
    assert line in decode(page.encode(encoding))[0]
    assert declared(page.encode(encoding), label) is None
    assert declared(f"<p>{IN_OLD_ENCODINGS['cp1252']}".encode("cp1252"), "iso-8859-1")
    assert declared(("• ·\xa0\xa0– " * 99 + IN_OLD_ENCODINGS["cp1252"]).encode("cp1252"), "iso-8859-1"), "a menu"


@pytest.mark.parametrize("encoding", ["cp1251", "cp1252", "cp932", "gb18030"])
def test_a_mark_of_utf_8_before_something_else_is_a_templates(encoding: str) -> None:
    line = IN_OLD_ENCODINGS[encoding]
    page = f"<html><meta charset={encoding}><body><p>{line}</p></body></html>"
    assert decode(b"\xef\xbb\xbf" + page.encode(encoding))[0] == page
    assert decode(b"\xef\xbb\xbf" + page.encode())[0] == f"\ufeff{page}"
    assert decode(b"\xef\xbb\xbf" + line.encode() + b"\xff")[0] == f"\ufeff{line}\ufffd", "UTF-8 with a bad byte"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16-le", "utf-16"])
def test_a_page_in_a_larger_block_ends_before_it(encoding: str) -> None:
    line = IN_OLD_ENCODINGS["cp1251"]
    for size in (2_048, 65_536):
        text, _ = decode(f"<meta charset={encoding}><p>{line}</p>".encode(encoding).ljust(size, b"\0"))
        assert line in text and text.rstrip("\0").endswith("</p>") and len(text) < 200
    assert line in clean(f"<p>{line}</p><p>{line}</p>" + "\0" * 4_000)[0].text


def test_euc_jp_has_the_signs_that_browsers_read_in_it() -> None:
    line = "①番の船は㈱リンドウのもので、Ⅱ号は春まで動かない。"
    page = f"<meta charset=euc-jp><p>{line}</p>".encode("euc_jis_2004")
    assert line in decode(page)[0]


@pytest.mark.parametrize(
    ("meta", "known"),
    [
        ("<meta name=description content='all about charset=koi8-r'>", None),
        ('<meta name="keywords" content="charset=koi8-r, letters"><meta charset=windows-1251>', "cp1251"),
        ("<meta property='og:title' content='What charset=koi8-r was'/><meta charset='windows-1251'/>", "cp1251"),
        ("<meta content='text/html;charset=windows-1251' http-equiv='Content-Type'>", "cp1251"),
        ('<meta http-equiv="Content-Type"content="text/html; charset=windows-1251">', "cp1251"),
        ("<meta http-equiv=content-type content=text/html;charset=windows-1251>", "cp1251"),
        ("<meta name=a content='a > b' charset = 'windows-1251' />", "cp1251"),
        ("<META CHARSET=windows-1251>", "cp1251"),
        ("<?xml version='1.0' encoding='windows-1251'?>", "cp1251"),
    ],
)
def test_only_a_declaration_declares(meta: str, known: str | None) -> None:
    line = "Élus et pêcheurs ont débattu très tard, dit le maire à la presse."
    text, read = decode(f"<html><head>{meta}</head><body><p>{line}".encode("cp1252"))
    assert read == known if known else line in text


@pytest.mark.parametrize("start", ["<meta ", "<meta content='", '<meta a="', "<meta a='b' ", "<meta content=a/b "])
def test_to_look_for_a_declaration_costs_linear_time(start: str) -> None:
    begin = time.process_time()
    with suppress(NotText):
        decode((start * 12_000 + "Die Fähre fährt bis zum Frühling.").encode("cp1252"))
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("before", ["", "\n", "\ufeff", " \r\n"])
@pytest.mark.parametrize(
    "opening", ["%PDF-1.4\n1 0 obj\n", "%!PS-Adobe-3.0\n", "{\\rtf1\\ansi ", "<svg xmlns='x'><text>", "b'<p>"]
)
def test_a_file_whose_text_is_among_instructions_is_no_article(before: str, opening: str) -> None:
    for source in (f"{before}{opening}{PROSE} {MORE}", f"{before}{opening}{PROSE} {MORE}".encode()):
        with pytest.raises(NotText, match=r"extract its text first|decode them first"):
            clean(source)
    assert clean(f"{PROSE} It begins with {opening.strip()}.")
