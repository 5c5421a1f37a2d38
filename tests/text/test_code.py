"""Code in text and HTML: it keeps its spaces, and loses the numbers beside it. What is no code is one space a gap."""

from collections.abc import Callable
from html import escape
from re import sub
from time import thread_time

import pytest
from html_page import FOUR, ONE, THREE, TWO, page_of, paragraphs

from cleaners import Article, Block, Cleaner, Page, clean
from cleaners.matching.backtrack import FASTER
from cleaners.text.code import code

LISTINGS = {
    "python": "def leave(at):\n    for boat in boats:\n        if boat.full:\n            return boat\n    return None",
    "python-class": "class Boat:\n    name = 'Ada'\n\n\n    def go(self):\n        self.at += 1",
    "javascript": "const boats = [];\nfunction leave(at) {\n  boats.forEach((b) => {\n    b.go(at);\n  });\n}",
    "c": "#include <stdio.h>\nint main(void)\n{\n    int n = 0;\n    while (n < 3)\n        n++;\n    return 0;\n}",
    "go-tabs": "func main() {\n\tboats := load()\n\tfor _, b := range boats {\n\t\tb.Go()\n\t}\n}",
    "rust": 'fn main() {\n    let boats = vec![1, 2];\n    for b in &boats {\n        println!("{}", b);\n    }\n}',
    "java": "class Boat {\n    private int seats;\n    int free() {\n        return seats - 1;\n    }\n}",
    "json": '{\n  "boat": "Ada",\n  "seats": [\n    1,\n    2\n  ]\n}',
    "yaml": "boats:\n  - name: ada\n    seats: 40\n  - name: tom\n    seats: 12",
    "html": "<ul>\n  <li>Ada</li>\n  <li>Tom</li>\n</ul>",
    "css": "p {\n  color: red;\n  margin: 0;\n}",
    "shell": "for b in $(ls); do\n    cp --force $b /quay\n    echo done;\ndone",
    "lisp": "(define (leave boat)\n  (if (full? boat)\n      (go boat)\n      (wait boat)))",
    "calls": "boat = Boat(\n    name='Ada',\n    seats=40,\n)\nboat.leave(at=9)",
}
HARDER = {
    "ruby": "class Boat\n  def seats\n    @seats ||= 40\n  end\nend",
    "sql": "SELECT boat,\n       seats\n  FROM quay\n WHERE seats > 40\n   AND boat <> 'Ada';",
    "diff": "--- a/boat.py\n+++ b/boat.py\n@@ -1,3 +1,3 @@\n def go():\n-    return 9\n+    return 10",
    "files": "quay\n├── ada\n│   └── seats.txt\n└── tom",
    "nested": "def go(at):\n    return [\n        at,\n\n        9,\n    ]\n    # at nine",
    "alone": '{\n  "seats": [\n    2,\n    40\n  ]\n}',
    "make": "all: boat\n\t@echo done\n\nboat:\n\tcc -o boat boat.c",
}
"""Lines with few signs of code, lines of a bracket or a number alone."""


def spans(line: str) -> str:
    """A line as highlighters print it."""
    return sub(r"[A-Za-z]+", lambda word: f"<span class='n'>{word[0]}</span>", line) if "&" not in line else line


def rows(listing: str, row: str) -> str:
    """Each line of a listing in a row, with {n}, {m} and {line}."""
    lines = [spans(escape(line)) for line in listing.split("\n")]
    return "".join(row.format(n=n, m=n - 1, line=line or "\n") for n, line in enumerate(lines, 1))


