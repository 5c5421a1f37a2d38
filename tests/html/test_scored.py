"""Blocks that nobody has signed, by the block scorer: what it brings in, what it takes, and what it never takes."""

from collections.abc import Sequence
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, page_of, paragraphs

from cleaners import Block, Page, clean
from cleaners.html import scored
from cleaners.html.block_facts import FURNITURE
from cleaners.page import Facts
from cleaners.signers import SIGNERS

MAIN = Facts(("main", "article", "p"), frozenset(), frozenset(), 0.0, 0.0, False, True, inside=(1, 2, 3))


def blocks_of(*texts: str, kept: Sequence[bool], facts: Facts = MAIN) -> list[Block]:
    found = [Block(text, n, facts=facts, share=float(k)) for n, (text, k) in enumerate(zip(texts, kept, strict=True))]
    for block, k in zip(found, kept, strict=True):
        block.label("body" if k else "chrome", "" if k else "extract.outside")
    return found


def labelled(blocks: list[Block], chances: Sequence[float], kind: str = "article") -> list[str]:
    """Who signs each block, if the scorer gives these chances on a page of this kind."""
    logits = [float(np.log(chance / (1 - chance))) for chance in chances]
    with patch.object(scored, "scores", lambda *_: (kind, logits)):
        scored.scored(Page("html", blocks), None)  # type: ignore[arg-type]
    return [block.by for block in blocks]


def test_what_was_left_out_comes_in_where_it_is_likely() -> None:
    blocks = blocks_of(ONE, THREE, FOUR, "Seats are free.", "Share", TWO, kept=[True, False, False, False, False, True])
    signed = labelled(blocks, [0.9, 0.51, 0.49, 0.61, 0.59, 0.9])
    assert signed == ["", "blocks.in", "extract.outside", "blocks.in", "extract.outside", ""]
    assert blocks[1].role == "body" and blocks[1].why.startswith("The block scorer gives it a chance of 51%")


def test_on_a_page_that_is_no_article_more_comes_in_and_the_reason_says_so() -> None:
    blocks = blocks_of(ONE, THREE, "Seats: 40", "Share", TWO, kept=[True, False, False, False, True])
    signed = labelled(blocks, [0.9, 0.41, 0.41, 0.39, 0.9], "other")
    assert signed == ["", "blocks.in", "blocks.in", "extract.outside", ""]
    assert blocks[2].why.startswith("The block scorer for pages that are no articles gives it a chance of 41%")


@pytest.mark.parametrize(
    "facts",
    [
        replace(MAIN, in_figure=True),
        replace(MAIN, tags=("main", "aside", "p")),
        replace(MAIN, words=frozenset({"signup", "top"})),
    ],
)
def test_what_stands_in_a_figure_an_aside_or_a_box_stays_out(facts: Facts) -> None:
    blocks = [*blocks_of(ONE, kept=[True]), *blocks_of(TWO, kept=[False], facts=facts)]
    assert labelled(blocks, [0.9, 0.99]) == ["", "extract.outside"]


def test_a_heading_comes_in_as_a_heading() -> None:
    facts = Facts(("main", "h2", "span"), frozenset(), frozenset(), 0.0, 0.0, False, True, inside=(1, 2, 3))
    blocks = [*blocks_of(ONE, kept=[True]), *blocks_of("The afternoon", kept=[False], facts=facts)]
    assert labelled(blocks, [0.9, 0.9]) == ["", "blocks.in"] and blocks[1].role == "heading"


def test_what_was_taken_goes_only_where_it_hardly_is_the_articles() -> None:
    texts = (ONE, TWO, THREE, FOUR, "Sign up here", "Read on")
    blocks = blocks_of(*texts, kept=[True] * 6)
    assert labelled(blocks, [0.9, 0.01, 0.9, 0.9, 0.09, 0.11]) == ["", "", "", "", "blocks.out", ""], "prose never goes"
    most = blocks_of(ONE, *["Sign up here"] * 20, kept=[True] * 21)
    assert labelled(most, [0.9, *[0.05] * 20]) == [""] * 21, "it is too much"


def test_what_the_page_marks_and_what_rules_signed_is_left_alone() -> None:
    blocks = blocks_of(ONE, "A caption", "By Ann Marsh", "x = 1", kept=[True, True, True, True])
    blocks[1].label("caption", "extract.caption")
    blocks[2].label("chrome", "extract.note")
    blocks[3].code = True
    assert labelled(blocks, [0.9, 0.01, 0.99, 0.01]) == ["", "extract.caption", "extract.note", ""]


@pytest.mark.parametrize("by", sorted(scored.PROPOSALS))
def test_what_a_stage_of_structure_took_out_comes_in_where_it_is_likely(by: str) -> None:
    blocks = blocks_of(ONE, "By sea: the ferry", "Share", TWO, kept=[True, False, False, True])
    for block in blocks[1:3]:
        block.label("chrome", by)
    assert labelled(blocks, [0.9, 0.61, 0.59, 0.9]) == ["", "blocks.in", by, ""]
    assert blocks[1].why.endswith(f", {by} would take it out.")


def test_furniture_is_what_stages_sign() -> None:
    assert set(FURNITURE) <= SIGNERS.keys() and set(FURNITURE) > scored.CERTAIN


def test_nothing_extracted_is_nothing_to_go_by() -> None:
    blocks = blocks_of(ONE, TWO, kept=[False, False])
    assert labelled(blocks, [0.99, 0.99]) == ["extract.outside"] * 2


SPANS = "".join(f"<div class='t'><span>{text}</span></div>" for text in (ONE, TWO, THREE, FOUR))
ITEMS = "".join(
    f"<li>{text}</li>"
    for text in (
        "Bring a coat: the deck is open on all sides and the wind is cold until May.",
        "Bicycles go below, and the crew will tie them up for you.",
        "Tickets are sold on board, in coins alone.",
        "Dogs are welcome, but have to stay on the lower deck.",
    )
)
TICKER = "".join(
    f"<div class='entry'><time>{hour}:15</time><h3>{head}</h3><p>{text}</p></div>"
    for hour, head, text in (
        (12, "Second boat waits", THREE),
        (11, "Few passengers", TWO),
        (9, "On time", ONE),
    )
)
ROWS = "".join(f"<tr><td><p>{a}</p></td><td><p>{b}</p></td></tr>" for a, b in ((ONE, TWO), (THREE, FOUR)))
PANELS = "".join(
    f"<button aria-controls='p{n}'>{question}</button><div id='p{n}' class='panel'><p>{text}</p></div>"
    for n, (question, text) in enumerate((("When does it leave?", ONE), ("Who was there?", TWO), ("And then?", THREE)))
)


@pytest.mark.parametrize(
    "inside",
    [
        SPANS,
        f"{paragraphs(ONE, TWO)}<ul>{ITEMS}</ul>{paragraphs(THREE, FOUR)}",
        f"{paragraphs(FOUR)}<div class='ticker'>{TICKER}</div>",
        f"{paragraphs(ONE)}<table>{ROWS}</table>",
        f"{paragraphs(FOUR)}<div class='faq'>{PANELS}</div>",
    ],
    ids=["spans", "items", "ticker", "rows", "panels"],
)
def test_prose_of_these_kinds_is_kept(inside: str) -> None:
    (article,) = clean(page_of(f"<h1>{TITLE}</h1>{inside}"))
    for text in (ONE, TWO, THREE, FOUR, "Bicycles go below"):
        assert (text in inside) == (text in article.text)
