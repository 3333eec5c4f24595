"""Scales and indicators: each kind in its form, worked out from printed brackets, beside its target."""

import math

import numpy as np
import pytest

from server.analysis.counting.items import UNANSWERED
from server.analysis.edition.figures import Comparison, Mean, Missing, Share, Target
from tests.support.decided import decided_world, every_kind

PEOPLE = 1000
SCORES = {"sd": 0.0, "d": 100 / 3, "a": 200 / 3, "sa": 100.0}


@pytest.fixture(scope="module")
def world():
    return decided_world(every_kind(), PEOPLE)


@pytest.fixture(scope="module")
def releases(world):
    return {(one.kind, one.subject, one.by): one for one in world.releases()}


@pytest.fixture(scope="module")
def indicators(releases):
    return {row.key: row for row in releases["indicators", "indicators", ""].rows}


def answers(world, name, who=None):
    item = next(item for item in world.items if item.name == name)
    given = np.array(item.categories)[world.answers[name]]
    return given if who is None else given[world.members["gender"] == who]


def score(world, name, who=None):
    return [SCORES[key] for key in answers(world, name, who) if key in SCORES]


def test_a_scale_is_the_mean_of_its_items_means_the_reversed_ones_turned(world, releases):
    row = next(row for row in releases["scales", "scales", ""].rows if row.key == "attitude")
    true = (np.mean(score(world, "lead")) + 100 - np.mean(score(world, "protect"))) / 2
    assert isinstance(row.figures[0], Mean)
    assert row.figures[0].value == pytest.approx(true, abs=0.5)
    assert row.figures[0].low < true < row.figures[0].high


def test_the_interval_of_a_scale_is_at_least_that_of_people_who_answer_both_items_alike(world, releases):
    figure = next(row for row in releases["scales", "scales", ""].rows if row.key == "attitude").figures[0]
    scores = score(world, "lead")
    assert figure.high - figure.low > 1.9 * 1.96 * np.std(scores) / math.sqrt(len(scores))


def test_percent_correct_is_all_correct_answers_by_all_answers(world, releases):
    row = next(row for row in releases["scales", "scales", ""].rows if row.key == "law")
    given = [key for name in ("leave", "pay") for key in answers(world, name) if key != UNANSWERED]
    right = (answers(world, "leave") == "true").sum() + (answers(world, "pay") == "false").sum()
    mean, correct, wrong, unknown = row.figures
    assert mean.value == pytest.approx(100 * right / len(given), abs=0.5)
    assert correct.value == pytest.approx(right / len(given), abs=0.005)
    assert unknown.value == pytest.approx(given.count("dk") / len(given), abs=0.005)
    assert correct.value + wrong.value + unknown.value == pytest.approx(1, abs=0.003)


def test_a_share_is_of_those_in_its_base(world, indicators):
    row = indicators["reached"]
    yes, no = ((answers(world, "indicator/reached") == key).sum() for key in ("@yes", "@no"))
    assert row.base == "belongs"
    assert isinstance(row.figures[0], Share)
    assert row.figures[0].value == pytest.approx(yes / (yes + no), abs=0.005)


def test_the_mean_of_a_scale_is_that_of_its_table(releases, indicators):
    scale = next(row for row in releases["scales", "scales", ""].rows if row.key == "attitude")
    assert indicators["attitude_index"].figures[0] == scale.figures[0]


def test_a_mean_of_some_members_of_an_axis_is_that_of_the_breakdown(releases, indicators):
    women = next(row for row in releases["breakdown", "scale/law", "gender"].rows if row.key == "female")
    assert indicators["law_women"].figures[0] == women.figures[0]
    assert indicators["law_women"].base == "belongs"


def test_top_two_of_one_statement_is_that_of_its_table(releases, indicators):
    alone = next(row for row in releases["question", "lead", ""].rows if row.key == "@top_two")
    assert indicators["lead_top"].figures[0] == alone.figures[0]


def test_top_two_of_several_statements_is_of_all_answers_on_the_scale(world, indicators):
    given = score(world, "lead") + score(world, "protect")
    top = sum(value > 50 for value in given)
    assert indicators["both_top"].figures[0].value == pytest.approx(top / len(given), abs=0.006)


def test_targets_stand_in_the_unit_of_their_figure(indicators):
    assert indicators["attitude_index"].figures[1] == Target(60, 2030, "T1", verified=False)
    assert indicators["lead_top"].figures[1] == Target(0.8, 2030, "T1", verified=False)
    assert indicators["reached"].figures[1] == Missing("absent")


def test_an_average_reaches_as_far_as_its_bands_are_wide(indicators):
    figure = indicators["mean_hours"].figures[0]
    assert isinstance(figure, Mean)
    assert (figure.least, figure.most) == (0, 49)
    assert figure.high - figure.low > 2 * 0.9  # bands of 5 whole numbers, every one could stand 2 off


def test_two_groups_are_compared_by_their_breakdown(releases, indicators):
    rows = {row.key: row.figures[0] for row in releases["breakdown", "indicator/lead_top", "gender"].rows}
    figure = indicators["lead_gap"].figures[0]
    assert isinstance(figure, Comparison)
    assert figure.value == pytest.approx(100 * (rows["female"].value - rows["male"].value))
    gap = next(row for row in releases["gap", "gap", "gender"].rows if row.key == "indicator/lead_top")
    assert gap.figures[2] == figure


def test_a_ratio_of_two_groups_is_read_as_so_many_times(releases, indicators):
    rows = {row.key: row.figures[0] for row in releases["breakdown", "indicator/mean_hours", "gender"].rows}
    figure = indicators["hours_ratio"].figures[0]
    assert figure.form == "ratio"
    assert figure.value == pytest.approx(rows["female"].value / rows["male"].value, abs=0.01)


def test_what_brackets_cannot_tell_is_said_to_be_unworked(releases, indicators):
    assert indicators["odd_gap"].figures[0] == Missing("unworked")
    assert indicators["all_hours"].figures[0] == Missing("unworked")
    assert "unworked" in releases["indicators", "indicators", ""].notes


def test_every_option_of_a_ranking_has_its_place_and_its_points(world, releases):
    release = releases["question", "first", ""]
    assert [column.key for column in release.columns] == ["@first", "@rank", "@borda"]
    for row in release.rows[:-1]:
        places = [int(key) for key in answers(world, f"first/{row.key}") if key != UNANSWERED]
        first, rank, points = row.figures
        assert first.people.low <= places.count(1) <= first.people.high
        assert rank.value == pytest.approx(np.mean(places), abs=0.02)
        assert points.value == pytest.approx(np.mean([3 - place for place in places]), abs=0.02)
        assert (rank.least, rank.most, points.least, points.most) == (1, 3, 0, 2)


def test_years_are_counted_by_decades_and_have_no_mean(releases):
    keys = [row.key for row in releases["question", "since", ""].rows]
    assert "year:1990..2000" in keys
    assert "@mean" not in keys
