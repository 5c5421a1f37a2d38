"""When a run that has written all it has still counts as failed: it quarantined too much, or took out too much."""

from collections.abc import Mapping
from typing import Any

FEW = 5
"""So many pages in quarantine never make a run fail: one bad page of two says nothing."""
LEAST = 100
"""Pages that a run has to clean before the share that it removed is compared."""
QUARANTINE = 0.05
"""Share of a run's pages in quarantine at which it fails."""
REMOVAL = 0.10
"""How much larger the removed share of characters may be than before. In 20,000 draws of 100 pages of the gold sets
`articles` and `news`, one draw in a thousand is 0.08 over their mean: ten points are hardly ever chance."""


class OverLimit(RuntimeError):
    """The run is over a limit, and all its output is written. `summary` is the run's."""

    def __init__(self, why: str, summary: dict[str, Any]) -> None:
        super().__init__(why)
        self.summary = summary


def over(
    new: Mapping[str, Mapping[str, int]],
    before: Mapping[str, Any] | None,
    quarantine_limit: float = QUARANTINE,
    removal_limit: float = REMOVAL,
) -> str:
    """Why the run is over a limit, as a sentence; empty where it is not.

    `new`: the tally of the pages that this run cleaned; those that earlier runs had finished are not its doing.
    `before`: the summary of the last run into the same folder, if there is one.
    """
    pages, bad = new["counts"].get("pages", 0), new["counts"].get("quarantined", 0)
    if bad > FEW and bad > quarantine_limit * pages:
        worst = ", ".join(f"{error} {count:,}" for error, count in _largest(new["errors"]))
        return (
            f"{bad:,} of the {pages:,} pages that this run cleaned are in quarantine ({bad / pages:.1%}; "
            f"the limit is {quarantine_limit:.1%}): {worst}"
        )
    now, then = _removed(new["characters"]), _removed(before["characters"]) if before else None
    if pages >= LEAST and now is not None and then is not None and now - then > removal_limit:
        return (
            f"{now:.1%} of the characters of the {pages:,} pages that this run cleaned were removed, "
            f"{then:.1%} by the last run into this folder (the limit is {removal_limit * 100:g} points more)"
        )
    return ""


def _removed(characters: Mapping[str, int]) -> float | None:
    """The share of characters that was removed; None where there were none."""
    read = characters.get("in", 0)
    return characters.get("removed", 0) / read if read else None


def _largest(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3]
