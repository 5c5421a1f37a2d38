"""The command `boilerstrip rules`: see and check the rules."""

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

app = typer.Typer(help="See and check the rules.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def rules_list(family: Family = None, as_json: AsJson = False, rules: Folders = None) -> None:
    """List the rules: id, what it gives and where, why.

    \b
    Examples:
      boilerstrip rules list --family share
      boilerstrip rules list --json | jq -r .id
    """
    found = [rule for rule in load(rules).rules if family in (None, rule.id.partition(".")[0])]
    if not found:
        fail(f"no rule is in a family {family!r}. `boilerstrip rules list` shows all", UNUSABLE)
    if as_json:
        sys.stdout.write("".join(json.dumps(rule.model_dump(mode="json")) + "\n" for rule in found))
    else:
        show.rule_list(found, Console(highlight=False))


@app.command("show")
def rules_show(
    id: Annotated[str, typer.Argument(metavar="ID", help="family.slug, as `rules list` and `explain` print it.")],
    rules: Folders = None,
) -> None:
    """Print all that one rule says, with its examples and near-misses.

    \b
    Example:
      boilerstrip rules show share.en
    """
    known = {rule.id: rule for rule in load(rules).rules}
    if id not in known:
        fail(f"no rule has the id {id}{_nearest(id, list(known))}", UNUSABLE)
    show.rule_whole(known[id], Console(highlight=False))


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
