"""Every sentence that the language says about surveys, read from its sources: what must stand in its catalogues."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2] / "schemas"
# Those whose argument at this place, or at any where none is named, is a sentence.
_SAYING = {
    "say": 0, "error": 2, "warning": 2, "remark": 2, "_refused": 1, "ExpressionInvalid": 1, "PatternInvalid": 0, "ShorthandInvalid": 0,
    "ValidationError": None, "CellUnclear": 0, "_problem": 1, "damaged": 1, "refused": 2, "_no": 1,
    # and those of the commands
    "translated": 0, "sentence": 0, "in_words": 0, "as_item": 0, "on_one_line": 0, "headed": 0, "echo": 0, "Fault": 2, "Change": 1,
    "Concern": 2, "CannotImport": 0, "CannotPublish": 0, "CannotPlan": 0, "UnknownSurvey": 0, "NoSuchSurvey": 0, "NoSuchSites": 0,
    "NoSuchLanguage": 0, "NoPage": 0, "WouldOverwrite": 0, "AnotherSurvey": 0, "NothingThere": 0,
}  # fmt: skip
_CODED = re.compile(r"[a-z_]+\.[a-z_]+\|")
_ELSEWHERE = {"wire.py", "response.py", "problems.py", "messages.py", "registry"}
_REGISTRY = ("registry/review.py",)
_OF_THE_SERVER = ("surveys/*.py", "fieldwork/*.py", "site_table.py")


def sources() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*.py")):
        if not _ELSEWHERE & set(path.relative_to(ROOT).parts):
            yield path
    yield from (ROOT / name for name in _REGISTRY)
    for pattern in _OF_THE_SERVER:
        yield from sorted((ROOT.parent / "server").glob(pattern))


def messages_of(path: Path) -> Iterator[tuple[int, str]]:
    """The sentences of a module with their lines, as templates."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        for text in _said(node):
            if " " in text.value.strip():
                yield text.lineno, _CODED.sub("", text.value, count=1)


def _said(node: ast.AST) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in _SAYING:
            at = _SAYING[name]
            for argument in node.args if at is None else node.args[at : at + 1]:
                yield from _constants(argument)
        for keyword in node.keywords:
            if keyword.arg == "error":
                yield from _constants(keyword.value)
    elif isinstance(node, ast.Assign) and any(
        isinstance(name, ast.Name) and name.id in ("message", "problem") for name in node.targets
    ):
        yield from _constants(node.value)


def _constants(node: ast.AST) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif isinstance(node, ast.JoinedStr):  # put together by hand, which no catalogue can have
        yield ast.Constant(ast.unparse(node), lineno=node.lineno)
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)
    elif isinstance(node, ast.List | ast.Tuple | ast.Set):
        for one in node.elts:
            yield from _constants(one)
    elif isinstance(node, ast.Dict):
        for one in node.values:
            yield from _constants(one)
