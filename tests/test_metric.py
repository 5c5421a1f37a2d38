"""The metric of the gold sets, and the script that builds them: docs/gold_sets.md."""

import gzip
import json
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parent / "benchmarks"
FOX = "the quick brown fox jumps over the lazy dog"


@pytest.fixture(scope="module")
def metric() -> dict[str, Any]:
    return runpy.run_path(str(BENCHMARKS / "metric.py"))


def test_precision_and_recall_are_of_four_words_together(metric: dict[str, Any]) -> None:
    score = metric["page_score"](gold="a b c d e", text="a b c d x y")
    assert score == {"precision": 1 / 3, "recall": 1 / 2, "exact": 0.0}
    assert metric["page_score"](gold="", text="") == {"precision": 1.0, "recall": 1.0, "exact": 1.0}
    assert metric["page_score"](gold="a b", text="")["recall"] == 0.0


def test_a_page_is_exact_whatever_stands_between_its_words(metric: dict[str, Any]) -> None:
    assert metric["page_score"](gold="One, two.\n\nThree", text="One two three")["exact"] == 0.0
    assert metric["page_score"](gold="One, two.\n\nThree", text="One two Three")["exact"] == 1.0
    assert metric["words"]("東京 tower") == ["東", "京", "tower"]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        (FOX, 0),
        ("the quick brown fox and no other", 1),  # four of nine words
        ("the quick brown fox jumps, and no more", 0),
        ("dog lazy the over jumps fox brown quick the", 1),  # all of them, but not in order
        ("", 1),
    ],
)
def test_a_line_is_lost_where_most_of_its_words_are(metric: dict[str, Any], text: str, lost: int) -> None:
    assert metric["lost_lines"](f"{FOX}\nFive words are too few", text) == (1, lost)


def test_of_a_set_f1_is_of_the_means(metric: dict[str, Any]) -> None:
    one = {"precision": 1.0, "recall": 0.5, "exact": 0.0, "lines": 3, "lost": 1}
    two = {"precision": 0.5, "recall": 1.0, "exact": 1.0, "lines": 1, "lost": 0}
    told = metric["summary"]([one, two])
    assert told == {"pages": 2, "f1": 0.75, "precision": 0.75, "recall": 0.75, "accuracy": 0.5, "lost": 0.25}


@pytest.mark.bench
def test_it_is_the_metric_that_the_figures_were_measured_with(metric: dict[str, Any], shared: Path) -> None:
    theirs = runpy.run_path(str(shared / "bench/score.py"))
    for name in ("articles", "news"):
        texts = {gold["id"]: gold["gold"].partition("\n")[2] for _, gold in metric["gold_pages"](name)}
        assert metric["evaluate"](name, texts) == theirs["evaluate"](name, texts)


def packed(path: Path, html: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(html.encode()))


def written(path: Path, told: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told), encoding="utf-8")


def test_the_sets_are_built_of_the_development_part_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    names = runpy.run_path(str(BENCHMARKS / "build_sets.py"))
    clones, to = tmp_path / "clones", tmp_path / "bench"
    first = clones / "article-extraction-benchmark"
    written(first / "ground-truth.json", {id: {"url": f"http://{id}", "articleBody": FOX} for id in "cab"})
    for id in "abc":
        packed(first / f"html/{id}.html.gz", f"<p>{id}</p>")
    data = clones / "fundus/tests/resources/parser/test_data"
    body = {"summary": ["In short"], "sections": [{"headline": ["Part"], "paragraphs": ["One", "Two"]}]}
    for country, publishers in names["PUBLISHERS"].items():
        pages = {f"{one}_2025_01_01.html.gz": {"url": f"http://{one}"} for one in publishers.split()}
        written(data / country / "meta.info", pages)
        for page in pages:
            packed(data / country / page, "<p>One</p>")
            written(data / country / f"{page.partition('_')[0]}.json", {"V1": {"body": body, "title": "T"}})
    third = clones / "web-content-extraction-benchmark"
    about = {"1": ("dev", "a"), "2": ("dev", "b"), "3": ("test", "b")}
    written(third / "metadata.json", {"files": {id: {"split": s, "domain": d} for id, (s, d) in about.items()}})
    truth = dict.fromkeys(("title", "author", "publish_date"), "x") | {"main_content": FOX, "with": [], "without": []}
    for id in "12":
        kind = {"page_type": {"primary": "article"}}
        written(third / f"dev/ground-truth/{id}.json", {"url": "u", "ground_truth": truth, "_internal": kind})
        packed(third / f"dev/html/{id}.html.gz", "<p>x</p>")
    monkeypatch.setattr(sys, "argv", ["build_sets.py", str(clones), str(to)])
    names["main"]()
    golds = {
        name: [json.loads(row) for row in gzip.decompress((to / name / "gold.jsonl.gz").read_bytes()).splitlines()]
        for name in ("articles", "news", "pages")
    }
    assert [gold["id"] for gold in golds["articles"]] == ["a", "c"]
    assert golds["news"][0]["gold"] == "In short\nPart\nOne\nTwo"
    assert golds["news"][0]["gold_without_summary"] == "Part\nOne\nTwo"
    assert [gold["id"] for gold in golds["pages"]] == ["1"]
    for name, rows in golds.items():
        assert {f"{gold['id']}.html.gz" for gold in rows} == {path.name for path in (to / name / "html").iterdir()}
    assert (to / "articles/visible_text.jsonl.gz").is_file() and not (to / "pages/visible_text.jsonl.gz").exists()
