"""Where a page names its authors: JSON-LD, its head, what it marks as a name, the lines above and below the prose.

Sites state themselves as the author where their system knows nobody: so a person who is named anywhere near the prose
goes before an outlet, a desk or an agency that the head states. Where there is nobody else, that is who wrote it.

Beside the numbers, here, in authors.py and in author_notes.py, stands how many lists of authors of 254 pages
(regions.py says which) are right more or less with another value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise, takewhile

import regex
from lxml import etree

from cleaners.dates import date_in
from cleaners.html.author_notes import is_described, is_noted, named_below
from cleaners.html.authors import (
    ADDRESS,
    APART,
    ARCHIVE,
    OPENING,
    Outlets,
    account_in,
    beside_day,
    byline_in,
    clean_names,
    guessed_names,
    is_desk,
    is_job,
    is_label,
    is_list,
    is_person,
    plain,
    signed_in,
    stated_names,
)
from cleaners.html.head import META_NAMES, metas
from cleaners.html.jsonld import Node, authors_in_json, authors_of, organizations_of, text_of
from cleaners.html.names import HEADINGS, class_words, name_words
from cleaners.html.regions import ASIDE, COMMENTS, LINKED, NEAR_PROSE, OTHER_ARTICLES, facts_of, first_prose, of_others
from cleaners.html.signatures import is_uncased, labelled_in, reviewed_in, titled_in, with_job
from cleaners.page import Block
from cleaners.words import key

CITED = frozenset(META_NAMES["cited"])
"""Metas of libraries, in which a last name may stand first."""
LAST_FIRST = regex.compile(r"(\p{Lu}[\p{L}'’-]+), (\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*)?)")
PARSELY = "parsely-page"
ANSWERS = class_words("answers")
NO_ARTICLE = COMMENTS | ANSWERS | OTHER_ARTICLES
CARDS = ("twitter:label", "twitter:data")  # "Written by" and the name; a number follows
NAMING = ("class", "data-testid", "data-hook", "data-qa")
MARKED = ("a", "span", "div", "p", "cite", "address")
BYLINE = class_words("byline")
BYLINES = BYLINE | class_words("byline_abroad")
NO_PEOPLE = HEADINGS | {"li", "a", "button"}
"""Elements that hold other things above a line with a job's title."""
DIGIT = re.compile(r"\d")
SIGNS = re.compile(r"[(]([^\W\d_A-Z]{2,8}(?:[/,] ?[^\W\d_A-Z]{2,8}){0,3})[)]")
INITIAL = re.compile(r" \w$")
LATIN = re.compile(r"[a-z\u00c0-\u024f]", re.I)
MARKS = ("·", "•", "|", "—", "⋅")
"""What stands between a day and the name on the next line."""
MOST_SIGNED = 8
"""Elements that name an author which are read; on a page that lists other articles there are many. (3, 30: one wrong
list is another.)"""
LISTED = 3
"""Names that a page marks as authors' from which on they may be those of a list of other articles. (2, 6: none.)"""
ABOVE_TITLE, BELOW_TITLE = 4, 9
"""Blocks around the headline that may hold a byline. (1 above: one less; 8: none. 4 below: two less; 18: none.)"""
LONGEST_BYLINE = 100
"""Characters of a line that its class marks as a byline. (60, 160: none.)"""


