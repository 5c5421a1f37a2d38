"""Which output folder an address or a path means."""

from pathlib import Path

from flows.places import filesystem, remote
from flows.writing.bucket import Bucket
from flows.writing.folder import Folder
from flows.writing.store import BadOutput, Store

OBJECT_STORES = ("s3://", "s3a://", "gs://", "gcs://")
"""Addresses where a file appears when its upload is complete, and not before. S3 is tested, Google's store is not."""


def store_at(place: str) -> Store:
    """The store of an address or path. Raises MissingExtra, and BadOutput where a file could be seen half written."""
    if not remote(place):
        return Folder(Path(place))
    if not place.startswith(("file://", "local://", *OBJECT_STORES)):
        raise BadOutput(
            f"output cannot go to {place}: a file could be seen there half written. "
            "Choose a folder on this machine or an s3:// address, and copy the output when it is complete."
        )
    from fsspec.implementations.local import LocalFileSystem  # see places.filesystem

    found, path = filesystem(place)
    if isinstance(found, LocalFileSystem):
        return Folder(Path(path))
    return Bucket(place, found, path)
