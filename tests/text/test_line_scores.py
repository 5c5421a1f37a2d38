"""How likely each line belongs to the article."""

import pytest
from whole_text import WHOLE

from cleaners import Cleaner
from cleaners.page import Page
from cleaners.scoring.path import best_path
from cleaners.source import lines
from cleaners.text import line_scores
from cleaners.text.line_scores import SCORER, evidence, scores, weighed
from cleaners.text.page_lines import lines_of


def test_a_longer_page_costs_more_in_proportion(cleaner: Cleaner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trees asked and facts looked up per line do not grow with the page."""
    from cleaners.text import line_facts, line_shapes

    counts = []
    for times in (1, 8):
        page: Page = lines("\n".join(WHOLE.replace("Lindow", f"Lindow{n}") for n in range(times)))
        seen = lines_of(page.blocks, cleaner.matcher)
        calls = [0]

        def asked(trees, rows, calls=calls, real=line_scores.ask_all):  # type: ignore[no-untyped-def]
            calls[0] += len(rows)
            return real(trees, rows)

        monkeypatch.setattr(line_scores, "ask_all", asked)
        assert len(best_path(weighed(scores(seen), seen), 0.5)) == len(page.blocks)
        monkeypatch.undo()
        counts.append(calls[0] / len(page.blocks))
        assert all(len(row) == len(line_facts.AROUND) for row in line_facts.surroundings(seen))
        assert all(len(row) == len(line_facts.BESIDE) for row in line_facts.beside(seen))
        assert all(len(row) == len(line_shapes.SHAPES) for row in line_shapes.shapes(seen))
    assert counts == [2, 2]


def test_no_lines_have_no_scores(cleaner: Cleaner) -> None:
    page: Page = lines("")
    assert scores(lines_of(page.blocks, cleaner.matcher)) == []


def test_the_evidence_is_of_the_scores(cleaner: Cleaner) -> None:
    page: Page = lines(WHOLE)
    seen = lines_of(page.blocks, cleaner.matcher)
    places = [7, 0, len(page.blocks) - 1]
    looks = evidence(seen, places)
    logits = scores(seen)
    assert [last.logit for _, last in looks] == pytest.approx([logits[n] for n in places], abs=1e-9)
    for first, last in looks:
        assert (first.scorer, first.model, last.scorer, last.model) == (SCORER, "first", SCORER, "second")
        for look in (first, last):
            assert look.base + sum(reason.weight for reason in look.reasons) == pytest.approx(look.logit, abs=1e-9)
