"""Precision and recall of each role that the text route finds, where the page's own HTML tells the truth.

    python tests/benchmarks/roles.py [articles|news|sites …] [--show ROLE]

Each HTML page of ../shared/bench is labelled by the HTML route. Its kept and lifted lines, without tags, make a text as
extractors leave it; the text route labels that. A line's true role is the one the markup gave it (h1, figcaption,
rel=author, time, and class words; signed extract.*); lines that the markup says nothing of are body.
"""

from __future__ import annotations

import argparse
from collections import Counter

from gold_sets import SETS, cleaner, html_of, scorer

from cleaners import BadInput

ROLES = ("title", "kicker", "standfirst", "byline", "date", "caption")


def pairs(name: str, id: str) -> list[tuple[str, str, str, str]]:
    """(true role, role found, who signed it, line) of the lines of one page."""
    try:
        page = cleaner().label(html_of(name, id))
    except BadInput:
        return []
    lines = [b for b in page.blocks if b.text and b.role != "chrome"]
    truth = [b.role if b.by.startswith("extract.") and b.role in ROLES else "body" for b in lines]
    if not lines:
        return []
    text = cleaner().label("\n\n".join(" ".join(b.text.split()) for b in lines))
    if len(text.blocks) != len(lines):  # a line that reads as nothing: rare, and not what is measured
        return []
    return [(true, b.role, b.by, b.text) for true, b in zip(truth, text.blocks, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=[], help="articles, news, sites; all of them if none is named")
    parser.add_argument("--show", help="print the lines of this role that are found wrongly or missed")
    args = parser.parse_args()
    for name in args.sets or SETS:
        seen: Counter[tuple[str, str]] = Counter()
        for _, gold in scorer().gold_pages(name):
            for true, found, by, line in pairs(name, gold["id"]):
                seen[true, found] += 1
                if args.show and (true == args.show) != (found == args.show):
                    print(f"  {true} -> {found} {by}: {line[:110]}")
        for role in ROLES:
            right = seen[role, role]
            told = sum(n for (_, found), n in seen.items() if found == role)
            there = sum(n for (true, _), n in seen.items() if true == role)
            precision, recall = right / told if told else 1.0, right / there if there else 1.0
            print(f"{name:<10}{role:<12} precision {precision:.3f}  recall {recall:.3f}  ({right} of {told}; {there})")


if __name__ == "__main__":
    main()
