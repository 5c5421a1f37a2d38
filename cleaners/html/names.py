"""What the names of elements and of classes mean. Needs no parser.

The words of classes and ids by which sites name the parts of a page are data: class_words.toml, beside this.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path


def word_set(text: str) -> frozenset[str]:
    """A set of words, written as one string."""
    return frozenset(text.split())


def class_words(name: str) -> frozenset[str]:
    """The words of one list of class_words.toml."""
    return frozenset(_lists()[name])


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("class_words.toml").read_text(encoding="utf-8"))


# Elements that are not shown, or not part of the text: a reading aid above a word (rt) would split the word.
SKIPPED = word_set(
    "head script style noscript template svg iframe object embed applet audio video canvas noframes noembed title "
    "select datalist option optgroup textarea progress meter rp rt rtc"
)
# Elements that start and end a line of their own. Everything else is inline.
BREAKING = word_set(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup p "
    "plaintext pre search section summary table tbody tfoot thead tr ul xmp"
)
HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
PARAGRAPHS = HEADINGS | {"p", "blockquote"}
CAPTION_WORDS = class_words("caption")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_A-Za-z]+")


@lru_cache(maxsize=8192)
def name_words(names: str) -> frozenset[str]:
    """The lower-case words of a class or id: "wp-captionText" is wp, caption, text."""
    return frozenset(word.lower() for word in _WORD.findall(names))
