"""A file is either the old one or the whole new one, and only its owner reads it."""

import errno
import os
import sys
from pathlib import Path

from client.storage.file_lock import LockedElsewhere, locked

PATIENCE = 10.0  # a command by hand may be writing beside the running collector


def write_durably(path: Path, content: bytes) -> None:
    """Leave either the old file or the whole new one, whatever happens to the battery; mode 0600."""
    try:
        with locked(path.with_name("writing.lock"), PATIENCE):
            _replace(path, content)
    except LockedElsewhere:
        raise TimeoutError(errno.ETIMEDOUT, "another program keeps writing there") from None
    _sync_folder(path.parent)


def _replace(path: Path, content: bytes) -> None:
    scratch = path.with_name(f".{path.name}.part")
    scratch.unlink(missing_ok=True)
    try:
        with open(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except OSError:
        scratch.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
