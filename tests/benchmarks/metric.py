"""The metric of the gold sets, as docs/gold_sets.md defines it, and the gold itself. Standard library only.

    python tests/benchmarks/metric.py articles|news|sites|pages PREDICTIONS.jsonl

scores predictions of any tool, a JSON object a line: {"id": …, "text": …}; for `sites` the id is "<host>/<id>". A page
without a prediction counts as empty. Of `sites` and `pages` each host, or type of page, has a row, and the last row is
the mean over them.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"
SPACELESS = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{SPACELESS}]|[^\W{SPACELESS}]+")
"""A word; a character in scripts that are written without spaces."""
SHINGLE = 4
"""Words that are compared together, as in the public article-extraction benchmark."""
LINE = 6
"""Words of the shortest line of the gold that can be lost."""

Score = dict[str, float]
"""Of a page: precision, recall, exact; lines, lost. Of a set: pages, f1, precision, recall, accuracy, lost."""


def words(text: str | None) -> list[str]:
    """The words of a text, as they are written."""
    return WORD.findall(text or "")


def shingles(tokens: Sequence[str], size: int = SHINGLE) -> Counter[tuple[str, ...]]:
    """The runs of `size` words; all the words, where there are fewer."""
    last = max(1, len(tokens) - size + 1) if tokens else 0
    return Counter(tuple(tokens[at : at + size]) for at in range(last))


def page_score(gold: str, text: str) -> Score:
    """Precision and recall of one page's shingles, and whether its words are the gold's."""
    wanted, given = shingles(words(gold)), shingles(words(text))
    hit = (wanted & given).total()
    return {
        "precision": hit / given.total() if given else float(not wanted),
        "recall": hit / wanted.total() if wanted else 1.0,
        "exact": float(words(gold) == words(text)),
    }


def lost_lines(gold: str, text: str) -> tuple[int, int]:
    """How many lines of the gold have LINE words or more, and how many of those are lost."""
    have = words(text)
    runs = shingles(have, 3)
    lines = [line for line in map(words, gold.split("\n")) if len(line) >= LINE]
    return len(lines), sum(_is_lost(line, have, runs) for line in lines)


def _is_lost(line: Sequence[str], have: Sequence[str], runs: Counter[tuple[str, ...]]) -> bool:
    """Neither half of its runs of three words are in the text, nor half of its words in their order."""
    own = shingles(line, 3)
    if (own & runs).total() * 2 >= own.total():
        return False
    blocks = SequenceMatcher(None, line, have, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) * 2 < len(line)


def gold_pages(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(group, gold) of each page of a set: its host, its type, or the set's name."""
    if name == "sites":
        for host in sorted(path for path in (BENCH / name).iterdir() if path.is_dir()):
            with open(host / "gold.jsonl", encoding="utf-8") as rows:
                for gold in map(json.loads, rows):
                    yield host.name, gold | {"id": f"{host.name}/{gold['id']}"}
        return
    with gzip.open(BENCH / name / "gold.jsonl.gz", "rt", encoding="utf-8") as rows:
        for gold in map(json.loads, rows):
            yield gold.get("type", name), gold


def evaluate(name: str, predictions: Mapping[str, str]) -> dict[str, list[Score]]:
    """The scores of all pages of a set, by group, in the order of the gold."""
    groups: dict[str, list[Score]] = {}
    for group, gold in gold_pages(name):
        groups.setdefault(group, []).append(score_of(name, gold, predictions.get(gold["id"], "")))
    return groups


def score_of(name: str, gold: Mapping[str, Any], text: str) -> Score:
    """The score of one page of a set."""
    golds = [gold["gold"], *filter(None, [gold.get("gold_without_summary")])]
    if name in ("sites", "pages"):
        aside = {tuple(words(line)) for line in (gold["title"], *gold.get("neutral", [])) if line}
        text, *golds = (_without(aside, each) for each in (text, *golds))
    best = max((page_score(each, text) for each in golds), key=_rank)
    lines, lost = lost_lines(golds[-1], text)
    return best | {"lines": lines, "lost": lost}


def _rank(score: Score) -> tuple[float, float]:
    """Of two golds the one counts that the text is nearer to."""
    return score["exact"], score["precision"] * score["recall"]


def _without(aside: set[tuple[str, ...]], text: str) -> str:
    return "\n".join(line for line in (text or "").split("\n") if tuple(words(line)) not in aside)


def summary(scores: Sequence[Score]) -> Score:
    """The figures of some pages: precision and recall are means over them, F1 the harmonic mean of the two."""
    precision, recall, exact = (sum(s[kind] for s in scores) / len(scores) for kind in ("precision", "recall", "exact"))
    return {
        "pages": len(scores),
        "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "precision": precision,
        "recall": recall,
        "accuracy": exact,
        "lost": sum(s["lost"] for s in scores) / max(1, sum(s["lines"] for s in scores)),
    }


def mean(rows: Sequence[Score]) -> Score:
    """The mean over groups, which weigh the same however many pages they have."""
    return {kind: sum(r[kind] for r in rows) / len(rows) for kind in rows[0]} | {"pages": sum(r["pages"] for r in rows)}


def line(label: str, score: Score) -> str:
    """The figures of a set as a line to print."""
    return (
        f"{label:<24} pages {score['pages']:>4}  F1 {score['f1']:.4f}  P {score['precision']:.4f}  "
        f"R {score['recall']:.4f}  accuracy {score['accuracy']:.3f}  lost {score['lost']:.4%}"
    )


def main(name: str, file: str) -> None:
    with open(file, encoding="utf-8") as rows:
        groups = evaluate(name, {row["id"]: row["text"] for row in map(json.loads, rows)})
    figures = {group: summary(scores) for group, scores in groups.items()}
    for group, row in figures.items() if len(figures) > 1 else ():
        print(line(f"  {group}", row))
    print(line(name, mean(list(figures.values()))))


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("articles", "news", "sites", "pages"):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
