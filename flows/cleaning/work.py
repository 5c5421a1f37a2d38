"""What becomes of pages: records, lines of quarantine, counts. This runs in the worker processes. No Prefect here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from cleaners import Article, BadInput, Page, view
from flows.cleaning.records import Tally, add, article, line, new_tally, quarantined
from flows.reading.raw import UNREADABLE, RawPage

if TYPE_CHECKING:
    from cleaners import Cleaner


class Part(NamedTuple):
    """What became of some pages: lines for the two output files, counts, and how to take one page out again."""

    articles: bytes
    quarantine: bytes
    counts: bytes
    """A line of JSON a page: its own tally."""
    tally: Tally
    """The counts of all pages together."""
    sizes: list[tuple[int, int, int]]
    """For each page, how many bytes of `articles`, `quarantine` and `counts` are its own."""
    stopped: list[bool]
    """For each page, whether it was stopped at its deadline or memory limit, or killed its worker."""


def clean_page(cleaner: Cleaner, page: RawPage) -> Part:
    """One page cleaned, or quarantined with its reason. Raises MemoryError; nothing else because of the page."""
    if page.error:
        return failed(page, UNREADABLE, page.error)
    try:
        labelled = cleaner.label(page.content, page.url, id=page.id, name=page.name, crawled=page.crawled)
        articles = view.articles(labelled, cleaner.rules)
    except BadInput as error:
        return failed(page, type(error).__name__, str(error))
    except MemoryError:
        raise  # this process has reached its limit: what it says from here on is not to be trusted
    except Exception as error:
        return failed(page, type(error).__name__, f"the cleaner failed on this page, a fault of its own: {error!r}")
    return _part(b"".join(article(a.to_dict()) for a in articles), b"", _tally(labelled, articles))


def failed(page: RawPage, error: str, reason: str, seconds: float | None = None) -> Part:
    """The page in quarantine. `seconds`: after what time it was stopped, where it did not end by itself.

    The time goes into the counts and not into the page's record, which has to be the same in every run.
    """
    tally = new_tally()
    tally["counts"].update(pages=1, quarantined=1)
    tally["errors"][error] += 1
    if seconds is not None:
        tally["stopped"][page.id] = round(seconds * 100)
    return _part(b"", line(quarantined(page, error, reason)), tally, stopped=seconds is not None)


def _part(articles: bytes, quarantine: bytes, tally: Tally, *, stopped: bool = False) -> Part:
    """The part of one page."""
    counts = line({group: names for group, names in tally.items() if names})
    return Part(articles, quarantine, counts, tally, [(len(articles), len(quarantine), len(counts))], [stopped])


def _tally(page: Page, articles: list[Article]) -> Tally:
    """Counts of a cleaned page, all derived from its signatures, in one pass: this runs for every page.

    The characters are those of the source (HTML: of its visible blocks) by fate; `in` is their sum.
    """
    hits: list[str] = []
    repairs: list[str] = []
    fates = {"kept": 0, "lifted": 0, "removed": len(page.lead)}
    text = page.kind == "text"
    for block in page.blocks:
        fate, size = block.fate, len(block.raw) + len(block.gap) * text
        if fate != "kept":
            if block.by:
                hits.append(block.by)
            for edit in block.edits:
                if not edit.cut:
                    repairs.append(edit.by)
        else:
            for edit in block.edits:
                if edit.cut:
                    gone = edit.end - edit.start
                    fates["removed"] += gone
                    size -= gone
                    hits.append(edit.by)
                else:
                    repairs.append(edit.by)
        fates[fate] += size
    return {
        "counts": +Counter(pages=1, articles=len(articles), left_whole=int(articles[0].left_whole is not None)),
        "characters": Counter(fates, **{"in": sum(fates.values())}),
        "hits": Counter(hits),
        "repairs": Counter(repairs),
        "languages": Counter([a.language or "unknown" for a in articles]),
        "hosts": Counter([a.host or "unknown" for a in articles]),
    }


def merge(parts: Iterable[Part]) -> Part:
    """The parts as one, in their order."""
    parts, total = list(parts), new_tally()
    for part in parts:
        add(total, part.tally)
    return Part(
        b"".join(part.articles for part in parts),
        b"".join(part.quarantine for part in parts),
        b"".join(part.counts for part in parts),
        total,
        [size for part in parts for size in part.sizes],
        [stop for part in parts for stop in part.stopped],
    )
