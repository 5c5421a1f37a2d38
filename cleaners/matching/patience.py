"""How long patterns may take, measured in CPU time of the thread that runs them.

`regex` has no count of steps, only `timeout=`, which its source compares with C's clock(): CPU time of the whole
process (on Windows: wall time). `timed` measures this thread's CPU time instead, so that the result does not depend
on other threads or other programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import thread_time

import regex

from cleaners.page import BadInput

PATIENCE = 5.0
"""Seconds of CPU that the patterns of a user's rules may take on one page: a thousand times what honest ones take.
Those that come with boilerstrip are not timed: `rules check` makes sure that they cannot hang."""
SLOW = 0.0001
"""Seconds of CPU of one pattern on one line from which on they are counted."""

Found = regex.Match[str] | None
"""What a pattern's method answers."""
Cost = tuple[str, float]
"""Id of a rule, and the seconds of CPU that its pattern took on a line."""


class SlowRule(BadInput):
    """The patterns took too long on this page. The message names the rule that took most."""


def timed(ask: Callable[..., Found], *args: str | int, most: float) -> tuple[Found, float]:
    """What a pattern's method finds, and the seconds of CPU that it took this thread.

    Raises TimeoutError where the thread spent `most` of them without an answer. Where `regex` gave up earlier, since
    other threads were at work too, it is asked again with twice the time.
    """
    timeout = most
    while True:
        begin = thread_time()
        try:
            found = ask(*args, timeout=timeout)
            return found, thread_time() - begin
        except TimeoutError:
            if thread_time() - begin >= most:
                raise
        timeout *= 2


@dataclass(slots=True)
class Patience:
    """The CPU time that the patterns of a user's rules have taken on one page.

    It can only refuse a page. If a pattern that runs out of time counted as one that does not match, the text would
    depend on how fast the machine is.
    """

    spent: dict[str, float] = field(default_factory=dict)
    """Seconds of CPU by the rule's id; what takes less than SLOW is not worth counting."""
    lines: set[str] = field(default_factory=set)
    """Lines whose cost is counted (`add`)."""

    def ask(self, rule: str, method: Callable[..., Found], *args: str | int) -> Found:
        """What the pattern of a rule finds, its time counted. Raises SlowRule where the patience is used up."""
        left = PATIENCE - sum(self.spent.values())
        try:
            found, seconds = timed(method, *args, most=left)
        except TimeoutError:
            self._spend(rule, left)
            raise self._used_up() from None
        if seconds >= SLOW:
            self._spend(rule, seconds)
        return found

    def add(self, line: str, costs: Iterable[Cost]) -> None:
        """Count what the patterns took on a line, once a page however often the stages ask. An answer remembered from
        an earlier page counts as what it took then. Raises SlowRule where the patience is used up.
        """
        if line not in self.lines:
            self.lines.add(line)
            for rule, seconds in costs:
                self._spend(rule, seconds)

    def _spend(self, rule: str, seconds: float) -> None:
        self.spent[rule] = self.spent.get(rule, 0.0) + seconds
        if sum(self.spent.values()) >= PATIENCE:
            raise self._used_up()

    def _used_up(self) -> SlowRule:
        slowest = max(self.spent, key=lambda rule: self.spent[rule])
        return SlowRule(
            f"the patterns of the rules took more than {PATIENCE:g} s on this page, that of {slowest} most of it: "
            f"make it linear, or switch the rule off (disable)"
        )
