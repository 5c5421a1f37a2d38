"""Runs into an object store: what was interrupted goes on, nobody sees half a file, one run at a time. No Prefect."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from launch import command, surroundings
from object_store import Fault, ObjectStore
from sample import raw_page

from cleaners import Cleaner
from flows.cleaning import records
from flows.cleaning.work import clean_page, merge
from flows.places import remote
from flows.progress import Progress
from flows.reading.raw import RawPage
from flows.writing import bucket, output, store, summary
from flows.writing.address import store_at
from flows.writing.shards import Limits, Shards
from flows.writing.store import Busy

pytestmark = pytest.mark.s3
PAGES = [raw_page(f"{n:02}") for n in range(10)] + [raw_page("!")]


class Stopped(BaseException):
    """How a test ends a run: like Ctrl-C, nothing of the run's catches it."""


def run(
    to: str, pages: Iterable[RawPage], cleaner: Cleaner, format: output.Format = "jsonl", size: int = 4
) -> list[str]:
    """A run without workers. Returns the ids of the pages that were cleaned."""
    cleaned: list[str] = []
    out = store_at(to)
    with out.lock():
        found = Shards(out, "r", "rules", Limits(20, 2000))
        for number, new, keys in found.missing(pages, size, 10**9, Progress()):
            cleaned += [one.id for one in new]
            found.keep(number, keys, merge([clean_page(cleaner, one) for one in new]))
        found.join(format)
        summary.write_summary(out, summary.summary(found.tally(), seconds=0, rules="r"))
        found.forget()
    return cleaned


def here(folder: Path) -> dict[str, bytes]:
    """The files of a local output folder, without the lock."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if name != "shards/lock"}


@pytest.mark.parametrize("format", output.FORMATS)
def test_a_bucket_gets_what_a_folder_gets(
    tmp_path: Path, objects: ObjectStore, cleaner: Cleaner, format: output.Format
) -> None:
    to = f"{objects.bucket()}/deep/out"
    assert run(to, PAGES, cleaner, format) == [one.id for one in PAGES]
    run(str(tmp_path / "out"), PAGES, cleaner, format)
    assert objects.tree(to) == here(tmp_path / "out")
    assert not objects.uploads(to)
    assert run(to, PAGES, cleaner, format) == []
    assert objects.tree(to) == here(tmp_path / "out")


@pytest.mark.parametrize("there", [False, True])
def test_another_format_cleans_nothing_again(
    tmp_path: Path, objects: ObjectStore, cleaner: Cleaner, there: bool
) -> None:
    to = f"{objects.bucket()}/out" if there else str(tmp_path / "out")
    run(to, PAGES, cleaner)
    for format in (*output.FORMATS[1:], output.FORMATS[0]):
        assert run(to, PAGES, cleaner, format) == []
        found = objects.tree(to) if there else here(tmp_path / "out")
        assert [name for name in found if name.startswith("articles.")] == [output.name(format)]
        run(str(tmp_path / format), PAGES, cleaner, format)
        assert found == here(tmp_path / format)


def test_a_source_that_changes_cleans_what_is_new_and_forgets_the_rest(
    tmp_path: Path, objects: ObjectStore, cleaner: Cleaner
) -> None:
    to = objects.bucket()
    run(to, PAGES, cleaner)
    before = set(objects.tree(to))
    later = [*PAGES[6:], raw_page("05a")]
    assert run(to, later, cleaner) == ["05a"]
    assert len(before - set(objects.tree(to))) == 4  # the shard that held the first four pages
    run(str(tmp_path / "fresh"), later, cleaner)
    for name in (output.ARTICLES, output.QUARANTINE, output.SUMMARY):
        assert objects.tree(to)[name] == here(tmp_path / "fresh")[name]


@pytest.mark.parametrize("after", range(5, 19))
def test_a_run_that_is_stopped_after_any_write_goes_on(
    tmp_path: Path, objects: ObjectStore, cleaner: Cleaner, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the part files and their manifest, between the two files of the output, before the summary."""
    to, seen = objects.bucket(), count(1)
    plain = bucket.Bucket._still_ours

    def stop(self: bucket.Bucket) -> None:  # is asked before each write, and before an upload is completed
        plain(self)
        if next(seen) == after:
            raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr(bucket.Bucket, "_still_ours", stop)
        with pytest.raises(Stopped):
            run(to, PAGES[:6], cleaner)
    left = objects.tree(to)
    manifests = {name for name in left if name.endswith(".json") and name.startswith("shards/")}
    assert all(len([name for name in left if name.startswith(m[:-4])]) == 4 for m in manifests)
    again = run(to, PAGES[:6], cleaner)
    assert len(again) == (6, 2, 0)[len(manifests)]
    run(str(tmp_path / "fresh"), PAGES[:6], cleaner)
    assert objects.tree(to) == here(tmp_path / "fresh")
    assert not objects.uploads(to)


