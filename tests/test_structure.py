"""The shape of the house: which way the arrows run, what importing costs, what the public API is."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path
from types import FrameType

import pytest
from sample import ROOT

import cleaners
from cleaners import pipeline
from cleaners.html.reading import Reading
from cleaners.source import decode

HERE = Path(cleaners.__file__).parent
ROOMS = {
    "": {"", "html", "text", "scoring", "matching"},
    "html": {"", "scoring", "matching", "html"},
    "text": {"", "scoring", "matching", "text"},
    "scoring": {"", "scoring"},
    "matching": {"", "matching"},
}
"""Folders of cleaners/ ("" is itself) and those that each may import from."""
WORDS = {"page", "words", "dates", "signers"}
"""Modules of cleaners/ itself that the folders may import."""
MARKUP = {"lxml", "trafilatura", "htmldate"}
"""Packages that html/ alone knows."""
PASSES = 10
"""How often a source may pass from one folder of cleaners/ to another on its way to an article."""
FLOWS = HERE.parent / "flows"
LAYERS = (
    *("places", "table", "progress", "thresholds"),
    *("reading", "cleaning", "writing"),
    *("engines", "server", "report", "run", "serve"),
    *("options", "show", "cli_rules", "cli"),
)
"""Folders and modules of flows/: each may import from itself and from those before it, inside functions too."""
PREFECT = {"engines", "server", "report", "run", "serve"}
"""Those that may import Prefect. The commands need it for runs alone, and get it from these."""


def imports(path: Path) -> set[str]:
    """Full names of the modules that a file imports, at its top or inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{path}: a relative import hides where an arrow leads"
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_page_imports_no_sibling() -> None:
    assert not [name for name in imports(HERE / "page.py") if name.startswith(("cleaners", "flows"))]


def room_of(path: Path) -> str:
    """The folder of cleaners/ that a file lies in; "" is cleaners/ itself."""
    return path.parent.relative_to(HERE).as_posix().strip(".")


def test_arrows_between_the_folders_run_one_way() -> None:
    for path in sorted(HERE.rglob("*.py")):
        for name in [name.split(".")[1:] for name in imports(path) if name.startswith("cleaners.")]:
            where = name[0] if (HERE / name[0]).is_dir() else ""
            assert where in ROOMS[room_of(path)], f"{path}: {name}"
            assert where or not room_of(path) or name[0] in WORDS, f"{path}: {name}"


def test_the_words_import_nothing_but_pages_and_words() -> None:
    for name in WORDS - {"page"}:
        known = {name for name in imports(HERE / f"{name}.py") if name.startswith("cleaners")}
        assert all(name.startswith(("cleaners.page", "cleaners.words")) for name in known), name


def test_html_alone_knows_markup() -> None:
    for path in HERE.rglob("*.py"):
        if room_of(path) != "html":
            assert MARKUP.isdisjoint(name.partition(".")[0] for name in imports(path)), path


def test_stages_never_import_each_other() -> None:
    lists = (pipeline.HTML, pipeline.FIRST, pipeline.TEXT, pipeline.BOTH, pipeline.LAST, pipeline.READ, pipeline.EACH)
    stages = {stage.__module__ for stages in lists for stage in stages if not isinstance(stage, tuple)}
    assert len(stages) > 10
    for stage in stages:
        assert imports(HERE.parent / f"{stage.replace('.', '/')}.py").isdisjoint(stages), stage


PAGES = sorted([*ROOT.glob("seeds/*.html"), *ROOT.glob("seeds/*.txt"), *ROOT.glob("tests/pages/*/page.*")])


