"""What the README shows is what happens."""

import re
from pathlib import Path

from sample import ROOT

from cleaners import Cleaner
from cleaners.matching.ruleset import load_rules

README = (ROOT / "README.md").read_text(encoding="utf-8")


def fenced(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


def test_it_can_be_read_in_one_sitting() -> None:
    assert len(README.splitlines()) <= 150


def test_the_before_and_after_is_true(cleaner: Cleaner) -> None:
    (source,) = re.findall(r"<!-- explain (\S+) -->", README)
    page = cleaner.label((ROOT / source).read_bytes())
    shown = [line.split(maxsplit=2) for line in fenced("text")[0].splitlines() if line != "…"]
    labelled = [(block.role, block.by or "-", block.text) for block in page.blocks]
    assert len(shown) >= 15
    for role, by, text in shown:
        beginning = text.removesuffix("…")
        assert any((role, by) == (r, b) and t.startswith(beginning) for r, b, t in labelled), text
    assert sum(role == "chrome" for role, _, _ in shown) == sum(block.role == "chrome" for block in page.blocks)


def test_the_snippets_run(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "seeds/en-tram-strike.txt").read_bytes()
    for name in ("page.html", "page.txt"):
        (tmp_path / name).write_bytes(page)
    (tmp_path / "my-rules").mkdir()
    (rule,) = fenced("toml")
    (tmp_path / "my-rules/mine.toml").write_text(rule, encoding="utf-8")
    first, second, stage = fenced("python")
    exec(compile(first, "README", "exec"), {})
    exec(compile(second, "README", "exec"), {})
    assert "mine.weather" in {r.id for r in load_rules("my-rules").rules}
    names: dict[str, object] = {}
    exec(compile(stage, "README", "exec"), names)
    assert callable(names["shouting"])
