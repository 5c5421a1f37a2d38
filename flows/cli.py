"""The command `boilerstrip`. Only `run` imports Prefect, which takes a second; the others start at once."""

import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from cleaners import Article, BadInput, Cleaner, RuleError, RuleSet, lint, load_rules
from flows import engines, output, read, show, store, write
from flows.places import MissingExtra

DONE, WRONG, UNUSABLE, STOPPED = 0, 1, 2, 130

HELP = """Turn scraped pages into clean articles, with a signed reason for every line that was taken out.

Exit codes: 0 all is well; 1 something was found wrong (no page of a run could be cleaned, a page holds no article,
`rules check` found an error); 2 wrong usage, a source or rule folder that cannot be read, or an output folder that
another run is writing into; 130 stopped with Ctrl-C.
Pages in quarantine alone do not make a run fail: its closing lines and summary.json tell how many there are.

\b
Examples:
  boilerstrip clean page.html           the text of one page
  boilerstrip explain page.html         what became of each line, and why
  boilerstrip run pages/ --to out       a whole folder, or a file of JSON lines
"""

app = typer.Typer(
    name="boilerstrip",
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
rules_app = typer.Typer(help="See and check the rules.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(rules_app, name="rules")

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
Family = Annotated[str | None, typer.Option(metavar="FAMILY", help="Only the rules of this family.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.command()
def run(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A path, a glob, an address or - (standard input).")],
    to: Annotated[str, typer.Option(metavar="FOLDER", help="Where the output goes: a path, or s3://bucket/folder.")],
    format: Annotated[
        output.Format, typer.Option(metavar="FORMAT", help="Of the articles: jsonl, jsonl.gz, jsonl.zst or parquet.")
    ] = "jsonl",
    field: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=COLUMN", help="Where rows hold html, text, url or id: text=body. Repeatable."),
    ] = None,
    rules: Folders = None,
    disable: Disable = None,
    allow: Allow = None,
    workers: Annotated[int | None, typer.Option(metavar="N", min=1, help="Processes; default: one a core.")] = None,
    shard_size: Annotated[int, typer.Option(metavar="N", min=1, help="Most pages in one Prefect task.")] = 500,
    deadline: Annotated[float, typer.Option(metavar="SECONDS", min=0.1, help="Most time for a page.")] = 20,
    memory: Annotated[int, typer.Option(metavar="MB", min=300, help="Most memory for a worker process.")] = 2000,
    engine: Annotated[str, typer.Option(metavar="NAME", help="threads, dask, or dask=tcp://host:port.")] = "threads",
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON instead of a table.")] = False,
) -> None:
    """Clean many pages, as a Prefect flow.

    The folder gets articles.jsonl (a record an article), quarantine.jsonl (pages that could not be cleaned, whole, each
    with its reason) and summary.md and summary.json (counts, hits by rule). The output does not depend on --workers or
    --shard-size. With --format, the articles are in articles.jsonl.gz, articles.jsonl.zst or articles.parquet; another
    format asked for later is written without cleaning anything again, and the file of the old one is removed.

    Run it again with the same folder, after it was stopped or when pages have come to the source: only what is missing,
    or has changed, is cleaned. The folder `shards` holds what is finished; without it, everything is cleaned again.
    A page that takes longer than --deadline, grows over --memory or kills its worker goes into quarantine, alone.

    In a folder, files that end in .html, .htm, .xhtml or .txt or have no ending are pages, and .jsonl files are read
    row by row: the page in `html`, `text`, `content` or `raw_content`, and if there, its `url` and `id`.

    Prefect starts a server of its own for the run, which takes about ten seconds; with PREFECT_API_URL it uses yours.
    For one page, `boilerstrip clean` needs no Prefect.

    \b
    Examples:
      boilerstrip run pages/ --to out
      boilerstrip run crawl.jsonl.gz --to out --rules my-rules --workers 4
      boilerstrip run pages/ --to out --disable share --allow "Read more"
      boilerstrip run out/quarantine.jsonl --to again --deadline 120
      boilerstrip run pages/ --to s3://bucket/news --format parquet
      boilerstrip run pages/ --to out --engine dask=tcp://scheduler:8786
    """
    signal.signal(signal.SIGTERM, _terminated)  # otherwise Prefect's server would outlive this process
    try:
        fields = read.fields(field or ())
        read.check(source, to, fields)
        engines.check(engine)
        load_rules(*(rules or ()), disable=disable or ())
        output.check(format)
        out = store.at(to)
        out.check()
    except (read.BadSource, RuleError, engines.EngineError, MissingExtra, store.BadOutput, store.Busy) as error:
        _fail(error, UNUSABLE)
    except store.Fault as error:
        _fail(f"{error}. Nothing was begun", UNUSABLE)
    told = _run(quiet, source, to, format=format, fields=fields, rules=rules or [], disable=disable or [],
                allow=allow or [], workers=workers, shard_size=shard_size, deadline=deadline, memory=memory,
                engine=engine)  # fmt: skip
    if as_json:
        sys.stdout.write(json.dumps(told) + "\n")
    elif not quiet:
        show.closing(told, out, Console(highlight=False))
    if not told["articles"]:
        _fail(f"not one page could be cleaned; {out.shown(write.QUARANTINE)} tells why of each", WRONG)


def _run(quiet: bool, source: str, to: str, **parameters: Any) -> dict[str, Any]:
    """The flow run with its progress bar. Leaves with a sentence where it fails or is stopped."""
    api = os.environ.get("PREFECT_API_URL")
    waiting_for = f"connecting to Prefect at {api} …" if api else "starting Prefect's own server, about 10 seconds …"
    total = read.how_many(source, to) if sys.stderr.isatty() else None
    try:
        with show.progress(total, waiting_for, quiet=quiet) as watcher:
            from flows import server

            ready = server.start()
            from flows.batch import watch
            from flows.run import clean_pages

            ready()
            watch.set(watcher)
            told: dict[str, Any] = clean_pages(source, to, **parameters)
            return told
    except KeyboardInterrupt:
        _fail("stopped before the output was written. The same command goes on where it stopped", STOPPED)
    except (read.BadSource, MissingExtra, store.Busy) as error:
        _fail(error, UNUSABLE)
    except engines.faults() as error:
        _fail(f"the run failed: {error}. What is finished is kept: the same command goes on", WRONG)


@app.command(short_help="Print the articles of one page.")
def clean(
    file: Page,
    url: Url = None,
    as_json: AsJson = False,
    rules: Folders = None,
    disable: Disable = None,
    allow: Allow = None,
) -> None:
    """Print the articles of one page: the text, or with --json the whole record.

    Two articles are parted by a line of three hyphens.

    \b
    Examples:
      boilerstrip clean page.html
      boilerstrip clean page.html --json | jq .title
      curl -s https://example.org/story | boilerstrip clean - --url https://example.org/story
    """
    source, name = _source(file)
    try:
        articles = _cleaner(rules, disable, allow).clean(source, url, name=name)
    except BadInput as error:
        _fail(f"{name}: {error}", WRONG)
    sys.stdout.flush()
    sys.stdout.buffer.write(b"".join(map(_record, articles)) if as_json else _texts(articles))


def _record(article: Article) -> bytes:
    return write.article(article.to_dict())


def _texts(articles: list[Article]) -> bytes:
    return "\n\n---\n\n".join(article.text for article in articles).encode("utf-8", "replace") + b"\n"


@app.command(short_help="Show what became of each line of a page, and why.")
def explain(
    file: Page,
    url: Url = None,
    rules: Folders = None,
    disable: Disable = None,
    allow: Allow = None,
) -> None:
    """Print every line of a page with its role and the rule or stage that signed it.

    In colour on a terminal: what stays is plain, what becomes a field of the record is cyan, what is taken out is red
    and struck through, what a repair put in is green. Then each signer with its reason.

    \b
    Examples:
      boilerstrip explain page.html
      boilerstrip explain page.txt --rules my-rules | grep my_family
    """
    source, name = _source(file)
    cleaner = _cleaner(rules, disable, allow)
    try:
        page = cleaner.label(source, url, name=name)
    except BadInput as error:
        _fail(f"{name}: {error}", WRONG)
    show.explain(page, cleaner.rules, Console(highlight=False))


@rules_app.command("list")
def rules_list(family: Family = None, as_json: AsJson = False, rules: Folders = None) -> None:
    """List the rules: id, what it gives and where, why.

    \b
    Examples:
      boilerstrip rules list --family share
      boilerstrip rules list --json | jq -r .id
    """
    found = [rule for rule in _load(rules).rules if family in (None, rule.id.partition(".")[0])]
    if not found:
        _fail(f"no rule is in a family {family!r}. `boilerstrip rules list` shows all", UNUSABLE)
    if as_json:
        sys.stdout.write("".join(json.dumps(rule.model_dump(mode="json")) + "\n" for rule in found))
    else:
        show.rule_list(found, Console(highlight=False))


@rules_app.command("show")
def rules_show(
    id: Annotated[str, typer.Argument(metavar="ID", help="family.slug, as `rules list` and `explain` print it.")],
    rules: Folders = None,
) -> None:
    """Print all that one rule says, with its examples and near-misses.

    \b
    Example:
      boilerstrip rules show pixels.all
    """
    known = {rule.id: rule for rule in _load(rules).rules}
    if id not in known:
        _fail(f"no rule has the id {id}{_nearest(id, list(known))}", UNUSABLE)
    show.rule_whole(known[id], Console(highlight=False))


@rules_app.command("check", short_help="Run every example of every rule, and look for bad rules.")
def rules_check(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[DIR]...", exists=True, file_okay=False, help="Folders of your own rules."),
    ] = None,
) -> None:
    """Run every example of every rule; find rules said twice or never reached, and patterns that could hang.

    Ends with exit code 1 where there is an error; a warning alone is well.

    \b
    Examples:
      boilerstrip rules check
      boilerstrip rules check my-rules
    """
    try:
        rules = load_rules(*(folders or ()))
    except RuleError as error:
        _fail(error, WRONG)
    found = lint.check(rules)
    for finding in found:
        print(finding)
    errors = sum(finding.level == "error" for finding in found)
    examples = sum(len(rule.hits) + len(rule.misses) for rule in rules.rules)
    print(f"{len(rules.rules)} rules, {examples} examples; errors: {errors}, warnings: {len(found) - errors}")
    raise typer.Exit(WRONG if errors else DONE)


def _source(file: str) -> tuple[bytes, str]:
    """The bytes of a page and its name."""
    if file == "-":
        return sys.stdin.buffer.read(), "standard input"
    if file.lower().endswith(read.ROWS):
        _fail(f"{file} holds many pages. Use: boilerstrip run {file} --to FOLDER", UNUSABLE)
    try:
        return Path(file).read_bytes(), file
    except IsADirectoryError:
        _fail(f"{file} is a folder. Use: boilerstrip run {file} --to FOLDER", UNUSABLE)
    except OSError as error:
        _fail(f"{file} cannot be read: {error.strerror}", UNUSABLE)


def _load(folders: list[Path] | None, disable: list[str] | None = None) -> RuleSet:
    try:
        return load_rules(*(folders or ()), disable=disable or ())
    except RuleError as error:
        _fail(error, UNUSABLE)


def _cleaner(folders: list[Path] | None, disable: list[str] | None, allow: list[str] | None) -> Cleaner:
    return Cleaner(_load(folders, disable), allow=allow or ())


def _nearest(word: str, known: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else ". `boilerstrip rules list` shows all"


def _fail(why: object, code: int) -> NoReturn:
    print(f"boilerstrip: {why}", file=sys.stderr)
    raise typer.Exit(code)


def _terminated(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """The entry point."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="boilerstrip")


if __name__ == "__main__":
    main()
