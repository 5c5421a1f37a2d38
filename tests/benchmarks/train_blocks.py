"""Trains the block scorer of cleaners/html/block_scores.py, and what tells articles from other pages
(cleaners/html/page_kind.py). Needs the extra `bench`: scikit-learn, tldextract.

    python tests/benchmarks/train_blocks.py [--folds N] [--write]

It learns from the pages of the gold sets in ../shared/bench: the visible blocks as the HTML route finds them, with what
trafilatura took and the stages before the scorer said, each labelled by the gold. One scorer learns from articles, the
other, for pages that are none, from pages of all types.

`--folds N` judges by cross-validation: of N parts of the registered domains, over all sets together, each is left out
in turn, and its pages go through the whole library with what was learned from the others; beside it the library without
the scorer. Even and odd places of a set are told apart: look at the even ones alone.
What was read is kept in the folder `--to`: delete it where the facts or the stages before have changed.
`--write` trains on all and writes cleaners/scoring/weights/blocks.json; covers.py is to be run then. Set
OMP_NUM_THREADS=1 on a machine that has other things to do.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from gold_sets import BENCH, cleaner, html_of
from metric import Score, gold_pages, line, score_of, summary, words
from residues import ARTICLE, CHROME, HALF, NEITHER, SETS, domain
from sklearn.ensemble import HistGradientBoostingClassifier
from train_lines import exported

from cleaners import BadInput
from cleaners import cleaner as cleaner_module
from cleaners.html import scored
from cleaners.html.align import align
from cleaners.html.block_facts import class_facts, facts, names
from cleaners.html.block_scores import LOOKS, looks
from cleaners.html.block_second import second_facts
from cleaners.html.block_structure import Structure
from cleaners.html.page_kind import LEAST, Kind, page_facts
from cleaners.html.regions import LINKED, facts_of
from cleaners.page import Block, Meta
from cleaners.pipeline import read_html
from cleaners.scoring.trees import WEIGHTS, ask_all, laid_out
from cleaners.source import decode

WORTH = {"articles": 1.0, "news": 1.0, "sites": 0.12, "article": 0.7}
"""Weight of a page by its set, or in `pages` by its type: a site's pages are alike."""
OTHER_TYPE: dict[Kind, float] = {"article": 0.0, "other": 0.35}
"""Weight of a page of `pages` of another type than article, for the scorer of each kind of page."""
FIRST_LOOK = {"max_iter": 80, "learning_rate": 0.16, "max_features": 0.2, "max_leaf_nodes": 16}
SECOND_LOOK = {"max_iter": 130, "learning_rate": 0.11, "max_features": 0.25, "max_leaf_nodes": 16}
PAGE = {"max_iter": 120, "learning_rate": 0.08, "max_features": 0.2, "max_leaf_nodes": 12}
NO_SCORER = dict.fromkeys(scored.BOUNDS, scored.Bounds(2, 2, -1))
"""Bounds within which the scorer says nothing."""
DOMAINS = 150
"""Sites that have a class word, if it is a fact."""
NEAR = 6
"""Blocks around the article's and those that trafilatura took that are all learned from; of others one in FEW."""
FEW = 8
MOST_BLOCKS = 4_000


@dataclass(slots=True)
class Part:
    """A page, or one of several articles on it, as the scorer is asked about it."""

    seen: Any
    structure: Structure
    classes: list[frozenset[str]]
    """Of each block the words of the classes around it."""
    wanted: Any
    """The labels."""
    open: Any
    """Which blocks are left to the scorer."""
    page: Any
    """The facts that tell what the page is."""


@dataclass(slots=True)
class Example:
    """A page that was read, and its parts."""

    set: str
    group: str
    id: str
    place: int
    domain: str
    page: bytes
    parts: list[Part]


def labels(name: str, gold: Mapping[str, Any], blocks: Sequence[Block]) -> Any:
    """ARTICLE, CHROME or NEITHER for each block."""

    def found(text: str) -> Any:
        wanted = [line for line in text.split("\n") if line.strip()]
        likely = [facts_of(b).in_main and facts_of(b).link_share < LINKED for b in blocks]
        shares = align([b.raw for b in blocks], wanted, likely).shares
        return np.array([ARTICLE if share >= HALF else CHROME for share in shares])

    out = found(gold["gold"])
    if gold.get("gold_without_summary"):
        out = np.where(out == found(gold["gold_without_summary"]), out, NEITHER)
    if name in ("sites", "pages"):
        aside = {tuple(words(t)) for t in (gold["title"], *gold.get("neutral", [])) if t}
        out = np.where([tuple(words(b.raw)) in aside for b in blocks], NEITHER, out)
    return out


