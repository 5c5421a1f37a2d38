"""Trains the line scorer of cleaners/text/line_scores.py. Needs the extra `bench`: scikit-learn and the extractors.

    python tests/benchmarks/train_lines.py [--folds N] [--bounds BOUNDS …] [--every N] [--write]

It learns from the residues of residues.py: what several extractors make of all pages of the gold sets in
../shared/bench, each line labelled; from all visible text, whole and without what is far from the article, as naive
extractors leave it; from the gold alone, which is clean; from the dumps of tests/dumps, labelled line by line in many
languages; and from each text in three forms: as it is, what the rules left of it, and without rules or without
function words, as in a language that nobody knows. What the words of a line say is learned first (learn_words.py), and
is a fact to the trees.

`--folds N` judges by cross-validation: of N parts of the registered domains each is left out in turn, over all sets
together, and its texts go through the text route with what was learned from the others, once for each of the bounds:
`SLANT[,STIFF,INSIDE,EDGE,FREE,PROSE,SENTENCE,NEAR,FAR,UNKNOWN,BESIDE]`, see `bounds.Bounds`; what is not said is as the
library has it. Judged as docs/gold_sets.md says. `--write` trains on all and writes
cleaners/scoring/weights/lines.json and vocabulary.json; covers.py is to be run then. Set OMP_NUM_THREADS=1 on a machine
that has other things to do: its threads wait by spinning.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass, replace
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import numpy as np
from dumps import DUMPS, read, row
from dumps import score as dump_score
from gold_sets import BENCH, cleaner
from learn_words import DUMP, Said, learn_words
from metric import Score, gold_pages, line, score_of, summary
from residues import ARTICLE, CHROME, NEITHER, SETS, Residue, residues
from residues import lines_of as raw_lines
from sklearn.ensemble import HistGradientBoostingClassifier

from cleaners import BadInput
from cleaners.page import Block
from cleaners.pipeline import FIRST
from cleaners.scoring.trees import WEIGHTS, Table, ask_all, laid_out
from cleaners.source import lines as read_lines
from cleaners.text import residue as residue_stage
from cleaners.text import whole_page as whole_page_stage
from cleaners.text.bounds import BOUNDS, Bounds, keeps
from cleaners.text.line_facts import Lines
from cleaners.text.line_scores import SCORER, SLANT, second_facts, shown
from cleaners.text.page_lines import lines_of
from cleaners.text.vocabulary import FILE as VOCABULARY
from cleaners.text.vocabulary import Weights, around, say

WORTH = {"articles": 1.0, "news": 1.0, "sites": 0.12, "article": 0.7}
"""Weight of a page by its set, or in `pages` by its type: a site's pages are alike."""
OTHER_TYPE = 0.15
"""Weight of a page of `pages` of another type than article."""
CROPPED = ("cropped", "cropped again")
"""All visible text near the article, as what takes a page's main container leaves it: each page twice, cut at other
places."""
SAID = {"visible": 1.0, "clean": 1.0} | dict.fromkeys(CROPPED, 1.0)
"""Weight of a text by who extracted it."""
RESIDUE = 0.5
"""Weight of a text of another extractor: several of them have much the same."""
FIRST_LOOK = {"max_iter": 110, "learning_rate": 0.12, "max_features": 0.35, "max_leaf_nodes": 18}
SECOND_LOOK = {"max_iter": 220, "learning_rate": 0.07, "max_features": 0.35, "max_leaf_nodes": 20}
NEAR = 12
"""Lines around the article's that are all learned from; of the others one in FEW."""
FEW = 5
MOST_LINES = 1_500
"""Lines of the longest text that is learned from."""
LEFT, STRANGE = 0.5, 0.35
"""Weights of a text's second and third form: what rules leave of it, and without what a text in another language
lacks."""
WRITTEN, WRITTEN_WORTH = "written", 5.0
"""The dumps, and their weight: there are few of them, and no others in most languages. (docs/lines.md)"""
PARTS = 4
"""Parts of the domains: what words say in one of them is learned from the others."""
CLEAN = "clean"
"""The gold itself, as if an extractor had left nothing else."""
ABOVE, BELOW = (0, 2, 4, 8, 16, 30), (0, 4, 8, 16, 30, 60)
"""Lines above and below the article that such a text has at most: one of these numbers, and up to as many again."""
LEARNED_FROM = ("visible", CLEAN, WRITTEN)
"""The texts that words are learned from: all others are parts of them."""
TRAINED_ON = ("trafilatura", "resiliparse", "readability", "visible", CLEAN, *CROPPED)
"""The texts that it learns from."""


