"""A disk of its own that a test can fill to the last byte."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def small_disk(place: Path, mebibytes: int) -> Iterator[Path]:
    """An empty disk of this size at the place. Mounting takes root, or a password-less sudo; without it the test fails and says so."""
    place.mkdir()
    privileged = [] if os.geteuid() == 0 else ["sudo", "-n"]
    mount = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m,mode=1777", "tmpfs", str(place)]
    tried = subprocess.run([*privileged, *mount], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, f"a disk of its own takes root or a password-less sudo: {tried.stderr.strip()}"
    try:
        yield place
    finally:
        subprocess.run([*privileged, "umount", "--lazy", str(place)], check=True)


def fill(place: Path) -> Path:
    """Take every byte that is left, as other programs do; the file that holds them."""
    path = place / "photos"
    with path.open("ab", buffering=0) as file:
        for piece in (1024 * 1024, 4096, 1):
            try:
                while True:
                    file.write(bytes(piece))
            except OSError:
                continue
    return path
