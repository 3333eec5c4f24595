"""Durable files: a file is the old one or the whole new one, whatever happens to the power, and only its owner reads it.

Each writer has a scratch file of its own (`.scratch-…`, mode 0600) beside the file, so that several programs, or several machines on
a shared folder, may write at once. A power cut may leave a scratch file behind; nothing reads it.
"""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONG_AGO = (0, 0)
NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


def replace_file(path: Path, content: bytes, *, tells_time: bool = True) -> None:
    """Write `content` in the place of what `path` holds, if it holds anything; the folder has to exist.

    Durable on return. Raises OSError, and then the old file is as it was. Unless it `tells_time`, its time of change is 1970.
    """
    with _scratch_beside(path, content, tells_time=tells_time) as scratch:
        scratch.replace(path)


def create_file(path: Path, content: bytes, *, tells_time: bool = True) -> None:
    """Write a new file; raises FileExistsError where there is one, and leaves that as it is. Otherwise as `replace_file`."""
    with _scratch_beside(path, content, tells_time=tells_time) as scratch:
        _take_name(scratch, path)


@contextmanager
def _scratch_beside(path: Path, content: bytes, *, tells_time: bool) -> Iterator[Path]:
    """Write a scratch file durably and give it to be renamed; leave none behind, and make the renaming durable."""
    handle, name = tempfile.mkstemp(prefix=".scratch-", dir=path.parent)
    scratch = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not tells_time:
            os.utime(scratch, LONG_AGO)
        yield scratch
    finally:
        scratch.unlink(missing_ok=True)
    if os.name == "posix":
        _sync_folder(path.parent)


def _take_name(scratch: Path, path: Path) -> None:
    """Name a scratch file in one step, but never over another file; where the file system has no links, look first."""
    try:
        os.link(scratch, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        scratch.replace(path)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
