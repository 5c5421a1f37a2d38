"""An output folder on this machine: files that appear whole, and one run at a time."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from launch import command
from sample import PROSE

from flows.writing.address import store_at
from flows.writing.store import Busy


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", store_at(str(tmp_path))
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), out.whole(path.name) as file:
        file.write(b"new")
        raise KeyboardInterrupt
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]
    with out.whole(path.name) as file:
        file.write(b"new")
        assert path.read_text() == "old"
    assert path.read_text() == "new" and list(tmp_path.iterdir()) == [path]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of the folder."""
    code = (
        "import sys; from flows.writing.address import store_at\n"
        "with store_at(sys.argv[1]).lock(): print('locked', flush=True); sys.stdin.read()"
    )
    held = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "out")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert held.stdout
    assert held.stdout.readline() == "locked\n"
    yield held
    held.kill()
    held.communicate()


def test_the_second_of_two_runs_is_refused_until_the_first_is_gone(
    tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    out = store_at(str(tmp_path / "out"))
    with pytest.raises(Busy, match=f"process {other.pid}.* is writing into"), out.lock():
        pass
    with pytest.raises(Busy):
        out.check()
    other.send_signal(signal.SIGKILL)
    other.wait()
    out.check()
    with out.lock(), pytest.raises(Busy), out.lock():
        pass


def test_looking_whether_a_folder_is_free_makes_nothing(tmp_path: Path) -> None:
    store_at(str(tmp_path / "out")).check()
    assert os.listdir(tmp_path) == []


def test_the_command_refuses_the_second_run_at_once_with_2(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    (tmp_path / "a.txt").write_text(PROSE[0])
    words = command("run", tmp_path / "a.txt", "--to", tmp_path / "out")
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"boilerstrip: another run (process {other.pid}) is writing into")
