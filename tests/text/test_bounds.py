"""What the line scorer may take, whatever its trees say; what whole pages of many kinds lose."""

import importlib
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Cleaner, clean
from cleaners.source import lines as read_lines
from cleaners.text.bounds import BOUNDS, keeps
from cleaners.text.line_facts import Lines
from cleaners.text.page_lines import lines_of
from cleaners.words import ended, prose

TESTS = Path(__file__).resolve().parent.parent
PROSE = (
    "The harbour council of Lindow voted on Tuesday to keep the old ferry running until the bridge is mended.",
    "Its captain, who has crossed the bay some forty thousand times, said she would rather retire than stop.",
)
SHORT = (
    "Share",
    "Yes, it is.",
    "Ferries",
    "10:15",
    "Ann Ode",
    "Harbour life",
    "Price: £4",
    "Price: £9",
    "1",
    "Sign in",
)
CLEANER = Cleaner()


def read(texts: list[str]) -> Lines:
    return lines_of(read_lines("\n".join(texts)).blocks, CLEANER.matcher)


@given(st.lists(st.tuples(st.sampled_from([*PROSE, *SHORT]), st.floats(-9, 9), st.booleans()), min_size=1, max_size=40))
def test_no_code_goes_and_between_the_articles_lines_no_sentence(scored: list[tuple[str, float, bool]]) -> None:
    texts, logits, code = (list(column) for column in zip(*scored, strict=True))
    keep = keeps(logits, read(texts), code)
    assert all(kept for kept, coded in zip(keep, code, strict=True) if coded)
    places = [n for n, kept in enumerate(keep) if kept]
    for a, b in pairwise(places):
        between = texts[a + 1 : b]
        assert len(between) > BOUNDS.near or not any(ended(text) or prose(text) for text in between)
    for n, text in enumerate(texts):
        assert keep[n] or not places or not (ended(text) and logits[n] > BOUNDS.sentence)


@pytest.mark.parametrize("logit, kept", [(-1.9, True), (-5.0, False)])
def test_inside_the_article_goes_only_what_is_clearly_furniture(logit: float, kept: bool) -> None:
    texts = [PROSE[0], "Pears", "Plums", "Figs", "Sloes", "Medlars", PROSE[1]]
    keep = keeps([9.0, *[logit] * 5, 9.0], read(texts), [False] * 7)
    assert keep == [True, *[kept] * 5, True]


def test_whole_pages_of_many_kinds_lose_little() -> None:
    """Short articles, guides, tickers, recipes, interviews, answers, advice, poems, texts without capitals, each with
    all of a site around it. Without bounds a scorer lost 157 lines, and removed 2,243 of 2,413 of chrome."""
    sys.path.insert(0, str(TESTS / "benchmarks"))
    try:
        dumps = importlib.import_module("dumps")
    finally:
        sys.path.remove(str(TESTS / "benchmarks"))
    total = Counter[str]()
    for _, source, labels in dumps.read(TESTS / "whole_pages"):
        total.update(dumps.score(CLEANER, source, labels)[0])
        for article in CLEANER.clean(source):
            assert [again.text for again in CLEANER.clean(article.text)] == [article.text]
    assert total["pages"] >= 50
    assert total["lost"] <= 10
    assert total["removed"] >= 2_235


WITHOUT_CAPITALS = (
    "it rained again so i stayed in the shed and sorted screws, which you can do for a whole day if nobody stops you",
    "wir haben euer klavier gehört und wollten nur sagen, dass es uns im dritten stock überhaupt gar nicht stört",
    "después del temporal bajé con un saco y sin prisa, porque a esa hora no hay nadie y el mar devuelve lo que sobra",
)


@pytest.mark.parametrize("line", WITHOUT_CAPITALS)
def test_a_line_as_long_as_a_sentence_is_no_furniture_without_its_full_stop(line: str) -> None:
    furniture = ["Share on Facebook", "Log in", "Privacy policy", "Cookie settings", "All rights reserved", "Subscribe"]
    (article,) = clean("\n".join([*furniture[:3], line, "and then the nails", *furniture[3:]]))
    assert line in article.text
