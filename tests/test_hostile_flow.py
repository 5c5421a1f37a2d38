"""Hostile pages, rows and files through the whole run: each ends in one place, and nothing else in the run notices."""

import gzip
import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hostile import KINDS
from hostile_parts import FIRST, LAST, SENTENCE, html, text
from launch import command, surroundings
from processes import gone, marked
from sample import parsed

from cleaners import Cleaner
from flows.cleaning import records
from flows.reading.raw import LARGEST
from flows.writing import output

pytestmark = pytest.mark.prefect

CLIMBING = (
    "../../../climbed", "/tmp/climbed-boilerstrip", "..", ".", "a/../../b", "~/climbed", "C:\\climbed", "x\0y", "a\nb",
    "\u202eevil", "\ud800", "<script>alert(1)</script>", "| x | y |\n# heading", "$(touch climbed)", "`touch climbed`",
    "{0.__class__}", "%s%n", "shards/lock", "articles.jsonl", "x" * 1_000_000,
)  # fmt: skip
"""Ids and urls that try to be a path, a command or markup."""
ROWS: tuple[tuple[bytes, str], ...] = (
    (b'{"text": 5}', "number"),
    (b'{"text": ["a"]}', "array"),
    (b'{"html": {"a": "b"}}', "object"),
    (b'{"html": true}', "true or false"),
    (b'{"text": null, "html": null}', "no text"),
    (b'{"title": "x"}', "no text"),
    (b"{}", "no text"),
    (b"[]", "array"),
    (b'"text"', "string"),
    (b"7", "number"),
    (b"null", "null"),
    (b'{"text": "x"', "not JSON"),
    (b"{'text': 'x'}", "not JSON"),
    (b'{"text": "\xff"}', "not JSON"),
    (b"[" * 200_000, "not JSON"),
    (b'{"a":' * 200_000, "not JSON"),
    (b"9" * 100_000, "not JSON"),
    (b"\x00" * 1_000, "not JSON"),
    (b"\x1f\x8b\x08\x00", "not JSON"),
    (b'{"content": "%%%", "encoding": "base64"}', "base64"),
    (b'{"error": "Unreadable", "content": "{"}', "not JSON"),
)
"""Rows that are no page, and what the reason says."""


UNPACKED = {"gzip": "article"}
"""Kinds that the library alone refuses, and a run unpacks."""


def innocent(n: int) -> str:
    return text(f"{SENTENCE} It was the {n}th boat of the year, and the {n * 7919}th since the pier was built.")


def pages() -> Iterator[tuple[str, bytes]]:
    """(id, row) of the small form of every kind, then of the climbing ids and urls; behind each an innocent page."""
    hostile: list[dict[str, Any]] = []
    for n, kind in enumerate(KINDS):
        made = kind.build(kind.small)
        if isinstance(made, str):
            hostile.append({"id": f"kind-{n}", "content": made, "url": kind.url})
    hostile += [{"id": f"{id}", "html": html(f"<p>{SENTENCE}</p>"), "url": id} for id in CLIMBING]
    for n, row in enumerate(hostile):
        yield row["id"], records.line(row)
        yield f"innocent-{n}", records.line({"id": f"innocent-{n}", "text": innocent(n)})


