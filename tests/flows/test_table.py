"""A table of numbers in flat memory."""

import random

from flows.table import Table


def test_a_table_is_a_dict_in_flat_memory() -> None:
    chance = random.Random(5)
    table, plain = Table(), dict[int, int]()
    for _ in range(20_000):
        key = chance.getrandbits(64) if chance.random() < 0.9 else chance.choice((0, 1, 5, 2**64 - 1))
        plain[key] = chance.getrandbits(64)
        table.put(key, plain[key])
    assert all(table.get(key) == value for key, value in plain.items())
    assert not any(table.get(chance.getrandbits(64)) for _ in range(1000))
