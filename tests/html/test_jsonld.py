"""The article's own entry in a page's JSON-LD."""

import json

import pytest
from html_page import ONE, THREE, TWO, extract, ld, page_of, paragraphs


def test_an_author_that_json_ld_only_refers_to() -> None:
    graph = ld(author={"@id": "#ann"}, **{"@graph": [{"@type": "Person", "@id": "#ann", "name": "Ann Marsh"}]})
    assert extract(page_of(paragraphs(ONE, TWO, THREE), graph)).meta.authors == ("Ann Marsh",)


OTHER = {"@type": "BlogPosting", "headline": "An older one", "datePublished": "2003-02-01"}


@pytest.mark.parametrize(
    "said",
    [
        {"@type": "WebPage", "mentions": [OTHER]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": OTHER}]},
        {"@type": "Product", "name": "Boat", "review": OTHER | {"@type": "Review"}},
        {"@type": "WebSite", "hasPart": [OTHER]},
        {"@graph": [{"@type": "WebPage", "about": {"@type": "Thing", "subjectOf": OTHER}}]},
        {
            "@type": "QAPage",
            "mainEntity": {"@type": "Question", "acceptedAnswer": {"@type": "Answer", "citation": OTHER}},
        },
    ],
)
def test_what_a_page_says_of_other_articles_is_not_its_own(said: dict[str, object]) -> None:
    page = page_of(f"<h1>Ferry leaves Lindow on time</h1>{paragraphs(ONE, TWO, THREE)}", ld(**said))
    assert extract(page).meta.published is None
    own = {"@type": "WebPage", "mentions": [OTHER], "mainEntity": OTHER | {"datePublished": "2021-05-03"}}
    assert extract(page_of(paragraphs(ONE, TWO, THREE), ld(**own))).meta.published == "2021-05-03"


def test_a_comma_behind_the_last_entry_is_forgiven() -> None:
    said = json.dumps(OTHER)[:-1] + ",}"
    script = f"<script type='application/ld+json'>[{said},\n]</script>"
    assert extract(page_of(paragraphs(ONE, TWO, THREE), script)).meta.published == "2003-02-01"