def source(folder: Path) -> set[str]:
    """A folder of all that is hostile. Returns the ids of its pages."""
    folder.mkdir()
    made = dict(pages())
    (folder / "rows.jsonl").write_bytes(b"".join(made.values()))
    ids = set(made)
    for n, kind in enumerate(KINDS):
        content = kind.build(kind.small)
        if isinstance(content, bytes):
            (folder / f"kind-{n}").write_bytes(content)
            ids.add(f"kind-{n}")
    good = records.line({"text": innocent(0)})
    with open(folder / "bad.jsonl", "wb") as file:
        for row, _ in ROWS:
            file.write(row + b"\n" + good)
    ids |= {f"bad.jsonl:{n + 1}" for n in range(2 * len(ROWS))}
    (folder / "long.jsonl").write_bytes(good + b'{"text": "' + b"x " * 100_000_000 + b'"}\n' + good)
    packed = gzip.compress(b"".join(records.line({"text": innocent(n), "x": os.urandom(99).hex()}) for n in range(40)))
    (folder / "cut.jsonl.gz").write_bytes(packed[:-400])
    (folder / "none.jsonl.gz").write_bytes(b"\x1f\x8b" + b"this is no gzip at all" * 9)
    (folder / "bomb.jsonl.gz").write_bytes(gzip.compress(good + bytes(200_000_000) + b"\n" + good, 1))
    (folder / "bomb.html").write_bytes(gzip.compress(b"<p>" * 70_000_000, 1))
    (folder / "same.jsonl").write_bytes(records.line({"id": "same", "text": innocent(1)}) * 3)
    ids |= {"long.jsonl:1", "long.jsonl:2", "long.jsonl:3", "bomb.jsonl.gz:1", "bomb.jsonl.gz:2", "bomb.jsonl.gz:3"}
    ids |= {"bomb.html", "same", "same~2", "same~3"}
    names = ("<b>name.html", "a\nb.txt", "-rf", "x|y.txt", "%2e%2e%2f.txt", "é" * 60 + ".txt", "con.txt")
    for name in names:
        (folder / name).write_text(innocent(2))
    (folder / "circle.html").symlink_to("circle.html")
    (folder / "nowhere.html").symlink_to("not-there.html")
    os.mkfifo(folder / "pipe.html")
    (folder / "folder.html").mkdir()
    (folder / ".hidden.html").write_text(innocent(3))
    return ids | set(names) | {"circle.html"}


def tree(folder: Path) -> dict[str, object]:
    """What lies below a folder: its files' sizes and times."""
    found = (path for path in folder.rglob("*") if not path.is_dir())
    return {str(path.relative_to(folder)): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in found}


