"""Modules and functions stay small enough to be read in one go. The exceptions are few, named, and fail when no longer needed."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for package in ("schemas", "sync", "client", "server")
    for path in (ROOT / package).rglob("*.py")
    if "node_modules" not in path.parts and "versions" not in path.parts
)
LONGEST_MODULE = 320
LONGEST_FUNCTION = 45
LONGER_MODULES: dict[str, str] = {}
LONGER_FUNCTIONS: dict[str, str] = {}


def lengths(path: Path) -> dict[str, int]:
    """Lines of each function's body, its docstring apart."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            found[f"{path.relative_to(ROOT)}:{node.name}"] = (node.end_lineno or 0) - first.lineno + 1
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_read_in_one_go(path):
    name = str(path.relative_to(ROOT))
    lines = len(path.read_text("utf-8").splitlines())
    assert (lines > LONGEST_MODULE) == (name in LONGER_MODULES), f"{name}: {lines} lines"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_function_is_read_in_one_glance(path):
    long = {name for name, lines in lengths(path).items() if lines > LONGEST_FUNCTION}
    assert long == {name for name in LONGER_FUNCTIONS if name.startswith(f"{path.relative_to(ROOT)}:")}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_opens_with_why_it_exists(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_a_package_opens_with_a_docstring_only():
    for path in SOURCES:
        if path.name == "__init__.py":
            assert len(ast.parse(path.read_text("utf-8")).body) == 1, path