def authors_in(
    tree: etree._Element, node: Node, blocks: Sequence[Block], title: str | None, outlets: Iterable[str]
) -> tuple[str, ...]:
    """The names of the article's authors, people before outlets (see above); () where the page names nobody.

    `node` is the article's entry of JSON-LD, `title` the headline, `outlets` what the site is called.
    """
    own = Outlets((*outlets, *organizations_of(tree, node)))
    entry = stated_names(authors_of(tree, node))
    near = _around(blocks, title)
    marked = _marked(tree)
    nobody = _signs(near)
    if _of_cards(marked, near):
        nobody |= set(map(key, marked))
        marked = []
    stated_so = [[_without_place(text, own) for text in texts] for texts in _metas(tree)]
    places = (stated_so, [marked])
    stated = own.people(entry) or _first(clean_names(texts, own) for place in places for texts in place)
    return (
        (stated and (_longer(stated, near) or own.people(_another(stated, near)) or stated))
        or _first(map(own.people, _near(near)))
        or own.people(_beside_day(near, blocks))
        or own.people(named_below(blocks))
        or reviewed_in(b.raw for b in near if not facts_of(b).in_figure)
        or entry
        or _first(clean_names(texts, desks=True) or stated_names(texts) for place in places for texts in place)
        or tuple(name for name in _shown(guessed_names(_guess(tree), own), blocks, own) if key(name) not in nobody)
        or _first(_near(near, desks=True))
        or _beside_day(near, blocks)
        or byline_in(b.raw for b in blocks[_end(blocks) :] if not _stands_apart(b))
        or signed_in(b.raw for b in blocks)
    )


def _longer(stated: tuple[str, ...], blocks: Sequence[Block]) -> tuple[str, ...]:
    """A line above the prose that lists the authors, if those whom the page states are among them: its system may know
    only one of several authors. () where none does."""
    wanted = [key(name) for name in stated]
    for block in blocks:
        line = OPENING.sub("", block.raw)
        if is_list(line) and not facts_of(block).in_figure:
            names = clean_names([line])
            if len(names) > len(wanted) and all(any(key(n).endswith(w) for n in names) for w in wanted):
                return names
    return ()


def _another(stated: tuple[str, ...], near: Sequence[Block]) -> tuple[str, ...]:
    """The full names of a byline near the headline where the page's head states one other person, whom nothing near
    shows: the account that put the page into the system. () where it does not, and where a name may be another form of
    the one stated."""
    if len(stated) > 1:
        return ()
    shown = byline_in(b.raw for b in near if not facts_of(b).in_figure)
    if not shown or not all(map(is_person, shown)):
        return ()
    name = stated[0].casefold().strip(".")
    alone = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    if any(alone.search(b.raw.casefold()) for b in near):
        return ()
    if shown[0].casefold().startswith(name) and INITIAL.search(name):  # "Ann M"
        return shown
    others = {word for each in shown for word in each.casefold().split()}
    alike = LATIN.match(shown[0]) if LATIN.match(name) else not LATIN.match(shown[0])
    return shown if alike and others.isdisjoint(name.split()) else ()


def _beside_day(near: Sequence[Block], blocks: Sequence[Block]) -> tuple[str, ...]:
    """The names in a line with the day, in the lines beside one, or in a line below the headline with which a note
    below the article begins, too."""
    dated = [_states_day(block) for block in near]
    sections = {key(b.raw) for b in blocks if _may_be_section(b)}
    for block, has_day in zip(near, dated, strict=True):
        names = beside_day(block.raw) if has_day and _is_plain(block) else ()
        if names and sections.isdisjoint(map(key, names)):
            return names
    for n, block in enumerate(near):
        beside = any(dated[max(0, n - 1) : n + 2])
        if beside and (account := account_in(block.raw)):
            return (account,)
        apart = n and dated[n - 1] and near[n - 1].raw.rstrip().endswith(MARKS)
        if not (_is_plain(block) or apart) or key(block.raw) in sections:
            continue
        if beside and is_noted(block.raw, blocks):
            return clean_names([block.raw])
        if beside and is_list(block.raw):
            return clean_names([block.raw])
        if is_person(block.raw) and (apart or is_described(block.raw, blocks)):
            return clean_names([block.raw])
    return ()


def _states_day(block: Block) -> bool:
    line = block.raw
    if facts_of(block).moments:
        return True
    return len(line) <= LONGEST_BYLINE and bool(DIGIT.search(line) and date_in(" | ".join(APART.split(line)), None))


def _may_be_section(block: Block) -> bool:
    """Whether a line is a link of a menu or a list."""
    facts = facts_of(block)
    return facts.link_share >= LINKED and not facts.signed and bool({"li", "nav", "footer"} & set(facts.tags))


