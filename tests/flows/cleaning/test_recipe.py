"""What makes an article out of a page: a change of any of it cleans every page again."""

from importlib import metadata
from pathlib import Path

import pytest

import cleaners
from cleaners import load_rules
from flows.cleaning import recipe

HERE = Path(cleaners.__file__).parent
REQUIREMENTS = {
    "ours": ["direct>=1", "Under_Scored", 'later; python_version >= "3"', 'never; python_version < "3"',
             "extra-only>=2; extra == 'more'", "both; python_version >= '3' and extra == 'more'", "gone"],
    "direct": ["below", "ours"],  # and a circle
    "below": None,
    "under-scored": [],
    "later": [],
}  # fmt: skip
"""What imagined packages require; `gone` is not installed."""


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The versions of the imagined packages, which stand for those that are installed."""
    versions = dict.fromkeys(REQUIREMENTS, "1.0")

    def version(name: str) -> str:
        if name not in versions:
            raise metadata.PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(recipe, "requires", REQUIREMENTS.__getitem__)
    monkeypatch.setattr(recipe, "version", version)
    return versions


def test_libraries_are_all_that_are_required_but_for_extras(installed: dict[str, str]) -> None:
    found = recipe.libraries("ours")
    assert found == dict.fromkeys(("direct", "under-scored", "later", "below", "ours"), "1.0") | {
        "gone": "not installed"
    }


def test_what_decides_the_text_of_a_page_is_among_the_libraries() -> None:
    found = recipe.libraries("boilerstrip")
    assert {"chardet", "lxml", "trafilatura", "webencodings"} <= found.keys(), "what our own requirements name"
    assert {"htmldate", "courlan", "justext"} <= found.keys(), "what trafilatura's do"
    assert found["lxml"] == metadata.version("lxml")
    assert not {"pytest", "fastwarc", "prefect-dask"} & found.keys(), "extras"


def test_all_files_of_the_library_count_in_all_its_folders_data_too() -> None:
    found = {path.relative_to(HERE).as_posix() for path in recipe.files() if path.is_relative_to(HERE)}
    assert {path.relative_to(HERE).as_posix() for path in HERE.rglob("*.py")} <= found
    assert {path.relative_to(HERE).as_posix() for path in HERE.rglob("*.json")} <= found
    assert any(name.endswith(".json") for name in found) and not [name for name in found if name.endswith(".pyc")]
    beside = {path.name for path in recipe.files() if not path.is_relative_to(HERE)}
    assert beside == {"work.py", "records.py", "fragments.toml"}


def test_the_recipe_changes_with_the_rules() -> None:
    rules = load_rules()
    found = {recipe.recipe(rules), recipe.recipe(rules.without(["share"])), recipe.recipe(rules.without([], ["x"]))}
    assert len(found) == 3 and {len(one) for one in found} == {16}


@pytest.mark.parametrize("changed", ["file", "library", "python"])
def test_the_recipe_changes_with_each_of_them(
    changed: str, tmp_path: Path, installed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "text" / "weights.json"
    file.parent.mkdir()
    file.write_text("[1]")
    monkeypatch.setattr(cleaners, "__file__", str(tmp_path / "__init__.py"))
    monkeypatch.setattr(recipe, "libraries", lambda _, found=recipe.libraries: found("ours"))
    rules = load_rules()

    def now() -> str:
        recipe._code.cache_clear()
        return recipe.recipe(rules)

    try:
        before = now()
        assert before == now()
        if changed == "file":
            file.write_text("[2]")
        elif changed == "library":
            installed["below"] = "1.1"
        else:
            monkeypatch.setattr(recipe, "python_version_tuple", lambda: ("4", "0", "1"))
        assert now() != before
    finally:
        recipe._code.cache_clear()


def test_a_limit_on_what_is_taken_is_part_of_the_recipe() -> None:
    rules = load_rules()
    limits = [
        rules.limited(most, what) for most, what in ((None, "leave"), (0.3, "leave"), (0.3, "refuse"), (0.4, "leave"))
    ]
    assert len({recipe.recipe(limit) for limit in limits}) == 4
    assert recipe.recipe(limits[0]) == recipe.recipe(rules)
