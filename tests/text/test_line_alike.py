"""How a line compares with its own text, where no line is long."""

from cleaners.text.line_alike import ALIKE, alike
from cleaners.text.line_facts import read

POEM = ["The ferry is late.", "The ferry is always late.", "Log in", "Menu", "I wait on the stones.", "Ferry tickets"]


def facts(name: str, texts: list[str] = POEM) -> list[float]:
    lines = read(texts, [frozenset()] * len(texts), "en")
    return [row[ALIKE.index(name)] for row in alike(lines)]


def test_every_line_has_every_fact() -> None:
    assert [len(row) for row in alike(read(POEM, [frozenset()] * 6, "en"))] == [len(ALIKE)] * 6
    assert alike(read([], [], "en")) == []


def test_sentences_are_counted_around_a_line_and_on_either_side() -> None:
    assert facts("ended_all") == [0.5] * 6
    assert facts("ended_before") == [0, 1 / 3, 2 / 3, 2 / 3, 2 / 3, 1]
    assert facts("ended_after") == [2 / 3, 1 / 3, 1 / 3, 1 / 3, 0, 0]
    assert facts("ended3")[2] == 3 / 5  # of the two above and the three below


def test_a_short_line_that_ends_is_no_sentence() -> None:
    assert facts("ended_all", ["Reply.", "OK.", "The ferry is late."]) == [1 / 3] * 3


def test_words_that_other_lines_have() -> None:
    elsewhere = facts("stems_elsewhere")
    assert elsewhere[0] == 1  # "ferry", "late"
    assert elsewhere[3] == 0
    assert 0 < elsewhere[5] < 1


def test_a_text_without_sentences_is_measured_by_its_lines() -> None:
    assert facts("width_ended", ["ab", "abcd", "abcdefgh"]) == [0.5, 1, 2]
    assert facts("since_ended", ["ab", "cd"]) == facts("next_ended", ["ab", "cd"])
