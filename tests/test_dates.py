"""Dates in words and figures, to ISO 8601."""

import pytest

from cleaners import BadInput, Cleaner
from cleaners.dates import date_in, day_of_address, iso_date


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("3 May 2021", "en", "2021-05-03"),
        ("Published on Monday, May 3, 2021", "en", None),  # a label is no part of a date
        ("3/4/2021", "en-us", "2021-03-04"),
        ("3/4/2021", "en-gb", "2021-04-03"),
        ("3/4/2021", "en-au", "2021-04-03"),
        ("3/4/2021", "en-ca", None),  # both are written there
        ("3/4/2021", "en", None),
        ("4/4/2021", "en", "2021-04-04"),
        ("3/4/2021", "fr", "2021-04-03"),
        ("12. März 2021", "de", "2021-03-12"),
        ("12 марта 2021 г.", "ru", "2021-03-12"),
        ("2021年5月3日", "zh", "2021-05-03"),
        ("12 mars 2021", None, "2021-03-12"),
        ("12 mars 2021", "en", "2021-03-12"),  # the page's language is a guess
        ("12 mars 2021", "tlh", "2021-03-12"),  # dateparser has no Klingon
        ("12 de maio de 2021", "pt", "2021-05-12"),
        ("ngày 3 tháng 5 năm 2021", "vi", "2021-05-03"),
        ("3 Μαΐου 2021", "el", "2021-05-03"),
        ("3 मई 2021", "hi", "2021-05-03"),
        ("٣ مايو ٢٠٢١", "ar", "2021-05-03"),
        ("3 พฤษภาคม 2564", "th", "2021-05-03"),  # of the Buddhist era
        ("2021. 5. 3. 10:30", "ko", "2021-05-03"),
        ("2021-05-03T08:00:00+02:00", None, "2021-05-03"),
        ("20210503", None, "2021-05-03"),
        ("Fri, 11 May 2018 08:00:00 GMT", "en", "2018-05-11"),
        ("5/11/18", "en-us", "2018-05-11"),
        ("3.4.2021", None, "2021-04-03"),
        ("31/10/2021", "en", "2021-10-31"),
        ("3/4/2021", None, None),  # in March or in April
        ("3/4/2021 8:50 AM", "en", None),  # "am" is a month in some language
        ("3/4/2021 8:50 AM PDT", "en", "2021-03-04"),
    ],
)
def test_a_date_is_read_in_the_page_s_language_first(text: str, language: str | None, date: str | None) -> None:
    assert iso_date(text, language) == date


@pytest.mark.parametrize("text", ["yesterday", "May 2021", "2021", "10:30", "12 Smarch 2021", "31 February 2021", ""])
def test_what_is_not_a_whole_date_is_none(text: str) -> None:
    """And "yesterday" would depend on the day on which the page is cleaned."""
    assert iso_date(text, "en") is None


@pytest.mark.parametrize(
    ("line", "language", "date"),
    [
        ("By Ann Marsh on 3 May 2021 at noon", "en", "2021-05-03"),
        ("Posted by Ann on May 3rd, 2021 in News", "en", "2021-05-03"),
        ("Publié le 12 mars 2021 à 10h", "fr", "2021-03-12"),
        ("Veröffentlicht am 12. März 2021, 10:30 Uhr", "de", "2021-03-12"),
        ("発行日 2021年5月3日(月) 10時", "ja", "2021-05-03"),
        ("By May Lee | 3 June 2021", "en", "2021-06-03"),
        ("By Ann Marsh On 5/3/21 at 8:50 AM", "en", None),
        ("By Ann Marsh On 5/3/21 at 8:50 AM EDT", "en", "2021-05-03"),
        ("5/3/2021 9:15 a.m. PT", "en", "2021-05-03"),
        ("5/3/2021 9:15 a.m. ET", "en-gb", "2021-03-05"),  # what the page says of itself comes first
        ("5/3/2021 09:15 CET", "en", None),
        ("Version 1.2.2021 of v1.2.2021", "en", "2021-02-01"),
        ("v1.2.2021", "en", None),
        ("The 31 years to March 2019", "en", None),
        ("© 1998-2024 The Weir Society", "en", None),
        ("Call 555-12-2021", "en", None),
    ],
)
def test_a_date_inside_a_line(line: str, language: str, date: str | None) -> None:
    assert date_in(line, language) == date


