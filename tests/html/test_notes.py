"""Notes below the article, the text that a page states in its JSON-LD, and articles that stand in scripts alone."""

import json

import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, URL, body, extract, heard, ld, page_of, paragraphs, signed

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


# -- the text that the page states


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


# -- articles in scripts


def test_an_article_that_stands_in_a_script_alone() -> None:
    html = paragraphs(*TEXTS, APPEAL, *(f"{n}. {ONE}" for n in range(4)))
    data = json.dumps({"state": {"teaser": "<p>Soup</p>", "contentHtml": html}})
    for script in (f"window.state = {data};", f"push([1, {json.dumps('5:' + data)}])"):
        page = extract(f"<html><head><title>{TITLE}</title></head><body><div id='app'></div><script>{script}</script>")
        assert body(page)[:5] == [*TEXTS, APPEAL]
        assert page.meta.title == TITLE


def test_a_page_that_shows_its_article_is_not_looked_for_in_scripts() -> None:
    data = json.dumps({"contentHtml": paragraphs(*(f"{n}. {ONE}" for n in range(20)))})
    assert body(extract(page_of(f"<h1>{TITLE}</h1>{paragraphs(*TEXTS)}<script>x = {data}</script>"), URL)) == [*TEXTS]


@pytest.mark.parametrize("script", ['"' * 200_001, '\\"' * 200_000, '"\\' * 200_000])
def test_scripts_full_of_quotes_cost_little(script: str) -> None:
    assert extract(f"<html><body><script>{script}</script></body></html>").blocks == []


def test_long_names_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    line = " ".join(["A" * 130] * 5)
    page = heard(monkeypatch, f"{paragraphs(*TEXTS)}<p><em>{line}.</em></p>", *TEXTS, f"{line}.")
    assert f"{line}." in body(page)
