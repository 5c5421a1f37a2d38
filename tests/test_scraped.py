"""The five scraped documents in ../shared/seeds come out as their line labels say, and gold bodies come out whole."""

import gzip
import json
from pathlib import Path

import pytest

from cleaners import Cleaner
from cleaners.page import Block

pytestmark = pytest.mark.bench


def labelled_lines(label: dict[str, object], number: int) -> dict[int, tuple[str, int | None]]:
    """Line number -> (role, article) of what the labels say of one article."""
    found: dict[int, tuple[str, int | None]] = {}
    for role, lines in label.items():
        for line in lines if isinstance(lines, list) else [lines]:
            if line is not None:
                found[line] = ("caption" if role == "captions" else role, number)
    return found


def test_every_labelled_line_has_its_role_and_nothing_is_lost(shared: Path, cleaner: Cleaner) -> None:
    labels = json.loads((shared / "seeds/labels.json").read_text(encoding="utf-8"))
    wrong = []
    for name, told in labels.items():
        source = (shared / "seeds" / name).read_bytes()
        page = cleaner.label(source)
        assert str(page.restore()).encode() == source
        want: dict[int, tuple[str, int | None]] = {line: ("chrome", None) for line in told["chrome"]}
        for number, article in enumerate(told["articles"]):
            want |= labelled_lines(article, number)
        text = source.decode()
        at_line: dict[int, Block] = {text.count("\n", 0, b.start) + 1: b for b in page.blocks}
        assert set(at_line) == set(want), name
        for line, (role, number) in want.items():
            block = at_line[line]
            if block.role != role or number not in (None, block.article) or (role == "chrome" and not block.by):
                wrong.append((name, line, role, block.role, block.by, block.article))
    assert wrong == []


def test_the_records_of_the_five_documents(shared: Path, cleaner: Cleaner) -> None:
    files = sorted((shared / "seeds").glob("*.txt"))
    two, backlink, gallery, spaces, tail = ([*cleaner.clean(file.read_bytes())] for file in files)
    assert [len(articles) for articles in (two, backlink, gallery, spaces, tail)] == [2, 1, 1, 1, 1]
    assert [a.authors for a in two] == [("Sam Dean",), ("Phillip Sitter",)]
    assert [c["credit"] for a in two for c in a.captions] == [
        "Carline Jean/Sun Sentinel/TNS",
        "Beaumont Enterprise (Beaumont) / News Tribune.",
    ]
    (article,) = gallery
    assert article.host == "news.com.au" and (article.url or "").startswith("https://www.news.com.au/technology/")
    assert len(article.captions) == 4 and all(c["credit"] for c in article.captions)
    assert [r["by"] for r in article.removed].count("duplicates.adjacent") == 4
    assert "According to Reuters, Microsoft" in article.text
    assert spaces[0].authors == ("Ann Brown",) and "\u00a0" not in spaces[0].text + tail[0].text
    assert all(a.language == "en" for articles in (two, backlink, gallery, spaces, tail) for a in articles)


def test_clean_text_in_the_same_text_out(shared: Path, cleaner: Cleaner) -> None:
    """162 gold bodies, which hold no title, byline or furniture, lose at most three lines in all."""
    lost = []
    for name in ("articles", "news"):
        with gzip.open(shared / "bench" / name / "gold.jsonl.gz", "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                page = cleaner.label(row.get("gold_without_summary") or row["gold"])
                lost += [(row["id"], b.role, b.by, b.text) for b in page.blocks if not b.kept]
                assert {b.article for b in page.blocks} == {0}, f"{row['id']} was split"
    assert len(lost) <= 3, lost
