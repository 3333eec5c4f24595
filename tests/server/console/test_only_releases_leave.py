"""What lays a table out, draws it or writes it to a file takes a `Release`, and only an edition can make one."""

import ast
import inspect
from pathlib import Path

import pytest

from server.analysis.edition.release import NotFromAnEdition, Release
from server.console import blocks, csv_files, picture_cache, pictures, release_parts, tables, wording

DOORS = [
    blocks.blocks_of,
    blocks.block_of,
    csv_files.csv_of,
    csv_files.file_name,
    picture_cache.drawing_of,
    release_parts.parts_of,
    release_parts.worth_drawing,
    pictures.picture_of,
    tables.table_of,
    tables.headlines_of,
    wording.foot_notes,
    wording.base_sentence,
]
CONSOLE = Path(blocks.__file__).parent
READ = {
    "server.analysis.edition": {"figures", "progress", "release", "schedule", "store"},
    "server.analysis.counting": {"axes", "listing"},
    "server.analysis": {"facts"},
}
"""What the console may import of analysis: releases, how editions stand, and what a survey asks. No count, no bracket, no lake."""


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door.__module__}.{door.__name__}")
def test_a_door_takes_a_release_first(door):  # type: ignore[no-untyped-def]
    first = next(iter(inspect.signature(door).parameters.values()))
    assert first.annotation is Release


def test_nobody_but_an_edition_makes_a_release():
    with pytest.raises(NotFromAnEdition):
        Release("c", 1, 1, "question", "q", "", {}, (), (), 100, 5)


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names if node.module in READ else {node.module}
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_the_console_reads_neither_responses_nor_the_lake_nor_counts():
    for path in CONSOLE.rglob("*.py"):
        for module in _imported(path):
            assert not module.startswith(("server.intake", "server.lake")), path
            if module.startswith("server.analysis"):
                room, _, name = module.rpartition(".")
                assert name in READ.get(room, ()), f"{path}: {module}"


def test_the_console_makes_no_release_of_its_own():
    for path in CONSOLE.rglob("*.py"):
        words = {node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)}
        assert not words & {"issue", "read_release"}, path
