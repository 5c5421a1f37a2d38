"""The names in a page's author fields and bylines."""

import time

import pytest
from html_page import ONE, THREE, TITLE, TWO, extract, page_of, paragraphs

from cleaners import view
from cleaners.html.authors import (
    ADDRESS,
    AND,
    CHINESE,
    account_in,
    beside_day,
    byline_in,
    clean_names,
    is_list,
    signed_in,
    stated_names,
)


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        (["By Ann Marsh and Bo Quist"], ("Ann Marsh", "Bo Quist")),
        (["Von Ann Marsh, Bo Quist"], ("Ann Marsh", "Bo Quist")),
        (["Ann Marsh, Senior Reporter"], ("Ann Marsh",)),
        (["Ann Marsh (Lindow)"], ("Ann Marsh",)),
        (["The Lindow Post", "Ann Marsh"], ("Ann Marsh",)),
        (["https://lindow.example/ann", "@ann"], ()),
        (["Ann Marsh", "ANN MARSH"], ("Ann Marsh",)),
        (["Jean-Luc y María Pérez"], ("Jean-Luc", "María Pérez")),
        (["by Ann Marsh — November 18, 2019"], ("Ann Marsh",)),
        (["Ann Marsh, LP LINDOW"], ("Ann Marsh",)),
        (["LP LINDOW"], ("LP LINDOW",)),
        (["김영희 기자 kim@lindow.example"], ("김영희",)),
        (["김영희 선임기자"], ("김영희",)),
    ],
)
def test_names_of_authors(fields: list[str], names: tuple[str, ...]) -> None:
    assert clean_names(fields, ("The Lindow Post", "lindow.example")) == names


def test_stated_authors_may_be_agencies() -> None:
    fields = ["Lindow Press Agency", "By Ann Marsh", "https://x.example/ann", "admin"]
    assert stated_names(fields) == ("Lindow Press Agency", "Ann Marsh")


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("Ann Marsh, Harbour Correspondent", ("Ann Marsh",)),
        ("Ann Marsh, lindow.example.com", ("Ann Marsh",)),
        ("Marsh, Ann", ("Marsh, Ann",)),
        ("Ann Marsh, MS, RD and Bo Quist of Lindow", ("Ann Marsh", "Bo Quist of Lindow")),
    ],
)
def test_what_stands_beside_a_stated_name(stated: str, names: tuple[str, ...]) -> None:
    assert stated_names([stated]) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Marsh on 3 May 2021", ("Ann Marsh",)),
        ("By Ann Marsh, in News, Harbour", ("Ann Marsh",)),
        ("Von Ann Marsh und Bo Quist", ("Ann Marsh", "Bo Quist")),
        ("By the harbour", ()),
        ("Nobody by Ann Marsh", ()),
    ],
)
def test_bylines_that_no_class_marks(line: str, names: tuple[str, ...]) -> None:
    assert byline_in([line]) == names
    assert extract(page_of(f"<h1>{TITLE}</h1><div>{line}</div>{paragraphs(ONE, TWO, THREE)}")).meta.authors == names


def test_editors_who_sign_a_page_in_chinese() -> None:
    assert signed_in(["港口新闻", "(责编：王小明、李四)"]) == ("王小明", "李四")
    assert signed_in(["责编：王小明说他不来，这是很长的一句话，没有名字，只有这些那些和别的事情。"]) == ()


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Ann Marsh July 3, 2025", ("Ann Marsh",)),
        ("June Marsh, 2 August 2022", ("June Marsh",)),
        ("April May", ("April May",)),
        ("Feb", ()),
        ("Ann Marsh, AFP", ("Ann Marsh", "AFP")),
        ("Kim", ("Kim",)),
        ("The University of Lindow ©", ()),
    ],
)
def test_days_and_marks_of_copyright_are_no_names(field: str, names: tuple[str, ...]) -> None:
    assert clean_names([field]) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Marsh and 1 other", ("Ann Marsh",)),
        ("By Ann Marsh and 2 others on 3 May 2021", ("Ann Marsh",)),
        ("By Ann Marsh +2", ("Ann Marsh",)),
        ("Von Ann Marsh und 2 weiteren", ("Ann Marsh",)),
        ("Por Ann Marsh y 3 más", ("Ann Marsh",)),
        ("By Ann Marsh1, Bo Quist2 and Cy Holm3", ("Ann Marsh", "Bo Quist", "Cy Holm")),
        ("By Ann Marsh* and Bo Quist†", ("Ann Marsh", "Bo Quist")),
        ("By Ann Marsh, Bo Quist, and Cy Holm", ("Ann Marsh", "Bo Quist", "Cy Holm")),
        ("By Ann E Marsh and B Y Quist", ("Ann E Marsh", "B Y Quist")),
        ("BY ANN MARSH AND BO QUIST, Senior Reporters", ("ANN MARSH", "BO QUIST")),
        ("By ANN MARSH, Associated Press", ("ANN MARSH", "Associated Press")),
        ("By Ann Marsh and Bo Quist, Staff Writers", ("Ann Marsh", "Bo Quist")),
        ("By Ann Marsh Contributing Writer", ("Ann Marsh",)),
        ("By Ann Marsh Special to The Post", ("Ann Marsh",)),
        ("By Ann Marsh, Head of Harbour News", ("Ann Marsh",)),
        ("By Ann Marsh for The Lindow Post", ("Ann Marsh",)),
        ("By Ann Marsh Last updated 3 May 2021", ("Ann Marsh",)),
        ("By Ann Marsh Updated: May 3, 2021", ("Ann Marsh",)),
        ("By Ann Marsh Published 3 May 2021", ("Ann Marsh",)),
        ("By Ann (Annie) Marsh", ("Ann (Annie) Marsh",)),
        ("By Ann Marsh (Lindow)", ("Ann Marsh",)),
        ("By Ann Marsh, MD, and Bo Quist, PhD", ("Ann Marsh, MD", "Bo Quist, PhD")),
        (
            "By Dr Ann Marsh, Dr Bo Quist, Dr Cy Adler, Prof Dee Holm and Eve van Lund",
            ("Dr Ann Marsh", "Dr Bo Quist", "Dr Cy Adler", "Prof Dee Holm", "Eve van Lund"),
        ),
        ("By Ann Marsh, who crosses the harbour every day and has done so these forty years", ()),
    ],
)
def test_what_a_byline_says_beside_the_names(line: str, names: tuple[str, ...]) -> None:
    assert byline_in([line]) == names


