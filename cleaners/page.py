"""The words that all the rest is written in: page, block, edit, role, article. Imports no sibling.

A page is a list of blocks in order. Stages give blocks a role or an edit and sign it; nothing is ever deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

import regex

Role = Literal["title", "kicker", "standfirst", "byline", "date", "source_url", "caption", "heading", "body", "chrome"]
ROLES: tuple[Role, ...] = get_args(Role)
KEPT: frozenset[Role] = frozenset({"body", "heading"})
"""Roles whose blocks make the article's text."""
BLANK = regex.compile(r"[\s\p{Cc}\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2800\ufeff]*")
"""What a reader cannot see: a line of nothing else is blank."""
LIFTED: frozenset[Role] = frozenset(ROLES) - KEPT - {"chrome"}
"""Roles whose blocks leave the text for a field of their own."""

Fate = Literal["kept", "lifted", "removed"]

Route = Literal["html", "extracted", "whole"]
"""How a page was read: its HTML, text that something extracted, or all the text that a browser shows."""


class BadInput(ValueError):
    """The source cannot be cleaned. The message says what is wrong and what to do."""


class NotText(BadInput):
    """The source is neither text nor HTML: binary data, or nothing but white space."""


class NoArticle(BadInput):
    """The page was read, but no article was found in it. The message says what was there instead."""


class TooMuchRemoved(BadInput):
    """More of the page's words would be removed than the user allows. The message names the share and the limit."""


def host_of(url: str | None) -> str | None:
    """The host name of a url, lower-case, without "www."; None where there is none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname if url else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


@dataclass(frozen=True, slots=True)
class Edit:
    """`raw[start:end]` of a block became `new`, signed. A `cut` takes chrome out of a line: it counts as removed."""

    start: int
    end: int
    new: str
    by: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Where a block stood in an HTML page."""

    tags: tuple[str, ...]
    """Element names from the body inwards: ("main", "article", "p")."""
    words: frozenset[str]
    """Lower-case words of the class, id, role and itemprop attributes of the block and the elements around it."""
    own_words: frozenset[str]
    """The same of the block's innermost element alone."""
    link_share: float
    """Share of the block's letters that stand inside links, 0 to 1."""
    site_links: float
    """The same of links to other pages of the same site."""
    in_figure: bool
    """Inside a figure, figcaption or an element whose class says caption."""
    in_main: bool
    """Inside the element that holds most of the page's prose."""
    moments: tuple[str, ...] = ()
    """What <time datetime> in it or around it states, and other elements that itemprop marks as dates."""
    inside: tuple[int, ...] = ()
    """Numbers of the elements of `tags`, in the order in which they open on the page."""
    signed: tuple[str, ...] = ()
    """The texts of its links to the pages of authors."""
    container: str = ""
    """The element that holds most of the page's prose, as CSS names it: "div.content.post"; empty where none does."""


