"""The article's own entry in a page's JSON-LD."""

from html_page import ONE, THREE, TWO, extract, ld, page_of, paragraphs


def test_an_author_that_json_ld_only_refers_to() -> None:
    graph = ld(author={"@id": "#ann"}, **{"@graph": [{"@type": "Person", "@id": "#ann", "name": "Ann Marsh"}]})
    assert extract(page_of(paragraphs(ONE, TWO, THREE), graph)).meta.authors == ("Ann Marsh",)
