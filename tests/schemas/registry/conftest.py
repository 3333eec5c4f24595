"""The registry that ships, and a copy of its files for a test to spoil."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from schemas.file_reading import read_file
from schemas.registry.reader import Registry, registry

FOLDER = Path(__file__).parents[3] / "schemas" / "registry"


@pytest.fixture(scope="session")
def known() -> Registry:
    return registry()


@pytest.fixture
def today() -> date:
    return date(2026, 11, 25)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The registry's files, to be changed at will."""
    folder = tmp_path / "registry"
    shutil.copytree(FOLDER, folder)
    return folder


@pytest.fixture
def spoil(copied: Path):
    """Change one file of the copy through its document."""

    def change(stem: str, how) -> Path:
        path = copied / f"{stem}.yaml"
        document = read_file(path)
        how(document["entries"])
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return copied

    return change
