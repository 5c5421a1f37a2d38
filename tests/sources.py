"""Sources of pages, made up for the tests of reading."""

import io
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest

from flows.reading import formats, raw
from flows.reading.raw import RawPage


def put(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def rows(path: Path, *lines: object) -> Path:
    """Write JSON lines."""
    path.write_bytes(b"".join((one if isinstance(one, bytes) else json.dumps(one).encode()) + b"\n" for one in lines))
    return path


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Put the data on standard input: a pipe, which gives it in pieces and cannot seek."""

    class Pipe(io.RawIOBase):
        left = data

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            size = min(997, len(buffer))
            piece, self.left = self.left[:size], self.left[size:]
            buffer[: len(piece)] = piece
            return len(piece)

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Pipe(), 997)))


def table(path: Path, columns: dict[str, Any], **options: Any) -> Path:
    """Write a Parquet file."""
    parquet.write_table(arrow.table(columns), path, **options)
    return path


def read_bytes(data: bytes, name: str) -> list[RawPage]:
    """The pages of a file with this content and name."""
    said = formats.by_name(name) or formats.page
    return list(formats.pages(io.BytesIO(data), "f", said, raw.Columns(), Counter()))
