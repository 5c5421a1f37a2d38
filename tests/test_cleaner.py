"""The public calls, their errors, and the record."""

import json
import struct
import zlib

import pytest

from cleaners import BadInput, Cleaner, NoArticle, NotText, clean
from cleaners.page import RECORD, ROLES, Block, Page
from cleaners.pipeline import BOTH, run

PROSE = "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring."
MORE = "Workers will take up the deck in March, said the harbour master, and nobody expects the ferry to fill the gap."
PAGE = f"Lindow council votes to close the bridge\n\n{PROSE}\n\n{MORE}"


def test_a_text_gives_one_article() -> None:
    (article,) = clean(PAGE)
    assert article.title == "Lindow council votes to close the bridge"
    assert article.text == f"{PROSE}\n\n{MORE}"
    assert article.language == "en"
    assert article.removed == ()


def test_the_record_has_the_fields_in_their_order_and_is_json() -> None:
    record = clean(PAGE, url="https://www.lindow.example/news/1")[0].to_dict()
    assert tuple(record) == RECORD
    assert json.loads(json.dumps(record)) == record
    assert (record["url"], record["host"]) == ("https://www.lindow.example/news/1", "lindow.example")


def test_an_id_is_the_content_s_unless_it_is_given() -> None:
    assert clean(PAGE)[0].id == clean(PAGE)[0].id != clean(PAGE + " It rained.")[0].id
    (article,) = Cleaner().clean(PAGE, id="a/b.txt", name="a/b.txt")
    assert (article.id, article.page) == ("a/b.txt", "a/b.txt")


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
    ("broken", "mended", "by"),
    [
        ("The mayor\u00a0 said  so", "The mayor said so", "repair.space"),
        ("Itâ€™s over", "It’s over", "repair.encoding"),
        ("Fish &amp;amp; chips", "Fish & chips", "repair.encoding"),
        ("co\u00adop\u200beration", "cooperation", "repair.invisible"),
        ("cafe\u0301 society", "café society", "repair.encoding"),
        ("According to Reuters , Microsoft agreed", "According to Reuters, Microsoft agreed", "repair.point"),
        ("bell\x07 rang", "bell rang", "repair.encoding"),
    ],
)
def test_every_repair_is_a_signed_edit(broken: str, mended: str, by: str, cleaner: Cleaner) -> None:
    page = cleaner.label(f"{broken}: {PROSE}")
    assert page.blocks[0].text == f"{mended}: {PROSE}"
    assert by in {edit.by for edit in page.blocks[0].edits}
    assert page.restore() == f"{broken}: {PROSE}"
    assert cleaner.clean(f"{broken}: {PROSE}")[0].repairs


@pytest.mark.parametrize(
    "line",
    [
        "Il a dit : « non » ; elle a ri !",
        "“Curly” — ‘quotes’ – stay… and ﬁne ligatures",
        "می‌خواهم",
        "👩‍🔬 at work",
        "ＡＢＣ　is one space",
        "see .NET and .5 and ... there",
    ],
)
def test_what_the_author_wrote_stays(line: str, cleaner: Cleaner) -> None:
    assert cleaner.label(f"{PROSE}\n\n{line}\n\n{MORE}").blocks[1].text == line.replace("\u3000", " ")


def test_adding_a_stage_is_one_function_and_one_line() -> None:
    def shouting(page: Page, _: object) -> None:
        """Lines that are all capitals are headings."""
        for block in page.kept():
            if block.text.isupper():
                block.label("heading", "shouting")

    page = Page("text", [Block("THE BRIDGE", 0), Block(PROSE, 12)])
    run(page, Cleaner().matcher, (*BOTH, shouting))
    assert [(b.role, b.by) for b in page.blocks] == [("heading", "shouting"), ("body", "")]


def test_roles_are_those_of_the_design() -> None:
    assert {"title", "kicker", "standfirst", "byline", "date", "body", "heading", "caption", "chrome"} <= set(ROLES)
