"""Made-up pages for the property tests: prose, headlines, furniture and noise in any order."""

import json
import re
from html import escape
from pathlib import Path

from hypothesis import strategies as st

from cleaners import RuleSet, load_rules
from cleaners.matching.match import compile_rules
from cleaners.source import decode
from cleaners.source import lines as lines_of
from cleaners.text.repair import repair

HITS = [hit for rule in load_rules().rules for hit in rule.hits]
NAMES = ["Ada Quill", "Tom Ferro", "Lena Voss-Marek", "Ines de la Torre"]
WORDS = [
    *("harbour", "council", "bridge", "workers", "morning", "vote", "river", "market", "winter", "teachers", "Lindow"),
    *("said", "after", "the", "of", "a", "to", "in", "and", "for", "with", "that", "will", "not", "was", "over"),
]


def some(least: int, most: int) -> st.SearchStrategy[str]:
    """Some words. One number chooses them all: to draw each word would take longer than to clean the page."""
    return st.integers(0, len(WORDS) ** 2 * (most - least + 1) - 1).map(lambda n: _words(n, least, most))


def _words(number: int, least: int, most: int) -> str:
    """The words of a number: where in the list they begin, how far apart there they stand, and how many they are."""
    rest, at = divmod(number, len(WORDS))
    more, step = divmod(rest, len(WORDS))
    return " ".join(WORDS[(at + n * step) % len(WORDS)] for n in range(least + more % (most - least + 1)))


