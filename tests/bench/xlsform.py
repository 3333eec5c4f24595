"""What it costs to import a form of 60 and of 1,000 questions, beside pyxform alone on the same file; each in a process of its own."""

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from pyxform.xls2xform import convert  # noqa: E402

from schemas.expressions.parsing import parse  # noqa: E402
from schemas.survey import load_survey  # noqa: E402
from schemas.xlsform.exporting import export_xlsform  # noqa: E402
from schemas.xlsform.importing import import_xlsform  # noqa: E402
from tests.support.xlsform_bombs import most_resident  # noqa: E402

SIZES = (60, 1_000)
ROUNDS = {60: 9, 1_000: 3}
READERS: dict[str, Callable[[bytes], object]] = {
    "ours": import_xlsform,
    "pyxform": lambda data: convert(io.BytesIO(data), file_type=".xlsx"),
}


def main(_: list[str]) -> dict[str, Any]:
    """Milliseconds (best of several) and megabytes that the process grew by, for each size and reader."""
    figures: dict[str, Any] = {}
    with TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.xlsx"
            path.write_bytes(form(size))
            figures[f"{size}_questions_bytes"] = path.stat().st_size
            for reader in READERS:
                command = [sys.executable, __file__, reader, str(path), str(ROUNDS[size])]
                done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, timeout=300)
                figures |= {
                    f"{reader}_{size}_questions_{what}": value for what, value in json.loads(done.stdout).items()
                }
            figures[f"times_pyxform_{size}_questions"] = (
                figures[f"ours_{size}_questions_ms"] / figures[f"pyxform_{size}_questions_ms"]
            )
    return figures


def form(size: int) -> bytes:
    """A form of so many questions in two languages: choices, numbers, conditions, constraints, ten questions a section."""
    answers = [
        {"name": name, "label": both(name), "score": score} for score, name in enumerate(("sd", "d", "n", "a", "sa"))
    ]
    sections = [
        {
            "name": f"part_{start}",
            "title": both(f"Phần {start // 10 + 1}"),
            "questions": [question(number) for number in range(start, min(start + 10, size))],
        }
        for start in range(0, size, 10)
    ]
    document = {
        "id": "form",
        "version": 1,
        "title": both("Phiếu"),
        "languages": ["vi", "en"],
        "choice_lists": {"agree": answers},
    }
    return export_xlsform(load_survey(document | {"sections": sections}))


def question(number: int) -> dict[str, Any]:
    """One of three sorts, with a condition on the question three before it."""
    name, earlier = f"q{number}", f"q{number - 3}"
    asked: dict[str, Any] = {
        "name": name,
        "label": both(f"Câu hỏi số {number} về nơi làm việc của Anh/Chị?"),
        "required": True,
    }
    if number % 3 == 0:
        asked |= {"type": "select_one", "list": "agree"}
    elif number % 3 == 1:
        asked |= {
            "type": "integer",
            "range": {"start": 0, "end": 99},
            "constraint": ". != 13 and . >= 0",
            "hint": both("Một số"),
        }
    else:
        asked |= {
            "type": "select_multiple",
            "list": "agree",
            "constraint": "count-selected(.) <= 3",
            "constraint_message": both("Tối đa ba"),
        }
    if number >= 3:
        asked["relevant"] = f"string(${{{earlier}}}) != 'x' or ${{{earlier}}} = ''"
    return asked


def both(words: str) -> dict[str, str]:
    """The same words in both languages."""
    return {"vi": words, "en": words}


def _measure(reader: str, path: str, rounds: int) -> None:
    """In the child: imports are paid before, so that the figures are the reading's own."""
    data = Path(path).read_bytes()
    READERS[reader](form(1))
    before = most_resident()
    best = float("inf")
    for _ in range(rounds):
        parse.cache_clear()  # a form is imported once: nothing may be known of its expressions
        started = time.perf_counter()
        READERS[reader](data)
        best = min(best, time.perf_counter() - started)
    grown = (most_resident() - before) / 1_048_576
    print(json.dumps({"ms": best * 1_000, "grown_mb": grown}))


if __name__ == "__main__":
    _measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))
