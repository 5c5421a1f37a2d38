"""Pages of HTML made up for the tests: a ferry, its passengers, and what a site puts around them."""

import json
from typing import Any

import pytest

from cleaners.html.scored import scored
from cleaners.matching.match import compile_rules
from cleaners.matching.ruleset import RuleSet
from cleaners.page import Page
from cleaners.pipeline import HTML, read_html

ONE = "The ferry to Lindow left at nine, as it had done on every weekday since the pier was mended in the spring."
TWO = "Nobody stood on the quay but the harbour master, who wrote the hour in his book and went back to his breakfast."
THREE = "By noon the wind had turned, and the second boat of the day, said the company, would wait until the evening."
FOUR = "What the passengers did with the afternoon is not known; the inn sold forty plates of soup, the most in a year."
TITLE = "Ferry leaves Lindow on time"
NAV = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li><li><a href='/x'>Sea</a></li></ul></nav>"
FOOT = "<footer><p>© The Lindow Post. All rights reserved.</p><a href='/imprint'>Imprint</a></footer>"
URL = "https://www.lindow.example/news/1"


def extract(html: str, url: str | None = None) -> Page:
    """The page as the stages of HTML label it, before the lines themselves are read. Without the block scorer: it goes
    by how pages of many sites are made, and has tests of its own."""
    page, matcher = read_html(html, url), compile_rules(RuleSet(()))
    for stage in HTML:
        if stage is not scored:
            stage(page, matcher)
    return page


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page_of(inside: str, head: str = "", after: str = "") -> str:
    return (
        f"<!DOCTYPE html><html lang='en-GB'><head><title>{TITLE} | The Lindow Post</title>{head}</head><body>{NAV}"
        f"<main><article>{inside}</article></main>{after}{FOOT}</body></html>"
    )


def article(middle: str = "", below: str = "", head: str = "", after: str = "") -> Page:
    inside = f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO)}{middle}{paragraphs(THREE, FOUR)}{below}"
    return extract(page_of(inside, head, after), URL)


def signed(page: Page, text: str) -> tuple[str, str]:
    """(role, by) of the one block that reads so."""
    (found,) = [block for block in page.blocks if block.raw == text]
    return found.role, found.by


def body(page: Page) -> list[str]:
    return [block.text for block in page.blocks if block.kept]


class Voice:
    """What trafilatura gives, made up: all it was given is the article."""

    author = title = date = sitename = None

    def __init__(self, *lines: str) -> None:
        self.text = "\n".join(lines)


def heard(monkeypatch: pytest.MonkeyPatch, inside: str, *lines: str, head: str = "", after: str = "") -> Page:
    """The page as it is labelled where trafilatura took exactly these lines."""
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: Voice(*lines))
    return extract(page_of(f"<h1>{TITLE}</h1>{inside}", head, after), URL)


def ld(**entry: Any) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **entry})}</script>"
