"""Facts of all blocks of an HTML page, a row of numbers each: what the block scorer goes by.

They are about the block's text, where it stands, the blocks around it, the elements that hold it, blocks of its kind,
and what the extractor and the stages before have said so far. Computed for all blocks of a page at once; linear in the
page, but for the depth of its elements. The names of the columns are in the order of `names`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
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
LISTS = ("box", "inner_box", "comments", "caption", "credit", "standfirst", "weak_standfirst", "kicker", "date", "byline")
"""Lists of class_words.toml, of which a word around a block, or of its own element, is a fact."""
ROW = 3
"""Blocks above and below whose own facts are facts of a block."""
WINDOWS = (5, 15)
"""Blocks on either side over which shares are taken."""
CONTAINERS = 5
"""Elements around a block, each holding more blocks than the one before, of which the content is a fact."""
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


def facts(blocks: Sequence[Block], meta: Meta) -> NDArray[np.float64]:
    """The facts of the blocks of a page, a row each, in the order of `names`."""
    return np.column_stack([column for _, column in columns(blocks, meta)])


@cache
def names() -> tuple[str, ...]:
    """The names of the facts, in order."""
    return tuple(name for name, _ in columns([Block("x", 0)], Meta()))


def columns(blocks: Sequence[Block], meta: Meta) -> list[tuple[str, Column]]:
    """The facts of the blocks of a page: a name and a number a block, for each."""
    own = dict(_text(blocks))
    own |= _stands(blocks)
    own |= _said(blocks)
    found = list(own.items())
    found += _page(own)
    found += _about(blocks, meta)
    found += _rows(own)
    found += _places(own)
    found += _held(blocks, own)
    found += _alike(blocks, own)
    return found


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
        "by_stage": np.array([not block.kept and block.by not in OPEN and block.role not in LIFTED for block in blocks], float),
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
    return [
        ("is_title", np.array([bool(k) and k == title for k in keys], float)),
        ("in_title", np.array([bool(k) and k in title for k in keys], float)),
        ("in_description", np.array([len(k) > 8 and (k in description or description[:60] in k) if description else 0.0 for k in keys], float)),
        ("of_title", np.array([len(words & headline) / (len(words) + 1) for words in about])),
        ("stated", np.array([(k in stated if stated and len(k) > 8 else -1.0) for k in keys], float)),
        ("repeats", np.array([float(often[k]) for k in keys])),
        ("topic", np.array([sum(kept[w] > own for w in words) / (len(words) + 0.5) for words, own in zip(about, own_kept, strict=True)])),
        ("stems", np.array([float(len(words)) for words in about])),
    ]  # fmt: skip


NEAR = ("log_chars", "links", "share", "kept", "by_stage", "ends", "main", "is_p", "in_li", "is_heading", "capital_words")
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
            found.append((f"{name}_down{window}", (sums[above] - sums[places + 1]) / (sizes[above] - sizes[places + 1] + 1)))  # fmt: skip
    return found


def _places(own: dict[str, Column]) -> list[tuple[str, Column]]:
    """How far it is to the ends of the page, and to what was taken."""
    count = len(own["chars"])
    places = np.arange(count, dtype=float)
    mass = np.cumsum(own["chars"])
    found = [("place", places / count), ("mass", mass / (mass[-1] + 1)), ("from_top", np.minimum(FAR, places)), ("from_end", np.minimum(FAR, count - places))]  # fmt: skip
    article = own["kept"] * own["chars"]
    before = np.cumsum(article) - article
    total = article.sum() + 1
    found += [("kept_above", before / total), ("kept_below", (total - 1 - before - article) / total), ("kept_above_chars", np.log1p(before))]  # fmt: skip
    plain = own["kept"] * own["prose"] * (own["links"] < 0.5)
    for name, where in (("kept", own["kept"] > 0), ("prose", plain > 0), ("outside", own["kept"] == 0), ("heading", own["is_heading"] > 0), ("title", own["title"] > 0)):  # fmt: skip
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


def _held(blocks: Sequence[Block], own: dict[str, Column]) -> list[tuple[str, Column]]:
    """What the elements around it hold: shares of their letters, from the innermost that holds other blocks too."""
    inside = [facts_of(block).inside for block in blocks]
    rows = np.repeat(np.arange(len(blocks)), [len(each) for each in inside])
    elements = np.fromiter((number for each in inside for number in each), np.intp, len(rows))
    number, elements = np.unique(elements, return_inverse=True)
    many = len(number)
    chars = own["chars"]
    count = np.bincount(elements, minlength=many)
    held = {
        name: np.bincount(elements, (values * chars)[rows], minlength=many)
        for name, values in (
            ("kept", own["kept"]), ("share", own["share"]), ("links", own["links"]), ("prose", own["prose"]),
            ("by_stage", own["by_stage"]),
        )
    }  # fmt: skip
    letters = np.bincount(elements, chars[rows], minlength=many) + 1e-9
    counts = count.tolist()
    chosen = np.full((len(blocks), CONTAINERS), many)
    at = 0
    flat = elements.tolist()
    for n, each in enumerate(inside):
        most, level = 1, 0
        for element in reversed(flat[at : at + len(each)]):
            if counts[element] > most:
                most = counts[element]
                chosen[n, level] = element
                level += 1
                if level == CONTAINERS:
                    break
        at += len(each)
    page = chars.sum() + 1
    kept_all = (own["kept"] * chars).sum() + 1
    count = np.append(count, 0)
    letters = np.append(letters, 1.0)
    found: list[tuple[str, Column]] = []
    for level in range(CONTAINERS):
        which = chosen[:, level]
        none = which == many
        for name, values in held.items():
            values = np.append(values, 0.0)
            share = values[which] / letters[which]
            found.append((f"{name}_held{level}", np.where(none, -1.0, share)))
            if name == "kept":
                found.append((f"others_held{level}", np.where(none, -1.0, (values[which] - own["kept"] * chars) / np.maximum(1.0, letters[which] - chars))))  # fmt: skip
                found.append((f"article_held{level}", values[which] / kept_all))
        found.append((f"page_held{level}", np.where(none, -1.0, letters[which] / page)))
        found.append((f"count_held{level}", count[which].astype(float)))
    return found


def _alike(blocks: Sequence[Block], own: dict[str, Column]) -> list[tuple[str, Column]]:
    """What became of the other blocks of its kind: those with the same elements and classes around them, those with the
    same innermost ones, and those of the same tag in the same element."""
    seen = [facts_of(block) for block in blocks]
    found: list[tuple[str, Column]] = []
    kinds: list[tuple[str, Callable[[int], Hashable]]] = [
        ("path", lambda n: (seen[n].tags, seen[n].words)),
        ("tags", lambda n: seen[n].tags),
        ("own", lambda n: (_nearest(seen[n].tags), seen[n].own_words)),
        ("sibling", lambda n: (seen[n].tags[-1:], seen[n].inside[-2:-1])),
        ("cousin", lambda n: (seen[n].tags[-2:], seen[n].inside[-3:-2])),
    ]
    chars = np.minimum(own["chars"], 600.0)
    for name, kind in kinds:
        places: dict[Hashable, int] = {}
        where = np.array([places.setdefault(kind(n), len(places)) for n in range(len(blocks))])
        many = len(places)
        count = np.bincount(where, minlength=many)[where]
        size = np.bincount(where, chars, minlength=many)[where]
        others = np.maximum(1e-9, size - chars)
        found.append((f"{name}_count", count.astype(float)))
        for fact in ("kept", "links", "prose", "by_stage"):
            values = own[fact] * chars
            share = (np.bincount(where, values, minlength=many)[where] - values) / others
            found.append((f"{name}_{fact}", np.where(count > 1, share, -1.0)))
        found.append((f"{name}_size", np.where(count > 1, (size - chars) / np.maximum(1, count - 1), -1.0)))
        kept = np.bincount(where, own["kept"], minlength=many)[where] - own["kept"]
        found.append((f"{name}_kept_count", kept))
    return found
