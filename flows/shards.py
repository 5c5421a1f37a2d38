"""What a run has finished and the next one need not do again: shards of pages in the output folder, and their join.

A page is known by its content: the key of a page is a hash of all that a worker is given of it. A shard is a list of
pages that was frozen when it was cleaned; its manifest, written last, names their keys. A run reads its whole source,
looks each key up, and cuts new shards out of the pages that it does not find. So pages that are added make new shards
and touch no old one; a page that has changed or gone is passed over in its shard, whose other pages stay valid; and a
shard that is not asked for any more is removed once the run is complete.

The articles and the quarantine are joined in the order of the source, whichever shards the pages lie in. So the
output is the same for any number of runs, workers and interruptions, and memory is flat: 8 bytes a page for the order
and 21 to 32 for each of the tables of keys and of ids.
"""

import fcntl
import json
import os
import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version
from itertools import accumulate, chain
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

import cleaners
from cleaners import RuleSet
from flows import work, write
from flows.read import RawPage
from flows.table import Table
from flows.work import Part

FOLDER = "shards"
"""Folder inside the output folder. Without it, the next run cleans every page again."""
LOCK = "lock"
SCRATCH = "dask"
"""Folder for what a Dask cluster of our own writes; gone when the run is complete."""
COUNTS = "counts.jsonl"
KINDS = (write.ARTICLES, write.QUARANTINE, COUNTS)
"""The part files of a shard, in the order of Part's fields; then comes the manifest, whose kind is "json"."""
NAME = re.compile(r"([0-9a-f]{16})\.(articles\.jsonl|quarantine\.jsonl|counts\.jsonl|json)(\.tmp)?")
KEY = 16
"""Bytes of a page's key. The table of keys knows a page by the first eleven of them."""
MOST = 1 << 16
"""Most pages in a shard."""


class Busy(RuntimeError):
    """Another run is writing into the output folder."""


class Limits(NamedTuple):
    """What stops a page. A page that was stopped is tried again by a run with other limits."""

    deadline: float
    memory: int


class Manifest(NamedTuple):
    """What a finished shard holds."""

    recipe: str
    rules: str
    limits: Limits
    keys: str
    """Hex digits of the pages' keys, one after the other."""
    sizes: list[list[int]]
    """For each of KINDS, how many bytes of its file belong to each page."""
    stopped: list[int]
    """Places of the pages that were stopped at a limit."""
    tally: write.Tally


Missing = tuple[int, list[RawPage], str]
"""A shard to be cleaned: its number, its pages and their keys. Without pages: so many more are known already."""


@contextmanager
def lock(to: Path) -> Iterator[None]:
    """The output folder for this process alone. Raises Busy; the system frees it however the process ends."""
    (to / FOLDER).mkdir(parents=True, exist_ok=True)
    with open(to / FOLDER / LOCK, "a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            raise Busy(f"another run ({file.read(99).strip() or 'starting'}) is writing into {to}. "
                       "Wait until it has ended, or choose another folder.") from None  # fmt: skip
        file.truncate(0)
        file.write(f"process {os.getpid()}")
        file.flush()
        yield


def check(to: Path) -> None:
    """Raise Busy where another run is writing into the folder. Makes nothing."""
    if (to / FOLDER / LOCK).exists():
        with lock(to):
            pass


def recipe(rules: RuleSet) -> str:
    """A hash of what makes an article out of a page: the rules, the code that applies them, and what it stands on."""
    return blake2b(f"{rules.hash} {_code()}".encode(), digest_size=8).hexdigest()


@lru_cache(1)
def _code() -> str:
    home = Path(cleaners.__file__).parent
    data = (p for p in sorted(home.rglob("*")) if p.is_file() and p.suffix in (".py", ".json", ".toml", ".txt", ".gz"))
    files = chain(data, (Path(work.__file__), Path(write.__file__)))
    libraries = [version(name) for name in ("trafilatura", "lxml", "ftfy", "dateparser", "py3langid", "regex")]
    return blake2b(b"\0".join([*(file.read_bytes() for file in files), *map(str.encode, libraries)])).hexdigest()


