"""Pages that stand where an article should are refused, and the reason says what they are. Articles never are."""

import pytest
from html_page import FOUR, ONE, THREE, TWO

from cleaners import Cleaner, NoArticle, clean, load_rules
from cleaners.text.walls import walls

SHORT = "The pier is shut until Friday."
POEM = "\n".join(
    ("The boat has gone", "and with it the day", "and nobody on the quay", "has a word to say", "of the sea")
)


def html(title: str, *lines: str, tag: str = "p") -> str:
    inside = "".join(f"<{tag}>{line}</{tag}>" for line in lines)
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><main>{inside}</main></body></html>"


WALLS = {
    "bot check": [
        html("Just a moment...", "<b>lindow.example</b>", "Verifying you are human. This may take a few seconds.",
             "lindow.example needs to review the security of your connection before proceeding.", "Ray ID: 8a0b11c2de"),
        html("Attention Required! | Shield", "Sorry, you have been blocked", "You are unable to access lindow.example",
             "Why have I been blocked?", "This website is using a security service to protect itself from online "
             "attacks. The action you just performed triggered the security solution."),
        html("Lindow Post", "Please enable cookies and reload the page.", "Reference ID: 18.9ac1"),
        html("Access Denied", "You don't have permission to access \"http://lindow.example/a\" on this server.",
             "Reference #18.9ac1.1700.2b"),
        html("Nur einen Moment…", "Bestätigen Sie, dass Sie ein Mensch sind", "lindow.example"),
        "Pardon Our Interruption\n\nAs you were browsing something about your browser made us think you were a bot.\n",
        "Un instant…\n\nVérifiez que vous êtes humain\n",
    ],
    "consent wall": [
        html("Lindower Bote | Zustimmung", "Nutzen Sie lindowerbote.example ganz ohne Tracking und nahezu werbefrei "
             "für 3 Euro im Monat.", "Lesen Sie lindowerbote.example wie gewohnt mit Werbung und Cookies.", "Ja"),
        html("Before you continue", "We use cookies and data to", "Sign in"),
        html("Le Quai", "Continuer sans accepter", "Accepter et continuer", "S'abonner"),
    ],
    "login": [
        html("Log in to your account", "Name", "Word", "Remember me"),
        html("Das Hafenforum", "Bitte melden Sie sich an, um fortzufahren.", "Name"),
        "The Lindow Post\n\nYou must be logged in to view this page.\n",
    ],
    "page not found": [
        html("404 Not Found", "Not Found", "The requested URL was not found on this server."),
        html("Page not found - The Lindow Post", "Oops! That page can’t be found.",
             "It looks like nothing was found at this location. Maybe try a search?", "Search"),
        html("Seite nicht gefunden | Der Bote", "Die von Ihnen gesuchte Seite konnte leider nicht gefunden werden."),
        html("Le Quai", "Cette page n'existe plus.", "Accueil"),
        html("410 Gone", "Gone", "The requested resource is no longer available on this server."),
        html("ページが見つかりません", "お探しのページは見つかりませんでした。"),
    ],
    "page that needs JavaScript": [
        html("Lindow Maps", "JavaScript is required", "Maps"),
        html("Lindow Maps", "We're sorry but Lindow Maps doesn't work properly without JavaScript enabled. Please "
             "enable it to continue."),
        html("Lindow Post", "Loading..."),
        "Bitte aktivieren Sie JavaScript in Ihrem Browser.\n",
    ],
    "paywall": [
        html("The pier is sold", "This story is for subscribers only", "Already a subscriber? Sign in"),
        html("Der Bote", "Dieser Artikel ist kostenpflichtig.", "Jetzt abonnieren und weiterlesen"),
        "Contenu réservé aux abonnés\n\nDéjà abonné ? Se connecter\n",
        "Articolo riservato agli abbonati\n",
        "本文仅限订阅用户阅读\n\n订阅后继续阅读\n",
    ],
    "age check": [
        html("Lindow Gin", "Are you of legal drinking age?", "Yes", "No"),
        html("Bar Lindow", "Hai più di 18 anni?", "Sì", "No"),
        "Вам есть 18 лет?\n\nДа\n\nНет\n",
    ],
    "region block": [
        html("Lindow TV", "This video is not available in your region"),
        html("The Lindow Post", "Unfortunately, our website is currently unavailable in most European countries. We "
             "are looking at options."),
        "Este conteúdo não está disponível no seu país.\n",
    ],
    "server message": [
        html("Account Suspended", "This site has been suspended", "Contact your hosting provider for more "
             "information."),
        html("502 Bad Gateway", "502 Bad Gateway", "nginx/1.24.0"),
        html("Lindow Post", "Error establishing a database connection"),
        "Internal Server Error\n\nThe server encountered an internal error and was unable to complete your request.\n",
    ],
    "maintenance notice": [
        html("Lindow Post", "Site under maintenance", "Please check back soon."),
        html("Der Bote", "Wartungsarbeiten", "Bitte versuchen Sie es später erneut."),
        "Sito in manutenzione\n\nTorneremo presto\n",
        "На сайте ведутся технические работы\n",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "page"), [(kind, page) for kind, pages in WALLS.items() for page in pages])
def test_a_wall_is_refused_and_the_reason_says_what_it_is(kind: str, page: str) -> None:
    with pytest.raises(NoArticle, match=rf"it is an? {kind} \(walls\.\w+: "):
        clean(page)


@pytest.mark.parametrize(
    "shell", ["<div id='root'></div>", "<noscript>Enable JavaScript</noscript>", "<canvas></canvas>"]
)
def test_an_empty_shell_is_refused(shell: str) -> None:
    with pytest.raises(NoArticle, match=r"drawn by a script|a page that needs JavaScript"):
        clean(
            f"<!DOCTYPE html><html><head><title>Lindow</title></head><body>{shell}<script>go()</script></body></html>"
        )


