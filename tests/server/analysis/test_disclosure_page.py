"""The examples of DISCLOSURE.md come out as the page says."""

import re
from pathlib import Path

import numpy as np
import pytest

import server.analysis
from server.analysis.regrouping import regroup
from server.analysis.suppression import Sheet, plan
from tests.support.paper import Paper, small_survey

PAGE = (Path(server.analysis.__file__).parent / "DISCLOSURE.md").read_text("utf-8")


def examples(kind):
    found = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return [example.strip() for example in found]


@pytest.mark.parametrize("example", examples("column"))
def test_columns(example):
    counts, expected = example.split("\n→ ")
    column = np.array([[int(count)] for count in counts.split()])
    nobody = np.zeros(len(column), dtype=bool)
    pattern = plan(Sheet(column, np.full(len(column), 10), nobody, nobody, np.zeros(1, dtype=int)), lambda _: ())
    printed = ["–" if off else str(count) for count, off in zip(column[:, 0], pattern.hidden[:, 0], strict=True)]
    assert " ".join(printed) == expected


@pytest.mark.parametrize(("kind", "ordered"), [("merge", False), ("merge ordered", True)])
def test_merges(kind, ordered):
    for example in examples(kind):
        *lines, expected = example.split("\n")
        counts = {name: int(count) for name, count in (line.split() for line in lines)}
        groups = regroup(counts, list(counts), 10, ordered=ordered)
        assert "→ " + " | ".join("+".join(group) for group in groups) == expected


def test_a_table_of_two_groups():
    (example,) = examples("table")
    before, after = ([line.split() for line in part.strip().split("\n")] for part in example.split("→"))
    people = [
        {"q": "abc"[row], "gender": ("female", "male")[group]}
        for row, (_, *counts) in enumerate(before[1:])
        for group, count in enumerate(counts)
        for _ in range(int(count))
    ]
    paper = Paper(small_survey(), [people])
    paper.one_way()
    release = paper.by("gender")
    for row, (_, *expected) in enumerate(after):
        cells = [group.cells[row] for group in release.rows]
        assert ["–" if cell.mark else str(cell.count) for cell in cells] == expected


def test_sensitive_columns():
    (example,) = examples("sensitive")
    counts, expected = example.split("\n→ ")
    people = [{"q": "abcd"[at], "gender": "female"} for at, n in enumerate(counts.split()) for _ in range(int(n))]
    rows = Paper(small_survey(sensitive=True), [people]).one_way().rows[:4]
    bounds = [row.cells[0].low if row.cells[0].mark == "at_least" else row.cells[0].high for row in rows]
    printed = [f"{row.cells[0].mark} {bound:g}" for row, bound in zip(rows, bounds, strict=True)]
    assert " | ".join(printed) == expected
