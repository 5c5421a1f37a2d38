"""The visible blocks of a page: what counts as one block, what is left out, and the facts of where it stood."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from cleaners.html.regions import facts_of
from cleaners.html.visible import MAX_CHAIN, same_site, visible_blocks
from cleaners.page import Block

PROSE = "The ferry to Lindow left at nine, as it had done on every weekday since the pier was mended in the spring."


def blocks_of(body: str) -> list[Block]:
    return visible_blocks(document_fromstring(f"<html><head><title>T</title></head><body>{body}</body></html>"))


def texts(body: str) -> list[str]:
    return [block.raw for block in blocks_of(body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>One</h1><p>Two <b>three</b> four.</p>", ["One", "Two three four."]),
        ("<div>Loose text<p>A paragraph</p>more loose text</div>", ["Loose text", "A paragraph", "more loose text"]),
        ("<ul><li>One<ul><li>Inner</li></ul></li><li><p>Two</p></li></ul>", ["One", "Inner", "Two"]),
        ("<dl><dt>Term</dt><dd>What it is</dd></dl>", ["Term", "What it is"]),
        ("<p>A  line \n\t with   spaces</p>", ["A line with spaces"]),
        ("<p>no\u00a0break\u00a0 stays</p>", ["no\u00a0break\u00a0 stays"]),
        ("<p>dr<b>op</b>cap</p>", ["dropcap"]),
        ("<p>One<br>two<br><br>three</p>", ["One", "two", "three"]),
        ("<h1>One <div>two</div><span>three<br>four</span></h1>", ["One two three four"]),
        (f"<h1>Unclosed<div>{PROSE * 3}</div><div>{PROSE}</div></h1>", [f"Unclosed {PROSE * 3}", PROSE]),
        ("<blockquote>Said he.</blockquote>", ["Said he."]),
        ("<figure><img alt='no'><figcaption>A pier.</figcaption></figure>", ["A pier."]),
        ("<a href='/a'>Home</a><a href='/b'>News</a>", ["Home News"]),
        ("<p>before<!-- not this -->after</p>", ["beforeafter"]),
        ("<p>text</p>tail", ["text", "tail"]),
        ("<a href='/x'><h3>Headline</h3><p>Teaser</p></a>", ["Headline", "Teaser"]),
        ("<my-card>One</my-card><my-card>Two</my-card>", ["One", "Two"]),
        ("<p>in a <my-tip>made-up</my-tip> element</p>", ["in a made-up element"]),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", ["漢"]),
        ("<button>Menu</button><p>x</p>", ["Menu", "x"]),
        ("<p> </p><div>\n</div>", []),
    ],
)
def test_what_is_one_block(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<noscript>x</noscript>",
        "<template>x</template>",
        "<svg><title>x</title><text>x</text></svg>",
        "<iframe>x</iframe>",
        "<object>x</object>",
        "<p hidden>x</p>",
        "<div style='color: red; DISPLAY : none'>x</div>",
        "<div style='visibility:hidden'><p>x</p></div>",
        "<dialog>x</dialog>",
        "<span class='sr-only'>x</span>",
        "<p class='u-visuallyHidden visually-hidden'>x</p>",
        "<span class='screen-reader-text'>x</span>",
        "<input type='hidden' value='x'><input type='submit' value='x'>",
        "<select><option>x</option></select>",
        "<textarea>x</textarea>",
    ],
)
def test_what_is_not_shown(hidden: str) -> None:
    assert texts(f"<p>one</p>{hidden}<p>two</p>") == ["one", "two"]


@pytest.mark.parametrize(
    "shown",
    ["<p aria-hidden='true'>x</p>", "<dialog open>x</dialog>", "<details>x</details>", "<p class='hidden-gem'>x</p>"],
)
def test_what_is_shown_all_the_same(shown: str) -> None:
    assert "x" in texts(f"<p>one</p>{shown}")


@pytest.mark.parametrize(
    "panels",
    [
        "<h3><button aria-expanded='false' aria-controls='a'>Why</button></h3><div id='a' role='region' hidden>x</div>",
        "<dt aria-controls='a'>Darf ich?</dt><dd id='a' style='display:none'><p>x</p></dd>",
        "<button role='tab' aria-controls='b a'>Plan</button><section id='a' role='tabpanel' hidden>x</section>",
        "<a href='#a' aria-controls='a'>Lire la suite</a><div class='screen-reader-text' id='a'>x</div>",
        "<p hidden='until-found'>x</p>",
    ],
)
def test_what_a_control_in_the_text_opens_is_shown(panels: str) -> None:
    assert "x" in texts(f"<p>one</p>{panels}")


@pytest.mark.parametrize("part", ["nav", "header", "footer", "aside", "form"])
def test_what_a_menu_opens_is_not_shown(part: str) -> None:
    opened = f"<{part}><button aria-controls='m'>Menu</button></{part}><ul id='m' hidden><li>x</li></ul>"
    assert "x" not in texts(f"{opened}<p>one</p>")
    assert "x" not in texts("<p>one</p><button aria-controls='other'>More</button><p id='a' hidden>x</p>")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>A keeper waits.<a href='#s-1' class='pilcrow'>¶</a></p>", ["A keeper waits."]),
        ("<h2>Keepers<a class='headerlink' href='#keepers' title='Link'>#</a></h2>", ["Keepers"]),
        ("<h2><a href='#k'><span>§</span></a> Keepers</h2>", ["Keepers"]),
        ("<h3>Keepers <a href='#k'>\U0001f517\ufe0e</a></h3>", ["Keepers"]),
        ("<p>As <a href='#note'>#1</a> says, <a href='/tags'>#</a> opens a tag.</p>", ["As #1 says, # opens a tag."]),
        ("<p>¶ ends a paragraph, # a heading.</p>", ["¶ ends a paragraph, # a heading."]),
        ("<p><a href='#fn'>¶<b>one</b></a></p>", ["¶one"]),
    ],
)
def test_signs_of_links_to_their_own_place_are_not_shown(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_a_link_of_a_heading_to_itself_is_no_link() -> None:
    inside = "<a href='#n' class='section-number'>1. </a><a href='#name'>Lofts and Keepers</a>"
    heading, other, line = blocks_of(f"<h2>{inside}</h2><h2><a href='/lofts#n'>Lofts</a></h2><p>{inside}</p>")
    assert (heading.raw, facts_of(heading).link_share) == ("1. Lofts and Keepers", 0)
    assert (facts_of(other).link_share, facts_of(line).link_share) == (1, 1)


def test_text_behind_a_hidden_element_is_shown() -> None:
    assert texts("<p>one <span style='display:none'>gone</span>two</p>") == ["one two"]


def test_hidden_elements_can_be_asked_for() -> None:
    tree = document_fromstring("<html><body><p>one</p><p hidden>two</p><script>three</script></body></html>")
    assert [b.raw for b in visible_blocks(tree, None, hidden=True)] == ["one", "two"]


def test_line_breaks_are_gaps() -> None:
    assert [(b.raw, b.gap) for b in blocks_of("<p>one<br>two<br><br>three</p><p>four<br></p><p>five</p>")] == [
        ("one", "\n"), ("two", "\n\n"), ("three", "\n\n"), ("four", "\n\n"), ("five", "\n\n"),
    ]  # fmt: skip


def test_preformatted_text_keeps_its_spaces_a_block_a_line() -> None:
    blocks = blocks_of("<p>Run:</p><pre>def f(x):\n    return  x\n\nf(1)\n</pre><p>Done.</p>")
    assert [(b.raw, b.gap) for b in blocks] == [
        ("Run:", "\n\n"), ("def f(x):", "\n"), ("    return  x", "\n\n"), ("f(1)", "\n\n"), ("Done.", "\n\n"),
    ]  # fmt: skip


def test_short_cells_make_a_row_and_long_ones_stand_alone() -> None:
    rows = "<tr><th>Name</th><th>Age</th></tr><tr><td>Ann</td><td></td><td>41</td></tr>"
    assert texts(f"<table>{rows}</table>") == ["Name | Age", "Ann | 41"]
    assert texts(f"<table><tr><td>Menu</td><td><p>{PROSE}</p></td></tr></table>") == ["Menu", PROSE]
    long = PROSE * 3
    assert texts(f"<table><tr><td>{long}</td><td>{long}</td></tr></table>") == [long, long]


def test_blocks_are_numbered_from_nought() -> None:
    assert [b.start for b in blocks_of("<p>a</p><pre>b\nc</pre><ul><li>d</ul>")] == [0, 1, 2, 3]


def test_facts_tell_where_a_block_stood() -> None:
    paragraph = '<p class="leadText"><a href="/x">Nine</a> to</p>'
    (block,) = blocks_of(f'<main id="mainContent"><div class="story-body wp_text2">{paragraph}</div></main>')
    facts = block.facts
    assert facts is not None
    assert facts.tags == ("main", "div", "p")
    assert facts.words == {"main", "content", "story", "body", "wp", "text", "lead"}
    assert facts.own_words == {"lead", "text"}
    assert facts.link_share == pytest.approx(4 / 6)
    assert not facts.in_figure


def test_an_inline_wrapper_counts_with_the_block_it_fills() -> None:
    (block,) = blocks_of('<div class="story"><p class="caption"><span class="text">A pier</span></p></div>')
    assert block.facts is not None
    assert block.facts.own_words == {"caption", "text"}
    assert block.facts.tags == ("div", "p", "span")


def test_the_body_s_own_classes_say_nothing_about_a_block() -> None:
    tree = document_fromstring("<html><body class='newsletter'><p class='a b-c'>x</p></body></html>")
    facts = visible_blocks(tree)[0].facts
    assert facts is not None
    assert facts.words == {"a", "b", "c"}


@pytest.mark.parametrize(
    "body",
    ["<figure><p>x</p></figure>", "<figcaption>x</figcaption>", "<p class='wp-caption-text'>x</p>"],
)
def test_figures(body: str) -> None:
    facts = blocks_of(body)[0].facts
    assert facts is not None
    assert facts.in_figure


def test_the_main_element_holds_most_of_the_prose() -> None:
    article = f"<div><h1>Title</h1><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p></div>"
    aside = f"<div><p>{PROSE}</p></div><ul><li><a href='/'>{PROSE}</a></li></ul>"
    inside = {b.raw: b.facts.in_main for b in blocks_of(f"<nav>News</nav><div>{article}{aside}</div>") if b.facts}
    assert inside == {"News": False, "Title": True, PROSE: False}  # the last of the equal blocks is the link
    main = [b.facts.in_main for b in blocks_of(article + aside) if b.facts]
    assert main == [True] * 4 + [False] * 2


def test_one_long_paragraph_is_not_the_main_element_itself() -> None:
    found = [b.facts.in_main for b in blocks_of(f"<div><h1>Title</h1><p>{PROSE * 9}</p></div><p>x</p>") if b.facts]
    assert found == [True, True, False]


def test_without_prose_nothing_is_main() -> None:
    assert not any(b.facts.in_main for b in blocks_of("<ul><li>One</li><li>Two</li></ul>") if b.facts)


@pytest.mark.parametrize(
    ("href", "same"),
    [
        ("/news/1", True),
        ("next.html", True),
        ("//www.lindow.example/x", True),
        ("https://sport.lindow.example/x", True),
        ("https://lindow.example.org/x", False),
        ("https://other.example/", False),
        ("#top", False),
        ("mailto:a@lindow.example", False),
        ("javascript:void(0)", False),
        ("", False),
        ("http://[", False),
    ],
)
def test_links_to_the_same_site(href: str, same: bool) -> None:
    assert same_site(href, "lindow.example") is same


def test_sites_under_a_shared_second_level_are_not_one_site() -> None:
    assert not same_site("https://other.co.uk/", "lindow.co.uk")
    assert same_site("https://news.lindow.co.uk/", "lindow.co.uk")


def test_the_share_of_links_to_the_same_site() -> None:
    body = "<html><body><p><a href='/a'>half</a> free</p><p><a href='https://other.example'>away</a></p></body></html>"
    found = visible_blocks(document_fromstring(body), "lindow.example")
    assert [block.facts.site_links for block in found if block.facts] == [0.5, 0.0]


def test_deep_nesting_costs_no_more_than_width() -> None:
    depth = 200
    deep = "<div class='a1 b2'>" * depth + "<p>x</p>" * 20_000 + "</div>" * depth
    tree = document_fromstring(f"<html><body>{deep}</body></html>")
    started = time.process_time()
    blocks = visible_blocks(tree)
    assert time.process_time() - started < 20  # seconds of CPU; a walk up for each block would take minutes
    assert len(blocks) == 20_000
    assert blocks[0].facts is not None
    assert len(blocks[0].facts.tags) <= MAX_CHAIN + 1


WORD = st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=8)
INLINE = st.sampled_from(["b", "i", "span", "a", "em"])
OUTER = st.sampled_from(["p", "div", "li", "td", "h2", "blockquote", "section", "pre"])


@given(st.lists(st.tuples(OUTER, INLINE, WORD, WORD), max_size=12))
def test_no_word_is_lost_or_doubled(parts: list[tuple[str, str, str, str]]) -> None:
    body = "".join(f"<{outer}>{one} <{inner}>{two}</{inner}> </{outer}>" for outer, inner, one, two in parts)
    words = [word for text in texts(body) for word in text.replace(" | ", " ").split()]
    assert words == [word for _, _, one, two in parts for word in (one, two)]