def test_a_day_in_an_address_is_a_whole_day() -> None:
    assert day_of_address("https://lindow.example/2021/05/03/ferry") == "2021-05-03"
    assert day_of_address("https://lindow.example/news/2021-05-03-ferry.html") == "2021-05-03"
    assert day_of_address("https://lindow.example/2021/05/ferry") is None
    assert day_of_address("https://lindow.example/a/20210503123456") is day_of_address(None) is None


PROSE = "".join(
    f"<p>{text}</p>"
    for text in (
        "The bridge at Lindow was closed on Tuesday 9 March 2010, and the ferry takes its place until spring comes.",
        "It was built in 1847 and mended on 3 May 1911, when the mayor of the day said that it would last for ever.",
        "Nobody has asked the fish, said the harbour master, who has written the hour of each boat in his book since.",
    )
)


def page(
    head: str = "", above: str = "", below: str = "", title: str = "The bridge at Lindow is closed", lang: str = "en"
) -> str:
    return (
        f"<html lang='{lang}'><head><title>{title}</title>{head}</head><body><main><article><h1>{title}</h1>{above}"
        f"{PROSE}{below}</article></main><aside><h3>Latest</h3><time datetime='2022-02-02'>2 Feb 2022</time></aside>"
        "<footer>© 1998-2024 The Weir Society</footer></body></html>"
    )


def ld(**fields: str) -> str:
    stated = ", ".join(f'"{name}": "{value}"' for name, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "x", {stated}}}</script>'


def web(kind: str = "WebPage", **fields: str) -> str:
    """What systems write of a page: the day when it was made in them, whatever it shows."""
    stated = ", ".join(f'"{name}": "{value}"' for name, value in fields.items())
    entry = f'{{"@type": "{kind}", "isPartOf": {{"@type": "WebSite", "name": "Lindow"}}, {stated}}}'
    return f'<script type="application/ld+json">{{"@graph": [{entry}]}}</script>'


def meta(name: str, content: str) -> str:
    return f"<meta property='{name}' content='{content}'>"