def test_an_upload_that_fails_leaves_the_old_file_and_nothing_else(
    objects: ObjectStore, cleaner: Cleaner, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = objects.bucket()
    run(to, PAGES[:4], cleaner)
    before = objects.tree(to)
    monkeypatch.setattr("s3fs.S3FileSystem.retries", 1)
    for fault in (
        Fault("PUT", r"counts", 403),
        Fault("POST", r"articles\.jsonl\?uploads", 403),
        Fault("PUT", r"articles\.jsonl\?.*partNumber", 403),
        Fault("POST", r"articles\.jsonl\?uploadId", 403),
    ):
        objects.faults[:] = [fault]
        with pytest.raises(store.Fault, match=f"{to} cannot be written: .*a fault of the test"):
            run(to, PAGES[:8], cleaner)
        assert fault.met
        objects.faults.clear()
        after = objects.tree(to)
        assert {name: after[name] for name in before} == before
        assert not objects.uploads(to)
        assert not [name for name in after if "lock" in name]
    assert run(to, PAGES[:8], cleaner) == []


def test_a_store_that_fails_for_a_moment_is_asked_again(tmp_path: Path, objects: ObjectStore, cleaner: Cleaner) -> None:
    to = objects.bucket()
    objects.faults += [
        Fault("PUT", r"counts", 503, times=2),
        Fault("PUT", r"\.json$", 0, times=1),
        Fault("GET", r"articles\.jsonl$", 500, times=1),
        Fault("GET", r"quarantine\.jsonl$", cut=3, times=1),
        Fault("PUT", r"lock\.1", 500, after=True, times=1),  # done, but the answer is lost: it is asked again
    ]
    run(to, PAGES, cleaner)
    assert [fault.met for fault in objects.faults] == [fault.times for fault in objects.faults]
    run(str(tmp_path / "fresh"), PAGES, cleaner)
    assert objects.tree(to) == here(tmp_path / "fresh")


def test_what_a_killed_run_was_uploading_is_taken_back(objects: ObjectStore, cleaner: Cleaner) -> None:
    to = f"{objects.bucket()}/out"
    root = to.removeprefix("s3://")
    others = ("out/mine.bin", "out/shards/articles.jsonl", "outx/articles.jsonl")
    for name in (f"{root}/articles.jsonl", *(f"{root[:-4]}/{other}" for other in others)):
        file = objects.fs.open(name, "wb", autocommit=False)
        file.write(b"half")
        file.close()
    assert len(objects.uploads(to)) == 4
    run(to, PAGES[:2], cleaner)
    assert sorted(upload["Key"] for upload in objects.uploads(to)) == sorted(others)


def test_another_bucket_or_no_bucket_says_so(objects: ObjectStore) -> None:
    with pytest.raises(store.BadOutput, match="there is no bucket 'nowhere'"):
        store_at("s3://nowhere/out").check()
    with pytest.raises(store.BadOutput, match="there is no bucket ''"):
        store_at("s3://").check()
    with pytest.raises(store.BadOutput, match="half written"):
        store_at("sftp://host/out")
    assert store_at("file:///out").shown("articles.jsonl") == "/out/articles.jsonl"
    to = store_at(f"{objects.bucket()}/out")
    objects.faults.append(Fault("GET", "", 403))
    with pytest.raises(store.Fault, match=r"s3://test-.*/out cannot be listed: .*a fault of the test"):
        to.check()
    objects.faults.append(Fault("HEAD", "", 403))
    with pytest.raises(store.BadOutput, match="not open to you"):
        to.check()


# Two runs at once


@pytest.fixture
def other(objects: ObjectStore) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Another process that holds the lock of a bucket."""
    to = f"{objects.bucket()}/out"
    code = (
        "import sys; from flows.writing.address import store_at\n"
        "with store_at(sys.argv[1]).lock(): print('locked', flush=True); sys.stdin.read()"
    )
    held = subprocess.Popen(
        [sys.executable, "-c", code, to], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, **objects.environment},
    )  # fmt: skip
    assert held.stdout
    assert held.stdout.readline() == "locked\n"
    yield to, held
    held.kill()
    held.communicate()


def test_the_second_of_two_runs_is_refused_until_the_first_is_gone(
    other: tuple[str, subprocess.Popen[str]], objects: ObjectStore, cleaner: Cleaner
) -> None:
    to, held = other
    asked = len(objects.asked)
    with pytest.raises(Busy, match=f"process {held.pid} on .* seconds ago.* is writing into {to}"):
        store_at(to).check()
    assert not [one for one in objects.asked[asked:] if one.startswith(("PUT", "POST", "DELETE"))]
    with pytest.raises(Busy):
        run(to, PAGES, cleaner)
    held.kill()
    held.wait()
    assert run(to, PAGES[:2], cleaner) == ["00", "01"]  # it ran on this machine and is no more: at once
    assert not [name for name in objects.tree(to) if "lock" in name]


def test_a_run_that_ends_gives_its_lock_back(other: tuple[str, subprocess.Popen[str]], objects: ObjectStore) -> None:
    to, held = other
    held.communicate(timeout=60)
    assert objects.tree(to) == {}


def elsewhere(objects: ObjectStore, to: str, number: int = 1) -> str:
    """A lock of a process on another machine."""
    name = f"{to.removeprefix('s3://')}/shards/lock.{number}"
    objects.fs.pipe_file(name, json.dumps({"who": "process 1 on far", "process": ["x", "y", "1", "2"]}).encode())
    return name


def test_a_lock_of_another_machine_dies_when_it_is_not_renewed(
    objects: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = objects.bucket()
    elsewhere(objects, to)
    with pytest.raises(Busy, match="process 1 on far, last heard of"), store_at(to).lock():
        pass
    monkeypatch.setattr(bucket, "DEAD", -1.0)
    with store_at(to).lock():
        assert [*objects.tree(to)] == ["shards/lock.2"]


def test_of_two_that_find_a_dead_lock_one_gets_it(objects: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    to = objects.bucket()
    elsewhere(objects, to)
    first, second = store_at(to), store_at(to)
    monkeypatch.setattr(bucket.Bucket, "_free", lambda self: [1])  # both have looked before either has taken it
    with first.lock():
        with pytest.raises(Busy, match="just begun"), second.lock():
            pass
        assert [*objects.tree(to)] == ["shards/lock.2"]
    with monkeypatch.context() as patched, store_at(to).lock():  # and one that is very late
        patched.setattr(bucket.Bucket, "_free", lambda self: [6])
        with pytest.raises(Busy, match="just begun"), second.lock():
            pass
        assert [*objects.tree(to)] == ["shards/lock.2"]


def test_a_run_that_lost_its_lock_writes_no_more(objects: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    to = objects.bucket()
    slept = store_at(to)
    with slept.lock():
        content = objects.tree(to)["shards/lock.1"]
        elsewhere(objects, to, 2)
        objects.fs.rm_file(f"{to.removeprefix('s3://')}/shards/lock.1")
        monkeypatch.setattr(bucket, "RENEWED", 0.0)
        slept._renew("shards/lock.1", content, Event())  # type: ignore[attr-defined]  # what a thread does now and then
        with pytest.raises(store.Fault, match="not this run's any more"):
            slept.write({"articles.jsonl": b""})
        with pytest.raises(store.Fault), slept.whole("articles.jsonl"):
            pass
    assert content and [*objects.tree(to)] == ["shards/lock.2"]


def test_a_lock_is_renewed_while_the_run_lives(objects: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket, "RENEWED", 0.05)
    to = objects.bucket()
    with store_at(to).lock():
        for _ in range(600):  # a renewal takes what it takes: the number only ends a wait in vain
            if len([one for one in objects.asked if one.startswith("PUT") and "lock.1" in one]) > 2:
                break
            Event().wait(0.05)
        else:
            pytest.fail("the lock is not renewed")
        assert [*objects.tree(to)] == ["shards/lock.1"]


def test_what_dask_writes_stays_on_this_machine(objects: ObjectStore, tmp_path: Path) -> None:
    for to in (objects.bucket(), str(tmp_path / "out")):
        with store_at(to).scratch() as folder:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "spilled").touch()
            assert folder.is_relative_to(tmp_path) != remote(to)
        assert not folder.exists()


# The command


@pytest.mark.prefect
def test_the_command_goes_on_in_a_bucket_after_kill_9(
    tmp_path: Path, objects: ObjectStore, home: Path, api: str
) -> None:
    source, to = tmp_path / "pages.jsonl", f"{objects.bucket()}/out"
    source.write_bytes(b"".join(records.line({"id": one.id, "text": one.content}) for one in PAGES * 30))

    def begin(to: str, *more: str) -> subprocess.Popen[str]:
        limits = ("--shard-size", "20", "--quarantine-limit", "1")
        return subprocess.Popen(
            command("run", source, "--to", to, "--format", "parquet", *limits, *more),
            env=surroundings(home, **objects.environment) | {"PREFECT_API_URL": api},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    killed = begin(to)
    while not [name for name in objects.names(to) if name.endswith(".json")] and killed.poll() is None:
        time.sleep(0.01)
    killed.kill()
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    assert "articles.parquet" not in objects.tree(to)

    again = begin(to)
    shown, errors = again.communicate(timeout=300)
    assert (again.returncode, errors) == (0, "")
    assert [line.split()[2] for line in shown.splitlines()[:3]] == [
        f"{to}/{name}" for name in ("summary.md", "articles.parquet", "quarantine.jsonl")
    ]
    undisturbed = begin(str(tmp_path / "out"), "--quiet")
    assert (*undisturbed.communicate(timeout=300), undisturbed.returncode) == ("", "", 0)
    found, expected = objects.tree(to), here(tmp_path / "out")
    for name in ("articles.parquet", "quarantine.jsonl"):
        assert found[name] == expected[name]
    assert not objects.uploads(to) and not [name for name in found if "lock" in name]

    refused = begin("s3://nowhere/out")
    assert (*refused.communicate(timeout=60), refused.returncode)[0::2] == ("", 2)
