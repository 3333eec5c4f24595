"""What the pages say about the project holds: links resolve, targets exist, each package has its contract."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    if (ROOT / name).exists()
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_resolves(page):
    targets = [target.split("#")[0] for target in LINK.findall(page.read_text("utf-8")) if "://" not in target]
    missing = [target for target in targets if target and not (page.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("package", ["schemas", "sync", "client", "server"])
def test_every_package_opens_with_its_contract(package):
    contract = (ROOT / package / "README.md").read_text("utf-8").lower()
    for part in ("purpose", "may import", "does not"):
        assert part in contract, f"{package}/README.md lacks «{part}»"


def test_the_makefile_has_every_target_that_the_pages_name():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    mention = re.compile(r"`make ([a-z]+)`|^    make ([a-z]+)", re.MULTILINE)
    named = {word for page in PAGES for words in mention.findall(page.read_text("utf-8")) for word in words if word}
    assert named <= targets


def test_public_names_use_the_words_of_the_field():
    """The words of the field: no synonym of ours creeps into a public name."""
    forbidden = re.compile(
        r"\b(?:def|class)\s+\w*(?:[Ss]ubmission|[Pp]ayload|[Rr]espondent_id|[Mm]anager\b|[Hh]elper|[Uu]tils)\w*"
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for package in ("schemas", "sync", "client", "server")
        for path in (ROOT / package).rglob("*.py")
        if "node_modules" not in path.parts
        for match in forbidden.finditer(path.read_text("utf-8"))
    ]
    assert not found
