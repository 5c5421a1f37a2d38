"""Trains the line scorer of cleaners/text/line_scores.py. Needs the extra `bench`: scikit-learn and the extractors.

    python tests/benchmarks/train_lines.py [--folds N [--route]] [--ways WAY …] [--every N] [--write]

It learns from the residues of residues.py: what several extractors make of all pages of the gold sets in
../shared/bench, each line labelled; from the gold alone, which is clean; and from a second form of each text, without
blank lines or without function words. `--more` names folders of HTML pages, of any kind: the HTML route says which of
their visible lines are article.

`--folds N` judges by cross-validation: of N parts of the registered domains each is left out in turn, over all sets
together, and its texts are cleaned with what was learned from the others, each in several ways. A way is
`SLANT[,STIFF[,INSIDE,EDGE,FREE]]`, see Way. That is judged by lines; with `--route` the whole text route cleans, as it
is and with the scorer for every text, which takes long and is judged as docs/gold_sets.md says. `--candidates` adds
facts that the library does not have. `--write` trains on all and writes cleaners/scoring/weights/. Set
OMP_NUM_THREADS=1 on a machine that has other things to do: its threads wait by spinning.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass, replace
from functools import cache, partial
from itertools import chain, groupby
from math import inf, log1p
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from gold_sets import BENCH, cleaner
from metric import LINE, Score, gold_pages, line, score_of, summary
from residues import ARTICLE, NEITHER, SETS, Residue, labels, lines_of, residues
from sklearn.ensemble import HistGradientBoostingClassifier
from visible_text import visible_text

from cleaners import BadInput
from cleaners.matching.match import Matcher
from cleaners.page import Block, Page
from cleaners.pipeline import FIRST
from cleaners.scoring.path import best_path
from cleaners.scoring.trees import WEIGHTS, Table, ask_all, laid_out
from cleaners.source import lines as read_lines
from cleaners.text import whole_page
from cleaners.text.line_facts import FAR, Lines, prose_score
from cleaners.text.line_scores import LOGIT_LIMIT, LOOSE, MODELS, SLANT, facts, second_facts, weighed
from cleaners.text.whole_page import SHORTEST_ARTICLE
from cleaners.text.whole_page import lines_of as facts_of
from cleaners.words import WORD

WORTH = {"articles": 1.0, "news": 1.0, "sites": 0.12, "more": 0.12, "article": 0.7}
"""Weight of a page by its set, or in `pages` by its type: a site's pages are alike, and what the HTML route says is not
gold."""
OTHER_TYPE = 0.15
"""Weight of a page of `pages` of another type than article."""
SAID = {"visible": 1.0, "clean": 1.0}
"""Weight of a text by who extracted it."""
RESIDUE = 0.5
"""Weight of a text of another extractor: several of them have much the same."""
FIRST_LOOK = {"max_iter": 110, "max_leaf_nodes": 14, "learning_rate": 0.12, "max_features": 0.35}
SECOND_LOOK = {"max_iter": 220, "max_leaf_nodes": 16, "learning_rate": 0.07, "max_features": 0.35}
SMALLEST = 300
"""Characters of the article of a page of `--more`: where the HTML route finds less, it may have missed it."""
NEAR = 12
"""Lines around the article's that are all learned from; of the others one in FEW."""
FEW = 5
MOST_LINES = 1_500
"""Lines of the longest text that is learned from."""
OTHER_FORM = 0.35
"""Weight of the text's second form: without blank lines, or without function words, as where no list knows them."""
MEAN_WORDS = 40
"""Words from which on a line weighs no more in a mean of logits; ten times as many, in a score by lines."""
CLEAN = "clean"
"""The gold itself, as if an extractor had left nothing else."""
TRAINED_ON = ("trafilatura", "recall", "resiliparse", "readability", "visible", CLEAN)


@dataclass(slots=True)
class Example:
    """A text with the facts of its lines in two forms."""

    residue: Residue
    extractor: str
    key: str
    """What sorts it: into halves and folds by the domain, and among its lines those that are left out."""
    forms: list[tuple[Lines, Any]]
    wanted: Any
    starts: list[int]
    """Where each line begins in the text."""


def clean_golds(folder: Path, name: str, every: int) -> Iterator[Residue]:
    """The gold of each page as a text of its own, all of it article."""
    for made in residues(folder, name, "visible", every):
        gold = _golds(name)[made.id]
        text = gold.get("gold_without_summary") or gold["gold"]
        if text.strip():
            yield replace(made, text=text, labels=[ARTICLE] * len(lines_of(text)))


