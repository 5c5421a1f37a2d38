"""The short form of the drill; `make drill` runs the long one."""

from pathlib import Path

import pytest
from drill import drill


@pytest.mark.prefect
def test_a_run_that_is_killed_again_and_again_ends_as_if_nothing_had_been(tmp_path: Path, api: str) -> None:
    told = drill(tmp_path, 200, kills=4, seed=3, small=True, api=api)
    assert told["kills"] == 4 and told["rounds with the same bytes"] == told["rounds"] >= 1
