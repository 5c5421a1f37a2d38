"""What becomes of a hostile page, found out in a process of its own that can be killed.

Run as a program, it is the server that those processes are forked from: it has loaded what they need, and no threads.
`python tests/hostile_run.py --full` prints what becomes of every kind at its full size, with seconds of the processor
and megabytes; `--table FILE` writes that as a table.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

from hostile import KINDS
from hostile_parts import FIRST, LAST, Kind, html, words

from cleaners import Article, BadInput, Cleaner, Page, view
from cleaners.dates import iso_date
from cleaners.source import decode

Told = dict[str, Any]


def become(kind: Kind, size: int, limit: int) -> Told:
    """What became of the page: `end` is article, refused, hung (`limit` seconds of the processor are used up) or the
    exception."""
    server = _server()
    assert server.stdin and server.stdout
    print(json.dumps([kind.name, size, limit]), file=server.stdin, flush=True)
    told: Told = json.loads(server.stdout.readline())
    return told


@cache
def _server() -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _serve() -> None:
    """Ends when nobody asks any more."""
    cleaner = Cleaner()
    for page in (html("<p>one</p>"), html(""), words(2_000)):  # the second has so little that all extractors are asked
        cleaner.clean(page)
    iso_date("1 May 2020", "en")
    gc.collect()
    gc.freeze()  # the forks share this memory as long as nobody writes to it, and a collection would
    for line in sys.stdin:
        print(json.dumps(_forked(cleaner, *json.loads(line))), flush=True)


def _forked(cleaner: Cleaner, name: str, size: int, limit: int) -> Told:
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        with open(writer, "w") as out:
            json.dump(_report(cleaner, name, size), out)
        os._exit(0)
    os.close(writer)
    with open(reader) as told:
        answer = told.read()  # however long it takes: a page waits for nothing but the processor
    hung = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGXCPU
    return json.loads(answer) if answer else {"end": "hung" if hung else "died"}


def _report(cleaner: Cleaner, name: str, size: int) -> Told:
    kind = next(kind for kind in KINDS if kind.name == name)
    source = kind.build(size)
    before, begin = _memory(), process_time()
    told: Told = {"end": "refused", "why": "", "wrong": []}
    articles: list[Article] = []
    try:
        page = cleaner.label(source, kind.url)
        articles = view.articles(page, cleaner.rules)
    except BadInput as error:
        told["why"] = str(error)
    except Exception as error:
        told["end"] = f"{type(error).__name__}: {error}"
    told |= {"seconds": round(process_time() - begin, 2), "megabytes": _memory() - before}
    return told | {"end": "article", "wrong": _wrong(kind, source, page, articles)} if articles else told


def _wrong(kind: Kind, source: str | bytes, page: Page, articles: list[Article]) -> list[str]:
    """What does not hold of the articles, in words."""
    text = "\n".join(article.text for article in articles)
    wrong = [f"lost in silence: {said}" for said in (FIRST, LAST) if kind.end == "article" and said not in text]
    if page.kind == "text":
        wrong += ["restore() differs"] * (
            page.restore() != (decode(source)[0] if isinstance(source, bytes) else source)
        )
    at = 0
    for span in page.spans():
        wrong += [f"span at {span.start} after {at}"] * (span.start != at or span.end <= at)
        at = span.end
    return wrong


def _memory() -> int:
    """Megabytes at the peak so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _full(table: str | None) -> None:
    """Print what becomes of every kind at its full size; ends with 1 where one does not end as it should."""
    rows, wrong = [], []
    for kind in KINDS:
        told = become(kind, kind.full, 600)
        end, seconds, megabytes = told["end"], told.get("seconds", 0.0), told.get("megabytes", 0)
        rows.append((kind.name, end, seconds, megabytes, told.get("why", "")))
        if kind.end not in ("either", end) or told.get("wrong") or seconds > 20 or megabytes > 1_000:
            wrong.append(kind.name)
        print(f"{kind.name:42} {seconds:6.1f} s {megabytes:6} MB  {end}", flush=True)
    ends = ", ".join(f"{count} {end}" for end, count in Counter(row[1] for row in rows).most_common())
    most = f"at most {max(row[2] for row in rows):.1f} s of the processor and {max(row[3] for row in rows)} MB"
    summary = f"{len(rows)} kinds: {ends}; {most}; not as they should: {', '.join(wrong) or 'none'}"
    print(summary)
    if table:
        head = ("| kind | becomes | seconds | megabytes | why |", "| --- | --- | ---: | ---: | --- |")
        lines = ["| {} | {} | {:.1f} | {} | {} |".format(*row) for row in rows]
        Path(table).write_text("\n".join(("# Hostile pages at full size", "", summary, "", *head, *lines, "")))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    if "--full" in sys.argv or "--table" in sys.argv:
        _full(sys.argv[sys.argv.index("--table") + 1] if "--table" in sys.argv else None)
    else:
        _serve()