@cache
def _golds(name: str) -> dict[str, Any]:
    return {gold["id"]: gold for _, gold in gold_pages(name)}


def texts(folder: Path, extractors: Iterable[str], every: int) -> Iterator[tuple[str, Residue]]:
    """Each extractor's texts of all sets."""
    for name in SETS:
        for extractor in extractors:
            made = clean_golds(folder, name, every) if extractor == CLEAN else residues(folder, name, extractor, every)
            for each in made:
                if each.labels:
                    yield extractor, each


def more_texts(folders: Iterable[Path]) -> Iterator[tuple[str, Residue]]:
    """The visible text of HTML pages, labelled by the HTML route."""
    for folder in folders:
        for path in sorted(folder.rglob("*.html")):
            source = path.read_bytes()
            try:
                gold = "\n".join(a.text for a in cleaner().clean(source))
                text = visible_text(source)
            except (BadInput, ValueError):
                continue
            if len(gold) >= SMALLEST:
                found = labels(lines_of(text), gold)
                yield "visible", Residue("more", "more", f"{folder.name}/{path.name}", path.name[:14], text, found)


def load(extractor: str, residue: Residue, candidates: bool) -> Example | None:
    """The facts of a text's lines in two forms, and which of them are the article's."""
    page = read_lines(residue.text)
    for stage in FIRST:  # as whole_page finds it
        stage(page, cleaner().matcher)
    wanted = [label for b, label in zip(page.blocks, residue.labels, strict=True) if b.text]
    blocks = [b for b in page.blocks if b.text]
    if not blocks or len(blocks) > MOST_LINES:
        return None
    key = f"{extractor} {residue.set} {residue.id}"
    dice = zlib.crc32(key.encode()) % 3
    lines = facts_of(page, blocks, cleaner().matcher)
    other = lines
    if dice == 0:
        other = replace(lines, own=facts_of(page, blocks, cleaner().matcher, language="").own)
    if dice < 2:
        other = replace(other, blank=[False] * len(blocks))
    forms = [(form, rows_of(form, candidates)) for form in (lines, other)]
    return Example(residue, extractor, key, forms, np.array(wanted), [b.start for b in blocks])


def rows_of(lines: Lines, candidates: bool) -> Any:
    """The facts of the lines for the first look, a row each; behind them the candidates, where they are asked for."""
    rows = np.array(facts(lines), dtype=np.float32)
    return np.hstack([rows, np.array(candidate_facts(lines), dtype=np.float32)]) if candidates else rows


CANDIDATES = (
    "shape_near", "shape_share", "opening_near", "opening_page", "item", "items_near",
    "shape_1", "shape1", "shape_2", "shape2",
    "lines", "prose_mass", "prose_share", "marked_share", "short_share", "middle_width",
)  # fmt: skip
"""The names of the facts that are tried: how much a line has the shape of those around it, which opening word and list
mark they share, and what kind of text the whole is, extracted or all that a browser shows."""
AROUND_SHAPE = 10
"""Lines above and below that a line's shape is compared with."""
WIDTHS = (12, 25, 45, 80, 160)
"""Between these widths lines are of one size."""


