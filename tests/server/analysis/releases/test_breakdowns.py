"""Breakdowns: the groups of an axis with their exact sizes, everybody last, and true reasons for what is missing."""

import dataclasses

import numpy as np
import pytest

from server.analysis.edition.figures import Comparison, Mean, Missing, Share
from server.analysis.edition.release import ALL, NUMBER
from server.analysis.grouping.groups import Groups
from tests.support.decided import decided_world, every_kind

PEOPLE = 400


@pytest.fixture(scope="module")
def world():
    return decided_world(every_kind(), PEOPLE)


@pytest.fixture(scope="module")
def releases(world):
    return {(one.kind, one.subject, one.by): one for one in world.releases()}


def test_groups_have_their_exact_sizes_and_everybody_stands_last(world, releases):
    release = releases["breakdown", "lead", "gender"]
    sizes = dict(zip(world.groups()["gender"].members, world.groups()["gender"].sizes, strict=True))
    assert {tuple(one.key for one in row.members): row.people for row in release.rows[:-1]} == sizes
    assert (release.rows[-1].key, release.rows[-1].people) == (ALL, PEOPLE)


def test_every_share_of_a_group_holds_what_the_group_answered(world, releases):
    item = next(item for item in world.items if item.name == "lead")
    counts, release = world.counts(item, "gender"), releases["breakdown", "lead", "gender"]
    for row, people in zip(release.rows[:-1], counts, strict=True):
        for column, figure in zip(release.columns, row.figures, strict=True):
            if column.key in item.categories and isinstance(figure, Share):
                count = people[item.categories.index(column.key)]
                assert figure.people.low <= count <= figure.people.high
                assert figure.low <= count / row.people <= figure.high


def test_the_row_of_everybody_is_the_table_of_the_question(releases):
    alone = {row.key: row.figures[0] for row in releases["question", "lead", ""].rows}
    release = releases["breakdown", "lead", "gender"]
    everybody = {column.key: figure for column, figure in zip(release.columns, release.rows[-1].figures, strict=True)}
    assert everybody == alone


def test_scales_and_indicators_are_broken_down(releases):
    scale, indicator = (
        releases["breakdown", "scale/attitude", "gender"],
        releases["breakdown", "indicator/reached", "gender"],
    )
    assert [column.key for column in scale.columns] == [NUMBER]
    assert {type(row.figures[0]) for row in scale.rows} == {Mean}
    assert {type(row.figures[0]) for row in indicator.rows} == {Share}


def test_no_question_is_broken_down_by_itself(releases):
    assert ("breakdown", "gender", "gender") not in releases
    assert ("breakdown", "gender", "job") in releases


def test_what_is_kept_for_everybody_says_so_in_each_group(world):
    world.left_out = {("lead", "gender")}
    release = world.release("breakdown", "lead", "gender")
    world.left_out = set()
    assert {figure for row in release.rows[:-1] for figure in row.figures} == {Missing("coarse")}
    assert [row.people for row in release.rows[:-1]] == list(world.groups()["gender"].sizes)
    assert not any(isinstance(figure, Missing) for figure in release.rows[-1].figures)
    assert "coarse" in release.notes


def test_an_option_that_is_kept_for_everybody_leaves_the_others_as_they_are(world):
    world.left_out = {("ways/leaflet", "gender")}
    release = world.release("breakdown", "ways", "gender")
    world.left_out = set()
    at = [column.key for column in release.columns].index("leaflet")
    for row in release.rows[:-1]:
        assert row.figures[at] == Missing("coarse")
        assert isinstance(row.figures[at + 1], Share)
    assert isinstance(release.rows[-1].figures[at], Share)


