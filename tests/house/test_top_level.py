"""The top level is as it was asked for, and the tests keep out of the packages' way."""

import subprocess
from pathlib import Path

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


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [Path(name) for name in listing.split("\0") if name and (ROOT / name).exists()]


def test_the_top_level_holds_what_was_asked_for_and_nothing_else():
    names = {path.parts[0] for path in tracked()}
    assert names >= ASKED
    assert {name for name in names if not name.startswith(".")} <= ASKED | BESIDE


def test_no_package_of_tests_shadows_a_real_one():
    assert not [path for path in tracked() if path.parts[0] == "tests" and path.name == "__init__.py"]


def test_the_lock_file_names_versions_and_digests_but_no_address():
    lock = (ROOT / "requirements.lock").read_text()
    assert "==" in lock
    assert "--hash=sha256:" in lock
    assert "://" not in lock


def test_the_page_s_lock_file_names_no_address():
    lock = (ROOT / "client/web/package-lock.json").read_text()
    assert '"integrity"' in lock
    assert '"resolved"' not in lock
