"""What the head of a page states."""

from lxml.html import document_fromstring

from cleaners.html.head import metas, read_head


def test_the_first_of_each_meta_counts_and_an_empty_one_does_not() -> None:
    head = (
        "<meta name='Author' content=''><meta name='author' content='Ann Marsh'><meta name='author' content='Bo Quist'>"
        "<meta property='og:title' content=' A  day&#10;in Lindow '><title>A day</title><title>Another</title>"
    )
    tree = document_fromstring(f"<html><head>{head}</head><body><p>x</p></body></html>")
    assert list(metas(tree))[:2] == [("author", "Ann Marsh"), ("author", "Bo Quist")]
    assert read_head(tree) == {"author": "Ann Marsh", "og:title": "A day in Lindow", "<title>": "A day"}
