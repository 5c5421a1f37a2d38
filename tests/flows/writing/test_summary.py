"""The summary of a run."""

from flows.cleaning import records
from flows.writing import summary


def test_names_from_outside_cannot_break_the_summary_s_tables() -> None:
    total = records.new_tally()
    total["hosts"].update({"a|b\n# <script>": 2, "\ud800\0": 3, "x" * 1_000_000: 4})
    told = summary.summary(total, source="s", rules="r", seconds=1.0, left_aside={})
    rows = [line for line in summary.markdown(told).splitlines() if line.endswith((" 2 |", " 3 |", " 4 |"))]
    assert rows == [f"| {'x' * 200}… | 4 |", "| \ufffd\ufffd | 3 |", r"| a\|b # \<script\> | 2 |"]
