"""Text that is a whole visible page: told from extracted text, and the article found in it."""

import gzip
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_strategy import bylines, headlines, prose
from whole_text import BODY, FOOTER, MENU, TITLE, WHOLE

from cleaners import BadInput, Cleaner
from cleaners.text.page_lines import reason as outside


def test_the_article_is_found_in_a_whole_page(cleaner: Cleaner) -> None:
    page = cleaner.label(WHOLE)
    assert (page.route, page.restore()) == ("whole", WHOLE)
    assert "lines above the prose" in page.route_why
    (article,) = cleaner.clean(WHOLE)
    assert article.text.split("\n\n") == BODY
    assert (article.title, article.authors, article.route) == (TITLE, ("Ada Quill",), "whole")
    assert {r["by"] for r in article.removed if r["text"] in (*MENU, *FOOTER)} >= {"whole_page.outside"}


def test_a_line_outside_says_where_it_stands_and_what_its_chance_was(cleaner: Cleaner) -> None:
    (article,) = cleaner.clean(WHOLE)
    why = {r["text"]: r["why"].split("; ") for r in article.removed if r["by"] == "whole_page.outside"}
    assert why["Sport"][0] == "Above the article"
    assert why["Privacy policy"] == ["Below the article", "line scorer 0 %."]
    assert all(place.endswith("the article") for place, _ in why.values())


@pytest.mark.parametrize(("logit", "said"), [(-40.0, 0), (-4.0, 0), (-2.9, 10), (0.0, 50), (2.5, 90), (4.0, 100)])
def test_chances_are_said_in_tens(logit: float, said: int) -> None:
    assert outside(2, 0, 5, logit) == f"Between the article's lines; line scorer {said} %."


def test_extracted_text_and_html_say_so(cleaner: Cleaner) -> None:
    assert cleaner.clean("\n\n".join([TITLE, *BODY]))[0].route == "extracted"
    html = f"<html><body><article><h1>{TITLE}</h1>{''.join(f'<p>{p}</p>' for p in BODY)}</article></body></html>"
    assert cleaner.clean(html)[0].route == "html"


STANDFIRST = "A second boat waits for the wind"
HEADS = [
    [TITLE, "Bo Tarn", "3 May 2021"],
    [TITLE, "3 May 2021, 9:14", "Bo Tarn"],
    ["Home » Coast » Ferries and other boats of the harbour", TITLE, "Bo Tarn", "3 May 2021"],
    [TITLE, STANDFIRST, "Bo Tarn", "Published 3 May 2021"],
    [TITLE, "Follow Us", "Bo Tarn", "3 May 2021"],
]


@pytest.mark.parametrize("head", HEADS)
def test_the_headline_above_the_date_where_no_first_line_tells(cleaner: Cleaner, head: list[str]) -> None:
    source = "\n".join([*MENU, *head, "Share", "Print", *BODY, *FOOTER])
    (article,) = cleaner.clean(source)
    assert (article.route, article.title, article.published) == ("whole", TITLE, "2021-05-03")
    assert article.authors == ("Bo Tarn",)
    assert cleaner.label(source).restore() == source


def test_a_date_without_a_headline_above_it_makes_none(cleaner: Cleaner) -> None:
    (article,) = cleaner.clean("\n".join([*MENU, "News and weather for everybody", "3 May 2021", *BODY, *FOOTER]))
    assert article.title is None


def recipe() -> str:
    things = ["flour", "butter", "sugar", "eggs", "salt", "milk", "yeast", "plums", "cinnamon", "honey", "rum", "cream"]
    steps = [f"{n}. Stir the {a} into the {b}, and let it stand for {n * 5} minutes under a cloth until it has risen."
             for n, (a, b) in enumerate(pairwise(things), 1)]  # fmt: skip
    return "\n".join(["Plum cake for twelve", *(f"{n * 25} g {t}" for n, t in enumerate(things, 1)), *things, *steps])


def dialogue() -> str:
    said = [
        "“Home, {}?”",
        "“Not yet, {}.”",
        "“Search boat {}.”",
        "“Menu {}!”",
        "“You {}.”",
        "“Share {}.”",
        "“No comment {}.”",
    ]
    line = "They stood on the quay a while longer, and neither of them looked at the water or at the other one."
    return "\n".join(word.format(n) if n % 9 else line for n in range(60) for word in said[n % 7 : n % 7 + 1])


