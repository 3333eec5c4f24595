"""A type of question is known in one place: nobody else asks for its name, and its parts fit together."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.questions import KINDS

ROOT = Path(__file__).parents[3]
HOME = ROOT / "schemas/kinds"
PAGE = ROOT / "client/web/src"
MODULES = [
    path
    for room in ("schemas", "sync", "client", "server")
    for path in sorted((ROOT / room).rglob("*.py"))
    if HOME not in path.parents and "node_modules" not in path.parts and "migrations" not in path.parts
]
NO_TYPES = {
    ("schemas/xlsform/book.py", frozenset({"text", "date"})),  # what a cell of a workbook holds
}


def of_a_type(node: ast.AST) -> bool:
    """question.type, document["type"], document.get("type"), and names such as type_name."""
    match node:
        case ast.Attribute(attr="type" | "type_name") | ast.Name(id="type_name" | "question_type"):
            return True
        case ast.Subscript(slice=ast.Constant(value="type")):
            return True
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value="type"), *_]):
            return True
        case ast.Call(args=[inner]):
            return of_a_type(inner)
    return False


def names_in(node: ast.AST) -> frozenset[str]:
    """The names of types that stand in an expression as they are."""
    return frozenset(one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and one.value in KINDS)


def switches(tree: ast.AST) -> Iterator[tuple[int, frozenset[str]]]:
    """Where a type is compared with names, chosen by name, or where names are listed beside one another."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(map(of_a_type, sides)) and (found := frozenset().union(*map(names_in, sides))):
                yield node.lineno, found
        elif isinstance(node, ast.Match) and of_a_type(node.subject):
            yield node.lineno, frozenset({"match"})
        elif isinstance(node, ast.Set | ast.Tuple | ast.List):
            found = frozenset(one.value for one in node.elts if isinstance(one, ast.Constant) and one.value in KINDS)
            if len(found) > 1:
                yield node.lineno, found
        elif isinstance(node, ast.Dict):
            keys = [one for one in node.keys if isinstance(one, ast.Constant) and one.value in KINDS]
            if len(keys) > 1:
                yield node.lineno, frozenset(one.value for one in keys)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_else_asks_for_a_type_by_its_name(path):
    where = str(path.relative_to(ROOT))
    found = [
        (line, sorted(names))
        for line, names in switches(ast.parse(path.read_text("utf-8")))
        if (where, names) not in NO_TYPES
    ]
    assert found == [], "ask schemas.questions.kind_of(…) for what is meant instead"


def test_nor_does_the_page():
    names = "|".join(KINDS)
    compared = re.compile(
        rf"""\btype\b\)?\s*[!=]==?\s*["'](?:{names})["']|case ["'](?:select_one|select_multiple|acknowledge)["']"""
    )
    listed = re.compile(rf"""["'](?:{names})["'],\s*["'](?:{names})["']\s*[\])]""")
    sources = [path for path in PAGE.rglob("*.ts*") if path.name != "kinds.ts"]
    found = [
        f"{path.name}: {line.strip()}"
        for path in sources
        for line in path.read_text("utf-8").splitlines()
        if compared.search(line) or listed.search(line)
    ]
    assert len(sources) > 50
    assert found == [], "ask language/kinds.ts for what is meant instead"


@pytest.mark.parametrize(
    "code",
    [
        "question.type == 'rank'",
        "question['type'] in ('text', 'note')",
        "cell.type != 'note'",
        "x = {'integer': 1, 'range': 2}",
        "NUMBERS = frozenset({'integer', 'decimal'})",
        "str(holder.get('type')) == 'calculate'",
    ],
)
def test_a_switch_is_seen(code):
    assert list(switches(ast.parse(code)))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_the_parts_of_a_type_fit_together(kind):
    assert KINDS[kind.name] is kind
    assert kind.asked == (kind.domain is not None) == (kind.entry != "none") == ("required" in kind.keys)
    assert (kind.chooses is not None) == ("list" in kind.needs) == (kind.xlsform.select is not None)
    assert kind.closed == (kind.counting != "none")
    assert kind.numeric == (kind.counting in ("bands", "points") and kind.entry != "day")
    assert not (kind.numeric and kind.fixed_range is None) or "range" in kind.keys
    assert (kind.paper in ("statement", "nothing")) == (not kind.asked)


def test_no_two_types_are_written_alike():
    written = [(kind.xlsform.type, kind.xlsform.appearance) for kind in KINDS.values()]
    words = [word for kind in KINDS.values() for word in kind.xlsform.words]
    controls = [control for kind in KINDS.values() for control in kind.xlsform.controls]
    for all_of_them in (written, words, controls):
        assert len(set(all_of_them)) == len(all_of_them)
