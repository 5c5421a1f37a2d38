"""Pages of HTML made up for the tests: those that hold several articles, and those that look like it and hold one."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

PROSE = (
    "The lock at Lindow was opened at dawn by the keeper's daughter, who had done it alone for the first time.",
    "Two barges of gravel went down before breakfast, and a third, said the company, would wait for the tide to turn.",
    "Nobody had expected the water to rise so far in October, when the reservoirs are mostly empty and quiet.",
    "The bakery in Mill Street sold its last rye loaf at noon; the oven has been cold since the flue was condemned.",
    "Its owner means to open again in April with a smaller oven, a longer counter and the same three recipes.",
    "For forty years the queue on Saturdays had reached the chapel, and the verger complained of crumbs in the porch.",
    "Students of the music school played under the viaduct on Sunday because their hall has no roof any more.",
    "The sound, said a passer-by, was better than in the hall, and the trains kept time with the cellos for once.",
    "A collection for new slates brought in four hundred pounds, most of it in coins and one part of it in buttons.",
    "Beekeepers on the moor have lost a third of their hives this winter, fewer than in the two years before it.",
    "They thank the late heather and the cold, which kept the mites down, and they curse the woodpeckers as ever.",
    "A hive that was stolen in March turned up behind the football ground with its queen alive and its roof on.",
    "The last tram of the old line will be shown in the depot from May, next to the horse bus that it once replaced.",
    "Visitors may ring its bell, but not drive it, since the motor was sold to a sawmill at the end of the war.",
    "Volunteers have spent nine winters on its woodwork, and have found eleven tickets and a set of teeth.",
    "In the fish market a scale from 1911 has been put back to use after its electric successor failed for a week.",
    "The porters trust it more, they say, because everybody can see what it does and nobody has to press a button.",
    "It weighs to the ounce, which is nearer than the price of herring has ever needed in the memory of the town.",
)
"""Paragraphs, three of each subject."""


@dataclass(frozen=True)
class Story:
    """An article as it must come out."""

    title: str
    author: str
    day: str
    shown: str
    """The day as the page writes it."""
    text: tuple[str, ...]


STORIES = (
    Story("Keeper's daughter opens the lock alone", "Ann Marsh", "2026-05-03", "3 May 2026", PROSE[:3]),
    Story("Mill Street loses its rye bread", "Tom Reed", "2026-05-01", "1 May 2026", PROSE[3:6]),
    Story("Cellos play beneath the viaduct", "Ida Fenn", "2026-04-28", "28 April 2026", PROSE[6:9]),
)
MORE = (
    Story("Fewer hives lost upon the moor", "Ruth Carr", "2026-04-27", "27 April 2026", PROSE[9:12]),
    Story("Last tram goes to the depot", "Sam Holt", "2026-04-21", "21 April 2026", PROSE[12:15]),
    Story("Old scale weighs herring once again", "Joan Pike", "2026-04-20", "20 April 2026", PROSE[15:18]),
)
NAV = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
FOOT = "<footer><p>© The Lindow Post. All rights reserved.</p><a href='/imprint'>Imprint</a></footer>"
URL = "https://www.lindow.example/"


def page(inside: str, title: str = "The Lindow Post", head: str = "", above: str = "", lang: str = "en-GB") -> str:
    return (
        f"<!DOCTYPE html><html lang='{lang}'><head><title>{title}</title>{head}</head><body><header>{above}{NAV}"
        f"</header><main>{inside}</main><aside><h2>Most read</h2><ul><li><a href='/9'>The pier is mended at last</a>"
        f"</li></ul></aside>{FOOT}</body></html>"
    )


def ps(texts: tuple[str, ...], tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def ld(**entry: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(entry)}</script>"


def slug(story: Story) -> str:
    return f"/{story.day[:4]}/{story.title.split()[0].lower()}"


# Several articles


def _siblings(stories: tuple[Story, ...] = STORIES) -> str:
    return "".join(
        f"<article><h2>{s.title}</h2><p class='byline'>By {s.author}</p><time datetime='{s.day}'>{s.shown}</time>"
        f"{ps(s.text)}</article>"
        for s in stories
    )


def _blog(stories: tuple[Story, ...] = STORIES, more: str = "") -> str:
    return "".join(
        f"<div class='post'><h2 class='entry-title'><a href='{slug(s)}'>{s.title}</a></h2><div class='meta'>"
        f"{s.shown}</div><div class='entry'>{ps(s.text)}{more}</div>"
        f"<p class='postmeta'>Posted by {s.author} in <a href='/c'>News</a> | <a href='/c#r'>3 comments</a></p></div>"
        for s in stories
    )


def _flat(stories: tuple[Story, ...] = STORIES, level: str = "h2", date: str = "") -> str:
    return "".join(
        f"<{level}>{s.title}</{level}><p>By {s.author}{date and f', {s.shown}'}</p>{ps(s.text)}" for s in stories
    )


def _dated_above(stories: tuple[Story, ...] = STORIES) -> str:
    return "".join(
        f"<div class='dateline'>{s.shown}</div><h3><a href='{slug(s)}'>{s.title}</a></h3>{ps(s.text)}"
        f"<div class='foot'>Posted by {s.author}</div>"
        for s in stories
    )


def _layout_table() -> str:
    rows = "".join(
        f"<tr><td><h2>{s.title}</h2><p><i>By {s.author}</i></p><p>{s.shown}</p>{ps(s.text)}</td></tr>" for s in STORIES
    )
    return f"<table width='600'>{rows}</table>"


def _scrolled() -> str:
    """An article, and below it the next ones whole, as pages do that load them while one scrolls."""
    return "".join(
        f"<article class='story'><header><h1>{s.title}</h1><p class='author'>By {s.author}</p>"
        f"<time datetime='{s.day}T08:00'>{s.shown}</time></header><div class='body'>{ps(s.text)}</div></article>"
        for s in STORIES
    )


def _breaks() -> str:
    """Posts whose paragraphs are set apart by line breaks alone."""
    return "".join(
        f"<div class='post hentry'><h3><a href='{slug(s)}'>{s.title}</a></h3><div class='body'>"
        f"{'<br><br>'.join(s.text)}</div><div>Posted by <span class='author'>{s.author}</span> on {s.shown}</div></div>"
        for s in STORIES
    )


def _undated(stories: tuple[Story, ...]) -> tuple[Story, ...]:
    return tuple(replace(s, day="") for s in stories)


def _subheaded(stories: tuple[Story, ...]) -> tuple[Story, ...]:
    return tuple(replace(s, text=(*s.text[:2], "What comes next", s.text[2])) for s in stories)


def _subheadings() -> str:
    return "".join(
        f"<section><h2>{s.title}</h2><p>By {s.author}, {s.shown}</p>{ps(s.text[:2])}<h2>What comes next</h2>"
        f"{ps(s.text[2:])}</section>"
        for s in STORIES
    )


def _feet() -> str:
    return "".join(
        f"<article><h2><a href='{slug(s)}'>{s.title}</a></h2>{ps(s.text)}<footer>Posted on <time datetime='{s.day}'>"
        f"{s.shown}</time> by <a rel='author' href='/a'>{s.author}</a></footer></article>"
        for s in STORIES
    )


def _stated_blog() -> str:
    posts = [
        {"@type": "BlogPosting", "headline": s.title, "author": {"name": s.author}, "datePublished": s.day}
        for s in STORIES
    ]
    return ld(**{"@type": "Blog", "name": "The Lindow Post", "blogPost": posts})


def _cards() -> str:
    return "".join(f"<div><h3><a href='{slug(s)}'>{s.title}</a></h3><p>{s.text[0]}</p></div>" for s in MORE[:1])


def _hours(stories: tuple[Story, ...]) -> str:
    return "".join(
        f"<h2>{s.title}</h2><div class='b'><p>[Water] Posted {s.shown} 17:36 UTC by tfr</p>{ps(s.text)}</div>"
        for s in stories
    )


def _pictures() -> str:
    return "".join(
        f"<article><h2>{s.title}</h2><p class='byline'>By {s.author}</p><time datetime='{s.day}'>{s.shown}</time>"
        f"<figure><img src='x.jpg'><figcaption>The scene at Lindow</figcaption></figure>{ps(s.text)}</article>"
        for s in STORIES
    )


def _german() -> str:
    return "".join(
        f"<div class='beitrag'><h2>{s.title}</h2><p class='autor'>Von {s.author}, {s.shown}</p>{ps(s.text)}</div>"
        for s in GERMAN
    )


def _japanese() -> str:
    return "".join(
        f"<article><h2><a href='/p{s.day}'>{s.title}</a></h2><p class='date'>{s.shown}</p>{ps(s.text)}</article>"
        for s in JAPANESE
    )


GERMAN = (
    Story(
        "Die Schleuse öffnet wieder am Morgen",
        "Anna Vogt",
        "2026-05-03",
        "3. Mai 2026",
        (
            "Die Tochter des Wärters hat die Schleuse gestern zum ersten Mal allein geöffnet, noch vor Sonnenaufgang.",
            "Zwei Kähne mit Kies fuhren vor dem Frühstück hinunter, ein dritter wartet noch auf mehr Wasser.",
        ),
    ),
    Story(
        "Der Bäcker in der Mühlgasse hört auf",
        "Jan Roth",
        "2026-05-01",
        "1. Mai 2026",
        (
            "Das letzte Roggenbrot ging am Mittag über die Theke, seither ist der alte Ofen in der Mühlgasse kalt.",
            "Im April will die Nachfolgerin mit einem kleineren Ofen und denselben drei Rezepten wieder anfangen.",
        ),
    ),
)
JAPANESE = (
    Story(
        "水門を一人で開けた娘",
        "",
        "2026-05-03",
        "2026年5月3日",
        (
            "水門番の娘は昨日の夜明け前に初めて一人で水門を開けた。父は岸に立って黙って見ていたが、最後に一度だけうなずいたという。",
            "朝食の前に砂利を積んだ船が二隻下っていった。三隻目は水位が上がるのを待っていると会社は話している。",
        ),
    ),
    Story(
        "粉屋通りのパン屋が店を閉める",
        "",
        "2026-05-01",
        "2026年5月1日",
        (
            "最後のライ麦パンは正午に売り切れた。煙突が使えなくなってから、粉屋通りの古い窯はずっと冷えたままである。",
            "店主は四月に小さな窯と長い売り台と同じ三つの作り方でもう一度店を開けるつもりだと言っている。",
        ),
    ),
)
SHORT = Story("Kettle found in the canal", "Ann Marsh", "2026-05-04", "4 May 2026", (PROSE[17],))
LETTER = (
    "Good morning from the lighthouse, where the lamp has been cleaned and the kettle is on for whoever comes by.",
    "Three things have kept us busy since the last letter, and none of them, for once, was the weather or the gulls.",
)
NAMED_FIRST = "<meta name='author' content='Ann Marsh'><meta property='article:published_time' content='2026-05-03'>"
SEVERAL: dict[str, tuple[str, tuple[Story, ...]]] = {
    "sibling articles": (page(_siblings()), STORIES),
    "two sibling articles": (page(_siblings(STORIES[:2])), STORIES[:2]),
    "six sibling articles": (page(_siblings(STORIES + MORE)), STORIES + MORE),
    "home page of a blog": (page(_blog(), above="<h1><a href='/'>The Lindow Post</a></h1>"), STORIES),
    "archive of a blog": (page(f"<h1>Category: News</h1>{_blog()}"), STORIES),
    "digest": (page(f"<h1>The week in Lindow</h1>{_flat()}"), _undated(STORIES)),
    "digest without a heading of its own": (page(f"<div>{_flat(level='h3', date='y')}</div>"), STORIES),
    "days above the headlines": (page(f"<div>{_dated_above()}</div>"), STORIES),
    "layout table": (page(_layout_table()), STORIES),
    "scrolled": (page(_scrolled(), title=f"{STORIES[0].title} | The Lindow Post", head=NAMED_FIRST), STORIES),
    "line breaks": (page(_breaks()), STORIES),
    "one story that nobody signs": (
        page(f"<h1>The week in Lindow</h1>{_flat()}<h2>Brief items of the week</h2>{ps(PROSE[9:11])}"),
        (*_undated(STORIES), Story("Brief items of the week", "", "", "", PROSE[9:11])),
    ),
    "about the author, beside the posts": (
        page(f"{_blog(STORIES + MORE)}<div class='me'><h2>About the author of this</h2><p>{LETTER[0]}</p></div>"),
        STORIES + MORE,
    ),
    "newsletter": (
        page(f"<h1>The Lindow Letter</h1><p>3 May 2026</p>{ps(LETTER)}{_flat()}", title="The Lindow Letter"),
        (Story("The Lindow Letter", "", "2026-05-03", "3 May 2026", LETTER), *_undated(STORIES)),
    ),
    "one post of a paragraph": (page(_blog((SHORT, *STORIES))), (SHORT, *STORIES)),
    "subheadings in posts": (page(_subheadings()), _subheaded(STORIES)),
    "byline at the foot of each": (page(_feet()), STORIES),
    "inside one article": (page(f"<article><div>{_siblings()}</div></article>"), STORIES),
    "stated as a blog": (page(_blog(), head=_stated_blog()), STORIES),
    "with teasers below": (page(f"<div>{_siblings()}</div><section class='more'>{_cards()}</section>"), STORIES),
    "two columns": (
        page(f"<table><tr><td>{_hours(STORIES)}</td><td>{_hours(MORE)}</td></tr></table>"),
        tuple(replace(s, author="") for s in STORIES + MORE),
    ),
    "captions": (page(_pictures()), STORIES),
    "German": (page(_german(), title="Lindower Blatt", lang="de"), GERMAN),
    "Japanese": (page(_japanese(), title="港の便り", lang="ja"), JAPANESE),
}

# One article


def _sections(texts: tuple[tuple[str, ...], ...], titles: tuple[str, ...], level: str = "h2", more: str = "") -> str:
    return "".join(f"<{level}>{t}</{level}>{more}{ps(s)}" for t, s in zip(titles, texts, strict=True))


def _elements(tag: str) -> str:
    return "".join(f"<{tag}><h2>{t}</h2>{ps(s)}</{tag}>" for t, s in zip(TITLES, THREE, strict=True))


THREE = (PROSE[0:3], PROSE[3:6], PROSE[6:9])
TITLES = tuple(s.title for s in STORIES)
HEAD = "<h1>A year beside the water</h1><p class='byline'>By Ann Marsh</p><time datetime='2026-05-03'>3 May 2026</time>"
BEST = ("1. The inn at the lock", "2. The bakery in the mill", "3. The hall without a roof")


def _comments(tag: str = "article", name: str = "comment") -> str:
    return "".join(
        f"<{tag} class='{name}'><h3>{s.title}</h3><p class='author'>By {s.author}</p><time>{s.shown}</time>"
        f"{ps(s.text)}</{tag}>"
        for s in MORE
    )


def _live(day: str = "") -> str:
    return "".join(
        f"<article><h2>{s.title}</h2><p class='byline'>By {s.author}</p><time>{day}{9 + n}:30</time>{ps(s.text)}"
        "</article>"
        for n, s in enumerate(STORIES + MORE)
    )


def _thread() -> str:
    return "".join(
        f"<div class='post'><h3><a href='/t?p={n}'>{'Re: ' * bool(n)}Which lock is the oldest of all</a></h3>"
        f"<p class='author'>by {s.author} » {s.shown}</p>{ps(s.text)}</div>"
        for n, s in enumerate(STORIES + MORE)
    )


def _reviews() -> str:
    return "".join(
        f"<div class='review'><h3>{s.title}</h3><p>By {s.author} on {s.shown}</p>{ps(s.text)}</div>" for s in MORE
    )


def _teasers(count: int = 1) -> str:
    return "".join(
        f"<article class='card'><h2><a href='{slug(s)}'>{s.title}</a></h2><p class='byline'>By {s.author}</p>"
        f"<time datetime='{s.day}'>{s.shown}</time>{ps(s.text[:count])}</article>"
        for s in STORIES + MORE
    )


def _excerpts() -> str:
    return "".join(
        f"<article><h2><a href='{slug(s)}'>{s.title}</a></h2><time datetime='{s.day}'>{s.shown}</time>"
        f"<p>{' '.join(s.text)[:280]} […]</p><a href='{slug(s)}'>Continue reading</a></article>"
        for s in STORIES + MORE
    )


ONE: dict[str, str] = {
    "sections": page(f"<article>{HEAD}{_sections(THREE, TITLES)}</article>"),
    "sections in elements": page(f"<article>{HEAD}{_elements('section')}</article>"),
    "sections without a headline": page(f"<div><b>A year beside the water</b>{_sections(THREE, TITLES)}</div>"),
    "dated sections of a diary": page(
        f"<h1>A year beside the water</h1>{_sections(THREE, TITLES, more='<p>3 May 2026</p>')}"
    ),
    "teasers below": page(f"<article>{HEAD}{ps(PROSE[:9])}</article><section>{_teasers()}</section>"),
    "longer teasers below": page(f"<article>{HEAD}{ps(PROSE[:9])}</article><section>{_teasers(2)}</section>"),
    "longer teasers below a short article": page(
        f"<article>{HEAD}{ps(PROSE[:3])}</article><section>{_teasers(2)}</section>"
    ),
    "comments without a class": page(f"<div>{HEAD}{ps(PROSE[:3])}</div><div>{_comments('div', 'c')}</div>"),
    "comments": page(f"<article>{HEAD}{ps(PROSE[:6])}</article><section id='comments'>{_comments()}</section>"),
    "comments inside": page(f"<article>{HEAD}{ps(PROSE[:3])}<div class='comments'>{_comments()}</div></article>"),
    "live blog": page(f"<h1>The flood at Lindow as it happened</h1><p>3 May 2026</p>{_live()}"),
    "live blog without a headline": page(_live()),
    "live blog of a day": page(_live("3 May 2026, ")),
    "live blog of a day, by several people": page(
        f"<h1>The flood at Lindow as it happened</h1>{_live('3 May 2026, ')}"
    ),
    "talk about a page": page(
        "<h1>Talk: the lock</h1>"
        + "".join(f"<h2>{s.title}</h2>{ps(s.text)}<p>{s.author} (talk) 14:32, {s.shown}</p>" for s in STORIES)
    ),
    "sections that say by what": page(
        f"<h1>A year beside the water</h1>{_sections(THREE, TITLES, more='<p>By the numbers</p>')}"
    ),
    "live blog by its type": page(
        f"<h1>The flood at Lindow as it happened</h1>{_blog(STORIES + MORE)}",
        head=ld(**{"@type": "LiveBlogPosting", "headline": "The flood at Lindow as it happened"}),
    ),
    "questions": page(
        "<h1>Questions about the lock</h1>"
        + _sections(THREE, ("Who owns the lock now?", "Where can I buy bread?", "When does the hall open?"))
    ),
    "the ten best": page(f"<h1>The three best places at Lindow</h1>{_sections(THREE, BEST)}"),
    "the ten best, by their makers": page(
        "<h1>The three best books of the lock</h1>" + _sections(THREE, BEST, more="<p>By Iris Lock</p>")
    ),
    "the ten best of an author": page(HEAD + _sections(THREE, TITLES, more="<p>By Iris Lock</p>")),
    "thread": page(f"<h1>Which lock is the oldest of all</h1>{_thread()}"),
    "thread without a headline": page(_thread()),
    "product with reviews": page(f"<h1>Kettle of copper</h1>{ps(PROSE[:3])}<p>£ 40</p>{_reviews()}"),
    "quoted article": page(
        f"<article>{HEAD}{ps(PROSE[:6])}<blockquote><article><h2>{TITLES[2]}</h2><p>By Ida Fenn</p><p>28 April 2026</p>"
        f"{ps(PROSE[6:9])}</article></blockquote>{ps(PROSE[9:12])}</article>"
    ),
    "nested articles": page(f"<article>{HEAD}{_elements('article')}</article>"),
    "home page of teasers": page(_teasers()),
    "home page of excerpts": page(_excerpts()),
    "sections of teasers": page(
        "".join(
            f"<div><h2><a href='/c/{n}'>{subject}</a></h2>{_teasers(1)}</div>"
            for n, subject in enumerate(("News of the water", "News of the town", "News of the moor"))
        ).replace("<h2><a href='/2", "<h2 class='x'><a href='/2")
    ),
    "recipe": page(
        f"<h1>Rye bread of the mill</h1><p>By Tom Reed</p><p>1 May 2026</p>{ps(PROSE[:3])}<h2>Ingredients</h2><ul><li>"
        f"Rye</li><li>Salt</li></ul><h2>Method</h2>{ps(PROSE[3:6])}<h2>Notes</h2>{ps(PROSE[6:9])}"
    ),
    "said to be one": page(
        f"<h1>A year beside the water</h1>{_siblings()}",
        head="<meta property='og:type' content='article'><meta property='og:title' content='A year beside the water'>",
    ),
    "release notes": page(
        "<h1>Changes</h1>"
        + "".join(
            f"<h2><a href='/r/{n}'>Version 2.{n}</a></h2><p>Released on {s.shown}</p>{ps(s.text)}"
            for n, s in enumerate(STORIES)
        )
    ),
    "answers": page(
        "<h1>How do I clean the old lock?</h1>"
        + "".join(
            f"<div class='answer'><h2>Answer of the {n}rd of May</h2>{ps(s.text)}<p>answered by <a class='author' "
            f"href='/u'>{s.author}</a> {s.shown}</p></div>"
            for n, s in enumerate(STORIES)
        )
    ),
    "what experts say, below the headline that the title names": page(
        f"<h1>Four people on the old lock</h1>{_flat()}", title="Four people on the old lock | The Lindow Post"
    ),
    "what experts say, in one article": page(f"<article><h1>Four people on the old lock</h1>{_flat()}</article>"),
    "for and against": page(
        "<h1>Is the lock too old?</h1>"
        + "".join(f"<article><h2>{s.title}</h2><p>By {s.author}</p>{ps(s.text)}</article>" for s in STORIES[:2]),
        title="Is the lock too old? | The Lindow Post",
    ),
    "what experts say, below a smaller headline": page(
        f"<h2>Four people on the old lock</h2>{_flat(level='h3')}",
        title="Four people on the old lock | The Lindow Post",
    ),
    "a note of the author below the article": page(
        f"<article><h2>{STORIES[0].title}</h2><p>By Ann Marsh</p>{ps(PROSE[:6])}<h2>A note about the lock and me</h2>"
        f"<p>By Ann Marsh</p>{ps(PROSE[6:9])}</article>",
        title=f"{STORIES[0].title} | The Lindow Post",
    ),
}
