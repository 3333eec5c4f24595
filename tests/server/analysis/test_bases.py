"""How many people each kind of figure needs: one fewer and it is not shown, one more and it is."""

import pytest

from server.analysis.axes import Place
from tests.support.lake import rows_of
from tests.support.paper import BOTH, Paper, small_survey
from tests.support.results_world import make_world

PLACES = (Place("s1", "Xưởng 1", "u1", "Công đoàn 1", 300), Place("s2", "Xưởng 2", "u1", "Công đoàn 1", 200))


def with_a_scale():
    document = small_survey()
    document["scales"] = [{"name": "trust", "title": BOTH, "items": ["q"], "score": "mean"}]
    return document


def answering(people, gender, silent=0):
    """People of a gender, all of whom chose between two answers, but for some who left the question out."""
    told = [{"q": "ab"[at % 2], "gender": gender, "job": "line"} for at in range(people)]
    return told + [{"gender": gender, "job": "line"}] * silent


@pytest.mark.parametrize(("people", "mark"), [(19, "withheld"), (20, "")])
def test_a_mean_of_everybody_needs_twenty_people_with_a_score(tmp_path, people, mark):
    world = make_world(tmp_path, with_a_scale()).pour(rows_of(answering(people, "female", silent=30)))
    [row] = world.results().scales().rows
    assert row.cells[0].mark == mark
    assert (row.cells[0].value is None) == (mark == "withheld")


@pytest.mark.parametrize(("people", "mark"), [(19, "withheld"), (20, "")])
def test_a_mean_of_a_group_needs_twenty_people_with_a_score(tmp_path, people, mark):
    crowd = [*answering(people, "female", silent=10), *answering(40, "male"), *answering(60, "other")]
    world = make_world(tmp_path, with_a_scale()).pour(rows_of(crowd))
    rows = {row.key: row.cells[0] for row in world.results().breakdown("trust", "gender").rows}
    assert set(rows) == {"female", "male", "other"}
    assert rows["female"].mark == mark
    assert rows["other"].value is not None


@pytest.mark.parametrize(("people", "sites"), [(49, set()), (50, {"s1", "s2"})])
def test_a_site_needs_fifty_people_for_a_sensitive_question(people, sites):
    crowd = [person | {"site": "s1"} for person in answering(people, "female")]
    crowd += [person | {"site": "s2"} for person in answering(90, "male")]
    release = Paper(small_survey(sensitive=True), [crowd], PLACES).by("site")
    assert {row.key for row in release.rows if row.base is not None} == sites
    assert ("too_few" in release.notes) == (not sites)


@pytest.mark.parametrize("silent", [4, 5])
def test_those_who_left_a_question_out_are_counted_from_five(silent):
    release = Paper(small_survey(), [answering(60, "female", silent)]).one_way()
    cells = {row.key: row.cells[0] for row in release.rows}
    assert (cells["@unanswered"].count is None) == (silent < 5)
    assert release.base == (60 + silent if silent < 5 else 60)


@pytest.mark.parametrize("silent", [4, 5])
def test_how_many_have_a_score_is_told_when_at_least_five_have_none(tmp_path, silent):
    world = make_world(tmp_path, with_a_scale()).pour(rows_of(answering(60, "female", silent)))
    [row] = world.results().scales().rows
    assert row.cells[0].value is not None
    assert (row.base is None) == (silent < 5)
