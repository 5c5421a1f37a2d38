"""The names in a page's author fields and bylines."""

import pytest
from html_page import ONE, THREE, TITLE, TWO, extract, page_of, paragraphs

from cleaners.html.authors import byline_in, clean_names, signed_in, stated_names


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
