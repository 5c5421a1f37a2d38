"""What the text of blocks looks like, in numbers."""

from cleaners import Block
from cleaners.html.block_text import text_facts


def facts_of(*texts: str) -> dict[str, list[float]]:
    return {name: column.tolist() for name, column in text_facts([Block(text, n) for n, text in enumerate(texts)])}


def test_each_block_is_counted_for_itself() -> None:
    found = facts_of("Ferry to Lindow, at nine.", "", "Is it 9 | 10?")
    assert found["words"] == [5, 0, 4]
    assert found["commas"] == [1, 0, 0]
    assert found["stops"] == [1, 0, 1]
    assert found["ends"] == [1, 0, 1] and found["asks"] == [0, 0, 1]
    assert found["opens_upper"] == [1, 0, 1]
    assert found["short_words"] == [2 / 5, 0, 1 / 4]  # of one or two small letters: "to", "at", "it"


def test_a_letter_of_han_counts_as_half_a_word() -> None:
    assert facts_of("船は九時に")["words"] == [5 / 2 + 1]


def test_what_ends_with_nothing_ends_with_no_colon() -> None:
    assert facts_of("", "Present:")["colon"] == [0, 1]
