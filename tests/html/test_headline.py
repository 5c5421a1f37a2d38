"""The headline of a page, where its head and what it shows do not agree."""

import pytest
from html_page import ONE, THREE, TITLE, TWO, extract, ld, paragraphs

from cleaners.html.headline import site_in, without_site


def title_of(title: str, shown: str, head: str = "") -> str | None:
    html = (
        f"<html><head><title>{title}</title>{head}</head><body><main>{shown}{paragraphs(ONE, TWO, THREE)}</main></body>"
    )
    return extract(html, "https://www.lindow.example/news/1").meta.title


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (f"{TITLE} - Hafen.de", ""),
        (f"{TITLE} | Regional | HAFEN.DE", ""),
        (f"{TITLE} | 港の新聞", ""),
        (f"{TITLE} - Lindow", ""),
        (f"Lindow | {TITLE}", ""),
        (f"{TITLE} – Lindow", f"<h1>{TITLE} – Lindow</h1>"),  # shown with the site's name
        (f"{TITLE} | Opinion", f"<h1>{TITLE} | Opinion</h1>"),  # and with a section's
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(title: str, shown: str) -> None:
    assert title_of(title, shown) == TITLE


def test_a_news_entry_has_the_site_s_name_as_well() -> None:
    assert title_of(f"{TITLE} - Hafen.de", "", ld(headline=f"{TITLE} - Hafen.de")) == TITLE


@pytest.mark.parametrize("kicker", ["Blog: ", "Harbour", "<span>NEWS</span>", "<div>From the coast</div>"])
def test_a_kicker_inside_the_heading_is_no_part_of_the_title(kicker: str) -> None:
    assert title_of(f"{TITLE} | Lindow", f"<h1>{kicker}{TITLE}</h1>") == TITLE


@pytest.mark.parametrize("shown", ["2025 ferries leave Lindow on time", "12 ferries leave Lindow on time"])
def test_a_number_before_the_stated_title_is_a_part_of_it(shown: str) -> None:
    assert title_of("Ferries leave Lindow on time | The Lindow Post", f"<h1>{shown}</h1>") == shown


def test_a_heading_that_is_stated_with_its_first_words_keeps_them() -> None:
    whole = f"Interview: {TITLE}"
    assert title_of(f"{TITLE} | The Lindow Post", f"<h1>{whole}</h1>", ld(headline=whole)) == whole


@pytest.mark.parametrize(
    ("title", "shown", "found"),
    [
        # the heading of a part begins as the title does, and an h1 stands above it
        (
            f"{TITLE}, and more",
            "<h1>All about the ferry of Lindow</h1><h2>Ferry leaves</h2>",
            "All about the ferry of Lindow",
        ),
        # the h1 is the site's name, with which the title ends
        (f"{TITLE} - Harbour - The Post", f"<h1>The Post</h1><h2>{TITLE}</h2>", TITLE),
        # the h1 is a summary
        (f"{TITLE} | Lindow | Lindow", f"<h1>{ONE} {TWO}</h1>", TITLE),
        # the h1 is the name of a file
        (f"{TITLE} · Gist", "<h1>ann/ferry.md</h1>", TITLE),
        # nothing is stated: the first h1
        ("", "<h1>Ferry leaves at nine</h1><h1>Boats of the day</h1>", "Ferry leaves at nine"),
        # twice the same h1, once for narrow screens
        ("The Lindow Post", "<h1>Ferry leaves at nine</h1><h1>Ferry leaves at nine</h1>", "Ferry leaves at nine"),
        # a headline of one word that is no file's
        ("News of the harbour and the coast", "<h1>Windfall</h1>", "Windfall"),
        ("港口新闻网首页", "<h1>渡船今晨九点准时离开林道码头</h1>", "渡船今晨九点准时离开林道码头"),
    ],
)
def test_the_heading_that_is_the_headline(title: str, shown: str, found: str) -> None:
    assert title_of(title, shown) == found


