"""Facts of all blocks of an HTML page, a row of numbers each: what the block scorer goes by.

They are about the block's text, where it stands, the blocks around it, the elements that hold it, blocks of its kind,
and what the extractor and the stages before have said so far. Computed for all blocks of a page at once; linear in the
page, but for the depth of its elements. The names of the columns are in the order of `names`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cleaners.html.names import BREAKING, HEADINGS, class_words, word_set
from cleaners.html.regions import facts_of
from cleaners.page import LIFTED, Block, Meta
from cleaners.words import COMMAS, FULL_STOPS, PROSE, PROSE_ENDS, QUESTION_MARKS, ending, key, stems

Column = NDArray[np.float64]

AROUND = word_set(
    "article main section aside nav header footer form figure table td ul ol li dl blockquote pre code a button "
    "details p span strong em"
)
"""Elements around a block whose presence is a fact."""
NEAREST = ("p", "div", "li", "td", "th", "dd", "dt", "section", "article", "blockquote", "button", "summary", "pre")
"""The innermost block-level element as a fact; any heading is one more."""
LISTS = (
    "box", "inner_box", "comments", "caption", "credit", "picture", "about", "standfirst", "weak_standfirst", "kicker",
    "headline", "date", "published", "updated", "byline", "no_articles", "quoted_post",
)  # fmt: skip
"""Lists of class_words.toml, of which a word around a block, or of its own element, is a fact."""
ROW = 3
"""Blocks above and below whose own facts are facts of a block."""
WINDOWS = (5, 15)
"""Blocks on either side over which shares are taken."""
CONTAINERS = 5
"""Elements around a block, each holding more blocks than the one before, of which the content is a fact."""
LONGEST = 600.0
"""Characters from which on a block weighs no more in a share."""
LOGIT_LIMIT = 6.0
"""Logits of the first look are cut off at this and at its negative."""
SURE = 0.8
"""With a higher chance after the first look, a block counts as the article's; with less than 1 - SURE, as outside."""
FAR = 60.0
"""Blocks beyond which a distance is no greater."""
_LETTER, _UPPER, _DIGIT, _SPACE, _COMMA, _STOP, _BAR, _WIDE = (1 << n for n in range(8))


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each character of the basic plane is, as bits."""
    kinds = np.zeros(0x10000, np.uint8)
    for code in range(0x10000):
        char = chr(code)
        category = unicodedata.category(char)
        bits = 0
        if category[0] in "LM":
            bits |= _LETTER | (_UPPER if category == "Lu" else 0)
        elif category == "Nd":
            bits |= _DIGIT
        elif category[0] == "Z" or char in "\t\n\r":
            bits |= _SPACE
        if char in COMMAS:
            bits |= _COMMA
        if char in FULL_STOPS or char in QUESTION_MARKS or char in "!！":
            bits |= _STOP
        if char in "|•›»«·–/→>":
            bits |= _BAR
        if 0x0E00 <= code <= 0x0EFF or 0x1000 <= code <= 0x109F or 0x1780 <= code <= 0x17FF or 0x2E80 <= code <= 0xD7AF:
            bits |= _WIDE
        kinds[code] = bits
    return kinds


def facts(blocks: Sequence[Block], meta: Meta) -> tuple[NDArray[np.float64], Build]:
    """The facts of the blocks of a page, a row each, in the order of `names`; and how they stand to each other."""
    found, build = _columns(blocks, meta)
    return np.column_stack([column for _, column in found]), build


def class_facts(sets: Sequence[frozenset[str]], vocabulary: Sequence[str]) -> NDArray[np.float64]:
    """For each set of class words, which words of the vocabulary it has: a row of 0 and 1."""
    columns = {word: n for n, word in enumerate(vocabulary)}
    where = _numbered(sets)
    found = np.zeros((where.max() + 1, len(vocabulary)))
    for row, words in enumerate(dict.fromkeys(sets)):
        for word in words & columns.keys():
            found[row, columns[word]] = 1.0
    return found[where]


def second_facts(build: Build, logits: Sequence[float]) -> NDArray[np.float64]:
    """What a first look says around each block, a row each, in the order of `second_names`."""
    return np.column_stack([column for _, column in second_columns(build, logits)])


@cache
def names() -> tuple[str, ...]:
    """The names of the facts, in order."""
    return tuple(name for name, _ in _columns([Block("x", 0)], Meta())[0])


@cache
def second_names() -> tuple[str, ...]:
    """The names of the facts of the second look, in order."""
    return tuple(name for name, _ in second_columns(_columns([Block("x", 0)], Meta())[1], [0.0]))


def _columns(blocks: Sequence[Block], meta: Meta) -> tuple[list[tuple[str, Column]], Build]:
    own = dict(_text(blocks))
    own |= _stands(blocks)
    own |= _said(blocks)
    found = list(own.items())
    found += _page(own)
    found += _about(blocks, meta)
    found += _rows(own)
    found += _places(own)
    build = _build(blocks, own["chars"])
    found += _held(build, own)
    found += _alike(build, own)
    return found, build


def _text(blocks: Sequence[Block]) -> Iterable[tuple[str, Column]]:
    """What the text looks like."""
    texts = [block.raw for block in blocks]
    codes = np.frombuffer(("\n".join(texts) + "\n").encode("utf-32-le", "surrogatepass"), np.uint32)
    bits = _kinds()[np.minimum(codes, 0xFFFF)]
    size = np.array([len(text) for text in texts])
    starts = np.cumsum(size + 1) - size - 1

    def count(where: NDArray[np.bool_]) -> Column:
        return np.add.reduceat(where.astype(np.int64), starts).astype(np.float64)

    def has(bit: int) -> NDArray[np.bool_]:
        return (bits & bit) > 0

    letter, upper, digit, wide = has(_LETTER), has(_UPPER), has(_DIGIT), has(_WIDE)
    in_word = letter | digit
    opens = in_word & ~np.concatenate(([False], in_word[:-1]))
    at, end = np.flatnonzero(opens), np.flatnonzero(in_word & ~np.concatenate((in_word[1:], [False])))
    short = np.zeros(len(codes), bool)
    short[at[(end - at < 3) & ~upper[at] & ~digit[at]]] = True
    letters, wides = count(letter), count(wide)
    words = count(opens) + wides / 2
    least = np.maximum(1.0, words)
    chars = size + wides * 5 / 3
    last = [ending(text) for text in texts]
    ends = np.array([c in PROSE_ENDS for c in last], float)
    yield "chars", chars
    yield "log_chars", np.log1p(chars)
    yield "words", words
    yield "word_letters", letters / least
    yield "commas", count(has(_COMMA))
    yield "comma_share", count(has(_COMMA)) / least
    yield "stops", count(has(_STOP))
    yield "stop_share", count(has(_STOP)) / least
    yield "bars", count(has(_BAR)) / least
    yield "digits", count(digit) / np.maximum(1, size)
    yield "capitals", count(upper) / np.maximum(1.0, letters)
    yield "capital_words", count(opens & upper) / least
    yield "short_words", count(short) / least
    yield "no_letters", 1 - letters / np.maximum(1, size)
    yield "ends", ends
    yield "asks", np.array([c in QUESTION_MARKS for c in last], float)
    yield "colon", np.array([c in ":：" for c in last], float) * (np.array([bool(c) for c in last]))
    yield "opens_upper", np.array([text[:1].isupper() for text in texts], float)
    yield "prose", ((chars >= PROSE) & ((ends > 0) | (chars >= 200))).astype(float)


def _stands(blocks: Sequence[Block]) -> dict[str, Column]:
    """Where the block stands: links, elements, classes."""
    seen = [facts_of(block) for block in blocks]
    found: dict[str, Column] = {
        "links": np.array([f.link_share for f in seen]),
        "site_links": np.array([f.site_links for f in seen]),
        "main": np.array([f.in_main for f in seen], float),
        "figure": np.array([f.in_figure for f in seen], float),
        "depth": np.array([len(f.tags) for f in seen], float),
        "classes": np.array([len(f.words) for f in seen], float),
        "own_classes": np.array([len(f.own_words) for f in seen], float),
        "moment": np.array([bool(f.moments) for f in seen], float),
        "signed": np.array([bool(f.signed) for f in seen], float),
        "code": np.array([block.code for block in blocks], float),
    }
    around = _sets([frozenset(f.tags) for f in seen], [(tag, frozenset({tag})) for tag in sorted(AROUND)])
    found |= {f"in_{name}": column for name, column in around}
    nearest = [_nearest(f.tags) for f in seen]
    for tag in NEAREST:
        found[f"is_{tag}"] = np.array([each == tag for each in nearest], float)
    found["is_heading"] = np.array([each in HEADINGS for each in nearest], float)
    found["level"] = np.array([float(each[1]) if each in HEADINGS else 0.0 for each in nearest])
    lists = [(name, class_words(name)) for name in LISTS]
    found |= {f"of_{name}": column for name, column in _sets([f.words for f in seen], lists)}
    found |= {f"own_{name}": column for name, column in _sets([f.own_words for f in seen], lists)}
    return found


def _nearest(tags: Sequence[str]) -> str:
    """The innermost heading or block-level element."""
    return next((tag for tag in reversed(tags) if tag in BREAKING), "")


def _sets(each: Sequence[frozenset[str]], lists: Iterable[tuple[str, frozenset[str]]]) -> list[tuple[str, Column]]:
    """For each named list, which of the sets have a word of it. Many blocks share a set: each is looked at once."""
    places: dict[frozenset[str], int] = {}
    where = np.array([places.setdefault(words, len(places)) for words in each])
    return [
        (name, np.array([not words.isdisjoint(wanted) for words in places], float)[where]) for name, wanted in lists
    ]


def _said(blocks: Sequence[Block]) -> dict[str, Column]:
    """What was said of it so far: by the extractor, and by the stages before."""
    return {
        "share": np.array([block.share for block in blocks]),
        "kept": np.array([block.kept for block in blocks], float),
        "lifted": np.array([block.role in LIFTED for block in blocks], float),
        "title": np.array([block.role == "title" for block in blocks], float),
        "heading": np.array([block.role == "heading" for block in blocks], float),
        "by_stage": np.array(
            [not block.kept and block.by not in OPEN and block.role not in LIFTED for block in blocks], float
        ),
        "rejoined": np.array([block.kept and block.by not in ("", "extract.heading") for block in blocks], float),
    }


OPEN = frozenset({"", "extract.outside"})
"""Signatures of blocks about which no stage has said anything yet."""


def _page(own: dict[str, Column]) -> list[tuple[str, Column]]:
    """Facts of the page, the same for all its blocks."""
    chars = own["chars"]
    count = len(chars)
    total = chars.sum() + 1
    kept = own["kept"] * chars
    prose = own["prose"] * (own["links"] < 0.5) * chars
    values = {
        "blocks": float(count),
        "chars": np.log1p(total),
        "kept_blocks": own["kept"].sum(),
        "kept_chars": np.log1p(kept.sum()),
        "kept_share": kept.sum() / total,
        "prose_share": prose.sum() / total,
        "prose_kept": (prose * own["kept"]).sum() / (prose.sum() + 1),
        "kept_prose": (prose * own["kept"]).sum() / (kept.sum() + 1),
        "links": (own["links"] * chars).sum() / total,
        "kept_links": (own["links"] * kept).sum() / (kept.sum() + 1),
        "main_share": (own["main"] * chars).sum() / total,
        "kept_items": (own["in_li"] * kept).sum() / (kept.sum() + 1),
        "kept_in_article": (own["in_article"] * kept).sum() / (kept.sum() + 1),
    }
    return [(f"page_{name}", np.full(count, float(value))) for name, value in values.items()]


def _about(blocks: Sequence[Block], meta: Meta) -> list[tuple[str, Column]]:
    """How it agrees with what the page says of itself, and with the kept text."""
    title, description = key(meta.title or ""), key(meta.description or "")
    stated = key(meta.stated_text)
    keys = [key(block.raw) for block in blocks]
    often = Counter(keys)
    about = [stems(block.raw) for block in blocks]
    headline = stems(meta.title or "")
    kept: Counter[str] = Counter()
    for block, words in zip(blocks, about, strict=True):
        if block.kept:
            kept.update(words)
    own_kept = [block.kept for block in blocks]
    own = [sum(kept[w] > k for w in words) / (len(words) + 0.5) for words, k in zip(about, own_kept, strict=True)]
    return [
        ("is_title", np.array([bool(k) and k == title for k in keys], float)),
        ("in_title", np.array([bool(k) and k in title for k in keys], float)),
        (
            "in_description",
            np.array(
                [bool(description) and len(k) > 8 and (k in description or description[:60] in k) for k in keys], float
            ),
        ),
        ("of_title", np.array([len(words & headline) / (len(words) + 1) for words in about])),
        ("stated", np.array([(k in stated if stated and len(k) > 8 else -1.0) for k in keys], float)),
        ("repeats", np.array([float(often[k]) for k in keys])),
        ("topic", np.array(own)),
        ("stems", np.array([float(len(words)) for words in about])),
    ]


NEAR = (
    "log_chars",
    "links",
    "share",
    "kept",
    "by_stage",
    "ends",
    "main",
    "is_p",
    "in_li",
    "is_heading",
    "capital_words",
)
"""Facts of the blocks around that are facts of a block."""


def _rows(own: dict[str, Column]) -> list[tuple[str, Column]]:
    """The facts of the blocks around, and sums over stretches of them."""
    found = []
    count = len(own["chars"])
    for name in NEAR:
        column = np.concatenate((np.full(ROW, -1.0), own[name], np.full(ROW, -1.0)))
        for step in (*range(-ROW, 0), *range(1, ROW + 1)):
            if abs(step) < ROW or name in ("share", "kept", "log_chars"):
                found.append((f"{name}{step:+}", column[ROW + step : ROW + step + count]))
    chars = np.minimum(own["chars"], 600.0)
    places = np.arange(count)
    for name, values in (
        ("share", own["share"]), ("kept", own["kept"]), ("links", own["links"]), ("prose", own["prose"]),
        ("by_stage", own["by_stage"]), ("main", own["main"]),
    ):  # fmt: skip
        sums, sizes = np.concatenate(([0.0], np.cumsum(values * chars))), np.concatenate(([0.0], np.cumsum(chars)))
        for window in WINDOWS:
            below, above = np.maximum(0, places - window), np.minimum(count, places + 1 + window)
            found.append((f"{name}_up{window}", (sums[places] - sums[below]) / (sizes[places] - sizes[below] + 1)))
            found.append(
                (f"{name}_down{window}", (sums[above] - sums[places + 1]) / (sizes[above] - sizes[places + 1] + 1))
            )
    return found


def _places(own: dict[str, Column]) -> list[tuple[str, Column]]:
    """How far it is to the ends of the page, and to what was taken."""
    count = len(own["chars"])
    places = np.arange(count, dtype=float)
    mass = np.cumsum(own["chars"])
    found = [
        ("place", places / count),
        ("mass", mass / (mass[-1] + 1)),
        ("from_top", np.minimum(FAR, places)),
        ("from_end", np.minimum(FAR, count - places)),
    ]
    article = own["kept"] * own["chars"]
    before = np.cumsum(article) - article
    total = article.sum() + 1
    found += [
        ("kept_above", before / total),
        ("kept_below", (total - 1 - before - article) / total),
        ("kept_above_chars", np.log1p(before)),
    ]
    plain = own["kept"] * own["prose"] * (own["links"] < 0.5)
    for name, where in (
        ("kept", own["kept"] > 0),
        ("prose", plain > 0),
        ("outside", own["kept"] == 0),
        ("heading", own["is_heading"] > 0),
        ("title", own["title"] > 0),
    ):
        above, below = _last(where), _last(where[::-1])[::-1]
        found += [(f"to_{name}_up", above), (f"to_{name}_down", below)]
    # of the last heading above: what was said of it
    found.append(("heading_kept", _of_last(own["is_heading"] > 0, own["kept"])))
    found.append(("heading_title", _of_last(own["is_heading"] > 0, own["title"])))
    return found


def _last(where: NDArray[np.bool_]) -> Column:
    """How many places above each the last true one is; FAR where there is none, or farther."""
    places = np.arange(len(where))
    last = np.maximum.accumulate(np.where(where, places, -int(FAR) * 2))
    before = np.concatenate(([-int(FAR) * 2], last[:-1]))
    return np.minimum(FAR, places - before).astype(float)


def _of_last(where: NDArray[np.bool_], values: Column) -> Column:
    """The value of the last true place above each; -1 where there is none."""
    last = np.maximum.accumulate(np.where(where, np.arange(len(where)), -1))
    before = np.concatenate(([-1], last[:-1]))
    return np.where(before >= 0, values[before], -1.0)


def _held(build: Build, own: dict[str, Column]) -> list[tuple[str, Column]]:
    """What the elements around it hold: shares of their letters, from the innermost that holds other blocks too."""
    chars = own["chars"]
    page, kept_all = chars.sum() + 1, (own["kept"] * chars).sum() + 1
    letters = build.sums(chars) + 1e-9
    sums = {name: build.sums(own[name] * chars) for name in ("kept", "share", "links", "prose", "by_stage")}
    found: list[tuple[str, Column]] = []
    for level in range(CONTAINERS):
        which = build.containers[:, level]
        none = which == build.none
        for name, values in sums.items():
            found.append((f"{name}_held{level}", np.where(none, -1.0, values[which] / letters[which])))
        kept = sums["kept"][which]
        others = (kept - own["kept"] * chars) / np.maximum(1.0, letters[which] - chars)
        found.append((f"others_held{level}", np.where(none, -1.0, others)))
        found.append((f"article_held{level}", kept / kept_all))
        found.append((f"page_held{level}", np.where(none, -1.0, letters[which] / page)))
        found.append((f"count_held{level}", build.counts[which].astype(float)))
    return found


def _alike(build: Build, own: dict[str, Column]) -> list[tuple[str, Column]]:
    """What became of the other blocks of its kind."""
    found: list[tuple[str, Column]] = []
    chars = build.chars
    for kind, where in zip(KINDS, build.kinds, strict=True):
        many = where.max() + 1
        count = np.bincount(where)[where]
        size = np.bincount(where, chars, minlength=many)[where]
        found.append((f"{kind}_count", count.astype(float)))
        for name in ("kept", "links", "prose", "by_stage"):
            found.append((f"{name}_of_{kind}", build.others(where, own[name])))
        found.append((f"{kind}_size", np.where(count > 1, (size - chars) / np.maximum(1, count - 1), -1.0)))
        found.append((f"kept_count_of_{kind}", np.bincount(where, own["kept"], minlength=many)[where] - own["kept"]))
    return found


KINDS = ("path", "tags", "own", "sibling", "cousin")
"""Kinds of blocks: with the same elements and classes around them; the same elements; the same innermost block-level
element with the same classes; the same tag in the same element; the same two tags in the same element."""


@dataclass(slots=True)
class Build:
    """How the blocks of a page stand to each other."""

    chars: Column
    """Their characters, long ones counted as LONGEST."""
    rows: NDArray[np.intp]
    """With `elements`: each block with each element that holds it."""
    elements: NDArray[np.intp]
    containers: NDArray[np.intp]
    """Of each block the elements of CONTAINERS; `none` where there are fewer."""
    counts: NDArray[np.intp]
    """How many blocks each element holds."""
    kinds: list[NDArray[np.intp]]
    """Of each of KINDS the number of each block's kind."""

    @property
    def none(self) -> int:
        return len(self.counts) - 1

    def sums(self, values: Column) -> Column:
        """The sum of some values over the blocks that each element holds; 0 for `none`."""
        return np.bincount(self.elements, values[self.rows], minlength=len(self.counts)).astype(np.float64)

    def others(self, where: NDArray[np.intp], values: Column) -> Column:
        """The mean of values over the other blocks of each one's kind, by their characters; -1 where there is none."""
        own = values * self.chars
        many = where.max() + 1
        total, size = (np.bincount(where, each, minlength=many)[where] for each in (own, self.chars))
        alone = np.bincount(where, minlength=many)[where] < 2
        return np.where(alone, -1.0, (total - own) / np.maximum(1e-9, size - self.chars))


