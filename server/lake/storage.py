"""Where the lake's files lie: a folder, or an object store. Files are written whole or not at all, whatever happens to the power.

Names are paths below the lake with `/` between their parts, such as `garment-2026/manifest.json`. Nothing else in the server
knows how a file of the lake gets to its place.
"""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from server.failures import Failure
from sync.durable_files import create_file, replace_file


class StorageFailure(Failure):
    """The lake cannot be read or written; the sentence says why and where. Nothing that was there before is lost."""


class FileMissing(StorageFailure):
    """There is no file of that name."""


class AlreadyThere(StorageFailure):
    """There is a file of that name, and `put` writes over none."""


class Storage(Protocol):
    """Keeps files by name. Every call may raise StorageFailure."""

    def address(self, name: str) -> str:
        """Say where a file lies, as engines that read Parquet want it: a path, or `s3://…`."""

    def read(self, name: str) -> bytes:
        """Give all that a file holds; raises FileMissing."""

    def put(self, name: str, data: bytes) -> None:
        """Write a new file, durably; raises AlreadyThere, and then leaves what is there as it is."""

    def replace(self, name: str, data: bytes) -> None:
        """Write a file in the place of the old one, if there is one; readers see the old or the new one, whole."""

    def sizes(self, folder: str) -> dict[str, int]:
        """List the files right in a folder by their names in it, with their sizes in bytes; none where there is no such folder."""

    def delete(self, name: str) -> None:
        """Remove a file, if it is there."""


class Folder:
    """A folder of this machine, or one that several machines share."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def address(self, name: str) -> str:
        """Give the file's path."""
        return str(self.path / name)

    def read(self, name: str) -> bytes:
        """Read a file."""
        with _failures_as_ours(self.path / name):
            return (self.path / name).read_bytes()

    def put(self, name: str, data: bytes) -> None:
        """Write beside, flush, and give it its name unless another has it."""
        with _failures_as_ours(self.path / name):
            create_file(self._place(name), data, tells_time=False)

    def replace(self, name: str, data: bytes) -> None:
        """Write beside, flush, and put it in the old one's place."""
        with _failures_as_ours(self.path / name):
            replace_file(self._place(name), data, tells_time=False)

    def sizes(self, folder: str) -> dict[str, int]:
        """Look into a folder."""
        found: dict[str, int] = {}
        with (
            _failures_as_ours(self.path / folder),
            contextlib.suppress(FileNotFoundError),
            os.scandir(self.path / folder) as entries,
        ):
            for entry in entries:
                with contextlib.suppress(FileNotFoundError):  # another process may have removed it meanwhile
                    found |= {entry.name: entry.stat().st_size} if entry.is_file() else {}
        return found

    def delete(self, name: str) -> None:
        """Remove a file."""
        with _failures_as_ours(self.path / name):
            (self.path / name).unlink(missing_ok=True)

    def _place(self, name: str) -> Path:
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


@contextlib.contextmanager
def _failures_as_ours(path: Path) -> Iterator[None]:
    """Tell what the operating system refuses in a sentence that says what to do."""
    try:
        yield
    except FileNotFoundError:
        raise FileMissing(f"The file {path} is missing.") from None
    except FileExistsError:
        raise AlreadyThere(f"There is a file {path} already.") from None
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFailure(f"The disk is full where {path} is to be written: make room.") from None
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise StorageFailure(f"This account may not read or write {path}: give it the right.") from None
        raise StorageFailure(f"{path}: {error.strerror or type(error).__name__}.") from None