def poem() -> str:
    lines = ["The ferry is late", "the gulls are loud", "the rope is wet", "and nobody sings", "at the end of the quay"]
    return "\n\n".join("\n".join(f"{line}, {n}" for line in lines) for n in range(12))


def code() -> str:
    body = [f"def search_{n}(menu, login):\n    home = menu[{n}]\n    return home.share(login)\n" for n in range(20)]
    said = "The function looks for the place of a page in the menu, and gives back what it has found there or nothing."
    return "\n".join([said, *body, said])


def table() -> str:
    rows = [
        f"{name}\t{n * 7}\t{n * 3}.{n}\t{n % 5}" for n, name in enumerate(["Lindow", "Hallam", "Quay", "Carlow"] * 12)
    ]
    said = "The table shows how many people took the ferry on each of the days, by the landing at which they got on."
    return "\n".join([said, *rows, said])


def contract() -> str:
    parts = [
        "Definitions",
        "Contact",
        "Cookies",
        "Accounts",
        "Payment",
        "Liability",
        "Notices",
        "Law",
        "Comments",
        "Help",
    ]
    said = "The member shall keep the berth in good order, and shall not let it to others without leave of the harbour."
    return "\n\n".join(
        x for n, part in enumerate(parts, 1) for x in (f"§ {n} {part}", f"({n}) {said}", f"{n}.1 Scope", said)
    )


def one_word_lists() -> str:
    words = ["apple", "plum", "pear", "cherry", "quince", "medlar", "fig", "grape", "sloe", "peach"]
    return "\n".join(f"{w} {x}" for w in words for x in words[:6])


def interview() -> str:
    asked = [
        "Where is home?",
        "Who helps?",
        "And the search?",
        "What next?",
        "Any comment on that",
        "More jobs",
        "The app",
    ]
    told = "I grew up on the other side of the river, and we went over by the ferry every day, in all sorts of weather."
    return "\n\n".join(x for n in range(28) for x in (f"{n}. {asked[n % 7]}", f"{told} That was in {1950 + n}."))


@pytest.mark.parametrize("write", [recipe, dialogue, poem, code, table, contract, one_word_lists, interview])
def test_nothing_is_lost_of_prose_that_is_not_news(write, cleaner: Cleaner) -> None:  # type: ignore[no-untyped-def]
    page = cleaner.label(write())
    assert page.route == "extracted", page.route_why
    assert [b.text for b in page.blocks if b.fate == "removed"] == []


@pytest.mark.bench
def test_cleaning_twice_and_restoring_on_the_visible_pages(shared: Path, cleaner: Cleaner) -> None:
    again = []
    with gzip.open(shared / "bench" / "news" / "visible_text.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in list(map(json.loads, rows))[::3]:
            assert cleaner.label(row["text"]).restore() == row["text"]
            for article in cleaner.clean(row["text"]):
                again += [article.id for a in cleaner.clean(article.text) if a.text != article.text]
    assert again == []


furniture = st.sampled_from([*MENU, *FOOTER])
article = st.lists(st.one_of(prose, prose, headlines), min_size=4, max_size=10)


@st.composite
def whole_pages(draw: st.DrawFn) -> str:
    above = draw(st.lists(st.one_of(furniture, headlines), min_size=12, max_size=30, unique=True))
    below = draw(st.lists(st.one_of(furniture, furniture, headlines, prose), min_size=10, max_size=30))
    line_end = draw(st.sampled_from(["\n", "\n\n", "\r\n"]))
    return line_end.join([*above, draw(headlines), draw(bylines), *draw(article), *below])


@settings(max_examples=60)
@given(whole_pages())
def test_whole_pages_clean_to_the_same_text_again(source: str) -> None:
    cleaner = Cleaner() if not CLEANERS else CLEANERS[0]
    CLEANERS[:] = [cleaner]
    try:
        articles = cleaner.clean(source)
    except BadInput:
        return
    assert [a.to_dict() for a in cleaner.clean(source)] == [a.to_dict() for a in articles]
    for found in articles:
        assert [a.text for a in cleaner.clean(found.text)] == [found.text]


CLEANERS: list[Cleaner] = []


def test_lines_that_are_never_to_be_taken_out_stay() -> None:
    (found,) = Cleaner(allow=["Weather"]).clean(WHOLE)
    assert "Weather" in found.text.split("\n\n")
