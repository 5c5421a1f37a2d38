"""What the tests share: the built-in cleaner, and where the gold sets and scraped documents lie, if they do."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import settings
from launch import server
from sample import ROOT

from cleaners import Cleaner

if TYPE_CHECKING:
    from object_store import ObjectStore

SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def cleaner() -> Cleaner:
    return Cleaner()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of documents that belong to others; tests that read it skip where it is not there."""
    if not SHARED.is_dir():
        pytest.skip("the gold sets and scraped documents are not here: they lie in ../shared beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def together(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all processes share which run tests."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def database(together: Path) -> Path:
    """A folder with Prefect's empty database, to be copied. To make one takes six seconds: it is made once."""
    with FileLock(together / "database.lock"):
        if not (together / "database").exists():
            (together / "database").mkdir()
            with server(together / "database"):
                pass
            shutil.copytree(together / "database", together / "server", ignore=shutil.ignore_patterns("pipe"))
    return together / "database" / ".prefect"


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Path:
    """The home folder of all runs."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(database, folder / ".prefect")
    return folder


@pytest.fixture(scope="session")
def api(together: Path, database: Path) -> Iterator[str]:
    """The address of the Prefect server that the tests of runs share."""
    with server(together / "server") as address:
        yield address


@pytest.fixture(scope="session")
def object_server() -> Iterator["ObjectStore"]:
    from object_store import started  # half a second: only where a test asks for it

    with started() as store:
        yield store


@pytest.fixture
def objects(object_server: "ObjectStore", monkeypatch: pytest.MonkeyPatch) -> Iterator["ObjectStore"]:
    """An object store on loopback that this process finds at s3:// addresses, without faults."""
    for name, value in object_server.environment.items():
        monkeypatch.setenv(name, value)
    object_server.faults.clear()
    object_server.asked.clear()
    yield object_server
    object_server.faults.clear()


LONGEST = (
    "test_schedule.py", "test_docs.py", "test_engines.py", "test_run.py", "test_wheel.py", "test_drill.py",
    "test_boilerstrip.py", "test_bucket.py", "test_crew.py", "test_hostile_flow.py", "test_output.py", "test_limit.py",
    "test_hostile.py", "test_pipeline.py", "test_whole_page.py", "test_properties.py", "test_cli.py", "test_fuzz.py",
)  # fmt: skip
"""Files that take longest, those that mostly wait before the others: they begin first, so that no process is left alone
with one at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        return LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST)

    items.sort(key=rank)


def pytest_collection_finish() -> None:
    """Modules, rules and tests stay: that the collector of garbage goes through them again and again takes a tenth."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """As many processes as processors; one more where runs are tested, which wait for servers and clocks."""
    return (os.cpu_count() or 1) + ("not prefect" not in config.option.markexpr)


settings.register_profile("boilerstrip", deadline=None, print_blob=True)  # a busy machine is not a bug
settings.load_profile("boilerstrip")
