"""What is installed elsewhere is complete: a wheel carries the built page, the packs and the words, and no sources of the page."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.support.waiting import LIMIT

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    with zipfile.ZipFile(next(folder.glob("langnghe-*.whl"))) as wheel:
        return set(wheel.namelist())


def test_a_wheel_carries_the_built_page(names):
    assert {"client/web/dist/index.html", "client/web/dist/sw.js"} <= names
    assert any(name.startswith("client/web/dist/assets/") and name.endswith(".js") for name in names)


def test_a_wheel_carries_packs_templates_and_words(names):
    assert {"schemas/packs/ge_awareness.yaml", "schemas/packs/modules/men.yaml", "schemas/registry/laws.yaml"} <= names
    assert {"server/surveys/templates/surveys/questionnaire.html", "server/surveys/static/preview.css"} <= names
    assert "server/surveys/words/vi.json" in names
    assert "server/translations/vi/LC_MESSAGES/messages.mo" in names
    assert any(name.startswith("server/templates/") for name in names)
    assert any(name.startswith("server/static/") for name in names)


def test_a_wheel_carries_neither_tests_nor_the_page_s_sources(names):
    assert not [
        name
        for name in names
        if name.startswith(("tests/", "client/web/src/", "client/web/node_modules/", "client/web/tests/"))
    ]


def test_a_source_archive_carries_all_that_a_wheel_is_built_from_and_no_tests(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    with tarfile.open(next(tmp_path.glob("langnghe-*.tar.gz"))) as archive:
        found = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "pyproject.toml",
        "README.md",
        "client/web/build_page.py",
        "client/web/src/main.tsx",
        "server/py.typed",
    } <= found
    assert not [name for name in found if "tests" in Path(name).parts or "node_modules" in Path(name).parts]
