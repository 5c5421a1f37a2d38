"""A benchmark of lines: what extractors leave of a page's furniture, and who takes it out: `make lines`.

    python tests/benchmarks/lines.py [SET …] [--extractors NAME …] [--cleaners NAME …] [--every N] [--to FOLDER]

Every text and its labelled lines are those of residues.py. Each cleaner says of each line what is left of it; nothing
left is a line removed. docs/lines.md has the table, and says how to read it. `--every 10` takes one page in ten; `--to`
names the folder that the extractors' texts are kept in (default: a temporary one that stays); `--table` writes
Markdown. The extra `bench` has the packages; extractors and cleaners that are not installed are left out.
"""

from __future__ import annotations

import argparse
import html
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gold_sets import BENCH, cleaner
from metric import Score, mean, score_of, summary
from residues import ARTICLE, CHROME, EXTRACTORS, SETS, Residue, installed, pages, residues, stop_words

from cleaners import BadInput

Cleaned = tuple[str, list[str]]
"""The text that is left, and what is left of each line that was not blank."""

DCLM_SHORT = 10
"""Words of the longest line that the three phrases of DCLM are cut out of."""
DCLM_PHRASES = re.compile(r"items in cart|Read more\.\.\.\Z|\ASign-in")
DCLM_COUNTS = "likes shares comments retweets reposts quotes bookmarks upvotes downvotes downloads views followers"
DCLM_COUNTER = re.compile(rf"\W*\d[\d,.]*[kmb]?\s+(?:{'|'.join(DCLM_COUNTS.split())})\W*")


def raw(residue: Residue) -> Cleaned:
    """Nothing is removed."""
    return residue.text, residue.lines


def boilerstrip(residue: Residue) -> Cleaned:
    """The text of all articles that are found; a title, byline or caption is not in it."""
    try:
        page = cleaner().label(residue.text)
        text = "\n".join(article.text for article in cleaner().clean(residue.text))
    except BadInput:
        return "", [""] * len(residue.labels)
    return text, [block.text if block.kept else "" for block in page.blocks]


def _by_line(rule: Callable[[str], str]) -> Callable[[Residue], Cleaned]:
    def clean(residue: Residue) -> Cleaned:
        left = [rule(line.strip()) for line in residue.lines]
        return "\n".join(filter(None, left)), left

    return clean


@cache
def _c4_filter() -> Any:
    from datatrove.pipeline.filters import C4QualityFilter

    return C4QualityFilter(
        min_words_per_line=5, min_num_sentences=-1, filter_lorem_ipsum=False, filter_curly_bracket=False
    )


def c4(line: str) -> str:
    """C4's rules for lines, as datatrove has them, with the code's five words instead of the paper's three.

    Those that throw away whole pages are left out."""
    from datatrove.data import Document

    document = Document(line, "")
    _c4_filter().filter(document)
    return document.text


def dclm(line: str) -> str:
    """DCLM's line rules, after RefinedWeb: capitals, digits, counters, single words, three phrases in short lines.

    Written after dclm_baseline_refinedweb.yaml; the rules for whole pages are left out."""
    if not line or sum(map(str.isupper, line)) * 2 > len(line) or sum(map(str.isdigit, line)) == len(line):
        return ""
    if DCLM_COUNTER.fullmatch(line.lower()) or len(line.split()) < 2:
        return ""
    return DCLM_PHRASES.sub("", line).strip() if len(line.split()) <= DCLM_SHORT else line


def justext(residue: Residue) -> Cleaned:
    """jusText's classes, with each line as a paragraph: there is no link density, and no heading."""
    from justext import justext as classify

    lines = residue.lines
    if not lines:
        return "", []
    body = "".join(f"<p>{html.escape(' '.join(line.split()))}</p>" for line in lines)
    found = classify(f"<html><body>{body}</body></html>", **stop_words(residue.text))
    places = [int(place) - 1 for p in found for place in re.findall(r"p\[(\d+)\]\Z", p.xpath)]
    left = [""] * len(lines)
    for place, paragraph in zip(places, found, strict=True):
        if not paragraph.is_boilerplate:
            left[place] = lines[place]
    return "\n".join(filter(None, left)), left