def _first(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return next(filter(None, found), ())


def _around(blocks: Sequence[Block], title: str | None) -> list[Block]:
    """The blocks that may hold the byline: around the headline, and right above the prose; none below the article."""
    prose, end = first_prose(blocks), _end(blocks)
    found = (range(b.start - ABOVE_TITLE, b.start + BELOW_TITLE) for b in blocks if title and key(b.raw) == key(title))
    spans = (next(found, range(0)), range(prose - NEAR_PROSE, prose))
    near = [b for b in blocks if b.start <= end and any(b.start in span for span in spans)]
    return [b for b in near if ASIDE.isdisjoint(facts_of(b).tags) and COMMENTS.isdisjoint(facts_of(b).words)]


def _end(blocks: Sequence[Block]) -> int:
    """Number of the last kept block."""
    return max((b.start for b in blocks if b.kept), default=len(blocks))


def _metas(tree: etree._Element) -> list[list[str]]:
    """The contents of the metas that state authors, a list for each name of a meta, the surest first."""
    stated = list(metas(tree))
    found = [
        [_in_order(name, content) for name, content in stated if name == wanted] for wanted in META_NAMES["authors"]
    ]
    found.append([who for name, content in stated if name == PARSELY for who in authors_in_json(content)])
    labels = {
        name.removeprefix(CARDS[0]) for name, content in stated if name.startswith(CARDS[0]) and is_label(content)
    }
    cards = [content for name, content in stated if name.startswith(CARDS[1]) and name.removeprefix(CARDS[1]) in labels]
    return [place for place in (*found, cards) if place]


def _is_answer(element: etree._Element) -> bool:
    return not ANSWERS.isdisjoint(name_words(element.get("class") or ""))


def _in_order(name: str, content: str) -> str:
    """A name with the first name first, as readers write it: libraries' metas have "Marsh, Ann"."""
    found = LAST_FIRST.fullmatch(content) if name in CITED else None
    return f"{found[2]} {found[1]}" if found and not is_job(found[2]) else content


def _marked(tree: etree._Element) -> list[str]:
    """The texts of elements that the page marks as its author's name."""
    marked = (e for e in tree.iter(*MARKED, "meta") if _names_author(e))
    own = (e for e in marked if len(e) == 0 and not any(of_others(a) or _is_answer(a) for a in e.iterancestors()))
    return [text_of(e.get("content") if e.tag == "meta" else e.text) for e in islice(own, MOST_SIGNED)]


def _of_cards(names: Sequence[str], near: Sequence[Block]) -> bool:
    """Whether the names that a page marks are those of other articles, which it lists: several, none of them near the
    headline."""
    several = len({key(name) for name in names} - {""}) >= LISTED
    return several and not any(name and name in b.raw for name in names for b in near)


def _near(blocks: Sequence[Block], *, desks: bool = False) -> Iterator[tuple[str, ...]]:
    """Names near the headline: the texts of links to authors' pages, bylines, the line below "Written by" or above a
    job's title, what a class marks."""
    own = (b for b in blocks if plain(b.raw) or desks)  # nobody who took the pictures
    yield clean_names((n for b in own for n in facts_of(b).signed if desks or not ARCHIVE.match(n)), desks=desks)
    yield byline_in((b.raw for b in blocks), desks=desks)
    if desks:
        marked = (b.raw.strip() for b in blocks if not BYLINES.isdisjoint(facts_of(b).own_words))
        yield _first((line,) for line in marked if is_desk(line))
        return
    unframed = [b.raw for b in blocks if not facts_of(b).in_figure]
    yield titled_in(unframed)
    yield labelled_in(unframed)
    for n, (block, below) in enumerate(pairwise(blocks)):
        if is_label(block.raw):
            yield clean_names(_items(blocks[n + 1 :]))
        elif is_job(below.raw) and _is_plain(block):
            yield _whole(block.raw)
        elif ADDRESS.fullmatch(below.raw.strip()) and is_person(block.raw):
            yield clean_names([block.raw])
    for block in blocks:
        if len(block.raw) <= LONGEST_BYLINE and not BYLINES.isdisjoint(facts_of(block).own_words):
            yield _first(_whole(piece) for piece in APART.split(block.raw))
    for block in blocks:
        if _is_plain(block):
            yield with_job(block.raw)


def _is_plain(block: Block) -> bool:
    """Whether a block is neither a link nor a heading, a list's item or a caption."""
    facts = facts_of(block)
    return facts.link_share < LINKED and not facts.in_figure and NO_PEOPLE.isdisjoint(facts.tags)


def _whole(line: str) -> tuple[str, ...]:
    """The names in a line that have a first and a last one."""
    return tuple(name for name in clean_names([line]) if " " in name or is_uncased(name))


def _items(blocks: Sequence[Block]) -> list[str]:
    """The first line, or the items of the list that it begins."""
    return [b.raw for b in takewhile(lambda b: "li" in facts_of(b).tags, blocks)] or [b.raw for b in blocks[:1]]


def _guess(tree: etree._Element) -> str:
    """What trafilatura reads in classes that could be a byline's."""
    from trafilatura.metadata import extract_author  # see voices.py

    try:
        return extract_author(tree) or ""
    except Exception:  # it fails on odd trees; then there is no guess
        return ""


def _shown(names: Sequence[str], blocks: Sequence[Block], own: Outlets) -> tuple[str, ...]:
    """Guessed names as the page writes them, without those that it writes as no names, or shows beside other articles
    alone."""
    found: list[str] = []
    for name in names:
        like = _as_written(name)
        shown = [b for b in blocks if like.search(b.raw)]
        end = _end(blocks)
        of_article = [b for b in shown if not _stands_apart(b) and not (b.start > end and "li" in facts_of(b).tags)]
        if shown and not of_article:
            continue
        match = next((m for b in of_article if (m := like.search(b.raw))), None)
        written = match[0] if match else name
        account = " " not in written and (match is not None and bool(match[1] or {"_", "."} & {*written}))
        found += [written] if account or is_desk(written) else clean_names([written], own)
    return tuple(found)


def _stands_apart(block: Block) -> bool:
    """Whether a block stands among comments or other articles."""
    facts = facts_of(block)
    return not NO_ARTICLE.isdisjoint(facts.words) or not ASIDE.isdisjoint(facts.tags)


def _without_place(text: str, own: Outlets) -> str:
    """A stated author without the place of the outlet that it is: "The Lindow Post, Lindow"."""
    first, _, rest = text.partition(", ")
    return first if rest and first in own and all(" " not in piece for piece in rest.split(", ")) else text


def _as_written(name: str) -> re.Pattern[str]:
    """A pattern for a guessed name in any case, with the figures behind it and the signs in it that guesses lose."""
    return re.compile(r"(?i)(?<!\w)" + r"[\s_.]{1,2}".join(map(re.escape, name.split())) + r"(\d*)(?!\w)")


def _signs(blocks: Iterable[Block]) -> set[str]:
    """The signs in brackets by which papers name their writers and agencies: "(jwi/dpa)" names nobody."""
    return {key(sign) for b in blocks for found in SIGNS.finditer(b.raw) for sign in re.split("[/, ]+", found[1])}


def _names_author(element: etree._Element) -> bool:
    """Whether the page marks an element, or the one that it is the whole of, as the name of its author."""
    around = element.getparent()
    if element.tag == "meta":
        return element.get("itemprop") == "name" and around is not None and _marks_author(around)
    alone = element.getprevious() is None and element.getnext() is None  # len(around) would walk them all
    if alone and around is not None and not (around.text or "").strip() and _marks_author(around):
        return True
    return _marks_author(element)


def _marks_author(element: etree._Element) -> bool:
    if "author" in (element.get("rel") or "").split() or "author" in (element.get("itemprop") or "").lower().split():
        return True
    words = name_words(" ".join(element.get(each) or "" for each in NAMING))
    return "name" in words and not BYLINE.isdisjoint(words)
