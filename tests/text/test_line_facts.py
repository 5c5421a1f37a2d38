"""What a line looks like, and what stands around it, as numbers."""

import pytest

from cleaners.text.line_facts import AROUND, BESIDE, FAR, OWN, beside, distances, own, read, surroundings

PROSE = "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring."


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        (PROSE, {"words": 20, "sentence_end": 1, "other_end": 0, "commas": 2, "lower_start": 0, "short_marked": 0}),
        ("What they found:", {"sentence_end": 0, "other_end": 1}),
        ("It rained. The ferry left. Nobody minded.", {"inner_ends": 2}),
        ("and so on", {"lower_start": 1}),
        ("NEWS | SPORT", {"bar": 0.5, "upper": 1}),
        ("3 May 2021, 10:30", {"date": 1}),
        ("“Not yet,” she said", {"quote": 1}),
        ("see https://lindow.example/1", {"link": 1}),
        ("Who pays for it?", {"question": 1, "sentence_end": 1}),
        ("Leave a comment", {"short_marked": 1, "comment_mark": 1, "related_mark": 0}),
        ("Related articles", {"short_marked": 1, "comment_mark": 0, "related_mark": 1}),
    ],
)
def test_a_line_s_own_facts(line: str, facts: dict[str, float]) -> None:
    found = dict(zip(OWN, own(line, "en"), strict=True))
    assert {name: found[name] for name in facts} == facts


def test_function_words_are_those_of_the_language() -> None:
    at = OWN.index("function_words")
    assert own(PROSE, "en")[at] > 0.3 > own(PROSE, "de")[at] >= 0
    assert own(PROSE, "")[at] == -1  # no list for it


def test_a_long_line_is_known_by_its_beginning_and_its_end() -> None:
    long = f"{PROSE} " * 40
    at = OWN.index("words")
    assert own(long, "en")[at] > 100
    assert own(long, "en") == own(f"{long[:400]}{long[-400:]}", "en")


def test_what_stands_around_and_beside_a_line() -> None:
    texts = ["Bridge to close", "Home", PROSE, "Picture: Tom Ferro / AFP", PROSE, "Leave a comment", "Home"]
    lines = read(texts, [frozenset()] * len(texts), "en")
    around = [dict(zip(AROUND, row, strict=True)) for row in surroundings(lines)]
    assert [row["copies"] for row in around] == [1, 2, 2, 1, 2, 1, 2]
    assert [row["copy_above"] for row in around] == [0, 0, 0, 0, 1, 0, 1]
    assert [row["next_prose"] for row in around] == [2, 1, 2, 1, FAR, FAR, FAR]
    assert [row["since_comment"] for row in around] == [FAR] * 6 + [1]
    near = [dict(zip(BESIDE, row, strict=True)) for row in beside(lines)]
    assert [row["credit"] for row in near] == [0, 0, 0, 1, 0, 0, 0]
    assert [row["credit_1"] for row in near] == [0, 0, 0, 0, 1, 0, 0]
    assert [row["next_credit"] for row in near] == [3, 2, 1, FAR, FAR, FAR, FAR]


def test_distances_are_counted_up_to_a_limit() -> None:
    assert distances([False, True, False, False]) == [FAR, FAR, 1, 2]
    assert distances([True] + [False] * 2 * FAR)[-1] == FAR