@dataclass(slots=True)
class Form:
    """The lines of a text as one of the looks may meet them, their facts, and which are the article's."""

    lines: Lines
    shown: Any
    wanted: Any
    weight: float
    seen: Any = None
    """All facts of the first look, once it is known what words say."""


@dataclass(slots=True)
class Example:
    """A text in three forms."""

    residue: Residue
    extractor: str
    key: str
    """What sorts it: into halves and folds by the domain, and among its lines those that are left out."""
    forms: list[Form]


def clean_golds(folder: Path, name: str, every: int) -> Iterator[Residue]:
    """The gold of each page as a text of its own, all of it article."""
    for made in residues(folder, name, "visible", every):
        gold = _golds(name)[made.id]
        text = gold.get("gold_without_summary") or gold["gold"]
        if text.strip():
            yield replace(made, text=text, labels=[ARTICLE] * len(raw_lines(text)))


def cropped(folder: Path, name: str, which: str, every: int) -> Iterator[Residue]:
    """The visible text of each page without what is far from the article, and of every other one without what stands
    between its paragraphs either."""
    for made in residues(folder, name, "visible", every):
        places = [n for n, label in enumerate(made.labels) if label == ARTICLE]
        if not places:
            continue
        dice = Random(f"{which} {name} {made.id}")
        above, below = (dice.randint(most, 2 * most) for most in (dice.choice(ABOVE), dice.choice(BELOW)))
        kept = range(max(0, places[0] - above), min(len(made.labels), places[-1] + below + 1))
        if dice.random() < 0.5:
            kept = [n for n in kept if made.labels[n] != CHROME or not places[0] < n < places[-1]]
        lines = made.lines
        yield replace(made, text="\n".join(lines[n] for n in kept), labels=[made.labels[n] for n in kept])


@cache
def _golds(name: str) -> dict[str, Any]:
    return {gold["id"]: gold for _, gold in gold_pages(name)}


def written(folder: Path) -> Iterator[Residue]:
    """The dumps of a folder that were labelled by hand, each as a site of its own."""
    for name, text, labels in read(folder):
        by_line = [labels["lines"][n] for n, line in enumerate(text.split("\n"), 1) if line.strip()]
        found = [
            ARTICLE if role in ("body", "heading") else CHROME if role == "chrome" else NEITHER for role in by_line
        ]
        yield Residue(WRITTEN, name.partition("-")[0], name, f"dump {name}", text, found)


def texts(folder: Path, extractors: Iterable[str], every: int) -> Iterator[tuple[str, Residue]]:
    """Each extractor's texts of all sets."""
    for name in SETS:
        for extractor in extractors:
            if extractor == CLEAN:
                made = clean_golds(folder, name, every)
            elif extractor in CROPPED:
                made = cropped(folder, name, extractor, every)
            else:
                made = residues(folder, name, extractor, every)
            for each in made:
                if each.labels:
                    yield extractor, each
    for each in written(DUMPS):
        yield WRITTEN, each


