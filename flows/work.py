"""What a worker process does: pages in, records and counts out. Run as a module it is that process. No Prefect here."""

import os
import resource
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import NamedTuple

from cleaners import Article, BadInput, Cleaner, Page, view
from flows.read import UNREADABLE, RawPage
from flows.write import Tally, add, line, new_tally, quarantined


class Part(NamedTuple):
    """What became of some pages: lines for the two output files, and counts."""

    articles: bytes
    quarantine: bytes
    tally: Tally


def clean_page(cleaner: Cleaner, page: RawPage) -> Part:
    """One page cleaned, or quarantined with its reason. Never raises because of the page."""
    if page.error:
        return failed(page, UNREADABLE, page.error)
    try:
        labelled = cleaner.label(page.content, page.url, id=page.id, name=page.name)
        articles = view.articles(labelled, cleaner.rules.hash)
    except BadInput as error:
        return failed(page, type(error).__name__, str(error))
    except (Exception, MemoryError, RecursionError) as error:
        return failed(page, type(error).__name__, f"the cleaner failed on this page, a fault of its own: {error!r}")
    return Part(b"".join(line(a.to_dict()) for a in articles), b"", _tally(labelled, articles))


def failed(page: RawPage, error: str, reason: str) -> Part:
    """The page in quarantine."""
    tally = new_tally()
    tally["counts"].update(pages=1, quarantined=1)
    tally["errors"][error] += 1
    return Part(b"", line(quarantined(page, error, reason)), tally)


def _tally(page: Page, articles: list[Article]) -> Tally:
    """Counts of a cleaned page, all derived from its signatures."""
    tally = new_tally()
    tally["counts"].update(pages=1, articles=len(articles))
    tally["characters"].update(_characters(page))
    tally["hits"].update(b.by for b in page.blocks if b.by and not b.kept)
    tally["hits"].update(e.by for b in page.blocks if b.kept for e in b.edits if e.cut)
    tally["repairs"].update(e.by for b in page.blocks for e in b.edits if not e.cut)
    tally["languages"].update(a.language or "unknown" for a in articles)
    tally["hosts"].update(a.host or "unknown" for a in articles)
    return tally


def _characters(page: Page) -> Counter[str]:
    """Characters of the source (HTML: of its visible blocks) by fate; `in` is their sum."""
    found: Counter[str] = Counter()
    if page.kind == "text":
        for span in page.spans():
            found[span.fate] += span.end - span.start
    else:
        for block in page.blocks:
            gone = sum(e.end - e.start for e in block.edits if e.cut) if block.kept else 0
            found[block.fate] += len(block.raw) - gone
            found["removed"] += gone
    found["in"] = found.total()
    return found


def merge(parts: Iterable[Part]) -> Part:
    """The parts as one, in their order."""
    articles, quarantine, total = [], [], new_tally()
    for part in parts:
        articles.append(part.articles)
        quarantine.append(part.quarantine)
        add(total, part.tally)
    return Part(b"".join(articles), b"".join(quarantine), total)


PROSE = "The bridge was closed on Tuesday, and the ferry takes its place until the spring. " * 3
WARM_UP = (PROSE, f"<html><body><article><p>{PROSE}</p><p>{PROSE}</p></article></body></html>")
"""Cleaned before the first page comes: the library loads parts of itself on first use, on no page's account."""


def serve(wire: Connection) -> None:
    """Answer each list of pages with what became of them, until the other end of `wire` is gone.

    The first message is (rules, deadline in seconds, the function that cleans one page: `clean_page`).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which ends this process
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash writes no file
    rules, deadline, clean = wire.recv()
    cleaner = Cleaner(rules)
    for page in WARM_UP:
        with suppress(BadInput):
            cleaner.clean(page)
    wire.send("ready")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # from here on nobody reads it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            pages = wire.recv()
        except EOFError:
            return
        # The parent watches the time. Where the parent is gone, the kernel does, also while C code runs.
        signal.setitimer(signal.ITIMER_REAL, deadline + 5)
        part = merge(clean(cleaner, page) for page in pages)
        signal.setitimer(signal.ITIMER_REAL, 0)
        wire.send(part)


def _end_with_parent() -> None:
    while os.read(0, 1):  # nothing is ever sent: this returns when the parent is gone
        pass
    os._exit(1)


if __name__ == "__main__":
    from flows import work  # not this module's own names: what is sent must be found again by the other side

    work.serve(Connection(int(sys.argv[1])))
