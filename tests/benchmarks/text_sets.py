"""Score the text route: no HTML, no url, no title. `make score` runs it behind gold_sets.py.

    python tests/benchmarks/text_sets.py [articles|news …] [--halves]

Kind a is extracted text with a residue of furniture: the plain text that trafilatura default gives of each page. Kind
b is the whole visible page as text. Each is printed with the raw input's own score; the line scorer that kind b goes
through was trained on these pages: train_lines.py --folds has figures of pages that it has not seen. Then what is
taken out of the gold bodies, which are clean, and joined pages: two articles, made of gold texts with titles and
bylines in varied forms, one below the other, and how many joins are found at the right line; and how many single texts
are split wrongly.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from gold_sets import BENCH, cleaner, html_of, scorer

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from joined_pages import BYLINES, SHAPES, dressed, joined

from cleaners import BadInput
from cleaners.text.language import language_of
from cleaners.words import sentence

SETS = ("articles", "news")


def texts_of(name: str, gold: dict[str, Any], shown: str) -> dict[str, Any]:
    """A page's two inputs and what the text route makes of them."""
    import trafilatura

    out = {"id": gold["id"], "a raw": trafilatura.extract(html_of(name, gold["id"]), include_comments=False) or ""}
    out["b raw"] = shown
    for kind in ("a", "b"):
        try:
            page = cleaner().label(out[f"{kind} raw"])
            out[f"{kind} route"] = page.route
            out[f"{kind} cleaned"] = "\n".join(a.text for a in cleaner().clean(out[f"{kind} raw"]))
        except BadInput:
            out[f"{kind} route"], out[f"{kind} cleaned"] = "refused", ""
    return out


def report(name: str, label: str, column: str, rows: Sequence[dict[str, Any]], every: Sequence[str]) -> None:
    found = scorer().evaluate(name, {r["id"]: r[column] for r in rows})[name]
    ids = {r["id"] for r in rows}
    print(
        scorer().line(
            f"{name}{label} {column}", scorer().summary([s for i, s in zip(every, found, strict=True) if i in ids])
        )
    )


def articles() -> Iterator[dict[str, Any]]:
    """Gold texts with a title that end in a sentence, in languages that there are bylines for."""
    with gzip.open(BENCH / "articles" / "visible_text.jsonl.gz", "rt", encoding="utf-8") as rows:
        titles = {row["id"]: row["text"].split("\n")[0] for row in map(json.loads, rows)}
    for name in SETS:
        for _, gold in scorer().gold_pages(name):
            title = gold.get("title") or titles[gold["id"]].split(" | ")[0].split(" - ")[0]
            body = [x for x in (gold.get("gold_without_summary") or gold["gold"]).split("\n") if x.strip()]
            language = language_of("\n".join(body[:6])) or ""
            if language in BYLINES and len(body) >= 4 and 3 <= len(title.split()) <= 24 and sentence(body[-1]):
                yield {"title": title.strip(), "body": body, "lang": language}


def joins(count: int = 300, show: int = 0) -> None:
    dice = random.Random(4)
    pool: dict[str, list[dict[str, Any]]] = {}
    for article in articles():
        pool.setdefault(article["lang"], []).append(article)
    pool = {language: found for language, found in pool.items() if len(found) >= 2}
    weights = [len(found) for found in pool.values()]
    results: Counter[str] = Counter()
    for _ in range(count):
        (language,) = dice.choices(list(pool), weights)
        text, opening = joined(*dice.sample(pool[language], 2), dice)
        page = cleaner().label(text)
        begins = [next(b.raw for b in blocks if b.raw) for blocks in page.articles()[1:]]
        right = begins == [opening]
        results["found" if right else "missed" if not begins else "elsewhere or too many"] += 1
        if not right and show:
            show -= 1
            at = text.split("\n").index(opening)
            print("  ", language, begins, [line[:70] for line in text.split("\n")[max(0, at - 2) : at + 5] if line])
    print(f"joined pages {count}: " + ", ".join(f"{what} {n}" for what, n in results.most_common()))


def clean_bodies() -> None:
    """Gold bodies, without a summary, are clean text: what the text route takes out of them is lost."""
    lines, lost = 0, []
    for name in SETS:
        for _, gold in scorer().gold_pages(name):
            page = cleaner().label(gold.get("gold_without_summary") or gold["gold"])
            lines += len(page.blocks)
            lost += [f"{b.by}: {b.text[:70]}" for b in page.blocks if not b.kept]
    print(f"lines of the gold bodies that are taken out: {len(lost)} of {lines}")
    for line in lost:
        print("  ", line)


def false_splits() -> None:
    for name in ("articles", "news", "sites"):
        split = []
        for _, gold in scorer().gold_pages(name):
            if len(cleaner().label(gold["gold"]).articles()) > 1:
                split.append(gold["id"])
        print(f"gold texts of {name} that are split: {len(split)} {split[:5]}")
    dice = random.Random(4)
    alone = [(a, shape) for a in articles() for shape in SHAPES]
    split = []
    for article, shape in alone:
        lines = dressed(article, shape, dice.choice(BYLINES[article["lang"]]), dice)
        if len(cleaner().label("\n\n".join(lines)).articles()) > 1:
            split.append(f"{article['title'][:40]} ({shape})")
    print(f"single articles with title and byline that are split: {len(split)} of {len(alone)} {split[:5]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=[], help="articles, news; both if none is named")
    parser.add_argument("--halves", action="store_true", help="score even and odd pages apart")
    parser.add_argument("--joins", type=int, default=0, metavar="N", help="only joined pages, and show N that go wrong")
    args = parser.parse_args()
    if not BENCH.is_dir():
        sys.exit("the gold sets are not here: they lie in ../shared/bench beside the checkout (docs/gold_sets.md)")
    for name in [] if args.joins else args.sets or SETS:
        gold = [g for _, g in scorer().gold_pages(name)]
        with gzip.open(BENCH / name / "visible_text.jsonl.gz", "rt", encoding="utf-8") as rows:
            shown = {row["id"]: row["text"] for row in map(json.loads, rows)}
        with ProcessPoolExecutor() as pool:
            rows = list(pool.map(partial(texts_of, name), gold, [shown[g["id"]] for g in gold], chunksize=4))
        every = [g["id"] for g in gold]
        for kind in ("a", "b"):
            for column in (f"{kind} raw", f"{kind} cleaned"):
                report(name, "", column, rows, every)
                if args.halves:
                    report(name, " even", column, rows[::2], every)
                    report(name, " odd", column, rows[1::2], every)
            print(f"  routes of kind {kind}: {dict(Counter(r[f'{kind} route'] for r in rows))}")
    clean_bodies()
    joins(show=args.joins)
    false_splits()


if __name__ == "__main__":
    main()