def whole(value: object, text: str) -> bool:
    """Is this the source, or what became of it: the parsed page, a reading of it, the page, or a list of its blocks?"""
    if isinstance(value, list | tuple):
        return len(value) > 1 and all(isinstance(each, cleaners.Block) for each in value)
    parsed = type(value).__module__.startswith("lxml") and getattr(value, "tag", "") == "html"
    return value is text or parsed or isinstance(value, cleaners.Page | Reading)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_source_passes_from_folder_to_folder_a_few_times(path: Path) -> None:
    """Counted: calls that hand the source, the parsed page, the page or all of its blocks to a function of another
    folder than the last that was given it. `pipeline.run` has the page all along: that its loop turns to the next stage
    is no call. What pages can do themselves (page.py) is in no folder."""
    try:
        text, _ = decode(path.read_bytes())
    except cleaners.NotText:
        return
    cleaner, rooms = cleaners.Cleaner(), [""]
    files = {str(path): room_of(path) for path in HERE.rglob("*.py") if path.name != "page.py"}

    def watch(frame: FrameType, event: str, _: object) -> None:
        room = files.get(frame.f_code.co_filename)
        if event == "call" and room not in (None, rooms[-1]):
            code = frame.f_code
            names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
            if any(whole(frame.f_locals[name], text) for name in names if name in frame.f_locals):
                rooms.append(room)

    sys.setprofile(watch)
    try:
        cleaner.clean(text)
    except cleaners.NoArticle:
        pass
    finally:
        sys.setprofile(None)
    assert 2 < len(rooms) <= PASSES + 1, " ".join(room or "." for room in rooms)


def test_the_library_knows_nothing_of_flows_and_prefect() -> None:
    for path in HERE.rglob("*.py"):
        assert not [name for name in imports(path) if name.startswith(("flows", "prefect"))], path.name


def flow_modules() -> dict[str, Path]:
    """The modules of flows/ by their full names, those of its folders too."""
    names = {path: path.relative_to(FLOWS.parent).with_suffix("").as_posix() for path in FLOWS.rglob("*.py")}
    return {name.removesuffix("/__init__").replace("/", "."): path for path, name in names.items()}


def test_arrows_in_flows_run_one_way() -> None:
    modules = flow_modules()
    assert {name.split(".")[1] for name in modules if name != "flows"} == set(LAYERS)
    for name in modules.keys() - {"flows"}:
        layer = name.split(".")[1]
        used = {found.split(".")[1] for found in imports(modules[name]) if found.startswith("flows.")}
        assert used <= set(LAYERS[: LAYERS.index(layer) + 1]), name


def test_no_module_of_flows_imports_itself_by_a_detour() -> None:
    modules = flow_modules()
    graph = {name: (imports(path) & modules.keys()) - {name} for name, path in modules.items()}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_only_what_serves_a_run_imports_prefect() -> None:
    for name, path in flow_modules().items():
        if name == "flows" or name.split(".")[1] not in PREFECT:
            assert not [found for found in imports(path) if found.split(".")[0].startswith("prefect")], name


def test_importing_the_library_imports_no_prefect_and_no_trafilatura() -> None:
    code = "import sys, cleaners; print([m for m in sys.modules if m.split('.')[0] in ('prefect', 'trafilatura')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.processes
def test_cleaning_a_text_imports_no_trafilatura() -> None:
    """To load it takes long, and a text needs none of it."""
    code = "import sys; from cleaners import clean; clean(sys.argv[1]); print('trafilatura' in sys.modules)"
    text = (HERE.parent / "seeds" / "en-tram-strike.txt").read_text(encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", code, text], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_public_api_is_what_it_was_promised_to_be() -> None:
    assert {*cleaners.__all__} == {
        *("clean", "Cleaner", "load_rules", "Rule", "RuleSet", "Article", "Page", "Block", "Edit"),
        *("BadInput", "NotText", "NoArticle", "TooMuchRemoved", "RuleError"),
    }
    assert all(getattr(cleaners, name).__doc__ for name in cleaners.__all__)


def test_rules_are_data_only() -> None:
    files = {path for path in (HERE.parent / "rules").iterdir() if path.name != "LICENSE"}
    assert {path.suffix for path in files} <= {".toml", ".md"}


def test_the_tests_of_a_module_are_found_by_its_name() -> None:
    for path in HERE.rglob("*.py"):
        if path.name != "__init__.py":
            tests = ROOT / "tests" / path.relative_to(HERE).with_name(f"test_{path.name}")
            assert tests.exists(), f"{path.relative_to(ROOT)} has no {tests.relative_to(ROOT)}"
