"""Modules that somebody has in the working directory, with the names of ours. None of them is ever to be imported."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAMES = ("flows/__init__.py", "flows/cleaning.py", "flows/run.py", "flows/server.py", "cleaners.py", "rules.py")


def plant(folder: Path) -> None:
    """Modules with the names of ours, as somebody may have them. Each leaves a mark where it is imported, and fails."""
    for name in NAMES:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(
            "import os\nopen(os.path.splitext(os.path.abspath(__file__))[0] + '.imported', 'w').close()\n"
            "raise RuntimeError(f'imported: {__file__}')\n"
        )


def imported(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.imported"))


@contextmanager
def passed_over(folder: Path) -> Iterator[None]:
    """A working directory with such modules, of which none is imported meanwhile."""
    plant(folder)
    yield
    assert not imported(folder)


def paths(before: str = os.pathsep) -> dict[str, str]:
    """An environment in which PYTHONPATH begins with this; an empty entry is the working directory."""
    return {"PYTHONPATH": before + os.environ.get("PYTHONPATH", "")}