def candidate_facts(lines: Lines) -> list[tuple[float, ...]]:
    """What CANDIDATES names, for each line. Linear in the lines."""
    shapes = [shape(text, own) for text, own in zip(lines.texts, lines.own, strict=True)]
    openings = [(WORD.search(text[:60]) or [text[:3]])[0].casefold() for text in lines.texts]
    items = [text[:1] in set("-•*–") for text in lines.texts]
    count, all_shapes, all_openings = len(shapes), Counter(shapes), Counter(openings)
    scores = [prose_score(own) for own in lines.own]
    sizes = [min(own[0], 600) for own in lines.own]
    whole = (
        log1p(count),
        sum(a * b for a, b in zip(scores, sizes, strict=True)) / max(1, sum(sizes)),
        sum(x >= 0.5 for x in scores) / count,
        sum(bool(own[18]) for own in lines.own) / count,
        sum(own[0] < 60 and not own[2] for own in lines.own) / count,
        sorted(sizes)[count // 2],
    )
    padded: list[Any] = [None, None, *shapes, None, None]
    found = []
    for n in range(count):
        near = slice(max(0, n - AROUND_SHAPE), n + AROUND_SHAPE + 1)
        found.append((
            shapes[near].count(shapes[n]) - 1, (all_shapes[shapes[n]] - 1) / count,
            openings[near].count(openings[n]) - 1, min(FAR, all_openings[openings[n]] - 1),
            float(items[n]), sum(items[near]),
            *(float(padded[n + 2 + by] == shapes[n]) for by in (-1, 1, -2, 2)),
            *whole,
        ))  # fmt: skip
    return found


def shape(text: str, own: Sequence[float]) -> tuple[Any, ...]:
    """What a line looks like: its size, what it begins and ends with, whether it is mostly digits."""
    first = text[:1]
    kind = next((name for name in ("isupper", "islower", "isdigit", "isalpha") if getattr(first, name)()), first)
    return sum(own[0] >= width for width in WIDTHS), kind, own[2], own[3], own[7] > 0.3


def chosen(example: Example) -> tuple[Any, Any]:
    """Which lines of a text are learned from, and how much each weighs. A text weighs by the root of its words."""
    wanted = example.wanted
    count = len(wanted)
    near = np.zeros(count, bool)
    for n in np.flatnonzero(wanted == ARTICLE):
        near[max(0, n - NEAR) : n + NEAR + 1] = True
    some = (np.arange(count) + zlib.crc32(example.key.encode())) % FEW == 0
    take = (near | some) & (wanted != NEITHER)
    weight = np.where(near, 1.0, FEW)[take] * (0.35 + np.minimum(example.forms[0][1][take, 1], 60) / 20)
    return take, weight / max(1e-9, weight.sum() ** 0.5) * worth(example)


def worth(example: Example) -> float:
    kind = example.residue.group if example.residue.set == "pages" else example.residue.set
    return WORTH.get(kind, OTHER_TYPE) * SAID.get(example.extractor, RESIDUE)


def fit(examples: Sequence[Example], more: dict[str, list[Any]] | None, how: dict[str, Any]) -> dict[str, Any]:
    rows, answers, weights = [], [], []
    for each in examples:
        take, weight = chosen(each)
        if not (each.wanted == ARTICLE).any():
            continue
        for form, (_, seen) in enumerate(each.forms):
            rows.append(np.hstack([seen, more[each.key][form]])[take] if more else seen[take])
            answers.append(each.wanted[take])
            weights.append(weight * (OTHER_FORM if form else 1.0))
    model = HistGradientBoostingClassifier(
        **how, min_samples_leaf=25, l2_regularization=5, max_bins=64, early_stopping=False, random_state=0
    )
    return exported(model.fit(np.vstack(rows), np.concatenate(answers), sample_weight=np.concatenate(weights)))


def train(examples: Sequence[Example]) -> dict[str, Any]:
    """Both looks. The second learns from what a first look says that did not see the page's domain."""
    half = [zlib.crc32(b"half of " + e.residue.domain.encode()) % 2 for e in examples]  # not by the folds' own number
    more: dict[str, list[Any]] = {}
    for side in (0, 1):
        first = laid_out(fit([e for e, h in zip(examples, half, strict=True) if h != side], None, FIRST_LOOK))
        for each in (e for e, h in zip(examples, half, strict=True) if h == side):
            more[each.key] = [look_again(first, lines, seen) for lines, seen in each.forms]
    return {"first": fit(examples, None, FIRST_LOOK), "second": fit(examples, more, SECOND_LOOK)}


def look_again(first: Table, lines: Lines, seen: Any) -> Any:
    return np.array(second_facts(ask_all(first, seen), lines), dtype=np.float32)


def exported(model: Any) -> dict[str, Any]:
    """The trees as plain lists: a leaf, or [place of the fact, threshold, tree up to it, tree above it]."""

    def tree(nodes: Any, at: int) -> Any:
        node = nodes[at]
        if node["is_leaf"]:
            return round(float(node["value"]), 4)
        sides = (tree(nodes, int(node["left"])), tree(nodes, int(node["right"])))
        return [int(node["feature_idx"]), float(node["num_threshold"]), *sides]  # thresholds are values: no rounding

    base = float(np.ravel(model._baseline_prediction)[0])
    return {"base": round(base, 4), "trees": [tree(step[0].nodes, 0) for step in model._predictors]}


@dataclass(frozen=True, slots=True)
class Way:
    """How a text's lines are kept or taken, once each has its logit.

    slant   added to each logit
    stiff   what a step into or out of the article costs on the best path
    inside  a stretch of more than `free` lines between the article's lines is taken only where the mean of its logits,
            weighed by words, is at most this
    edge    the same above and below the article
    """

    slant: float
    stiff: float = LOOSE
    inside: float = inf
    edge: float = inf
    free: float = 0

    def keeps(self, logits: Sequence[float], lines: Lines) -> list[bool]:
        slanted = [x + self.slant for x in logits]
        keep = best_path(weighed(slanted, lines), self.stiff)
        kept = [n for n, k in enumerate(keep) if k]
        if kept:
            for begin, end in list(_taken(keep)):
                limit = self.inside if kept[0] < begin < kept[-1] else self.edge
                if end - begin > self.free and _mean(slanted[begin:end], lines.own[begin:end]) > limit:
                    keep[begin:end] = [True] * (end - begin)
        return keep


def _taken(keep: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where each stretch of lines that are taken begins and ends."""
    for _, run in groupby(enumerate(keep), key=lambda item: item[1]):
        places = [n for n, kept in run if not kept]
        if places:
            yield places[0], places[-1] + 1


def _mean(logits: Sequence[float], own: Sequence[Any]) -> float:
    """The mean of some lines' logits, bounded; a line weighs by its words."""
    sizes = [min(facts[1], MEAN_WORDS) + 1 for facts in own]
    bounded = (max(-LOGIT_LIMIT, min(LOGIT_LIMIT, x)) for x in logits)
    return sum(x * size for x, size in zip(bounded, sizes, strict=True)) / sum(sizes)


def logits_of(tables: Mapping[str, Table], lines: Lines, seen: Any) -> list[float]:
    return ask_all(tables["second"], np.hstack([seen, look_again(tables["first"], lines, seen)]))


def by_lines(example: Example, keep: Sequence[bool]) -> Score:
    """A text's score by its labelled lines: what the extractor lost is not counted. Words weigh in precision and
    recall."""
    sizes = np.minimum([facts[1] for facts in example.forms[0][0].own], MEAN_WORDS * 10)
    kept, article = np.array(keep), example.wanted == ARTICLE
    good, given = (sizes * (kept & article)).sum(), (sizes * (kept & (example.wanted != NEITHER))).sum()
    long = article & (sizes >= LINE)
    return {
        "precision": good / given if given else 1.0,
        "recall": good / max(1, (sizes * article).sum()),
        "exact": float(not ((kept != article) & (example.wanted != NEITHER) & (sizes > 0)).any()),
        "lines": int(long.sum()),
        "lost": int((long & ~kept).sum()),
    }


def left_by_rules(example: Example) -> list[bool]:
    """The lines that the rules and stages for extracted text leave, whatever the scorer says."""
    try:
        with patch.object(whole_page, "decide", lambda texts: ("extracted", "")):
            page = cleaner().label(example.residue.text)
    except BadInput:
        return [False] * len(example.wanted)
    kept = {block.start for block in page.blocks if block.kept}
    return [start in kept for start in example.starts]


def judged(
    examples: Sequence[Example], model: Mapping[str, Any], ways: Sequence[Way]
) -> Iterator[tuple[str, str, Score]]:
    """(kind of text, way, score) by lines; the last way is the rules alone. Of all visible text the rules have no say:
    they are for what is left of it."""
    tables = {look: laid_out(model[look]) for look in ("first", "second")}
    for each in examples:
        lines, seen = each.forms[0]
        logits = logits_of(tables, lines, seen)
        ruled = [True] * len(lines.texts) if each.extractor == "visible" else left_by_rules(each)
        kind = f"{each.extractor:<12}{each.residue.set}"
        yield kind, "rules alone", by_lines(each, ruled)
        for way in ways:
            keep = way.keeps(logits, lines)
            yield kind, told(way), by_lines(each, [a and b for a, b in zip(keep, ruled, strict=True)])


def told(way: Way) -> str:
    return ",".join(f"{value:g}" for value in astuple(way))


@contextmanager
def one_route(tables: Mapping[str, Table], way: Way, candidates: bool, known: dict[Any, Any]) -> Iterator[None]:
    """The text route with a scorer of its own, which every text goes through. `known` keeps logits for other ways."""

    def look(page: Page, blocks: Sequence[Block], matcher: Matcher) -> None:
        key = hash(tuple(block.raw for block in blocks))
        if key not in known:
            lines = facts_of(page, blocks, matcher)
            known[key] = lines, logits_of(tables, lines, rows_of(lines, candidates))
        lines, logits = known[key]
        inside = way.keeps(logits, lines)
        if sum(len(b.text) for b, keep in zip(blocks, inside, strict=True) if keep and b.kept) >= SHORTEST_ARTICLE:
            whole_page._label(page, blocks, inside, logits, matcher)

    with ExitStack() as stack:
        stack.enter_context(patch.object(whole_page, "_look", look))
        stack.enter_context(patch.object(whole_page, "decide", lambda texts: ("whole", "")))
        yield


def through_route(
    examples: Sequence[Example], model: Mapping[str, Any], ways: Sequence[Way], candidates: bool
) -> Iterator[tuple[str, str, Score]]:
    """(kind of text, way, score): the text as it is, the route as it is, each way with the scorer for every text."""
    tables, known = {look: laid_out(model[look]) for look in ("first", "second")}, dict[Any, Any]()
    for each in examples:
        made = each.residue
        gold = _golds(made.set)[made.id]
        if each.extractor == CLEAN:
            gold = gold | {"gold": made.text, "gold_without_summary": None}
        texts = {"as it is": made.text, "today": cleaned(made.text)}
        for way in ways:
            with one_route(tables, way, candidates, known):
                texts[told(way)] = cleaned(made.text)
        known.clear()
        for way_name, text in texts.items():
            yield f"{each.extractor:<12}{made.set}", way_name, score_of(made.set, gold, text)


def cleaned(text: str) -> str:
    try:
        return "\n".join(a.text for a in cleaner().clean(text))
    except BadInput:
        return ""


def cross(examples: Sequence[Example], folds: int, judge: Callable[..., Iterator[tuple[str, str, Score]]]) -> None:
    """Prints the figures of each way on each kind of text, over all folds."""
    found: dict[tuple[str, str], list[Score]] = {}
    place = [zlib.crc32(e.residue.domain.encode()) % folds for e in examples]
    for fold in range(folds):
        started = time.perf_counter()
        model = train([e for e, f in zip(examples, place, strict=True) if f != fold])
        trained = time.perf_counter()
        asked = [e for e, f in zip(examples, place, strict=True) if f == fold and judgeable(e)]
        for kind, way, score in judge(asked, model):
            found.setdefault((kind, way), []).append(score)
        seconds = time.perf_counter() - trained
        print(
            f"fold {fold}: trained in {trained - started:.0f} s, {len(asked)} texts cleaned in {seconds:.0f} s",
            flush=True,
        )
    for (kind, way), scores in sorted(found.items(), key=lambda item: item[0][0]):
        print(line(f"{kind:<22}{way:<16}", summary(scores)), f" lines {sum(s['lost'] for s in scores):.0f}", flush=True)


def judgeable(example: Example) -> bool:
    """Of `pages` only the articles are: the others are not what the library is for."""
    made = example.residue
    return made.set in ("articles", "news", "sites") or made.group == "article"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, metavar="N", help="judge by cross-validation over registered domains")
    parser.add_argument("--route", action="store_true", help="judge through the whole text route")
    parser.add_argument("--ways", nargs="*", default=[f"{SLANT}", "1,2,-2,-1,4"], metavar="WAY")
    parser.add_argument("--candidates", action="store_true", help="with facts that the library does not have")
    parser.add_argument("--extractors", nargs="*", choices=TRAINED_ON, default=TRAINED_ON)
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="folders of HTML pages")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only one page in N")
    parser.add_argument("--to", type=Path, default=Path(tempfile.gettempdir()) / "boilerstrip-lines", metavar="FOLDER")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.write and args.candidates:
        parser.error("the library does not have the candidates")
    if not BENCH.is_dir():
        sys.exit("the gold sets are not here: they lie in ../shared/bench beside the checkout")
    started = time.perf_counter()
    found = chain(texts(args.to, args.extractors, args.every), more_texts(args.more))
    examples = [each for extractor, made in found if (each := load(extractor, made, args.candidates))]
    lines = sum(len(e.wanted) for e in examples)
    print(f"{len(examples)} texts, {lines} lines, {time.perf_counter() - started:.0f} s", flush=True)
    if args.folds:
        ways = [Way(*map(float, way.split(","))) for way in args.ways]
        judge = partial(through_route, candidates=args.candidates) if args.route else judged
        cross(examples, args.folds, partial(judge, ways=ways))
    if args.write:
        data = train(examples)
        file = WEIGHTS / f"{MODELS}.json"
        file.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"wrote {file.name}, {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
