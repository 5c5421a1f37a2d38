"""Dates in words and figures, to ISO 8601."""

import pytest

from cleaners.dates import iso_date


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("3 May 2021", "en", "2021-05-03"),
        ("Published on Monday, May 3, 2021", "en", None),  # a label is no part of a date
        ("3/4/2021", "en", "2021-03-04"),
        ("3/4/2021", "fr", "2021-04-03"),
        ("12. März 2021", "de", "2021-03-12"),
        ("12 марта 2021 г.", "ru", "2021-03-12"),
        ("2021年5月3日", "zh", "2021-05-03"),
        ("12 mars 2021", None, "2021-03-12"),
        ("12 mars 2021", "en", "2021-03-12"),  # the page's language is a guess
        ("12 mars 2021", "tlh", "2021-03-12"),  # dateparser has no Klingon
    ],
)
def test_a_date_is_read_in_the_page_s_language_first(text: str, language: str | None, date: str | None) -> None:
    assert iso_date(text, language) == date


@pytest.mark.parametrize("text", ["yesterday", "May 2021", "2021", "10:30", "12 Smarch 2021", "31 February 2021", ""])
def test_what_is_not_a_whole_date_is_none(text: str) -> None:
    """And "yesterday" would depend on the day on which the page is cleaned."""
    assert iso_date(text, "en") is None
