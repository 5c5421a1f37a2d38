"""Modules that somebody has in the working directory, with the names of ours. None of them is ever to be imported."""

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
