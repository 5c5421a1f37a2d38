"""The head of a text with the site's junk in it: title, standfirst, byline and date are found, nothing else is."""

import pytest

from cleaners import Article, Cleaner

TITLE = "Lindow council votes to close the bridge"
STANDFIRST = "Residents of the island learnt of the decision in a letter that came by the last ferry of the day."
BODY = [
    "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring.",
    "Workers will take up the deck in March, said the harbour master, and nobody expects the ferry to fill the gap.",
    "The bridge was opened in 1903 and has been mended eleven times since, most of them in the week before Easter.",
]


def read(cleaner: Cleaner, *lines: str, body: list[str] = BODY) -> Article:
    (article,) = cleaner.clean("\n".join([*lines, *body]))
    return article


HEADS = {
    "byline and date below": [TITLE, "By Ada Quill", "3 May 2021"],
    "breadcrumb, ticker, share bar": [
        *("Home › News › Lindow", "Breaking news", "Ferry late again, harbour says", "Bridges", TITLE),
        *("Ada Quill", "3 May 2021, 08:15", "2 min read", "Share", "Save for later"),
    ],
    "a path that says the title": ["Home > News > Lindow council votes to close", TITLE, "by Ada Quill", "2021-05-03"],
    "a date above": ["3 May 2021", TITLE, "by Ada Quill, University of Lindow"],
    "the standfirst passes for prose": [TITLE, STANDFIRST, "By Ada Quill", "3 May 2021", "Share"],
    "both days": [TITLE, "Ada Quill", "Published: 3 May 2021 | Updated: 4 May 2021, 10:20"],
    "name and day in one line": [TITLE, "Ada Quill — Monday, 3 May 2021, 08:30"],
    "name, day, section and comments in one": [TITLE, "3 May 2021 · by Ada Quill · in Bridges · 6 comments"],
    "a name with its place": [TITLE, "Ada Quill - Lindow", "3 May 2021"],
    "'by' on a line of its own": [TITLE, "Posted on", "3 May 2021", "by", "Ada Quill"],
    "the site behind the title": [f"{TITLE} | The Lindow Post", "By Ada Quill", "3 May 2021"],
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_title_author_and_day(cleaner: Cleaner, head: list[str]) -> None:
    article = read(cleaner, *head)
    assert (article.title, article.authors, article.published) == (TITLE, ("Ada Quill",), "2021-05-03")
    assert [line for line in BODY if line not in article.text] == []


def test_a_standfirst_above_the_byline_leaves_the_text(cleaner: Cleaner) -> None:
    article = read(cleaner, *HEADS["the standfirst passes for prose"])
    assert (article.standfirst, article.text.split("\n")[0]) == (STANDFIRST, BODY[0])


def test_what_is_cut_off_a_title_is_listed(cleaner: Cleaner) -> None:
    article = read(cleaner, f"{TITLE} | The Lindow Post", "3 May 2021")
    assert [(entry["by"], entry["text"]) for entry in article.removed if entry["by"] == "head.site"] == [
        ("head.site", " | The Lindow Post")
    ]


SCRIPTS = {
    "he": (
        "הגשר של הכפר ייסגר עד האביב",
        "דנה לוי",
        "המועצה הצביעה אמש, אחרי ארבע שעות, לסגור את הגשר של הכפר עד שיגיע האביב, ורק אז יפתחו אותו שוב.",
    ),
    "ru": (
        "Мост в Липове закроют до весны",
        "Анна Рогова",
        "Совет Липова собрался во вторник вечером и после четырёх часов решил закрыть мост до весны.",
    ),
    "hu": (
        "Tavaszig lezárják a lipovai hidat",
        "Szabó Réka",
        "A lipovai tanács kedden este ült össze, és négy óra után úgy döntött, hogy a híd tavaszig zárva marad.",
    ),
}


@pytest.mark.parametrize(("title", "name", "prose"), SCRIPTS.values(), ids=SCRIPTS.keys())
def test_a_name_between_title_and_date(cleaner: Cleaner, title: str, name: str, prose: str) -> None:
    article = read(cleaner, title, name, "03.05.2021", body=[prose, prose.replace(".", "!", 1)])
    assert (article.title, article.authors) == (title, (name,))


@pytest.mark.parametrize(
    "lines",
    [
        ["Plums", "Rum", "Flour", "Butter"],
        ["It rained."],
        ["“Where is she?”", "“Gone.”"],
        ["Nobody came", "Nobody went"],
    ],
)
def test_other_lines_above_prose_stay(cleaner: Cleaner, lines: list[str]) -> None:
    article = read(cleaner, *lines)
    assert article.text.split() == " ".join([*lines, *BODY]).split()


def test_the_days_of_a_diary_end_no_head(cleaner: Cleaner) -> None:
    diary = [line for n, day in enumerate(("3 May 2021", "4 May 2021", "5 May 2021")) for line in (day, BODY[n])]
    article = read(
        cleaner,
        "A week at the bridge of Lindow",
        "I kept a diary while the bridge of Lindow was closed, and here is all of it, word for word.",
        body=diary,
    )
    assert article.text.startswith("I kept a diary")


def test_who_is_in_the_text_did_not_write_it(cleaner: Cleaner) -> None:
    body = [BODY[0].replace("The council", "Ada Quill and the council"), *BODY[1:]]
    article = read(cleaner, TITLE, "3 May 2021", "Save", "Ada Quill", "Picture (Ada Quill)", body=body)
    assert article.authors == ()


LISTS = {
    "a ticker": ["06:10", "Ferry cancelled", "06:45", "Schools closed", "07:20", "Road to the bridge closed", "08:05"],
    "a ticker with a lead": [
        BODY[1],
        "06:10",
        "First ferry cancelled",
        "06:45",
        "Schools closed",
        "07:20",
        "Mist",
        "08:05",
    ],
    "a diary": [STANDFIRST, "3 May", "The bridge is shut", "4 May", "The ferry is full", "5 May 2022"],
    "items of a meeting": [
        "Present: A. Quill (chair), B. Ode, C. Rill",
        "Absent: D. Mole",
        "1. Bridge",
        "Agreed.",
        "2. Ferry",
    ],
}


@pytest.mark.parametrize("lines", LISTS.values(), ids=LISTS.keys())
def test_lists_below_a_title_are_no_heads(cleaner: Cleaner, lines: list[str]) -> None:
    article = read(cleaner, TITLE, *lines)
    assert article.text.split("\n\n")[-len(BODY) - len(lines) :] == [*lines, *BODY]
    assert article.standfirst is None


@pytest.mark.parametrize("marks", [("By Ada Quill",), ("By Ada Quill", "3 May 2021"), ("3 May 2021",)])
def test_a_first_subheading_that_would_read_as_the_title_of_what_is_left_is_the_standfirst(
    cleaner: Cleaner, marks: tuple[str, ...]
) -> None:
    """It had better stay in the text; but then cleaning the text again would lift it."""
    first, second, third = "Why the bridge was closed", "Who is to pay for it", "What the ferry can do"
    article = read(cleaner, TITLE, *marks, body=[first, BODY[0], second, BODY[1], third, BODY[2]])
    assert (article.title, article.standfirst, article.text.split("\n\n")[0]) == (TITLE, first, BODY[0])
    assert [again.text for again in cleaner.clean(article.text)] == [article.text]


def test_without_other_subheadings_it_is_a_standfirst(cleaner: Cleaner) -> None:
    article = read(cleaner, TITLE, "By Ada Quill", "Islanders learn of it from a letter")
    assert article.standfirst == "Islanders learn of it from a letter"


@pytest.mark.parametrize("numbers", ["§ 1 |§ 2 |§ 3 ", "1. |2. |3. ", "1) |2) |3) "])
def test_a_numbered_heading_is_no_title(cleaner: Cleaner, numbers: str) -> None:
    headings = [
        f"{number}{name}" for number, name in zip(numbers.split("|"), ("Bridge", "Ferry", "Islands"), strict=True)
    ]
    body = [line for pair in zip(headings, BODY, strict=True) for line in pair]
    article = read(cleaner, "Rules of the bridge", body=body)
    assert article.kicker is None and article.text.endswith("\n\n".join(body))


def test_a_subheading_below_a_short_first_paragraph_stays(cleaner: Cleaner) -> None:
    body = [BODY[0], "Who is to pay for all of it", BODY[1], "What the ferry can do for them", BODY[2]]
    assert read(cleaner, TITLE, "By Ada Quill", body=body).text == "\n\n".join(body)
