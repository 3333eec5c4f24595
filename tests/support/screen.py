"""A screen that nobody sees, and the collector's own window on it, driven from inside its process."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.collector_process import ROOT, environment
from tests.support.waiting import LIMIT


@contextmanager
def hidden_screen() -> Iterator[str]:
    """The name of a virtual display, for as long as the block lasts."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as display:
            number = display.readline().strip()
        assert number, "no virtual screen: run `make machine`"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=LIMIT)


def drive_window(home: Path, display: str, script: str, port: int) -> dict[str, Any]:
    """Run the collector with its window, let the script drive the page, close the window; what the script found."""
    settings = environment(home)
    settings.pop("PYTHONWARNINGS")  # pywebview's own
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/support/window_driver.py"), script, str(port)],
        cwd=ROOT,
        env={
            **settings,
            "PYTHONPATH": str(ROOT),
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QTWEBENGINE_DISABLE_SANDBOX": "1",  # the engine refuses to run as root otherwise; the product keeps its sandbox
            "TZ": "Asia/Ho_Chi_Minh",
        },
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))
    return found
