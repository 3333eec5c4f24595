"""A file is either the old one or the whole new one, and only its owner reads it."""

import os
import sys
from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Leave either the old file or the whole new one, whatever happens to the battery; mode 0600."""
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
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
