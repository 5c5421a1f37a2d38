"""Trains the line scorer of cleaners/text/line_scores.py. Needs the extra `bench`: scikit-learn and the extractors.

    python tests/benchmarks/train_lines.py [--folds N] [--extractors NAME …] [--write] [--more FOLDER …]

It learns from the residues of residues.py: what several extractors make of all pages of the gold sets in
../shared/bench, each line labelled; from the gold alone, which is clean; and from a second form of each text, without
blank lines or without function words. `--more` names folders of HTML pages, of any kind: the HTML route says which of
their visible lines are article.

`--folds N` judges by cross-validation: of N parts of the registered domains each is left out in turn, over all sets
together, and the text route cleans its pages with what was learned from the others; beside it stands the route as it
is. `--slants` names slants to try, `--write` trains on all and writes cleaners/scoring/weights/, `--every N` takes one
page in N, for a try. Set OMP_NUM_THREADS=1 on a machine that has other things to do: its threads wait by spinning.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from gold_sets import BENCH, cleaner
from metric import Score, gold_pages, line, score_of, summary
from residues import ARTICLE, NEITHER, SETS, Residue, labels, lines_of, residues
from sklearn.ensemble import HistGradientBoostingClassifier
from visible_text import visible_text

from cleaners import BadInput
from cleaners.pipeline import FIRST
from cleaners.scoring.trees import WEIGHTS, Table, ask_all, laid_out
from cleaners.source import lines as read_lines
from cleaners.text import line_scores, whole_page
from cleaners.text.line_facts import Lines
from cleaners.text.line_scores import MODELS, facts, second_facts
from cleaners.text.whole_page import lines_of as facts_of

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


def clean_golds(name: str, every: int) -> Iterator[Residue]:
    """The gold of each page as a text of its own, all of it article."""
    for made in residues(args_folder(), name, "visible", every):
        gold = _golds(name)[made.id]
        text = gold.get("gold_without_summary") or gold["gold"]
        if text.strip():
            yield replace(made, text=text, labels=[ARTICLE] * len(lines_of(text)))


_FOLDER: list[Path] = []


def args_folder() -> Path:
    return _FOLDER[0]


_GOLDS: dict[str, dict[str, Any]] = {}


def _golds(name: str) -> dict[str, Any]:
    if name not in _GOLDS:
        _GOLDS[name] = {gold["id"]: gold for _, gold in gold_pages(name)}
    return _GOLDS[name]


def texts(extractors: Iterable[str], every: int) -> Iterator[tuple[str, Residue]]:
    """Each extractor's texts of all sets."""
    for name in SETS:
        for extractor in extractors:
            made = clean_golds(name, every) if extractor == CLEAN else residues(args_folder(), name, extractor, every)
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


def load(extractor: str, residue: Residue) -> Example | None:
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
    forms = [(form, np.array(facts(form), dtype=np.float32)) for form in (lines, other)]
    return Example(residue, extractor, key, forms, np.array(wanted))


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


@contextmanager
def scored_by(
    model: dict[str, Any] | None, slant: float, one_route: bool, known: dict[Any, list[float]]
) -> Iterator[None]:
    """The text route with a model of its own; `one_route`: every text with prose goes to the scorer. `known` keeps what
    was scored, for another slant."""
    with ExitStack() as stack:
        if model is not None:
            tables = {look: laid_out(model[look]) for look in ("first", "second")}

            def scores(lines: Lines) -> list[float]:
                key = hash((tuple(lines.texts), tuple(lines.blank)))
                if key not in known:
                    seen = np.array(facts(lines))
                    more = np.array(second_facts(ask_all(tables["first"], seen), lines))
                    known[key] = ask_all(tables["second"], np.hstack([seen, more]))
                return [x + slant for x in known[key]]

            stack.enter_context(patch.object(whole_page, "scores", scores))
        if one_route:
            stack.enter_context(patch.object(whole_page, "decide", lambda texts: ("whole", "")))
        yield


def cleaned(text: str) -> str:
    try:
        return "\n".join(a.text for a in cleaner().clean(text))
    except BadInput:
        return ""


Way = tuple[str, dict[str, Any] | None, float, bool]


def judge(
    examples: Sequence[Example], model: dict[str, Any], slants: Sequence[float]
) -> Iterator[tuple[str, str, Score]]:
    """(way, kind, score) of each text: the route as it is, and one scorer for all texts at each slant."""
    known: dict[Any, list[float]] = {}
    ways: list[Way] = [("today", None, 0.0, False), *((f"slant {s:+.2f}", model, s, True) for s in slants)]
    for way, use, slant, one_route in ways:
        with scored_by(use, slant, one_route, known):
            for each in examples:
                r = each.residue
                if r.set == "pages" and r.group != "article":
                    continue
                text = cleaned(r.text)
                gold = _golds(r.set)[r.id]
                if each.extractor == CLEAN:
                    gold = gold | {"gold": r.text, "gold_without_summary": None}
                yield way, f"{each.extractor:<12}{r.set}", score_of(r.set, gold, text)


def cross(examples: Sequence[Example], folds: int, slants: Sequence[float], only: int | None = None) -> None:
    """Prints the figures of each way on each kind of text, over all folds."""
    found: dict[tuple[str, str], list[Score]] = {}
    place = [zlib.crc32(e.residue.domain.encode()) % folds for e in examples]
    for fold in range(folds) if only is None else [only]:
        started = time.perf_counter()
        model = train([e for e, f in zip(examples, place, strict=True) if f != fold])
        trained = time.perf_counter()
        for way, kind, score in judge([e for e, f in zip(examples, place, strict=True) if f == fold], model, slants):
            found.setdefault((kind, way), []).append(score)
        print(
            f"fold {fold}: trained {trained - started:.0f} s, cleaned {time.perf_counter() - trained:.0f} s", flush=True
        )
    for (kind, way), scores in sorted(found.items(), key=lambda item: item[0][0]):
        print(
            line(f"{kind:<22}{way:<13}", summary(scores)), f" lines lost {sum(s['lost'] for s in scores)}", flush=True
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, metavar="N", help="judge by cross-validation over registered domains")
    parser.add_argument("--only", type=int, metavar="FOLD", help="only this fold, for a try")
    parser.add_argument("--slants", type=float, nargs="*", default=[line_scores.SLANT])
    parser.add_argument("--extractors", nargs="*", choices=TRAINED_ON, default=TRAINED_ON)
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="folders of HTML pages")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only one page in N")
    parser.add_argument("--to", type=Path, default=Path(tempfile.gettempdir()) / "boilerstrip-lines", metavar="FOLDER")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if not BENCH.is_dir():
        sys.exit("the gold sets are not here: they lie in ../shared/bench beside the checkout")
    _FOLDER[:] = [args.to]
    started = time.perf_counter()
    examples = [
        e
        for found in (texts(args.extractors, args.every), more_texts(args.more))
        for e in map(lambda x: load(*x), found)
        if e
    ]
    print(
        f"{len(examples)} texts, {sum(len(e.wanted) for e in examples)} lines, {time.perf_counter() - started:.0f} s",
        flush=True,
    )
    if args.folds:
        cross(examples, args.folds, args.slants, args.only)
    if args.write:
        data = train(examples)
        file = WEIGHTS / f"{MODELS}.json"
        file.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"wrote {file.name}, {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
