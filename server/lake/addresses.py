"""From the setting `lake` to the storage that it names."""

from pathlib import Path

from server.lake.bucket import SCHEME, Bucket
from server.lake.storage import Folder, Storage

PROBE = ".probe"


def open_storage(address: str) -> Storage:
    """Give the storage at `s3://bucket/prefix`, or the folder of that path. Raises StorageFailure where s3fs is not installed."""
    return Bucket(address) if address.startswith(SCHEME) else Folder(Path(address))


def probe(address: str) -> None:
    """Write a small file into the lake and remove it; raises StorageFailure with what would keep a part from being written."""
    storage = open_storage(address)
    storage.replace(PROBE, b"")
    storage.delete(PROBE)
