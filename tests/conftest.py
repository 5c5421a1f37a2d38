"""What the tests share: the built-in cleaner, and where the gold sets and scraped documents lie, if they do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from launch import server

from cleaners import Cleaner

ROOT = Path(__file__).resolve().parent.parent
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
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of all runs: Prefect makes its database there once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def api(home: Path) -> Iterator[str]:
    """The address of the Prefect server that the tests of runs share."""
    with server(home) as address:
        yield address


settings.register_profile("boilerstrip", deadline=None, print_blob=True)  # a busy machine is not a bug
settings.load_profile("boilerstrip")
