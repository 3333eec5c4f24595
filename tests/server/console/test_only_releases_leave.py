"""What lays a table out, draws it or writes it to a file takes a `Release`, and only the gate can make one."""

import ast
import inspect
from pathlib import Path

import pytest

from server.analysis.release import NotThroughTheGate, Release
from server.console import blocks, csv_files, drawable, gallery, pictures, tables, wording

DOORS = [
    blocks.block_of,
    csv_files.csv_of,
    csv_files.file_name,
    drawable.worth_drawing,
    gallery.drawing_of,
    pictures.picture_of,
    tables.table_of,
    wording.foot_notes,
]
CONSOLE = Path(blocks.__file__).parent


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door.__module__}.{door.__name__}")
def test_a_door_takes_a_release_first(door):  # type: ignore[no-untyped-def]
    first = next(iter(inspect.signature(door).parameters.values()))
    assert first.annotation is Release


def test_nobody_but_the_gate_makes_a_release():
    with pytest.raises(NotThroughTheGate):
        Release("x", "c", "distribution", "q", None, {}, (), (), 100, 10, 1)


def test_the_console_reads_neither_responses_nor_the_lake():
    """The console imports the gate's results and nothing from which raw answers could come."""
    allowed = {"coding", "intervals", "ledger", "release", "results"}
    for path in CONSOLE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert not node.module.startswith("server.intake"), path
                if node.module.startswith("server.analysis."):
                    assert node.module.split(".")[2] in allowed, f"{path}: {node.module}"
