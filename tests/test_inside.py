"""What a site prints between the paragraphs of an article goes, and what the article itself says stays.

inside.toml has the lines, by language, each to be set between two paragraphs: `hits` and `misses`; `about` has articles
that speak of such things themselves. What stays today stands in LEFT.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import pytest

from cleaners import Cleaner
from cleaners.words import key

LANGUAGES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("inside.toml").read_text(encoding="utf-8"))
ABOUT: dict[str, Any] = LANGUAGES.pop("about")
ROUTES = ("text", "html")
LEFT = [
    "en: Don't miss out: download our app now",
    "fr: Téléchargez l’application de notre journal",
    "zh: 点击下载客户端",
    "ja: 公式チャンネルを登録する",
    "ja: 続きは広告の後で",
    "ja: 公式Xをフォローする",
    "ko: 공식 앱을 다운로드하세요",
]
"""Not the site's for sure: how to get the app of a bank is told in such words."""
WIDGETS = (
    "Was this helpful?",
    "Loading…",
    "Wird geladen …",
    "Chargement…",
    "Cargando…",
    "Загрузка…",
    "読み込み中…",
    "Yükleniyor…",
)


def lines(kind: str) -> Iterator[tuple[str, list[str], str]]:
    for language, lines in [*LANGUAGES.items(), *(ABOUT.items() if kind == "misses" else ())]:
        for line in lines[kind]:
            yield language, lines["prose"], line


def page(route: str, language: str, paragraphs: list[str]) -> str:
    if route == "text":
        return "\n\n".join(paragraphs)
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return f'<html lang="{language}"><body><main><article>{body}</article></main></body></html>'


@cache
def left(route: str, kind: str, cleaner: Cleaner) -> dict[str, bool]:
    """Each line, with whether it is in the article."""
    found = {}
    for language, (above, below), line in lines(kind):
        kept = {key(block.text) for block in cleaner.label(page(route, language, [above, line, below])).kept()}
        assert {key(above), key(below)} <= kept, line
        found[f"{language}: {line}"] = key(line) in kept
    return found


@pytest.mark.parametrize("route", ROUTES)
def test_what_the_site_says_goes(route: str, cleaner: Cleaner) -> None:
    assert [line for line, stays in left(route, "hits", cleaner).items() if stays] == LEFT


@pytest.mark.parametrize("route", ROUTES)
def test_what_the_article_says_stays(route: str, cleaner: Cleaner) -> None:
    assert [line for line, stays in left(route, "misses", cleaner).items() if not stays] == []


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("widget", WIDGETS)
def test_prose_behind_a_widget_stays(route: str, widget: str, cleaner: Cleaner) -> None:
    above, below = LANGUAGES["en"]["prose"]
    (article,) = cleaner.clean(page(route, "en", [above, widget, below]))
    assert {above, below} <= {*article.text.split("\n\n")}


def test_there_are_enough_of_them() -> None:
    assert len(LANGUAGES) >= 25
    assert len(list(lines("hits"))) >= 200
    assert len(list(lines("misses"))) >= 200