def key_of(page: RawPage) -> bytes:
    """The page's key: what is the same here comes out the same."""
    told = json.dumps([page.id, page.name, page.url, page.error, isinstance(page.content, str)]).encode()
    found = blake2b(told, digest_size=KEY)
    found.update(page.content if isinstance(page.content, bytes) else page.content.encode("utf-8", "surrogatepass"))
    return found.digest()


def _place(number: int, at: int) -> int:
    """The place of a page as one number below 2**40: its shard, and where it stands there."""
    return number << 16 | at


class Shards:
    """The shards of one output folder, for a run that holds its lock.

    `order` is the place of each page of the source that was met so far.
    """

    def __init__(self, to: Path, recipe: str, rules: str, limits: Limits) -> None:
        """Sweep what an interrupted run left in the folder, and learn what is finished there."""
        self._to = to
        self._recipe, self._rules, self._limits = recipe, rules, limits
        self.order = array("Q")
        self._table = Table()
        self._names: list[str] = []
        self._lengths: list[int] = []
        self._ends = lru_cache(4096)(self._all_ends)
        sweep(to)
        for path in sorted((to / FOLDER).glob("*.json")):
            name = path.name.partition(".")[0]
            if NAME.fullmatch(path.name) and (told := self._valid(name)):
                self._learn(name, told)

    def missing(self, pages: Iterable[RawPage], count: int, size: int) -> Iterator[Missing]:
        """Go through the pages of the source; give those that are in no shard as new shards.

        A shard has at most `count` pages and, where more than one, at most `size` bytes.
        """
        new: list[RawPage] = []
        keys: list[str] = []
        held = known = 0
        for page in pages:
            key = key_of(page)
            place = self._find(key)
            if place is not None:
                self.order.append(place)
                known += 1
                if known == count:
                    yield known, [], ""
                    known = 0
                continue
            if new and (len(new) >= min(count, MOST) or held + len(page.content) > size):
                yield self._begin(keys), new, "".join(keys)
                new, keys, held = [], [], 0
            self.order.append(_place(len(self._names), len(new)))
            new.append(page)
            keys.append(key.hex())
            held += len(page.content)
        if known:
            yield known, [], ""
        if new:
            yield self._begin(keys), new, "".join(keys)

    def keep(self, number: int, keys: str, part: Part) -> None:
        """Write a shard that was cleaned: the part files, then the manifest that makes them count."""
        name = self._names[number]
        for kind, content in zip(KINDS, part[:3], strict=True):
            with write.whole(self._path(name, kind)) as file:
                file.write(content)
        stopped = [at for at, was in enumerate(part.stopped) if was]
        sizes = [list(one) for one in zip(*part.sizes, strict=True)]
        told = Manifest(self._recipe, self._rules, self._limits, keys, sizes, stopped, part.tally)
        with write.whole(self._path(name, "json")) as file:
            file.write(json.dumps(told._asdict()).encode() + b"\n")

    def join(self) -> None:
        """Write `articles.jsonl` and `quarantine.jsonl`: what became of each page of the source, in its order."""
        for kind in KINDS[:2]:
            with write.whole(self._to / kind) as out:
                for number, first, last in _runs(self.order):
                    out.write(self._read(number, kind, first, last))

    def tally(self) -> write.Tally:
        """The counts of all pages of the source."""
        total, seen = write.new_tally(), self._seen()
        for number, name in enumerate(self._names):
            if seen[number] == self._lengths[number]:
                write.add(total, _parse(self._path(name, "json")).tally)
        for number, first, last in _runs(self.order):
            if seen[number] < self._lengths[number]:
                for own in self._read(number, COUNTS, first, last).splitlines():
                    write.add(total, json.loads(own))
        return total

    def forget(self) -> None:
        """Remove the shards that hold no page of the source any more, and those of other rules."""
        used = {self._names[number] for number, count in enumerate(self._seen()) if count}
        sweep(self._to)
        _remove(self._to, lambda name: name not in used)

    def _seen(self) -> list[int]:
        """How many pages of each shard are pages of the source."""
        seen = [0] * len(self._names)
        for number, first, last in _runs(self.order):
            seen[number] += last - first
        return seen

    def _find(self, key: bytes) -> int | None:
        found = self._table.get(int.from_bytes(key[:8], "big"))
        return found & 0xFFFFFFFFFF if found is not None and found >> 40 == int.from_bytes(key[8:11], "big") else None

    def _begin(self, keys: list[str]) -> int:
        """The number of a new shard. Its name is its content's: a rerun of the same pages makes the same shard."""
        told = " ".join((self._recipe, repr(self._limits), *keys))
        self._names.append(blake2b(told.encode(), digest_size=8).hexdigest())
        self._lengths.append(len(keys))
        return len(self._names) - 1

    def _learn(self, name: str, told: Manifest) -> None:
        """Put the pages of a finished shard into the table; not those that were stopped, where limits have changed."""
        self._names.append(name)
        self._lengths.append(len(told.sizes[0]))
        stopped = set(told.stopped)
        for at in range(self._lengths[-1]):
            key = bytes.fromhex(told.keys[at * 2 * KEY : (at + 1) * 2 * KEY])
            if at not in stopped or (told.limits == self._limits and self._find(key) is None):
                value = int.from_bytes(key[8:11], "big") << 40 | _place(len(self._names) - 1, at)
                self._table.put(int.from_bytes(key[:8], "big"), value)

    def _valid(self, name: str) -> Manifest | None:
        """The manifest of a shard, if it is of these rules and its part files are as it says."""
        try:
            told = _parse(self._path(name, "json"))
            whole = all(
                self._path(name, kind).stat().st_size == sum(sizes)
                for kind, sizes in zip(KINDS, told.sizes, strict=True)
            )
        except (OSError, ValueError, TypeError):
            return None
        return told if whole and told.recipe == self._recipe else None

    def _path(self, name: str, kind: str) -> Path:
        return self._to / FOLDER / f"{name}.{kind}"

    def _read(self, number: int, kind: str, first: int, last: int) -> bytes:
        """The bytes of the pages from `first` to before `last` in a part file."""
        ends = self._ends(number, kind)
        with open(self._path(self._names[number], kind), "rb") as file:
            file.seek(ends[first])
            return file.read(ends[last] - ends[first])

    def _all_ends(self, number: int, kind: str) -> "array[int]":
        """Where each page begins in a part file, and the end."""
        sizes = _parse(self._path(self._names[number], "json")).sizes
        return array("Q", [0, *accumulate(sizes[KINDS.index(kind)])])