LINES = (
    "Just a moment...",
    "Access Denied",
    "Page not found",
    "JavaScript is required",
    "Before you continue",
    "Loading...",
    "Age verification",
    "Account Suspended",
    "Under construction",
    "This domain is for sale",
    "Not available in your country",
    "Already a subscriber?",
    "Wartungsarbeiten",
)


@pytest.mark.parametrize("line", LINES)
def test_an_article_that_holds_such_a_line_is_none(line: str) -> None:
    for page in (
        html("Ferry leaves Lindow on time", f"<i>{line}</i>", ONE, TWO, THREE, FOUR),
        html("Ferry leaves Lindow on time", ONE, TWO, line),
        html("Ferry leaves Lindow on time", line, ONE),
        html(line, ONE),
        f"{line}\n\n{ONE}\n\n{TWO}\n",
        f"{line}\n\n{SHORT}\n",
    ):
        assert clean(page)


@pytest.mark.parametrize("line", LINES)
def test_a_notice_beside_a_poem_or_a_table_is_none(line: str) -> None:
    (article,) = clean(f"{line}\n\n{POEM}\n")
    assert "nobody on the quay" in article.text
    rows = "".join(f"<tr><td>Boat {n}</td><td>{n}:00</td><td>Quay {n}</td></tr>" for n in range(9))
    (article,) = clean(html("Boats of the day", f"<table>{rows}</table>", line))
    assert "Boat 3" in article.text


def test_a_line_that_the_user_allows_is_no_wall_and_a_rule_can_be_switched_off() -> None:
    page = html("404 Not Found", "Page not found")
    assert Cleaner(allow=["Page not found"]).clean(page)
    assert Cleaner(disable=["walls"]).clean(page)


def test_every_line_of_a_wall_is_still_there_and_signed() -> None:
    page = Cleaner().label(WALLS["bot check"][0])
    assert len(page.restore()) == 4 and not page.kept()
    assert {block.by for block in page.blocks} & {"walls.challenge", "walls.challenge_sentence"}
    labels = [(block.role, block.by) for block in page.blocks]
    walls(page, Cleaner().matcher)
    assert [(block.role, block.by) for block in page.blocks] == labels


MENU = '<nav><a href="/">Start</a><ul><li><a href="/sea">Sea</a></li><li><a href="/land">Land</a></li></ul></nav>'


@pytest.mark.parametrize("wall", ["Loading…", "Not available in your country", "Seite nicht gefunden"])
def test_the_menu_around_a_wall_does_not_save_it(wall: str) -> None:
    page = (
        f"<!DOCTYPE html><html><head><title>Lindow</title></head><body>{MENU}<main><h2>{wall}</h2></main></body></html>"
    )
    with pytest.raises(NoArticle, match=wall.partition("…")[0]):
        clean(page)


def test_only_walls_say_what_kind_they_are() -> None:
    assert {rule.wall for rule in load_rules().rules if rule.does == "wall"} == WALLS.keys()


@pytest.mark.parametrize("line", ["Page not found", "Just a moment...", "Access Denied", "Seite nicht gefunden"])
@pytest.mark.parametrize(
    "below",
    [
        "<p>The boat has gone<br>and with it the day<br>and nobody on the quay<br>has a word to say</p>",
        "<ul><li>Bread</li><li>Butter</li><li>A kilo of salt</li><li>Water</li></ul>",
        "<p>— Is it shut?</p><p>— It is.</p><p>— Until when?</p><p>— Friday.</p>",
        "<table><tr><td>Ada leaves</td><td>40</td></tr><tr><td>Tom waits</td><td>12</td></tr></table>",
    ],
)
def test_a_heading_below_the_page_s_own_headline_makes_no_wall(line: str, below: str) -> None:
    page = html("What was said at the pier", "", tag="p").replace(
        "<p></p>", f"<h1>What was said at the pier</h1><h2>{line}</h2>{below}"
    )
    assert clean(page)
    with pytest.raises(NoArticle):
        clean(page.replace("What was said at the pier", "Lindow Post"))


@pytest.mark.parametrize("line", ["404 Not Found", "Access Denied", "Please enable JavaScript", "# Page not found"])
def test_a_line_of_code_is_no_wall(line: str) -> None:
    code = f"<pre><code>if late:\n    show()\n    {line}</code></pre>"
    assert (
        line
        in clean(html("The pages of Lindow", "<h1>The pages of Lindow</h1>").replace("</main>", f"{code}</main>"))[
            0
        ].text
    )


MORE_WALLS = {
    "bot check": [
        "Making sure you're not a bot!",
        "The requested URL was rejected. Please consult with your administrator.",
    ],
    "page not found": ["Dieser Artikel ist nicht mehr verfügbar.", "您访问的页面不存在", "Pagina căutată nu există."],
    "login": ["Your session has expired. Please log in again.", "Passwort vergessen?", "비밀번호"],
    "server message": ["This domain is for sale!", "It works!"],
    "page that needs JavaScript": ["This application requires JavaScript to be enabled."],
    "maintenance notice": ["Our website is under construction. Stay tuned!"],
}


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in MORE_WALLS.items() for line in lines])
def test_more_walls_are_refused_and_articles_that_quote_them_are_not(kind: str, line: str) -> None:
    with pytest.raises(NoArticle, match=f"a {kind}"):
        clean(html("Lindow Post", line))
    assert clean(html("Lindow Post", line, ONE))[0].text.endswith(ONE)
    assert clean(html("Lindow Post", f"“{line}” was all that Ada Quill saw of the harbour's page on Tuesday."))
