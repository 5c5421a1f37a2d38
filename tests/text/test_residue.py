"""What the line scorer takes out of extracted text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners import Cleaner, clean
from cleaners.source import lines as read_lines
from cleaners.text import residue as stage
from cleaners.text.bounds import BOUNDS, keeps
from cleaners.text.line_facts import Lines
from cleaners.text.page_lines import lines_of
from cleaners.words import ended, prose

PROSE = (
    "The harbour council of Lindow voted on Tuesday to keep the old ferry running until the bridge is mended.",
    "Its captain, who has crossed the bay some forty thousand times, said she would rather retire than stop.",
    "Engineers found rust in two of the nine piers last autumn, and nobody knows yet what the work will cost.",
    "A crossing takes eleven minutes in calm weather, and the boat carries sixty people and as many bicycles.",
)
SHORT = (
    "“It was,” she said, “a quiet crossing”",
    "Yes, it is.",
    "Share",
    "1.2k",
    "Ferries",
    "More from Lindow",
    "Sign in",
    "Ann Ode",
    "Harbour life",
    "1",
    "Next story",
)

CLEANER = Cleaner()
Scored = tuple[Lines, list[float], list[bool]]


@st.composite
def any_scores(draw: st.DrawFn) -> Scored:
    """Lines of prose and short ones, with any logits and any code."""
    texts = draw(st.lists(st.sampled_from([*PROSE, *SHORT]), min_size=1, max_size=30))
    page = read_lines("\n".join(texts))
    found = lines_of(page.blocks, CLEANER.matcher)
    logits = draw(st.lists(st.floats(-9, 9), min_size=len(texts), max_size=len(texts)))
    return found, logits, draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))


@given(any_scores())
def test_no_sentence_goes_no_code_and_no_prose_between_the_articles_lines(
    given: tuple[Lines, list[float], list[bool]],
) -> None:
    lines, logits, code = given
    keep = keeps(logits, lines, code)
    places = [n for n, kept in enumerate(keep) if kept]
    for n, text in enumerate(lines.texts):
        assert keep[n] or not (code[n] or text.startswith("www.")) or not places
        assert keep[n] or not places or not (ended(text) and logits[n] > BOUNDS.sentence)
    for a, b in pairwise(places):
        between = lines.texts[a + 1 : b]
        assert len(between) > BOUNDS.near or not any(ended(text) or prose(text) for text in between)


@given(any_scores())
def test_a_long_stretch_goes_only_where_it_is_clearly_furniture(scored: Scored) -> None:
    lines, logits, code = scored
    keep = keeps(logits, lines, code)
    run: list[float] = []
    for kept, logit in [*zip(keep, logits, strict=True), (True, 0.0)]:
        if not kept:
            run.append(logit)
            continue
        assert len(run) <= BOUNDS.free or min(run) <= BOUNDS.edge or not any(keep)
        run = []


def test_where_little_would_be_left_nothing_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "scores", lambda lines: [-9.0] * len(lines.texts))
    text = "\n\n".join(PROSE)
    (article,) = clean(text)
    assert article.text == text and not article.removed


FOOT = ("Filed: ferries, Lindow, bridges", "Share", "14 shares", "Explore further", "Bridge of sighs", "Harbour notes")


@st.composite
def extracted(draw: st.DrawFn) -> str:
    """Prose with a few short lines of the site around and inside it."""
    short = st.lists(st.sampled_from([*SHORT, *FOOT]), max_size=6)
    inside = draw(st.lists(st.one_of(st.sampled_from(PROSE), st.sampled_from(SHORT)), min_size=3, max_size=14))
    return draw(st.sampled_from(["\n", "\n\n"])).join([*draw(short), PROSE[0], *inside, PROSE[1], *draw(short)])


@settings(max_examples=60)
@given(extracted())
def test_cleaning_twice_changes_nothing(source: str) -> None:
    for article in CLEANER.clean(source):
        assert [again.text for again in CLEANER.clean(article.text)] == [article.text]


@pytest.mark.parametrize(
    "foot",
    [
        ("More by Ann Ode", "Ferries", "Boats", "Leave a reply", "Your name", "Your email", "Post comment"),
        ("1.4k", "Share", "Tweet", "Ferries", "Bridges", "Tides", "You may also like", "Bridge of sighs", "Subscribe"),
    ],
)
def test_a_foot_that_rules_know_in_part_goes_whole_and_tells_why(foot: tuple[str, ...]) -> None:
    (article,) = clean("\n".join([*PROSE, *PROSE[:2], *foot]))
    by = {entry["text"]: (entry["by"], entry["why"]) for entry in article.removed}
    assert article.text.endswith(PROSE[1]) and by.keys() == set(foot)
    found = [why for who, why in by.values() if who == "residue.line"]
    assert len(found) > 1 and all(why.startswith("Below the article; line scorer ") for why in found)


@pytest.mark.parametrize("logit, kept", [(-0.4, True), (-0.6, False)])
def test_a_line_next_above_the_article_stays_unless_it_is_clearly_furniture(logit: float, kept: bool) -> None:
    texts = ["Lindow Post", "The slow boat", *PROSE]
    found = lines_of(read_lines("\n".join(texts)).blocks, CLEANER.matcher)
    keep = keeps([-9.0, logit, *(9.0 for _ in PROSE)], found, [False] * len(texts))
    assert keep == [False, kept, *(True for _ in PROSE)]


@pytest.mark.parametrize(
    "foot, logit, kept",
    [
        (("With love,", "Ada", "Share this article"), -2.4, True),
        (("With love,", "Ada", "Share this article"), -2.6, False),
        (("With love,", "Ada", "of the sky"), -2.9, True),
        (("With love,", "Ada", "of the sky"), -3.1, False),
    ],
)
def test_lines_below_the_article_stay_unless_a_foot_follows_that_is_the_sites(
    foot: tuple[str, ...], logit: float, kept: bool
) -> None:
    texts = [*PROSE, *foot]
    found = lines_of(read_lines("\n".join(texts)).blocks, CLEANER.matcher)
    keep = keeps([*(9.0 for _ in PROSE), logit, logit, -9.0], found, [False] * len(texts))
    assert keep == [*(True for _ in PROSE), kept, kept, False]


def test_no_line_goes_that_the_scorer_takes_for_the_articles_rather() -> None:
    texts = [*PROSE, "Share this article", "Harbour life", "Related articles", "Bridge of sighs"]
    found = lines_of(read_lines("\n".join(texts)).blocks, CLEANER.matcher)
    keep = keeps([*(9.0 for _ in PROSE), -9.0, 0.1, -9.0, -9.0], found, [False] * len(texts))
    assert keep == [*(True for _ in PROSE), False, True, False, False]


def test_a_line_above_a_title_is_not_next_to_prose() -> None:
    texts = ["Lindow Post", "Ferries", "The slow boat", *PROSE]
    found = lines_of(read_lines("\n".join(texts)).blocks, CLEANER.matcher)
    keep = keeps([-2.0, -0.9, 2.0, *(9.0 for _ in PROSE)], found, [False] * len(texts))
    assert keep == [False, False, *(True for _ in texts[2:])]


LETTERS = [
    ("Dear Ada,", "With love,", "Tilda", "PS: The blue jug is yours"),
    ("Liebe Ada,", "Deine Tilda", "PS: Der blaue Krug gehört dir"),
    ("Querida Ada:", "Un abrazo fuerte,", "Tilda", "P. D.: La jarra azul es tuya"),
]


@pytest.mark.parametrize("greeting, closing", [(lines[0], lines[1:]) for lines in LETTERS])
def test_a_letter_keeps_its_end_above_a_foot(greeting: str, closing: tuple[str, ...]) -> None:
    foot = ("Share this article", "Related articles", "Bridge of sighs", "© 2022 Lindow Post. All rights reserved.")
    (article,) = clean("\n".join([greeting, *PROSE, *closing, *foot]))
    assert article.text == "\n\n".join([greeting, *PROSE, *closing])


def test_a_line_below_a_paragraph_with_prose_to_come_may_head_a_box() -> None:
    texts = [*PROSE[:2], "Every day from Lindow", "Your address", *PROSE[2:]]
    found = lines_of(read_lines("\n".join(texts)).blocks, CLEANER.matcher)
    keep = keeps([9.0, 9.0, -0.9, -9.0, 9.0, 9.0], found, [False] * len(texts))
    assert keep == [True, True, False, False, True, True]


def test_what_a_sentence_leaves_alone_of_a_stretch_is_next_to_the_article() -> None:
    texts = [*PROSE, "Would we go back?", "On Monday"]
    found = lines_of(read_lines("\n".join(texts)).blocks, CLEANER.matcher)
    keep = keeps([*(9.0 for _ in PROSE), -1.9, -0.9], found, [False] * len(texts))
    assert all(keep)
