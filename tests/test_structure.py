"""The shape of the house: which way the arrows run, what importing costs, what the public API is."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import cleaners

HERE = Path(cleaners.__file__).parent
ROOMS = {
    "": {"", "html", "text", "matching"},
    "html": {"", "html"},
    "text": {"", "matching", "text"},
    "matching": {"", "matching"},
}
"""Folders of cleaners/ ("" is itself) and those that each may import from."""
WORDS = {"page", "words", "dates", "signers"}
"""Modules of cleaners/ itself that the folders may import."""
SHARED = {"match", "ruleset", "head_lines", "line_facts", "line_scores"}
"""What a stage of text may import of the folders: the matcher, what lines are like. Never another stage."""
PLAIN = {"places", "table"}
"""What all parts of a run may import: what an address is, and a table of numbers."""
STAGES = {"repair", "language", "rule_stages", "several", "head", "duplicates", "teasers", "whole_page"}


def imports(path: Path) -> set[str]:
    """Full names of the modules that a file imports, at its top or inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_page_imports_no_sibling() -> None:
    assert not [name for name in imports(HERE / "page.py") if name.startswith(("cleaners", "flows"))]


def test_arrows_between_the_folders_run_one_way() -> None:
    for path in sorted(HERE.rglob("*.py")):
        room = path.parent.relative_to(HERE).as_posix().strip(".")
        for name in [name.split(".")[1:] for name in imports(path) if name.startswith("cleaners.")]:
            where = name[0] if (HERE / name[0]).is_dir() else ""
            assert where in ROOMS[room], f"{path}: {name}"
            assert where or not room or name[0] in WORDS, f"{path}: {name}"


def test_stages_never_import_each_other() -> None:
    listed = {stage.__module__.rpartition(".")[2] for stage in (*cleaners.pipeline.FIRST, *cleaners.pipeline.STAGES)}
    assert listed == STAGES
    for stage in STAGES:
        modules = [name.split(".") for name in imports(HERE / "text" / f"{stage}.py")]
        siblings = {name[2] for name in modules if name[0] == "cleaners" and name[1] in ROOMS and name[2:]}
        assert siblings <= SHARED, stage


def test_the_library_knows_nothing_of_flows_and_prefect() -> None:
    for path in HERE.rglob("*.py"):
        assert not [name for name in imports(path) if name.startswith(("flows", "prefect"))], path.name


@pytest.mark.parametrize(
    ("folder", "knows"),
    [("reading", {"reading"}), ("cleaning", {"reading", "cleaning"}), ("writing", {"reading", "cleaning", "writing"})],
)
def test_what_a_run_is_made_of_knows_only_what_comes_before_it_and_no_prefect(folder: str, knows: set[str]) -> None:
    for path in (HERE.parent / "flows" / folder).glob("*.py"):
        found = imports(path)
        assert {name.split(".")[1] for name in found if name.startswith("flows.")} <= knows | PLAIN, path.name
        assert not [name for name in found if name.startswith("prefect")], path.name


def test_importing_the_library_imports_no_prefect_and_no_trafilatura() -> None:
    code = "import sys, cleaners; print([m for m in sys.modules if m.split('.')[0] in ('prefect', 'trafilatura')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_public_api_is_what_it_was_promised_to_be() -> None:
    assert {"clean", "Cleaner", "load_rules", "Article", "Page", "Block", "Edit"} <= set(cleaners.__all__)
    assert all(getattr(cleaners, name).__doc__ for name in cleaners.__all__)


def test_rules_are_data_only() -> None:
    assert {path.suffix for path in (HERE.parent / "rules").iterdir()} <= {".toml", ".md"}