@pytest.mark.parametrize(
    ("source", "published", "modified"),
    [
        (page(), None, None),
        (page(ld(datePublished="2021-05-03T08:00:00Z", dateModified="2021-05-04")), "2021-05-03", "2021-05-04"),
        (page(ld(datePublished="May 3, 2021")), "2021-05-03", None),
        (page(ld(datePublished="2021")), None, None),
        (page(ld(dateModified="2021-05-04")), None, "2021-05-04"),
        (page(meta("article:published_time", "2021-05-03 10:00")), "2021-05-03", None),
        (page(meta("article:modified_time", "2021-05-04T10:00:00Z")), None, "2021-05-04"),
        (page("<meta name='pubdate' content='20210503'>"), "2021-05-03", None),
        (page("<meta name='DC.date.issued' content='3 May 2021'>"), "2021-05-03", None),
        (page(ld(datePublished="2021-05-03") + meta("article:published_time", "2020-01-01")), "2021-05-03", None),
        (page(above="<time datetime='2021-05-03T08:00'>yesterday</time>"), "2021-05-03", None),
        (page(above="<p>Updated <time datetime='2021-05-09'>9 May</time>, first <time datetime='2021-05-03'>3 May"
              "</time></p>"), "2021-05-03", None),
        (page(above="<div class='date'>3 May 2021</div>"), "2021-05-03", None),
        (page(above="<div class='x1'>May 3, 2021 • 8 minutes</div>"), "2021-05-03", None),
        (page(above="<div class='x1'>Updated on May 9, 2021</div>"), None, "2021-05-09"),
        (page(above="<div class='byline'>By <span class='author'>Ann Marsh</span> On 5/3/21 at 8:50 AM</div>",
              lang="en-US"), "2021-05-03", None),
        (page(above="<div class='date'>5/3/2021</div>", lang="en-GB"), "2021-03-05", None),
        (page(above="<div class='date'>5/3/2021</div>"), None, None),
        (page(above="<div class='date'>5/3/2021 8:50 AM PDT</div>"), "2021-05-03", None),
        (page(meta("og:locale", "en_US"), "<div class='date'>5/3/2021</div>"), "2021-05-03", None),
        (page(below="<footer>Posted <abbr class='published' title='2021-05-03T09:14:00-07:00'>9:14</abbr></footer>"),
         "2021-05-03", None),
        (page(below="<div class='comments'><time class='published' datetime='2021-05-03'>3 May</time></div>"),
         None, None),
        (page(below="<div id='comments'><p>April 2, 2019 at 9:14 am</p><p>I built one in 1987.</p></div>"),
         None, None),
        (page(above="<blockquote class='tweet'><p>The wheel stood still. 2 April 2019</p></blockquote>"), None, None),
        (page(ld(datePublished="Thu, 05/27/2021 - 11:38")), "2021-05-27", None),
        (page(ld(datePublished="Donnerstag, 27. Mai 2021, 11:38 Uhr")), "2021-05-27", None),
        (page(ld(datePublished="TBD") + meta("article:published_time", "2021-05-03")), "2021-05-03", None),
        (page(web(datePublished="2021-05-03T08:00:00Z", dateModified="2021-05-06")), None, None),
        (page(web(datePublished="2020-01-01") + ld(datePublished="2021-05-03")), "2021-05-03", None),
        (page(web("CollectionPage", datePublished="2020-01-01")), None, None),
        (page(meta("w-published-date", "2021-05-03T06:03:43.274Z")), "2021-05-03", None),
        (page(meta("published-time", "2024-05-03") + meta("published-date", "2021-05-03") + meta("date", "01/07/16")),
         "2021-05-03", None),
        (page(meta("og:published_time", "2021-05-03") + meta("og:modified_time", "2021-05-09")),
         "2021-05-03", "2021-05-09"),
        (page(above="<div><p>On <time datetime='1944-06-06'>6 June 1944</time> the ferry sank with all hands."
                    "</p></div>"), None, None),
        (page().replace("<body>", "<body><header><time datetime='2026-11-26'>Thursday</time></header>"), None, None),
        (page(above="<header><h1>The wheel of Lindow</h1><time datetime='2021-05-03'>3 May</time></header>"),
         "2021-05-03", None),
        (page(above="<div>Updated <time datetime='2021-05-09'>9 May 2021</time></div>"), None, "2021-05-09"),
        (page(above="<div>Last updated on <time datetime='2021-05-09T10:00'>Sunday</time></div>"), None, "2021-05-09"),
        (page(above="<div>Deadline: <time datetime='2021-05-09'>9 May 2021</time></div>"), None, None),
        (page(above="<div>Geboren <time datetime='1911-05-09'>9. Mai 1911</time></div>"), None, None),
        (page(ld(datePublished="1970-01-01T00:00:00Z")), None, None),
        (page(ld(datePublished="2021-05-03", dateModified="2020-01-01")), "2021-05-03", None),
        (page(meta("last-modified", "May 9, 2021")), None, "2021-05-09"),
        (page(meta("expires", "2031-05-03") + meta("copyright", "2021")), None, None),
        (page(meta("citation_publication_date", "2021/05/03")), "2021-05-03", None),
        (page(above="<div class='date'>Last updated: 9 May 2021</div>"), None, "2021-05-09"),
        (page(above="<div class='date'>3 May 2021</div><div class='date'>Updated 9 May 2021</div>"),
         "2021-05-03", "2021-05-09"),
        (page(above="<div class='date'>Mis à jour le 9 mai 2021</div>"), None, "2021-05-09"),
        (page(above="<div class='x1'>Stand: Mai 2021</div>"), None, None),
        (page(above="<div class='meta'>Публикация 3 мая 2021, 10:30</div>"), "2021-05-03", None),
        (page(above="<div class='meta'>2021年5月3日 10時30分</div>"), "2021-05-03", None),
        (page(below="<h2>Read next</h2><ul><li><a href='/a'>Weir mended</a> <time datetime='2020-01-09'>9 Jan"
              "</time></li></ul>"), None, None),
        (page(below="<p>Correction, 9 May 2021: the mayor of the day was not the miller, as we had it here first.</p>"),
         None, None),
        (page(below="<blockquote class='twitter-tweet'><p>It stood still</p>— Ann (@ann) <a href='/s/1'>April 2, 2019"
              "</a></blockquote>"), None, None),
    ],
)  # fmt: skip
def test_the_day_is_what_the_page_states_of_this_article(
    cleaner: Cleaner, source: str, published: str | None, modified: str | None
) -> None:
    (article,) = cleaner.clean(source)
    assert (article.published, article.modified) == (published, modified)