def _prose(number: int) -> str:
    """Three to eight sentences."""
    sentences = (_words(number // 6 + n * 7_919, 1, 30).capitalize() for n in range(3 + number % 6))
    return ". ".join(sentences) + "."


words = some(1, 30)
prose = st.integers(0, len(WORDS) ** 2 * 180 - 1).map(_prose)
headlines = some(2, 10).map(str.title)
bylines = st.builds("{} {}{}".format, st.sampled_from(["By", "Von", "Written by"]), st.sampled_from(NAMES),
                    st.sampled_from(["", " | The Lindow Post"]))  # fmt: skip
captions = st.builds(
    "{}. {}: {} / AFP".format, words, st.sampled_from(["Picture", "Photo", "Foto"]), st.sampled_from(NAMES)
)
code = st.sampled_from(
    ["def f(x):\n    return x", "if (a) {\n\tgo();\n}", "  x = 1;", "    and so  on", "}", "```", "1\n2", "3  y = f(2)"]
)
noise = st.text(max_size=60)
furniture = st.sampled_from(HITS)
lines = st.one_of(prose, prose, headlines, words, bylines, captions, furniture, furniture, noise, code)
breaks = st.sampled_from(["\n", "\n\n", "\r\n", "\n \n", "\n\n\n", "\u00a0\n\n", "\r", "\u2028"])


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A text page; lines may repeat: as they are, or further below a sentence of theirs as a quote, or turned round."""
    out: list[str] = []
    later: list[str] = []
    for line in draw(st.lists(lines, min_size=1, max_size=14)):
        out += [line, draw(breaks)]
        again = draw(st.integers(0, 5))
        if again == 0:
            out += [line, draw(breaks)]
        if again == 1:
            sentence, _, rest = line.partition(". ")
            later += [f"“{sentence}.”", f"{rest} – {sentence}"][: 1 + draw(st.integers(0, 1))]
        elif later:
            out += [later.pop(), draw(breaks)]
    return "".join(out)


def repaired(text: str) -> list[str]:
    """The lines of a text as they read when they are repaired."""
    page = lines_of(text)
    repair(page, compile_rules(RuleSet(())))
    return [block.text for block in page.blocks if block.text]


FOLDER = Path(__file__).resolve().parent.parent / "seeds"
SEEDS = [line for path in sorted(FOLDER.glob("*.txt")) for line in repaired(decode(path.read_bytes())[0])]
EXAMPLES = repaired("\n".join(HITS))
CUTS = repaired("\n".join(hit for rule in load_rules().rules if rule.does == "cut" for hit in rule.hits))
PLACES = (
    "<p>{}</p>", "<div>{}</div>", "<h1>{}</h1>", "<h2>{}</h2>", "<li>{}</li>", "<ul><li><a href='/x'>{}</a></li></ul>",
    "<figure><img src='x.jpg'><figcaption>{}</figcaption></figure>", "<p class='byline'>{}</p>", "<nav><p>{}</p></nav>",
    "<aside class='related'><p>{}</p></aside>", "<footer><p>{}</p></footer>", "<p class='standfirst'><em>{}</em></p>",
)  # fmt: skip
"""Where a line of HTML may stand."""


@st.composite
def jumbles(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Lines of the sample texts and of rules' examples in any order, as a page of text or HTML; and some of them."""
    lines = draw(
        st.lists(st.sampled_from(SEEDS) | st.sampled_from(EXAMPLES) | st.sampled_from(CUTS), min_size=1, max_size=20)
    )
    some = draw(st.lists(st.sampled_from(lines), min_size=1, max_size=3))
    if draw(st.booleans()):
        return "".join(line + draw(st.sampled_from(["\n", "\n\n"])) for line in lines), some
    inside = "".join(draw(st.sampled_from(PLACES)).format(escape(line)) for line in lines)
    return f"<!DOCTYPE html><html><body>{inside}</body></html>", some


AUTHOR = "Ada Quill"
PARTS = (
    *("<p>{}</p>",) * 6, "<p class='x'>{}</p>", "<h1>{}</h1>", "<h2>{}</h2>", "<h3><a href='/1'>{}</a></h3>",
    "<p>Filed in <a href='/1'>{}</a></p>", "<p><a href='/1'>{}</a></p>", "<p><a href='https://other.example/1'>{}</a></p>",
    "<ul><li><a href='/1'>{0}</a></li><li>Read: <a href='/2'>{0}, too</a></li></ul>", "<ul><li>{}</li></ul>",
    "<div class='sidebar'><p>{0}</p><div class='related'><p>{0}!</p></div></div>",
    "<div class='newsletter-box'>{}</div>",
    "<figure><img><p>{0}</p><div class='caption credit'>Photo: {0}</div></figure>",
    "<div class='wp-caption-text'>{}</div>",
    "<p class='byline'>By Ada Quill, {}</p>", "<p class='byline'>By Ada Quill</p>",
    "<p class='date'>3 May 2021, {}</p>",
    "<p>3 May 2021</p>", "<p class='kicker'>{}</p>", "<p class='standfirst'>{}</p>", "<p>By Ada Quill, 3 May 2021</p>",
    "<p><em>Ada Quill is a reporter at the Post. {}</em></p>", "<p><strong>Ada Quill</strong></p>", "<p>Ada Quill</p>",
    "<p>https://www.lindow.example/news/1</p>", "<pre>{}\n  x = 1</pre>",
    "<table><tr><td>1</td><td>{}</td></tr></table>",
    "<blockquote class='twitter-tweet'><p>{}</p></blockquote>",
    "<div><p>We use cookies. {}</p><button>Yes</button></div>",
)  # fmt: skip
"""Parts of a page that one stage of HTML or another looks for."""


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A page of HTML made of such parts, in its main element and below it, and the lines that an extractor took."""
    line = st.one_of(prose, prose, headlines, words, st.just(AUTHOR))
    texts = draw(st.lists(line, min_size=1, max_size=8))
    parts = draw(st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(texts)), min_size=1, max_size=16))
    shown = [part.format(escape(text)) for part, text in parts]
    at = draw(st.integers(len(shown) // 2, len(shown)))
    title, names = draw(st.sampled_from(texts)), draw(st.sampled_from(["", "Ada Quill", "Lindow"]))
    said = {"@type": "NewsArticle", "headline": title, "author": names, "articleBody": "\n".join(draw(some_of(texts)))}
    head = f"<title>{escape(title)}</title><script type='application/ld+json'>{json.dumps(said)}</script>"
    inside, below = "".join(shown[:at]), "".join(shown[at:])
    lines = [line for part in shown for line in re.split("<[^>]*>", part) if line.strip()]
    return f"<html><head>{head}</head><body><main>{inside}</main>{below}</body></html>", draw(some_of(lines))


def some_of(lines: list[str]) -> st.SearchStrategy[list[str]]:
    """Most of these lines, in order."""
    left_out = st.sets(st.integers(0, len(lines) - 1), max_size=len(lines) // 3)
    return left_out.map(lambda out: [line for n, line in enumerate(lines) if n not in out])
