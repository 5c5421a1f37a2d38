"""The command `boilerstrip`. Only `run` and `serve` import Prefect, which takes a second; the others start at once."""

import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer
from rich.console import Console

from cleaners import Article, BadInput, RuleError, __version__, load_rules
from cleaners.matching.ruleset import TooMuch
from flows import cli_rules, engines, options, places, progress, show, thresholds
from flows.cleaning import records
from flows.options import OVER, STOPPED, UNUSABLE, WRONG, fail, load
from flows.places import MissingExtra
from flows.reading import formats, read
from flows.writing import output, store
from flows.writing.address import store_at

if TYPE_CHECKING:
    from cleaners import Cleaner

HELP = """Turn scraped pages into clean articles, with a signed reason for every line that was taken out.

Exit codes: 0 all is well; 1 something was found wrong (no page of a run could be cleaned, a page holds no article,
`rules check` found an error); 2 wrong usage, a source or rule folder that cannot be read, or an output folder that
another run is writing into; 3 the run has written everything, but put more pages into quarantine, or removed more, than
its limits allow; 130 stopped with Ctrl-C.
A few pages in quarantine do not make a run fail: its closing lines and summary.json tell how many there are.

\b
Examples:
  boilerstrip clean page.html           the text of one page
  boilerstrip explain page.html         what became of each line, and why
  boilerstrip run pages/ --to out       a whole folder, or a file of JSON lines
  boilerstrip serve pages/ --to out --cron "0 3 * * *"      the same every night
"""

