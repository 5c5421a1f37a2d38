"""Several articles in one text: joined pages made of the articles in seeds/, which were written for this project."""

import random
from collections import Counter

import pytest
from joined_pages import BYLINES, SHAPES, Source, dressed, joined
from sample import ROOT

from cleaners import BadInput, Cleaner
from cleaners.words import sentence

JOINS = 300
FOUND = 0.95


@pytest.fixture(scope="module")
def articles(cleaner: Cleaner) -> dict[str, list[Source]]:
    """The articles of the seeds that have a title and end in a sentence, by language."""
    found: dict[str, list[Source]] = {}
    for path in sorted((ROOT / "seeds").glob("*.*")):
        try:
            made = cleaner.clean(path.read_bytes())
        except BadInput:
            continue
        for article in made:
            body = [line for line in article.text.split("\n") if line]
            if article.title and article.language in BYLINES and len(body) >= 4 and sentence(body[-1]):
                found.setdefault(article.language, []).append(
                    {"title": article.title, "body": body, "lang": article.language}
                )
    assert sum(map(len, found.values())) >= 12
    return found


def test_joins_are_found_at_the_right_line(articles: dict[str, list[Source]], cleaner: Cleaner) -> None:
    dice = random.Random(4)
    pools = {language: pool for language, pool in articles.items() if len(pool) >= 2}
    results: Counter[str] = Counter()
    wrong = []
    for _ in range(JOINS):
        (language,) = dice.choices(list(pools), [len(pool) for pool in pools.values()])
        text, opening = joined(*dice.sample(pools[language], 2), dice)
        begins = [next(b.raw for b in blocks) for blocks in cleaner.label(text).articles()[1:]]
        results["found" if begins == [opening] else "missed" if not begins else "elsewhere"] += 1
        wrong += [] if begins == [opening] else [(opening, begins)]
    assert results["found"] >= FOUND * JOINS, (results, wrong[:5])


def test_one_article_is_not_split(articles: dict[str, list[Source]], cleaner: Cleaner) -> None:
    dice = random.Random(4)
    split = []
    for article in (a for pool in articles.values() for a in pool):
        for shape in SHAPES:
            text = "\n\n".join(dressed(article, shape, dice.choice(BYLINES[article["lang"]]), dice))
            if len(cleaner.label(text).articles()) > 1:
                split.append((article["title"], shape))
    assert split == []


def test_both_articles_of_a_joined_page_have_their_title_and_author(cleaner: Cleaner) -> None:
    one = ["The ferry stays in port", "By Ada Quill", *(f"{said} {n}." for n in range(3) for said in (FERRY,))]
    two = ["Why the bees came back to Hallam?", "By Tom Ferro", *(f"{said} {n}." for n in range(3) for said in (BEES,))]
    first, second = cleaner.clean("\n\n".join(one + two))
    assert (first.title, first.authors, second.title, second.authors) == (
        *(one[0], ("Ada Quill",)),
        *(two[0], ("Tom Ferro",)),
    )


FERRY = "The ferry has not left the quay since the storm, and the captain says that the engine will need a week, of"
BEES = "Beekeepers on the hill counted more hives this summer than in any year since the orchards were felled in"
