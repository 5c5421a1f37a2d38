"""The command line without Prefect: `clean`, `explain`, `rules`, the help and the exit codes."""

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from itertools import takewhile
from pathlib import Path

import pytest
import zstandard
from launch import invoke
from rich.console import Console
from sample import ROOT
from sources import put

from cleaners import Cleaner, load_rules
from cleaners.signers import SIGNERS
from flows import show

PROSE = (
    "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring.",
    "Workers will take up the deck in March,  said the harbour master, and nobody expects the ferry to fill the gap.",
    "The bridge was built in 1911 and carries eleven thousand people a day, most of them on their way to the mills.",
)
CORNER = "Visit our gift corner today"
PAGE = "\n\n".join(("Lindow council votes to close the bridge", *PROSE, CORNER)) + "\n"
CLEANED = "\n\n".join(PROSE).replace("  ", " ")

RULES = f"""
why = "the shop that the site runs beside the paper"
[[rule]]
id = "corner.gift"
lines = ["{CORNER}"]
hits = ["{CORNER.upper()}"]
misses = ["They visit our gift corner today and tomorrow"]
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "page.txt").write_text(PAGE)
    return tmp_path / "page.txt"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "corner.toml").write_text(RULES)
    return tmp_path / "rules"


COMMANDS = (["run"], ["serve"], ["clean"], ["explain"], ["rules", "list"], ["rules", "show"], ["rules", "check"])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_each_help_has_an_example_that_calls_the_command(command: list[str]) -> None:
    done = invoke(*command, "--help")
    assert done.exit_code == 0
    _, _, examples = done.stdout.partition("Example")
    assert f"  boilerstrip {' '.join(command)}" in examples


def test_the_help_documents_the_exit_codes_and_names_every_command() -> None:
    shown = " ".join(invoke("--help").stdout.split())
    assert "Exit codes: 0 all is well; 1 something" in shown and "2 wrong usage" in shown
    assert "3 the run has written everything" in shown and "130 stopped" in shown
    assert all(f" {name} " in shown for name in ("run", "serve", "clean", "explain", "rules"))


def test_clean_prints_the_text(page: Path, rules: Path) -> None:
    done = invoke("clean", page, "--rules", rules)
    assert (done.exit_code, done.stdout, done.stderr) == (0, CLEANED + "\n", "")


def test_clean_as_json_prints_the_record(page: Path, rules: Path) -> None:
    done = invoke("clean", page, "--rules", rules, "--url", "https://www.lindow.example/1", "--json")
    record = json.loads(done.stdout)
    assert (record["text"], record["page"], record["host"]) == (CLEANED, str(page), "lindow.example")
    (removed,) = record["removed"]
    assert (removed["by"], removed["text"]) == ("corner.gift", CORNER)
    assert removed["why"] == "the shop that the site runs beside the paper"


def test_clean_reads_standard_input_as_bytes(rules: Path) -> None:
    done = invoke("clean", "-", "--rules", rules, stdin=b"\xff\xfe" + PAGE.encode("utf-16-le"))
    assert done.stdout == CLEANED + "\n"


def test_rules_are_switched_off_and_lines_are_allowed(page: Path, rules: Path) -> None:
    for option in (["--disable", "corner.gift"], ["--disable", "corner"], ["--allow", CORNER]):
        assert invoke("clean", page, "--rules", rules, *option).stdout == f"{CLEANED}\n\n{CORNER}\n", option


def test_a_page_of_which_too_much_would_go_is_left_whole_or_refused(page: Path, rules: Path) -> None:
    given = (page, "--rules", rules, "--most-removed")
    assert invoke("clean", *given, "0.9").stdout == f"{CLEANED}\n"
    record = json.loads(invoke("clean", *given, "0", "--json").stdout)
    assert CORNER in record["text"] and 0 < record["left_whole"] < 0.9 and record["removed"] == []
    assert re.search(rf"body +limit\.left +{CORNER}", invoke("explain", *given, "0").stdout)
    refused = invoke("clean", *given, "0", "--too-much", "refuse")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "words would be removed, more than the limit of 0.0% (most by corner.gift (1))" in refused.stderr
    for wrong in (("1.5",), ("half",), ("0.3", "--too-much", "keep")):
        assert invoke("clean", *given, *wrong).exit_code == 2, wrong
    for command in (("clean", page), ("explain", page), ("run", page, "--to", page.parent / "out")):
        done = invoke(*command, "--too-much", "refuse")
        assert done.exit_code == 2 and "--too-much refuse goes with --most-removed" in done.stderr


@pytest.mark.parametrize(
    ("content", "code", "why"),
    [(b"\x89PNG\r\n\x1a\n\xff", 1, "a PNG picture"), (b" \n", 1, "empty"), (b"Share on Facebook\n", 1, "furniture")],
)
def test_a_page_without_an_article_ends_with_1_and_a_sentence(
    tmp_path: Path, content: bytes, code: int, why: str
) -> None:
    (tmp_path / "page").write_bytes(content)
    done = invoke("clean", tmp_path / "page")
    assert (done.exit_code, done.stdout) == (code, "")
    assert done.stderr.startswith(f"boilerstrip: {tmp_path / 'page'}: ") and why in done.stderr


def test_what_cannot_be_read_ends_with_2_and_a_sentence(tmp_path: Path, page: Path) -> None:
    (tmp_path / "rows.jsonl").touch()
    (tmp_path / "empty").mkdir()
    for arguments, why in (
        (["clean", tmp_path / "nowhere"], "cannot be read: No such file"),
        (["clean", tmp_path], "Use: boilerstrip run"),
        (["explain", tmp_path / "rows.jsonl"], "Use: boilerstrip run"),
        (["clean", page, "--disable", "no.such"], "no rule or family is called 'no.such'"),
        (["clean", page, "--rules", tmp_path / "empty"], "no rules here"),
        (["run", tmp_path / "nowhere", "--to", tmp_path / "out"], "does not exist"),
        (["run", tmp_path / "empty", "--to", tmp_path / "out"], "holds no page"),
        (["run", page, "--to", tmp_path], "written over"),
        (["run", page, "--to", tmp_path / "out", "--disable", "no.such"], "no rule or family"),
        (["run", page], "--to"),
        (["rules", "show", "corner.gifts"], "no rule or stage has the id"),
        (["rules", "list", "--family", "nothing"], "no rule or stage is in a family"),
        (["rules", "check", tmp_path / "nowhere"], "nowhere"),
    ):
        done = invoke(*arguments)
        assert done.exit_code == 2, arguments
        assert why in done.stderr and "Traceback" not in done.stderr, arguments
    assert not (tmp_path / "out").exists()


def test_explain_shows_every_line_with_its_role_and_who_signed_it(page: Path, rules: Path) -> None:
    done = invoke("explain", page, "--rules", rules)
    assert done.exit_code == 0
    lines = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    assert ["chrome", "corner.gift", CORNER] in lines
    assert all(
        any(said[0] == "body" and said[2] == " ".join(text.split()) for said in lines if len(said) == 3)
        for text in PROSE
    )
    assert [line for line in done.stdout.splitlines() if line.startswith("  edit") and "'  ' -> ' '" in line]
    assert "read as extracted text: " in done.stdout
    assert "    1 removed: taken out" in done.stdout
    assert "    1 corner.gift: the shop that the site runs beside the paper" in done.stdout
    assert "\x1b" not in done.stdout


def coloured(text: str) -> str:
    cleaner = Cleaner(load_rules())
    console = Console(file=StringIO(), force_terminal=True, color_system="standard", width=200, highlight=False)
    show.explain(cleaner.explain(text), cleaner.rules, console)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_explain_says_what_spoke_for_and_against_a_line() -> None:
    page = ROOT / "seeds" / "de-faehre.txt"
    shown = invoke("explain", page).stdout.splitlines()
    at = next(n for n, line in enumerate(shown) if re.match(r"chrome +residue\.line", line))
    below = list(takewhile(lambda line: line.startswith(" "), shown[at + 1 :]))
    assert re.fullmatch(r" {12,}\d+%  [+-]\d\.\d \S.* \(.+\)", below[0]), below
    weights = [float(line.split()[0]) for line in below[1:] if not line.startswith(" " * 19)]
    assert len(weights) <= 6 and any(weight < 0 for weight in weights)
    assert any(line.startswith(" " * 19) for line in below), "the first look's own reasons"
    body = next(n for n, line in enumerate(shown) if line.startswith("body"))
    assert not shown[body + 1].startswith(" " * 12), "a line that no scorer decided"
    every = invoke("explain", "--every-line", page).stdout.splitlines()
    assert [line for line in every if line[:1] != " "] == [line for line in shown if line[:1] != " "]
    body = next(n for n, line in enumerate(every) if line.startswith("body"))
    assert re.fullmatch(r" +\d+%  \+\d.*", every[body + 1])


def test_explain_says_whether_a_page_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        f"<title>A page</title><main>{''.join(f'<p>{text}</p>' for text in PROSE)}</main>"
    )
    shown = invoke("explain", "--every-line", tmp_path / "page.html").stdout
    assert re.search(r"\n\n\d+% an article\n  [+-]\d\.\d [\w ]+ \(.+\)\n", shown)


def test_explain_strikes_out_in_red_what_is_removed_and_marks_edits(page: Path) -> None:
    shown = coloured(PAGE.replace(CORNER, "Share on Facebook"))
    (removed,) = (line for line in shown.splitlines() if "Share on Facebook" in line)
    assert "\x1b[2;9;31mShare on Facebook" in removed
    (edited,) = (line for line in shown.splitlines() if "harbour master" in line)
    assert "\x1b[2;9;31m  \x1b[0m\x1b[32m \x1b[0m" in edited


def test_a_page_cannot_steer_the_terminal(tmp_path: Path) -> None:
    text = PAGE.replace("gift corner", "\x1b]0;owned\x07 \x9b31m \u202egift\u202c [red]corner[/red]")
    assert "\x1b]0" not in coloured(text) and "\x9b" not in coloured(text) and "\u202e" not in coloured(text)
    assert "\\x1b" in show.visible(text) and "[red]corner[/red]" in coloured(text)
    (tmp_path / "page.txt").write_text(text)
    assert "\x1b" not in invoke("explain", tmp_path / "page.txt").stdout


def test_rules_list_show_and_as_json(rules: Path) -> None:
    listed = invoke("rules", "list", "--rules", rules, "--family", "corner")
    assert listed.stdout.split() == [
        "corner.gift",
        "rule",
        "chrome,",
        "anywhere",
        *["the", "shop", "that", "the", "site", "runs", "beside", "the", "paper"],
    ]
    (one,) = map(
        json.loads, invoke("rules", "list", "--rules", rules, "--family", "corner", "--json").stdout.splitlines()
    )
    assert (one["kind"], one["id"], one["lines"], one["does"]) == ("rule", "corner.gift", [CORNER], "role")
    shown = invoke("rules", "show", "corner.gift", "--rules", rules).stdout
    assert all(
        part in shown for part in ("corner.gift", CORNER, CORNER.upper(), "They visit our gift", "the shop that")
    )
    assert "did you mean corner.gift?" in invoke("rules", "show", "corner.git", "--rules", rules).stderr


def test_stages_are_listed_shown_and_suggested_like_rules() -> None:
    listed = invoke("rules", "list", "--family", "repair").stdout.splitlines()
    assert [line.split()[:3] for line in listed] == [
        ["repair.closed", "stage", "edit"],
        ["repair.encoding", "stage", "edit"], ["repair.invisible", "stage", "edit"],
        ["repair.lost", "stage", "edit"], ["repair.point", "stage", "edit"],
        ["repair.space", "stage", "edit"], ["repair.empty", "stage", "chrome"],
    ]  # fmt: skip
    every = [json.loads(line) for line in invoke("rules", "list", "--json").stdout.splitlines()]
    assert {one["id"]: one["kind"] for one in every} == {
        id: "stage" if id in SIGNERS else "rule" for id in load_rules().signers
    }
    assert {"kind", "id", "does", "role", "why"} <= set.intersection(*(set(one) for one in every))
    assert invoke("rules", "show", "head.title").stdout.splitlines() == [
        "kind stage", "id head.title", "does role", "role title", "why Like a headline, above the prose.",
    ]  # fmt: skip
    assert "role body\n" in (shown := invoke("rules", "show", "blocks.in").stdout) and "also\n    heading\n" in shown
    assert "body or heading" in invoke("rules", "list", "--family", "blocks").stdout
    assert "kind rule\nid share.en\n" in invoke("rules", "show", "share.en").stdout
    assert "linked True\n" in (shown := invoke("rules", "show", "related.linked_label").stdout)
    assert "between False\n" in shown and "prose_after" not in shown
    assert "did you mean head.title?" in invoke("rules", "show", "head.titel").stderr
    assert "did you mean ads.other_labels?" in invoke("rules", "show", "ads.other_label").stderr


def test_explain_counts_each_signer_s_reasons(tmp_path: Path) -> None:
    lines = [*(f"{PROSE[0]} It rained on {day}." for day in ("Monday", "Tuesday")), PROSE[0], PROSE[0], "Related Posts"]
    (tmp_path / "page.txt").write_text("\n\n".join([*lines, "Ferry", "Soup", "Jam"]))
    _, _, signed = invoke("explain", tmp_path / "page.txt").stdout.partition("\nsigned by\n")
    assert signed.splitlines() == [
        "    3 tails.en: Behind 'Related Posts'.",
        f"    1 tails.en: {load_rules().why('tails.en')}",
        "    1 duplicates.adjacent: Repeats the line before it, chrome aside.",
    ]


def test_rules_check_ends_with_1_where_an_example_fails_or_a_file_does_not_load(rules: Path) -> None:
    assert invoke("rules", "check", rules).exit_code == 0, "the file's rules, and all that come with boilerstrip"
    (rules / "corner.toml").write_text(RULES.replace("They visit our gift corner today and tomorrow", CORNER))
    done = invoke("rules", "check", rules)
    assert done.exit_code == 1
    assert f"error: corner.gift: the near-miss '{CORNER}' is matched" in done.stdout
    assert "errors: 1" in done.stdout
    (rules / "corner.toml").write_text(RULES.replace("hits", "hit"))
    done = invoke("rules", "check", rules)
    assert done.exit_code == 1
    assert "corner.toml" in done.stderr and "did you mean 'hits'" in done.stderr


def test_the_command_prints_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc", None)
    put(tmp_path, {"b.warc": b""})
    done = invoke("run", tmp_path / "b.warc", "--to", tmp_path / "out")
    assert done.exit_code == 2 and "pip install 'boilerstrip[warc]'" in done.stderr
    done = invoke("run", tmp_path, "--to", tmp_path / "out", "--field", "titel=x")
    assert done.exit_code == 2 and "NAME=COLUMN" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("ending", "pack"), [("", bytes), (".gz", gzip.compress), (".zst", zstandard.compress)])
def test_one_page_may_be_packed_for_clean_and_explain(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    packed = pack(PAGE.encode())
    put(tmp_path, {f"page.txt{ending}": packed, f"rows.jsonl{ending}": b""})
    assert invoke("clean", tmp_path / f"page.txt{ending}").stdout == f"{CLEANED}\n\nVisit our gift corner today\n"
    assert invoke("clean", "-", stdin=packed).stdout.startswith(CLEANED)
    assert "Use: boilerstrip run" in invoke("explain", tmp_path / f"rows.jsonl{ending}").stderr
    put(tmp_path, {"cut.html.gz": gzip.compress(b"<!doctype html><p>The bridge is shut.")[:-9]})
    done = invoke("clean", tmp_path / "cut.html.gz")
    assert done.exit_code == 2 and "cut.html.gz cannot be read: Compressed file ended" in done.stderr


def python(code: str) -> list[str]:
    """What the code prints in a fresh process, line by line."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines() + done.stderr.splitlines()


