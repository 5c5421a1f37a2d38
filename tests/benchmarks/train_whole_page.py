"""Trains the line scorer of cleaners/text/whole_page.py. Needs scikit-learn, which nothing else here does.

    python tests/benchmarks/train_whole_page.py [--cv site|page] [--even] [--write] [--more FOLDER …]

Reads the development part of the gold sets in ../shared/bench: the visible text of `articles` and `news` with its gold,
and `sites` as the dump of visible_text.py makes it. `--more` names folders of HTML pages, of any kind: the HTML route
says which of their visible lines are article. Public test pages of extractors serve: 2,000 of them are read in three
minutes and trained on in one to two, on two processors.
A line is an article's where half of its words, in order, are the gold's.
`--cv` scores by cross-validation, leaving out whole sites or single pages; `--even` trains on the pages at even places
and scores the others; `--write` trains on all and writes cleaners/scoring/weights/whole_page.json; `--every N` takes
one page in N, for a try. Set OMP_NUM_THREADS=1 on a machine that has other things to do: its threads wait by spinning.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from gold_sets import BENCH, cleaner, html_of, scorer
from sklearn.ensemble import HistGradientBoostingClassifier
from visible_text import visible_text

from cleaners import BadInput
from cleaners.pipeline import FIRST
from cleaners.scoring.trees import WEIGHTS
from cleaners.source import lines as read_lines
from cleaners.text import line_scores
from cleaners.text.line_facts import Lines
from cleaners.text.line_scores import MODELS, facts, second_facts
from cleaners.text.whole_page import lines_of

WORTH = {"articles": 1.0, "news": 1.0, "sites": 0.12, "more": 0.12}
"""Weight of a page by where it is from: a site's pages are alike, and what the HTML route says is not gold."""
FIRST_LOOK = {"max_iter": 110, "max_leaf_nodes": 14, "learning_rate": 0.12, "max_features": 0.35}
SECOND_LOOK = {"max_iter": 220, "max_leaf_nodes": 16, "learning_rate": 0.07, "max_features": 0.35}
SMALLEST = 300
"""Characters of the article of a page of `--more`: where the HTML route finds less, it may have missed it."""
NEAR = 12
"""Lines around the article's that are all learned from; of the others one in FEW."""
FEW = 5
OTHER_FORM = 0.35
"""Weight of the page's second form: without blank lines, or without function words, as where no list knows them."""

Job = tuple[str, str, str, dict[str, Any]]
"""Set, site, text or path, gold."""


def jobs(more: Iterable[Path]) -> Iterable[Job]:
    for name in ("articles", "news"):
        with gzip.open(BENCH / name / "visible_text.jsonl.gz", "rt", encoding="utf-8") as rows:
            shown = {row["id"]: row["text"] for row in map(json.loads, rows)}
        for _, gold in scorer().gold_pages(name):
            site = gold["id"].rpartition("_20")[0] or gold["url"].split("/")[2].removeprefix("www.")
            yield name, site, shown[gold["id"]], gold
    for host, gold in scorer().gold_pages("sites"):
        yield "sites", host, "", gold
    for folder in more:
        for path in sorted(folder.rglob("*.html")):
            yield "more", path.name[:14], str(path), {"id": f"{path.parent.name}/{path.name}"}


def load(job: Job) -> dict[str, Any] | None:
    """The facts of a page's lines in two forms, and which of them are the article's (1, 0; -1 counts neither way)."""
    name, site, text, gold = job
    neutral: set[tuple[str, ...]] = set()
    if name == "sites":
        text = visible_text(html_of("sites", gold["id"]))
        neutral = {tuple(scorer().words(t)) for t in (gold["title"], *gold["neutral"])}
    elif name == "more":
        source = Path(text).read_bytes()
        try:
            gold = gold | {"gold": "\n".join(a.text for a in cleaner().clean(source))}
            text = visible_text(source)
            if len(gold["gold"]) < SMALLEST:
                return None
        except (BadInput, ValueError):
            return None
    page = read_lines(text)
    for stage in FIRST:  # as whole_page finds it
        stage(page, cleaner().matcher)
    blocks = [b for b in page.blocks if b.text]
    if not blocks:
        return None
    lines = lines_of(page, blocks, cleaner().matcher)
    other = lines_of(page, blocks, cleaner().matcher, language="" if zlib.crc32(gold["id"].encode()) % 3 == 0 else None)
    if zlib.crc32(gold["id"].encode()) % 3 < 2:
        other = replace(other, blank=[False] * len(blocks))
    wanted = in_gold(lines.texts, gold["gold"])
    if gold.get("gold_without_summary"):
        without = in_gold(lines.texts, gold["gold_without_summary"])
        wanted = [a if a == b else -1 for a, b in zip(wanted, without, strict=True)]
    wanted = [-1 if tuple(scorer().words(t)) in neutral else w for t, w in zip(lines.texts, wanted, strict=True)]
    forms = [(form, np.array(facts(form), dtype=np.float64)) for form in (lines, other)]
    return {"set": name, "site": site, "id": gold["id"], "text": text, "forms": forms, "wanted": np.array(wanted)}