def load(extractor: str, residue: Residue) -> Example | None:
    """A text's lines in three forms, with their facts."""
    key = f"{extractor} {residue.set} {residue.id}"
    dice = zlib.crc32(key.encode()) % 3
    page = read_lines(residue.text)
    label = {b.start: found for b, found in zip(page.blocks, residue.labels, strict=True)}
    for stage in FIRST:  # as the scorer finds it
        stage(page, cleaner().matcher)
    all_blocks = [b for b in page.blocks if b.text]
    if not all_blocks or len(all_blocks) > MOST_LINES:
        return None
    left, matcher = left_by_rules(residue.text), cleaner().matcher
    known = lines_of(all_blocks, matcher)
    strange = known if dice == 1 else lines_of(all_blocks, matcher, language="")
    if dice:
        strange = replace(strange, ruled=[frozenset()] * len(all_blocks))
    found = [(all_blocks, known, 1.0), (left, lines_of(left, matcher), LEFT), (all_blocks, strange, STRANGE)]
    forms = [
        Form(lines, shown(lines).astype(np.float32), np.array([label.get(b.start, NEITHER) for b in blocks]), weight)
        for blocks, lines, weight in found
        if blocks
    ]
    return Example(residue, extractor, key, forms)


def left_by_rules(text: str) -> list[Block]:
    """The lines that the rules and the other stages leave, as the last of them finds them."""
    try:
        with ExitStack() as stack:
            for module in (residue_stage, whole_page_stage):
                stack.enter_context(patch.object(module, "scores", lambda lines: [LOGIT] * len(lines.texts)))
            page = cleaner().label(text)
    except BadInput:
        return []
    return [b for b in page.blocks if b.kept and b.text]


LOGIT = 9.0
"""Of a scorer that takes nothing."""


def chosen(example: Example, form: Form) -> tuple[Any, Any]:
    """Which lines of a text are learned from, and how much each weighs. A text weighs by the root of its words."""
    wanted = form.wanted
    count = len(wanted)
    near = np.zeros(count, bool)
    for n in np.flatnonzero(wanted == ARTICLE):
        near[max(0, n - NEAR) : n + NEAR + 1] = True
    some = (np.arange(count) + zlib.crc32(example.key.encode())) % FEW == 0
    take = (near | some) & (wanted != NEITHER)
    words = np.array([own[1] for own in form.lines.own])
    weight = np.where(near, 1.0, FEW)[take] * (0.35 + np.minimum(words[take], 60) / 20)
    return take, weight / max(1e-9, weight.sum() ** 0.5) * worth(example)


def worth(example: Example) -> float:
    kind = example.residue.group if example.residue.set == "pages" else example.residue.set
    if example.extractor == WRITTEN:
        return WRITTEN_WORTH
    return WORTH.get(kind, OTHER_TYPE) * SAID.get(example.extractor, RESIDUE)


def fit(examples: Sequence[Example], more: dict[str, list[Any]] | None, how: dict[str, Any]) -> dict[str, Any]:
    rows, answers, weights = [], [], []
    for each in examples:
        for n, form in enumerate(each.forms):
            if (form.wanted == ARTICLE).any():
                take, weight = chosen(each, form)
                rows.append(np.hstack([form.seen, more[each.key][n]])[take] if more else form.seen[take])
                answers.append(form.wanted[take])
                weights.append(weight * form.weight)
    model = HistGradientBoostingClassifier(
        **how, min_samples_leaf=25, l2_regularization=5, max_bins=64, early_stopping=False, random_state=0
    )
    return exported(model.fit(np.vstack(rows), np.concatenate(answers), sample_weight=np.concatenate(weights)))


def words_of(examples: Iterable[Example]) -> Iterator[Said]:
    """The lines that words are learned from: of all visible text, of the gold alone, and of dumps."""
    for each in examples:
        if each.extractor in LEARNED_FROM:
            form = each.forms[0]
            take, _ = chosen(each, form)
            for n in np.flatnonzero(take):
                weight = (0.35 + min(form.lines.own[n][1], 60) / 20) * worth(each)
                sites = DUMP if each.extractor == WRITTEN else 1.0
                yield Said(each.residue.domain, form.lines.texts[n], form.wanted[n] == ARTICLE, weight, sites)