def example(job: tuple[str, str, int, dict[str, Any]]) -> Example | None:
    """Reads a page, and asks the stages before the scorer what they say."""
    name, group, place, gold = job
    try:
        page = read_html(decode(html_of(name, gold["id"]))[0])
    except BadInput:
        return None
    site = gold.get("url") or group if name != "sites" else group
    made = Example(name, group, gold["id"], place, domain(site), pickle.dumps(page), [])
    found = labels(name, gold, page.blocks)

    def watch(blocks: Sequence[Block], meta: Meta) -> tuple[Kind, list[float]]:
        seen, structure = facts(blocks, meta)
        is_open = np.array([b.by in (scored.TAKEN if b.kept else scored.LEFT_OUT) for b in blocks])
        classes = [facts_of(b).words for b in blocks]
        wanted = found[[b.start for b in blocks]]
        made.parts.append(Part(seen.astype(np.float32), structure, classes, wanted, is_open, page_facts(seen, meta)))
        return "article", [0.0] * len(blocks)

    with patch.object(scored, "scores", watch), patch.object(scored, "BOUNDS", NO_SCORER):
        cleaned(made)
    return made


def cleaned(example: Example) -> str:
    with patch.object(cleaner_module, "_read", lambda *_: pickle.loads(example.page)):
        try:
            return "\n".join(a.text for a in cleaner().clean(b"-"))
        except BadInput:
            return ""


def load(folder: Path) -> list[Example]:
    """The pages of all sets, made once and kept in the folder, which is to be outside of the checkout."""
    file = folder / "examples.pickle"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        jobs = [(name, group, n, gold) for name in SETS for n, (group, gold) in enumerate(gold_pages(name))]
        with ProcessPoolExecutor() as pool:
            made = [each for each in pool.map(example, jobs, chunksize=8) if each]
        file.write_bytes(pickle.dumps(made))
    return pickle.loads(file.read_bytes())  # type: ignore[no-any-return]


def worth(example: Example, kind: Kind) -> float:
    """The weight of a page for the scorer of a kind of page."""
    type = example.group if example.set == "pages" else example.set
    return WORTH.get(type, OTHER_TYPE[kind])


def chosen(each: Example, part: Part, kind: Kind) -> tuple[Any, Any]:
    """Which blocks are learned from, and how much each weighs. A page weighs by the root of its words."""
    wanted = part.wanted
    near = np.zeros(len(wanted), bool)
    for n in np.flatnonzero((wanted == ARTICLE) | (part.seen[:, names().index("kept")] > 0)):
        near[max(0, n - NEAR) : n + NEAR + 1] = True
    some = (np.arange(len(wanted)) + zlib.crc32(each.id.encode())) % FEW == 0
    take = (near | some) & (wanted != NEITHER) & part.open
    weight = np.where(near, 1.0, FEW)[take] * (0.35 + np.minimum(part.seen[take, names().index("words")], 60) / 20)
    return take, weight / max(1e-9, weight.sum() ** 0.5) * worth(each, kind)


def parts_of(examples: Sequence[Example], kind: Kind) -> Iterator[tuple[Example, Part]]:
    for each in examples:
        for part in each.parts if worth(each, kind) else ():
            if len(part.wanted) <= MOST_BLOCKS and (part.wanted == ARTICLE).any():
                yield each, part


def vocabulary(examples: Sequence[Example], kind: Kind) -> list[str]:
    """The class words that DOMAINS sites have or more."""
    sites: dict[str, set[str]] = {}
    for each in examples:
        for part in each.parts if worth(each, kind) else ():
            for word in frozenset[str]().union(*part.classes):
                sites.setdefault(word, set()).add(each.domain)
    return sorted(word for word, seen in sites.items() if len(seen) >= DOMAINS)


def with_classes(part: Part, classes: Sequence[str]) -> Any:
    return np.hstack([part.seen, class_facts(part.classes, classes).astype(np.float32)])


def fit(found: Sequence[tuple[Any, Any, Any]], how: Mapping[str, Any]) -> dict[str, Any]:
    """Trees of the rows, answers and weights."""
    rows, answers, weights = zip(*found, strict=True)
    model = HistGradientBoostingClassifier(
        **how, min_samples_leaf=25, l2_regularization=5, max_bins=64, early_stopping=False, random_state=0
    )
    return exported(model.fit(np.vstack(rows), np.concatenate(answers), sample_weight=np.concatenate(weights)))


def train_page(examples: Sequence[Example]) -> dict[str, Any]:
    """What tells articles from other pages."""
    parts = [(e, max(e.parts, key=lambda part: len(part.seen))) for e in examples if e.parts]
    answers = np.array([e.set != "pages" or e.group == "article" for e, _ in parts])
    weights = np.array([WORTH["sites"] if e.set == "sites" else 1.0 for e, _ in parts])
    model = HistGradientBoostingClassifier(
        **PAGE, min_samples_leaf=12, l2_regularization=5, max_bins=64, early_stopping=False, random_state=0
    )
    return exported(model.fit(np.vstack([part.page for _, part in parts]), answers, sample_weight=weights))


