"""What trafilatura takes for the article, what is done where it fails, and what is said of the rest."""

import logging
import subprocess
import sys

import pytest
from html_page import FOUR, ONE, THREE, TWO, article, body, heard, paragraphs
from sample import ROOT

from cleaners.html import read, voices
from cleaners.signers import SIGNERS


def test_what_stands_outside_says_how_much_of_it_was_taken_and_where_it_stands() -> None:
    page = article(middle="<aside><p>Buy a boat</p></aside>")
    why = {block.raw: block.why for block in page.blocks if block.by == "extract.outside"}
    assert why["Home"] == "In <nav>, outside article of the prose; trafilatura 0 %."
    assert why["Buy a boat"] == "In <aside>, inside article of the prose; trafilatura 0 %."


def test_a_block_of_which_half_was_taken_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    half = "Nobody on the quay was told of it, and the inn stayed shut for the rest of the week."
    told = f"<aside><p>{half} {half[::-1]}</p></aside>"  # elsewhere the block scorer would have its say
    page = heard(monkeypatch, paragraphs(ONE, TWO) + told + paragraphs(THREE, FOUR), ONE, TWO, half, THREE, FOUR)
    (why,) = {block.why for block in page.blocks if block.raw.startswith(half)}
    assert why == "In <aside>, inside article of the prose; trafilatura 50 %."


def test_what_trafilatura_was_not_asked_about_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "LONGEST_PAGE", 100)
    (why,) = {block.why for block in article().blocks if block.raw == "Home"}
    assert why == "In <nav>, outside article of the prose; trafilatura was not asked."


def test_where_trafilatura_fails_the_main_element_is_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: None)
    page = article("<h2>Soup</h2>")
    assert body(page) == [ONE, TWO, "Soup", THREE, FOUR]
    assert [b.raw for b in page.blocks if b.by == "extract.container"] == [ONE, TWO, THREE, FOUR]


def test_where_trafilatura_raises_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    assert body(article()) == [ONE, TWO, THREE, FOUR]


def test_what_the_signer_says_is_what_decides() -> None:
    assert f"less than {100 * voices.FOUND:.0f} %" in SIGNERS["extract.outside"].why


@pytest.mark.processes
@pytest.mark.parametrize("level", [logging.NOTSET, logging.WARNING])
def test_who_has_set_how_loud_trafilatura_is_is_heard(level: int) -> None:
    code = (
        "import logging\n"
        f"logging.getLogger('trafilatura').setLevel({level})\n"
        "import cleaners.html.voices\n"
        "print(logging.getLogger('trafilatura.core').getEffectiveLevel())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert int(done.stdout) == (level or logging.CRITICAL)
