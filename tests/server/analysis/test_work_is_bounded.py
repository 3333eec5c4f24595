"""However much was given out before, a table takes no more than a bounded amount of work; beyond that it is withheld."""

import numpy as np
import pytest

from server.analysis import gate
from server.analysis.worlds import Budget, TooMuchWork
from tests.server.analysis.test_the_attacker_learns_nothing import crowd
from tests.support.lake import rows_of
from tests.support.paper import Paper, small_survey
from tests.support.results_world import make_world


def people():
    return crowd(np.random.default_rng(3), 400, 1.0)


@pytest.mark.parametrize("several", [False, True])
def test_a_table_that_takes_too_much_work_is_withheld_whole(monkeypatch, several):
    paper = Paper(small_survey(several=several), [people()])
    assert paper.by("gender").withheld_cells < len(paper.by("gender").rows) * 5
    monkeypatch.setattr(gate, "WORK", 1)
    monkeypatch.setattr(gate, "WORK_WITH_FIGURES", 1)
    release = paper.by("job")
    assert "too_few" in release.notes
    assert paper.given[-1].withheld
    assert all(cell.mark in {"withheld", "absent"} for row in release.rows for cell in row.cells)


def test_figures_are_given_up_before_the_table_is(monkeypatch):
    usual = Paper(small_survey(), [people()])
    usual.by("gender")
    monkeypatch.setattr(gate, "WORK_WITH_FIGURES", 1)
    frugal = Paper(small_survey(), [people()])
    frugal.by("gender")
    assert any(usual.given[0].figures)
    assert not any(frugal.given[0].figures)
    assert frugal.given[0].shown.any()


def test_a_table_withheld_for_its_work_is_remembered_as_such(monkeypatch, tmp_path):
    world = make_world(tmp_path, small_survey()).pour(rows_of(people()))
    world.results().question("q")
    with monkeypatch.context() as scarce:
        scarce.setattr(gate, "WORK", 1)
        scarce.setattr(gate, "WORK_WITH_FIGURES", 1)
        first = world.results().breakdown("q", "gender")
    assert "too_few" in first.notes
    assert world.results().breakdown("q", "gender") == first


def test_a_usual_table_uses_a_small_part_of_its_work(monkeypatch):
    made = []

    class Watched(Budget):
        def __init__(self, left):
            super().__init__(left)
            made.append((left, self))

    monkeypatch.setattr(gate, "Budget", Watched)
    paper = Paper(small_survey(), [people()])
    for by in ("gender", "job"):
        paper.by(by)
    assert made
    assert all(budget.left > work * 3 / 4 for work, budget in made)


def test_a_budget_ends():
    budget = Budget(10_000)
    assert budget.steps(10) == 950
    budget.spend(900, 10)
    with pytest.raises(TooMuchWork):
        budget.steps(10)
