"""Score boilerstrip on the public gold sets, with trafilatura default beside it in the same run: `make score`.

    python tests/benchmarks/gold_sets.py [articles|news|sites …] [--halves] [--rules] [--table FILE] [--write FOLDER]

Reads ../shared/bench (docs/gold_sets.md) and scores with metric.py; for news also the metadata. `--halves` scores pages
at even and at odd places apart: the first may be looked at while a rule is written, the second shows whether it holds.
`--rules` adds a table of what each rule and stage took out: rightly (not in the gold that the page is scored against,
or still in the text) and wrongly (missing from it). `--table` writes that table as Markdown.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import metric
from metric import BENCH

SETS = ("articles", "news", "sites")


def scorer() -> ModuleType:
    """The metric of docs/gold_sets.md."""
    return metric


@cache
def cleaner() -> Any:
    from cleaners import Cleaner

    return Cleaner()


def html_of(name: str, id: str) -> bytes:
    folder, _, file = f"{name}/{id}".rpartition("/")
    (path,) = [p for p in (BENCH / folder).rglob(f"{file}.html.gz")]
    return gzip.decompress(path.read_bytes())


def predict(job: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """One page through both tools: texts and metadata, and what each rule took out of what trafilatura gave."""
    import trafilatura

    from cleaners import BadInput

    name, gold = job
    source = html_of(name, gold["id"])
    theirs = trafilatura.extract(source, include_comments=False) or ""
    out = {
        "id": gold["id"],
        "trafilatura": theirs,
        "boilerstrip": "",
        "rules": [],
        "meta": {},
        "error": None,
        "parts": 0,
    }
    said = trafilatura.extract_metadata(source) if name == "news" else None
    if said is not None:
        out["meta"]["trafilatura"] = (said.title, (said.author or "").split("; "), said.date)
    try:
        page = cleaner().label(source)
        articles = cleaner().clean(source)
    except BadInput as error:
        return out | {"error": str(error)}
    out["parts"] = len(articles)
    out["boilerstrip"] = "\n".join(a.text for a in articles)
    out["meta"]["boilerstrip"] = (articles[0].title, articles[0].authors, articles[0].published)
    out["rules"] = taken(gold, page, out["boilerstrip"])
    return out


def taken(gold: dict[str, Any], page: Any, text: str) -> list[tuple[str, str, bool]]:
    """(signature, role, wrongly?) of each line that was taken out. Wrongly: the gold has it and the text lacks it."""
    score = scorer()
    golds = [gold["gold"], *filter(None, [gold.get("gold_without_summary")])]
    scores = [score.page_score(each, text) for each in golds]
    best = max(range(len(golds)), key=lambda n: (scores[n]["exact"], scores[n]["precision"] * scores[n]["recall"]))
    wanted = Counter(tuple(score.words(line)) for line in golds[best].split("\n"))
    for line in (gold.get("title", ""), *gold.get("neutral", [])) if "neutral" in gold else ():
        wanted.pop(tuple(score.words(line)), None)
    wanted -= Counter(tuple(score.words(line)) for line in text.split("\n"))
    gone = [(b, tuple(score.words(b.text))) for b in page.blocks if not b.kept and b.by]
    return [(b.by, b.role, wanted[line] > 0) for b, line in gone if line]


def report(name: str, rows: list[dict[str, Any]], label: str = "") -> None:
    ids = {r["id"] for r in rows}
    for tool in ("trafilatura", "boilerstrip"):
        groups = scorer().evaluate(name, {r["id"]: r[tool] for r in rows})
        scores = {group: iter(pages) for group, pages in groups.items()}
        wanted: dict[str, list[Any]] = {group: [] for group in groups}
        for group, gold in scorer().gold_pages(name):
            score = next(scores[group])
            if gold["id"] in ids:
                wanted[group].append(score)
        total = scorer().mean([scorer().summary(pages) for pages in wanted.values() if pages])
        print(scorer().line(f"{name}{label} {tool}", total), flush=True)


def metadata(rows: list[dict[str, Any]], label: str = "") -> None:
    """Titles, authors (as a set) and dates of the news that equal the gold's, for both tools."""
    golds = {gold["id"]: gold for _, gold in scorer().gold_pages("news")}
    for tool in ("trafilatura", "boilerstrip"):
        equal: Counter[str] = Counter()
        for row in rows:
            gold = golds[row["id"]]
            title, authors, day = row["meta"].get(tool) or (None, (), None)
            equal["titles"] += same(title) == same(gold["title"])
            equal["authors"] += set(map(same, authors)) - {""} == set(map(same, gold["authors"] or []))
            equal["dates"] += (day or "")[:10] == str(gold["published"] or "")[:10]
        shares = "  ".join(f"{kind} {equal[kind] / len(rows):.1%}" for kind in ("titles", "authors", "dates"))
        print(f"{'news' + label + ' ' + tool:<24} equal: {shares}", flush=True)


