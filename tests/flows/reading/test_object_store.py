"""Pages in an object store: moto's server on loopback, whole, and behind a proxy that fails."""

import gzip
import io
import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest
from archives import Record, by_warcio
from launch import command, surroundings
from object_store import Fault, ObjectStore
from sample import HTML, parsed
from sources import put

from flows.reading import walk
from flows.reading.read import BadSource, RawPage, check, how_many, pages

pytestmark = pytest.mark.s3


@pytest.fixture
def door(objects: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectStore]:
    """The store, for s3:// addresses in this process. What fails is tried twice, that tests be short."""
    patience = {"retries": {"max_attempts": 0}, "read_timeout": 20}
    import s3fs

    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 2)
    monkeypatch.setattr(s3fs.core.S3File, "retries", 2)
    monkeypatch.setitem(fsspec.config.conf, "s3", {"config_kwargs": patience})
    s3fs.S3FileSystem.clear_instance_cache()
    yield objects
    s3fs.S3FileSystem.clear_instance_cache()


def impatient(seconds: float = 3.0) -> None:
    """From here on, an answer is waited for so long."""
    fsspec.config.conf["s3"]["config_kwargs"]["read_timeout"] = seconds


@pytest.fixture
def bucket(door: ObjectStore) -> str:
    """The address of a bucket of the test's own, with some pages in it."""
    address = door.bucket()
    fill(address[5:], {f"deep/p{n}.html": b"<p>%d" % n for n in range(5)} | {"a.txt": b"A", "style.css": b"p {}"})
    door.asked.clear()
    return address


def fill(bucket: str, files: dict[str, bytes]) -> None:
    """Put files into a bucket, as another program would: the reader's own memory of it is not touched."""
    store = fsspec.filesystem("s3", skip_instance_cache=True)
    for name, content in files.items():
        store.pipe_file(f"{bucket}/{name}", content)


def every_format() -> dict[str, bytes | str]:
    table = io.BytesIO()
    parquet.write_table(arrow.table({"text": [f"row {n}" for n in range(50)]}), table)
    rows = b"".join(b'{"text": "%d"}\n' % n for n in range(50))
    warc = by_warcio(*(Record(b"<p>%d" % n, id=f"<urn:{n}>") for n in range(9)), gzip=True)
    return {
        "a/p.html": b"<p>page",
        "a/q.html.gz": gzip.compress(b"<p>packed"),
        "a/empty.txt": b"",
        "b/r.jsonl": rows,
        "b/s.jsonl.gz": gzip.compress(rows),
        "t.parquet": table.getvalue(),
        "w.warc.gz": warc,
        "names/[1]*?.html": b"<p>odd",
        "names/ü ö+%2F.txt": b"odd",
        "style.css": b"",
        ".hidden/x.txt": b"",
    }


def test_a_store_reads_the_same_as_a_folder(tmp_path: Path, bucket: str) -> None:
    files = every_format()
    put(tmp_path, files)
    fill(f"{bucket[5:]}/crawl", {name: bytes(content) for name, content in files.items()})  # type: ignore[arg-type]
    here, there = Counter[str](), Counter[str]()
    assert list(pages(f"{bucket}/crawl", aside=there)) == list(pages(tmp_path, aside=here))
    assert here == there == {".css": 1}
    for glob in ("*/*.html", "**/*.gz", "a", "b/*", "names/*"):
        assert list(pages(f"{bucket}/crawl/{glob}")) == list(pages(f"{tmp_path}/{glob}")), glob
    for name in ("b/s.jsonl.gz", "t.parquet", "names/[1]*?.html"):
        assert list(pages(f"{bucket}/crawl/{name}")) == list(pages(tmp_path / name)), name
    assert how_many(f"{bucket}/crawl") is None


