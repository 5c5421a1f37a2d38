"""The one ordered list of stages, and the loop that runs it. To add a stage, write one function and one line here."""

from __future__ import annotations

from collections.abc import Callable

from cleaners.matching.match import Matcher, key
from cleaners.page import Page
from cleaners.text.duplicates import duplicates
from cleaners.text.head import head
from cleaners.text.language import language
from cleaners.text.repair import repair
from cleaners.text.rule_stages import certain, edges, ends
from cleaners.text.several import several
from cleaners.text.teasers import teasers
from cleaners.text.whole_page import whole_page, whole_page_again

Stage = Callable[[Page, Matcher], None]
"""Gives blocks a role or an edit, and signs it. Never deletes, never looks at another stage."""

FIRST: tuple[Stage, ...] = (
    repair,  # spaces, mojibake, invisible characters
    language,  # where the page does not declare it
    certain,  # rules: lines that are chrome wherever they stand, captions with a credit
    whole_page,  # text that is all a browser shows: what stands outside the article
    several,  # where one article ends and the next begins
)
STAGES: tuple[Stage, ...] = (
    whole_page_again,  # where what is left of a whole page still reads as one
    certain,  # again: some rules are for one language, and that is known better now
    edges,  # rules: lines that are chrome, bylines or dates only outside the prose
    head,  # title, kicker, standfirst
    ends,  # rules: everything behind "Related Posts"
    duplicates,  # the same line twice in a row
    teasers,  # text: lists of headlines about other things
    language,  # of what is left
)


def run(page: Page, matcher: Matcher, stages: tuple[Stage, ...] = STAGES) -> None:
    """Labels a page. The later stages see what the earlier ones left: they run again until none of them finds more,
    so that cleaning twice changes nothing.

    Ends: each round but the last takes a block out of the text, or is the last that changes the language.
    """
    for stage in FIRST:
        stage(page, matcher)
    before = None
    while before != (before := (len(page.kept()), page.meta.language)):
        for stage in stages:
            stage(page, matcher)
    for block in page.blocks:
        if matcher.allowed and block.fate == "removed" and key(block.text) in matcher.allowed:
            block.label("body", "allow")