@pytest.mark.parametrize(
    "line",
    [
        "Words: Ann Marsh, Pictures: Bo Quist",
        "Words by Ann Marsh. Photos by Bo Quist",
        "Text: Ann Marsh | Fotos: Bo Quist",
        "Texte : Ann Marsh, photos : Bo Quist",
        "Por Ann Marsh | Fotos de Bo Quist",
        "By Ann Marsh, translated by Bo Quist",
        "Von Ann Marsh, aus dem Englischen von Bo Quist",
        "Reported by Ann Marsh; Edited by Bo Quist",
        "Story by Ann Marsh, video by Bo Quist",
        "Photos by Bo Quist. Words by Ann Marsh",
    ],
)
def test_who_took_the_pictures_edited_or_translated_is_no_author(line: str) -> None:
    assert byline_in([line]) == clean_names([line]) == ("Ann Marsh",)


@pytest.mark.parametrize("text", ["Name", "Author name", "Contributions from: Bo Quist", "Edited by Bo Quist", "+2"])
def test_what_is_no_author(text: str) -> None:
    assert clean_names([text]) == stated_names([text]) == ()


@pytest.mark.parametrize("text", ["Articles by Ann Marsh", "View all posts by Ann Marsh", "Alle Artikel von Ann Marsh"])
def test_links_to_all_that_an_author_wrote(text: str) -> None:
    assert clean_names([text]) == ("Ann Marsh",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("May 3, 2021 · Ann Marsh", ("Ann Marsh",)),
        ("3 May 2021 By Ann Marsh", ("Ann Marsh",)),
        ("Ann Marsh and Bo Quist | May 3, 2021", ("Ann Marsh", "Bo Quist")),
        ("May 3, 2021Ann B. Marsh", ("Ann B. Marsh",)),
        ("May 3, 2021 • Ann Marsh in Harbour News", ("Ann Marsh",)),
        ("3. Mai 2021 | Von Ann Marsh", ("Ann Marsh",)),
        ("by annm | May 3, 2021", ("annm",)),
        ("On Behalf of Marsh Quist LLC | May 3, 2021 | Boat Accidents", ("Marsh Quist LLC",)),
        ("May 3, 2021 | 5 min read", ()),
        ("by monday | May 3, 2021", ()),
        ("News | May 3, 2021", ()),
        ("Ann Marsh · 3 comments", ()),
    ],
)
def test_names_in_a_line_with_a_day(line: str, names: tuple[str, ...]) -> None:
    assert beside_day(line) == names


def test_accounts_and_lists() -> None:
    assert [account_in(line) for line in ("by annm", "Posted by: a.marsh", "by May", "by the harbour")] == [
        "annm",
        "a.marsh",
        "",
        "",
    ]
    assert is_list("Ann Marsh, Bo Quist & Cy Holm") and is_list("Dr. Ann Marsh and Prof. Bo Quist")
    assert not any(map(is_list, ("Ann Marsh", "Harbour, Lindow", "Ann Marsh, Harbour Editor", "Ann Marsh and others")))


@pytest.mark.parametrize("line", ["A{0}B", "A {0},{0}B{0}", "{0}文{0}", "（{0}文：{0}王{0}）", "A{0}and{0}B"])
@pytest.mark.parametrize("filling", [" ", "x", "\t", "　", ", "])
def test_long_lines_take_no_longer_than_their_length(line: str, filling: str) -> None:
    text = line.format(filling * 50_000)
    begin = time.process_time()
    for pattern in (AND, view._AND):
        pattern.split(text)
    ADDRESS.sub("", text)
    CHINESE.fullmatch(text)
    assert time.process_time() - begin < 2  # it was minutes


@pytest.mark.parametrize("line", ["A , B", "A,B", "A and B", "A  and  B", "A\nB", "A, and B", "A & B", "A、B"])
def test_two_names(line: str) -> None:
    assert AND.split(line) == ["A", "B"]
    assert "\n" in line or view._AND.split(line) == ["A", "B"]
