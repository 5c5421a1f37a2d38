"""Whether a text is all that a browser shows of a page, or what an extractor left of it."""

import gzip
import json
from pathlib import Path

import pytest
from sample import ROOT
from whole_text import WHOLE

from cleaners import Cleaner
from cleaners.source import lines
from cleaners.text.route import decide


def test_it_says_what_decided() -> None:
    assert decide(WHOLE.split("\n"))[0] == "whole"
    route, why = decide(["The ferry is late.", "Share"])
    assert route == "extracted" and why == "1 different short lines: a whole page has 20 or more"


@pytest.mark.bench
def test_gold_bodies_and_scraped_documents_are_extracted_text(shared: Path, cleaner: Cleaner) -> None:
    texts = {str(path): path.read_text(encoding="utf-8") for path in (shared / "seeds").glob("*.txt")}
    for path in (ROOT / "tests/pages").glob("*/page.txt"):
        texts[str(path)] = path.read_bytes().decode("utf-8", "replace")
    for name in ("articles", "news"):
        with gzip.open(shared / "bench" / name / "gold.jsonl.gz", "rt", encoding="utf-8") as rows:
            texts |= {row["id"]: row["gold"] for row in map(json.loads, rows)}
    assert len(texts) >= 162
    assert [name for name, text in texts.items() if decide([b.raw for b in lines(text).blocks])[0] != "extracted"] == []


@pytest.mark.bench
def test_visible_pages_are_whole_pages(shared: Path) -> None:
    """98 in 100; the others have hardly a line that is not the article's, or are one line."""
    routes = []
    for name in ("articles", "news"):
        with gzip.open(shared / "bench" / name / "visible_text.jsonl.gz", "rt", encoding="utf-8") as rows:
            routes += [decide([b.raw for b in lines(row["text"]).blocks])[0] for row in map(json.loads, rows)]
    assert routes.count("whole") >= 0.98 * len(routes)
