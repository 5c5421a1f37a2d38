"""What is kept of what scorers were asked, and which of it counts for a block."""

from collections.abc import Sequence
from unittest.mock import patch

import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, page_of, paragraphs
from sample import ROOT
from several_pages import SEVERAL
from whole_text import WHOLE

from cleaners import Block, Cleaner, Page
from cleaners.html import scored
from cleaners.scoring.asked import asked, explained
from cleaners.scoring.reasons import Look, Looks
from cleaners.signers import SIGNERS
from cleaners.text import residue, whole_page

DUMP = (ROOT / "seeds" / "de-faehre.txt").read_text(encoding="utf-8")
ARTICLE = page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE, FOUR)}<p>Share</p>")


def test_the_signatures_are_those_of_signers() -> None:
    assert SIGNERS.keys() >= residue.SIGNED | whole_page.SIGNED | scored.SIGNED


@pytest.mark.parametrize("source", [DUMP, WHOLE, ARTICLE], ids=["dump", "whole", "html"])
def test_a_page_is_labelled_the_same_whether_it_is_explained_or_not(cleaner: Cleaner, source: str) -> None:
    page = cleaner.label(source)
    assert page.asked is None, "nothing is kept for nobody"
    for every in (False, True):
        told = cleaner.explain(source, every=every)
        assert [block.block for block in told.blocks] == told.page.blocks == page.blocks
        assert (told.page.route, told.page.id) == (page.route, page.id)


@pytest.mark.parametrize(("source", "by"), [(DUMP, "residue.line"), (WHOLE, "whole_page.outside")])
def test_lines_that_a_scorer_decided_are_explained_and_with_every_all(cleaner: Cleaner, source: str, by: str) -> None:
    told = cleaner.explain(source)
    assert any(each.decided for each in told.blocks)
    for each in told.blocks:
        assert each.decided == (each.block.by in {"residue.line", "whole_page.outside"}) == bool(each.looks)
        if each.block.by == by:
            percent = f"{10 * round(10 * each.looks[-1].chance)} %."
            assert each.block.why.endswith(percent), "the look that decided is the one that is told"
    every = cleaner.explain(source, every=True)
    assert [each.looks for each in every.blocks if each.decided] == [each.looks for each in told.blocks if each.decided]
    assert all(len(each.looks) == 2 for each in every.blocks if each.block.kept)


def test_of_html_the_page_comes_first(cleaner: Cleaner) -> None:
    told = cleaner.explain(ARTICLE, every=True)
    assert {tuple(look.model for look in each.looks) for each in told.blocks} == {("page", "first", "second")}
    (body,) = (each for each in told.blocks if each.block.text == TWO)
    assert body.looks[-1].chance > 0.5 and not body.decided


def test_the_parts_of_a_page_with_several_articles_are_asked_about(cleaner: Cleaner) -> None:
    told = cleaner.explain(SEVERAL["newsletter"][0], every=True)
    assert len(told.page.parts) == len(SEVERAL["newsletter"][1])
    assert {len(each.looks) for each in told.blocks if each.block.article == 0 and each.block.kept} == {3}


def test_a_block_that_a_scorer_brings_in_has_the_facts_from_before() -> None:
    """When it was asked, the block was out: its facts say so, though it is kept now."""
    page = Cleaner().label(ARTICLE)
    page.asked = []
    (block,) = (block for block in page.blocks if block.text == TWO)
    for each in page.blocks:
        each.share = 1.0
    block.label("chrome", "extract.outside")
    with patch.object(scored, "scores", lambda blocks, _: ("article", [2.0] * len(blocks))):
        scored.scored(page, None)  # type: ignore[arg-type]
    assert block.by == "blocks.in"
    (told,) = (each for each in explained(page, every=False).blocks if each.block is block)
    assert told.decided
    stages = [
        r for r in told.looks[-1].reasons + told.looks[-2].reasons if r.about == "what the stages before said of it"
    ]
    assert not any("kept: yes" in reason.says for reason in stages)


def looks(number: int) -> Looks:
    return (Look("none", "first", 0.0, 0.0, ()), Look("none", f"second {number}", 0.0, 0.0, ()))


def test_of_several_times_the_one_that_decided_counts_or_else_the_last() -> None:
    page = Page(
        "text", [Block("decided", 0), Block("kept", 1), Block("another's", 2), Block("never asked", 3)], asked=[]
    )
    by = frozenset({"residue.line"})

    def ask(number: int, blocks: Sequence[Block]) -> None:
        assert page.asked is not None
        page.asked.append(asked(blocks, by, lambda places: [looks(number) for _ in places]))

    ask(1, page.blocks[:3])
    ask(2, page.blocks[:3])
    page.blocks[0].label("chrome", "residue.line")
    page.blocks[2].label("chrome", "share.en")
    ask(3, page.blocks[:2])
    found = explained(page, every=True).blocks
    assert [each.decided for each in found] == [True, False, False, False]
    assert [each.looks[-1].model if each.looks else "" for each in found] == ["second 2", "second 3", "second 2", ""]
    assert [bool(each.looks) for each in explained(page, every=False).blocks] == [True, False, False, False]


def test_a_page_that_was_not_asked_about_has_nothing_to_tell() -> None:
    page = Page("text", [Block("a line", 0)])
    (told,) = explained(page, every=True).blocks
    assert not told.decided and told.looks == ()
