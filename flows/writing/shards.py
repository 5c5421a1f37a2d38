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

import json
import re
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple

from flows.cleaning import records
from flows.cleaning.work import Part
from flows.progress import Progress
from flows.reading.raw import RawPage
from flows.table import Table
from flows.writing import output
from flows.writing.store import SHARDS, Store

COUNTS = "counts.jsonl"
KINDS = ("articles.jsonl", "quarantine.jsonl", COUNTS)
"""The part files of a shard, in the order of Part's fields; then comes the manifest, whose kind is "json"."""
FILE = re.compile(r"([0-9a-f]{16})\.(articles\.jsonl|quarantine\.jsonl|counts\.jsonl|json)(\.tmp)?")
"""Names of a shard's files."""
KEY_BYTES = 16
"""Bytes of a page's key. The table of keys knows a page by the first eleven of them."""
MOST_PAGES = 1 << 16
"""Most pages in a shard: a page's place in it has 16 bits (_place)."""


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
    tally: records.Tally


Missing = tuple[int, list[RawPage], str]
"""A shard to be cleaned: its number, its pages, and the hex digits of their keys, one after the other."""


def key_of(page: RawPage) -> bytes:
    """The page's key: a hash of all that its records depend on, so that pages with the same key come out the same."""
    facts = repr((page.id, page.name, page.url, page.error, isinstance(page.content, str))).encode()
    key = blake2b(facts, digest_size=KEY_BYTES)
    key.update(page.content if isinstance(page.content, bytes) else page.content.encode("utf-8", "surrogatepass"))
    return key.digest()


def _place(number: int, index: int) -> int:
    """The place of a page as one number below 2**40: its shard's number, and its index there in the last 16 bits."""
    return number << 16 | index


