"""What stands twice: lines in a row, what captions say already, pull quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Block, Page
from cleaners.matching.match import compile_rules
from cleaners.matching.ruleset import RuleSet
from cleaners.page import Facts, Role
from cleaners.text import wording as wording_module
from cleaners.text.duplicates import captions, duplicates, pull_quotes
from cleaners.words import tokens

QUOTE = "“Nobody told us that the bridge would close,” she said."
OTHER = "Workers will take up the deck in March, said the harbour master."


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([QUOTE, QUOTE, OTHER], [QUOTE, OTHER]),
        ([QUOTE, QUOTE, QUOTE], [QUOTE]),
        ([QUOTE, OTHER, QUOTE], [QUOTE, OTHER, QUOTE]),
        ([QUOTE, QUOTE.upper()], [QUOTE, QUOTE.upper()]),
        (["What a day!", "What a day!"], ["What a day!", "What a day!"]),  # a refrain
        (["1 2 3 4 5 " * 5] * 2, ["1 2 3 4 5 " * 5] * 2),  # rows of a table
    ],
)
def test_the_second_of_two_neighbours_goes(lines: list[str], kept: list[str]) -> None:
    page = labelled([("body", line) for line in lines])
    assert [block.text for block in page.kept()] == kept
    assert {block.by for block in page.blocks if not block.kept} <= {"duplicates.adjacent"}


def test_what_was_lifted_or_taken_out_between_them_does_not_part_them() -> None:
    for between in ("caption", "chrome"):
        page = labelled([("body", QUOTE), (between, "Picture: Tom Ferro"), ("body", QUOTE)])
        assert [block.role for block in page.blocks] == ["body", between, "chrome"]


def test_a_caption_s_copy_goes_where_the_caption_is_lifted() -> None:
    assert [block.role for block in labelled([("caption", OTHER), ("body", OTHER)]).blocks] == ["caption", "chrome"]


def labelled(lines: list[tuple[Role, str]]) -> Page:
    page = Page("text", [Block(text, number, role=role) for number, (role, text) in enumerate(lines)])
    duplicates(page, compile_rules(RuleSet(())))
    return page


FIRST = (
    "The harbour of Lindow froze on the second of January, and for the first time since the war nobody could leave it."
)
SOURCE = "“We listened to the ice all night as if it were a neighbour,” said Ada Quill, who keeps the lock."
BETWEEN = "On the third day boys walked out to the buoy with a ladder, and the pilot went with them to see it."
LAST = "When the thaw came at last, it came within an hour, and those who had waited for it were asleep."
PULLED = "“We listened to the ice all night as if it were a neighbour.”"


def taken(*lines: str) -> list[str]:
    """The lines that go as pull quotes."""
    page = Page("text", [Block(text, number) for number, text in enumerate(lines)])
    pull_quotes(page, compile_rules(RuleSet(())))
    assert {b.by for b in page.blocks if not b.kept} <= {"duplicates.pull_quote"}
    return [block.text for block in page.blocks if not block.kept]


@pytest.mark.parametrize(
    "quote",
    [
        PULLED,
        "We listened to the ice all night as if it were a neighbour. — Ada Quill, lock keeper",
        "“We listened to the ice all night as if it were a neighbour” – Ada Quill",
        "»We listened to the ice … as if it were a neighbour!«",
        "‘We listened to the ice all night as if it were …’",
    ],
)
def test_a_pull_quote_goes_and_its_paragraph_stays(quote: str) -> None:
    assert taken(FIRST, SOURCE, BETWEEN, quote, LAST) == [quote]
    if ". —" in quote or quote[-2] in ".!":  # else it could be a subheading
        assert taken(FIRST, quote, BETWEEN, SOURCE, LAST) == [quote]


def test_several_sentences_of_a_paragraph_make_a_pull_quote() -> None:
    quote = "“She slept little. Nobody on the quay asked her why she had lit the lamp.”"
    source = "“She slept little. Nobody on the quay asked her why she had lit the lamp,” the pilot wrote to his son."
    assert taken(FIRST, source, BETWEEN, quote, LAST) == [quote]


def test_the_speaker_on_the_line_below_goes_with_it() -> None:
    speaker = "— Ada Quill, lock keeper"
    for quote in (PULLED, PULLED.strip("“”")):
        assert taken(FIRST, SOURCE, BETWEEN, quote, speaker, LAST) == [quote, speaker]
    quote = PULLED.replace(".", "")  # without its speaker a subheading
    assert taken(FIRST, quote, speaker, BETWEEN, SOURCE, LAST) == [quote, speaker]
    assert taken(FIRST, SOURCE, BETWEEN, PULLED, "— Ada Quill lit her lamp.", LAST) == []
    assert taken(FIRST, SOURCE, BETWEEN, PULLED, "— Ada Quill", "— Tom Ferro", LAST) == []


@pytest.mark.parametrize(
    "lines",
    [
        (FIRST, SOURCE, BETWEEN, PULLED.strip("“”"), LAST),  # nothing says that it is a quote
        (FIRST, SOURCE, BETWEEN, "“We listened to the ice all night.”", LAST),  # too short, and not all of the sentence
        (FIRST, SOURCE, BETWEEN, "“We listened to the snow all night as if it were a neighbour.”", LAST),
        (PULLED, FIRST, SOURCE, LAST),  # above the first paragraph
        (FIRST, SOURCE, LAST, PULLED),  # an ending
        (FIRST, SOURCE, LAST, PULLED, "Ada Quill"),
        (FIRST, PULLED, SOURCE, LAST),  # discussed below
        (FIRST, f"“We all slept.” {BETWEEN} We all slept in chairs.", BETWEEN, "“We all slept in chairs.”", LAST),
        (FIRST, f"{'It froze. ' * 70}We slept.", BETWEEN, f"“{'It froze. ' * 70}”", LAST),  # no line to be set off
        (FIRST, PULLED.replace(".”", "”"), BETWEEN, SOURCE, LAST),  # a subheading
        (FIRST, "She says only this:", PULLED, BETWEEN, SOURCE, LAST),
        (FIRST, SOURCE, BETWEEN, PULLED, "“And did it answer?”", LAST),  # a dialogue
        (FIRST, SOURCE, BETWEEN, PULLED, BETWEEN, PULLED, LAST),  # a refrain
        (FIRST, SOURCE, *[f"{BETWEEN} {n}." for n in range(12)], PULLED, LAST),  # far away: it is remembered
        (FIRST, "Ada Quill", PULLED, "Tom Ferro", BETWEEN, SOURCE, LAST),  # among short lines
    ],
)  # fmt: skip
def test_what_may_be_told_twice_on_purpose_stays(lines: tuple[str, ...]) -> None:
    assert taken(*lines) == []


def test_two_quotes_in_a_row_are_a_summary() -> None:
    quote = "“Then came the thaw, within an hour, while we slept in our chairs.”"
    source = f"{quote} That is what she told the paper, and what she tells each child that asks her about it today."
    assert taken(FIRST, SOURCE, source, BETWEEN, PULLED, quote, LAST) == []
    signed = [f"{text.strip('“”')} — Ada Quill" for text in (PULLED, quote)]
    assert taken(FIRST, SOURCE, source, BETWEEN, *signed, LAST) == []
    assert taken(FIRST, SOURCE, source, BETWEEN, PULLED, LAST, quote, FIRST) == [PULLED, quote]


def test_a_paragraph_near_another_quote_is_not_near_this_one() -> None:
    far = [f"{BETWEEN} {n}." for n in range(12)]
    other = "“Then came the thaw, and came within the hour”"
    source = f"{other}, said the pilot, who had taken the ladder home by then."
    assert taken(FIRST, SOURCE, source, BETWEEN, other, *far, PULLED, BETWEEN) == [other]


def test_the_class_of_a_pull_quote_says_enough() -> None:
    for words, gone in (("pull quote", True), ("pullquote", True), ("quote", False), ("pull right", False)):
        texts = (FIRST, PULLED.strip("“”"), "Ada Quill, lock keeper", SOURCE, LAST)
        page = Page("html", [Block(text, n) for n, text in enumerate(texts)])
        for block in page.blocks[1:3]:
            block.facts = Facts((), frozenset(words.split()), frozenset(), 0.0, 0.0, False, True)
        pull_quotes(page, compile_rules(RuleSet(())))
        assert [not block.kept for block in page.blocks] == [False, gone, gone, False, False]


def test_articles_are_looked_at_one_by_one() -> None:
    page = Page("text", [Block(text, n) for n, text in enumerate((FIRST, SOURCE, LAST, FIRST, PULLED, LAST))])
    for block in page.blocks[3:]:
        block.article = 1
    pull_quotes(page, compile_rules(RuleSet(())))
    assert all(block.kept for block in page.blocks)


def test_code_is_neither_a_pull_quote_nor_its_paragraph() -> None:
    for coded in (1, 3):
        page = Page("text", [Block(text, n) for n, text in enumerate((FIRST, SOURCE, BETWEEN, PULLED, LAST))])
        page.blocks[coded].code = True
        pull_quotes(page, compile_rules(RuleSet(())))
        assert all(block.kept for block in page.blocks)


CAPTION = "The lock at Lindow on the morning of the thaw. Photo: Ada Quill/Harbour Post"


def said_again(*lines: tuple[Role, str]) -> list[str]:
    """The lines that go for a caption."""
    page = Page("text", [Block(text, number, role=role) for number, (role, text) in enumerate(lines)])
    captions(page, compile_rules(RuleSet(())))
    assert {b.by for b in page.blocks if b.role == "chrome"} <= {"duplicates.caption"}
    return [block.text for block in page.blocks if block.role == "chrome"]


@pytest.mark.parametrize(
    "copy",
    [
        CAPTION,
        "The lock at Lindow on the morning of the thaw",
        "Photo: Ada Quill/Harbour Post – The lock at Lindow on the morning of the thaw",
        "The lock at Lindow on the morning of the thaw (picture: Ada Quill)",
        "(Ada Quill) The lock at Lindow on the morning of the thaw.",
    ],
)
def test_a_caption_s_copy_goes_wherever_it_stands(copy: str) -> None:
    for above in (True, False):
        lines: list[tuple[Role, str]] = [("body", copy), ("body", BETWEEN), ("caption", CAPTION)][:: 1 if above else -1]
        assert said_again(("body", FIRST), *lines, ("body", LAST)) == [copy]


@pytest.mark.parametrize(
    "other",
    [
        "The lock at Lindow on the morning of the thaw had never looked so small. Photo: Ada Quill/Harbour Post",
        "The lock at Lindow on the morning of the thaw. A boy is standing on the gate.",  # says more
        "Ada Quill/Harbour Post: nothing but a name on the door",
        "Ada Quill/Harbour Post: the morning of the lock, the thaw at the harbour",  # its words, but no part of it
        "The lock at Lindow",  # a heading says as much
    ],
)
def test_what_says_more_or_little_than_a_caption_stays(other: str) -> None:
    assert said_again(("body", FIRST), ("caption", CAPTION), ("body", BETWEEN), ("body", other), ("body", LAST)) == []


def test_headings_and_the_first_paragraph_stay() -> None:
    same = "The lock at Lindow on the morning of the thaw"
    assert said_again(("caption", CAPTION), ("title", same), ("body", FIRST), ("heading", same)) == []
    caption: tuple[Role, str] = ("caption", f"{FIRST} Photo: Ada Quill")
    assert said_again(caption, ("body", FIRST), ("body", LAST)) == []


def test_of_two_captions_the_one_that_says_less_goes() -> None:
    short, other = (
        "The lock at Lindow on the morning of the thaw.",
        "Photo: Ada Quill/Harbour Post | The lock at Lindow on the morning of the thaw",
    )
    for first, second, gone in (
        (short, CAPTION, short),
        (CAPTION, short, short),
        (CAPTION, other, other),
        (CAPTION, CAPTION, CAPTION),
    ):
        page = Page("text", [Block(first, 0, role="caption"), Block(BETWEEN, 1), Block(second, 2, role="caption")])
        for block in page.blocks:
            if block.text == CAPTION:
                block.parts = {"text": short, "credit": "Ada Quill/Harbour Post"}
        captions(page, compile_rules(RuleSet(())))
        assert [b.text for b in page.blocks if b.role == "chrome"] == [gone]
        assert page.blocks[2].role == ("chrome" if gone == second else "caption")


def test_a_credit_on_a_line_of_its_own_is_not_its_caption() -> None:
    credit = "Photo: Ada Quill/Harbour Post, with thanks to the pilot"
    page = Page("html", [Block(FIRST, 0, role="caption"), Block(credit, 1, role="caption")])
    page.blocks[1].parts = {"text": FIRST, "credit": credit}
    captions(page, compile_rules(RuleSet(())))
    assert [block.role for block in page.blocks] == ["caption", "caption"]


def test_a_long_page_of_repeats_costs_what_it_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def counted(*args: object) -> object:
        nonlocal asked
        asked += 1
        return real(*args)  # type: ignore[arg-type]

    real = wording_module._end
    monkeypatch.setattr(wording_module, "_end", counted)
    lines = [
        FIRST,
        *[f"{SOURCE} {n}" for n in range(300)],
        *[PULLED.replace(".”", f" {n} …”") for n in range(300)],
        LAST,
    ]
    taken(*lines)
    assert asked <= 300 * wording_module.ALIKE


SENTENCES = [
    "The harbour froze in the night before the market and nobody could leave.",
    "Nobody asked the lock keeper why her lamp was burning!",
    "It was the boys who walked out first, with a ladder and a dog.",
    "We listened to the ice as if it were a neighbour.",
    "Then the thaw came, and it came within the hour.",
]
runs = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join)
told = st.one_of(runs, *(runs.map(form.format) for form in ("“{}”", "“{}” — Ada Quill", "He said: “{}” And left.")))


@given(st.lists(told, max_size=14), st.lists(st.sampled_from(["body"] * 3 + ["heading", "caption"]), min_size=14))
def test_all_that_a_pull_quote_says_is_still_in_the_text(texts: list[str], roles: list[Role]) -> None:
    page = Page("text", [Block(text, n, role=role) for n, (text, role) in enumerate(zip(texts, roles, strict=False))])
    settled = False
    while not settled:
        before = len(page.kept())
        pull_quotes(page, compile_rules(RuleSet(())))
        settled = before == len(page.kept())
    left = [" ".join(tokens(block.text)) for block in page.kept()]
    for block in page.blocks:
        if block.role == "chrome":
            said = " ".join(tokens(block.text.partition("” —")[0]))
            assert any(said in text and said != text for text in left)
