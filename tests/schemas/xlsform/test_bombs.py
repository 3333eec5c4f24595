"""Whatever a workbook unpacks to, the answer is a list of problems, soon and in little memory."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.xlsform_bombs import BOMBS

ROOT = Path(__file__).parents[3]
MOST_CPU_SECONDS = 60
MOST_GROWTH = 300_000_000
# These are only unusual, and imported.
HARMLESS = ("every header filled", "a chain of two thousand calculations")


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_told_in_bounded_time_and_memory(name, tmp_path):
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(BOMBS[name]())
    command = [sys.executable, "-m", "tests.support.xlsform_bombs", path]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, preexec_fn=limits)
    document = json.loads(done.stdout)
    assert bool(document["codes"]) == (name not in HARMLESS)
    assert len(document["codes"]) <= 101
    assert document["grown"] < MOST_GROWTH, document
