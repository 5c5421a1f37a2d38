"""The lists of stages, and the loop that runs them."""

import pickle
import re
from pathlib import Path
from unittest import mock

import pytest
import sample
from html_page import FOUR, ONE, THREE, TITLE, TWO, Voice, ld, page_of, paragraphs
from hypothesis import given, settings
from pages_strategy import jumbles, marked, pages

from cleaners import BadInput, Cleaner, cleaner, pipeline
from cleaners.matching.match import Matcher
from cleaners.page import Block, Page
from cleaners.pipeline import BOTH, HTML, LAST, ONCE, run

PROSE = sample.PROSE[0]
CLEANER = Cleaner()
URL = "https://www.lindow.example/news/1"


def test_adding_a_stage_is_one_function_and_one_line() -> None:
    def shouting(page: Page, _: object) -> None:
        """Lines that are all capitals are headings."""
        for block in page.kept():
            if block.text.isupper():
                block.label("heading", "shouting")

    page = Page("text", [Block("THE BRIDGE", 0), Block(PROSE, 12)])
    run(page, Cleaner().matcher, (*BOTH, shouting))
    assert [(b.role, b.by) for b in page.blocks] == [("heading", "shouting"), ("body", "")]


def changes(page: Page, stage: pipeline.Stage, matcher: Matcher) -> bool:
    """Runs a stage, and says whether it changed anything. (To pickle a page takes a tenth of the time of a deep copy,
    but a string in another's place makes it another pickle.)"""
    before = pickle.dumps(page)
    stage(page, matcher)
    return pickle.dumps(page) != before and page != pickle.loads(before)


def unsettled(source: str) -> list[str]:
    """The stages that change something where they are run again over what they left: those that are run once, there and
    then; those that are run until none finds more, at the end."""
    try:
        page = cleaner._read(source, URL)
    except BadInput:
        return []
    found, matcher, read = [], CLEANER.matcher.for_page(), pickle.dumps(page)
    for stage in ONCE[page.kind]:
        for part in page.parts if stage in HTML and page.parts else [page]:
            stage(part, matcher)
            if changes(part, stage, matcher):
                found.append(f"{stage.__module__}.{stage.__name__}")
    page = pickle.loads(read)
    run(page, CLEANER.matcher)
    settled = (stage for stage in (*BOTH, *LAST) if changes(page, stage, matcher))
    return found + [f"{stage.__module__}.{stage.__name__} (settled)" for stage in settled]


def unsettled_html(html: str, lines: list[str]) -> list[str]:
    """The same of a page of which an extractor takes these lines."""
    with mock.patch("trafilatura.bare_extraction", lambda *_, **__: Voice(*lines)):
        return unsettled(html)


OF_AUTHOR = [f"<p><em>Ann Marsh is a reporter at the Post, number {n}.</em></p>" for n in range(6)]
LINKS = [f"The soup of Lindow, part {n} of nine" for n in range(6)]
LISTS = [f"<h3>Soup {n}</h3><ul><li><a href='/{n}'>{a}</a></li><li><a href='/{n}'>{b}</a></li></ul>"
         for n, (a, b) in enumerate(zip(LINKS[::2], LINKS[1::2], strict=True))]  # fmt: skip
PATHS = [f"{URL}/{n}" for n in range(5)]
SIX = [ONE, TWO, THREE, FOUR, f"{ONE} {TWO}", f"{THREE} {FOUR}"]
ALL = paragraphs(*SIX)
SITE = "<meta property='og:site_name' content='Lindow Post'>"
MORE = "<section class='more'>"
SET_OFF = {
    "title, twice": f"<p>{TITLE}</p><h2>{TITLE}</h2>{ALL}",
    "caption and credit": f"<p>{ONE}</p><figure><p>A boat</p></figure><p class='credit caption'>Ada</p>{ALL}",
    "own address, five times": f"{paragraphs(*PATHS)}{ALL}",
    "box in a box": f"{ALL}<div class='sidebar'>{paragraphs(ONE, ONE)}<div class='related'>{paragraphs(TWO, TWO, TWO)}"
    f"</div></div>{ALL}",
    "filed in, three times": ALL + "".join(f"<p>Filed in <a href='/{n}'>Soup {n}</a></p>" for n in range(3)),
    "headings of links": f"{ALL}{LISTS[0]}{LISTS[1]}{ALL}{LISTS[2]}",
    "heading over a heading over links": f"{ALL}<h2>More soups</h2><h3><a href='/0'>{LINKS[0]}</a></h3>"
    f"{''.join(f'<p><a href=/{n}>{LINKS[n]}</a></p>' for n in (1, 2))}{ALL}",
    "date and byline in one": f"<div class='post-date byline'>By Ann Marsh, 3 hours ago</div>{ALL}",
    "six notes": f"{ALL}{ALL}{''.join(OF_AUTHOR)}",
    "two signatures": f"{SITE}{ALL}<p><b>Lindow Post</b></p><p><b>Lindow Post</b></p>",
    "stated, below": f"{paragraphs(*SIX[:4])}{MORE}{paragraphs(*SIX[4:])}</section>",
}
"""Pages with what a stage may find once more when it is run again."""


@pytest.mark.parametrize("inside", SET_OFF.values(), ids=SET_OFF)
def test_a_stage_run_again_changes_nothing_of_what_sets_it_off(inside: str) -> None:
    every = [line for line in re.split("<[^>]*>", inside) if line]
    said = {"articleBody": "\n".join(SIX)} if MORE in inside else {}
    html = page_of(inside, ld(**said, **({} if SITE in inside else {"author": "Ann Marsh"})))
    for lines in (every, [line for line in every if line not in SIX[4:]], every[:-2]):
        assert unsettled_html(html, lines) == []


TEXTS = [
    path
    for folder, every in (("whole_pages", 1), ("dumps", 4), ("fresh_dumps", 2))
    for path in sorted((sample.ROOT / "tests" / folder).glob("*.txt"))[::every]
]


@pytest.mark.parametrize("path", TEXTS, ids=[path.stem for path in TEXTS])
def test_a_stage_run_again_changes_nothing_of_whole_pages_and_dumps(path: Path) -> None:
    assert unsettled(path.read_text(encoding="utf-8")) == []


@settings(max_examples=60)
@given(jumbles())
def test_a_stage_run_again_changes_nothing(made: tuple[str, list[str]]) -> None:
    assert unsettled(made[0]) == []


@settings(max_examples=60)
@given(pages())
def test_a_stage_run_again_on_text_changes_nothing(source: str) -> None:
    assert unsettled(source) == []


@settings(max_examples=120)
@given(marked())
def test_a_stage_run_again_on_html_changes_nothing(made: tuple[str, list[str]]) -> None:
    assert unsettled_html(*made) == []
