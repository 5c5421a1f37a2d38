"""The visible blocks of a parsed HTML page, in document order, each with the facts of where it stood.

One walk over the tree, without recursion and linear in the size of the page: pages may be nested as deep as they like.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lxml import etree

from cleaners.html.names import (
    BREAKING,
    CAPTION_WORDS,
    HEADINGS,
    PARAGRAPHS,
    SKIPPED,
    class_words,
    name_words,
    word_set,
)
from cleaners.page import Block, Facts
from cleaners.words import PROSE, key, width

CELLS = frozenset({"td", "th"})
VERBATIM = frozenset({"pre", "listing", "xmp", "plaintext"})
"""Elements whose spaces and line ends are shown as they are."""
PARTS = frozenset({"div", "br"})  # lines of a heading: inside one they do not end the block
NAMING = ("class", "id", "role", "itemprop")

HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
NAMED_BY = 3  # words of its class and id by which a reason names the main element
MENUS = ("nav", "header", "footer", "aside", "form")
"""Elements whose controls open menus and the like, no text."""
PERMALINKS = frozenset("¶#§🔗")
"""What a link to its own line or heading shows to who points at it."""
READ_ALOUD = tuple(map(word_set, sorted(class_words("read_aloud"))))
MAY_READ_ALOUD = re.compile("|".join(sorted({max(words, key=len) for words in READ_ALOUD})), re.I)
"""A word of each of these, which is looked for first: the classes of every element are asked."""
PATH_OF_AUTHOR = re.compile(r"/([a-z]+)/(?:\d+/)?([^/?#]+)/?(?:[?#]|$)", re.I)
AUTHOR_PATH = class_words("author_path")
HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#@]*@)?([^/?#:]*)", re.I)
MONOSPACED = re.compile(
    r"(?i)white-space:\s*(?:pre|pre-wrap|break-spaces)\b(?!-line).*\b(?:monospace|courier|consolas|menlo)"
    r"|\b(?:monospace|courier|consolas|menlo)\b.*white-space:\s*(?:pre|pre-wrap|break-spaces)\b(?!-line)"
)
"""A style that shows code. That spaces are kept is not enough: editors paste such a style into plain text as well."""
CODE_LINE = tuple(map(word_set, sorted(class_words("code_line"))))
LINE_NUMBER = class_words("line_number")
SPACES = re.compile(r"[ \t\n\r\f]+")  # what a browser collapses; a no-break space is not among them

LONG_CELL = 200
"""Letters; a longer table cell is a block of its own. (Measured on 254 pages, as regions.py says: at 100, 14 / 0 lines
taken and 0 / 25 kept, as they are split otherwise; at 400, 2 / 0 and 0 / 2.)"""
MAIN_SHARE = 0.6
"""Share of the page's prose that the main element holds. (The same: .4: 6 / 46 taken, 0 / 5 kept; .8: 1 / 1 taken,
7 / 46 kept.)"""
MAX_CHAIN = 64
"""Elements around a block whose tags are remembered, so that deep nesting stays cheap. (The most of these pages:
48.)"""
MAX_WORDS = 300
"""Words of their classes that are remembered; beyond it they are forgotten, for the same reason. (The most: 151.)"""


@dataclass(slots=True, eq=False)
class _Frame:
    """One element of the walk."""

    parent: _Frame | None
    tag: str
    own: frozenset[str]
    order: int
    linked: bool
    local: bool
    in_heading: bool = False
    in_code: bool = False
    verbatim: bool = False
    number: bool = False
    moment: str = ""
    author: str = ""
    open: bool = True
    last: int = 0
    prose: int = 0
    chain: tuple[tuple[str, ...], frozenset[str], tuple[int, ...]] | None = None


@dataclass(slots=True, eq=False)
class _Run:
    """Inline text that stands on lines of its own, as it is collected."""

    frame: _Frame
    pieces: list[str] = field(default_factory=list)
    letters: int = 0
    linked: int = 0
    local: int = 0
    gap: str = "\n\n"
    preformatted: bool = False
    coded: int = 0
    row: _Frame | None = None
    moments: dict[str, None] = field(default_factory=dict)
    signed: dict[str, None] = field(default_factory=dict)


def visible_blocks(tree: etree._Element, host: str | None = None, *, hidden: bool = False) -> list[Block]:
    """All visible blocks of a page in document order, with their facts, numbered from 0.

    `host` is the page's own; without it, only links without a host lead to the same site. `hidden`: also what the page
    hides.
    """
    runs, frames = _walk(tree, host, hidden)
    main = _main_frame(runs, frames)
    container = ".".join([main.tag, *sorted(main.own)[:NAMED_BY]]) if main is not None else ""
    blocks: list[Block] = []
    for run in runs:
        facts = _facts(run, main, container)
        for text, gap in _lines(run):
            code = run.preformatted or run.coded == run.letters
            blocks.append(Block(text, len(blocks), gap, facts, code=code))
    return blocks


def is_hidden(element: etree._Element) -> bool:
    """Whether the page itself says that the element is not shown, or only read aloud to those who cannot see. Browsers
    show what is "until-found" to who searches for it, and the sign of a link to its own place to who points at it."""
    if element.get("hidden", "until-found").lower() != "until-found":
        return True
    if element.tag == "a" and _is_permalink(element):
        return True
    style = element.get("style")
    if style and HIDING_STYLE.search(style):
        return True
    names = element.get("class")
    if names and MAY_READ_ALOUD.search(names) and any(words <= name_words(names) for words in READ_ALOUD):
        return element.tag not in ("html", "body")
    return element.tag == "dialog" and element.get("open") is None


def _is_permalink(element: etree._Element) -> bool:
    """Whether a link says nothing but that it leads to its own place on the page."""
    text = "".join(map(str, element.itertext())).strip(" \ufe0e\ufe0f") if len(element) < 2 else ""
    return text in PERMALINKS and element.get("href", "").startswith("#")


def _opened_by(tree: etree._Element) -> frozenset[str]:
    """The ids of what controls in the text of the page open, answers of an accordion or panels of tabs: hidden at
    first, and yet for everybody to read."""
    controls = tree.iterfind(".//*[@aria-controls]")
    shown = (c for c in controls if c.tag not in MENUS and next(c.iterancestors(*MENUS), None) is None)
    return frozenset(name for control in shown for name in (control.get("aria-controls") or "").split())


def _is_left_out(element: etree._Element, hidden: bool, opened: Collection[str]) -> bool:
    if element.tag in SKIPPED:
        return True
    return not hidden and is_hidden(element) and element.get("id") not in opened


def elements(tree: etree._Element, numbers: Collection[int]) -> dict[int, etree._Element]:
    """The elements that have these numbers in the facts of the page's visible blocks."""
    found: dict[int, etree._Element] = {}
    opened = _opened_by(tree)
    walker = etree.iterwalk(tree, events=("start",))
    for number, (_, element) in enumerate(walker):
        if number in numbers:
            found[number] = element
        if _is_left_out(element, False, opened):
            walker.skip_subtree()
    return found