MARKUP = {
    "repository": lambda code: (
        f"""<table class='highlight'>{
            rows(
                code,
                '<tr><td class="blob-num" data-line-number="{n}"></td><td class="blob-code js-line">{line}</td></tr>',
            )
        }</table>"""
    ),
    "old blog": lambda code: (
        f"""<div class='syntaxhighlighter'><table><tr><td class='gutter'>{
            rows(code, '<div class="line number{n} index{m} alt1">{n}</div>')
        }</td><td class='code'>{
            rows(code, '<div class="line number{n} index{m} alt1"><code class="plain">{line}</code></div>')
        }</td></tr></table></div>"""
    ),
    "numbers in the lines": lambda code: (
        f"""<pre><code>{
            rows(
                code, '<span class="line"><span class="ln">{n}</span><span class="cl">{line}</span></span>' + chr(10)
            ).replace(chr(10) * 2, chr(10))
        }</code></pre>"""
    ),
    "numbers by another name": lambda code: (
        f"""<pre>{
            rows(code, '<span class="line-number">{n}</span>{line}' + chr(10)).replace(chr(10) * 2, chr(10))
        }</pre>"""
    ),
    "a div a line": lambda code: f"<pre>{rows(code, '<div class=row>{line}</div>').replace(chr(10), '<br>')}</pre>",
    "indentation before a span": lambda code: f"<pre>{rows(code, '<b></b>{line}<br>').replace(chr(10), '')}</pre>",
    "the listing has the name": lambda code: f"<pre class='line-numbers'><code>{escape(code)}</code></pre>",
    "an old element": lambda code: f"<listing>{escape(code)}</listing>",
    "style": lambda code: f"<div style='white-space: pre; font-family: monospace'>{escape(code)}</div>",
}
NO_CODE = {
    "poem": "The boat has gone,\n    and with it the morning,\n  and nobody on the quay\n    to say so",
    "menu": "Menu\n   Soup of the day\n   Fish, as it comes\n   Bread and butter",
    "links": "  Home\n  News\n  Sport\n  Weather: mild",
    "letter": "   Dear Ada,\n   the boat was late again, and I have waited\n   until noon (as said).\n   Yours, Tom",
    "list": "What to bring:\n   - a coat, since it is cold\n   - bread; there is none on board\n   - coins",
    "table": "Boat      Leaves   Seats\nAda       9:00     40\nTom       10:30    12",
    "paragraphs": f"    {ONE}\n    {TWO}\n    {THREE}",
    "dialogue": "  Ada: when does it go?\n  Tom: at nine.\n  Ada: so late?",
    "address": "   The Lindow Post\n   Quay 4\n   Tel.: 0123 456\n   post@lindow.example",
}


def text_page(inside: str) -> str:
    return "\n\n".join(("Ferry leaves Lindow on time", ONE, TWO, inside, THREE, FOUR)) + "\n"


def html_page(inside: str) -> str:
    return page_of(f"<h1>Ferry leaves Lindow on time</h1>{paragraphs(ONE, TWO)}{inside}{paragraphs(THREE, FOUR)}")


def one(source: str) -> Article:
    (article,) = clean(source)
    assert all(text in article.text for text in (ONE, TWO, THREE, FOUR))
    return article


@pytest.mark.parametrize("listing", LISTINGS.values(), ids=LISTINGS)
def test_code_keeps_its_spaces_and_line_ends(listing: str) -> None:
    from_text = one(text_page(listing))
    from_html = one(html_page(f"<div class='highlight'><pre><code>{escape(listing)}</code></pre></div>"))
    assert f"\n\n{listing}\n\n" in from_text.text
    assert f"\n\n{listing}\n\n" in from_html.text
    for article in (from_text, from_html):
        assert listing in one(article.text).text, "cleaning again changes nothing"
    assert listing.replace("\n", "\r\n") not in one(text_page(listing).replace("\n", "\r\n")).text
    assert listing in one(text_page(listing).replace("\n", "\r\n")).text


@pytest.mark.parametrize("listing", HARDER.values(), ids=HARDER)
def test_so_does_code_with_few_signs(listing: str) -> None:
    assert f"\n\n{listing}\n\n" in one(html_page(f"<pre>{escape(listing)}</pre>")).text
    assert f"\n\n{listing}\n\n" in one(text_page(listing)).text


