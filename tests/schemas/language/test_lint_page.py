"""The authors' page explains every code that lint can say, and none besides, each under its severity."""

import ast
import re
from pathlib import Path

import schemas

HERE = Path(schemas.__file__).parent
SOURCES = [*sorted(HERE.glob("lint/*.py")), HERE / "registry/checks.py", HERE / "expressions/budget.py"]


def said():
    """Every code in the sources with its severity."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("error", "warning"):
                assert isinstance(node.args[0], ast.Constant), f"{path.name}: a code is written out"
                yield node.args[0].value, node.func.id


def explained():
    """Every code that has a row, with the severity of the chapter it stands in."""
    severity = ""
    for line in (HERE / "LINT.md").read_text("utf-8").splitlines():
        if line.startswith("## "):
            severity = "error" if line == "## Errors" else "warning"
        if row := re.match(r"\| `([a-z_.]+)` \| [^|]{10,} \| [^|]{5,} \|$", line):
            yield row[1], severity


def test_every_code_is_explained_and_every_explanation_has_its_code():
    assert set(said()) == set(explained())


def test_no_code_is_explained_twice():
    codes = [code for code, _ in explained()]
    assert len(codes) == len(set(codes))
    assert len(codes) > 50
