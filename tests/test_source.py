"""Bytes to text, HTML told from text, and the lines of a text."""

import time
from collections.abc import Callable

import pytest
import sample

from cleaners import Cleaner, clean
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
