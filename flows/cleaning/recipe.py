"""What makes an article out of a page, as a hash: another recipe cleans every page again."""

from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from platform import python_version_tuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import cleaners
from cleaners import RuleSet
from cleaners.matching.fragments import BUILTIN, SHARED
from flows.cleaning import records, work


def recipe(rules: RuleSet) -> str:
    """A hash of what makes an article out of a page: the rules, the code that applies them, and what it stands on."""
    return blake2b(f"{rules.hash} {_code()}".encode(), digest_size=8).hexdigest()


@lru_cache(1)
def _code() -> str:
    """A hash of our own files, of the libraries' versions, and of Python's: its tables say what a letter is."""
    below = [f"{name} {installed}" for name, installed in sorted(libraries("boilerstrip").items())]
    below.append("python " + ".".join(python_version_tuple()[:2]))
    return blake2b(b"\0".join([*(file.read_bytes() for file in files()), *map(str.encode, below)])).hexdigest()


def files() -> list[Path]:
    """The library's files in all its folders, code and data; the words that its stages take from the rules; and the two
    that make records of its answers."""
    own = sorted(path for path in Path(cleaners.__file__).parent.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return [*own, BUILTIN / SHARED, Path(work.__file__), Path(records.__file__)]


def libraries(package: str) -> dict[str, str]:
    """The versions of the libraries that an installed package requires, and of those that they require in turn.

    Extras are left out: what only runs need makes no article. All others count, although a few (certifi, rich) make
    none either: to clean all pages once too often costs time, but a library that was forgotten (htmldate, which comes
    with trafilatura) would leave articles of two kinds in one file. Raises PackageNotFoundError where the package
    itself is not installed.
    """
    found: dict[str, str] = {}
    asked = [package]
    while asked:
        for line in requires(asked.pop()) or ():
            wanted = Requirement(line)
            name = canonicalize_name(wanted.name)
            if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
                continue
            try:
                found[name] = version(name)
            except PackageNotFoundError:  # somebody installed without it, and knows why
                found[name] = "not installed"
            else:
                asked.append(name)
    return found
