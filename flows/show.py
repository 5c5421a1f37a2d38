"""What the command line shows: the explained page, rules, the progress bar, the closing table."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from math import ceil
from typing import Any

from rich.console import Console
from rich.live import Live
from rich.progress import BarColumn, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.progress import Progress as Bar
from rich.table import Column, Table
from rich.text import Text

from cleaners import Block, Page, Rule, RuleSet
from cleaners.scoring.asked import Explained, Explanation
from cleaners.scoring.reasons import FIRST, Look, Reason
from cleaners.signers import Signer
from flows.progress import Progress
from flows.writing import output
from flows.writing.output import QUARANTINE, REPORT, SUMMARY
from flows.writing.store import Store

COLOUR = {"kept": "default", "lifted": "cyan", "removed": "red"}
MEANING = {"kept": "stays in the text", "lifted": "becomes a field of the record", "removed": "taken out"}
REASONS = 3
"""How many kinds of facts are shown that speak for a line, and as many against it."""
SLIGHT = 0.1
"""Logits; what speaks for a line or against it by less is not shown."""
ROUTES = {"html": "HTML", "extracted": "extracted text", "whole": "all the text of a whole page"}
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\xa0\xad\u200b\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff]")


def visible(text: str) -> str:
    """The text with what cannot be seen, or could steer the terminal, spelled as an escape such as \\xa0."""
    return UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def explain(explanation: Explanation, rules: RuleSet, console: Console) -> None:
    """Print every block with its role and who signed it, and what spoke for and against it, where that is told; by
    which route the page was read, and the signers' reasons."""
    page = explanation.page
    several = len({block.article for block in page.blocks}) > 1
    article = -1
    for told in explanation.blocks:
        block = told.block
        if several and block.article != article:
            article = block.article
            _print(console, Text(f"── article {article + 1} ──", style="bold"))
        if console.is_terminal:
            _in_colour(block, console)
        else:
            _plain(block, console)
        for line in _evidence(told):
            _print(console, Text(line, "dim"))
    for line in _kinds(explanation):
        _print(console, Text(line))
    _legend(page, rules, console)


def _evidence(told: Explained) -> Iterator[str]:
    """The chance of a block, and the strongest reasons for and against it; where one is the first look, its own too."""
    if not told.looks:
        return
    first, last = told.looks[-2:]
    shown = f"{last.chance:.0%}"
    for reason in _strongest(last, REASONS):
        yield f"{shown:>16}  {_said(reason)}"
        shown = ""
        if FIRST in dict(reason.facts):
            yield from (
                f"{'':>16}       {_said(each)}" for each in _strongest(first, 2) if each.weight * reason.weight > 0
            )
    if shown:
        yield f"{shown:>16}"


def _kinds(explanation: Explanation) -> Iterator[str]:
    """What the numbers are; of HTML whether each page is an article, and what spoke for it and against it."""
    if any(told.looks for told in explanation.blocks):
        yield "\n%: the chance of being the article's; + speaks for it, - against it, in logits"
    pages = dict.fromkeys(told.looks[0] for told in explanation.blocks if len(told.looks) > 2)
    for number, page in enumerate(pages):
        yield f"\n{page.chance:.0%} an article" + (f" ({number + 1})" if len(pages) > 1 else "")
        yield from (f"  {_said(reason)}" for reason in _strongest(page, REASONS))


def _strongest(look: Look, count: int) -> list[Reason]:
    """The strongest reasons for, then those against."""
    found = [*look.strongest(1, count), *look.strongest(-1, count)]
    return [reason for reason in found if abs(reason.weight) >= SLIGHT]


def _said(reason: Reason) -> str:
    return f"{reason.weight:+.1f} {reason.about} ({reason.says})"