class Shards:
    """The shards of one output folder, for a run that holds its lock.

    They lie in its folder "shards". Without it, the next run cleans every page again.

    `order` is the place of each page of the source that was met so far; `finished`, how many pages earlier runs
    have cleaned.
    """

    def __init__(self, to: Store, recipe: str, rules: str, limits: Limits) -> None:
        """Sweep what an interrupted run left in the folder, and learn what is finished there."""
        self._to = to
        self._recipe, self._rules, self._limits = recipe, rules, limits
        self.order = array("Q")
        self._table = Table()
        self._names: list[str] = []
        self._lengths: list[int] = []
        self._sizes: list[list[int]] = []
        self._ends = lru_cache(1024)(self._all_ends)
        there = sweep(to)
        names = sorted(file.partition(".")[0] for file in there if file.endswith(".json"))
        for name, content in zip(names, to.read(_path(name, "json") for name in names), strict=True):
            if manifest := self._valid(name, content, there):
                self._learn(name, manifest)
        self.finished = sum(self._lengths)

    def missing(self, pages: Iterable[RawPage], count: int, size: int, progress: Progress) -> Iterator[Missing]:
        """Go through the pages of the source; give those that are in no shard as new shards.

        A shard has at most `count` pages and, where more than one, at most `size` bytes. The pages that are in one
        already are counted in `progress`.
        """
        new: list[RawPage] = []
        keys: list[str] = []
        new_size = 0
        for page in pages:
            key = key_of(page)
            place = self._find(key)
            if place is not None:
                self.order.append(place)
                progress.known += 1
                continue
            if new and (len(new) >= min(count, MOST_PAGES) or new_size + len(page.content) > size):
                yield self._begin(keys), new, "".join(keys)
                new, keys, new_size = [], [], 0
            self.order.append(_place(len(self._names), len(new)))
            new.append(page)
            keys.append(key.hex())
            new_size += len(page.content)
        if new:
            yield self._begin(keys), new, "".join(keys)

    def keep(self, number: int, keys: str, part: Part) -> None:
        """Write a shard that was cleaned: the part files, then the manifest that makes them count."""
        name = self._names[number]
        self._sizes[number] = [len(content) for content in part[:3]]
        self._to.write({_path(name, kind): content for kind, content in zip(KINDS, part[:3], strict=True)})
        stopped = [index for index, was_stopped in enumerate(part.stopped) if was_stopped]
        sizes = [list(one) for one in zip(*part.sizes, strict=True)]
        manifest = Manifest(self._recipe, self._rules, self._limits, keys, sizes, stopped, part.tally)
        self._to.write({_path(name, "json"): json.dumps(manifest._asdict()).encode() + b"\n"})

    def join(self, format: output.Format = "jsonl") -> None:
        """Write the articles and the quarantine: what became of each page of the source, in its order."""
        articles, quarantine, _ = KINDS
        output.write(self._to, self._ranges(articles), format)
        with self._to.whole(output.QUARANTINE) as out:
            for some in self._ranges(quarantine):
                out.write(some)

    def tally(self) -> records.Tally:
        """The counts of all pages of the source."""
        total, seen = records.new_tally(), self._used()
        full = {number for number, count in enumerate(seen) if count == self._lengths[number]}
        for content in self._to.read(_path(self._names[number], "json") for number in sorted(full)):
            records.add(total, _parse(content).tally)
        for some in self._ranges(COUNTS, full):
            for own in some.splitlines():
                records.add(total, json.loads(own))
        return total

    def forget(self) -> None:
        """Remove the shards that hold no page of the source any more, and those of other rules."""
        used = {self._names[number] for number, count in enumerate(self._used()) if count}
        _remove(self._to, sweep(self._to), lambda name: name not in used)

    def _used(self) -> list[int]:
        """How many pages of each shard are pages of the source."""
        used = [0] * len(self._names)
        for number, first, last in _stretches(self.order):
            used[number] += last - first
        return used

    def _find(self, key: bytes) -> int | None:
        """The place of the page with this key, if it is in a shard.

        The table is asked with the key's first eight bytes; its answer is the next three, to be compared, and 40 bits
        of place.
        """
        found = self._table.get(int.from_bytes(key[:8], "big"))
        return found & 0xFFFFFFFFFF if found is not None and found >> 40 == int.from_bytes(key[8:11], "big") else None

    def _begin(self, keys: list[str]) -> int:
        """The number of a new shard. Its name is its content's: a rerun of the same pages makes the same shard."""
        content = " ".join((self._recipe, repr(self._limits), *keys))
        self._names.append(blake2b(content.encode(), digest_size=8).hexdigest())
        self._lengths.append(len(keys))
        self._sizes.append([])
        return len(self._names) - 1

    def _learn(self, name: str, manifest: Manifest) -> None:
        """Put the pages of a finished shard into the table; not those that were stopped, where limits have changed."""
        self._names.append(name)
        self._lengths.append(len(manifest.sizes[0]))
        self._sizes.append([*map(sum, manifest.sizes)])
        stopped = set(manifest.stopped)
        keys = bytes.fromhex(manifest.keys)
        for index in range(self._lengths[-1]):
            key = keys[index * KEY_BYTES : (index + 1) * KEY_BYTES]
            if index not in stopped or (manifest.limits == self._limits and self._find(key) is None):
                value = int.from_bytes(key[8:11], "big") << 40 | _place(len(self._names) - 1, index)
                self._table.put(int.from_bytes(key[:8], "big"), value)

    def _valid(self, name: str, content: bytes, there: dict[str, int]) -> Manifest | None:
        """The manifest of a shard, if it is of these rules and its part files are as it says."""
        try:
            manifest = _parse(content)
            sizes = {f"{name}.{kind}": sum(sizes) for kind, sizes in zip(KINDS, manifest.sizes, strict=True)}
        except (ValueError, TypeError):
            return None
        return manifest if manifest.recipe == self._recipe and sizes.items() <= there.items() else None

    def _ranges(self, kind: str, without: Collection[int] = ()) -> Iterator[bytes]:
        """What became of the pages of the source, in its order, from the part files of a kind.

        `without`: numbers of shards that are passed over.
        """
        which = KINDS.index(kind)
        return self._to.ranges(
            (_path(self._names[number], kind), *self._between(number, which, first, last))
            for number, first, last in _stretches(self.order)
            if number not in without
        )

    def _between(self, number: int, which: int, first: int, last: int) -> tuple[int, int]:
        """Where the pages from `first` to before `last` begin and end in a part file. `which`: its place in KINDS."""
        if last - first == self._lengths[number]:
            return 0, self._sizes[number][which]
        ends = self._ends(number)[which]
        return ends[first], ends[last]

    def _all_ends(self, number: int) -> "list[array[int]]":
        """Where each page begins, and the end, in each part file of a shard."""
        (content,) = self._to.read([_path(self._names[number], "json")])
        return [array("Q", [0, *accumulate(sizes)]) for sizes in _parse(content).sizes]


def sweep(to: Store) -> dict[str, int]:
    """Remove what an interrupted run left: temporary files, and parts of shards that were not finished.

    Returns the names of the shards' files that stay, with their sizes.
    """
    left = {f"{name}.tmp" for name in (*output.NAMES, output.QUARANTINE, output.SUMMARY, output.REPORT)}
    to.remove(left & to.files("").keys())
    there = {name: size for name, size in to.files(SHARDS).items() if FILE.fullmatch(name)}
    temporary = {name for name in there if name.endswith(".tmp")}
    to.remove(f"{SHARDS}/{name}" for name in sorted(temporary))
    there = {name: size for name, size in there.items() if name not in temporary}
    return _remove(to, there, lambda name: f"{name}.json" not in there)


def _remove(to: Store, there: dict[str, int], which: Callable[[str], bool]) -> dict[str, int]:
    """Remove the files of the shards whose name `which` says, the manifests first. Returns those that stay."""
    gone = sorted(file for file in there if which(file.partition(".")[0]))
    for manifests in (True, False):
        to.remove(f"{SHARDS}/{file}" for file in gone if file.endswith(".json") == manifests)
    return {file: size for file, size in there.items() if file not in gone}


def _path(name: str, kind: str) -> str:
    return f"{SHARDS}/{name}.{kind}"


def _parse(content: bytes) -> Manifest:
    """Raises ValueError or TypeError where it is no manifest."""
    manifest = Manifest(**json.loads(content))
    return manifest._replace(limits=Limits(*manifest.limits))


def _stretches(order: "array[int]") -> Iterator[tuple[int, int, int]]:
    """The order as (shard, first, last): pages that follow each other in a shard too go together; without `last`."""
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
