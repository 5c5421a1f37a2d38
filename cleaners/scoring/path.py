"""The best path over a row of lines or blocks: which are in the article and which are out."""

from __future__ import annotations

from collections.abc import Sequence


def best_path(values: Sequence[float], stiff: float) -> list[bool]:
    """For each value, whether it is in: the choice with the greatest sum of values (negated where out), less what the
    steps between in and out cost.

    values  logits of being in the article
    stiff   what a step costs, in logits
    """
    inside, outside = -stiff, 0.0
    steps: list[tuple[bool, bool]] = []  # was it in before, if it is out now, and if it is in now
    for value in values:
        from_in, stay_in = inside - stiff > outside, inside >= outside - stiff
        outside, inside = (
            max(outside, inside - stiff) - value,
            max(inside, outside - stiff) + value,
        )
        steps.append((from_in, stay_in))
    state = inside - stiff > outside
    path: list[bool] = []
    for from_in, stay_in in reversed(steps):
        path.append(state)
        state = stay_in if state else from_in
    return path[::-1]
