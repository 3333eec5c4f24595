"""What is undecided has not passed, and what cannot be checked is refused."""

import itertools
import tracemalloc

import numpy as np
import pytest

from server.analysis.alibi.budget import Budget
from server.analysis.alibi.checking import check
from server.analysis.brackets.table import Table
from server.analysis.brackets.widths import bracket
from server.analysis.counting.items import Answer, Item
from server.analysis.counting.profiles import Counts, Profiles, Records
from server.analysis.grouping.groups import Groups

ITEM = Item("q", "q", tuple(Answer(str(at)) for at in range(3)), ("q",), silent=False)
TWO = Item("t", "t", (Answer("a"), Answer("b")), ("t",), silent=False)


def a_knot(links=4):
    """Groups in a ring, each of two classes of two people, exact but for a pair: only changes of all together print the same."""
    places = np.arange(2 * links)
    first = Groups("first", tuple((str(at),) for at in range(links)), (4,) * links)
    second = Groups("second", tuple((str(at),) for at in range(links)), (4,) * links)
    profiles = Profiles(
        {"first": places // 2, "second": (places + 1) // 2 % links}, np.ones(2 * links, int), np.full(2 * links, 2)
    )
    answers = np.where((places % 2 == 0)[:, None], [2, 0], [0, 2])
    exact = np.full((links, 2), 2)
    size = np.full(links, 4)
    tables = [Table("t", one, 5, exact, exact, size, size, 1) for one in (first, second)]
    return profiles, answers, {"first": first, "second": second}, tables


def checked(budget):
    profiles, answers, groups, tables = a_knot()
    return check((TWO,), Records.alone(Counts("t", answers)), profiles, groups, tables, budget)


def test_a_world_that_only_many_can_make_together_is_found_by_a_program():
    verdict = checked(Budget(clock=lambda: 0.0))
    assert (verdict.passed, verdict.how) == (True, "program")


def test_what_is_not_decided_in_time_has_not_passed():
    ticks = itertools.count()
    verdict = checked(Budget(clock=lambda: float(next(ticks)), seconds=2))
    assert (verdict.passed, verdict.how, verdict.without) == (False, "undecided", {"t": 16})
    assert verdict.cut_short


def test_what_is_more_than_the_work_of_a_check_has_not_passed_whatever_the_clock_says():
    verdict = checked(Budget(clock=lambda: 0.0, work=20))
    assert (verdict.passed, verdict.how, verdict.without) == (False, "undecided", {"t": 16})
    assert not verdict.cut_short


def test_a_program_that_would_be_too_large_is_not_begun():
    verdict = checked(Budget(clock=lambda: 0.0, variables=3))
    assert (verdict.passed, verdict.how) == (False, "undecided")


def test_tables_of_other_counts_are_refused():
    groups = Groups("", ((),), (9,))
    made = bracket(ITEM, np.array([[0, 9, 0]]), groups, 1, 1)
    records = Records.alone(Counts("q", np.array([[9, 0, 0]])))
    with pytest.raises(ValueError, match="does not hold the counts"):
        check((ITEM,), records, Profiles({}, np.array([1]), np.array([9])), {}, [made], Budget(clock=lambda: 0.0))


def test_groups_that_cut_through_a_profile_are_refused():
    counts = np.array([[4, 4, 4]])
    shown = Groups("site", (("a",), ("b",)), (6, 6))
    made = bracket(ITEM, np.array([[2, 2, 2], [2, 2, 2]]), shown, 1, 1)
    atoms = {"site": Groups("site", (("a", "b"),), (12,))}
    profiles = Profiles({"site": np.array([0])}, np.array([1]), np.array([12]))
    with pytest.raises(ValueError, match="cut through a profile"):
        check((ITEM,), Records.alone(Counts("q", counts)), profiles, atoms, [made], Budget(clock=lambda: 0.0))


def test_something_asked_for_a_reason_out_of_sight_is_undecided():
    gate = Item("g", "g", (Answer("a"), Answer("b")), ("g",), silent=False)
    hanging = Item("d", "d", (Answer("a"),), ("d",), conditional=True, gates=("g", "somewhere else"))
    records = Records(("g", "d"), np.array([[0, 0], [1, 2]]), np.array([0, 0]), np.array([5, 5]))
    profiles = Profiles({}, np.array([1]), np.array([10]))
    assert check((gate, hanging), records, profiles, {}, [], Budget(clock=lambda: 0.0)).how == "undecided"


def test_memory_stays_bounded_when_there_are_very_many_profiles():
    chance = np.random.default_rng(5)
    people, sites = 60_000, 400
    axes = {
        "site": (np.arange(people) % sites),
        "age": chance.integers(0, 6, people),
        "job": chance.integers(0, 6, people),
    }
    answers = np.eye(3, dtype=np.int64)[chance.integers(0, 3, people)]
    profiles = Profiles(axes, np.ones(people, dtype=np.int64), np.ones(people, dtype=np.int64))
    tables, groups = [], {}
    for axis, place in axes.items():
        counts = np.zeros((place.max() + 1, 3), dtype=np.int64)
        np.add.at(counts, place, answers)
        groups[axis] = Groups(axis, tuple((str(at),) for at in range(len(counts))), tuple(counts.sum(axis=1).tolist()))
        tables.append(bracket(ITEM, counts, groups[axis], 5, 1))
    records = Records.alone(Counts("q", answers))
    tracemalloc.start()
    verdict = check((ITEM,), records, profiles, groups, tables, Budget(clock=lambda: 0.0))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert verdict.passed
    assert most < 300 * 2**20
