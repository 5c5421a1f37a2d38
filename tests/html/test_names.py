"""The words of classes and ids."""

from cleaners.html.names import name_words


def test_words_of_names() -> None:
    assert name_words("wp-captionText HTMLBody box2") == {"wp", "caption", "text", "html", "body", "box"}