def _moment(element: etree._Element) -> str:
    """The day or time that an element states in an attribute, for machines to read."""
    stated = element.get("datetime") if element.tag == "time" else None
    if not stated and "date" in (element.get("itemprop") or "").lower():
        stated = element.get("content") or element.get("datetime")
    return stated or ""


def _author(element: etree._Element) -> str:
    """The text of a link to an author's own page, by the address: /authors/ann-marsh."""
    found = PATH_OF_AUTHOR.search(element.get("href") or "") if element.tag == "a" else None
    if found is None or found[1].lower() not in AUTHOR_PATH:
        return ""
    text = " ".join("".join(map(str, element.itertext())).split())
    return text if " " in text or key(text) == key(found[2]) else ""


def same_site(href: str, host: str | None) -> bool:
    """Whether a link leads to another page of the site; a link into the page itself does not."""
    href = href.strip()
    if not href or href.startswith(("#", "mailto:", "tel:", "javascript:", "data:")):
        return False
    if not (m := HOST.match(href)):
        return True
    return host is not None and _site(m[1].lower()) == _site(host)


def _site(host: str) -> str:
    """The part of a host name that the pages of one site share: news.example.co.uk and example.co.uk are one site."""
    labels = host.removeprefix("www.").split(".")
    short = len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2
    return ".".join(labels[-3:] if short else labels[-2:])


def _walk(tree: etree._Element, host: str | None, hidden: bool) -> tuple[list[_Run], list[_Frame]]:
    """All runs of inline text with the innermost element that holds them, and all elements."""
    writer = _Writer()
    frames: list[_Frame] = []
    frame: _Frame | None = None
    verbatim = paragraphs = 0
    opened = _opened_by(tree)
    walker = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if _is_left_out(element, hidden, opened):
                walker.skip_subtree()
                frames.append(_Frame(frame, "", frozenset(), len(frames), False, False))
                frame = frames[-1]
                continue
            names = [value for name in NAMING if (value := element.get(name))]
            own = name_words(" ".join(names)) if names and tag != "body" else frozenset()
            linked, local = (frame.linked, frame.local) if frame is not None else (False, False)
            in_heading = tag in HEADINGS or (frame is not None and frame.in_heading)
            if tag == "a" and (href := element.get("href")) is not None and not (in_heading and href.startswith("#")):
                linked, local = True, same_site(href, host)
            moment = _moment(element) or (frame.moment if frame is not None else "")
            author = _author(element) or (frame.author if frame is not None else "")
            in_code = tag == "code" or (frame is not None and frame.in_code)
            frame = _Frame(
                frame, tag, own, len(frames), linked, local, in_heading, in_code, moment=moment, author=author
            )
            frame.verbatim = _shows_spaces(element, own)
            frame.number = verbatim > 0 and is_line_number(own, own, tag)
            frames.append(frame)
            paragraphs += tag in PARAGRAPHS
            writer.start(frame, paragraphs > 0, verbatim > 0)
            verbatim += frame.verbatim
            if element.text:
                writer.add(element.text, frame, verbatim > 0)
        elif event == "end":
            assert frame is not None
            if frame.tag:
                verbatim -= frame.verbatim
                writer.end(frame, paragraphs > 0, verbatim > 0)
                paragraphs -= frame.tag in PARAGRAPHS
            frame.open, frame.last = False, len(frames)
            frame = frame.parent
            if element.tail and frame is not None:
                writer.add(element.tail, frame, verbatim > 0)
        elif element.tail and frame is not None:
            writer.add(element.tail, frame, verbatim > 0)
    writer.flush()
    return writer.runs, frames


