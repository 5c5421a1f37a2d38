"""Which lines of a head are its byline, date, kicker, standfirst and captions, once its title is known.

Trees over what speaks for and against each line (role_facts.py), a model a role; they learned from dumps that were
labelled line by line (tests/benchmarks/train_roles.py).
"""

from __future__ import annotations

from math import exp

import numpy as np

from cleaners.page import Role
from cleaners.scoring.trees import ask_all, table
from cleaners.text.front_lines import Head
from cleaners.text.page_lines import running
from cleaners.text.role_facts import facts

SCORER = "roles"
"""The file of weights, a model for each of ROLES."""
ROLES: tuple[Role, ...] = ("kicker", "standfirst", "byline", "date", "caption")
ABOVE, BELOW = 8, 4
"""Lines above the title and below the last of the text that are asked about."""

Roles = dict[int, dict[Role, float]]
"""For lines of a head, by their places, how likely each has each of ROLES."""


def asked_about(head: Head, title: int, start: int) -> list[int]:
    """The places of the lines that may be part of the head: near the title, and down to the first line of the text; and
    those right below the text, where some sign."""
    near = range(max(0, title - ABOVE), min(start + 1, len(head.blocks)))
    last = max(running(head.blocks), default=start)
    return [n for n in near if n != title] + [*range(last + 1, len(head.blocks))][:BELOW]


def chances(head: Head, title: int, start: int) -> Roles:
    """For each line that is asked about, how likely it has each of ROLES."""
    places = asked_about(head, title, start)
    if not places:
        return {}
    rows = np.array(facts(head, places, title, start))
    said = {role: ask_all(table(SCORER, role), rows) for role in ROLES}
    return {n: {role: 1 / (1 + exp(-said[role][k])) for role in ROLES} for k, n in enumerate(places)}