def hear(examples: Iterable[Example], words: Weights) -> None:
    """Completes the facts of texts with what words say."""
    known: dict[str, Any] = {}

    def say_once(text: str) -> Any:
        if text not in known:
            known[text] = say(text, words)
        return known[text]

    for each in examples:
        for form in each.forms:
            heard = np.array(around([say_once(text) for text in form.lines.texts]), dtype=np.float32)
            form.seen = np.hstack([form.shown, heard])


def part_of(example: Example, what: str, parts: int) -> int:
    """In which of some parts the domain of a text is; `what` names the division."""
    return zlib.crc32(f"{what} of {example.residue.domain}".encode()) % parts


def train(examples: Sequence[Example]) -> dict[str, Any]:
    """What words say and both looks. Each learns from what the ones before say that did not see the page's domain."""
    for part in range(PARTS):
        rest = [e for e in examples if part_of(e, "words", PARTS) != part]
        hear((e for e in examples if part_of(e, "words", PARTS) == part), learn_words(words_of(rest)))
    half = [part_of(e, "half", 2) for e in examples]  # not by the folds' own number
    more: dict[str, list[Any]] = {}
    for side in (0, 1):
        first = laid_out(fit([e for e, h in zip(examples, half, strict=True) if h != side], None, FIRST_LOOK))
        for each in (e for e, h in zip(examples, half, strict=True) if h == side):
            more[each.key] = [look_again(first, form.lines, form.seen) for form in each.forms]
    return {
        "words": learn_words(words_of(examples)),
        "first": fit(examples, None, FIRST_LOOK),
        "second": fit(examples, more, SECOND_LOOK),
    }


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


def bounds_of(numbers: Sequence[float]) -> Bounds:
    """The library's bounds, the first of them replaced by some numbers."""
    own = astuple(BOUNDS)
    return Bounds(*(type(was)(value) for was, value in zip(own, numbers, strict=False)), *own[len(numbers) :])


@contextmanager
def asked_of(model: Mapping[str, Any], slant: float, bounds: Bounds, known: dict[Any, Any]) -> Iterator[None]:
    """The text route with a scorer of its own. `known` keeps logits for other bounds."""
    tables = {look: laid_out(model[look]) for look in ("first", "second")}
    words = model["words"]

    def scores(lines: Lines) -> list[float]:
        key = tuple(lines.texts)
        if key not in known:
            seen = np.hstack([shown(lines), around([say(text, words) for text in lines.texts])])
            known[key] = ask_all(tables["second"], np.hstack([seen, look_again(tables["first"], lines, seen)]))
        return [logit + slant for logit in known[key]]

    with ExitStack() as stack:
        for module in (residue_stage, whole_page_stage):
            stack.enter_context(patch.object(module, "scores", scores))
            stack.enter_context(patch.object(module, "keeps", partial(keeps, bounds=bounds)))
        yield


def judged(
    examples: Sequence[Example], model: Mapping[str, Any], ways: Sequence[Sequence[float]]
) -> Iterator[tuple[str, str, Score]]:
    """(kind of text, way, score): the text as it is, the route without the scorer, and with it."""
    known = dict[Any, Any]()
    for each in examples:
        made = each.residue
        gold = _golds(made.set)[made.id]
        if each.extractor == CLEAN:
            gold = gold | {"gold": made.text, "gold_without_summary": None}
        texts = {"as it is": made.text, "without": "\n".join(b.text for b in left_by_rules(made.text))}
        for slant, *bounds in ways:
            with asked_of(model, slant, bounds_of(bounds), known):
                texts[",".join(f"{value:g}" for value in (slant, *bounds))] = cleaned(made.text)
        known.clear()
        for way_name, text in texts.items():
            yield f"{each.extractor:<12}{made.set}", way_name, score_of(made.set, gold, text)