def test_any_file_system_of_fsspec_is_a_source(tmp_path: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe({"/crawl/a.html": b"A", "/crawl/deep/b.jsonl": b'{"text": "B"}'})
    assert [page.content for page in pages("memory://crawl")] == [b"A", "B"]
    put(tmp_path, {"a.html": "A", "b.txt": "B"})
    assert [page.id for page in pages(f"file://{tmp_path}")] == ["a.html", "b.txt"]
    with pytest.raises(BadSource, match="nothing:// cannot be read or listed"):
        check("nothing://", tmp_path / "out")


def test_nothing_is_asked_for_twice_and_the_check_reads_nothing(bucket: str, door: ObjectStore, tmp_path: Path) -> None:
    check(bucket, tmp_path)
    assert not [asked for asked in door.asked if asked.startswith("GET") and "list-type" not in asked]
    door.asked.clear()
    assert len(list(pages(bucket))) == 6
    assert len([one for one in door.asked if "list-type" in one and "max-keys" not in one]) == 1  # deep/: / was, ahead
    asked = [one for one in door.asked if "list-type" not in one and not one.endswith(bucket[5:])]
    assert sorted(asked) == [f"GET /{bucket[5:]}/{name}" for name in ("a.txt", *(f"deep/p{n}.html" for n in range(5)))]


def test_what_is_new_in_a_store_is_seen_by_the_next_run(bucket: str, tmp_path: Path) -> None:
    for n in range(3):
        check(bucket, tmp_path)
        assert len(list(pages(bucket))) == 6 + n
        fill(bucket[5:], {f"new{n}.html": b"<p>"})
        assert len(list(pages(bucket))) == 7 + n


def test_a_source_may_not_lie_in_the_output(bucket: str) -> None:
    with pytest.raises(BadSource, match="written over"):
        check(f"{bucket}/out/pages", f"{bucket}/out")
    fill(f"{bucket[5:]}/out", {"articles.jsonl": b"{}"})
    assert "out" not in {page.id.partition("/")[0] for page in pages(bucket, leave_out=f"{bucket}/out/")}


# Stores that fail


FAULTS = {"drop": {"answer": 0}, "cut": {"cut": 1}, "slow": {"delay": 6.0}, "403": {"answer": 403},
          "500": {"answer": 500}, "503": {"answer": 503}}  # fmt: skip


def fails(door: ObjectStore, how: str, asked: str = "", skip: int = 0, times: int = 1 << 30) -> None:
    door.faults.append(Fault("GET", asked, skip=skip, times=times, **FAULTS[how]))


def good_and_lost(source: str) -> tuple[list[RawPage], RawPage]:
    found = list(pages(source))
    (lost,) = (page for page in found if page.error)
    return [page for page in found if not page.error], lost


@pytest.mark.parametrize("once", sorted(FAULTS.keys() - {"403"}))
def test_what_fails_once_is_read_again(bucket: str, door: ObjectStore, once: str) -> None:
    if once in ("500", "503"):  # these the store's client tries again, not the file system
        fsspec.config.conf["s3"]["config_kwargs"]["retries"] = {"max_attempts": 3}
    if once == "slow":
        impatient()
    fails(door, once, skip=1, times=1)
    fails(door, once, skip=2, times=1)
    found = list(pages(bucket))
    assert [page.error for page in found] == [None] * 6
    assert found[3].content == b"<p>2"


@pytest.mark.parametrize(
    ("always", "why"), [("403", "a fault"), ("500", "a fault"), ("drop", ""), ("cut", ""), ("slow", "Read timeout")]
)
def test_an_object_that_cannot_be_read_is_one_page_with_an_error_and_the_rest_goes_on(
    bucket: str, door: ObjectStore, always: str, why: str
) -> None:
    if always == "slow":
        impatient()
    fails(door, always, "deep/p2.html")
    good, lost = good_and_lost(bucket)
    assert [page.id for page in good] == ["a.txt", "deep/p0.html", "deep/p1.html", "deep/p3.html", "deep/p4.html"]
    assert (lost.id, lost.content) == ("deep/p2.html", b"")
    assert lost.error and lost.error.startswith(f"{bucket}/deep/p2.html cannot be read: ") and why in lost.error
    assert lost.error.endswith("run the same command again.")


def test_the_connection_is_lost_in_the_middle_of_a_large_file(
    bucket: str, door: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "SMALL", 0)
    monkeypatch.setattr(walk, "BLOCK", 100_000)
    rows = b"".join(b'{"text": "%06d %s"}\n' % (n, b"x" * 100) for n in range(5_000))
    fill(bucket[5:], {"r.jsonl": rows})
    fails(door, "drop", "/r.jsonl", skip=2)
    good, lost = good_and_lost(f"{bucket}/r.jsonl")
    assert 1_000 < len(good) < 4_999
    assert [page.content[:6] for page in good] == [f"{n:06d}" for n in range(len(good))]
    assert lost.error and lost.error.startswith(f"{bucket}/r.jsonl:{len(good) + 1}: the file ends or breaks here")


def test_a_folder_that_cannot_be_listed_is_a_page_with_an_error(bucket: str, door: ObjectStore) -> None:
    fails(door, "403", "prefix=deep%2F")
    good, lost = good_and_lost(bucket)
    assert [page.id for page in good] == ["a.txt"]
    assert lost.id == "deep" and lost.error and lost.error.startswith(f"{bucket}/deep cannot be read: ")


@pytest.mark.parametrize("always", ["403", "500", "drop"])
def test_a_bucket_that_cannot_be_listed_at_all_is_refused_before_the_run_begins(
    bucket: str, door: ObjectStore, always: str, tmp_path: Path
) -> None:
    door.faults.append(Fault("", "", **FAULTS[always]))
    with pytest.raises(BadSource, match=f"{bucket} cannot be read or listed: .*[Cc]heck the address"):
        check(bucket, tmp_path / "out")
    door.faults.clear()
    for missing in (f"{bucket}/none", "s3://nowhere-at-all", f"{bucket}/none.jsonl"):
        with pytest.raises(BadSource, match=f"{missing} does not exist"):
            check(missing, tmp_path / "out")
    with pytest.raises(BadSource, match="holds no page"):
        check(f"{bucket}/*.jsonl", tmp_path / "out")


def test_a_slow_store_is_read_some_objects_at_a_time(bucket: str, door: ObjectStore) -> None:
    fill(bucket[5:], {f"many/{n:02}.html": b"<p>" for n in range(32)})
    door.faults.append(Fault("GET", "/many/", together=4))
    assert [page.error for page in pages(f"{bucket}/many")] == [None] * 32


@pytest.mark.prefect
def test_a_run_over_a_store_with_an_object_that_is_forbidden(
    bucket: str, door: ObjectStore, tmp_path: Path, home: Path, api: str
) -> None:
    fill(bucket[5:], {"crawl/a.html": HTML.encode(), "crawl/b.html": b"secret", "crawl/c.html": HTML.encode()})
    fails(door, "403", "b.html")
    env = surroundings(home, PREFECT_API_URL=api)
    done = subprocess.run(
        command("run", f"{bucket}/crawl", "--to", tmp_path / "out", "--json", "--workers", "1"),
        env=env, capture_output=True, text=True, timeout=200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["source"] == f"{bucket}/crawl"
    assert [a["id"] for a in parsed((tmp_path / "out" / "articles.jsonl").read_bytes())] == ["a.html", "c.html"]
    (kept,) = parsed((tmp_path / "out" / "quarantine.jsonl").read_bytes())
    assert (kept["id"], kept["error"]) == ("b.html", "Unreadable")
    assert f"{bucket}/crawl/b.html cannot be read: " in kept["reason"]
