"""What the words of a line say: a sum over words and pairs that are known, the same in any order and any script."""

from hypothesis import given
from hypothesis import strategies as st

from cleaners.text.vocabulary import LOOK, SAID, around, grams, said, say, weights


def test_words_and_their_pairs_with_the_edges_of_the_line() -> None:
    assert grams("Sign up") == {"sign", "up", "^ sign", "sign up", "up $"}
    assert grams("12 Comments") == grams("3 comments")  # the value of a number says nothing


def test_scripts_without_spaces_have_runs_of_letters() -> None:
    assert {"関連 記", "関 連"} & grams("関連記事") == {"関 連"}
    assert {"関連記", "連記事", "関連記事"} <= grams("関連記事")


def test_what_is_known_is_added_up() -> None:
    known = {"sign": -50, "sign up": -100, "said": 90}
    assert say("Sign up", known) == (-1.5, -1.0, -0.5, say("Sign up", known)[3])
    assert say("nothing of it", known) == (0.0, 0.0, 0.0, 0.0)
    assert say("said", known)[:3] == (0.9, 0.9, 0.9)


def test_a_line_is_told_what_the_lines_beside_it_say() -> None:
    rows = around([(float(n), 0.0, 0.0, 0.0) for n in range(5)])
    assert all(len(row) == len(SAID) for row in rows)
    assert [row[SAID.index("said_1")] for row in rows] == [0, 0, 1, 2, 3]
    assert [row[SAID.index("said1")] for row in rows] == [1, 2, 3, 4, 0]
    assert {row[SAID.index("said_page")] for row in rows} == {2.0}


def test_a_line_of_sites_says_less_for_an_article_than_a_sentence() -> None:
    lines = [
        "Subscribe to our newsletter",
        "Schreiben Sie einen Kommentar",
        "he said on Tuesday that the bridge would close",
    ]
    site, comment, sentence = (row[0] for row in said(lines))
    assert site < 0 < sentence
    assert comment < sentence


@given(st.text(max_size=2 * LOOK))
def test_any_text_is_read(text: str) -> None:
    together, least, most, known = say(text, weights())
    assert least <= 0 <= most or least == most or least * most > 0
    assert known >= 0
    assert (together == 0) or known