class _Writer:
    """Collects inline text into runs, as the elements around it open and close."""

    def __init__(self) -> None:
        self.runs: list[_Run] = []
        self.run: _Run | None = None
        self.after_link = False
        self.new_cell = False
        self.indent = ""
        self.row_ended = False
        self.above: _Run | None = None

    def start(self, frame: _Frame, in_paragraph: bool, in_code: bool) -> None:
        tag = frame.tag
        if self._part_of_heading(frame):
            self.add_space()
        elif tag in CELLS:
            self._cell(frame)
        elif tag == "br" and in_code and self.run is None and self.runs:
            self.runs[-1].gap += "\n"  # an empty line
        elif tag == "br":
            self.flush("\n")
        elif _breaks(tag, in_paragraph) or frame.number or _is_row(frame):
            self._line(frame, in_code)
        elif tag == "a" and self.after_link and self.run is not None:
            self.add_space()  # links side by side are set apart by style alone
        self.after_link = False

    def end(self, frame: _Frame, in_paragraph: bool, in_code: bool) -> None:
        if self._part_of_heading(frame):
            self.add_space()
        elif _breaks(frame.tag, in_paragraph) or frame.number or _is_row(frame):
            self._line(frame, in_code or _is_row(frame))
        if _is_row(frame):
            if self.row_ended and self.runs:  # an empty line
                self.runs[-1].gap += "\n"
            self.row_ended = True
        self.after_link = frame.tag == "a"

    def add(self, text: str, frame: _Frame, preformatted: bool) -> None:
        letters = len("".join(text.split()))
        if not letters:
            if self.run is not None:
                self.run.pieces.append(text)
                self.after_link = False
            elif preformatted:
                self.indent += text
            return
        run = self.run
        if run is None:
            run = self.run = _Run(frame, [self.indent] if preformatted else [], preformatted=preformatted)
            self.indent = ""
        elif self.new_cell and run.row is not None:
            run.pieces.append(" | ")
        while not run.frame.open and run.frame.parent is not None:
            run.frame = run.frame.parent
        run.pieces.append(text)
        if frame.moment:
            run.moments[frame.moment] = None
        self.row_ended = False
        if not run.frame.number:
            self.above = run
        if frame.author:
            run.signed[frame.author] = None
        run.letters += letters
        run.linked += letters if frame.linked else 0
        run.local += letters if frame.local else 0
        run.coded += letters if frame.in_code else 0
        self.after_link = self.new_cell = False

    def flush(self, gap: str = "\n\n") -> None:
        """End the run. A line break (gap of one line end) after another one makes a paragraph of it."""
        self.new_cell = False
        if self.run is not None:
            self.run.gap = gap
            self.runs.append(self.run)
            self.run = None
        elif self.runs and self.runs[-1].gap == "\n":
            self.runs[-1].gap = "\n\n"

    def _line(self, frame: _Frame, in_code: bool) -> None:
        """An element begins or ends a line: inside code the next one is right below, and in a listing's table."""
        if frame.number and self.run is None and self.above is not None and "\n" in self.indent:
            self.above.gap += "\n"  # the line of the number before was empty
        if self.row_ended and self.run is None and (frame.tag == "tr" or _is_row(frame)):
            pass
        elif not in_code:
            self.flush()
        elif self.run is not None:
            self.flush("\n")
        self.indent = ""

    def add_space(self) -> None:
        if self.run is not None:
            self.run.pieces.append(" ")

    def _part_of_heading(self, frame: _Frame) -> bool:
        """A headline in two lines is one block, unless somebody forgot to close the heading above an article."""
        long = self.run is not None and self.run.letters > LONG_CELL
        return frame.tag in PARTS and frame.in_heading and not long

    def _cell(self, frame: _Frame) -> None:
        """Short cells of a row make one block; a cell with blocks of its own, or a long one, stands alone."""
        row = frame.parent
        run = self.run
        if run is None:
            return
        if row is None or row.tag != "tr" or run.letters > LONG_CELL or (run.row is not None and run.row is not row):
            self.flush()
            return
        run.row = row
        self.new_cell = True


