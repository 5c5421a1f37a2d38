"""Every fact that a scorer goes by has words."""

from pathlib import Path

import pytest

from cleaners.html.block_scores import LOOKS, fact_names
from cleaners.html.block_scores import MEANINGS as BLOCKS
from cleaners.html.page_kind import page_names
from cleaners.scoring.meanings import meaning, said
from cleaners.scoring.trees import models
from cleaners.text.line_scores import MEANINGS as LINES
from cleaners.text.line_scores import NAMES, SCORER

FACTS = {
    SCORER: (LINES, NAMES),
    **{first: (BLOCKS, fact_names(first)) for first, _ in LOOKS.values()},
    "page": (BLOCKS, page_names()),
}


@pytest.mark.parametrize("which", FACTS)
def test_every_fact_has_words(which: str) -> None:
    words, facts = FACTS[which]
    assert len({*facts}) == len(facts), "a name stands for one fact"
    for name in facts:
        about, says = meaning(words, name)
        assert about and says.count("{") == 1, name
        for value in (-6.0, -1.0, -0.25, 0.0, 0.3, 1.0, 7.0, 123456.5):
            shown = said(words, name, value)
            assert shown and not {*shown} & {*"{}_*"}, name


def test_no_words_are_left_over(tmp_path: Path) -> None:
    """Each entry is asked for by some fact: without it, one has no words or other ones."""
    for words in (LINES, BLOCKS):
        facts = {name for file, each in FACTS.values() if file == words for name in each}
        before = {name: meaning(words, name) for name in facts}
        lines = words.read_text(encoding="utf-8").splitlines()
        for n, line in enumerate(lines):
            if " = " in line and not line.startswith("#"):
                less = tmp_path / f"{words.stem}{n}.toml"
                less.write_text("\n".join(lines[:n] + lines[n + 1 :]), encoding="utf-8")
                assert any(_meaning(less, name) != before[name] for name in sorted(facts)), line


def _meaning(words: Path, name: str) -> tuple[str, str] | None:
    try:
        return meaning(words, name)
    except KeyError:
        return None


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("links", 0.95, "in links: 95%"),
        ("links-1", 1.0, "right above: in links: 100%"),
        ("links-1", -1.0, "right above: in links: none"),
        ("ends", 1.0, "ends as a sentence does: yes"),
        ("all:ends_up5", 0.25, "the 5 above: ends as a sentence does: 25%"),
        ("is_title", 0.0, "it is the page's title: no"),
        ("is_td", 1.0, "its element is <td>: yes"),
        ("by_site_link", 1.0, "taken out as site link: yes"),
        ("class:sidebar", 1.0, "the word sidebar: yes"),
        ("logit", 0.0, "chance 50%"),
        ("log_chars", 4.6151205, "100 characters wide"),
    ],
)
def test_a_fact_says_its_value(name: str, value: float, words: str) -> None:
    assert said(BLOCKS, name, value) == words


def test_the_class_words_are_those_of_the_weights() -> None:
    assert "class:sidebar" in fact_names("first") and len(fact_names("first")) == 37 + len(
        [*models("blocks")["first"]["facts"], *models("blocks")["first"]["classes"]]
    )


def test_what_has_no_words_is_said() -> None:
    with pytest.raises(KeyError, match="nothing_such"):
        meaning(BLOCKS, "nothing_such")
