"""The command `boilerstrip rules`: see all that signs, rules and stages, and check the rules."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cleaners import RuleError, load_rules
from cleaners.matching import lint
from flows import show
from flows.options import DONE, UNUSABLE, WRONG, AsJson, Family, Folders, fail, load

app = typer.Typer(help="See all that signs a line, and check the rules.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def rules_list(family: Family = None, as_json: AsJson = False, rules: Folders = None) -> None:
    """List all that signs a line, rules and stages: id, what it gives and where, why.

    Rules can be switched off by their id or family, stages cannot.

    \b
    Examples:
      boilerstrip rules list --family share
      boilerstrip rules list --family extract
      boilerstrip rules list --json | jq -r .id
    """
    signers = load(rules).signers.values()
    found = [signer for signer in signers if family in (None, signer.id.partition(".")[0])]
    if not found:
        fail(f"no rule or stage is in a family {family!r}. `boilerstrip rules list` shows all", UNUSABLE)
    if as_json:
        sys.stdout.write("".join(json.dumps(show.signer_fields(signer)) + "\n" for signer in found))
    else:
        show.signer_list(found, Console(highlight=False))


@app.command("show")
def rules_show(
    id: Annotated[str, typer.Argument(metavar="ID", help="As `rules list` and `explain` print it.")],
    rules: Folders = None,
) -> None:
    """Print all that a rule says, with its examples and near-misses; or what a stage signs so for.

    \b
    Examples:
      boilerstrip rules show share.en
      boilerstrip rules show head.title
    """
    known = load(rules).signers
    if id not in known:
        own = "" if rules else " (`--rules DIR` reads your own rules as well)"
        fail(f"no rule or stage has the id {id}{own}{_nearest(id, list(known))}", UNUSABLE)
    show.signer_whole(known[id], Console(highlight=False))


@app.command("check", short_help="Run every example of every rule, and look for bad rules.")
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
        fail(error, WRONG)
    found = lint.check(rules)
    for finding in found:
        print(finding)
    errors = sum(finding.level == "error" for finding in found)
    examples = sum(len(rule.hits) + len(rule.misses) for rule in rules.rules)
    print(f"{len(rules.rules)} rules, {examples} examples; errors: {errors}, warnings: {len(found) - errors}")
    raise typer.Exit(WRONG if errors else DONE)


def _nearest(word: str, known: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else ". `boilerstrip rules list` shows all"
