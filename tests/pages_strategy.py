"""Made-up pages for the property tests: prose, headlines, furniture and noise in any order."""

from hypothesis import strategies as st

from cleaners import load_rules

HITS = [hit for rule in load_rules().rules for hit in rule.hits]
NAMES = ["Ada Quill", "Tom Ferro", "Lena Voss-Marek", "Ines de la Torre"]
WORDS = [
    *("harbour", "council", "bridge", "workers", "morning", "vote", "river", "market", "winter", "teachers", "Lindow"),
    *("said", "after", "the", "of", "a", "to", "in", "and", "for", "with", "that", "will", "not", "was", "over"),
]

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
prose = st.lists(words, min_size=3, max_size=8).map(lambda parts: ". ".join(p.capitalize() for p in parts) + ".")
headlines = st.lists(st.sampled_from(WORDS), min_size=2, max_size=10).map(lambda ws: " ".join(ws).title())
bylines = st.builds("{} {}{}".format, st.sampled_from(["By", "Von", "Written by"]), st.sampled_from(NAMES),
                    st.sampled_from(["", " | The Lindow Post"]))  # fmt: skip
captions = st.builds(
    "{}. {}: {} / AFP".format, words, st.sampled_from(["Picture", "Photo", "Foto"]), st.sampled_from(NAMES)
)
noise = st.text(max_size=60)
furniture = st.sampled_from(HITS)
lines = st.one_of(prose, prose, headlines, words, bylines, captions, furniture, furniture, noise)
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
