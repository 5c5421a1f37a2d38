"""Pages that are no news articles: nothing that trafilatura found in them may be lost."""

import pytest
import trafilatura
from html_page import FOUR, ONE, THREE, TITLE, TWO, URL, ld, page_of

from cleaners import Cleaner
from cleaners.words import key

RECIPE = (
    f"<h1>{TITLE}</h1><p>{ONE}</p><h2>Ingredients</h2><ul><li>2 leeks</li><li>500 g potatoes</li><li>salt</li></ul>"
    f"<h2>Method</h2><ol><li>Wash the leeks and cut them.</li><li>{TWO}</li></ol><p>Serves four.</p>"
)
THREAD = "".join(
    f"<div class='post'><p class='author'>user{n}</p><div class='post-body'><p>{text}</p><p>Yes.</p></div></div>"
    for n, text in enumerate((ONE, TWO, THREE))
)
MANUAL = (
    f"<h1>{TITLE}</h1><p>{ONE}</p><pre>boat --leave 9\nboat --wait</pre><h2>Options</h2><table><tr><th>Option</th>"
    "<th>What it does</th></tr><tr><td>--leave</td><td>leaves</td></tr></table><dl><dt>boat</dt><dd>floats</dd></dl>"
    f"<h2>See also</h2><ul><li><a href='/ship'>ship</a></li><li><a href='/pier'>the pier</a></li></ul><p>{TWO}</p>"
)
TICKER = f"<h1>{TITLE}</h1>" + "".join(
    f"<div class='entry'><h3>{hour}:30</h3><p>{text}</p></div>" for hour, text in ((9, ONE), (10, TWO), (11, THREE))
)
POEM = f"<h1>{TITLE}</h1><p>The boat<br>went out<br>at nine</p><p>The boat<br>came home<br>at noon</p><p>{ONE}</p>"


LIVE = f"<h1>{TITLE}</h1>" + "".join(
    f"<div class='update'><time class='timestamp'>{hour}:30</time><h3>Boat {hour}</h3><p>{text}</p>"
    f"<p><em>Ann Marsh is a reporter at the pier</em></p></div>"
    for hour, text in ((9, ONE), (10, TWO), (11, THREE), (12, FOUR))
)
QUESTIONS = f"<h1>{TITLE}</h1><dl>" + "".join(f"<dt>When?</dt><dd>{text}</dd>" for text in (ONE, TWO, THREE)) + "</dl>"
LINKS = f"<h1>{TITLE}</h1><p>{ONE}</p>" + "".join(
    f"<h2>Shelf {n}</h2><ul>"
    + "".join(f"<li><a href='https://b{n}.example/{k}'>Book {k}</a>: a book of boats and soup</li>" for k in range(4))
    + "</ul>"
    for n in range(3)
)
CODE = (
    f"<h1>{TITLE}</h1><p>{ONE}</p><h2>Usage</h2><pre><code>import boat\n\nboat.leave(at=9)</code></pre><p>{TWO}</p>"
    "<h2>Example</h2><pre><code>import boat\n\nboat.wait()</code></pre><p>It prints:</p><pre>done</pre>"
    f"<h2>Notes</h2><p>{THREE}</p><p><em>This page was written as a notebook.</em></p>"
)
TABLE = (
    f"<h1>{TITLE}</h1><p>{ONE}</p><h2>Results</h2><table><tr><th>Boat</th><th>Hours</th></tr>"
    + "".join(f"<tr><td>Boat {n}</td><td>{n}:30</td></tr>" for n in range(6))
    + f"</table><p>{TWO}</p><h3>Standings</h3><ol><li>Ann Marsh</li><li>Bo Quist</li></ol>"
)
LETTER = f"<h1>{TITLE}</h1><p><em>{ONE}</em></p><p><em>{TWO}</em></p><p>{THREE}</p><p>Yours,</p><p>Ann and Bo</p>"
STEPS = ld(articleBody=f"{ONE} {TWO} {THREE}")
"""A page that states its text without its list."""
STEPS_PAGE = f"<h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p><ul><li>two leeks</li><li>salt and soup</li></ul><p>{THREE}</p>"

SECTIONS = (
    f"<h1>{TITLE}</h1>"
    + "".join(f"<p>{n}. {ONE} {TWO}</p>" for n in range(9))
    + "".join(
        f"<section id='{slug}'><h2>{slug.replace('-', ' ').capitalize()}</h2><p>{text}</p></section>"
        for slug, text in (("quiz-night", THREE), ("popular-boats", FOUR))
    )
)
SLUGS = (
    f"<h1>{TITLE}</h1><p>{ONE} {TWO}</p><h2 id='related-work'>Related work</h2><p>{THREE}</p>"
    f"<h3 id='quiz'>Quiz</h3><p>{FOUR}</p>"
)

PAGES = (SECTIONS, SLUGS, RECIPE, THREAD, MANUAL, TICKER, POEM, LIVE, QUESTIONS, LINKS, CODE, TABLE, LETTER, STEPS_PAGE)


@pytest.mark.parametrize("inside", PAGES)
def test_pages_that_are_no_news_lose_nothing(inside: str, cleaner: Cleaner) -> None:
    html = page_of(inside, STEPS if inside == STEPS_PAGE else "")
    found = trafilatura.bare_extraction(html, include_comments=False)
    page = cleaner.label(html, URL)  # with all rules and stages
    kept = [key(block.text) for block in page.blocks if block.kept]
    lost = [line for line in found.text.split("\n") if key(line) not in {*kept, key(TITLE), ""}]
    assert not lost