def train_all(examples: Sequence[Example]) -> dict[str, Any]:
    """What weights/blocks.json holds: what a page is, and both looks at pages of either kind."""
    found = {"page": train_page(examples)}
    for kind, both in LOOKS.items():
        found |= dict(zip(both, train(examples, kind), strict=True))
    return found


def train(examples: Sequence[Example], kind: Kind) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both looks at pages of a kind. The second learns from what a first look says that did not see the domain."""
    classes = vocabulary(examples, kind)
    parts = [(e, p, *chosen(e, p, kind)) for e, p in parts_of(examples, kind)]
    half = [zlib.crc32(b"half of " + e.domain.encode()) % 2 for e, *_ in parts]
    first = [(with_classes(p, classes)[take], p.wanted[take], weight) for _, p, take, weight in parts]
    second = []
    for side in (0, 1):
        model = laid_out(fit([row for row, h in zip(first, half, strict=True) if h != side], FIRST_LOOK))
        for (rows, answers, weight), (_, part, take, _), h in zip(first, parts, half, strict=True):
            if h == side:
                again = second_facts(part.structure, ask_all(model, with_classes(part, classes)))[take]
                second.append((np.hstack([rows, again.astype(np.float32)]), answers, weight))
    one = fit(first, FIRST_LOOK)
    del first
    return one | {"classes": classes, "facts": list(names())}, fit(second, SECOND_LOOK)


def made_from(examples: Sequence[Example]) -> dict[str, Any]:
    """Where the weights come from."""
    used = [each for each in examples if worth(each, "other")]
    return {
        "by": "tests/benchmarks/train_blocks.py",
        "pages": dict(Counter(each.set if each.set != "pages" else f"pages {each.group}" for each in used)),
        "domains": len({each.domain for each in used}),
        "first_look": FIRST_LOOK,
        "second_look": SECOND_LOOK,
        "page": PAGE,
        "versions": {name: version(name) for name in ("scikit-learn", "trafilatura", "numpy")},
        "figures": "docs/blocks.md",
    }


def judged(examples: Sequence[Example], model: Mapping[str, Any]) -> Iterator[tuple[str, str, int, Score]]:
    """(kind of page, way, place, score): without the scorer, and with it."""
    laid = {name: laid_out(model[name]) for name in ("page", *chain.from_iterable(LOOKS.values()))}
    golds = {name: {gold["id"]: gold for _, gold in gold_pages(name)} for name in {e.set for e in examples}}
    for each in examples:
        type = each.set if each.set != "pages" else f"pages {each.group}"
        for way, bounds in (("without", NO_SCORER), ("with", scored.BOUNDS)):
            turn = iter(each.parts)

            def scores(blocks: Sequence[Block], meta: Meta) -> tuple[Kind, list[float]]:
                part = next(turn)  # noqa: B023
                (logit,) = ask_all(laid["page"], part.page[None, :])
                kind: Kind = "article" if 1 / (1 + np.exp(-logit)) >= LEAST else "other"
                first, second = LOOKS[kind]
                seen = with_classes(part, model[first]["classes"])
                return kind, looks(laid[first], laid[second], seen, part.structure)

            with patch.object(scored, "scores", scores), patch.object(scored, "BOUNDS", bounds):
                text = cleaned(each)
            yield type, way, each.place, score_of(each.set, golds[each.set][each.id], text)


def cross(examples: Sequence[Example], folds: int) -> None:
    found: dict[tuple[str, int, str], list[Score]] = {}
    fold_of = [zlib.crc32(e.domain.encode()) % folds for e in examples]
    for fold in range(folds):
        started = time.perf_counter()
        model = train_all([e for e, f in zip(examples, fold_of, strict=True) if f != fold])
        trained = time.perf_counter()
        asked = [e for e, f in zip(examples, fold_of, strict=True) if f == fold]
        for type, way, place, score in judged(asked, model):
            found.setdefault((type, place % 2, way), []).append(score)
        print(
            f"fold {fold}: trained in {trained - started:.0f} s,",
            f"{len(asked)} pages in {time.perf_counter() - trained:.0f} s",
            flush=True,
        )
    for (type, half, way), scores in sorted(found.items(), key=lambda item: item[0][:2]):
        print(
            line(f"{type:<20}{('even', 'odd')[half]:<5}{way:<8}", summary(scores)),
            f"lines {sum(s['lost'] for s in scores):.0f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, metavar="N", help="judge by cross-validation over registered domains")
    parser.add_argument("--to", type=Path, default=Path(tempfile.gettempdir()) / "boilerstrip-blocks", metavar="FOLDER")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if not BENCH.is_dir():
        sys.exit("the gold sets are not here: they lie in ../shared/bench beside the checkout")
    started = time.perf_counter()
    examples = load(args.to)
    print(f"{len(examples)} pages, {time.perf_counter() - started:.0f} s", flush=True)
    if args.folds:
        cross(examples, args.folds)
    if args.write:
        data = train_all(examples) | {"made": made_from(examples)}
        file = WEIGHTS / "blocks.json"
        file.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"wrote {file.name}, {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
