"""Page, block and edit: the words that all the rest is written in."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cleaners.page import ROLES, Block


def test_roles_are_those_of_the_design() -> None:
    assert {"title", "kicker", "standfirst", "byline", "date", "body", "heading", "caption", "chrome"} <= set(ROLES)


@given(st.text("abcdef", max_size=12), st.lists(st.lists(st.tuples(st.integers(0, 12), st.text("XY", max_size=3)))))
def test_edits_on_top_of_edits_are_edits_of_the_raw_text(raw: str, rounds: list[list[tuple[int, str]]]) -> None:
    block, text = Block(raw, 0), raw
    for number, told in enumerate(rounds):
        ends = sorted({min(at, len(text)) for at, _ in told})
        changes = [(a, b, new) for (a, b), (_, new) in zip(pairwise(ends), told, strict=False)][::2]
        for start, end, new in reversed(changes):
            text = text[:start] + new + text[end:]
        block.edit(changes, f"round.{number}")
        assert block.text == text
        assert block.raw == raw
        assert all(a.end <= b.start for a, b in pairwise(block.edits))
