"""Text dumps labelled line by line, scored: chrome removed, body lost, fields right. `make dumps`.

    python tests/benchmarks/dumps.py [FOLDER] [--lines]

FOLDER is tests/dumps unless another is given. It holds pairs of files, NAME.txt, a dump, and NAME.labels.json:

    {"lines": {"1": "chrome", "2": "title", …}, "fields": {"title": …, "authors": […], "published": …}}

`lines` says of each line that is not blank what it is: a role of the record, or `either` where readers differ. Without
`title` among the fields, it is the line that is labelled so. A name such as `hi-nahar` begins with its language.

Printed for each language and for all: chrome removed (lines of the site's that are signed `chrome`, or cut to nothing),
lines of text lost (labelled `body` or `heading`, and not in the text), and how many titles, lists of authors and dates
are right, to the letter. `--lines` lists under each dump which lines have another role, by whose signature, and which
fields are wrong.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaners import BadInput, Block, Cleaner, Page

DUMPS = Path(__file__).resolve().parent.parent / "dumps"
FIELDS = ("title", "authors", "published")
KEPT = ("body", "heading")
EITHER = "either"


def read(folder: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, text and labels of each dump of a folder, in the order of their names."""
    for path in sorted(folder.glob("*.labels.json")):
        name = path.name.removesuffix(".labels.json")
        labels = json.loads(path.read_text(encoding="utf-8"))
        source = (folder / f"{name}.txt").read_bytes().decode("utf-8")
        yield name, source, labels | {"lines": {int(n): role for n, role in labels["lines"].items()}}


def language(name: str) -> str:
    """The language in a dump's name, "hi" of "hi-nahar"; "-" where there is none."""
    head, dash, _ = name.partition("-")
    return head if dash and len(head) in (2, 3) else "-"


def lines_of(page: Page, source: str) -> dict[int, Block]:
    """The block that each line of the source is in, by the line's number from 1. Blank lines may be in none."""
    found = {}
    for block in page.blocks:
        first = source.count("\n", 0, block.start + len(block.raw) - len(block.raw.lstrip())) + 1
        found |= {first + n: block for n in range(block.raw.strip().count("\n") + 1)}
    return found


def role_of(block: Block | None) -> str | None:
    """What a line was taken for: a block that was cut to nothing is chrome."""
    return None if block is None else block.role if block.text.strip() else "chrome"


def wanted(source: str, labels: dict[str, Any]) -> dict[str, Any]:
    """The fields that are right, with the title of the line that is labelled so where none is stated."""
    lines = source.splitlines()
    shown = next((lines[n - 1].strip() for n, role in labels["lines"].items() if role == "title"), None)
    return {"title": shown} | labels["fields"]


def score(cleaner: Cleaner, source: str, labels: dict[str, Any]) -> tuple[Counter[str], list[str]]:
    """Counts of one dump, and what is wrong in it, a sentence each."""
    page = cleaner.label(source)
    blocks, counts, wrong = lines_of(page, source), Counter(pages=1), []
    for n, role in sorted(labels["lines"].items()):
        block = blocks.get(n)
        got = role_of(block)
        counts["chrome"] += role == "chrome"
        counts["removed"] += role == got == "chrome"
        counts["body"] += role in KEPT
        counts["lost"] += role in KEPT and got not in KEPT
        right = (role,) if role not in KEPT else KEPT
        if role != EITHER and got not in right and (role, got) != ("caption", "chrome"):
            by, text = (block.by or "-", block.text[:80]) if block else ("-", "")
            wrong.append(f"{n}: {role}, not {got} ({by}): {text}")
    try:
        article = cleaner.clean(source)[0]
    except BadInput as error:
        return counts, [*wrong, f"refused: {error}"]
    got_fields = {"title": article.title, "authors": list(article.authors), "published": article.published}
    for field, value in wanted(source, labels).items():
        if field in got_fields:
            counts[field] += got_fields[field] == value
            if got_fields[field] != value:
                wrong.append(f"{field}: {value!r}, not {got_fields[field]!r}")
    return counts, wrong


def row(label: str, counts: Counter[str]) -> str:
    share = counts["removed"] / counts["chrome"] if counts["chrome"] else 1.0
    fields = "  ".join(f"{field} {counts[field]}" for field in FIELDS)
    return (
        f"{label:<4} {counts['pages']:>3} dumps"
        f"  chrome removed {counts['removed']:>4}/{counts['chrome']:<4} {share:.3f}"
        f"  text lost {counts['lost']:>2}/{counts['body']:<4} {fields}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DUMPS, help="dumps and their labels")
    parser.add_argument("--lines", action="store_true", help="list what is wrong")
    args = parser.parse_args()
    cleaner, by_language, total = Cleaner(), {}, Counter[str]()
    for name, source, labels in read(args.folder):
        counts, wrong = score(cleaner, source, labels)
        by_language.setdefault(language(name), Counter()).update(counts)
        total.update(counts)
        if args.lines:
            print(name, *(f"    {sentence}" for sentence in wrong), sep="\n")
    for label, counts in sorted(by_language.items()):
        print(row(label, counts))
    print(row("all", total))


if __name__ == "__main__":
    main()
