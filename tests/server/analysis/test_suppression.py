"""Only what has to be is withheld, and always the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.analysis.release import Cell, NotThroughTheGate, Release
from server.analysis.suppression import Sheet, plan
from tests.server.analysis.attacker import Attacker
from tests.server.analysis.test_the_attacker_learns_nothing import crowd
from tests.support.paper import Paper, small_survey

ALONE = np.zeros(1, dtype=np.int64)


def column(*counts, least=10):
    nobody = np.zeros(len(counts), dtype=bool)
    return Sheet(np.array(counts)[:, None], np.full(len(counts), least), nobody, nobody, ALONE)


def hidden(*counts, least=10):
    return [bool(cell) for cell in plan(column(*counts, least=least), lambda _: ()).hidden[:, 0]]


@given(st.lists(st.one_of(st.just(0), st.integers(10, 500)), min_size=1, max_size=8))
def test_nothing_is_withheld_when_there_is_nothing_to_protect(counts):
    assert not any(hidden(*counts))


@given(st.lists(st.integers(0, 60), min_size=2, max_size=8).filter(lambda counts: sum(counts) >= 10))
def test_withheld_counts_add_up_to_a_threshold_of_people_over_two_cells_or_more(counts):
    mask = np.array(hidden(*counts))
    assert not ((np.array(counts) > 0) & (np.array(counts) < 10) & ~mask).any()
    if mask.any():
        assert mask.sum() >= 2
        assert np.array(counts)[mask].sum() >= 10


def test_a_lone_small_count_takes_the_smallest_other_with_it():
    assert hidden(60, 37, 3) == [False, True, True]


def test_small_counts_that_protect_each_other_take_nobody_with_them():
    assert hidden(60, 20, 8, 7) == [False, False, True, True]


def test_a_zero_is_withheld_with_small_counts_so_that_a_withheld_cell_may_be_empty():
    assert hidden(60, 20, 8, 7, 0) == [False, False, True, True, True]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_tables_whose_cells_are_all_large_or_empty_come_out_whole(seed):
    chance = np.random.default_rng(seed)
    counts = chance.choice([0, 20, 30], (3, 2), p=(0.2, 0.4, 0.4))
    counts[0, 0] = 20  # twenty, so that the mean has enough people too
    people = [
        {"q": answer, "gender": gender, "job": "line"}
        for (row, group), count in np.ndenumerate(counts)
        for answer, gender in [("abc"[row], ("female", "male")[group])]
        for _ in range(count)
    ]
    paper = Paper(small_survey(), [people])
    shown = [paper.one_way(), paper.by("gender")] if counts.sum(axis=0).min() > 0 else [paper.one_way()]
    assert all(release.withheld_cells == 0 for release in shown)


def test_without_the_gate_the_attacker_finds_small_counts():
    """The attacker has teeth: where only small cells are withheld and no others, she works some of them out."""
    chance = np.random.default_rng(7)
    paper = Paper(small_survey(), [crowd(chance, 300, 1.0)])
    attacker = Attacker([answer[0] for answer in paper.coding.answers], paper.known())
    attacker.learn_total(300)
    naive = 0
    for answer in attacker.answers:
        for by in (None, "gender", "job"):
            for group in [""] if by is None else paper.known()[by]:
                row = attacker._row([answer], by, group, 1)
                count = paper.count(answer, by, group, 1)
                if 0 < count < 10:
                    attacker.hidden.append(("naive", answer, group, row))
                    naive += 1
                else:
                    attacker._equation(row, count)
    assert naive > 5
    assert sum(finding.values < 10 for finding in attacker.findings()) > naive / 2


def test_only_the_gate_makes_releases():
    with pytest.raises(NotThroughTheGate):
        Release("x", "c", "distribution", "q", None, {}, (), (), None, 10, 1)


def test_a_withheld_cell_holds_nothing():
    paper = Paper(small_survey(), [[{"q": "a", "gender": "female"}] * 30 + [{"q": "b", "gender": "female"}] * 3])
    cells = {row.key: row.cells[0] for row in paper.one_way().rows}
    assert cells["b"] == Cell(mark="withheld")
    assert cells["a"] == Cell(mark="withheld")


def test_sensitive_answers_that_everybody_or_nobody_gave_are_bounded_only():
    people = [{"q": "a", "gender": "female"}] * 95 + [{"q": "b", "gender": "female"}] * 25
    cells = {row.key: row.cells[0] for row in Paper(small_survey(sensitive=True), [people]).one_way().rows}
    assert (cells["c"].mark, cells["c"].count, cells["c"].share, cells["c"].high) == ("at_most", None, None, 0.1)
    alike = [{"q": "a", "gender": "female"}] * 120
    cells = {row.key: row.cells[0] for row in Paper(small_survey(sensitive=True), [alike]).one_way().rows}
    assert (cells["a"].mark, cells["a"].count, cells["a"].low) == ("at_least", None, 0.9)
    assert {cells[key].mark for key in "bcd"} == {"at_most"}


def test_a_sensitive_question_needs_twenty_people():
    people = [{"q": "a", "gender": "female"}] * 19
    assert Paper(small_survey(sensitive=True), [people]).one_way().base is None
