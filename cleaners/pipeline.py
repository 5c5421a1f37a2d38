"""The ordered lists of stages, and the loop that runs them. To add a stage, write one function and one line here.

A stage gives blocks a role or an edit, and signs it. It never deletes a block, never imports another stage, and run
again over what it left it changes nothing: of HTML, FIRST and TEXT at once; of BOTH and LAST, which are run until none
finds more, from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cleaners import limit
from cleaners.html import furniture, marks, notes, parts, read, rejoin, scored, stated, voices
from cleaners.html.reading import Reading
from cleaners.matching.match import Matcher
from cleaners.page import Page
from cleaners.text.code import code, code_again, line_numbers
from cleaners.text.duplicates import captions, duplicates, pull_quotes
from cleaners.text.front import front
from cleaners.text.head import head
from cleaners.text.language import language
from cleaners.text.repair import repair, spaces
from cleaners.text.residue import residue
from cleaners.text.rule_stages import allow, certain, edges, ends
from cleaners.text.several import several
from cleaners.text.teasers import teasers
from cleaners.text.walls import walls
from cleaners.text.whole_page import whole_page, whole_page_again

Step = Callable[[Reading], None]
Stage = Callable[[Page, Matcher], None]

EACH: tuple[Step, ...] = (
    voices.extract,  # what trafilatura takes of it is body, the rest is chrome,
    voices.recall,  # the same again where it missed the article,
    voices.container,  # else the main element,
    voices.all_prose,  # and all prose of that: a short article may be passed over
    read.metadata,  # what it says of itself,
    parts.signed,  # and who signs it, beside its prose
)
"""How one of several articles on an HTML page is read."""

READ: tuple[Step | tuple[Step, ...], ...] = (
    voices.extract,  # what trafilatura takes is body, the rest is chrome: `extract.outside`
    voices.hidden,  # where most of what it took is in no visible block: what the page hides
    voices.too_big,  # a page that is too big for it: all from the first prose to the last
    voices.recall,  # where it missed the article: it is asked for more,
    voices.container,  # else the main element is taken
    read.metadata,  # what the page says of itself
    parts.split,  # where it holds several articles: each is cut out,
    EACH,  # read by itself,
    parts.join,  # and put back; what stands between them is chrome
)
"""Of HTML pages alone, first: which blocks an extractor took, before anything is asked about the blocks themselves.
Before it, the source is parsed, and every visible block is listed with its facts (`html.read.opened`)."""

HTML: tuple[Stage, ...] = (
    rejoin.code,  # what the extractor dropped: code in the main element,
    rejoin.line_numbers,  # without the numbers beside it,
    rejoin.headings,  # headings between paragraphs of the article,
    rejoin.quoted_posts,  # posts that it quotes,
    rejoin.paragraphs,  # paragraphs right above and below it
    marks.headings,  # what the markup says: h1 to h6,
    marks.title,  # the title, and what repeats it,
    furniture.consent,  # a notice that asks for consent, however long: what follows looks for the prose
    marks.captions,  # captions and credits,
    marks.head,  # kicker, date and byline by their classes,
    marks.date_line,  # the date by what it says,
    marks.standfirst,  # the standfirst by its class,
    marks.author_line,  # the byline by the author's name in it,
    marks.address,  # the page's own address, printed at its top,
    marks.authors,  # lines of nothing but the authors' names
    stated.stated,  # what the page's JSON-LD has of the text, and what it lacks
    furniture.box,  # furniture inside the article: boxes by their class,
    furniture.inside_box,  # what is in such boxes,
    furniture.below_main,  # short lines below the main element,
    furniture.other_cell,  # short lines beside the table cell that holds it,
    furniture.link_list,  # lists of links into the site,
    furniture.site_link,  # lines that are such links,
    furniture.last_links,  # links at the end,
    furniture.post_meta,  # "Filed under: ..." at either end,
    furniture.empty_heading,  # headings of what is gone
    notes.notes,  # notes on the author or the text, below it,
    notes.signature,  # and the name that signs it
    scored.scored,  # what the extractor left out or took, or was only proposed as furniture: by the block scorer
)
"""Of HTML pages alone, once: what the markup says, on top of what extractors took (`READ`)."""

FIRST: tuple[Stage, ...] = (
    code,  # what is code: it keeps its spaces
    repair,  # spaces, mojibake, invisible characters
    allow,  # the user's lines that are never taken out: what comes before is undone, what comes behind has no say
    language,  # where the page does not declare it
    certain,  # rules: lines that are chrome wherever they stand, captions with a credit
)
"""Of both, once: the lines as they read, and what is certain of them."""

TEXT: tuple[Stage, ...] = (
    whole_page,  # text that is all a browser shows: what stands outside the article
    duplicates,  # the same line twice in a row, which else would stand between an article's end and the next
    several,  # where one article ends and the next begins
)
"""Of text alone, once."""

BOTH: tuple[Stage, ...] = (
    code_again,  # text: what is code still, of what is left
    spaces,  # of lines that are code no more
    line_numbers,  # those beside code
    whole_page_again,  # text: where what is left of a whole page still reads as one
    certain,  # again: some rules are for one language, and that is known better now
    edges,  # rules: lines that are chrome, bylines or dates only outside the prose
    front,  # text: title, kicker, standfirst, byline, dates of a head with junk in it
    head,  # title, kicker, standfirst
    ends,  # rules: everything behind "Related Posts"
    captions,  # what a caption says already
    duplicates,  # the same line twice in a row
    pull_quotes,  # quotes set off from the text that repeat it
    teasers,  # text: lists of headlines about other things
    walls,  # of which there is nothing but a bot check, a login, "Page not found"
    language,  # of what is left
)
"""Of both, again and again, until none of them finds more: the later ones see what the earlier ones left."""

LAST: tuple[Stage, ...] = (
    residue,  # text: what reads like furniture of extracted text
)
"""Of both, where those find no more: what is not certain comes behind all that is. Then BOTH again."""

LEFT: tuple[Stage, ...] = (code, repair, language)
"""Of a page that is left whole, since more would be taken out of it than the user allows: what takes nothing."""

ONCE = {"html": (*HTML, *FIRST), "text": (*FIRST, *TEXT)}
"""What comes first, by the kind of page."""


def read_html(html: str, url: str | None = None) -> Page:
    """The page of an HTML document: every visible block with its facts, labelled as far as extractors took it.

    Raises NotText where the source cannot be parsed as HTML.
    """
    reading = read.opened(html, url)
    _read(reading, READ)
    return reading.page


def _read(reading: Reading, steps: Iterable[Step | tuple[Step, ...]]) -> None:
    for step in steps:
        if isinstance(step, tuple):
            for article in reading.articles:
                _read(article, step)
        else:
            step(reading)


def run(page: Page, matcher: Matcher, both: tuple[Stage, ...] = BOTH) -> None:
    """Labels a page. Cleaning what is left of it changes nothing.

    Ends: each round of `both` but the last takes a block out of the text, or is the last that changes the language; and
    so does each of LAST.
    """
    matcher = matcher.for_page()
    lines = page.kept()
    for stage in ONCE[page.kind]:
        for part in page.parts if stage in HTML and page.parts else [page]:
            stage(part, matcher)

    def left() -> tuple[object, ...]:
        return len(page.kept()), page.meta.language, page.languages

    before, settled = None, False
    while not settled:
        while before != (before := left()):
            for stage in both:
                stage(page, matcher)
        for stage in LAST:
            stage(page, matcher)
        settled = before == left()
    rules = matcher.rules
    page.over = limit.too_much(page, lines, rules.most_removed)
    page.over_by = limit.most_by(lines) if page.over is not None else ""
    if page.over is not None and rules.too_much == "leave":
        out = limit.put_back(page, lines)
        for stage in LEFT:
            stage(page, matcher)
        limit.sign(page, out, page.over)
