"""A disk of its own that a test can fill to the last byte."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(place: Path, mebibytes: int) -> Iterator[Path]:
    """An empty disk of this size at the place; where none can be mounted the test is skipped, with that reason."""
    if shutil.which("mount") is None:
        pytest.skip("no disk of its own can be mounted here: there is no mount")
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", str(place)]
    if (tried := subprocess.run(mount, capture_output=True, text=True, check=False)).returncode != 0:
        pytest.skip(f"no disk of its own can be mounted here, which takes root: {tried.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


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
