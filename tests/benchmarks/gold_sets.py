"""Score boilerstrip on the public gold sets, with trafilatura default beside it in the same run: `make score`.

    python tests/benchmarks/gold_sets.py [articles|news|sites …] [--halves] [--rules] [--write FOLDER]

Reads ../shared/bench and scores with the score.py that lies there. `--halves` scores pages at even and at odd places
apart: the first may be looked at while a rule is written, the second shows whether it holds. `--rules` adds a table of
what each rule and stage took out: rightly (not in the gold) and wrongly (in it).
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"
SETS = ("articles", "news", "sites")


@cache
def scorer() -> ModuleType:
    """The score.py of the bench."""
    sys.path.insert(0, str(BENCH))
    import score

    return score


@cache
def cleaner() -> Any:
    from cleaners import Cleaner

    return Cleaner()


def html_of(name: str, id: str) -> bytes:
    folder, _, file = f"{name}/{id}".rpartition("/")
    (path,) = [p for p in (BENCH / folder).rglob(f"{file}.html.gz")]
    return gzip.decompress(path.read_bytes())


def predict(job: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """One page through both tools: its texts, and what each rule took out of what trafilatura gave."""
    import trafilatura

    from cleaners import BadInput

    name, gold = job
    source = html_of(name, gold["id"])
    theirs = trafilatura.extract(source, include_comments=False) or ""
    out = {"id": gold["id"], "trafilatura": theirs, "boilerstrip": "", "rules": [], "error": None}
    try:
        page = cleaner().label(source)
        articles = cleaner().clean(source)
    except BadInput as error:
        return out | {"error": str(error)}
    words = scorer().words
    in_gold = Counter(tuple(words(line)) for line in gold["gold"].split("\n"))
    out["boilerstrip"] = "\n".join(a.text for a in articles)
    out["rules"] = [
        (b.by, in_gold[tuple(words(b.text))] > 0) for b in page.blocks if not b.kept and b.by and words(b.text)
    ]
    return out


def report(name: str, rows: list[dict[str, Any]], label: str = "") -> None:
    for tool in ("trafilatura", "boilerstrip"):
        groups = scorer().evaluate(name, {r["id"]: r[tool] for r in rows})
        ids = {r["id"] for r in rows}
        wanted = {group: [] for group in groups}
        for (group, gold), page in zip(scorer().gold_pages(name), flat(groups), strict=True):
            if gold["id"] in ids:
                wanted[group].append(page)
        sums = [scorer().summary(pages) for pages in wanted.values() if pages]
        total = {k: sum(s[k] for s in sums) / len(sums) for k in sums[0]} | {"pages": sum(s["pages"] for s in sums)}
        print(scorer().line(f"{name}{label} {tool}", total), flush=True)


def flat(groups: dict[str, list[Any]]) -> Iterable[Any]:
    return (page for pages in groups.values() for page in pages)


def rule_table(rows: dict[str, list[dict[str, Any]]]) -> None:
    taken: dict[str, Counter[tuple[str, bool]]] = {}
    for name, predictions in rows.items():
        for row in predictions:
            for by, wrong in row["rules"]:
                taken.setdefault(by, Counter())[name, wrong] += 1
    print(f"\n{'rule or stage':<34}" + "".join(f"{name + ' right/wrong':>24}" for name in rows))
    for by, counts in sorted(taken.items(), key=lambda item: -sum(item[1].values())):
        print(f"{by:<34}" + "".join(f"{counts[name, False]:>16} /{counts[name, True]:>6}" for name in rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=[], help="articles, news, sites; all of them if none is named")
    parser.add_argument("--halves", action="store_true", help="score even and odd pages apart")
    parser.add_argument("--rules", action="store_true", help="what each rule took, rightly and wrongly")
    parser.add_argument("--write", type=Path, help="folder for SET.jsonl predictions, for the bench's own score.py")
    args = parser.parse_args()
    if not BENCH.is_dir():
        sys.exit("the gold sets are not here: they lie in ../shared/bench beside the checkout")
    rows: dict[str, list[dict[str, Any]]] = {}
    with ProcessPoolExecutor() as pool:
        for name in args.sets or SETS:
            jobs = [(name, gold) for _, gold in scorer().gold_pages(name)]
            rows[name] = list(pool.map(predict, jobs, chunksize=4))
            report(name, rows[name])
            if args.halves:
                report(name, rows[name][::2], " even")
                report(name, rows[name][1::2], " odd")
            for row in rows[name]:
                if row["error"]:
                    print(f"  {row['id']}: {row['error']}")
            if args.write:
                args.write.mkdir(parents=True, exist_ok=True)
                lines = [json.dumps({"id": r["id"], "text": r["boilerstrip"]}) for r in rows[name]]
                (args.write / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if args.rules:
        rule_table(rows)


if __name__ == "__main__":
    main()
