"""Dates as people write them, to ISO 8601, by dateparser: the months and orders of two hundred languages."""

from __future__ import annotations

from typing import Any

LONGEST_DATE = 80
"""Characters of a date line that are read; the date stands at its beginning."""
SETTINGS: dict[str, Any] = {
    "PARSERS": ["absolute-time"],  # never "yesterday": the output of a page does not depend on the day it is cleaned
    "REQUIRE_PARTS": ["day", "month", "year"],
    "STRICT_PARSING": True,
    "RETURN_AS_TIMEZONE_AWARE": False,
}


def iso_date(text: str, language: str | None) -> str | None:
    """YYYY-MM-DD of a date in words or figures, or None where it is not a whole date.

    `language` (ISO 639-1) tells which months are meant, and whether 3/4 is in March or in April.
    """
    from dateparser import parse  # half a second: only where a page has a date line

    for languages in ([language] if language else None, None):
        try:
            found = parse(text[:LONGEST_DATE], languages=languages, settings=SETTINGS)
        except ValueError:  # a language that dateparser does not know
            continue
        if found:
            return str(found.date().isoformat())
    return None
