"""What becomes of a page: articles or quarantine, and its counts."""

from typing import Any

import pytest
from sample import HTML, TEXT, parsed

from cleaners import Cleaner
from flows.cleaning import work
from flows.cleaning.work import clean_page
from flows.reading.raw import RawPage


def page(name: str, content: str | bytes = TEXT, **more: Any) -> RawPage:
    return RawPage(name, name, content, **more)


def test_what_cannot_be_cleaned_is_quarantined_whole(cleaner: Cleaner) -> None:
    binary = b"\x89PNG\r\n\x1a\n\xff\x00"
    cases = (page("a", binary), page("b", "Share on Facebook"), page("c", b"{...", error="c: not JSON"))
    found = [parsed(clean_page(cleaner, one).quarantine)[0] for one in cases]
    assert [(r["error"], r["content"], r.get("encoding")) for r in found] == [
        ("NotText", "iVBORw0KGgr/AA==", "base64"),
        ("NoArticle", "Share on Facebook", None),
        ("Unreadable", "{...", None),
    ]
    assert all(list(r)[:5] == ["id", "page", "url", "error", "reason"] and r["reason"] for r in found)


def test_a_page_of_which_too_much_would_go_is_left_whole_and_counted_or_quarantined() -> None:
    content = f"{TEXT}\n\nShare on Facebook\n"
    left = clean_page(Cleaner(most_removed=0), page("a", content))
    (record,) = parsed(left.articles)
    assert "Share on Facebook" in record["text"] and 0 < record["left_whole"] < 1
    assert left.tally["counts"] == {"pages": 1, "articles": 1, "left_whole": 1}
    assert left.tally["characters"]["removed"] == left.tally["characters"]["lifted"] == 0
    refused = clean_page(Cleaner(most_removed=0, too_much="refuse"), page("a", content))
    (aside,) = parsed(refused.quarantine)
    assert (aside["error"], aside["content"]) == ("TooMuchRemoved", content)
    assert "limit of 0.0%" in aside["reason"] and not refused.articles


def test_a_fault_of_the_library_quarantines_the_page(cleaner: Cleaner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work.view, "articles", lambda page, rules: 1 // 0)
    (record,) = parsed(clean_page(cleaner, page("a")).quarantine)
    assert record["error"] == "ZeroDivisionError" and "division" in record["reason"]


@pytest.mark.parametrize("content", [TEXT, f"\n\n{TEXT}\n\n \nShare on Facebook\n", HTML])
def test_every_character_is_counted_once(cleaner: Cleaner, content: str) -> None:
    counts = clean_page(cleaner, page("a", content)).tally["characters"]
    assert counts["in"] == counts["kept"] + counts["lifted"] + counts["removed"] > 300
    if content is not HTML:
        assert counts["in"] == len(content)