def in_gold(texts: Sequence[str], gold: str) -> list[int]:
    """Which lines are the gold's: at least half of their words, in order."""
    wanted = scorer().words(gold)
    threes = set(zip(wanted, wanted[1:], wanted[2:], strict=False))
    short = {tuple(scorer().words(line)) for line in gold.split("\n")}
    found = [scorer().words(t) for t in texts]
    near = [
        n for n, w in enumerate(found)
        if w and (tuple(w) in short or any(t in threes for t in zip(w, w[1:], w[2:], strict=False)))
    ]  # fmt: skip
    owner = [n for n in near for _ in found[n]]
    hits = [0] * len(texts)
    same = SequenceMatcher(None, [w for n in near for w in found[n]], wanted, autojunk=False)
    for at, _, size in same.get_matching_blocks():
        for n in owner[at : at + size]:
            hits[n] += 1
    return [int(bool(w) and hit * 2 >= len(w)) for w, hit in zip(found, hits, strict=True)]


def chosen(page: dict[str, Any]) -> tuple[Any, Any]:
    """Which lines of a page are learned from, and how much each weighs. A page weighs by the root of its words."""
    wanted = page["wanted"]
    count = len(wanted)
    near = np.zeros(count, bool)
    for n in np.flatnonzero(wanted == 1):
        near[max(0, n - NEAR) : n + NEAR + 1] = True
    some = (np.arange(count) + zlib.crc32(page["id"].encode())) % FEW == 0
    take = (near | some) & (wanted >= 0)
    weight = np.where(near, 1.0, FEW)[take] * (0.35 + np.minimum(page["forms"][0][1][take, 1], 60) / 20)
    return take, weight / max(1e-9, weight.sum() ** 0.5) * WORTH[page["set"]]


def fit(pages: Sequence[dict[str, Any]], more: dict[str, list[Any]] | None, how: dict[str, Any]) -> Any:
    rows, answers, weights = [], [], []
    for page in pages:
        take, weight = chosen(page)
        if not (page["wanted"] == 1).any():
            continue
        for form, (_, seen) in enumerate(page["forms"]):
            rows.append(np.hstack([seen, more[page["id"]][form]])[take] if more else seen[take])
            answers.append(page["wanted"][take])
            weights.append(weight * (OTHER_FORM if form else 1.0))
    model = HistGradientBoostingClassifier(
        **how, min_samples_leaf=25, l2_regularization=5, max_bins=64, early_stopping=False, random_state=0
    )
    return model.fit(np.vstack(rows), np.concatenate(answers), sample_weight=np.concatenate(weights))


def train(pages: Sequence[dict[str, Any]]) -> tuple[Any, Any]:
    """Both looks. The second learns from what a first look says that did not see the page's site."""
    half = [zlib.crc32(b"half of " + p["site"].encode()) % 2 for p in pages]  # not by the folds' own number
    more: dict[str, list[Any]] = {}
    for side in (0, 1):
        model = fit([p for p, h in zip(pages, half, strict=True) if h != side], None, FIRST_LOOK)
        for page in (p for p, h in zip(pages, half, strict=True) if h == side):
            more[page["id"]] = [look_again(model, lines, seen) for lines, seen in page["forms"]]
    return fit(pages, None, FIRST_LOOK), fit(pages, more, SECOND_LOOK)


def look_again(first: Any, lines: Lines, seen: Any) -> Any:
    return np.array(second_facts(first.decision_function(seen).tolist(), lines))


def predict(models: tuple[Any, Any], pages: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The texts that the whole text route gives with these models."""
    data = {"first": exported(models[0]), "second": exported(models[1])}
    out = {}
    with patch.object(line_scores, "models", lambda name: data):
        for page in pages:
            try:
                out[page["id"]] = "\n".join(a.text for a in cleaner().clean(page["text"]))
            except BadInput:
                out[page["id"]] = ""
    return out


def report(label: str, predictions: dict[str, str]) -> None:
    for name in ("articles", "news"):
        found = []
        for (_, gold), page in zip(scorer().gold_pages(name), scorer().evaluate(name, predictions)[name], strict=True):
            if gold["id"] in predictions:
                found.append(page)
        print(scorer().line(f"{label} {name}", scorer().summary(found)), flush=True)


def cross(pages: Sequence[dict[str, Any]], by: str, folds: int) -> dict[str, str]:
    out: dict[str, str] = {}
    place = [zlib.crc32(p["site" if by == "site" else "id"].encode()) % folds for p in pages]
    for fold in range(folds):
        models = train([p for p, f in zip(pages, place, strict=True) if f != fold])
        out |= predict(
            models, [p for p, f in zip(pages, place, strict=True) if f == fold and p["set"] in ("articles", "news")]
        )
    return out


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cv", choices=["site", "page"])
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--even", action="store_true", help="train on even places, score odd ones")
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="folders of HTML pages")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only one page in N")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if not BENCH.is_dir():
        sys.exit("the gold sets are not here: they lie in ../shared/bench beside the checkout")
    with ProcessPoolExecutor() as pool:
        pages = [p for p in pool.map(load, islice(jobs(args.more), 0, None, args.every), chunksize=8) if p]
    print(f"{len(pages)} pages, {sum(len(p['wanted']) for p in pages)} lines", flush=True)
    if args.cv:
        report(f"cv by {args.cv}", cross(pages, args.cv, args.folds))
    if args.even:
        odd = [p for name in ("articles", "news") for p in [p for p in pages if p["set"] == name][1::2]]
        left_out = {p["id"] for p in odd}
        report("odd pages", predict(train([p for p in pages if p["id"] not in left_out]), odd))
    if args.write:
        first, second = train(pages)
        data = {"first": exported(first), "second": exported(second)}
        file = WEIGHTS / f"{MODELS}.json"
        file.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"wrote {file.name}, {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
