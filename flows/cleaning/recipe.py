"""What makes an article out of a page, as a hash: another recipe cleans every page again."""

from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import cleaners
from cleaners import RuleSet
from cleaners.matching.fragments import BUILTIN, SHARED
from flows.cleaning import records, work


def recipe(rules: RuleSet) -> str:
    """A hash of what makes an article out of a page: the rules, the code that applies them, and what it stands on."""
    return blake2b(f"{rules.hash} {_code()}".encode(), digest_size=8).hexdigest()


@lru_cache(1)
def _code() -> str:
    home = Path(cleaners.__file__).parent
    data = (p for p in sorted(home.rglob("*")) if p.is_file() and p.suffix in (".py", ".json", ".toml", ".txt", ".gz"))
    words = BUILTIN / SHARED  # that the stages take from the rules
    files = chain(data, (Path(work.__file__), Path(records.__file__), words))
    libraries = [version(name) for name in ("trafilatura", "lxml", "ftfy", "dateparser", "py3langid", "regex")]
    return blake2b(b"\0".join([*(file.read_bytes() for file in files), *map(str.encode, libraries)])).hexdigest()