CLEANERS: dict[str, tuple[str, Callable[[Residue], Cleaned]]] = {
    "raw": ("", raw),
    "boilerstrip": ("", boilerstrip),
    "C4": ("datatrove", _by_line(c4)),
    "DCLM": ("", _by_line(dclm)),
    "jusText": ("justext", justext),
}
"""By name: the module that has to be installed, and what cleans."""


def score(found: Sequence[Residue], clean: Callable[[Residue], Cleaned], golds: dict[str, Any]) -> Score:
    """The figures of a cleaner on an extractor's texts of a set; of several groups, the mean over them."""
    groups: dict[str, list[Score]] = {}
    counts: dict[str, list[int]] = {}
    for residue in found:
        text, left = clean(residue)
        groups.setdefault(residue.group, []).append(score_of(residue.set, golds[residue.id], text))
        count = counts.setdefault(residue.group, [0, 0, 0, 0])
        for label, rest in zip(residue.labels, left, strict=True):
            if label in (ARTICLE, CHROME):
                count[label] += 1
                count[2 + label] += not rest.strip()
    rows = []
    for group, scores in groups.items():
        chrome, article, chrome_gone, article_gone = counts[group]
        lines = {"article_gone": article_gone / max(1, article), "chrome_gone": chrome_gone / max(1, chrome)}
        rows.append(summary(scores) | lines | {"article": article, "chrome": chrome})
    counted = {kind: sum(row[kind] for row in rows) for kind in ("article", "chrome")}
    return mean(rows) | counted


def only_articles(name: str, found: Sequence[Residue]) -> list[Residue]:
    """Of `pages`, those of the type article: the others are not what boilerstrip is for."""
    return [each for each in found if name != "pages" or each.group == "article"]


def cell(row: Score) -> str:
    """Of the table: F1 / article lines lost / chrome lines removed; F1 alone where nothing was removed."""
    f1 = f"{row['f1']:.3f}".lstrip("0")
    if not row["article_gone"] + row["chrome_gone"]:
        return f1
    return f"{f1} / {row['article_gone']:.1%} / {row['chrome_gone']:.0%}".replace("%", " %")


def told(row: Score) -> str:
    """All figures."""
    return (
        f"pages {row['pages']:>4}  F1 {row['f1']:.4f}  exact {row['accuracy']:>5.1%}  lost {row['lost']:>6.2%}  "
        f"of {row['article']} article lines lost {row['article_gone']:>6.2%}  "
        f"of {row['chrome']} chrome lines removed {row['chrome_gone']:>5.1%}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", help=f"{', '.join(SETS)}; all of them if none is named")
    parser.add_argument("--extractors", nargs="*", choices=EXTRACTORS, help="all that are installed if none is named")
    parser.add_argument("--cleaners", nargs="*", choices=CLEANERS, help="all that are installed if none is named")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only one page in N")
    parser.add_argument("--to", type=Path, default=Path(tempfile.gettempdir()) / "boilerstrip-lines", metavar="FOLDER")
    parser.add_argument("--table", action="store_true", help="Markdown")
    args = parser.parse_args()
    if not BENCH.is_dir():
        sys.exit("the gold sets are not here: they lie in ../shared/bench beside the checkout (docs/gold_sets.md)")
    can = [name for name, (module, _) in CLEANERS.items() if not module or find_spec(module)]
    cleaners = args.cleaners or can
    for name in args.sets or SETS:
        golds = {gold["id"]: gold for _, gold in pages(name, args.every)}
        if args.table:
            print(f"\n| {name} | {' | '.join(cleaners)} |\n|---|{'---|' * len(cleaners)}")
        for extractor in args.extractors or installed():
            found = only_articles(name, residues(args.to, name, extractor, args.every))
            rows = []
            for each in cleaners:
                rows.append(score(found, CLEANERS[each][1], golds))
                if not args.table:
                    print(f"{name:<9}{extractor:<12}{each:<12}{told(rows[-1])}", flush=True)
            if args.table:
                print(f"| {extractor} | {' | '.join(map(cell, rows))} |", flush=True)


if __name__ == "__main__":
    main()