def judged_dumps(examples: Sequence[Example], model: Mapping[str, Any], way: Sequence[float]) -> Counter[str]:
    """What a way takes of the dumps among some texts, as dumps.py counts."""
    names, found = {e.residue.id for e in examples if e.extractor == WRITTEN}, Counter[str]()
    with asked_of(model, way[0], bounds_of(way[1:]), {}):
        for name, text, labels in read(DUMPS):
            if name in names:
                found += dump_score(cleaner(), text, labels)[0]
    return found


def cleaned(text: str) -> str:
    try:
        return "\n".join(a.text for a in cleaner().clean(text))
    except BadInput:
        return ""


def cross(examples: Sequence[Example], folds: int, ways: Sequence[Sequence[float]]) -> None:
    """Prints the figures of each way on each kind of text, over all folds."""
    found: dict[tuple[str, str], list[Score]] = {}
    written: list[Counter[str]] = [Counter() for _ in ways]
    place = [zlib.crc32(e.residue.domain.encode()) % folds for e in examples]
    for fold in range(folds):
        started = time.perf_counter()
        model = train([e for e, f in zip(examples, place, strict=True) if f != fold])
        trained = time.perf_counter()
        asked = [e for e, f in zip(examples, place, strict=True) if f == fold and judgeable(e)]
        for kind, way, score in judged(asked, model, ways):
            found.setdefault((kind, way), []).append(score)
        of_fold = [e for e, f in zip(examples, place, strict=True) if f == fold]
        written = [count + judged_dumps(of_fold, model, way) for count, way in zip(written, ways, strict=True)]
        seconds = time.perf_counter() - trained
        print(
            f"fold {fold}: trained in {trained - started:.0f} s, {len(asked)} texts cleaned in {seconds:.0f} s",
            flush=True,
        )
    for (kind, way), scores in sorted(found.items(), key=lambda item: item[0][0]):
        print(line(f"{kind:<22}{way:<16}", summary(scores)), f" lines {sum(s['lost'] for s in scores):.0f}", flush=True)

    for way, count in zip(ways, written, strict=True):
        print(row(",".join(f"{value:g}" for value in way), count), flush=True)


def judgeable(example: Example) -> bool:
    """Of `pages` only the articles are: the others are not what the library is for."""
    made = example.residue
    return made.set in ("articles", "news", "sites") or made.group == "article"


def write(file: Path, data: Any) -> None:
    file.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"wrote {file.name}, {file.stat().st_size} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, metavar="N", help="judge by cross-validation over registered domains")
    parser.add_argument("--bounds", nargs="*", default=[], metavar="BOUNDS", help="in place of the library's own")
    parser.add_argument("--extractors", nargs="*", help="only these texts")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only one page in N")
    parser.add_argument("--to", type=Path, default=Path(tempfile.gettempdir()) / "boilerstrip-lines", metavar="FOLDER")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if not BENCH.is_dir():
        sys.exit("the gold sets are not here: they lie in ../shared/bench beside the checkout")
    started = time.perf_counter()
    found = texts(args.to, args.extractors or TRAINED_ON, args.every)
    examples = [each for extractor, made in found if (each := load(extractor, made))]
    lines = sum(len(form.wanted) for e in examples for form in e.forms[-1:])
    print(f"{len(examples)} texts, {lines} lines, {time.perf_counter() - started:.0f} s", flush=True)
    if args.folds:
        ways = [[float(value) for value in way.split(",")] for way in args.bounds]
        cross(examples, args.folds, ways or [[SLANT, *astuple(BOUNDS)]])
    if args.write:
        data = train(examples)
        write(VOCABULARY, data.pop("words"))
        write(WEIGHTS / f"{SCORER}.json", data)


if __name__ == "__main__":
    main()
