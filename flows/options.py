"""What the commands share: their options, their exit codes, and how they end. Imports no Prefect."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from cleaners import RuleError, RuleSet, load_rules
from cleaners.matching import ruleset
from flows import thresholds
from flows.writing import output

DONE, WRONG, UNUSABLE, OVER, STOPPED = 0, 1, 2, 3, 130

Page = Annotated[str, typer.Argument(metavar="FILE", help="One page, HTML or text; - reads standard input.")]
Url = Annotated[
    str | None, typer.Option(metavar="URL", help="Where the page came from; otherwise what the page says itself.")
]
Folders = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="DIR", help="Your own rules: a folder of *.toml, added to ours. Repeatable."),
]
Disable = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="Switch off a rule (share.en) or a family (share). Repeatable.")
]
Allow = Annotated[list[str] | None, typer.Option(metavar="LINE", help="A line that is never taken out. Repeatable.")]
MostRemoved = Annotated[
    float | None,
    typer.Option(metavar="SHARE", min=0, max=1, help="Of a page's words that may be removed, 0 to 1; default: any."),
]
TooMuch = Annotated[
    ruleset.TooMuch, typer.Option(help="Pages over --most-removed: leave them whole, or refuse them (quarantine).")
]
Every = Annotated[
    bool, typer.Option("--every-line", help="The chances also of lines that no scorer decided about, and why.")
]
Family = Annotated[str | None, typer.Option(metavar="FAMILY", help="Only this family, of rules or stages.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]

Source = Annotated[str, typer.Argument(metavar="SOURCE", help="A path, a glob, an address or - (standard input).")]
To = Annotated[str, typer.Option(metavar="FOLDER", help="Where the output goes: a path, or s3://bucket/folder.")]
Format = Annotated[
    output.Format, typer.Option(metavar="FORMAT", help="Of the articles: jsonl, jsonl.gz, jsonl.zst or parquet.")
]
Field = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=COLUMN", help="Where rows hold html, text, url or id: text=body. Repeatable."),
]
Workers = Annotated[int | None, typer.Option(metavar="N", min=1, help="Processes; default: one a core.")]
ShardSize = Annotated[int, typer.Option(metavar="N", min=1, help="Most pages in one Prefect task.")]
Deadline = Annotated[float, typer.Option(metavar="SECONDS", min=0.1, help="Most time for a page.")]
Memory = Annotated[int, typer.Option(metavar="MB", min=300, help="Most memory for a worker process.")]
Engine = Annotated[str, typer.Option(metavar="NAME", help="threads, dask, or dask=tcp://host:port.")]
QuarantineLimit = Annotated[
    float,
    typer.Option(
        metavar="SHARE", min=0, max=1, help=f"Of this run's pages; with more, and more than {thresholds.FEW}, it fails."
    ),
]
RemovalLimit = Annotated[
    float,
    typer.Option(
        metavar="SHARE", min=0, max=1,
        help=f"More of the characters than by the last run; from {thresholds.LEAST} pages on, it fails.",
    ),
]  # fmt: skip


def load(folders: list[Path] | None, disable: list[str] | None = None) -> RuleSet:
    """The rules, ours and those in the folders. Leaves with a sentence where they cannot be used."""
    try:
        return load_rules(*(folders or ()), disable=disable or ())
    except RuleError as error:
        fail(error, UNUSABLE)


def fail(why: object, code: int) -> NoReturn:
    """Print why on stderr and leave."""
    print(f"boilerstrip: {why}", file=sys.stderr)
    raise typer.Exit(code)
