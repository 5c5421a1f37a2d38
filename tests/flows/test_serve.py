"""What cannot be put on a schedule."""

from pathlib import Path

import pytest
from launch import invoke


@pytest.mark.parametrize(
    ("cron", "timezone", "why"),
    [("every day", "UTC", 'Invalid cron string: "every day"'), ("0 3 * * *", "Berlin", 'Invalid timezone: "Berlin"')],
)
def test_a_schedule_that_is_none_is_refused_with_a_sentence(cron: str, timezone: str, why: str) -> None:
    from flows.serve import serve

    with pytest.raises(ValueError, match=why) as refused:
        serve("name", cron, timezone, {})
    assert "\n" not in str(refused.value)


def test_standard_input_is_not_served(tmp_path: Path) -> None:
    done = invoke("serve", "-", "--to", tmp_path / "out", "--cron", "0 3 * * *")
    assert done.exit_code == 2 and "standard input can be read once" in done.stderr
    assert not (tmp_path / "out").exists()
