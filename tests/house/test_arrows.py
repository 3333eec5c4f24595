"""The arrows between the packages are the architecture: what may import what."""

import subprocess
import sys
from pathlib import Path

from tests.support.waiting import LIMIT

ROOT = Path(__file__).parents[2]


def test_no_import_points_against_the_arrows():
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool, "--no-cache"], check=False, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT)
    assert done.returncode == 0, done.stdout[-3000:]
