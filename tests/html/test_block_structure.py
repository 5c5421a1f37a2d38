"""Which elements hold the blocks of a page, and which blocks are of a kind."""

import numpy as np

from cleaners import Block
from cleaners.html.block_structure import KINDS, MOST_CHARS, structure_of
from cleaners.page import Facts


def block(n: int, tags: str, *inside: int) -> Block:
    return Block("x", n, facts=Facts(tuple(tags.split()), frozenset(), frozenset(), 0, 0, False, False, inside=inside))


LIST = [block(0, "ul li", 1, 2), block(1, "ul li", 1, 3), block(2, "p", 4)]


def test_what_an_element_holds_is_summed_over_its_blocks() -> None:
    structure = structure_of(LIST, np.array([10.0, 30.0, 50.0]))
    first = structure.containers[:, 0]
    assert structure.sums(np.array([1.0, 2.0, 4.0]))[first].tolist() == [3, 3, 0]
    assert first[0] == first[1] and first[2] == structure.none


def test_the_others_of_a_kind_count_by_their_characters() -> None:
    structure = structure_of([*LIST, block(3, "ul li", 1, 5)], np.array([10.0, 30.0, 50.0, 10.0]))
    tags = structure.kinds[KINDS.index("tags")]
    assert structure.others(tags, np.array([0.0, 1.0, 1.0, 0.0])).tolist() == [0.75, 0, -1, 0.75]


def test_a_long_block_weighs_no_more_than_others() -> None:
    assert structure_of(LIST, np.array([10.0, 10_000.0, 50.0])).chars.tolist() == [10, MOST_CHARS, 50]