def test_the_address_says_the_day_where_the_page_does_not(cleaner: Cleaner) -> None:
    url = "https://lindow.example/2021/05/03/bridge"
    assert cleaner.clean(page(), url)[0].published == "2021-05-03"
    assert cleaner.clean(page(ld(datePublished="2021-05-02")), url)[0].published == "2021-05-02"


def test_a_host_in_a_country_says_how_it_writes_days(cleaner: Cleaner) -> None:
    source = page(above="<div class='date'>5/3/2021</div>")
    assert cleaner.clean(source, "https://lindow.co.uk/bridge")[0].published == "2021-03-05"
    assert cleaner.clean(source, "https://lindow.com/bridge")[0].published is None


def test_no_day_is_later_than_the_day_on_which_the_page_was_fetched(cleaner: Cleaner) -> None:
    source = page(ld(datePublished="2031-05-03", dateModified="2031-05-03"), "<div class='date'>3 May 2021</div>")
    (article,) = cleaner.clean(source, crawled="2026-01-05")
    assert (article.published, article.modified) == ("2021-05-03", None)
    assert cleaner.clean(source)[0].published == "2031-05-03"


@pytest.mark.parametrize(
    ("head", "above", "day"),
    [
        ("<meta property='article:published_time' content='2021-05-03T10:00:00Z'>", "", "2021-05-03"),
        ("<meta name='pubdate' content='2031-05-03'><meta name='date' content='2021-05-03'>", "", "2021-05-03"),
        ("", "<time datetime='2021-05-03'>3 May</time>", "2021-05-03"),
        ("", "<p class='date'>May 3, 2021</p>", "2021-05-03"),
        ("<meta property='article:published_time' content='2032-05-03T10:00:00Z'>", "", None),
        ("<meta property='article:modified_time' content='2021-05-03T10:00:00Z'>", "", None),
    ],
)
def test_where_the_surest_day_is_too_late_the_next_one_counts(
    head: str, above: str, day: str | None, cleaner: Cleaner
) -> None:
    source = page(ld(datePublished="2031-05-03") + head, above)
    assert cleaner.clean(source, crawled="2026-01-05")[0].published == day
    assert cleaner.clean(source)[0].published == "2031-05-03"


def test_the_first_second_of_machines_is_no_day_and_the_next_one_counts(cleaner: Cleaner) -> None:
    head = "<meta property='article:published_time' content='2021-05-03'>"
    assert cleaner.clean(page(ld(datePublished="1970-01-01") + head))[0].published == "2021-05-03"