@pytest.mark.parametrize(
    ("title", "names", "found"),
    [
        ("Ferry leaves at nine - The Post", ("The Post",), "Ferry leaves at nine"),
        ("The Post: Ferry leaves at nine", ("The Post",), "The Post: Ferry leaves at nine"),
        ("The Post | Ferry leaves at nine", ("The Post",), "Ferry leaves at nine"),
        ("Ferry leaves at nine | Harbour | The Post of Lindow", ("The Post",), "Ferry leaves at nine"),
        ("Ferry - boat", (), "Ferry - boat"),
        ("渡船今晨九点准时离开林道码头 | 本地新闻", (), "渡船今晨九点准时离开林道码头"),
        (
            "渡船今晨九点离开林道码头居民欢迎 | 公司反对这项决定",
            (),
            "渡船今晨九点离开林道码头居民欢迎 | 公司反对这项决定",
        ),
    ],
)
def test_titles_without_the_site_s_name(title: str, names: tuple[str, ...], found: str) -> None:
    assert without_site(title, names) == found


def test_the_site_that_a_title_names() -> None:
    assert site_in("Ferry leaves - Hafen.de") == "Hafen.de"
    assert site_in("Ferry leaves - The Lindow Post") is None


def test_on_a_page_without_headings_the_part_of_the_title_that_stands_above_the_prose_is_the_headline() -> None:
    site = "The Lindow Evening Messenger"
    page = extract(
        f"<html><head><title>{site} - {TITLE}</title></head><body><table><tr><td><b>{site}</b></td></tr><tr><td>"
        f"<b>{TITLE}</b>{paragraphs(ONE, TWO, THREE)}</td></tr></table></body></html>"
    )
    assert page.meta.title == TITLE


@pytest.mark.parametrize(
    ("title", "shown", "found"),
    [
        # a page without a title of its own, in other languages
        ("Startseite", f"<h2>{TITLE}</h2>", TITLE),
        ("Accueil", f"<h2>{TITLE}</h2>", TITLE),
        ("Главная", f"<h1>{TITLE}</h1>", TITLE),
        # a box above the article has a heading too
        ("The Lindow Post", f"<div id='cookie'><h1>We value your crumbs</h1></div><h1>{TITLE}</h1>", TITLE),
        ("The Lindow Post", f"<div class='popup'><h1>Get our app of boats</h1></div><h1>{TITLE}</h1>", TITLE),
        # the h1 is a section's name, and a smaller heading is all that the title says
        (f"{TITLE} | 林道网", f"<h1>Harbour</h1><h2><a href='/1'>{TITLE}</a></h2>", TITLE),
        # marks with nothing around them, and chains of sections
        ("渡船准时离开林道码头-林道网", "<p>港口</p>", "渡船准时离开林道码头"),
        ("渡し船がリンドウを定刻に出発：林道网", "<p>港口</p>", "渡し船がリンドウを定刻に出発"),
        ("渡船准时离开林道码头_港口新闻_林道网", "<p>港口</p>", "渡船准时离开林道码头"),
        ("나룻배 린도우 정시 출발해 &lt; 사회 &lt; 기사본문 - 林道网", "<p>港口</p>", "나룻배 린도우 정시 출발해"),
        ("The Moor-林道网 of Lindow", f"<h1>{TITLE}</h1>", TITLE),
    ],
)
def test_headlines_of_more_kinds_of_pages(title: str, shown: str, found: str) -> None:
    assert title_of(title, shown, "<meta property='og:site_name' content='林道网'>") == found


@pytest.mark.parametrize("name", ["twitter:title", "title", "DC.title"])
def test_where_nothing_else_states_a_title_other_metas_do(name: str) -> None:
    assert title_of("", "", f"<meta name='{name}' content='{TITLE}'>") == TITLE
    assert title_of(f"{TITLE} at last", "", f"<meta name='{name}' content='Another boat'>") == f"{TITLE} at last"