class Ran(NamedTuple):
    """The run over all that is hostile, and what became of it."""

    ids: set[str]
    folder: Path
    before: dict[str, object]
    told: dict[str, Any]
    articles: dict[str, dict[str, Any]]
    texts: dict[str, str]
    """By page: the texts of its articles."""
    refused: dict[str, dict[str, Any]]
    left: list[int]
    """Processes that live on."""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, home: Path, api: str) -> Ran:
    folder = tmp_path_factory.mktemp("hostile")
    ids = source(folder / "pages")
    for name in ("tmp", "work"):
        (folder / name).mkdir()
    before, mark = tree(folder), f"BOILERSTRIP_HOSTILE_{os.getpid()}"
    done = subprocess.run(
        command("run", folder / "pages", "--to", folder / "out", "--shard-size", "50", "--workers", "2", "--json",
                "--quarantine-limit", "1"),
        env=surroundings(home, TMPDIR=str(folder / "tmp"), **{mark: "1"}) | {"PREFECT_API_URL": api},
        cwd=folder / "work", capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    articles, refused = (parsed((folder / "out" / name).read_bytes()) for name in (output.ARTICLES, output.QUARANTINE))
    assert all(len({one["id"] for one in some}) == len(some) for some in (articles, refused))
    texts: dict[str, str] = {}
    for article in articles:  # the second article of a page has the page's id and #2
        id = re.sub(r"#\d+$", "", article["id"])
        texts[id] = texts.get(id, "") + article["text"] + "\n"
    return Ran(
        ids, folder, before, json.loads(done.stdout), {article["id"]: article for article in articles}, texts,
        {record["id"]: record for record in refused}, [pid for pid in marked(mark) if not gone(pid)],
    )  # fmt: skip


def test_every_page_is_in_exactly_one_place(ran: Ran) -> None:
    packed = {id for id in {*ran.texts, *ran.refused} if id.startswith(("cut.jsonl.gz:", "none.jsonl.gz:"))}
    assert ran.texts.keys() | ran.refused.keys() == {id.replace("\ud800", "\ufffd") for id in ran.ids} | packed
    assert not ran.texts.keys() & ran.refused.keys()
    counts = (len(ran.texts) + len(ran.refused), len(ran.refused), {})
    assert (ran.told["pages"], ran.told["quarantined"], ran.told["stopped"]) == counts
    assert len(packed & ran.texts.keys()) > 20
    assert {id.partition(":")[0] for id in packed & ran.refused.keys()} == {"cut.jsonl.gz", "none.jsonl.gz"}


@pytest.mark.parametrize("number", range(len(KINDS)), ids=lambda number: KINDS[number].name)
def test_each_kind_ends_as_it_must_and_never_shortened(ran: Ran, number: int) -> None:
    kind, id = KINDS[number], f"kind-{number}"
    end = UNPACKED.get(kind.name, kind.end)
    assert end in ("article" if id in ran.texts else "refused", "either"), ran.refused.get(id)
    assert end != "article" or (FIRST in ran.texts[id] and LAST in ran.texts[id])


def test_the_neighbours_are_what_they_are_alone(ran: Ran, cleaner: Cleaner) -> None:
    ids = [id for id in ran.ids if id.startswith("innocent-")]
    assert len(ids) > 100
    for id in ids:
        found = ran.articles[id]
        (alone,) = cleaner.clean(innocent(int(id.partition("-")[2])), id=id, name=found["page"])
        assert found == alone.to_dict()


def test_what_is_no_page_tells_why(ran: Ran) -> None:
    for n, (_, why) in enumerate(ROWS):
        record = ran.refused[f"bad.jsonl:{2 * n + 1}"]
        assert record["error"] == "Unreadable" and why in record["reason"]
    for id in ("long.jsonl:2", "bomb.jsonl.gz:2", "bomb.html"):
        assert f"{LARGEST:,}" in ran.refused[id]["reason"] and ran.refused[id]["content"] == ""
    assert ran.refused["circle.html"]["error"] == "Unreadable"


def test_nothing_else_is_touched_or_left(ran: Ran, home: Path) -> None:
    after = tree(ran.folder)
    assert {name: after[name] for name in ran.before} == ran.before
    assert all(name.startswith("out/") for name in after.keys() - ran.before.keys())
    own = {output.ARTICLES, output.QUARANTINE, output.SUMMARY, output.REPORT, "shards"}
    assert {path.name for path in (ran.folder / "out").iterdir()} == own
    assert {path.name for path in ran.folder.iterdir()} == {"pages", "out", "tmp", "work"}
    assert not list(ran.folder.parent.glob("climbed*")) and not Path("/tmp/climbed-boilerstrip").exists()
    assert {path.name for path in home.iterdir()} == {".prefect"}
    assert not ran.left


def test_no_markup_gets_into_the_summary(ran: Ran) -> None:
    shown = (ran.folder / "out" / output.REPORT).read_text()
    assert "<" not in shown.replace("\\<", "")
    assert all(line.count("|") - line.count("\\|") in (0, 3) for line in shown.splitlines())


@pytest.mark.parametrize("id", ["<script>.x", "../x.y", "x.y\\nz", "share.en", "x.<b>", "a b.c"])
def test_a_rule_whose_id_is_markup_or_another_s_is_refused_before_the_run(tmp_path: Path, id: str) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "x.toml").write_text(
        f'why = "x"\n[[rule]]\nid = "{id}"\nlines = ["Weather for Lindow"]\n'
        'hits = ["Weather for Lindow"]\nmisses = ["x"]\n'
    )
    (tmp_path / "page.txt").write_text(innocent(1))
    done = subprocess.run(
        command("run", tmp_path / "page.txt", "--to", tmp_path / "out", "--rules", tmp_path / "rules"),
        capture_output=True, text=True, timeout=100, env=surroundings(tmp_path),
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "") and "x.toml" in done.stderr
    assert not (tmp_path / "out").exists()