def _build(blocks: Sequence[Block], chars: Column) -> Build:
    seen = [facts_of(block) for block in blocks]
    inside = [each.inside for each in seen]
    rows = np.repeat(np.arange(len(blocks)), [len(each) for each in inside])
    numbers = np.fromiter((number for each in inside for number in each), np.intp, len(rows))
    number, elements = np.unique(numbers, return_inverse=True)
    none = len(number)
    counts = np.bincount(elements, minlength=none + 1)
    held, flat = counts.tolist(), elements.tolist()
    containers = np.full((len(blocks), CONTAINERS), none)
    at = 0
    for n, each in enumerate(inside):
        most, level = 1, 0
        for element in reversed(flat[at : at + len(each)]):
            if held[element] > most:
                most = held[element]
                containers[n, level] = element
                level += 1
                if level == CONTAINERS:
                    break
        at += len(each)
    nearest = [_nearest(each.tags) for each in seen]
    kinds = [
        _numbered((each.tags, each.words) for each in seen),
        _numbered(each.tags for each in seen),
        _numbered((tag, each.own_words) for tag, each in zip(nearest, seen, strict=True)),
        _numbered((each.tags[-1:], each.inside[-2:-1]) for each in seen),
        _numbered((each.tags[-2:], each.inside[-3:-2]) for each in seen),
    ]
    return Build(np.minimum(chars, LONGEST), rows, elements, containers, counts, kinds)