@pytest.mark.parametrize("listing", [*HARDER.values(), *LISTINGS.values()], ids=[*HARDER, *LISTINGS])
@pytest.mark.parametrize("markup", MARKUP.values(), ids=MARKUP)
def test_code_stays_as_it_is_in_any_markup_for_listings(markup: Callable[[str], str], listing: str) -> None:
    assert f"\n\n{listing}\n\n" in one(html_page(markup(listing))).text


@pytest.mark.parametrize("lines", NO_CODE.values(), ids=NO_CODE)
def test_lines_that_are_no_code_are_one_space_a_gap(lines: str) -> None:
    for article in clean(text_page(lines)):
        assert "  " not in article.text and "\n " not in article.text


@pytest.mark.parametrize("fence", ["```", "```python", "~~~", "````"])
def test_between_fences_all_is_code(fence: str) -> None:
    inside = f"{fence}\n  two  spaces\nand none\n{fence.rstrip('python')}"
    assert inside in one(text_page(inside)).text


def test_a_fence_that_nothing_closes_makes_no_code() -> None:
    assert "two spaces" in one(text_page("```\n  two  spaces\nand none")).text


def test_code_outside_of_pre_keeps_its_hard_spaces() -> None:
    inside = "<p><code>for b in boats:<br>&nbsp;&nbsp;&nbsp;&nbsp;b.go()</code></p>"
    assert "for b in boats:\n    b.go()" in one(html_page(inside)).text


def test_code_is_not_repaired() -> None:
    code = "s = '&amp;'.replace('Ã©', 'é')  # as  it is"
    assert code in one(html_page(f"<pre><code>{escape(code)}</code></pre>")).text


CODE = "for b in boats:\n    if b.full:\n        b.go()"
NUMBERED = "".join(f"<span class='line'><i>{n}</i>{line}\n</span>" for n, line in enumerate(CODE.split("\n"), 1))


@pytest.mark.parametrize(
    "listing",
    [
        f"<table><tr><td class='linenos'><pre>1\n2\n3</pre></td><td><pre>{CODE}</pre></td></tr></table>",
        f"<table><tr><td><pre>7\n8\n9\n</pre></td><td><pre><code>{CODE}</code></pre></td></tr></table>",
        f"<div class='gutter'><div>1</div><div>2</div><div>3</div></div><pre>{CODE}</pre>",
        f"<pre>{CODE}</pre><div class='line-numbers'><span>1</span><br><span>2</span><br><span>3</span></div>",
        f"<pre><code>{NUMBERED}</code></pre>",
        "<pre>" + "\n".join(f"{n:>3} {line}" for n, line in enumerate(CODE.split("\n"), 9)) + "</pre>",
        "<pre>" + "\n".join(f"{n}: {line}" for n, line in enumerate(CODE.split("\n"), 1)) + "</pre>",
    ],
)
def test_numbers_of_lines_are_taken_out(listing: str) -> None:
    article = one(html_page(listing))
    assert f"\n\n{CODE}\n\n" in article.text
    assert {"code.number", "code.number_cut", "extract.line_number"} & {entry["by"] for entry in article.removed}


def test_the_number_of_a_single_line_goes_by_its_class() -> None:
    listing = "<table><tr><td class='gutter'><pre>1</pre></td><td><pre>boats.go(at=9)</pre></td></tr></table>"
    article = one(html_page(listing))
    assert "\n\nboats.go(at=9)\n\n" in article.text
    assert [entry["text"] for entry in article.removed if entry["by"] == "extract.line_number"] == ["1"]


@pytest.mark.parametrize(
    "kept",
    [
        "1 Ada 40\n2 Tom 12\n3 Ines 7",  # rows
        "10 PRINT A$;\n20 GOTO 10;",  # numbers that are part of the code
        "1. Cast off\n2. Row out\n3. Turn",
        "x = 1;\n2\n3",
    ],
)
def test_other_numbers_stay(kept: str) -> None:
    assert kept in one(html_page(f"<pre>{kept}</pre>")).text