def same(text: str | None) -> str:
    """Letters and digits alone: what is compared of titles and names."""
    return "".join(c for c in unicodedata.normalize("NFKC", text or "").casefold() if c.isalnum())


def rule_table(rows: dict[str, list[dict[str, Any]]]) -> list[list[str]]:
    """Rows of: signature, what became of the lines, and for each set "rightly / wrongly"; the busiest first."""
    found: dict[tuple[str, str], Counter[tuple[str, bool]]] = {}
    for name, predictions in rows.items():
        for row in predictions:
            for by, role, wrong in row["rules"]:
                found.setdefault((by, "removed" if role == "chrome" else role), Counter())[name, wrong] += 1
    table = []
    for (by, fate), counts in sorted(found.items(), key=lambda item: (-item[1].total(), item[0])):
        table.append([by, fate, *(f"{counts[name, False]} / {counts[name, True]}" for name in rows)])
    return table


def write_table(table: list[list[str]], names: Iterable[str], file: Path) -> None:
    lines = [
        "# What each rule and stage takes out on the gold sets, rightly / wrongly",
        "",
        "Lines that are not in the gold, or are still in the text / lines that the gold has and the text lacks. Of the",
        "two golds of news the one that the page is scored against counts. A line that is lifted is in a field of its",
        "own; the gold of `sites` is all that stands in the blog's content element, captions and dates among it.",
        "`extract.outside` is what trafilatura did not take. Written by `gold_sets.py --table`.",
        "",
        f"| rule or stage | the lines are | {' | '.join(names)} |",
        f"|---|---|{'---|' * len(list(names))}",
        *(f"| {' | '.join(row)} |" for row in table),
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=[], help="articles, news, sites; all of them if none is named")
    parser.add_argument("--halves", action="store_true", help="score even and odd pages apart")
    parser.add_argument("--rules", action="store_true", help="what each rule took, rightly and wrongly")
    parser.add_argument("--table", type=Path, help="file for that table, as Markdown")
    parser.add_argument("--write", type=Path, help="folder for SET.jsonl predictions, for metric.py")
    args = parser.parse_args()
    if not BENCH.is_dir():
        sys.exit("the gold sets are not here: they lie in ../shared/bench beside the checkout (docs/gold_sets.md)")
    rows: dict[str, list[dict[str, Any]]] = {}
    with ProcessPoolExecutor() as pool:
        for name in args.sets or SETS:
            jobs = [(name, gold) for _, gold in scorer().gold_pages(name)]
            rows[name] = list(pool.map(predict, jobs, chunksize=4))
            report(name, rows[name])
            if args.halves:
                report(name, rows[name][::2], " even")
                report(name, rows[name][1::2], " odd")
            if name == "news":
                metadata(rows[name])
                if args.halves:
                    metadata(rows[name][::2], " even")
                    metadata(rows[name][1::2], " odd")
            for row in rows[name]:
                if row["parts"] > 1:
                    print(f"  {row['id']}: {row['parts']} articles")
                if row["error"]:
                    print(f"  {row['id']}: {row['error']}")
            if args.write:
                args.write.mkdir(parents=True, exist_ok=True)
                lines = [json.dumps({"id": r["id"], "text": r["boilerstrip"]}) for r in rows[name]]
                (args.write / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    table = rule_table(rows)
    for line in table if args.rules else ():
        print(f"{line[0]:<34}{line[1]:<12}" + "".join(f"{cell:>16}" for cell in line[2:]))
    if args.table:
        write_table(table, list(rows), args.table)


if __name__ == "__main__":
    main()
