"""The text that a page states in its JSON-LD, against what was extracted."""

import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, body, heard, ld, paragraphs, signed

TEXTS = (ONE, TWO, THREE, FOUR)


APPEAL = "Soup keeps this paper warm: give what you can, so that we may write about it for another year."


def stated(monkeypatch: pytest.MonkeyPatch, middle: str, line: str, text: str) -> list[str]:
    inside = paragraphs(ONE, TWO) + middle + paragraphs(THREE, FOUR)
    return body(heard(monkeypatch, inside, ONE, TWO, line, THREE, FOUR, head=ld(articleBody=text)))


def test_a_paragraph_that_the_stated_text_lacks_is_none_of_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in (" ".join(TEXTS), "\n".join(TEXTS), paragraphs(*TEXTS)):
        assert stated(monkeypatch, f"<p>{APPEAL}</p>", APPEAL, text) == [*TEXTS]


@pytest.mark.parametrize(
    ("middle", "line"),
    [
        ("<h2>{}</h2>", "The second boat"),
        ("<blockquote>{}</blockquote>", "Soup is what I came for."),
        ("<ul><li>{}</li></ul>", "five hundred grams of leeks"),
        ("<table><tr><td>{}</td></tr></table>", "Forty plates"),
    ],
)
def test_what_sites_leave_out_of_the_stated_text_stays(monkeypatch: pytest.MonkeyPatch, middle: str, line: str) -> None:
    assert stated(monkeypatch, middle.format(line), line, " ".join(TEXTS)) == [ONE, TWO, line, THREE, FOUR]


@pytest.mark.parametrize("text", [f"{ONE} {TWO}", ONE, "", "Another text altogether, and as long as this. " * 12])
def test_a_stated_text_that_is_not_the_whole_says_nothing(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    assert stated(monkeypatch, f"<p>{APPEAL}</p>", APPEAL, text) == [ONE, TWO, APPEAL, THREE, FOUR]


def test_prose_that_only_the_stated_text_has_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = f"{paragraphs(ONE, TWO)}<div class='pull'><p>{THREE}</p></div>{paragraphs(FOUR, APPEAL)}"
    text = " ".join((*TEXTS, APPEAL))
    page = heard(monkeypatch, inside, ONE, TWO, FOUR, APPEAL, head=ld(articleBody=text))
    assert signed(page, THREE) == ("body", "extract.stated")
    assert body(page) == [*TEXTS, APPEAL]


def test_all_paragraphs_below_that_are_stated_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = f"{paragraphs(ONE, TWO)}<section class='more'>{paragraphs(THREE, FOUR)}</section>"
    page = heard(monkeypatch, inside, ONE, TWO, head=ld(articleBody="\n".join(TEXTS)))
    assert body(page) == [*TEXTS]
    assert signed(page, FOUR) == ("body", "extract.stated")


def test_a_page_of_which_nothing_is_kept_beside_its_title(monkeypatch: pytest.MonkeyPatch) -> None:
    assert body(heard(monkeypatch, "", TITLE, head=ld(articleBody=TITLE))) == []
