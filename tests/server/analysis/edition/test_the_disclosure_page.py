"""The examples of DISCLOSURE.md come out as the page says, and what it names is there."""

import re
from pathlib import Path

import numpy as np
import pytest

import server.analysis
from server.analysis.brackets.widths import bracket
from server.analysis.counting.axes import Axis, Member
from server.analysis.counting.items import Answer, Item
from server.analysis.counting.profiles import Sizes
from server.analysis.grouping.grouping import group
from server.analysis.grouping.groups import Groups
from server.analysis.policy import Policy

ROOT = Path(__file__).parents[4]
PAGE = (Path(server.analysis.__file__).parent / "DISCLOSURE.md").read_text("utf-8")


def examples(sort: str) -> list[tuple[str, str]]:
    """The blocks of one sort: what stands behind the sort's name, and the lines."""
    return re.findall(rf"^```{sort}(.*)\n((?:.+\n)+)```$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("how", "block"), examples("groups"))
def test_small_groups_are_merged_as_the_page_says(how: str, block: str) -> None:
    *members, result = block.strip().splitlines()
    sizes = {name: int(size) for name, size in (line.split() for line in members)}
    axis = Axis("a", ("a",), tuple(Member(name) for name in sizes), ordered="ordered" in how)
    people = np.array(list(sizes.values()))[:, None]
    counted = Sizes((1,), {"": people.sum(axis=0, keepdims=True), "a": people})
    found = group(counted, [axis], Policy(), {})["a"]
    assert " | ".join("+".join(one) for one in found.members) == result.removeprefix("→ ")


@pytest.mark.parametrize(("width", "block"), examples("bracket"))
def test_counts_are_bracketed_as_the_page_says(width: str, block: str) -> None:
    item = Item("q", "q", tuple(Answer(key) for key in "abc"), ("q",), silent=False)
    for line in block.strip().splitlines():
        count, people, low, high = (int(one) for one in re.findall(r"\d+", line))
        table = bracket(item, np.array([[count, people - count, 0]]), Groups("", ((),), (people,)), int(width), 1)
        assert (table.low[0, 0], table.high[0, 0]) == (low, high), line


def test_there_are_examples_of_both_sorts() -> None:
    assert examples("groups")
    assert examples("bracket")


def test_what_the_page_names_is_there() -> None:
    for path in re.findall(r"`(tests/[\w/.]+)`", PAGE):
        assert (ROOT / path).exists(), path
