"""One short article, as text and as HTML, and what a run writes of it."""

import json
from pathlib import Path
from typing import Any

from flows.reading.raw import RawPage

ROOT = Path(__file__).resolve().parent.parent
"""The checkout."""

PROSE = (
    "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring.",
    "Workers will take up the deck in March, said the harbour master, and nobody expects the ferry to fill the gap.",
    "The bridge was built in 1911 and carries eleven thousand people a day, most of them on their way to the mills.",
)
TEXT = "\n\n".join(("Lindow council votes to close the bridge", *PROSE))
HTML = f"<html><body><article><h1>Bridge to close</h1>{''.join(f'<p>{p}</p>' for p in PROSE)}</article></body></html>"


def raw_page(id: str, more: str = "") -> RawPage:
    """A short page that no other is like; one whose id begins with "!" has no article."""
    return RawPage(id, id, f"{PROSE[0]}\n\nPage {id}: {PROSE[1]}{more}" if id[0] != "!" else "Share on Facebook")


def parsed(lines: bytes) -> list[dict[str, Any]]:
    """The records of JSON lines."""
    return [json.loads(one) for one in lines.splitlines()]
