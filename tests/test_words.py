"""What a word, a key, stems, prose and a headline are, in scripts of several kinds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.words import fold, key, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't stop: snake_case, 3.5 µm!", ["don", "t", "stop", "snake_case", "3", "5", "μm"]),
        ("Stra\u00adße ﬁne ＡＢＣ", ["strasse", "fine", "abc"]),
        ("été e\u0301te\u0301", ["été", "été"]),
        ("東京タワー2024", ["東", "京", "タ", "ワ", "ー", "2024"]),
        ("กาแฟ", ["ก", "า", "แ", "ฟ"]),
        ("서울 시청", ["서울", "시청"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("می\u200cخواهم کتاب", ["میخواهم", "کتاب"]),
        ("❤️ * —", []),
    ],
)
def test_the_words_of_a_text_as_they_are_compared(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("“Söup,  ﬁne”!", "söup fine", True),
        ("Söup", "Soup", False),
        ("Sign-up", "Sign up", True),
        ("snake_case", "snake case", True),
        ("Don´t", "Don’t", True),
        ("阅读 更多。", "阅读更多", True),
        ("की", "का", False),
        ("می\u200cخواهم", "می خواهم", True),
        ("5 comments", "6 comments", False),
    ],
)
def test_two_texts_with_the_same_words_have_one_key(one: str, other: str, same: bool) -> None:
    assert (key(one) == key(other)) is same


def test_a_text_without_letters_and_digits_has_no_key() -> None:
    assert key("*** ❤️ — _") == key("") == ""


@given(st.text())
def test_to_fold_or_key_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert key(key(text)) == key(text) == key(text.casefold()) == key(f"“{text}” \u200b—")
    assert key(text) == "".join(tokens(text)).replace("_", "")
