"""What stands above and below a block, in numbers."""

import numpy as np

from cleaners.html.block_around import FAR, stretches, to_last


def test_how_far_above_the_last_one_stands() -> None:
    assert to_last(np.array([False, True, False, False, True])).tolist() == [FAR, FAR, 1, 2, 3]


def test_the_means_above_and_below_leave_the_block_itself_out_and_go_by_characters() -> None:
    ((size, above, below),) = stretches(np.array([1.0, 0.0, 1.0]), np.array([99.0, 1.0, 9.0]), (2,))
    assert size == 2
    assert above.tolist() == [0, 0.99, 99 / 101]
    assert below.tolist() == [9 / 11, 0.9, 0]