def test_where_a_page_is_from_it_may_be_a_day_later_than_the_crawler_says(cleaner: Cleaner) -> None:
    source = page(ld(datePublished="2026-01-06T00:40:00+09:00"))
    assert cleaner.clean(source, crawled="2026-01-05T16:02:11Z")[0].published == "2026-01-06"
    assert cleaner.clean(source, crawled="2026-01-04")[0].published is None
    with pytest.raises(BadInput, match="yesterday"):
        cleaner.clean(source, crawled="yesterday")


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Release date: May 3, 2011"),
        ("en", "Date of the fair: May 3, 2021"),
        ("en", "When: Monday, 3 May 2021"),
        ("en", "On sale May 3, 2021"),
        ("de", "Kinostart 3. Mai 2011"),
        ("fr", "Date de sortie : le 3 mai 2011"),
        ("it", "Data di uscita: 3 maggio 2011"),
        ("ru", "Дата выхода: 3 мая 2011"),
        ("ja", "発売日：2011年5月3日"),
        ("zh", "上映日期：2011-05-03"),
        ("ko", "개봉일 2011.05.03"),
        ("en", "Last reviewed on May 3, 2021"),
        ("es", "Última actualización: 3 de mayo de 2021"),
        ("pt", "Última atualização: 03/05/2021"),
        ("de", "Letzte Änderung: 03.05.2021"),
        ("ru", "Последнее обновление: 3 мая 2021"),
        ("cs", "Poslední aktualizace: 3. 5. 2021"),
        ("ko", "업데이트 2021.05.03"),
        ("ja", "最終更新日：2021年5月3日"),
        ("zh", "最后更新：2021-05-03"),
    ],
)
@pytest.mark.parametrize(
    "form", ["<p>{}</p>", "<div class='date'>{}</div>", "<div>{} <time datetime='2021-05-03'></time></div>"]
)
def test_a_day_whose_label_says_something_else_is_not_that_of_publication(
    cleaner: Cleaner, lang: str, line: str, form: str
) -> None:
    assert cleaner.clean(page(above=form.format(line), lang=lang))[0].published is None


@pytest.mark.parametrize(
    "line",
    [
        "Released: May 3, 2021",
        "Date: 3 May 2021",
        "Posted in: News, 3 May 2021",
        "Text: Ada Quill, 3 May 2021",
        "By: Ada Quill May 3, 2021",
        "Category: News | May 3, 2021",
        "Published: Monday, 3 May 2021",
        "Erstellt: Montag, 3. Mai 2021",
        "Опубликовано: 3 мая 2021",
        "Đăng lúc: 3/5/2021 10:00 ngày 3 tháng 5 năm 2021",
        "公開日：2021年5月3日",
        "10:30 May 3, 2021",  # not the thirtieth
        "2021. május 3. 10:00 | Lindow",
    ],
)
def test_a_day_behind_what_else_a_date_line_says(cleaner: Cleaner, line: str) -> None:
    assert cleaner.clean(page(above=f"<p class='date'>{line}</p>"))[0].published == "2021-05-03"


@pytest.mark.parametrize(
    "above",
    [
        "<div class='related'><a href='/2'>The weir is mended</a> <time datetime='2019-01-02'>2 Jan 2019</time></div>",
        "<ul class='recent-posts'><li><a href='/2'>The weir is mended</a> 2 Jan 2019</li></ul>",
        "<div class='calendar'><time datetime='2026-11-27'>Friday</time></div>",
    ],
)
def test_days_of_other_articles_and_of_today_are_not_the_article_s(cleaner: Cleaner, above: str) -> None:
    assert cleaner.clean(page(above=above))[0].published is None


def test_of_several_entries_the_one_that_has_the_page_s_headline_is_the_article_s(cleaner: Cleaner) -> None:
    other = ld(datePublished="2019-01-02").replace('"x"', '"The weir is mended"')
    own = ld(datePublished="2021-05-03").replace('"x"', '"The bridge at Lindow is closed"')
    assert {cleaner.clean(page(head))[0].published for head in (other + own, own + other)} == {"2021-05-03"}


def test_days_that_a_page_states_in_other_forms(cleaner: Cleaner) -> None:
    listed = ld(datePublished="2021-05-03").replace('"2021-05-03"', '["2021-05-03"]')
    for head in (listed, ld(dateCreated="2021-05-03"), meta("citation_online_date", "2021/05/03")):
        assert cleaner.clean(page(head))[0].published == "2021-05-03"
