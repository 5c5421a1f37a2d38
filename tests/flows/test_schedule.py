"""docs/schedule.md, as an operator goes through it: a server, a work pool, deployments, a worker, a run every minute.

The commands are those of the page, with other folders, ports and hours. The tests stand in the order of what happens;
what needs no schedule comes first, and `serve` is ended early, since each run that falls due takes six seconds of the
processor.
"""

import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from operated import BINARIES, ROOT, SEEDS, Place, answers, ask, picture, place, postgresql, rows_of, until
from sample import TEXT, parsed

PAGE = (ROOT / "docs/schedule.md").read_text(encoding="utf-8")
COMMANDS: dict[str, str] = dict(re.findall(r"<!-- runs: (\w+) -->\n```sh\n(.*?)```", PAGE, re.S))


def test_every_command_of_the_page_is_run_here() -> None:
    assert len(re.findall(r"```sh", PAGE)) == len(COMMANDS)
    own = Path(__file__).read_text(encoding="utf-8")
    assert set(COMMANDS) == set(re.findall(r'COMMANDS\["(\w+)"\]', own))
    deployments = (ROOT / "prefect.yaml").read_text()
    for shown in re.findall(r"```yaml\n(.*?)```", PAGE, re.S):
        assert shown in deployments


@pytest.fixture(scope="module")
def operated(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Iterator[Place]:
    """Server, pool, deployments and worker, as the page starts them."""
    with ExitStack() as stack:
        at = stack.enter_context(place(tmp_path_factory.mktemp("operated"), database))
        stack.enter_context(at.running(COMMANDS["server"], "server.log"))
        until(lambda: answers(at.api), 300, "the server")
        at.run(COMMANDS["deploy"])
        stack.enter_context(at.running(COMMANDS["worker"], "worker.log"))
        yield at


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Iterator[tuple[Place, subprocess.Popen[bytes]]]:
    """`boilerstrip serve`, with a server of its own."""
    with (
        place(tmp_path_factory.mktemp("served"), database) as at,
        at.running(COMMANDS["serve"], "serve.log") as process,
    ):
        yield at, process


def needs(found: object, package: str) -> None:
    """Skip where a program of the system is missing; in .ci/run, which installs it, fail."""
    if not found:
        told = f"Debian's package {package} is not here"
        pytest.fail(told) if os.environ.get("BOILERSTRIP_CI") else pytest.skip(told)


def deployment(at: Place, name: str) -> dict[str, Any]:
    (found,) = ask(at.api, "deployments", deployments={"name": {"any_": [name]}})
    return dict(found)


def ended(at: Place, name: str) -> list[dict[str, Any]]:
    """The runs of a deployment that have come to their end, in their order."""
    runs = ask(
        at.api, "flow_runs", sort="START_TIME_ASC", deployments={"name": {"any_": [name]}},
        flow_runs={"state": {"type": {"any_": ["COMPLETED", "FAILED", "CRASHED", "CANCELLED"]}}},
    )  # fmt: skip
    return list(runs)


def failure(at: Place) -> str:
    return "\n".join(path.read_text(errors="replace")[-2000:] for path in at.folder.glob("*.log"))


FIRST = f"crawl → out: {len(SEEDS)} new of {len(SEEDS)} pages"


def shards(out: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (out / "shards").glob("*.jsonl")}


@pytest.mark.prefect
@pytest.mark.postgres
def test_the_server_stands_on_postgresql(tmp_path: Path) -> None:
    needs(BINARIES, "postgresql")
    with ExitStack() as stack:
        port = stack.enter_context(postgresql())
        more = {"PGHOST": "127.0.0.1", "PGPORT": str(port), "PGUSER": "postgres"}
        at = stack.enter_context(place(tmp_path, None, **more))
        at.values["5432"] = str(port)
        at.env["PATH"] += os.pathsep + str(BINARIES[-1])
        at.run(COMMANDS["database"])
        stack.enter_context(at.running(COMMANDS["postgres"], "server.log"))
        until(lambda: answers(at.api), 300, "the server")
        at.run(COMMANDS["deploy"])
        at.run(f"PREFECT_API_URL={at.api} boilerstrip run /data/crawl --to /data/out --quiet")
        (run,) = ask(at.api, "flow_runs", flow_runs={"state": {"type": {"any_": ["COMPLETED"]}}})
        assert run["name"] == FIRST
        assert len(ask(at.api, "artifacts", artifacts={"flow_run_id": {"any_": [run["id"]]}})) == 5
        due = {"name": {"any_": ["scheduled"]}}
        until(lambda: ask(at.api, "flow_runs", deployments=due), 300, "a run that is due")
        kept = subprocess.run(
            [BINARIES[-1] / "psql", "--dbname", "prefect", "-tAc", "select count(*) from deployment"],
            env=at.env, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert kept.stdout.strip() == "2"
        assert not list(at.folder.rglob("*.db"))


@pytest.mark.prefect
def test_the_deployments_are_as_the_page_says(operated: Place, served: tuple[Place, subprocess.Popen[bytes]]) -> None:
    scheduled, on_demand = deployment(operated, "scheduled"), deployment(operated, "on-demand")
    assert [schedule["schedule"]["cron"] for schedule in scheduled["schedules"]] == ["* * * * *"]
    assert on_demand["schedules"] == []
    for found, strategy in ((scheduled, "CANCEL_NEW"), (on_demand, "ENQUEUE")):
        assert found["global_concurrency_limit"]["limit"] == 1
        assert found["concurrency_options"]["collision_strategy"] == strategy
        assert found["parameters"] == {"source": "crawl", "to": "out"}
        told = found["parameter_openapi_schema"]["properties"]
        assert len(told) >= 12 and all(one["description"] for one in told.values())
        assert found["enforce_parameter_schema"] and found["description"].startswith("Clean scraped pages")


@pytest.mark.prefect
def test_serve_is_a_schedule_with_a_server_of_its_own(served: tuple[Place, subprocess.Popen[bytes]]) -> None:
    at, process = served
    log = at.folder / "serve.log"
    until((at.folder / "out/summary.json").exists, 300, "the first run of serve")
    (ui,) = re.findall(r"serving 'out' at '\* \* \* \* \*', Asia/Kolkata; see (\S+)", log.read_text())
    with urlopen(ui, timeout=60) as answer:
        assert b"<title>" in answer.read()
    (found,) = ask(f"{ui}/api", "deployments")
    assert found["name"] == "out" and found["global_concurrency_limit"]["limit"] == 1
    assert found["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    assert found["schedules"][0]["schedule"]["timezone"] == "Asia/Kolkata"
    assert found["parameters"]["source"] == str(at.folder / "crawl")
    completed = {"state": {"type": {"any_": ["COMPLETED"]}}}
    until(lambda: ask(f"{ui}/api", "flow_runs", flow_runs=completed), 300, "the end of that run")
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(120) == 0, log.read_text()[-2000:]
    assert "Traceback" not in log.read_text() and "telemetry" not in log.read_text()


@pytest.mark.prefect
def test_the_schedule_fires_and_the_run_tells_what_it_did(operated: Place) -> None:
    runs = until(lambda: ended(operated, "scheduled"), 300, "the first scheduled run")
    assert (runs[0]["name"], runs[0]["state"]["type"]) == (FIRST, "COMPLETED"), failure(operated)
    assert "auto-scheduled" in runs[0]["tags"]
    articles = parsed((operated.folder / "out/articles.jsonl").read_bytes())
    assert len({article["page"] for article in articles}) == len(SEEDS) - 2
    artifacts = ask(operated.api, "artifacts", artifacts={"flow_run_id": {"any_": [runs[0]["id"]]}})
    data = {artifact["key"]: artifact["data"] for artifact in artifacts}
    assert set(data) == {f"boilerstrip-{name}" for name in ("progress", "summary", "rules", "hosts", "output")}
    assert data["boilerstrip-progress"] == 100 and f"| pages | {len(SEEDS)} |" in data["boilerstrip-summary"]
    assert sum(row["articles"] for row in json.loads(data["boilerstrip-hosts"])) == len(articles)
    assert {"rule", "hits", "why"} == set(json.loads(data["boilerstrip-rules"])[0])
    assert all(row["why"] for row in json.loads(data["boilerstrip-rules"]))
    assert (operated.folder / "out").as_uri() in data["boilerstrip-output"]

    def log() -> list[str]:
        lines = ask(operated.api, "logs", logs={"flow_run_id": {"any_": [runs[0]["id"]]}}, sort="TIMESTAMP_ASC")
        return [line["message"] for line in lines]

    told = until(lambda: log() if any("Finished" in one for one in log()) else None, 300, "the end of the log")
    assert len(told) <= 14, told
    assert any(re.fullmatch(r"cleaning crawl into out, rules \w+: 0 pages are finished there", one) for one in told)
    assert any(f"{len(SEEDS)} of them new: {len(articles)} articles, 2 quarantined" in one for one in told), told


@pytest.mark.prefect
def test_a_run_on_demand_takes_other_parameters(operated: Place) -> None:
    told = operated.run(COMMANDS["now"])
    assert "Completed" in told, told
    (run,) = ended(operated, "on-demand")
    assert run["name"] == "archive → archive-out: 3 new of 3 pages"
    assert len(parsed((operated.folder / "archive-out/articles.jsonl").read_bytes())) == 3


@pytest.mark.prefect
def test_the_next_scheduled_run_cleans_what_is_new_and_leaves_the_old(operated: Place) -> None:
    out = operated.folder / "out"
    before = shards(out)
    old = (out / "articles.jsonl").read_bytes()
    for n in (3, 4):
        (operated.folder / "crawl" / f"{n}.txt").write_text(f"{TEXT}\n\nPage {n}, which came later.")
    came = datetime.now(UTC).isoformat()

    def later() -> list[dict[str, Any]]:
        return [run for run in ended(operated, "scheduled") if run["start_time"] > came]

    (run, *_) = until(later, 300, "the second scheduled run")
    assert (run["name"], run["state"]["type"]) == (f"crawl → out: 2 new of {len(SEEDS) + 2} pages", "COMPLETED")
    new = [line for line in (out / "articles.jsonl").read_bytes().splitlines() if line not in old.splitlines()]
    assert [json.loads(line)["page"] for line in new] == ["3.txt", "4.txt"]
    after = shards(out)
    assert len(after) == len(before) + 3 and before.items() <= after.items()


@pytest.mark.prefect
@pytest.mark.browser
def test_prefect_s_ui_shows_it(operated: Place) -> None:
    """Where BOILERSTRIP_IMAGES names a folder, the pictures go there: `make pictures`."""
    needs(shutil.which("chromium"), "chromium")
    run = ended(operated, "scheduled")[0]
    artifacts = ask(operated.api, "artifacts", artifacts={"flow_run_id": {"any_": [run["id"]]}})
    (rules,) = (artifact["id"] for artifact in artifacts if artifact["key"] == "boilerstrip-rules")
    to = Path(os.environ.get("BOILERSTRIP_IMAGES") or operated.folder)
    for name, height, path, shown in (
        ("deployment", 900, f"deployments/deployment/{deployment(operated, 'scheduled')['id']}", FIRST),
        ("run", 1250, f"runs/flow-run/{run['id']}", "0 pages are finished there"),
        ("rules", 900, f"artifacts/artifact/{rules}", "duplicates.adjacent"),
    ):
        until(lambda: shown in picture(operated, path, height, to / f"{name}.png"), 300, f"{shown} on the page {name}")  # noqa: B023
        assert rows_of(to / f"{name}.png") > 200