CALL = (
    "import contextlib, io, sys\n"
    "def call(*words):\n"
    "    from flows.cli import app\n"
    "    said = io.StringIO()\n"
    "    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):\n"
    "        try: app(words)\n"
    "        except SystemExit as end: code = end.code\n"
    "    print(*words[:1], code, said.getvalue().strip())\n"
)


@pytest.mark.processes
def test_a_run_that_cannot_begin_imports_no_prefect() -> None:
    shown = python(CALL + "call('run', '/nowhere', '--to', 'x'); print('prefect' in sys.modules)")
    assert shown[0].startswith("run 2 boilerstrip: /nowhere does not exist") and shown[1] == "False"


@pytest.mark.processes
def test_one_page_needs_nothing_of_the_extra_flows(page: Path) -> None:
    """What the extra brings is hidden. tests/test_wheel.py looks at the same in an environment that has none of it."""
    packed, zstd = page.with_name("page.gz"), page.with_name("page.zst")
    packed.write_bytes(gzip.compress(page.read_bytes()))
    zstd.write_bytes(zstandard.compress(page.read_bytes()))
    hidden = ("prefect", "fastapi", "sqlalchemy", "fsspec", "zstandard", "packaging")
    calls = (("clean", page), ("clean", packed), ("clean", zstd), ("explain", page), ("rules", "list"),
             ("run", page, "--to", "x"), ("serve", page, "--to", "x", "--cron", "* * * * *"))  # fmt: skip
    shown = python(
        f"{CALL}sys.modules.update(dict.fromkeys({hidden}))\n"
        + "".join(f"call(*{tuple(map(str, words))})\n" for words in calls)
    )
    flows = "which is not here. Install it with: pip install 'boilerstrip[flows]'"
    runs = f"2 boilerstrip: runs over many pages need prefect, {flows}"
    assert shown == [
        "clean 0 ",
        "clean 0 ",
        f"clean 2 boilerstrip: {zstd}: files packed with zstd need zstandard, {flows}",
        "explain 0 ",
        "rules 0 ",
        f"run {runs}",
        f"serve {runs}",
    ]


@pytest.mark.processes
def test_it_runs_as_a_module(page: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "boilerstrip", "clean", page], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "") and PROSE[0] in done.stdout
