"""Inputs that look like what comes in, made from a source of choices: hypothesis, atheris and a seeded random alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from hostile import KINDS

from cleaners import load_rules

Choose = Callable[[int], int]
"""A number from 0 to below the one given."""


def word_list(text: str) -> list[str]:
    return text.split()


TAGS = word_list(
    "p div span a b i br hr h1 h2 h3 ul ol li table tr td th pre code blockquote figure figcaption img article "
    "main section header footer nav aside script style title textarea select option noscript template svg iframe "
    "form button html head body meta link base time font center dl dt dd x-y frameset plaintext rt video"
)
NAMES = word_list(
    "class id href src rel itemprop property name content hidden style lang datetime role type charset title"
)
VALUES = word_list(
    "byline caption share related comments title author date standfirst newsletter article-body sr-only #top /x "
    "// http://a.example/x http://[ javascript:x mailto:a@b og:title og:url article:published_time datePublished "
    "2020-05-01 display:none canonical application/ld+json en de zh-Hant content utf-16"
)
PROSE = (
    "The ferry to Lindow left at nine, as it had done on every weekday since the pier was mended in the spring.",
    "Nobody stood on the quay but the harbour master, who wrote the hour in his book and went back to his breakfast.",
    "Die Fähre nach Lindow fuhr um neun, wie an jedem Werktag, seit der Steg im Frühjahr ausgebessert worden war.",
    "昨日の朝、港の船長は九時に出発し、多くの乗客が甲板で待っていました。風は弱く、海は静かでした。",
    "وصلت العبارة إلى الميناء في الساعة التاسعة صباحا كما في كل يوم من أيام الأسبوع منذ الربيع الماضي.",
    "Ferry leaves Lindow on time",
    "By Ada Quill | The Lindow Post",
    "Picture: Tom Ferro / AFP",
)
ODD = (
    "\0", "\ud800", "\ufeff", "\u200b", "\u00ad", "\u202e", "\u0301", "\u00a0", "\u2028", "\x85", "\x0c", "\r", "\r\n",
    "\n", "\n\n", " ", "  ", "\t", "&amp;", "&amp;amp;", "&lt;p&gt;", "&#x110000;", "&#0;", "&nbsp;", "&", "<", ">",
    "</", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?xml ", "<!DOCTYPE html>", '"', "'", "=", "\\", "Ã©", "â€œ",
    "ï»¿", "İ", "ß", "ﬁ", "Ǆ", "\U0001f468\u200d\U0001f469", "\ufffe", "0", "²", "٣", "|", "€", "{", "}", "[", "]",
    "中", "中", "a", "A.",
)  # fmt: skip
TOML = (
    "[[rule]]\n", "[rule]\n", "why = 'x'\n", "id = 'fuzz.a'\n", "id = 'fuzz.b'\n", "id = 'other.a'\n", "id = 7\n",
    "lines = ['Share on Facebook']\n", "lines = []\n", "lines = 'x'\n", "lines = ['', 'ab', 'İ']\n",
    "pattern = '(?i)by (?P<name>.+)'\n", "pattern = '('\n", "pattern = ''\n", "pattern = '(a|b)*?c'\n",
    "needs = ['by']\n", "needs = ['By']\n", "needs = ['']\n", "same_as = 'previous'\n", "same_as = 1\n",
    "where = 'tail'\n", "where = 'here'\n", "does = 'cut'\n", "does = 'end'\n", "prose_after = false\n",
    "role = 'byline'\n", "role = 'x'\n", "linked = true\n", "languages = ['en']\n", "hosts = ['a.b']\n",
    "hits = ['Share on Facebook']\n", "hits = ['by me']\n", "hits = []\n", "hits = [1]\n", "misses = ['x']\n",
    "misses = {}\n", "wy = 1\n", "a.b.c = 1\n", "rule = 1\n", "x = 2020-01-01\n", "y = inf\n", "'' = ''\n", "\ufeff",
    "#", "'''", '"', "=",
)  # fmt: skip

ENCODINGS = (
    "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1251", "koi8-r", "gbk",
    "shift_jis", "euc-kr", "iso2022_jp", "utf-7", "cp437",
)  # fmt: skip
BYTES = (
    b"\0", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1b$B", b"\x1f\x8b\x08", b"\x80", b"\xff", b"\xc3",
    b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"<meta charset=utf-16>", b"<?xml version='1.0' encoding='cp037'?>",
    b"%PDF-1.4", b"\x89PNG\r\n", b'<meta http-equiv=content-type content="text/html; charset=gb2312">', b"\n", b"\r",
    b"\x1a", b"\x00<\x00p\x00>",
)  # fmt: skip
JSON = (
    "null", "true", "7", "-0", "1e999", "NaN", '""', '"x"', "[]", "{}", "[1]", '{"a": 1}', "9" * 5000, '"\\ud800"',
    '"\\u0000"', '"../../etc/passwd"', '"base64"', '"Unreadable"', '"%%%"', '"AAAA"', '"http://["',
    '"<p>The ferry left at nine.</p>"',
)  # fmt: skip
FIELDS = ("html", "text", "content", "raw_content", "url", "id", "encoding", "error", "x", "", "\\ud800")


@cache
def hits() -> tuple[str, ...]:
    return tuple(hit for rule in load_rules().rules for hit in rule.hits)


@cache
def hostile() -> tuple[str, ...]:
    """Small ones of the hostile pages, to be cut up and put together anew."""
    built = (kind.build(min(kind.small, 20)) for kind in KINDS if kind.small < 10_000)
    return tuple(page[:4_000] for page in built if isinstance(page, str) and page)


def one(choose: Choose, of: Sequence[str]) -> str:
    return of[choose(len(of))]


def line(choose: Choose) -> str:
    """Words of all kinds in a row."""
    return "".join(one(choose, (PROSE, ODD, ODD, hits())[choose(4)]) for _ in range(1 + choose(8)))


def text(choose: Choose) -> str:
    """A text page: prose, furniture, noise; lines may repeat."""
    out: list[str] = []
    for _ in range(1 + choose(14)):
        kind = choose(8)
        said = one(choose, PROSE) if kind < 4 else one(choose, hits()) if kind < 6 else line(choose)
        out += [said, one(choose, ("\n", "\n\n", "\r\n", "\n \n", "\u2028", "\f"))] * (1 + (choose(6) == 0))
    return "".join(out)


def tag(choose: Choose) -> str:
    attributes = "".join(f' {one(choose, NAMES)}="{one(choose, VALUES)}"' for _ in range(choose(3)))
    return f"<{one(choose, TAGS)}{attributes}{'/' * (choose(12) == 0)}>"


def html(choose: Choose) -> str:
    """A page of tags that may or may not close, with text between; sometimes a piece of a hostile one."""
    out, opened = [one(choose, ("<html><body>", "<!DOCTYPE html>", "<p>", "<div>", ""))], ["body"]
    for _ in range(choose(40)):
        kind = choose(10)
        if kind < 3:
            out.append(tag(choose))
            opened.append(out[-1][1:].split()[0].rstrip("/>"))
        elif kind < 5:
            out.append(f"</{opened.pop() if opened and choose(4) else one(choose, TAGS)}>")
        elif kind < 8:
            out.append(one(choose, PROSE))
        elif kind == 8:
            out.append(line(choose))
        else:
            page = one(choose, hostile())
            start = choose(len(page))
            out.append(page[start : start + choose(400)])
    return "".join(out)


def raw(choose: Choose) -> bytes:
    """A page in some encoding, with bytes in it that do not belong there."""
    page = (text, html)[choose(2)](choose).encode(one(choose, ENCODINGS), "replace")
    for _ in range(choose(4)):
        at = choose(len(page) + 1)
        page = page[:at] + BYTES[choose(len(BYTES))] + page[at + choose(3) :]
    return page


def rows(choose: Choose) -> bytes:
    """JSON lines, or nearly."""
    out = []
    for _ in range(1 + choose(8)):
        members = (f'"{one(choose, FIELDS)}": {one(choose, JSON)}' for _ in range(choose(5)))
        said = "{" + ", ".join(members) + "}" if choose(6) else one(choose, JSON)
        line = said.encode("utf-8", "surrogatepass")
        if not choose(6):
            at = choose(len(line) + 1)
            line = line[:at] + BYTES[choose(len(BYTES))] + line[at + choose(3) :]
        out.append(line + (b"\n", b"\r\n", b"\n\n", b"")[choose(4)])
    return b"".join(out)


def toml(choose: Choose) -> str:
    """A rule file, or nearly one."""
    return "".join(one(choose, TOML if choose(12) else ODD) for _ in range(1 + choose(16)))


def mojibake(choose: Choose) -> str:
    """A line that was read in the wrong encoding, once or twice."""
    said = line(choose)
    for _ in range(1 + choose(2)):
        wrong = one(choose, ("cp1252", "latin-1", "cp1251", "mac-roman", "gbk"))
        said = said.encode("utf-8", "surrogatepass").decode(wrong, "replace")
    return said
