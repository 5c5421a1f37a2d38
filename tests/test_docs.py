"""Every command and every piece of code in docs/ runs as it stands, page by page, in the order of the page."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import archives
import pytest
from launch import surroundings
from sample import ROOT

from cleaners.page import RECORD

if TYPE_CHECKING:
    from object_store import ObjectStore

DOCS = ROOT / "docs"
DOOR = ROOT / "boilerstrip.py"
ELSEWHERE = {"schedule.md": "flows/test_schedule.py"}
"""Pages whose commands another test runs."""
STAND_INS = ROOT / "tests/stand_ins"
"""Modules for libraries that are too large for a test environment; one that is installed is taken instead."""
SHOWN = ("toml", "text")
"""Blocks that are not run; the rule of rules.md is checked there."""
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)")


def fenced(page: str) -> list[tuple[str, str]]:
    """(language, code) of the fenced blocks of a page."""
    return FENCE.findall((DOCS / page).read_text(encoding="utf-8"))


PAGES = sorted(path.name for path in DOCS.glob("*.md") if path.name not in ELSEWHERE and fenced(path.name))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.fixture
def desk(tmp_path: Path, objects: "ObjectStore") -> Path:
    """A folder, and a bucket called crawl, with what the pages' commands are about."""
    import polars  # slow to import: only where a test asks for it

    text, html = ROOT / "seeds/en-tram-strike.txt", ROOT / "seeds/en-tidal-turbine.html"
    shutil.copy(text, tmp_path / "page.txt")
    shutil.copy(html, tmp_path / "page.html")
    (tmp_path / "pages").mkdir()
    for path in (text, html, ROOT / "seeds/de-faehre.txt"):
        shutil.copy(path, tmp_path / "pages")
    (tmp_path / "my-rules").mkdir()
    (rule,) = [code for language, code in fenced("rules.md") if language == "toml"]
    (tmp_path / "my-rules/mine.toml").write_text(rule, encoding="utf-8")
    (tmp_path / "crawl").mkdir()
    rows = [{"id": "strike", "url": "https://hallam.example/strike", "text": text.read_text(encoding="utf-8")}]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "crawl/pages.jsonl").write_text(lines)
    (tmp_path / "crawl.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    (tmp_path / "named.jsonl").write_text(json.dumps({"body": rows[0]["text"], "link": rows[0]["url"]}) + "\n")
    polars.DataFrame(rows).write_parquet(tmp_path / "crawl.parquet")
    (tmp_path / "crawl.warc.gz").write_bytes(archives.by_warcio(archives.Record(html.read_bytes()), gzip=True))
    plain = archives.Record(text.read_bytes(), "conversion", headers=(("Content-Type", "text/plain"),))
    (tmp_path / "crawl.warc.wet.gz").write_bytes(archives.by_warcio(plain, gzip=True))
    if not objects.fs.exists("crawl"):
        objects.fs.call_s3("create_bucket", Bucket="crawl")
    objects.fs.put(str(tmp_path / "crawl.jsonl.gz"), "crawl/2026/rows.jsonl.gz")
    objects.fs.put(str(tmp_path / "page.html"), "crawl/2026/page.html")
    return tmp_path


@pytest.mark.prefect
@pytest.mark.s3
@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs(page: str, desk: Path, home: Path, api: str) -> None:
    bin = desk / "bin"
    bin.mkdir()
    (bin / "boilerstrip").write_text(f'#!/bin/sh\nexec "{sys.executable}" -P "{DOOR}" "$@"\n')
    (bin / "boilerstrip").chmod(0o755)
    env = surroundings(home, PREFECT_API_URL=api, PATH=f"{bin}{os.pathsep}{os.environ['PATH']}", HF_HUB_OFFLINE="1")
    if not find_spec("nemo_curator"):
        env["PYTHONPATH"] = f"{STAND_INS}{os.pathsep}{env.get('PYTHONPATH', '')}".rstrip(os.pathsep)
    for number, (language, code) in enumerate(fenced(page)):
        if language in SHOWN:
            continue
        assert language in ("sh", "python"), f"{page} has a block of {language or 'no language'}"
        script = desk / f"block{number}"
        script.write_text(code, encoding="utf-8")
        command = ["bash", "-euo", "pipefail", script] if language == "sh" else [sys.executable, script]
        done = subprocess.run(command, cwd=desk, env=env, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, f"{page}:\n{code}\n{done.stdout}\n{done.stderr}"
    if page == "crawl.md":
        folders = list(desk.glob("out*"))
        assert len(folders) == 9
        for folder in folders:
            told = json.loads((folder / "summary.json").read_text())
            assert told["articles"] and not told["quarantined"], f"{folder.name}: {told}"
    if page == "code.md":
        (written,) = (desk / "trove").glob("*.jsonl")
        assert not [*(desk / "trove/excluded").glob("*.jsonl")], "nothing was excluded"
        assert json.loads(written.read_text().splitlines()[0])["metadata"]["title"]


def defined(word: str) -> dict[str, Any]:
    """What the one block of code.md that has this word defines, where it is imported and not run."""
    (code,) = [code for language, code in fenced("code.md") if language == "python" and word in code]
    names: dict[str, Any] = {"__name__": "mine"}
    exec(compile(code, "code.md", "exec"), names)
    return names


ARTICLE = (ROOT / "seeds/en-tram-strike.txt").read_text(encoding="utf-8")
FURNITURE = "Share on Facebook\n\nShare on Twitter"


def test_the_datatrove_step_gives_articles_and_writes_aside_what_has_none(tmp_path: Path) -> None:
    from datatrove.data import Document
    from datatrove.pipeline.base import PipelineStep
    from datatrove.pipeline.writers import JsonlWriter

    step = defined("datatrove")["Boilerstrip"](JsonlWriter(str(tmp_path), compression=None), most_removed=0.05)
    assert isinstance(step, PipelineStep)
    url = "https://hallam.example/strike"
    pages = [Document(ARTICLE, "a", metadata={"url": url, "dump": "2026-05"}), Document(FURNITURE, "b")]
    (found,) = step(iter(pages))
    assert (found.id, found.metadata["url"], found.metadata["dump"]) == ("a", url, "2026-05")
    assert found.metadata["left_whole"] > 0.05 and found.text.startswith("CityDesk")
    (aside,) = [json.loads(line) for file in tmp_path.iterdir() for line in file.read_text().splitlines()]
    assert (aside["id"], aside["text"]) == ("b", FURNITURE) and "furniture" in aside["metadata"]["filter_reason"]
    assert {name: step.stats[name].total for name in ("forwarded", "dropped", "dropped_NoArticle")} == {
        "forwarded": 1, "dropped": 1, "dropped_NoArticle": 1,
    }  # fmt: skip


def test_the_map_over_datasets_gives_records_with_their_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    articles = defined("from datasets import")["articles"]
    assert (articles.num_rows, articles.column_names) == (1, list(RECORD))
    assert articles[0]["title"].startswith("Port Hallam trams") and articles[0]["left_whole"] is None
    assert articles.features["left_whole"].dtype == "float64" and articles.features["copy_of"]


def test_the_nemo_curator_modifier_changes_the_text_of_each_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Against a stand-in written from its documentation: `tests/stand_ins`."""
    import pandas

    monkeypatch.syspath_prepend(STAND_INS)
    names = defined("nemo_curator")
    stage = names["stage"]
    assert (stage.name, isinstance(stage.modifier, names["DocumentModifier"])) == ("boilerstrip", True)
    made = stage.process(pandas.DataFrame({"text": [ARTICLE, FURNITURE], "url": ["https://hallam.example/1", ""]}))
    assert made["text"][0].startswith("Port Hallam’s trams will stand still") and made["text"][1] == ""
    assert list(made["url"]) == ["https://hallam.example/1", ""]
    left = names["Modify"](names["Boilerstrip"](most_removed=0.05)).process(pandas.DataFrame({"text": [ARTICLE]}))
    assert left["text"][0].startswith("CityDesk") and "Share on Facebook" in left["text"][0]


def test_the_scrapy_pipeline_gives_articles_and_drops_what_has_none() -> None:
    from scrapy.exceptions import DropItem

    (code,) = [code for language, code in fenced("code.md") if "scrapy" in code]
    names: dict[str, Any] = {}
    exec(compile(code, "code.md", "exec"), names)
    pipeline = names["BoilerstripPipeline"]()
    page = (ROOT / "seeds/en-tidal-turbine.html").read_bytes()
    item = pipeline.process_item({"body": page, "url": "https://lindow.example/turbine"})
    assert len(item["articles"]) == 1
    with pytest.raises(DropItem, match=r"lindow\.example"):
        pipeline.process_item({"body": b"", "url": "https://lindow.example/none"})


def test_every_field_is_explained() -> None:
    page = (DOCS / "fields.md").read_text(encoding="utf-8")
    first = page.partition("Each entry of `removed`")[0]
    assert re.findall(r"^\| `(\w+)` \|", first, re.MULTILINE) == list(RECORD)


def test_every_link_leads_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *DOCS.glob("*.md"), ROOT / "rules/README.md", ROOT / "seeds/README.md"):
        for path, anchor in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
            to = page.parent / path if path else page
            assert to.exists(), f"{page.name}: {path}"
            assert not anchor or anchor in anchors(to), f"{page.name}: {path}#{anchor}"


def test_every_page_stands_in_the_index() -> None:
    index = {path for path, _ in LINK.findall((DOCS / "README.md").read_text(encoding="utf-8"))}
    assert index == {path.name for path in DOCS.glob("*.md")} - {"README.md"}


def test_prose_cites_nothing_that_users_do_not_have() -> None:
    """Pages and docstrings name files of the repository, not plans that lie elsewhere."""
    files = [*ROOT.glob("*.md"), *DOCS.glob("*.md"), *(ROOT / "rules").iterdir()]
    files += [path for folder in ("cleaners", "flows", "tests") for path in (ROOT / folder).rglob("*.py")]
    for file in files:
        if file.is_file() and file != Path(__file__).resolve():
            for name in re.findall(r"\b[A-Z]{4,}\.md\b", file.read_text(encoding="utf-8")):
                assert list(ROOT.glob(name)) or list((ROOT / "tests/benchmarks").glob(name)), f"{file.name}: {name}"
            folders = "tests" if file.is_relative_to(ROOT / "tests") else "cleaners|docs|flows|rules|tests"
            for name in re.findall(rf"(?<![\w/.])(?:{folders})/[\w/]+\.\w+", file.read_text(encoding="utf-8")):
                assert (ROOT / name).exists(), f"{file.name}: {name}"
