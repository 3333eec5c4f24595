"""Hostile workbooks, and a process of its own to read one in: it prints how it ended and what memory it needed.

Run as `python -m tests.support.xlsform_bombs FILE`; the limits on the process are those that the test sets.
"""

import json
import os
import random
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from schemas.findings import SurveyInvalid
from schemas.xlsform.importing import import_with_remarks
from tests.support.xlsform_files import VI, form, package, rows


def _empty_rows() -> Iterable[str]:
    yield from rows()[:2]  # type: ignore[index]
    for start in range(2, 1_048_577, 10_000):
        yield "".join(
            f'<row r="{row}" spans="1:5" s="1" customFormat="1"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>'
            for row in range(start, min(start + 10_000, 1_048_577))
        )
    yield "</sheetData></worksheet>"


def _questions(count: int) -> bytes:
    lines = [
        ["integer", f"q{number}", f"Câu {number}?", f"${{q{(number + 1) % count}}} > 1"] for number in range(count)
    ]
    return form(["type", "name", VI, "relevant"], *lines)


def _chain(count: int) -> bytes:
    lines = [["calculate", f"q{number}", None, f"${{q{number + 1}}} + 1"] for number in range(count)]
    return form(["type", "name", VI, "calculation"], *lines, ["integer", f"q{count}", "Số?", None])


_RELATIONS = '<r><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="s" Type="/styles" Target="s.xml"/></r>'


def _formats() -> str:
    many = "[" * 250
    codes = "".join(f'<numFmt numFmtId="{number}" formatCode="{many}"/>' for number in range(100_000))
    return f"<s>{codes}<cellXfs>" + '<xf numFmtId="7"/>' * 500_000 + "</cellXfs></s>"


BOMBS: dict[str, Callable[[], bytes]] = {
    "a million empty rows": lambda: package(_empty_rows()),
    "half a gigabyte of spaces": lambda: package(" " * 1_000_000 for _ in range(500)),
    "every column of many rows formatted": lambda: package(rows(*["<row>" + "<c/>" * 16_384 + "</row>"] * 300)),
    "every column of many rows filled": lambda: package(rows(*["<row>" + "<c><v>1</v></c>" * 16_384 + "</row>"] * 300)),
    "every header filled": lambda: form(["type", "name", "label", *(f"c{n}" for n in range(16_381))], ["integer", "q", "Số?"]),
    "elements without end": lambda: package("<a>" * 3_000_000),
    "one endless attribute": lambda: package([f"<worksheet a='{'x' * 1_000_000}", *["x" * 1_000_000] * 99, "'/>"]),
    "one endless text": lambda: package(rows("<row><c t='inlineStr'><is><t>", *["x" * 1_000_000] * 99, "</t></is></c></row>")),
    "shared texts without end": lambda: package(rows(), shared="<sst>" + "<si><t>a</t></si>" * 800_000 + "</sst>"),
    "one long text in many cells": lambda: package(
        rows(*['<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>'] * 150_000), shared=f"<sst><si><t>{'x' * 32_000}</t></si></sst>"
    ),
    "fifty megabytes": lambda: random.Random(1).randbytes(50_000_000),
    "five thousand questions in a circle": lambda: _questions(5_000),
    "two thousand questions in a circle": lambda: _questions(2_000),
    "a chain of two thousand calculations": lambda: _chain(1_990),
    "cells of 32,767 characters": lambda: form(
        ["type", "name", VI, "relevant"], *[["x" * 32_767, "n" * 32_767, "l" * 32_767, "(" * 32_767] for _ in range(150)]
    ),
    "groups in groups": lambda: form(
        ["type", "name", VI, "relevant"], *[["begin_group", f"g{n}", "Nhóm " + "x" * 400, "1 = 1"] for n in range(1_500)],
        ["integer", "q", "Số?"],
    ),
    "areas without end": lambda: package(
        rows("</sheetData>", *['<mergeCell ref="A1:XFD1048576"/><col hidden="1" min="1" max="16384"/>'] * 300_000, "<sheetData>")
    ),
    "sheets without end": lambda: package(rows(), **{"xl/workbook.xml": "<w>" + '<sheet name="s"/>' * 1_000_000 + "</w>"}),
    "relations without end": lambda: package(
        rows(), **{"xl/_rels/workbook.xml.rels": "<r>" + "".join(f'<Relationship Id="{n}" Target="{n}"/>' for n in range(700_000)) + "</r>"}
    ),
    "formats without end": lambda: package(rows(), **{"xl/_rels/workbook.xml.rels": _RELATIONS, "xl/s.xml": _formats()}),
    "twenty thousand lists": lambda: form(
        ["type", "name", VI], ["integer", "q", "Số?"],
        choices=[["list_name", "name", VI], *[[f"l{n}", "a", "A"] for n in range(20_000)]],
    ),
    "twenty thousand wrong rows": lambda: form(["type", "name", VI], *[[f"wrong{n}", "ắ", "?"] for n in range(20_000)]),
    "thousands of long conditions that nobody can read": lambda: form(
        ["type", "name", VI, "relevant"],
        *[["integer", f"q{n}", "Số?", " + ".join(f"${{q{(n + k) % 3_000}}}" for k in range(60)) + f" của {n}"] for n in range(3_000)],
    ),
    "quotes and brackets": lambda: form(
        ["type", "name", VI, "relevant"], *[["integer", f"q{n}", "?", "((" * 900 + "'"] for n in range(300)]
    ),
}  # fmt: skip


def most_resident() -> int:
    """The most memory that this process ever held, in bytes; rusage's own figure would begin with that of the parent's."""
    [line] = [one for one in Path("/proc/self/status").read_text("ascii").splitlines() if one.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024


def main(path: Path) -> None:
    """Read the workbook, and print how it ended."""
    data = path.read_bytes()
    before = _resident()
    try:
        import_with_remarks(data)
        found: list[str] = []
    except SurveyInvalid as refused:
        found = [finding.code for finding in refused.findings]
    print(json.dumps({"codes": found, "grown": most_resident() - before}))


def _resident() -> int:
    pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
