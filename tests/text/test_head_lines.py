"""What a short line at the head of an article is."""

import pytest

from cleaners.text.head_lines import date_line, job_line, name_line


@pytest.mark.parametrize(
    "line",
    [
        "3 May 2021", "Published 12 mars 2021 à 10h30", "2021年5月3日 10:30", "Montag, 3. Mai 2021, 10.30 Uhr",
        "Last updated: 10:30 am GMT", "03/05/2021 | The Lindow Post", "Опубликовано 3 мая 2021",
    ],
)  # fmt: skip
def test_dates_with_their_labels(line: str) -> None:
    assert date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "", "May", "The bridge of 1911", "Election 2021: what the parties say about the bridge",
        "On 3 May 2021 the council of Lindow voted to close the bridge until spring",
        "10:30 the council meets", "Chapter 3", "5 May " + "2021 " * 30,
    ],
)  # fmt: skip
def test_lines_that_are_no_dates(line: str) -> None:
    assert not date_line(line)


@pytest.mark.parametrize(
    ("line", "name", "job"),
    [
        ("Ada Quill", True, False),
        ("Ines de la Torre", True, False),
        ("Ada Quill and Tom Ferro", False, False),
        ("Ada Quill, Staff Writer", True, True),
        ("Ada Quill Reporter", True, True),
        ("Quill", False, False),
        ("Ada quill", False, False),
        ("Route 66 Revisited", False, False),
        ("Lindow Council Votes To Close The Bridge Until Spring", False, False),  # eight words and more are a title
    ],
)
def test_names_and_bylines(line: str, name: bool, job: bool) -> None:
    assert (name_line(line), job_line(line)) == (name, job)