def _legend(page: Page, rules: RuleSet, console: Console) -> None:
    fates = Counter[str](block.fate for block in page.blocks)
    why = f": {page.route_why}" if page.route_why else ""
    _print(console, Text.assemble("\nread as ", (ROUTES[page.route], "bold"), visible(why)))
    for fate, colour in COLOUR.items():
        strike = " strike" if fate == "removed" else ""
        _print(console, Text.assemble(f"{fates[fate]:5} ", (fate, colour + strike), f": {MEANING[fate]}"))
    signed = Counter((b.by, b.why) for b in page.blocks if b.by)
    signed += Counter((e.by, rules.why(e.by)) for b in page.blocks for e in b.edits)
    most = Counter[str]()
    for (by, _), count in signed.items():
        most[by] += count
    _print(console, Text("\nsigned by"))
    for (by, why), count in sorted(signed.items(), key=lambda item: (-most[item[0][0]], item[0][0], -item[1], item[0])):
        _print(console, Text.assemble(f"{count:5} ", (by, "bold"), f": {visible(why)}" if why else ""))


def _plain(block: Block, console: Console) -> None:
    _print(console, Text(f"{block.role:<10} {block.by or '-':<22} {visible(block.text if block.kept else block.raw)}"))
    edits = Counter((e.by, block.raw[e.start : e.end], e.new) for e in block.edits)
    for (by, old, new), count in edits.items():
        times = f" ({count} times)" if count > 1 else ""
        _print(console, Text(f"{'  edit':<10} {by:<22} '{visible(old)}' -> '{visible(new)}'{times}"))


def _in_colour(block: Block, console: Console) -> None:
    colour = COLOUR[block.fate]
    row = Table.grid(padding=(0, 1))
    row.add_column(width=10)
    row.add_column(width=22, overflow="fold")
    row.add_column(overflow="fold")
    row.add_row(Text(block.role, colour), Text(block.by or "·", "dim"), _inked(block, colour))
    console.print(row)


def _inked(block: Block, colour: str) -> Text:
    """The block's text; an edit shows what was there in red and struck, then what stands there now in green."""
    style = f"{colour} dim strike" if block.fate == "removed" else colour
    out, end = Text(), 0
    for edit in block.edits if block.fate != "removed" else ():
        out.append(visible(block.raw[end : edit.start]), style)
        out.append(visible(block.raw[edit.start : edit.end]), "red dim strike")
        out.append(visible(edit.new), "green")
        end = edit.end
    return out.append(visible(block.raw[end:]), style)


def _print(console: Console, text: Text) -> None:
    console.print(text, soft_wrap=True)


def signer_fields(signer: Rule | Signer) -> dict[str, Any]:
    """All that a signer says, for JSON or to be printed: a rule's own keys, or the few that a stage has."""
    if isinstance(signer, Rule):
        return {"kind": "rule", **signer.model_dump(mode="json")}
    told = {"kind": "stage", "id": signer.id, "does": signer.does, "role": signer.role, "why": signer.why}
    return told | ({"also": list(signer.also)} if signer.also else {})


def signer_list(signers: Sequence[Rule | Signer], console: Console) -> None:
    """Print one line a signer: id, rule or stage, what it does and (a rule) where, why."""
    widest = max((len(signer.id) for signer in signers), default=0)
    for signer in signers:
        roles = signer.roles if isinstance(signer, Signer) else (signer.role,)
        does = signer.does if signer.does != "role" else " or ".join(map(str, roles))
        kind, where = ("rule", f", {signer.where}") if isinstance(signer, Rule) else ("stage", "")
        rest = f"  {kind:<5}  {does + where:<20}  {visible(signer.why)}"
        _print(console, Text.assemble((f"{signer.id:<{widest}}", "bold"), rest))


def signer_whole(signer: Rule | Signer, console: Console) -> None:
    """Print all that a signer says, a list with one entry a line."""
    for name, value in signer_fields(signer).items():
        if value is None or value == [] or (name == "prose_after" and value):
            continue
        if isinstance(value, list):
            _print(console, Text(name, "bold"))
            for entry in value:
                _print(console, Text(f"    {visible(entry)}"))
        else:
            _print(console, Text.assemble((name, "bold"), f" {visible(str(value))}"))