def test_items_with_coarser_groups_are_taken_together_with_the_rest(world):
    """One item of a scale stands in coarser groups than the others: the scale stands in those."""
    decisions = world.decisions()
    table = decisions["protect"].tables["job"]
    members = table.groups.members
    merged = Groups(
        "job", (members[0] + members[1], *members[2:]), (sum(table.groups.sizes[:2]), *table.groups.sizes[2:])
    )

    def added(array):
        return np.vstack([array[:2].sum(axis=0, keepdims=True), array[2:]])

    coarser = dataclasses.replace(
        table,
        groups=merged,
        low=added(table.low),
        high=added(table.high),
        asked_low=added(table.asked_low[:, None])[:, 0],
        asked_high=added(table.asked_high[:, None])[:, 0],
    )
    tables = {**decisions["protect"].tables, "job": coarser}
    decisions["protect"] = dataclasses.replace(decisions["protect"], tables=tables)
    world.decisions = lambda: decisions
    release = world.release("breakdown", "scale/attitude", "job")
    del world.decisions
    assert tuple(member.key for member in release.rows[0].members) == members[0] + members[1]
    assert [row.people for row in release.rows[:-1]] == list(merged.sizes)
    assert "merged" in release.notes


def test_women_and_men_are_compared_for_every_statement_option_scale_and_indicator(world, releases):
    gap = releases["gap", "gap", "gender"]
    keys = [row.key for row in gap.rows]
    survey = world.facts.survey
    assert {f"scale/{scale.name}" for scale in survey.scales} <= set(keys)
    assert {"lead/@mean", "lead/@top_two", "leave/@correct", "ways/leaflet"} <= set(keys)
    assert len(keys) == len(set(keys))
    places = [
        survey.questions.index(survey.by_name[key.partition("/")[0]])
        for key in keys
        if "indicator/" not in key and "scale/" not in key
    ]
    assert places == sorted(places)


def test_the_gap_is_women_less_men(releases):
    rows = {row.key: row for row in releases["gap", "gap", "gender"].rows}
    first, second, difference = rows["lead/@mean"].figures
    assert difference.value == pytest.approx(first.value - second.value)
    first, second, difference = rows["ways/leaflet"].figures
    assert isinstance(difference, Comparison)
    assert difference.value == pytest.approx(100 * (first.value - second.value))
    assert difference.low < difference.value < difference.high


def test_the_gap_has_the_figures_of_the_breakdown(releases):
    women = next(row for row in releases["breakdown", "scale/attitude", "gender"].rows if row.key == "female")
    row = next(row for row in releases["gap", "gap", "gender"].rows if row.key == "scale/attitude")
    assert row.figures[0] == women.figures[0]


def test_sections_stand_as_headings_beside_the_rows_of_the_gap(world, releases):
    section = world.facts.survey.section_of("lead")
    row = next(row for row in releases["gap", "gap", "gender"].rows if row.key == "lead/@mean")
    assert [(member.key, member.label) for member in row.members] == [(section.name, section.title or {})]


def test_who_answered_something_else_may_be_counted_with_men():
    """Where the rest is too few for a group of its own it stands with the men: it is still women and men that are compared."""
    world = decided_world(every_kind(), PEOPLE)
    apart = world.groups()["gender"]
    merged = (apart.members[0], apart.members[1] + apart.members[2])
    assert merged == (("female",), ("male", "other"))
    world.members["gender"][world.members["gender"] == 2] = 1
    groups = {"gender": Groups("gender", merged, (apart.sizes[0], PEOPLE - apart.sizes[0]))}
    world.groups = lambda: groups
    gap = world.release("gap", "gap", "gender")
    assert "merged" in gap.notes
    assert isinstance(next(row for row in gap.rows if row.key == "lead/@mean").figures[2], Comparison)


def test_what_is_asked_of_men_only_stands_in_no_gap(world, releases):
    assert next(item for item in world.items if item.name == "acted").gates == ("gender",)
    assert not [row for row in releases["gap", "gap", "gender"].rows if row.key.startswith("acted")]
    assert ("breakdown", "acted", "job") in releases


def test_where_women_and_men_are_counted_together_nothing_is_compared():
    world = decided_world(every_kind(), PEOPLE)
    world.members["gender"] = np.repeat([0, 2], [PEOPLE - 50, 50])
    groups = {"gender": Groups("gender", (("female", "male"), ("other",)), (PEOPLE - 50, 50))}
    world.groups = lambda: groups
    gap = world.release("gap", "gap", "gender")
    assert {figure for row in gap.rows for figure in row.figures} == {Missing("few")}
    assert len(gap.rows) > 10
