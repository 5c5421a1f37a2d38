"""Notes below the article: of the author, of where it was printed first."""

import pytest
from html_page import FOUR, ONE, THREE, TWO, body, heard, ld, paragraphs, signed

TEXTS = (ONE, TWO, THREE, FOUR)
APPEAL = "Soup keeps this paper warm: give what you can, so that we may write about it for another year."


@pytest.mark.parametrize(
    ("note", "by"),
    [
        ("<em>{}</em>|Rosa Lind is a reporter at the Lindow Post.", "extract.note"),
        ("<i>{}</i>|Dr. Rosa Lind ist Professorin in Lindow.", "extract.note"),
        ("{}|Ann Marsh is a freelance writer based in Lindow.", "extract.note"),  # one of the page's authors
        ("<em>{}</em>|This essay was first published in the Lindow Review.", "extract.note"),
        ("<em>{}</em>|LP (Rosa Lind, Tom Reed)", "extract.note"),
        ("<strong>{}</strong>|Ann Marsh", "extract.byline"),
    ],
)
def test_notes_below_the_article(monkeypatch: pytest.MonkeyPatch, note: str, by: str) -> None:
    markup, line = note.split("|")
    inside = f"{paragraphs(*TEXTS)}<p>{markup.format(line)}</p>"
    page = heard(monkeypatch, inside, *TEXTS, line, head=ld(author={"name": "Ann Marsh"}))
    assert signed(page, line)[1] == by
    assert body(page) == [*TEXTS]


@pytest.mark.parametrize(
    "last",
    [
        "Rosa Lind is a reporter at the Lindow Post.",  # neither slanted nor an author of the page
        "<em>Thanks to all who waited on the quay with us.</em>",
        "<em>Update: the second boat left in the evening after all.</em>",
        "<strong>The wind had turned by then.</strong>",
        "<strong>Rosa Lind</strong>",  # somebody else than the page's author
        "<em>Rosa Lind is a good swimmer.</em>",
    ],
)
def test_last_lines_that_are_no_notes(monkeypatch: pytest.MonkeyPatch, last: str) -> None:
    line = last.partition(">")[2].partition("<")[0] or last
    page = heard(monkeypatch, f"{paragraphs(*TEXTS)}<p>{last}</p>", *TEXTS, line, head=ld(author={"name": "Ann Marsh"}))
    assert body(page) == [*TEXTS, line]


def test_a_note_above_prose_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "Rosa Lind is a reporter at the Lindow Post."
    page = heard(
        monkeypatch, f"{paragraphs(ONE, TWO, THREE)}<p><em>{line}</em></p><p>{FOUR}</p>", *TEXTS[:3], line, FOUR
    )
    assert line in body(page)


def test_a_signature_names_the_author_where_the_page_names_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = f"{paragraphs(*TEXTS)}<p><b>Rosa Lind</b></p>"
    page = heard(monkeypatch, inside, *TEXTS, "Rosa Lind", head=ld(author={"name": "Lindow"}))
    assert (signed(page, "Rosa Lind")[0], page.meta.authors) == ("byline", ("Rosa Lind",))


def test_long_names_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    line = " ".join(["A" * 130] * 5)
    page = heard(monkeypatch, f"{paragraphs(*TEXTS)}<p><em>{line}.</em></p>", *TEXTS, f"{line}.")
    assert f"{line}." in body(page)
