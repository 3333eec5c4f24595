"""The examples of DISCLOSURE.md come out as the page says."""

import re
from pathlib import Path

import numpy as np
import pytest

import server.analysis
from server.analysis.bounds import Bounds
from server.analysis.headlines import known_of, scoring_of
from server.analysis.parts import Part, tell_nothing
from server.analysis.policy import Policy
from server.analysis.regrouping import regroup
from server.analysis.release import MEAN, TOP_TWO
from server.analysis.rounding import rounded_share
from server.analysis.suppression import Sheet, plan
from tests.support.paper import Paper, small_survey

PAGE = (Path(server.analysis.__file__).parent / "DISCLOSURE.md").read_text("utf-8")


def examples(kind):
    found = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return [example.strip() for example in found]


@pytest.mark.parametrize(
    ("example", "spare"),
    [(example, kind.endswith("spare")) for kind in ("column", "column spare") for example in examples(kind)],
)
def test_columns(example, spare):
    counts, expected = example.split("\n→ ")
    column = np.array([[int(count)] for count in counts.split()])
    nobody = np.zeros(len(column), dtype=bool)
    last = np.arange(len(column)) == len(column) - 1 if spare else None
    pattern = plan(Sheet(column, np.full(len(column), 10), nobody, nobody, np.zeros(1, dtype=int), last), lambda _: ())
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


def test_headlines():
    (example,) = examples("headlines")
    counts, expected = example.split("\n→ ")
    answers = ("a", "b", "c", "d", None)
    people = [{"q": a, "gender": "female"} for a, n in zip(answers, counts.split(), strict=True) for _ in range(int(n))]
    paper = Paper(small_survey(), [people])
    rows = {row.key: row.cells[0] for row in paper.one_way().rows}
    scoring = scoring_of(paper.coding)
    (low, high), (least, most) = known_of(scoring, paper.given[0], 0).brackets
    share, mean = rows[TOP_TWO].share, rows[MEAN].value
    printed = f"{share:.0%} ± {50 * (high - low):.0f} | {mean} ± {1.5 * (most - least):.2f}"
    assert printed == expected


def test_room_at_either_end():
    (bounds, example), *_ = re.findall(r"```room (.*?)\n(.*?)```", PAGE, re.DOTALL)
    *lines, expected = example.strip().split("\n")
    found = []
    for line in lines:
        people, mean = re.fullmatch(r"(\d+) people, mean (\d+)", line).groups()
        room = Bounds(*map(float, bounds.split())).room(int(people), int(people) * float(mean))
        found.append("shown" if room >= 10 else "withheld")
    assert "→ " + " | ".join(found) == expected


def test_groups_that_cut_the_people_into_parts():
    (bounds, example), *_ = re.findall(r"```parts (.*?)\n(.*?)```", PAGE, re.DOTALL)
    *lines, expected = example.strip().split("\n")
    people = {
        name: Part(int(n), float(total)) for name, n, total in (line.split() for line in lines if "|" not in line)
    }
    found = []
    for groups in ([set(group.split("+")) for group in line.split(" | ")] for line in lines if "|" in line):
        parts = {
            frozenset(at for at, group in enumerate(groups) if name in group): each for name, each in people.items()
        }
        totals = {at: sum(people[name].total for name in group) for at, group in enumerate(groups)}
        told = {at: (total, total) for at, total in totals.items()}
        safe = tell_nothing(parts, told, set(told), Bounds(*map(float, bounds.split())), 10)
        found.append("shown" if safe else "withheld")
    assert "→ " + " | ".join(found) == expected


def test_shares_of_indicators():
    (people, example), *_ = re.findall(r"```share (\d+)\n(.*?)```", PAGE, re.DOTALL)
    yes, expected = example.strip().split("\n→ ")
    rounded = rounded_share(int(yes), int(people), Policy(), guarded=True)
    assert f"{rounded.value:.0%} ± {50 * rounded.size:.0f}" == expected
