"""The recipes of CONTRIBUTING.md lead to files that are there: a recipe that sends somebody to a file that is gone costs an afternoon."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## How to add")[2]
RECIPES = {title.strip(): body for title, _, body in (part.partition("\n") for part in TEXT.split("\n### ")[1:])}
NAMED = {"a question type", "a statistic", "an export", "a role", "a route", "a language"}
TRACKED = set(
    subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
)


def paths_in(recipe: str) -> list[str]:
    """The paths that a recipe names, in code marks and with a slash."""
    return [name for name in re.findall(r"`(\w[\w./-]*/[\w./-]*)`", recipe) if "://" not in name]


def is_there(path: str) -> bool:
    """Whether a file or folder is part of the project; CODE stands for the code of any language."""
    pattern = re.compile(re.escape(path.rstrip("/")).replace("CODE", r"\w+") + r"(/|$)")
    return any(pattern.match(name) for name in TRACKED)


def test_there_is_a_recipe_for_each_thing_that_is_added_often():
    assert set(RECIPES) == NAMED


@pytest.mark.parametrize("title", sorted(NAMED))
def test_every_file_that_a_recipe_names_is_there(title):
    paths = paths_in(RECIPES[title])
    assert len(paths) >= 3, "a recipe names its files"
    assert not [path for path in paths if not is_there(path)]


def names_in(recipe: str) -> list[tuple[str, str]]:
    """The names that a recipe says are in a file or folder, each with its path."""
    return re.findall(r"`(\w+)(?:\([^`]*\))?`[^`]{0,12} (?:of|in) `(\w[\w./-]*/[\w./-]*)`", " ".join(recipe.split()))


def has_name(name: str, path: str) -> bool:
    """Whether a file, or a file below a folder, holds this name as a word."""
    files = [ROOT / tracked for tracked in TRACKED if tracked == path or tracked.startswith(path.rstrip("/") + "/")]
    return any(
        re.search(rf"\b{name}\b", file.read_text("utf-8")) for file in files if file.suffix in {".py", ".ts", ".tsx"}
    )


@pytest.mark.parametrize("title", sorted(NAMED))
def test_every_name_stands_where_a_recipe_says(title):
    assert not [(name, path) for name, path in names_in(RECIPES[title]) if not has_name(name, path)]


def test_a_name_that_moved_is_found():
    assert ("KINDS", "client/web/src/language/kinds.ts") in names_in(RECIPES["a question type"])
    assert not has_name("KINDS", "client/web/src/language/answers.ts")


def test_a_file_that_is_gone_is_found():
    assert not is_there("server/console/no_such_file.py")
    assert is_there("server/translations/CODE/LC_MESSAGES/")
