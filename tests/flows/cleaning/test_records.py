"""Lines of JSON, and the counts of pages."""

import json

from flows.cleaning import records
from flows.writing import summary


def test_text_that_utf_8_cannot_hold_is_written_as_escapes() -> None:
    assert records.line({"a": "é\u2028"}) == '{"a":"é\u2028"}\n'.encode()
    assert json.loads(records.line({"a": "é\ud800"})) == {"a": "é\ud800"}
    assert b"\n" not in records.line({"a": "x\ny"})[:-1]


def test_counts_are_sorted_and_do_not_depend_on_the_order_of_work() -> None:
    one, two = records.new_tally(), records.new_tally()
    one["hits"].update(b=1, c=5)
    two["hits"].update(a=1)
    totals = []
    for order in ((one, two), (two, one)):
        total = records.new_tally()
        for tally in order:
            records.add(total, tally)
        totals.append(list(summary.summary(total)["hits"].items()))
    assert totals[0] == totals[1] == [("c", 5), ("a", 1), ("b", 1)]