def sweep(to: Path) -> None:
    """Remove what an interrupted run left: temporary files, and parts of shards that were not finished."""
    for name in (write.ARTICLES, write.QUARANTINE, write.SUMMARY, write.REPORT):
        (to / f"{name}.tmp").unlink(missing_ok=True)
    rmtree(to / FOLDER / SCRATCH, ignore_errors=True)
    for path in (to / FOLDER).glob("*.tmp"):
        if NAME.fullmatch(path.name):
            path.unlink()
    _remove(to, lambda name: not (to / FOLDER / f"{name}.json").exists())


def _remove(to: Path, which: Callable[[str], bool]) -> None:
    """Remove the files of the shards whose name `which` says, the manifest first."""
    found: dict[str, list[Path]] = {}
    for path in (to / FOLDER).iterdir():
        if said := NAME.fullmatch(path.name):
            found.setdefault(said[1], []).append(path)
    for name, paths in found.items():
        if which(name):
            for path in sorted(paths, key=lambda path: path.suffix != ".json"):
                path.unlink()


def _parse(path: Path) -> Manifest:
    told = Manifest(**json.loads(path.read_bytes()))
    return told._replace(limits=Limits(*told.limits))


def _runs(order: "array[int]") -> Iterator[tuple[int, int, int]]:
    """The order as (shard, first, last): pages that stand next to each other in a shard go together."""
    places = iter(order)
    begin = next(places, None)
    if begin is None:
        return
    end = begin + 1
    for place in places:
        if place != end:
            yield begin >> 16, begin & 0xFFFF, ((end - 1) & 0xFFFF) + 1
            begin = place
        end = place + 1
    yield begin >> 16, begin & 0xFFFF, ((end - 1) & 0xFFFF) + 1
