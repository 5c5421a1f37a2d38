"""Score the text route: no HTML, no url, no title. `make score` runs it behind gold_sets.py.

    python tests/benchmarks/text_sets.py [articles|news …] [--halves]

Kind a is extracted text with a residue of furniture: the plain text that trafilatura default gives of each page. Kind
b is the whole visible page as text. Each is printed with the raw input's own score. Then joined pages: two articles,
made of gold texts with titles and bylines in varied forms, one below the other, and how many joins are found at the
right line; and how many single texts are split wrongly.
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
from typing import Any

from gold_sets import BENCH, cleaner, html_of, scorer

from cleaners import BadInput

SETS = ("articles", "news")

BYLINES = {
    "en": ("By {}", "By {} | The Lindow Post", "Written by {}", "By {}, Staff Writer", "{} | The Lindow Post", "BY {}"),
    "de": ("Von {}", "Von {} | Lindower Bote", "Text: {}"),
    "fr": ("Par {}", "Par {}, à Lindow", "Écrit par {}"),
    "es": ("Por {}", "Por {} | El Correo de Lindow"),
    "it": ("di {}", "Di {}"),
    "pt": ("Por {}",),
    "nl": ("Door {}", "Door {}"),
    "pl": ("Autor: {}",),
}
NAMES = ("Ada Quill", "Tom Ferro", "Lena Voss-Marek", "Ines de la Torre", "Jan Okker", "Mara O’Neil")
DATES = {"de": "12. März 2021", "fr": "12 mars 2021", "es": "12 de marzo de 2021", "it": "12 marzo 2021"}
KICKERS = {"de": "Politik", "fr": "Politique", "es": "Política", "it": "Politica"}
SHAPES = (
    "title byline body", "title byline date body", "title date byline body", "title body byline",
    "title caption body byline", "kicker title byline body", "title lead byline body", "title byline caption body",
)  # fmt: skip


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


def joined(first: dict[str, Any], second: dict[str, Any], dice: random.Random) -> tuple[str, str]:
    """Two articles one below the other, and the line at which the second begins."""
    gap = dice.choice(("\n", "\n\n"))
    parts = [_dressed(article, dice) for article in (first, second)]
    between = dice.choice(("\n\n", gap, "\n\n\n"))
    return between.join(gap.join(lines) for lines in parts), parts[1][0]


def _dressed(article: dict[str, Any], dice: random.Random) -> list[str]:
    language = article["lang"]
    name, other = dice.sample(NAMES, 2)
    made = {
        "title": [article["title"]],
        "byline": [dice.choice(BYLINES.get(language, BYLINES["en"])).format(name)],
        "date": [DATES.get(language, "March 12, 2021")],
        "kicker": [KICKERS.get(language, "Politics")],
        "caption": [f"{other} at the harbour of Lindow on Tuesday. Photo: {name} / AFP"],
        "lead": [article.get("lead") or article["body"][0][:120].rsplit(" ", 1)[0] + "."],
        "body": article["body"],
    }
    return [line for part in dice.choice(SHAPES).split() for line in made[part]]


def articles(languages: frozenset[str] = frozenset(BYLINES)) -> Iterator[dict[str, Any]]:
    """Gold texts with a title, in languages that there are bylines for."""
    for _, gold in scorer().gold_pages("news"):
        body = [x for x in (gold.get("gold_without_summary") or gold["gold"]).split("\n") if x.strip()]
        if gold["lang"] in languages and gold["title"] and len(body) >= 4:
            yield {"title": gold["title"].strip(), "body": body, "lang": gold["lang"]}
    with gzip.open(BENCH / "articles" / "visible_text.jsonl.gz", "rt", encoding="utf-8") as rows:
        titles = {row["id"]: row["text"].split("\n")[0] for row in map(json.loads, rows)}
    for _, gold in scorer().gold_pages("articles"):
        title = titles[gold["id"]].split(" | ")[0].split(" - ")[0].strip()
        body = [x for x in gold["gold"].split("\n") if x.strip()]
        if gold["lang"] == "en" and 4 <= len(title.split()) <= 20 and len(body) >= 4:
            yield {"title": title, "body": body, "lang": "en"}


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


def false_splits() -> None:
    for name in ("articles", "news", "sites"):
        split = []
        for _, gold in scorer().gold_pages(name):
            if len(cleaner().label(gold["gold"]).articles()) > 1:
                split.append(gold["id"])
        print(f"gold texts of {name} that are split: {len(split)} {split[:5]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=[], help="articles, news; both if none is named")
    parser.add_argument("--halves", action="store_true", help="score even and odd pages apart")
    parser.add_argument("--joins", type=int, default=0, metavar="N", help="only joined pages, and show N that go wrong")
    args = parser.parse_args()
    if not BENCH.is_dir():
        sys.exit("the gold sets are not here: they lie in ../shared/bench beside the checkout")
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
    joins(show=args.joins)
    false_splits()


if __name__ == "__main__":
    main()
