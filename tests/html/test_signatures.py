"""Lines that sign an article; and who wrote a piece of news, by its head, in many languages: news_heads.toml."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from html_page import ONE, THREE, TITLE, TWO, URL, ld, page_of, paragraphs

from cleaners import Cleaner
from cleaners.html.signatures import labelled_in, reviewed_in, titled_in, with_job

HEADS = tomllib.loads(Path(__file__).with_name("news_heads.toml").read_text(encoding="utf-8"))["head"]
SITE = "<meta property='og:site_name' content='The Lindow Post'>"


@pytest.mark.parametrize("head", HEADS, ids=[head["what"] for head in HEADS])
def test_who_wrote_it(cleaner: Cleaner, head: dict[str, Any]) -> None:
    stated = ld(author=json.loads(head["ld"])) if "ld" in head else ""
    inside = f"<h1>{TITLE}</h1>{head.get('above', '')}{paragraphs(ONE, TWO, THREE)}{head.get('below', '')}"
    (article,) = cleaner.clean(page_of(inside, SITE + stated + head.get("head", "")), URL)
    assert article.authors == tuple(head["authors"])


OUTLET = "<meta name='author' content='The Lindow Post'>"
SHOWN = [head for head in HEADS if head["authors"] and "above" in head and "ld" not in head]


@pytest.mark.parametrize("head", SHOWN, ids=[head["what"] for head in SHOWN])
def test_who_is_shown_goes_before_the_outlet_that_is_stated(cleaner: Cleaner, head: dict[str, Any]) -> None:
    inside = f"<h1>{TITLE}</h1>{head['above']}{paragraphs(ONE, TWO, THREE)}"
    (article,) = cleaner.clean(page_of(inside, SITE + OUTLET), URL)
    assert article.authors == tuple(head["authors"])


@pytest.mark.parametrize(
    "line",
    [
        "Автор: весна и лето",
        "Text: all about the ferry",
        "De Lindow Post",
        "记者招待会",
        "记者：这是一句很长的话，没有名字",
        "어느 기자 회견",
        "Reporter: the ferry is late",
        "Analysis by the harbour office",
        "בית הספר",
    ],
)
def test_what_signs_nothing(line: str) -> None:
    assert labelled_in([line]) == titled_in([line]) == reviewed_in([line]) == with_job(line) == ()
