"""A file that only takes room, so that there is some when the disk is full: to note what the server has, and to start at all.

Other programs fill a tablet's disk to the last byte. What was delivered could then never be settled, and would be sent again
for ever. The file is given back to the disk in that moment, and made anew when there is room again.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1024 * 1024
LEAST = 2 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Reserve:
    """The file; `size` in bytes, and how much must be free beside it before it is made."""

    path: Path
    size: int
    floor: int

    def make(self) -> None:
        """Take the room, where there is plenty. A disk that refuses is left alone."""
        try:
            if self._is_whole() or shutil.disk_usage(self.path.parent).free < self.size + self.floor:
                return
            with open(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123
                _fill(file.fileno(), self.size)
        except OSError:
            self.release()

    def release(self) -> bool:
        """Give the room back to the disk; whether there was any."""
        try:
            had_some = self.path.stat().st_size > 0
            self.path.unlink()
        except OSError:
            return False
        return had_some

    def release_if_needed(self) -> None:
        """Give it back where the disk has not even room for the files that every start and every turn writes."""
        if shutil.disk_usage(self.path.parent).free < LEAST:
            self.release()

    def _is_whole(self) -> bool:
        return self.path.exists() and self.path.stat().st_size == self.size


def _fill(handle: int, size: int) -> None:
    """Really take the blocks: a hole takes none, and some disks pack what repeats itself."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, size)
        return
    for _ in range(0, size, MEBIBYTE):
        os.write(handle, os.urandom(MEBIBYTE))