def test_numbers_beside_code_in_a_text_go_too() -> None:
    article = one(text_page(f"1\n2\n3\n{CODE}"))
    assert CODE in article.text and "1\n2" not in article.text
    assert [entry["text"] for entry in article.removed if entry["by"] == "code.number"] == ["1", "2", "3"]


def test_code_is_looked_for_in_a_line_of_any_length(cleaner: Cleaner) -> None:
    """A line four times as long takes less than FASTER times the CPU time of this thread, whatever it repeats."""
    for pump in ("over the water ", "a. b; ", "f(x) ", "x=1 "):
        seconds = []
        for times in (10_000, 40_000):
            page = Page("text", [Block("run " + pump * times, 0)])
            begin = thread_time()
            code(page, cleaner.matcher)
            seconds.append(thread_time() - begin)
        assert seconds[1] < max(FASTER * seconds[0], 0.1), pump


LIKE_FURNITURE = [
    *("comments:", "share()", "# Related posts", "// Comments", "-- Tags", "# All rights reserved", "Accept: */*"),
    *('"Share on Facebook"', "login:", "Related Posts", "# Subscribe to our newsletter", "Photo: Ada Quill"),
]


@pytest.mark.parametrize("line", LIKE_FURNITURE)
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_line_of_code_is_no_furniture_whatever_it_says(line: str, place: int) -> None:
    code = f"quay {{\n    boat = ada;\n    {line}\n    seats = 40;\n}}"
    lines = [ONE, TWO, THREE, FOUR]
    html = [f"<p>{each}</p>" for each in lines]
    html.insert(place, f"<pre><code>{escape(code)}</code></pre>")
    lines.insert(place, code)
    assert code in one(page_of(f"<h1>Ferry leaves Lindow on time</h1>{''.join(html)}")).text
    assert code in one("\n\n".join(("Ferry leaves Lindow on time", *lines)) + "\n").text


@pytest.mark.parametrize("line", ["# Date: 2026-01-02", "By Ada Quill", "// 2026-01-02", "Posted by Ada on 3 May 2026"])
def test_code_below_the_title_signs_and_dates_nothing(line: str) -> None:
    code = f"{line}\nquay {{\n    boat = ada;\n}}"
    html = page_of(
        f"<h1>Ferry leaves Lindow on time</h1><pre><code>{code}</code></pre>{paragraphs(ONE, TWO, THREE, FOUR)}"
    )
    assert code in one(html).text


SENTENCES_IN_CODE = {
    "string": 'def go(at):\n    """Lets the boat go at the hour given.\n\n    The master has to be asked.\n    """\n'
    "    return at",
    "method": "class Boat:\n    def go(self, at):\n        r'''\n        Leaves the quay at any hour.\n        '''\n"
    "        self.at = at",
    "comment": "int n() {\n/*\n * The boat leaves at nine, and nobody on the quay is asked why.\n *   - in May\n"
    " */\n    return 2;\n}",
    "documented": "/**\n * Lets the boat go at the hour given, in German: „Die Fähre fährt.“\n * @param at when\n"
    " */\nvoid go(int at) {\n    left = at;\n}",
}


@pytest.mark.parametrize("listing", SENTENCES_IN_CODE.values(), ids=SENTENCES_IN_CODE)
def test_sentences_in_code_are_code(listing: str) -> None:
    for text in (text_page(listing), text_page(listing).replace("\n\n", "\n")):
        lines = [line for line in listing.split("\n") if line]
        kept = [line for line in one(text).text.split("\n") if line]
        assert kept[kept.index(lines[0]) :][: len(lines)] == lines


@pytest.mark.parametrize(
    "lines",
    [
        f'    """{ONE}\n    {TWO}\n    So it was.',
        f"/* {ONE}\n{TWO}\n* A star\n*/ {THREE}",
        "   '''It is late.\nSaid Ada.\n   '''So it is.",
    ],
)
def test_quotes_and_stars_around_prose_make_no_code(lines: str) -> None:
    page = Cleaner().label(text_page(lines))
    assert not any(block.code for block in page.blocks)
