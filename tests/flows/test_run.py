"""The flow from a source to its output folder, as the command runs it.

The tests share one home folder, and all but the first and the last a server.
"""

import json
import os
import pty
import re
import signal
import subprocess
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from launch import command, surroundings
from processes import gone, marked
from sample import HTML, PROSE, TEXT, parsed

from flows import thresholds
from flows.cleaning import records


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


BAD_ROWS = [b"{not json", b'{"title": "no text"}', b'{"text": 5}']


@pytest.fixture(scope="session")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """JSON lines: forty pages with bad rows and a binary one among them."""
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    good = [records.line({"id": f"p{n}", "text": f"{TEXT}\n\nPage {n}."}) for n in range(20)]
    good += [records.line({"html": HTML, "url": f"https://{n % 3}.example/{n}", "id": "twice"}) for n in range(20)]
    path.write_bytes(b"".join(good[:7] + [row + b"\n" for row in BAD_ROWS] + good[7:]))
    return path


@pytest.mark.prefect
def test_a_folder_from_end_to_end_with_prefect_s_own_server(tmp_path: Path, home: Path) -> None:
    source, out, temporary = tmp_path / "pages", tmp_path / "out", tmp_path / "tmp"
    (source / "deep").mkdir(parents=True)
    temporary.mkdir()
    (source / "a.txt").write_text(TEXT)
    (source / "deep" / "b.html").write_text(HTML)
    (source / "c.html").write_bytes(b"\x89PNG\r\n\x1a\n\xff\x00")
    (source / "style.css").write_text("p {}")
    before = tree(tmp_path)
    mark = f"BOILERSTRIP_TEST_{os.getpid()}"
    done = subprocess.run(
        command("run", source, "--to", out, "--workers", "1"), cwd=tmp_path,
        env=surroundings(home, TMPDIR=str(temporary), **{mark: "1"}), capture_output=True, text=True, timeout=300,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    shown = done.stdout.splitlines()
    assert [line.split()[:2] for line in shown[:3]] == [["3", "pages"], ["2", "articles"], ["1", "quarantined"]]
    assert all(re.match(r" *[\d.,]+%? +\w+|note: ", line) for line in shown), done.stdout

    articles = parsed((out / "articles.jsonl").read_bytes())
    assert [(a["id"], a["page"]) for a in articles] == [("a.txt", "a.txt"), ("deep/b.html", "deep/b.html")]
    assert articles[0]["text"] == "\n\n".join(PROSE)
    (kept_back,) = parsed((out / "quarantine.jsonl").read_bytes())
    assert (kept_back["id"], kept_back["error"]) == ("c.html", "NotText")
    told = json.loads((out / "summary.json").read_text())
    assert (told["pages"], told["articles"], told["quarantined"]) == (3, 2, 1)
    assert told["left_aside"] == {".css": 1} and told["errors"] == {"NotText": 1}
    assert "| pages | 3 |" in (out / "summary.md").read_text()

    after = tree(tmp_path)
    new = {name for name in after if name not in before}
    assert {name for name in new if not name.startswith("out/shards/")} == {
        f"out/{name}" for name in ("articles.jsonl", "quarantine.jsonl", "summary.json", "summary.md")
    }
    assert len([name for name in new if name.endswith(".json") and "/shards/" in name]) == 1
    assert not [name for name in new if name.endswith(".tmp")]
    assert {name: after[name] for name in before} == before
    assert {path.name for path in home.iterdir()} == {".prefect"}
    assert not [pid for pid in marked(mark) if not gone(pid)]


@pytest.mark.prefect
def test_the_output_is_the_same_for_any_number_of_workers_and_any_size_of_shard(
    tmp_path: Path, home: Path, api: str, rows: Path
) -> None:
    outputs = []
    for workers, size in ((1, 500), (2, 3)):
        out = tmp_path / f"out{workers}"
        done = subprocess.run(
            command("run", rows, "--to", out, "--workers", str(workers), "--shard-size", str(size), "--json"),
            capture_output=True, text=True, timeout=300, env=surroundings(home) | {"PREFECT_API_URL": api},
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        told = json.loads(done.stdout)
        assert told.pop("seconds") > 0
        outputs.append((told, (out / "articles.jsonl").read_bytes(), (out / "quarantine.jsonl").read_bytes()))
    assert outputs[0] == outputs[1]

    told, articles, quarantine = outputs[0]
    assert [a["id"] for a in parsed(articles)[-3:]] == ["twice~18", "twice~19", "twice~20"]
    assert [r["content"].encode() for r in parsed(quarantine)] == BAD_ROWS
    assert [r["id"] for r in parsed(quarantine)] == ["rows.jsonl:8", "rows.jsonl:9", "rows.jsonl:10"]
    assert all(r["reason"].startswith(r["id"] + ": ") for r in parsed(quarantine))
    assert (told["pages"], told["articles"], told["quarantined"]) == (43, 40, 3)
    assert told["hosts"] == {"unknown": 20, "0.example": 7, "1.example": 7, "2.example": 6}

    asked = Request(f"{api}/artifacts/filter", data=b"{}", headers={"Content-Type": "application/json"})
    with urlopen(asked) as answer:
        artifacts = [artifact for artifact in json.load(answer) if "| pages | 43 |" in str(artifact["data"])]
    assert {(artifact["key"], artifact["type"]) for artifact in artifacts} == {("boilerstrip-summary", "markdown")}
    assert len(artifacts) == 2


@pytest.mark.prefect
def test_a_growing_folder_is_cleaned_once(tmp_path: Path, home: Path, api: str) -> None:
    source, out = tmp_path / "pages", tmp_path / "out"
    source.mkdir()
    for n in range(6):
        (source / f"{n}.txt").write_text(f"{TEXT}\n\nPage {n}.")

    def run(to: Path) -> dict[str, object]:
        done = subprocess.run(
            command("run", source, "--to", to, "--shard-size", "3", "--json"),
            capture_output=True, text=True, timeout=300,
            env=surroundings(home) | {"PREFECT_API_URL": api},
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        told: dict[str, object] = json.loads(done.stdout)
        return told

    assert run(out)["pages"] == 6
    before = {path.name: path.stat().st_mtime_ns for path in (out / "shards").glob("*.jsonl")}
    for n in (1.5, 7):
        (source / f"{n}.txt").write_text(f"{TEXT}\n\nPage {n}.")
    told = run(out)
    after = {path.name: path.stat().st_mtime_ns for path in (out / "shards").glob("*.jsonl")}
    assert (told["pages"], len(after)) == (8, len(before) + 3) and before.items() <= after.items()
    run(tmp_path / "fresh")
    for name in ("articles.jsonl", "quarantine.jsonl"):
        assert (out / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes()


@pytest.mark.prefect
def test_a_run_that_cleaned_nothing_ends_with_1(tmp_path: Path, home: Path, api: str) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.toml").write_text(
        f'[[rule]]\nid = "own.all"\nlines = {json.dumps(TEXT.split(chr(10) * 2))}\nwhy = "a test"\n'
        f"hits = {json.dumps([PROSE[0]])}\nmisses = ['The council met']\n"
    )
    (tmp_path / "page.txt").write_text(TEXT)
    done = subprocess.run(
        command("run", tmp_path / "page.txt", "--to", tmp_path / "out", "--rules", tmp_path / "rules", "--quiet"),
        capture_output=True, text=True, timeout=300, env=surroundings(home) | {"PREFECT_API_URL": api},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("boilerstrip: not one page could be cleaned;")
    (kept_back,) = parsed((tmp_path / "out" / "quarantine.jsonl").read_bytes())
    assert (kept_back["error"], kept_back["content"]) == ("NoArticle", TEXT)


@pytest.mark.prefect
def test_ctrl_c_ends_the_run_and_all_its_processes(tmp_path: Path, home: Path, rows: Path) -> None:
    """On a terminal: the bar says what it waits for and how far it is, and Prefect says nothing."""
    many = tmp_path / "many.jsonl"
    many.write_bytes(rows.read_bytes() * 1_500)  # more than are cleaned before the bar is seen
    mark = f"BOILERSTRIP_STOP_{os.getpid()}"
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        command("run", many, "--to", tmp_path / "out", "--shard-size", "50"),
        env=surroundings(home, TERM="xterm", **{mark: "1"}),
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    stopped = False
    while True:
        try:
            seen += os.read(ours, 65536)
        except OSError:  # how a terminal ends
            break
        if (
            not stopped
            and b"quarantined" in seen
            and b"left" in seen
            and list((tmp_path / "out" / "shards").glob("*.json"))
        ):
            stopped = True
            os.killpg(run.pid, signal.SIGINT)
    assert (stopped, run.wait(120)) == (True, 130)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode())
    assert "starting Prefect's own server" in text
    assert re.search(r"cleaning pages .* [\d,]+ of 64,500 · [\d.,]+ pages/s · [\d:]+ left · \d+ quarantined", text), (
        text
    )
    assert text.rstrip().splitlines()[-1].startswith("boilerstrip: stopped before")
    assert "Traceback" not in text and "INFO" not in text and "telemetry" not in text
    assert not [pid for pid in marked(mark) if not gone(pid)]
    assert not (tmp_path / "out" / "articles.jsonl").exists()


def test_the_ui_shows_every_parameter_with_a_type_and_a_description() -> None:
    from prefect.utilities.callables import parameter_schema

    from flows.run import clean_pages

    schema = parameter_schema(clean_pages).model_dump()
    found = schema["properties"]
    assert schema["required"] == ["source", "to"]
    assert {
        "source",
        "to",
        "rules",
        "disable",
        "allow",
        "most_removed",
        "workers",
        "shard_size",
        "deadline",
        "memory",
    } <= set(found)
    for name, told in found.items():
        assert len(told.get("description") or "") > 10, name
        assert "type" in told or "anyOf" in told or "enum" in told, name
    assert (found["quarantine_limit"]["minimum"], found["quarantine_limit"]["maximum"]) == (0, 1)
    assert found["quarantine_limit"]["default"] == thresholds.QUARANTINE
    assert found["shard_size"]["type"] == "integer" and found["shard_size"]["minimum"] == 1
    assert found["rules"]["type"] == "array"
