"""Made-up pages for the property tests: prose, headlines, furniture and noise in any order."""

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
    """Some words. Three numbers choose them all: to draw each word would take longer than to clean the page."""
    at, step, count = st.integers(0, len(WORDS) - 1), st.integers(0, len(WORDS) - 1), st.integers(least, most)
    return st.builds(
        lambda at, step, count: " ".join(WORDS[(at + n * step) % len(WORDS)] for n in range(count)), at, step, count
    )


words = some(1, 30)
prose = st.lists(words, min_size=3, max_size=8).map(lambda parts: ". ".join(p.capitalize() for p in parts) + ".")
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
    """A text page; lines may repeat."""
    out: list[str] = []
    for line in draw(st.lists(lines, min_size=1, max_size=14)):
        out += [line, draw(breaks)]
        if draw(st.integers(0, 5)) == 0:
            out += [line, draw(breaks)]
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
