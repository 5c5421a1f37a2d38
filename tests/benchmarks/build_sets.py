"""Builds the gold sets `articles`, `news` and `pages` out of the public repositories: docs/gold_sets.md.

    python tests/benchmarks/build_sets.py CHECKOUTS [../shared/bench]

CHECKOUTS is a folder with clones of article-extraction-benchmark, fundus and web-content-extraction-benchmark; those
that are not there are passed over. Only the development part is written: nothing here reads a page of the other part.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from metric import BENCH
from visible_text import visible_text

PUBLISHERS = {
    "at": "DiePresse ORF SalzburgerNachrichten", "au": "WestAustralian", "ca": "CanadaCom FinancialPost",
    "cn": "People", "cz": "SeznamZpravy",
    "de": "Correctiv Focus MDR RheinischePost RuhrNachrichten SZ StuttgarterZeitung Tagesschau Tagesspiegel VogueDE "
    "WAZ",
    "es": "ElMundo ElPais LaVanguardia MallorcaMagazin Publico", "fr": "LeFigaro LeMonde", "gl": "Sermitsiaq",
    "ind": "Bhaskar", "isl": "Morgunbladid", "it": "CorriereDellaSera", "jp": "Nikkei TheJapanNews",
    "kr": "HankookIlbo", "lb": "LBCGroup", "lu": "LuxemburgerWort", "my": "MalayMail", "no": "Nettavisen",
    "pt": "ThePortugalNews", "py": "Wochenblatt", "tw": "TaipeiTimes", "tz": "HabariLeo", "ua": "Pravda",
    "uk": "BBC Metro iNews", "us": "LATimes TheNation VoiceOfAmerica WorldTruth", "vn": "VnExpress",
    "za": "DailyMaverick Isolezwe IsolezweLesiXhosa",
}  # fmt: skip
"""The publishers of fundus whose test pages are the development part of `news`, by their folders there."""
LARGEST = 300_000
"""Bytes of the largest packed page of `pages`."""

Row = tuple[dict[str, Any], Path]
"""A line of gold, and where its packed HTML lies."""


def articles(clone: Path) -> Iterator[Row]:
    """Every second page by its id, from the first on."""
    golds = json.loads((clone / "ground-truth.json").read_text(encoding="utf-8"))
    for id in sorted(golds)[::2]:
        yield (
            {"id": id, "url": golds[id]["url"], "gold": golds[id]["articleBody"]},
            clone / "html" / f"{id}.html.gz",
        )


def news(clone: Path) -> Iterator[Row]:
    """The pages of PUBLISHERS. A publisher has one for each version of its parser, in the order of their dates."""
    for country, names in PUBLISHERS.items():
        folder = clone / "tests/resources/parser/test_data" / country
        about = json.loads((folder / "meta.info").read_text(encoding="utf-8"))
        for publisher in names.split():
            versions = json.loads((folder / f"{publisher}.json").read_text(encoding="utf-8"))
            pages = sorted(folder.glob(f"{publisher}_*.html.gz"))
            for page, told in zip(pages, versions.values(), strict=True):
                lines = [line for part in told["body"]["sections"] for line in (*part["headline"], *part["paragraphs"])]
                row = {
                    "id": f"{country}__{page.name.removesuffix('.html.gz')}",
                    "url": about[page.name]["url"],
                    "gold": "\n".join([*told["body"].get("summary", []), *lines]),
                    "gold_without_summary": "\n".join(lines),
                    "title": told.get("title"),
                    "authors": told.get("authors"),
                    "published": told.get("publishing_date"),
                }
                yield row, page


def pages(clone: Path) -> Iterator[Row]:
    """The `dev` split less its largest pages and the hosts that its `test` split has pages of."""
    about = json.loads((clone / "metadata.json").read_text(encoding="utf-8"))["files"]
    hidden = {one["domain"] for one in about.values() if one["split"] == "test"}
    for file in sorted((clone / "dev/ground-truth").glob("*.json")):
        told, page = json.loads(file.read_text(encoding="utf-8")), clone / "dev/html" / f"{file.stem}.html.gz"
        truth = told["ground_truth"]
        if page.stat().st_size > LARGEST or about.get(file.stem, {}).get("domain") in hidden:
            continue
        if "url" not in told or "main_content" not in truth:  # three of them
            continue
        row = {
            "id": file.stem,
            "url": told["url"],
            "type": told["_internal"]["page_type"]["primary"],
            "title": truth["title"],
            "author": truth["author"],
            "published": truth["publish_date"],
            "gold": truth["main_content"],
            "has": truth["with"],
            "has_not": truth["without"],
        }
        yield row, page


SETS = {
    "articles": ("article-extraction-benchmark", articles),
    "news": ("fundus", news),
    "pages": ("web-content-extraction-benchmark", pages),
}
"""For each set the name of the clone, and what reads it."""


def write(folder: Path, rows: Iterable[Row], *, shown: bool) -> int:
    """Writes one set: its gold, its pages and, where `shown`, all the text that a browser shows of them."""
    (folder / "html").mkdir(parents=True)
    golds, texts = [], []
    for row, page in rows:
        shutil.copyfile(page, folder / "html" / f"{row['id']}.html.gz")
        golds.append(row)
        if shown:
            texts.append({"id": row["id"], "text": visible_text(gzip.decompress(page.read_bytes()))})
    for name, lines in (("gold", golds), ("visible_text", texts)):
        if lines:
            with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
                file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return len(golds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", type=Path, help="folder with the clones")
    parser.add_argument("to", type=Path, nargs="?", default=BENCH, help="where the sets go; none of them may be there")
    args = parser.parse_args()
    for name, (clone, read) in SETS.items():
        if (args.checkouts / clone).is_dir():
            print(f"{name}: {write(args.to / name, read(args.checkouts / clone), shown=name != 'pages')} pages")
        else:
            print(f"{name}: passed over, there is no {args.checkouts / clone}")


if __name__ == "__main__":
    main()
