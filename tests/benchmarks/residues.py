"""What extractors make of the pages of the gold sets, each line labelled: the article's, or the site's furniture.

Extractors are those that are installed: trafilatura with its defaults (`trafilatura`) and with `favor_recall`
(`recall`), Resiliparse's main content (`resiliparse`), readability-lxml (`readability`), jusText (`justext`), and all
that a browser shows (`visible`). Comments are off where an extractor can leave them out. The extra `bench` has them.

A line is the article's where at least half of its words are the gold's, in order: cleaners/html/align.py sets the lines
against the gold's. Lines that a set counts neither way (a title in `pages` and `sites`, a summary that one of two golds
has) are labelled neither.

The texts are kept as `FOLDER/<set>.<extractor>-<version>.jsonl.gz`, a page a line. They hold the pages' text, which
belongs to their publishers: the folder is to be outside of the checkout.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import trafilatura
from gold_sets import html_of
from metric import gold_pages, words
from visible_text import visible_text

from cleaners.html.align import align
from cleaners.source import decode
from cleaners.source import lines as read_lines
from cleaners.text.language import language_of

SETS = ("articles", "news", "sites", "pages")
ARTICLE, CHROME, NEITHER = 1, 0, -1
HALF = 0.5
"""Share of a line's words that are the gold's, in order, from which on the line is the article's."""


@dataclass(frozen=True, slots=True)
class Residue:
    """One extractor's text of one page."""

    set: str
    group: str
    """The set; of `sites` the host, of `pages` the type of page. Groups are scored apart."""
    id: str
    domain: str
    """The registered domain of the page's site: what cross-validation leaves out whole."""
    text: str
    labels: list[int]
    """Of each line that is not blank: ARTICLE, CHROME or NEITHER."""

    @property
    def lines(self) -> list[str]:
        return lines_of(self.text)


def lines_of(text: str) -> list[str]:
    """The lines of a text that are not blank, as boilerstrip reads them."""
    return [block.raw for block in read_lines(text).blocks]


def _trafilatura(source: bytes) -> str:
    return trafilatura.extract(source, include_comments=False) or ""


def _recall(source: bytes) -> str:
    return trafilatura.extract(source, include_comments=False, favor_recall=True) or ""


def _resiliparse(source: bytes) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(decode(source)[0], main_content=True, alt_texts=False, comments=False))


def _readability(source: bytes) -> str:
    from readability import Document
    from readability.readability import Unparseable

    try:
        return visible_text(Document(decode(source)[0]).summary().encode())
    except (Unparseable, ValueError):
        return ""


def _justext(source: bytes) -> str:
    import justext

    text, _ = decode(source)
    paragraphs = justext.justext(text.encode(), **stop_words(visible_text(source)), encoding="utf-8")
    return "\n".join(p.text for p in paragraphs if not p.is_boilerplate)


def stop_words(text: str) -> dict[str, Any]:
    """What jusText is told of a text's language: its stop words; where it has none, to go without."""
    import justext
    from babel import Locale, UnknownLocaleError

    try:
        name = (Locale.parse(language_of(text) or "").get_display_name("en") or "").replace(" ", "_").replace("å", "a")
    except (UnknownLocaleError, ValueError):
        name = ""
    if name == "Norwegian":
        name = "Norwegian_Bokmal"
    if name in justext.get_stoplists():
        return {"stoplist": justext.get_stoplist(name)}
    return {"stoplist": frozenset(), "stopwords_low": 0, "stopwords_high": 0}  # as its documentation says


EXTRACTORS: dict[str, tuple[str, str, Callable[[bytes], str]]] = {
    "trafilatura": ("trafilatura", "trafilatura", _trafilatura),
    "recall": ("trafilatura", "trafilatura", _recall),
    "resiliparse": ("resiliparse", "resiliparse", _resiliparse),
    "readability": ("readability-lxml", "readability", _readability),
    "justext": ("justext", "justext", _justext),
    "visible": ("", "", visible_text),
}
"""By name: the package, its module, and what gives the text of a page."""


def installed() -> list[str]:
    """The extractors that can be asked here."""
    return [name for name, (_, module, _) in EXTRACTORS.items() if not module or find_spec(module)]


@cache
def _domains() -> Any:
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def domain(host_or_url: str) -> str:
    """The registered domain, by the public suffix list that tldextract brings along: no network is asked."""
    found = _domains()(host_or_url)
    return found.top_domain_under_public_suffix or found.domain or host_or_url


def labels(lines: Sequence[str], gold: str) -> list[int]:
    """ARTICLE or CHROME for each line."""
    wanted = [line for line in gold.split("\n") if line.strip()]
    shares = align(list(lines), wanted, [True] * len(lines)).shares
    return [ARTICLE if share >= HALF else CHROME for share in shares]


def residue(name: str, group: str, gold: dict[str, Any], text: str) -> Residue:
    """The labelled text of a page."""
    lines = lines_of(text)
    found = labels(lines, gold["gold"])
    if gold.get("gold_without_summary"):
        without = labels(lines, gold["gold_without_summary"])
        found = [a if a == b else NEITHER for a, b in zip(found, without, strict=True)]
    if name in ("sites", "pages"):
        aside = {tuple(words(t)) for t in (gold["title"], *gold.get("neutral", [])) if t}
        found = [NEITHER if tuple(words(line)) in aside else a for line, a in zip(lines, found, strict=True)]
    site = gold.get("url") or group if name != "sites" else group
    return Residue(name, group, gold["id"], domain(site), text, found)


def residues(folder: Path, name: str, extractor: str, every: int = 1) -> list[Residue]:
    """An extractor's texts of one page in `every` of a set: read from the folder, or made and kept there."""
    package, _, extract = EXTRACTORS[extractor]
    try:
        which = f"{extractor}-{version(package)}" if package else extractor
    except PackageNotFoundError:
        which = extractor
    file = folder / f"{name}.{which}{f'.every{every}' if every > 1 else ''}.jsonl.gz"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = [residue(name, group, gold, _text(extract, name, gold)) for group, gold in pages(name, every)]
        partial = file.with_suffix(".partial")
        with gzip.open(partial, "wt", encoding="utf-8") as rows:
            rows.writelines(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in made)
        partial.rename(file)
    with gzip.open(file, "rt", encoding="utf-8") as rows:
        return [Residue(**json.loads(row)) for row in rows]


def pages(name: str, every: int = 1) -> Iterator[tuple[str, dict[str, Any]]]:
    """(group, gold) of one page in `every`."""
    for n, page in enumerate(gold_pages(name)):
        if n % every == 0:
            yield page


def _text(extract: Callable[[bytes], str], name: str, gold: dict[str, Any]) -> str:
    source = html_of(name, gold["id"])
    try:
        return extract(source)
    except Exception as error:  # other people's programs, on pages of every kind: the page counts as empty
        print(f"{name} {gold['id']}: {type(error).__name__}: {error}", file=sys.stderr)
        return ""
