"""A map of numbers to numbers in flat memory: what a run remembers of each page, so that a million pages fit."""

from array import array

LOAD = 0.75
"""The share of slots in use at which a part of the table grows."""
PARTS = 256
"""Each grows alone: the whole is never in memory twice."""


class Table:
    """Whole numbers below 2**64 to whole numbers below 2**64, in 21 to 32 bytes an entry (a dict: about 150).

    Keys must be evenly spread, as hashes are. Entries are never removed.
    """

    def __init__(self) -> None:
        self._parts = [_slots(8) for _ in range(PARTS)]
        self._counts = array("Q", [0]) * PARTS

    def get(self, key: int) -> int | None:
        """The number that is kept for the key, or None."""
        slots = self._parts[key % PARTS]
        slot = _find(slots, key or 1)
        return slots[slot + 1] if slots[slot] else None

    def put(self, key: int, value: int) -> None:
        """Keep the value for the key, in place of an earlier one."""
        part = key % PARTS
        slots, key = self._parts[part], key or 1  # 0 would be an empty slot
        slot = _find(slots, key)
        if not slots[slot]:
            self._counts[part] += 1
            slots[slot] = key
        slots[slot + 1] = value
        if self._counts[part] > LOAD * len(slots) // 2:
            self._parts[part] = _grown(slots)


def _slots(count: int) -> "array[int]":
    """Room for so many entries: a key, a value, a key, a value, … A key of 0 is an empty slot."""
    return array("Q", [0]) * (2 * count)


def _find(slots: "array[int]", key: int) -> int:
    """The index of the key, or of the empty slot where it belongs: the first from where its value points to."""
    size = len(slots)
    slot = key // PARTS % (size // 2) * 2
    while slots[slot] and slots[slot] != key:
        slot = (slot + 2) % size
    return slot


def _grown(old: "array[int]") -> "array[int]":
    """The same entries with half as much room again."""
    slots = _slots(len(old) // 4 * 3)
    for place in range(0, len(old), 2):
        if old[place]:
            slot = _find(slots, old[place])
            slots[slot], slots[slot + 1] = old[place], old[place + 1]
    return slots
