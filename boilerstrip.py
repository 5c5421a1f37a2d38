"""Where boilerstrip is entered: the command, its own processes, and the flow that a deployment names.

`cleaners` and `flows` are common names: people who use Prefect have a folder `flows`. And with `python -m`, Prefect's
workers and an empty entry in PYTHONPATH, Python looks into the working directory first. Once this module is imported,
the two packages are taken from beside this file and from nowhere else. All other names are found as ever.

    python -m boilerstrip clean page.html                 the command, as `boilerstrip` is
    boilerstrip.clean_pages                               the flow, for prefect.yaml
    python -P boilerstrip.py -m flows.cleaning.hatch 5    main("5") of a module of ours (flows.cleaning.crew.process)
"""

import os
import sys
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any

HOME = os.path.dirname(os.path.abspath(__file__))
OURS = ("cleaners", "flows")
FOUND = "BOILERSTRIP_PATH"
"""Names the environment variable that tells a process of ours what its parent had in sys.path."""


class Beside:
    """What Python asks for a module before it looks into sys.path."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Where our own packages are; None for all others."""
        return PathFinder.find_spec(name, [HOME]) if name in OURS else None


def __getattr__(name: str) -> Any:
    """`clean_pages`, which imports Prefect. Raises ImportError where another `flows` or `cleaners` was there first."""
    if name != "clean_pages":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    for ours in OURS:
        file = getattr(sys.modules.get(ours), "__file__", None) or ""
        if ours in sys.modules and os.path.realpath(os.path.dirname(os.path.dirname(file))) != os.path.realpath(HOME):
            raise ImportError(
                f"this process has imported another module called {ours!r} ({file or 'a folder'}), "
                "and Python keeps one of each name. Import boilerstrip first, or run it as a process of its own."
            )
    from flows.run import clean_pages

    return clean_pages


def main() -> None:
    """The command."""
    from flows.cli import main

    main()


sys.meta_path.insert(0, Beside)

if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the working directory or, of a script, its own folder
    found = (*os.environ.pop(FOUND, "").split(os.pathsep), HOME)
    sys.path += [path for path in found if path and path not in sys.path]  # behind the standard library
    if sys.argv[1:2] == ["-m"]:
        import_module(sys.argv[2]).main(*sys.argv[3:])
    else:
        main()