app = typer.Typer(
    name="boilerstrip",
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(cli_rules.app, name="rules")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"boilerstrip {__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    pass


@app.command()
def run(
    context: typer.Context,
    source: options.Source,
    to: options.To,
    format: options.Format = "jsonl",
    field: options.Field = None,
    rules: options.Folders = None,
    disable: options.Disable = None,
    allow: options.Allow = None,
    most_removed: options.MostRemoved = None,
    too_much: options.TooMuch = "leave",
    workers: options.Workers = None,
    shard_size: options.ShardSize = 1000,
    deadline: options.Deadline = 20,
    memory: options.Memory = 2000,
    engine: options.Engine = engines.THREADS,
    quarantine_limit: options.QuarantineLimit = thresholds.QUARANTINE,
    removal_limit: options.RemovalLimit = thresholds.REMOVAL,
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

    In a folder, files that end in .html, .htm, .xhtml or .txt, have no ending, or hold HTML are pages; .jsonl,
    .parquet, .warc and .wet files are read row by row: the page in `html`, `text`, `content` or `raw_content`, and if
    there, its `url` and `id`; or name the fields with --field. All but Parquet may be packed (.gz, .zst).

    A page of which more than --most-removed of its words would be removed is left whole (`left_whole` of its record
    says how much that would have been) or, with --too-much refuse, goes into quarantine. Of HTML, what counts is the
    text that the extractor took.

    A run that quarantines more pages than --quarantine-limit, or removes more than --removal-limit allows, writes all
    it has and ends with exit code 3.

    Prefect starts a server of its own for the run, which takes about ten seconds; with PREFECT_API_URL it uses yours.
    For one page, `boilerstrip clean` needs no Prefect.

    \b
    Examples:
      boilerstrip run pages/ --to out
      boilerstrip run crawl.jsonl.gz --to out --rules my-rules --workers 4
      boilerstrip run "crawl/*.warc.gz" --to out
      boilerstrip run s3://bucket/rows.parquet --to out --field text=body --field url=link
      zcat crawl.warc.gz | boilerstrip run - --to out
      boilerstrip run pages/ --to out --disable share --allow "Read more"
      boilerstrip run rows.jsonl --to out --most-removed 0.3
      boilerstrip run out/quarantine.jsonl --to again --deadline 120
      boilerstrip run pages/ --to s3://bucket/news --format parquet
      boilerstrip run pages/ --to out --engine dask=tcp://scheduler:8786
    """
    signal.signal(signal.SIGTERM, _terminated)  # otherwise Prefect's server would outlive this process
    parameters = _parameters(context)
    summary, over = _run(quiet, parameters)
    out = store_at(to)
    if as_json:
        sys.stdout.write(json.dumps(summary) + "\n")
    elif not quiet:
        show.closing(summary, out, Console(highlight=False))
    if not summary["articles"]:
        fail(f"not one page could be cleaned; {out.shown(output.QUARANTINE)} tells why of each", WRONG)
    if over:
        fail(f"{over}. Everything is written", OVER)


@app.command(short_help="Clean many pages again and again, on a schedule.")
def serve(
    context: typer.Context,
    source: options.Source,
    to: options.To,
    cron: Annotated[str, typer.Option(metavar="CRON", help="When: minute, hour, day, month, day of the week.")],
    timezone: Annotated[str, typer.Option(metavar="ZONE", help="Of the cron line, such as Europe/Berlin.")] = "UTC",
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Of the deployment; default: of the folder.")] = None,
    format: options.Format = "jsonl",
    field: options.Field = None,
    rules: options.Folders = None,
    disable: options.Disable = None,
    allow: options.Allow = None,
    most_removed: options.MostRemoved = None,
    too_much: options.TooMuch = "leave",
    workers: options.Workers = None,
    shard_size: options.ShardSize = 1000,
    deadline: options.Deadline = 20,
    memory: options.Memory = 2000,
    engine: options.Engine = engines.THREADS,
    quarantine_limit: options.QuarantineLimit = thresholds.QUARANTINE,
    removal_limit: options.RemovalLimit = thresholds.REMOVAL,
) -> None:
    """Clean many pages on a schedule, on this machine alone, until Ctrl-C. It is a Prefect deployment without a worker.

    Each run cleans what is new or has changed. While one goes on, the next is not started. The log goes to stderr.

    Prefect's server, with its UI, is started for as long as this command runs; with PREFECT_API_URL it uses yours.

    \b
    Examples:
      boilerstrip serve pages/ --to out --cron "0 3 * * *"
      boilerstrip serve /data/crawl --to /data/out --cron "*/15 * * * *" --timezone Europe/Berlin
    """
    signal.signal(signal.SIGTERM, _terminated)
    if source == "-":
        fail("standard input can be read once, not on a schedule. Give a folder, a glob or an address", UNUSABLE)
    parameters = _parameters(context) | {"source": _absolute(source), "to": _absolute(to)}
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "INFO")  # otherwise this process says nothing
    try:
        from flows import server

        ready = server.start(lasting=True)
        from flows.serve import serve

        ready()
        serve(name or Path(to).resolve().name, cron, timezone, parameters)
    except KeyboardInterrupt:
        pass
    except ValueError as error:
        fail(error, UNUSABLE)
    except engines.faults() as error:
        fail(error, WRONG)


def _parameters(context: typer.Context) -> dict[str, Any]:
    """The flow's parameters among the options of the command; what was not given is the flow's default.

    Leaves with a sentence where a run cannot begin.
    """
    own = ("quiet", "as_json", "cron", "timezone", "name", "field")
    given = {name: value for name, value in context.params.items() if name not in own and value is not None}
    _check_limit(given.get("most_removed"), given["too_much"])
    try:
        places.check("prefect", "runs over many pages")
        given["fields"] = read.fields(context.params["field"] or ())
        read.check(given["source"], given["to"], given["fields"])
        engines.check(given["engine"])
        load_rules(*given.get("rules", ()), disable=given.get("disable", ()))
        output.check(given["format"])
        store_at(given["to"]).check()
    except (read.BadSource, RuleError, engines.EngineError, MissingExtra, store.BadOutput, store.Busy) as error:
        fail(error, UNUSABLE)
    except store.Fault as error:
        fail(f"{error}. Nothing was begun", UNUSABLE)
    return given


def _absolute(place: str) -> str:
    """A path that means the same in any working directory; an address stays as it is."""
    return place if places.remote(place) else str(Path(place).resolve())


def _run(quiet: bool, parameters: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Run the flow with a progress bar. Returns its summary, and the sentence about the limit that it is over, or "".

    Leaves with a sentence where it fails or is stopped.
    """
    api = os.environ.get("PREFECT_API_URL")
    waiting_for = f"connecting to Prefect at {api} …" if api else "starting Prefect's own server, about 10 seconds …"
    try:
        with show.progress(waiting_for, quiet=quiet) as shown:
            from flows import server

            ready = server.start()
            from flows.run import clean_pages

            ready()
            with progress.watching(shown):
                return clean_pages(**parameters), ""
    except thresholds.OverLimit as over:
        return over.summary, str(over)
    except KeyboardInterrupt:
        fail("stopped before the output was written. The same command goes on where it stopped", STOPPED)
    except (read.BadSource, MissingExtra, store.Busy) as error:
        fail(error, UNUSABLE)
    except engines.faults() as error:
        fail(f"the run failed: {error}. What is finished is kept: the same command goes on", WRONG)


@app.command(short_help="Print the articles of one page.")
def clean(
    file: options.Page,
    url: options.Url = None,
    as_json: options.AsJson = False,
    rules: options.Folders = None,
    disable: options.Disable = None,
    allow: options.Allow = None,
    most_removed: options.MostRemoved = None,
    too_much: options.TooMuch = "leave",
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
        articles = _cleaner(rules, disable, allow, most_removed, too_much).clean(source, url, name=name)
    except BadInput as error:
        fail(f"{name}: {error}", WRONG)
    sys.stdout.flush()
    sys.stdout.buffer.write(b"".join(map(_record, articles)) if as_json else _texts(articles))


def _record(article: Article) -> bytes:
    return records.article(article.to_dict())


def _texts(articles: list[Article]) -> bytes:
    return "\n\n---\n\n".join(article.text for article in articles).encode("utf-8", "replace") + b"\n"


@app.command(short_help="Show what became of each line of a page, and why.")
def explain(
    file: options.Page,
    url: options.Url = None,
    rules: options.Folders = None,
    disable: options.Disable = None,
    allow: options.Allow = None,
    most_removed: options.MostRemoved = None,
    too_much: options.TooMuch = "leave",
    every: options.Every = False,
) -> None:
    """Print every line of a page with its role and the rule or stage that signed it.

    In colour on a terminal: what stays is plain, what becomes a field of the record is cyan, what is taken out is red
    and struck through, what a repair put in is green. Then each signer with its reason.

    Below a line that a scorer decided about: its chance of being the article's, and the strongest of what spoke for it
    and against it, in logits.

    \b
    Examples:
      boilerstrip explain page.html
      boilerstrip explain page.txt --rules my-rules | grep my_family
    """
    source, name = _source(file)
    cleaner = _cleaner(rules, disable, allow, most_removed, too_much)
    try:
        explanation = cleaner.explain(source, url, name=name, every=every)
    except BadInput as error:
        fail(f"{name}: {error}", WRONG)
    show.explain(explanation, cleaner.rules, Console(highlight=False))


def _source(file: str) -> tuple[str | bytes, str]:
    """The page in a file or on standard input, and its name. Leaves with a sentence where there is none."""
    if file == "-":
        return _page(sys.stdin.buffer, "standard input")
    if file.lower().endswith(read.ROWS):
        fail(f"{file} holds many pages. Use: boilerstrip run {file} --to FOLDER", UNUSABLE)
    try:
        with open(file, "rb") as opened:
            return _page(opened, file)
    except IsADirectoryError:
        fail(f"{file} is a folder. Use: boilerstrip run {file} --to FOLDER", UNUSABLE)
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}", UNUSABLE)


def _page(opened: BinaryIO, name: str) -> tuple[str | bytes, str]:
    try:
        found = formats.one(opened, name)
    except MissingExtra as error:
        fail(f"{name}: {error}", UNUSABLE)
    if found.error:
        fail(found.error, UNUSABLE)
    return found.content, name


def _cleaner(
    folders: list[Path] | None,
    disable: list[str] | None,
    allow: list[str] | None,
    most_removed: float | None,
    too_much: TooMuch,
) -> "Cleaner":
    from cleaners import Cleaner  # all stages: a run leaves them to its workers

    _check_limit(most_removed, too_much)
    return Cleaner(load(folders, disable), allow=allow or (), most_removed=most_removed, too_much=too_much)


def _check_limit(most_removed: float | None, too_much: TooMuch) -> None:
    """Leaves with a sentence where pages are to be refused and nothing says which."""
    if too_much == "refuse" and most_removed is None:
        fail("--too-much refuse goes with --most-removed, which says how much that is", UNUSABLE)


def _terminated(number: int, frame: FrameType | None) -> None:
    """What SIGTERM does: the same as Ctrl-C."""
    raise KeyboardInterrupt


def main() -> None:
    """The entry point."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="boilerstrip")
