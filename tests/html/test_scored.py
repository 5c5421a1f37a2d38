"""Blocks that nobody has signed, by the block scorer: what it brings in, what it takes, and what it never takes."""

from collections.abc import Sequence
from unittest.mock import patch

import numpy as np
import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, extract, page_of, paragraphs

from cleaners import Block, Page, clean
from cleaners.html import scored
from cleaners.html.block_facts import facts, names, second_facts, second_names
from cleaners.html.block_scores import scores
from cleaners.page import Facts, Meta
from cleaners.scoring.trees import models

MAIN = Facts(("main", "article", "p"), frozenset(), frozenset(), 0.0, 0.0, False, True, inside=(1, 2, 3))


def blocks_of(*texts: str, kept: Sequence[bool], facts: Facts = MAIN) -> list[Block]:
    found = [Block(text, n, facts=facts, share=float(k)) for n, (text, k) in enumerate(zip(texts, kept, strict=True))]
    for block, k in zip(found, kept, strict=True):
        block.label("body" if k else "chrome", "" if k else "extract.outside")
    return found


def labelled(blocks: list[Block], chances: Sequence[float]) -> list[str]:
    """Who signs each block, if the scorer gives these chances."""
    logits = [float(np.log(chance / (1 - chance))) for chance in chances]
    with patch.object(scored, "scores", lambda *_: logits):
        scored.scored(Page("html", blocks), None)  # type: ignore[arg-type]
    return [block.by for block in blocks]


def test_what_was_left_out_comes_in_from_a_half_on() -> None:
    blocks = blocks_of(ONE, "Seats are free.", "Share", TWO, kept=[True, False, False, True])
    assert labelled(blocks, [0.9, 0.51, 0.49, 0.9]) == ["", "blocks.in", "extract.outside", ""]
    assert blocks[1].role == "body" and blocks[1].why.startswith("The block scorer gives it a chance of 51%")


def test_a_heading_comes_in_as_a_heading() -> None:
    facts = Facts(("main", "h2", "span"), frozenset(), frozenset(), 0.0, 0.0, False, True, inside=(1, 2, 3))
    blocks = [*blocks_of(ONE, kept=[True]), *blocks_of("The afternoon", kept=[False], facts=facts)]
    assert labelled(blocks, [0.9, 0.9]) == ["", "blocks.in"] and blocks[1].role == "heading"


def test_what_was_taken_goes_only_where_it_hardly_is_the_articles() -> None:
    texts = (ONE, TWO, THREE, FOUR, "Sign up here", "Read on")
    blocks = blocks_of(*texts, kept=[True] * 6)
    assert labelled(blocks, [0.9, 0.2, 0.9, 0.9, 0.29, 0.31]) == ["", "", "", "", "blocks.out", ""], "prose is surer"
    assert labelled(blocks_of(*texts, kept=[True] * 6), [0.9, 0.14, 0.14, 0.14, 0.1, 0.1]) == [""] * 6, "it is too much"


def test_what_the_page_marks_and_what_rules_signed_is_left_alone() -> None:
    blocks = blocks_of(ONE, "A caption", "A box", "x = 1", kept=[True, True, True, True])
    blocks[1].label("caption", "extract.caption")
    blocks[2].label("chrome", "extract.box")
    blocks[3].code = True
    assert labelled(blocks, [0.9, 0.01, 0.99, 0.01]) == ["", "extract.caption", "extract.box", ""]


def test_nothing_extracted_is_nothing_to_go_by() -> None:
    blocks = blocks_of(ONE, TWO, kept=[False, False])
    assert labelled(blocks, [0.99, 0.99]) == ["extract.outside"] * 2


def test_facts_are_numbers_under_names() -> None:
    page = extract(page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE)}"))
    seen, build = facts(page.blocks, page.meta)
    assert seen.shape == (len(page.blocks), len(names())) and np.isfinite(seen).all()
    assert len(set(names())) == len(names())
    again = second_facts(build, [0.0] * len(page.blocks))
    assert again.shape == (len(page.blocks), len(second_names())) and np.isfinite(again).all()
    at = next(n for n, b in enumerate(page.blocks) if b.raw == TWO)
    told = dict(zip(names(), seen[at], strict=True))
    assert told["is_p"] == told["in_article"] == told["ends"] == told["prose"] == told["kept"] == told["share"] == 1.0
    assert told["links"] == told["in_li"] == told["is_heading"] == 0.0 and told["kept-1"] == told["kept+1"] == 1.0


@pytest.mark.parametrize("text", ["", "\U0001f600", "船は九時に出た。", "\ud800", "a\nb"])
def test_facts_of_odd_blocks_are_finite(text: str) -> None:
    blocks = [Block(text, 0), Block(text, 1, facts=MAIN)]
    assert np.isfinite(facts(blocks, Meta())[0]).all()


def test_the_weights_go_with_the_facts() -> None:
    for look, more in (("first", 0), ("second", len(second_names()))):
        count = len(names()) + len(models("blocks")["first"]["classes"]) + more
        assert max(_facts_of(tree) for tree in models("blocks")[look]["trees"]) < count
    assert models("blocks")["first"]["facts"] == list(names())


def _facts_of(tree: object) -> int:
    return max(tree[0], _facts_of(tree[2]), _facts_of(tree[3])) if isinstance(tree, list) else -1


def test_a_page_is_scored_the_same_each_time() -> None:
    page = extract(page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE)}"))
    assert scores(page.blocks, page.meta) == scores(page.blocks, page.meta)


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