def _shows_spaces(element: etree._Element, own: frozenset[str]) -> bool:
    """Whether the element shows its text as it stands: by its name, its style, or as a line of a listing in a table."""
    if element.tag in VERBATIM or (own and any(words <= own for words in CODE_LINE)):
        return True
    style = element.get("style")
    return bool(style and MONOSPACED.search(style))


def is_line_number(names: frozenset[str], own: frozenset[str], tag: str) -> bool:
    """Do the words around a block, or its own, say that it is the number of a line? Those of a listing ("line-numbers")
    and of a line that has one ("line number3 index2") do not."""
    return not LINE_NUMBER.isdisjoint(names) or (own == {"line", "number"} and tag not in BREAKING)


def _is_row(frame: _Frame) -> bool:
    """Is it a line of a listing, or the row of one, in a table?"""
    return frame.verbatim and frame.tag not in VERBATIM


def _breaks(tag: str, in_paragraph: bool) -> bool:
    """Whether the element stands on lines of its own. Elements a site made up do, except inside a paragraph."""
    return tag in BREAKING or ("-" in tag and not in_paragraph)


def _lines(run: _Run) -> Iterator[tuple[str, str]]:
    """(text, gap) of each block in a run: one, or one a line of preformatted text."""
    text = "".join(run.pieces)
    if not run.preformatted:
        yield SPACES.sub(" ", text).strip(" "), run.gap
        return
    lines = [line.rstrip() for line in re.split(r"\r\n|\r|\n", text)]
    full = [n for n, line in enumerate(lines) if line]
    for n, following in zip(full, [*full[1:], None], strict=True):
        yield lines[n], run.gap if following is None else "\n" * (following - n)


def _main_frame(runs: list[_Run], frames: list[_Frame]) -> _Frame | None:
    """The deepest element that holds MAIN_SHARE of the letters that are as long as prose; no paragraph itself."""
    for run in runs:
        own = run.letters - run.linked
        if own * 2 >= run.letters and width(" ".join("".join(run.pieces).split())) >= PROSE:
            run.frame.prose += own
    for frame in reversed(frames):
        if frame.parent is not None:
            frame.parent.prose += frame.prose
    total = frames[0].prose if frames else 0
    if not total:
        return None
    main = next(frame for frame in reversed(frames) if frame.prose >= MAIN_SHARE * total)
    while main.parent is not None and (main.tag not in BREAKING or main.tag in PARAGRAPHS or main.tag in ("li", "pre")):
        main = main.parent
    return main


def _facts(run: _Run, main: _Frame | None, container: str) -> Facts:
    frame = run.frame
    tags, words, inside = _chain(frame)
    return Facts(
        tags=tags,
        words=words,
        own_words=_own_words(frame),
        link_share=run.linked / run.letters if run.letters else 0.0,
        site_links=run.local / run.letters if run.letters else 0.0,
        in_figure="figure" in tags or "figcaption" in tags or not CAPTION_WORDS.isdisjoint(words),
        in_main=main is not None and main.order <= frame.order < main.last,
        moments=tuple(run.moments),
        inside=inside,
        signed=tuple(run.signed),
        container=container,
    )


def _own_words(frame: _Frame) -> frozenset[str]:
    """The words of the innermost element and, where that is inline, of those around it up to the first that is not."""
    own = frame.own
    element = frame
    while element.tag not in BREAKING and element.parent is not None and element.parent.tag != "body":
        element = element.parent
        own |= element.own
    return own


def _chain(frame: _Frame) -> tuple[tuple[str, ...], frozenset[str], tuple[int, ...]]:
    """Tags, words and numbers of an element and those around it, remembered on each for the blocks to come."""
    unknown: list[_Frame] = []
    element: _Frame | None = frame
    while element is not None and element.chain is None:
        unknown.append(element)
        element = element.parent
    none: tuple[tuple[str, ...], frozenset[str], tuple[int, ...]] = ((), frozenset(), ())
    tags, words, inside = element.chain if element is not None and element.chain is not None else none
    for each in reversed(unknown):
        if each.tag not in ("html", "body"):
            tags, inside = (*tags[-MAX_CHAIN:], each.tag), (*inside[-MAX_CHAIN:], each.order)
            if each.own:
                words = each.own if len(words) > MAX_WORDS else words | each.own
        each.chain = (tags, words, inside)
    assert frame.chain is not None
    return frame.chain