@dataclass(slots=True)
class Block:
    """One paragraph, heading, list item or caption of a page, or one line of it. `raw` never changes."""

    raw: str
    start: int
    """Text: character offset in the source. HTML: number of the block, from 0."""
    gap: str = "\n\n"
    """What stands between this block and the next: line ends and blank lines."""
    facts: Facts | None = None
    role: Role = "body"
    by: str = ""
    """Id of the rule or stage that gave the role; empty where none did."""
    why: str = ""
    """The reason for the role, in a sentence: what the signer saw here. Where a stage leaves it empty, the signer's
    general reason (`RuleSet.why`) is put in once the page is labelled."""
    edits: list[Edit] = field(default_factory=list)
    """In order of `start`, without overlap."""
    parts: dict[str, str] = field(default_factory=dict)
    """Named pieces that the signer found in the text: credit, name, outlet, url, date."""
    article: int = 0
    """Number of the article on the page that the block belongs to, from 0."""
    allowed: bool = False
    """The line is on the user's list of lines to keep: no stage takes it, or a part of it, out of the text."""
    code: bool = False
    """A line of code: its spaces are part of it."""
    share: float = 0.0
    """HTML: the share of its words that the extractor took, 0 to 1."""
    likely: float = 0.0
    """Text: the logit that the line is the article's, as the line scorer read the whole page."""
    _text: str | None = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The block as it reads after its edits."""
        if self._text is None:
            if not self.edits:
                self._text = self.raw
            else:
                out: list[str] = []
                done = 0
                for edit in self.edits:
                    out += (self.raw[done : edit.start], edit.new)
                    done = edit.end
                self._text = "".join(out) + self.raw[done:]
        return self._text

    @property
    def kept(self) -> bool:
        return self.role in KEPT

    @property
    def fate(self) -> Fate:
        return "kept" if self.role in KEPT else "lifted" if self.role in LIFTED else "removed"

    def label(self, role: Role, by: str, why: str = "", **parts: str) -> None:
        """Give the block a role, signed. An allowed block only accepts roles that are kept in the text."""
        if self.allowed and role not in KEPT:
            return
        self.role, self.by, self.why, self.parts = role, by, why, parts

    def edit(self, changes: Iterable[tuple[int, int, str]], by: str, *, cut: bool = False) -> None:
        """Change `text[start:end]` into `new` for each (start, end, new), signed. Linear in edits and changes.

        Offsets are in the text as it reads now, in order, without overlap. A change that touches what an earlier
        edit put in replaces that edit, so that each stretch of `raw` has one signature. Nothing is cut out of an
        allowed block.
        """
        if cut and self.allowed:
            return
        self.edits = _compose(self.text, self.edits, changes, by, cut)
        self._text = None

    def undo(self) -> None:
        """Take back all edits: the block reads as its source again."""
        self.edits, self._text = [], None


def _compose(text: str, edits: list[Edit], changes: Iterable[tuple[int, int, str]], by: str, cut: bool) -> list[Edit]:
    """`edits` of a raw text that gave `text`, followed by `changes` of `text`, as edits of the raw text."""
    items: list[tuple[int, int, Edit | None, str]] = [(start, end, None, new) for start, end, new in changes]
    shift = 0
    for edit in edits:
        items.append((edit.start + shift, edit.start + shift + len(edit.new), edit, ""))
        shift += len(edit.new) - (edit.end - edit.start)
    items.sort(key=lambda item: item[:2])
    out: list[Edit] = []
    shift = n = 0
    while n < len(items):
        group = [items[n]]
        begin, stop = items[n][:2]
        n += 1
        while n < len(items) and items[n][0] <= stop and (items[n][2] is None or any(g[2] is None for g in group)):
            group.append(items[n])
            stop = max(stop, items[n][1])
            n += 1
        raw_start = begin - shift
        shift += sum(len(e.new) - (e.end - e.start) for _, _, e, _ in group if e)
        if len(group) == 1 and group[0][2]:
            out.append(group[0][2])
            continue
        new: list[str] = []
        done = begin
        for start, end, earlier, replacement in group:
            if earlier is None:
                new += (text[done:start], replacement)
                done = end
        out.append(Edit(raw_start, stop - shift, "".join(new) + text[done:stop], by, cut))
    return out


@dataclass(slots=True)
class Meta:
    """What a page says about itself outside its text (HTML head, JSON-LD), or what a stage read in it."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    """ISO 8601 date."""
    other_days: tuple[str, ...] = ()
    """Other days that the page states as that of publication, the surest first: they count where `published` cannot be
    right."""
    modified: str | None = None
    """ISO 8601 date."""
    crawled: str | None = None
    """ISO 8601 date on which the page was fetched, where that is known: it was published no later."""
    language: str | None = None
    """ISO 639-1."""
    region: str | None = None
    """ISO 3166 code, small letters, of the country whose way of writing figures is meant, where the page says it."""
    url: str | None = None
    host: str | None = None
    site: str | None = None
    description: str | None = None
    stated_text: str = ""
    """The article's text as the page states it for search engines (JSON-LD `articleBody`)."""

    @property
    def locale(self) -> str | None:
        """Language and region, "en-gb", as dates are read; None where the language is not known."""
        return f"{self.language}-{self.region}" if self.language and self.region else self.language


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source and what became of it. Text: character offsets; HTML: block numbers."""

    start: int
    end: int
    fate: Fate
    role: Role
    by: str


@dataclass(slots=True)
class Page:
    """One scraped document: its blocks in order and what is known about it."""

    kind: Literal["text", "html"]
    blocks: list[Block]
    lead: str = ""
    """Text: white space before the first block."""
    meta: Meta = field(default_factory=Meta)
    id: str = ""
    name: str = ""
    """Where the page came from: a path, and the record or row inside it."""
    route: Route = "extracted"
    route_why: str = ""
    """What decided between extracted text and a whole page."""
    languages: dict[int, str | None] = field(default_factory=dict)
    """Text: the language of each article, by its number; `meta.language` is the first that is known."""
    wall: str = ""
    """What kind of wall stands where the article should, and the line that told it; empty where none does."""
    parts: list[Page] = field(default_factory=list)
    """HTML: where it holds several articles, a page for each, by their numbers: its blocks, which are blocks of this
    page too, and what is known about it."""
    over: float | None = None
    """The share of its words, 0 to 1, that are removed, or would be had it not been left whole, where that is more than
    the user allows (`RuleSet.most_removed`); None where it is not."""
    over_by: str = ""
    """Who removes most of them: three signers, each with its number of lines and cuts; "" within the limit."""
    closed: int = 0
    """HTML: how many tags, comments and attributes that the page leaves open were closed, since they hid the rest."""
    asked: list[Any] | None = None
    """What scorers were asked about its blocks, in order (`cleaners.scoring.reasons.Asked`), where somebody wants to
    know: `Cleaner.explain`. None: nobody does."""

    def __post_init__(self) -> None:
        if self.kind == "html":
            self.route = "html"

    def kept(self) -> list[Block]:
        """The blocks that are in the article text as labelled so far."""
        return [b for b in self.blocks if b.role in KEPT]

    def articles(self) -> list[list[Block]]:
        """All blocks, by the article they belong to."""
        found: dict[int, list[Block]] = {}
        for block in self.blocks:
            found.setdefault(block.article, []).append(block)
        return [found[n] for n in sorted(found)]

    def known(self, block: Block) -> Meta:
        """What is known about the article that a block belongs to."""
        return self.parts[block.article].meta if self.parts else self.meta

    def language(self, block: Block) -> str | None:
        """The language of the article that a block belongs to."""
        return self.languages.get(block.article, self.meta.language)

    def restore(self) -> str | list[str]:
        """The source, put together again from the blocks. Text: exactly as it was; HTML: the visible blocks."""
        if self.kind == "html":
            return [b.raw for b in self.blocks]
        return self.lead + "".join(b.raw + b.gap for b in self.blocks)

    def spans(self) -> Iterator[Span]:
        """Every character (HTML: every block) of the source once, in order, with what became of it."""
        if self.kind == "html":
            yield from (Span(b.start, b.start + 1, b.fate, b.role, b.by) for b in self.blocks)
            return
        if self.lead:
            yield Span(0, len(self.lead), "removed", "chrome", "layout.blank")
        for block in self.blocks:
            begin, end = block.start, block.start + len(block.raw) + len(block.gap)
            if block.kept:
                for cut in (e for e in block.edits if e.cut):
                    if block.start + cut.start > begin:
                        yield Span(begin, block.start + cut.start, "kept", block.role, block.by)
                    begin = block.start + cut.end
                    yield Span(block.start + cut.start, begin, "removed", "chrome", cut.by)
            if end > begin:
                yield Span(begin, end, block.fate, block.role, block.by)


def text_of(blocks: Sequence[Block]) -> str:
    """Paragraphs joined by a blank line. A line end inside a paragraph stays, where the source tells the two apart; the
    lines of code stand as far apart as they did."""
    kept = [b for b in blocks if b.kept and b.text]
    if not kept:
        return ""
    ends = [_line_ends(b.gap) for b in kept[:-1]]
    apart = any(n > 1 for n in ends)
    joints = [
        "\n" * max(1, n) if b.code and below.code and b.gap else "\n\n" if n > 1 or not apart else "\n"
        for (b, below), n in zip(pairwise(kept), ends, strict=True)
    ]
    return "".join(part for b, joint in zip(kept, [*joints, ""], strict=True) for part in (b.text, joint))


def _line_ends(gap: str) -> int:
    return gap.replace("\r\n", "\n").replace("\r", "\n").count("\n")


@dataclass(frozen=True, slots=True)
class Article:
    """One article: the record that is written, field by field. See `to_dict` for what JSON lines and Parquet hold."""

    id: str
    page: str
    text: str
    url: str | None = None
    host: str | None = None
    title: str | None = None
    kicker: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    captions: tuple[dict[str, str | None], ...] = ()
    """Each {"text", "credit"}."""
    removed: tuple[dict[str, Any], ...] = ()
    """Each {"by", "role", "start", "end", "text", "why"} in the source text, or {"by", "role", "block", "text", "why"}
    for HTML."""
    repairs: dict[str, int] = field(default_factory=dict)
    """How many edits each repair made in the blocks of this article."""
    copy_of: dict[str, Any] | None = None
    rules: str = ""
    route: Route = "extracted"
    left_whole: float | None = None
    """The share of the page's words, 0 to 1, that would have been removed, where that is more than the user allows, and
    the page was left whole; None otherwise."""

    def to_dict(self) -> dict[str, Any]:
        """The record as plain lists and dicts, in the order in which it is written.

        Every entry of a list has the same keys, whatever the page: readers of tables tell a column's type by them.
        """
        record: dict[str, Any] = {name: getattr(self, name) for name in RECORD}
        record["authors"], record["captions"] = list(self.authors), list(self.captions)
        record["removed"] = [{key: entry.get(key) for key in REMOVED} for entry in self.removed]
        record["repairs"] = [{"by": by, "count": count} for by, count in self.repairs.items()]
        return record


RECORD = (
    "id", "page", "url", "host", "title", "kicker", "standfirst", "byline", "authors", "published", "modified",
    "language", "text", "captions", "removed", "repairs", "copy_of", "rules", "route",
    "left_whole",
)  # fmt: skip
"""The fields of the article record, in order."""
REMOVED = ("by", "role", "start", "end", "block", "text", "why")
"""The keys of an entry of `removed`, in order: `start` and `end` are null for HTML, `block` is for text."""
