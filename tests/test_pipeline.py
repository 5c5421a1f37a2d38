"""The lists of stages, and the loop that runs them."""

import sample

from cleaners import Cleaner
from cleaners.page import Block, Page
from cleaners.pipeline import BOTH, run

PROSE = sample.PROSE[0]


def test_adding_a_stage_is_one_function_and_one_line() -> None:
    def shouting(page: Page, _: object) -> None:
        """Lines that are all capitals are headings."""
        for block in page.kept():
            if block.text.isupper():
                block.label("heading", "shouting")

    page = Page("text", [Block("THE BRIDGE", 0), Block(PROSE, 12)])
    run(page, Cleaner().matcher, (*BOTH, shouting))
    assert [(b.role, b.by) for b in page.blocks] == [("heading", "shouting"), ("body", "")]
