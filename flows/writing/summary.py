"""The summary of a run: for programs in `summary.json`, for people in `summary.md`."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from flows.cleaning.records import GROUPS, Tally
from flows.writing.output import REPORT, SUMMARY
from flows.writing.store import Store

LONGEST_NAME = 200
"""Characters of a name that the summary for people shows."""


def summary(total: Tally, **facts: Any) -> dict[str, Any]:
    """The run's summary: `facts` (source, rules, seconds, …) and the counts, each group from the largest down."""
    counts, characters = total["counts"], total["characters"]
    return {
        **{name: counts[name] for name in ("pages", "articles", "left_whole", "quarantined")},
        "characters": {name: characters[name] for name in ("in", "kept", "lifted", "removed")},
        **{group: _sorted(total[group]) for group in GROUPS[2:]},
        "stopped": {id: count / 100 for id, count in _sorted(total["stopped"]).items()},
        **facts,
    }


def last_summary(to: Store) -> dict[str, Any] | None:
    """The summary that the last run into the folder wrote; None where there is none that can be read."""
    try:
        found = json.loads(next(to.read([SUMMARY])))
        return found if isinstance(found.get("characters"), dict) else None
    except (FileNotFoundError, ValueError, AttributeError):
        return None


def write_summary(to: Store, result: Mapping[str, Any]) -> str:
    """Write a run's summary as `summary.json` and `summary.md`; return the markdown."""
    text = markdown(result)
    plain = json.dumps(result, ensure_ascii=False, indent=2) + "\n"
    to.write({name: one.encode("utf-8", "backslashreplace") for name, one in ((SUMMARY, plain), (REPORT, text))})
    return text


def markdown(result: Mapping[str, Any]) -> str:
    """A run's summary for people."""
    characters, read = result["characters"], result["characters"]["in"]
    rows = [(name, f"{result[name]:,}") for name in ("pages", "new", "articles", "quarantined") if name in result]
    rows[-1:-1] = [("left whole", f"{result['left_whole']:,}")] if result.get("left_whole") else []
    rows += [("characters in", f"{read:,}")]
    rows += [(name, _with_share(characters[name], read)) for name in ("kept", "lifted", "removed")]
    rows += [("seconds", f"{result['seconds']:,.1f}"), ("rules", result["rules"])]
    parts = ["# boilerstrip", "", *_table(("run", "count"), rows)]
    for group, title in (
        ("errors", "Quarantined, by error"),
        ("stopped", "Stopped pages, seconds"),
        ("hits", "Hits by rule"),
        ("repairs", "Repairs"),
        ("languages", "Articles by language"),
        ("hosts", "Articles by host"),
        ("left_aside", "Left aside, by ending or kind"),
    ):
        if result.get(group):
            name = title.rpartition(" ")[2]
            parts += ["", f"## {title}", "", *_table((name, "count"), _top(result[group]))]
    return "\n".join(parts) + "\n"


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    """By count from the largest down, then by name: the same for any order of work."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _with_share(count: int, of: int) -> str:
    return f"{count:,} ({count / of:.1%})" if of else f"{count:,}"


def _top(counts: Mapping[str, int], most: int = 40) -> list[tuple[str, str]]:
    """The first rows of a table, at most so many, and how many there are beside them."""
    rows = [(name, f"{count:,}") for name, count in list(counts.items())[:most]]
    return rows + ([(f"… and {len(counts) - most:,} more", "")] if len(counts) > most else [])


def _table(head: tuple[str, str], rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"| {head[0]} | {head[1]} |", "| --- | ---: |", *(f"| {_cell(a)} | {_cell(b)} |" for a, b in rows)]


def _cell(text: str) -> str:
    """A host name, id or rule id comes from outside: it must not end the table, be markup in it, or be endless.

    What cannot be printed is left out: a lone surrogate cannot be sent to Prefect, nor a NUL be kept by PostgreSQL.
    """
    short = re.sub(r"\s+", " ", text if len(text) <= LONGEST_NAME else text[:LONGEST_NAME] + "…")
    return re.sub(r"([\\|<>`*_\[\]])", r"\\\1", "".join(c if c.isprintable() else "\ufffd" for c in short))
