"""What hostile pages are made of: two witnesses, and builders that take a size. `hostile.KINDS` is written in them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Literal

FIRST = "The ferry to Lindow left at nine, as it had done on every weekday since the pier was mended in the spring."
LAST = "Nobody stood on the quay but the harbour master, who wrote the hour in his book and went back to his breakfast."
SENTENCE = (
    "By noon the wind had turned, and the second boat of the day, said the company, would wait until the evening."
)
TITLE = "Ferry leaves Lindow on time"

End = Literal["article", "refused", "either"]


@dataclass(frozen=True)
class Kind:
    """One kind of hostile page."""

    name: str
    build: Callable[[int], str | bytes]
    small: int
    full: int
    end: End = "article"
    url: str | None = None


def html(middle: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>'
        f"<p>{FIRST}</p>{middle}<p>{LAST}</p></article></body></html>"
    )


def text(middle: str) -> str:
    return f"{FIRST}\n\n{middle}\n\n{LAST}\n"


def words(characters: int) -> str:
    """Running text, no two sentences the same."""
    out, size, n = [], 0, 0
    while size < characters:
        n += 1
        out.append(f"On day {n} of the strike {n * 7919 % 1000} workers came to the gate, and the bridge stayed shut. ")
        size += len(out[-1])
    return "".join(out).strip()


def deep(tag: str, inside: str = "") -> Callable[[int], str]:
    return lambda n: html(f"<{tag}>" * n + (inside or f"<p>{SENTENCE}</p>") + f"</{tag}>" * n)


def steps(n: int) -> str:
    """Text on every hundredth level of the way down."""
    return html(
        "".join(f"<div><p>Level {k}: {SENTENCE}</p>" if k % 100 == 0 else "<div>" for k in range(n)) + "</div>" * n
    )


def in_head(inside: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: html("", inside(n))


def in_html(middle: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: html(middle(n))


def in_text(middle: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: text(middle(n))


def times(piece: str) -> Callable[[int], str]:
    return lambda n: piece * n


def numbered(piece: str) -> Callable[[int], str]:
    """The piece n times, with its number in the place of #."""
    return lambda n: "".join(piece.replace("#", str(k)) for k in range(n))


def encoded(encoding: str, declared: str = "", bad: bytes = b"") -> Callable[[int], bytes]:
    meta = f'<meta charset="{declared}">' if declared else ""
    return lambda n: html(f"<p>{'Über Öl und Ähren. ' * n}</p>", meta).encode(encoding, "replace") + bad


def ld(value: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: html("", f'<script type="application/ld+json">{value(n)}</script>')


WRONG = (
    '{"@type":["NewsArticle",7,null],"headline":{"a":[1]},"author":[[],{"name":{"x":1}},7,null,"\\ud800"],'
    '"datePublished":[{}],"inLanguage":{"a":1}}'
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "laughter ">{LAUGHS}]>'
ZALGO = "".join(map(chr, range(0x300, 0x340)))
BIDI = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"


def stated(n: int) -> str:
    """A page of some text whose JSON-LD states another, longer one."""
    value = json.dumps({"@type": "Article", "headline": TITLE, "articleBody": words(n)[::-1]})
    return html(
        f"<p>{SENTENCE}</p>"
        + "<p>The inn sold forty plates of soup, the most in a year, and the cook was tired of it. </p>" * 9,
        f'<script type="application/ld+json">{value}</script>',
    )


def stated_too(n: int) -> str:
    """A page of many lines whose JSON-LD states the same ones."""
    lines = words(n).replace(". ", ".\n").split("\n")
    value = json.dumps({"@type": "Article", "headline": TITLE, "articleBody": "\n".join((FIRST, *lines, LAST))})
    return html("".join(f"<p>{line}</p>" for line in lines), f'<script type="application/ld+json">{value}</script>')


def opened(tag: str) -> Callable[[int], str]:
    """An element (or comment) that is never closed, with the rest of the page behind it."""
    return lambda n: html(f"<p>{SENTENCE}</p>" * n + tag + "x = 1; ")


def gzipped(n: int) -> bytes:
    return gzip.compress(html(f"<p>{SENTENCE}</p>" * n).encode(), mtime=0)


def frameset(n: int) -> str:
    return "<html><head><title>x</title></head><frameset>" + "<frame src='a.html'>" * n + "</frameset></html>"


def only(piece: str) -> Callable[[int], str]:
    return lambda n: f"<html><head><title>x</title></head><body>{piece * n}</body></html>"


def rows(n: int) -> str:
    return json.dumps([{"title": TITLE, "text": f"{FIRST} {k}", "n": k} for k in range(n)])


def mojibake(n: int) -> str:
    return "".join(islice(cycle("CafÃ© crÃ¨me â€œquotedâ€\u009d naÃ¯ve Ã¼ber a the "), n))


def articles(n: int) -> str:
    """Headline, prose, byline, over and over."""
    return "\n\n".join(
        f"Council votes on bridge {k} again\n\nDay {k}: {FIRST}\n\nDay {k}: {LAST}\n\nBy Ada Quill | The Lindow Post"
        for k in range(n)
    )
