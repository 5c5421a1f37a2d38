"""What must hold on every input."""

import unicodedata

import ftfy
import pytest
import sample
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pages_strategy import jumbles, pages

from cleaners import BadInput, Cleaner, clean, load_rules, view
from cleaners.source import looks_like_html
from cleaners.text.repair import CONFIG, needs_ftfy

any_text = st.one_of(pages(), st.text(max_size=300), st.text(alphabet=st.characters(), max_size=300))
CLEANER = Cleaner()


@given(any_text)
def test_every_character_is_kept_lifted_or_removed_just_once_and_restored(source: str) -> None:
    try:
        page = CLEANER.label(source)
    except BadInput:
        return
    if page.kind == "text":
        assert page.restore() == source
    at = 0
    for span in page.spans():
        assert span.start == at < span.end
        assert span.by or span.fate == "kept"
        at = span.end
    assert at == (len(source) if page.kind == "text" else len(page.blocks))


HARBOUR = "Harbour. Harbour. Harbour harbour harbour harbour"
TWO_LANGUAGES = (f"{HARBOUR} council workers morning that council.", "Harbour. Harbour. Harbour.", "Von A A")
"""An article that is English only beside another one."""
BELOW_TITLE = (
    "Harbour. Harbour. Harbour.",
    "",
    "BY A A",
    "HARB:A:A:COUN",
    "0:A A a",
    f"{HARBOUR}{' harbour' * 3} council.",
)
"""A line like a headline between the title and the prose."""
LONGER = f"{HARBOUR}{' harbour' * 4}."
AD = "أعلن معنا هنا"
TWICE_ABOVE = (
    *(AD, AD, "Harbour. Harbour. Harbour.", "", LONGER, f"{LONGER[:-1]} harbour.", "0:A A A"),
    *(LONGER, LONGER, AD, "Die Redaktion", LONGER),
)
"""A line that stands twice above a byline: once it is gone, the byline is nearer to what may be a headline."""


@settings(max_examples=400)
@given(pages())
@example("\n".join(line for line in (*TWO_LANGUAGES, f"{HARBOUR}{' harbour' * 4}.") for _ in "ab"))
@example("Harbour. Harbour. Harbour.\n1\r2\n1\r2\n0(\r  0\n0(\r  0\n")
@example("(AP Photo/Tom Reed, File)\n  0\n")
@example("\n".join(BELOW_TITLE))
@example("\n".join(TWICE_ABOVE))
def test_cleaning_twice_changes_nothing(source: str) -> None:
    try:
        articles = clean(source)
    except BadInput:
        return
    for article in articles:
        assert [again.text for again in clean(article.text)] == [article.text]


@pytest.mark.parametrize("tag", ["<p>", "&lt;p&gt;", "&amp;amp;lt;p&gt;"])
def test_an_article_that_begins_with_a_tag_is_html_when_it_is_cleaned_again(tag: str) -> None:
    """An exception that docs/promises.md names."""
    lines = [sample.PROSE[0], f"{tag}{sample.PROSE[1]}", sample.PROSE[2]]
    (inside,) = clean("\n\n".join(lines))
    assert [again.text for again in clean(inside.text)] == [inside.text]
    (first,) = clean("\n\n".join(["Read more:", *lines[1:]]))
    assert looks_like_html(first.text) and looks_like_html("\n\n".join(lines[1:])) == (tag == "<p>")
    (again,) = clean(first.text)
    assert again.text != first.text and again.text.split() == first.text.removeprefix("<p>").split()


@given(pages(), pages())
def test_the_same_input_gives_the_same_record_whatever_ran_before(source: str, other: str) -> None:
    def records(text: str) -> list[dict[str, object]] | str:
        try:
            return [a.to_dict() for a in CLEANER.clean(text)]
        except BadInput as error:
            return str(error)

    first = records(source)
    records(other)
    assert records(source) == first


RULES = load_rules()


@given(jumbles())
def test_a_line_that_the_user_allows_is_in_the_text_whatever_stands_around_it(jumble: tuple[str, list[str]]) -> None:
    source, allowed = jumble
    cleaner = Cleaner(RULES, allow=allowed)
    articles = cleaner.clean(source)
    found = {line for article in articles for line in article.text.split("\n")}
    assert found >= {*allowed}


@given(st.binary(max_size=300))
def test_bytes_are_read_or_refused(source: bytes) -> None:
    try:
        assert clean(source)
    except BadInput as error:
        assert str(error)


@given(any_text)
def test_the_text_is_never_silently_empty_and_it_is_normalised(source: str) -> None:
    """One space between words, none at the ends of lines; but for code, whose spaces are its own."""
    try:
        page = CLEANER.label(source)
        articles = view.articles(page, CLEANER.rules)
    except BadInput as error:
        assert len(str(error)) > 20
        return
    assert articles and all(article.text.strip() for article in articles)
    code = {block.text for block in page.blocks if block.code}
    for article in articles:
        assert article.text == article.text.strip("\n")
        for line in article.text.split("\n"):
            if line not in code:
                assert unicodedata.is_normalized("NFC", line)
                assert line == line.strip() and not {"\r", "\u00a0", "\u00ad", "\u200b"} & {*line} and "  " not in line


@given(st.text(alphabet=st.sampled_from("aé&;<>\u0301Ã©â€™œ\u0080\u00a0\ufeff\x1b[0m\x07amp ñ中"), max_size=40))
def test_the_shortcut_past_ftfy_changes_no_output(text: str) -> None:
    assert needs_ftfy(text) or ftfy.fix_text(text, CONFIG) == text