class _Pace(ProgressColumn):
    """Pages, of how many, cleaned a second, time left, how many in quarantine: what is known of it by now."""

    def __init__(self, cleaned: Callable[[], Task]) -> None:
        """`cleaned`: a task that advances by each page that is cleaned, which those of earlier runs are not."""
        super().__init__(Column(no_wrap=True))
        self._cleaned = cleaned

    def render(self, task: Task) -> Text:
        cleaned = self._cleaned()
        parts = [f"{task.completed:,.0f}" + (f" of {task.total:,.0f}" if task.total else "")] if task.completed else []
        if cleaned.speed:
            parts.append(f"{cleaned.speed:,.0f} pages/s" if cleaned.speed >= 10 else f"{cleaned.speed:.1f} pages/s")
        if task.time_remaining and task.total:
            parts.append(f"{timedelta(seconds=ceil(task.time_remaining))} left")
        if task.fields["quarantined"]:
            parts.append(f"{task.fields['quarantined']:,} quarantined")
        return Text(" · ".join(parts))


@contextmanager
def progress(waiting_for: str, *, quiet: bool = False) -> Iterator[Progress]:
    """Give the Progress that a run is to keep. A bar on stderr shows it, where that is a terminal.

    `waiting_for` is shown until the run begins.
    """
    run = Progress()
    if quiet or not sys.stderr.isatty():
        yield run
        return
    doing = {"starting": waiting_for, "cleaning": "cleaning pages"}  # else the stage's own name
    pace = _Pace(lambda: bar.tasks[cleaned])
    bars = BarColumn(None, table_column=Column(ratio=1, min_width=4))  # it takes what the text leaves
    columns = (SpinnerColumn(), TextColumn("{task.description}", table_column=Column(no_wrap=True)), bars, pace)
    bar = Bar(*columns, auto_refresh=False, expand=True)
    whole = bar.add_task(waiting_for, total=None, quarantined=0)
    cleaned = bar.add_task("", total=None, visible=False)

    def drawn() -> Bar:
        now = doing.get(run.stage, run.stage)
        bar.update(whole, completed=run.pages, total=run.total, description=now, quarantined=run.quarantined)
        bar.update(cleaned, completed=run.cleaned)
        return bar

    with Live(get_renderable=drawn, console=Console(stderr=True), refresh_per_second=10, transient=True):
        yield run


def closing(summary: Mapping[str, Any], to: Store, console: Console) -> None:
    """Print a run's summary, and where to look. A path is never broken into lines."""
    where = {"pages": REPORT, "articles": output.name(summary["format"]), "quarantined": QUARANTINE}
    rows = [(f"{summary[name]:,}", name, to.shown(file)) for name, file in where.items()]
    read = summary["characters"]["in"]
    for name in ("kept", "lifted", "removed"):
        share = f"{summary['characters'][name] / read:.1%}" if read else "-"
        rows.append((share, f"of characters {name}", ""))
    rows.append((f"{len(summary['hits']):,}", "rules and stages at work", to.shown(SUMMARY)))
    rows.append((f"{summary['seconds']:,.1f}", "seconds", ""))
    pace = summary["new"] / max(summary["seconds"], 0.01)
    rows.append((f"{summary['new']:,}", f"pages cleaned by this run, {pace:,.1f} a second", ""))
    for number, name, path in rows:
        _print(
            console, Text.assemble((f"{number:>9}", "bold"), f"  {name:<26}" if path else f"  {name}", (path, "cyan"))
        )
    for text in _notes(summary):
        _print(console, Text(f"note: {text}"))


def _notes(summary: Mapping[str, Any]) -> Iterator[str]:
    if summary["quarantined"]:
        errors = ", ".join(f"{error} {count:,}" for error, count in summary["errors"].items())
        yield f"pages in quarantine are whole, and each tells its reason ({errors})"
    if summary["left_whole"]:
        yield f"{summary['left_whole']:,} pages were left whole: more of them than the limit would have been removed"
    if summary["left_aside"]:
        aside = ", ".join(f"{suffix} {count:,}" for suffix, count in summary["left_aside"].items())
        yield f"files and records that are no pages were left aside ({aside})"