def _numbered(values: Iterable[Hashable]) -> NDArray[np.intp]:
    """Equal values as equal numbers, from 0."""
    places: dict[Hashable, int] = {}
    return np.array([places.setdefault(value, len(places)) for value in values])


def second_columns(build: Build, logits: Sequence[float]) -> list[tuple[str, Column]]:
    """What the first look says of each block and of those around it, in its elements and of its kind."""
    limited = np.clip(np.array(logits), -LOGIT_LIMIT, LOGIT_LIMIT)
    chance = 1 / (1 + np.exp(-limited))
    count, chars = len(chance), build.chars
    found: list[tuple[str, Column]] = [("logit", limited)]
    padded = np.concatenate((np.full(ROW, -LOGIT_LIMIT), limited, np.full(ROW, -LOGIT_LIMIT)))
    for step in (*range(-ROW, 0), *range(1, ROW + 1)):
        found.append((f"logit{step:+}", padded[ROW + step : ROW + step + count]))
    mass, sizes = (np.concatenate(([0.0], np.cumsum(each))) for each in (chance * chars, chars))
    places = np.arange(count)
    for window in (4, 12, 30):
        below, above = np.maximum(0, places - window), np.minimum(count, places + 1 + window)
        found.append((f"up{window}", (mass[places] - mass[below]) / (sizes[places] - sizes[below] + 1)))
        found.append((f"down{window}", (mass[above] - mass[places + 1]) / (sizes[above] - sizes[places + 1] + 1)))
    total = mass[-1] + 1
    found += [("above", mass[:-1] / total), ("below", 1 - mass[1:] / total), ("all", np.full(count, np.log1p(total)))]
    for name, where in (
        ("sure", (chance > SURE) & (chars >= PROSE)),
        ("likely", chance > 0.5),
        ("out", chance < 1 - SURE),
    ):
        found += [(f"to_{name}_up", _last(where)), (f"to_{name}_down", _last(where[::-1])[::-1])]
    sums, letters = build.sums(chance * chars), build.sums(chars) + 1e-9
    for level in range(CONTAINERS):
        which = build.containers[:, level]
        others = (sums[which] - chance * chars) / np.maximum(1.0, letters[which] - chars)
        found.append((f"held{level}", np.where(which == build.none, -1.0, others)))
        found.append((f"most_held{level}", sums[which] / total))
    for kind, where in zip(KINDS, build.kinds, strict=True):
        found.append((f"of_{kind}", build.others(where, chance)))
    return found
