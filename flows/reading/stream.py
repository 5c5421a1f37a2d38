"""Binary streams, read so that a break in one costs nothing that came before it; gzip and zstd are unpacked on the way.

Nothing here needs a stream that can seek, and nothing unpacks more than a few megabytes ahead of what is asked for.
"""

import gzip
import io
import struct
from contextlib import suppress
from typing import Any, Protocol

from flows.places import need
from flows.reading.raw import LARGEST

BUFFER = 1 << 16
"""Bytes of a stream that can be looked at before it is read."""
GZIP, ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
"""How the two begin."""
SKIPPED = b"\x2a\x4d\x18"
"""How a zstd frame that holds no data goes on after its first byte, 0x50 to 0x5f; 0x5d: a WARC's dictionary."""
DEEPEST = 3
"""Times that something may be packed: what a server packs for the way, of a file that was packed twice."""
PIECE = 256
"""Bytes of zstd data that are unpacked at a time: at worst 64 blocks of 128 KB, the format's largest."""


class Source(Protocol):
    """All that is asked of a file that someone else opened."""

    def read(self, size: int, /) -> bytes: ...
    def close(self) -> None: ...


class Broken(OSError):
    """The stream cannot be read on. The message says why, in one line."""


class Stream(io.RawIOBase):
    """Any file as a raw stream whose reads are full until the end, and whose errors are all Broken.

    What came before an error is given first, the error at the next read.
    """

    def __init__(self, file: Source) -> None:
        self._file: Any = file
        self._read = getattr(file, "read1", file.read)  # read() of a buffer drops what it has when it meets an error
        self._at = 0
        self._failed: Broken | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        """Whether the file can seek without reading: not one that is unpacked."""
        with suppress(Exception):
            return not isinstance(self._file, gzip.GzipFile | _Zstd) and bool(self._file.seekable())
        return False

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = self._file.seek(offset, whence)
        return self._at

    def readinto(self, buffer: Any) -> int:
        view, filled = memoryview(buffer).cast("B"), 0
        while filled < len(view) and not self._failed:
            try:
                data = self._read(len(view) - filled)
            except MemoryError:
                raise
            except Exception as error:  # each file system has errors of its own
                self._failed = broken(error)
                break
            if not data:
                break
            view[filled : filled + len(data)] = data
            filled += len(data)
        if self._failed and not filled:
            raise self._failed
        self._at += filled
        return filled


def broken(error: Exception) -> Broken:
    """Any error as a Broken, its message in one line."""
    if isinstance(error, Broken):
        return error
    said = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return Broken(" ".join(said.split())[:300])


def buffered(file: Source) -> io.BufferedReader:
    """A stream of the file, whose first BUFFER bytes can be peeked at. Closing it leaves the file open."""
    return io.BufferedReader(Stream(file), BUFFER)


def unpacked(file: Source) -> io.BufferedReader:
    """The stream of what is in the file: as it is, or out of gzip or zstd, whatever its name says.

    Raises MissingExtra for zstd where the library for it is not installed.
    """
    stream = buffered(file)
    for _ in range(DEEPEST):
        start = head(stream)
        if start.startswith(GZIP):
            stream = buffered(gzip.GzipFile(fileobj=stream))
        elif start.startswith(ZSTD) or (start[1:4] == SKIPPED and 0x50 <= start[0] <= 0x5F):
            stream = buffered(_Zstd(stream))
        else:
            break
    return stream


def head(stream: io.BufferedReader) -> bytes:
    """How the stream goes on, BUFFER bytes or up to its end; empty where it cannot be read: the next read says why."""
    try:
        return stream.peek(BUFFER)
    except Broken:
        return b""


class _Zstd:
    """zstd data unpacked, frame after frame.

    The library's own reader ends without a word where the data ends in the middle of a frame.
    """

    def __init__(self, packed: io.BufferedReader) -> None:
        self._library = need("zstandard", "files packed with zstd")
        self._packed, self._begun = packed, False
        self._held = memoryview(b"")
        self._dictionary: Any = None
        self._frame: Any = None

    def read(self, size: int) -> bytes:
        while not self._held:
            if self._frame is None:
                self._dictionary = self._dictionary or self._read_dictionary()
                self._frame, self._begun = self._new(), False
            piece = self._packed.read(PIECE)
            if not piece:
                if self._begun:
                    raise EOFError("the zstd data ends in the middle of a frame")
                return b""
            self._unpack(piece)
        data, self._held = self._held[:size], self._held[size:]
        return bytes(data)

    def close(self) -> None:
        """Nothing is held that needs it."""

    def _unpack(self, piece: bytes) -> None:
        out = []
        while piece:
            out.append(self._frame.decompress(piece))
            self._begun, piece = True, b""
            if self._frame.eof:
                piece, self._frame, self._begun = self._frame.unused_data, self._new(), False
        self._held = memoryview(out[0] if len(out) == 1 else b"".join(out))

    def _new(self) -> Any:
        return self._library.ZstdDecompressor(dict_data=self._dictionary).decompressobj()

    def _read_dictionary(self) -> Any:
        """The dictionary that a .warc.zst file can begin with, for all its frames; it may be packed itself."""
        if not head(self._packed).startswith(b"\x5d" + SKIPPED):
            return None
        _, size = struct.unpack("<II", self._packed.read(8))
        data = self._packed.read(min(size, LARGEST))
        if data.startswith(ZSTD):
            data = self._library.ZstdDecompressor().decompress(data, max_output_size=LARGEST)
        return self._library.ZstdCompressionDict(data)
