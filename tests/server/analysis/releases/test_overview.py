"""Who took part: exact sizes of groups of workplaces, headcounts, the margin of error; and what the field counted."""

import pytest

from server.analysis.counting.axes import Workplace
from server.analysis.edition.figures import Count, Missing, Share, Span
from server.analysis.facts import Fieldwork
from tests.support.decided import decided_world, every_kind

PLACES = (
    Workplace("may-10", "May 10", "cd-may", "Công đoàn May", 300),
    Workplace("may-11", "May 11", "cd-may", "Công đoàn May", 200),
    Workplace("than-1", "Than 1", "cd-than", "Công đoàn Than", 100),
)
TALLIES = {"may-10": Fieldwork(120, 30), "may-11": Fieldwork(60, 3), "than-1": Fieldwork(40, 12)}


@pytest.fixture(scope="module")
def world():
    return decided_world(every_kind(), 220, places=PLACES, fieldwork=TALLIES)


@pytest.fixture(scope="module")
def release(world):
    return world.release("overview", "responses", "site")


def rows(release):
    keys = [column.key for column in release.columns]
    return {row.key: dict(zip(keys, row.figures, strict=True)) for row in release.rows}


def test_each_group_of_workplaces_has_headcount_responses_and_participation(world, release):
    groups = world.groups()["site"]
    for (site,), size in zip(groups.members, groups.sizes, strict=True):
        heads = next(place.headcount for place in PLACES if place.id == site)
        found = rows(release)[site]
        assert (found["@headcount"], found["@responses"]) == (Count(heads), Count(size))
        assert found["@participation"].value == pytest.approx(size / heads, abs=0.006)
        assert found["@participation"].people == Span(size, size)


def test_everybody_stands_last(release):
    assert list(rows(release))[-1] == "@all"
    assert (rows(release)["@all"]["@headcount"], rows(release)["@all"]["@responses"]) == (Count(600), Count(220))


def test_the_margin_of_error_corrects_for_the_finite_population(release):
    """z .5 / sqrt(n*) with n* = 220 * 599 / 380 = 346.8: 5.3 points."""
    assert rows(release)["@all"]["@margin"] == Share(0.053, 0.053, 0.053, Span(220, 220))


def test_workplaces_are_named(release):
    row = next(row for row in release.rows if row.key == "may-10")
    assert row.label == {"vi": "May 10", "en": "May 10"}


def test_how_few_said_no_is_not_told_and_cannot_be_subtracted(release):
    """3 refusals at one place: those are few, and the next smaller number stands in the total only."""
    refused = {key: found["@refused"] for key, found in rows(release).items()}
    assert refused == {"may-10": Count(30), "may-11": Missing("few"), "than-1": Missing("total"), "@all": Count(45)}


def test_cooperation_is_of_those_asked_in_the_field(release):
    assert rows(release)["@all"]["@cooperation"].value == pytest.approx(220 / 265, abs=0.001)
    assert rows(release)["may-11"]["@cooperation"] == Missing("few")


def test_without_breakdowns_the_field_counts_stand_and_responses_only_of_all(world, monkeypatch):
    monkeypatch.setattr(world, "groups", dict)
    found = rows(world.release("overview", "responses", "site"))
    assert found["may-10"]["@responses"] == Missing("undivided")
    assert found["may-10"]["@collected"] == Count(120)
    assert found["@all"]["@responses"] == Count(220)


def test_more_responses_than_heads_have_no_participation():
    few = (Workplace("may-10", "May 10", "cd-may", "Công đoàn May", 50),)
    found = rows(decided_world(every_kind(), 60, places=few).release("overview", "responses", "site"))
    assert found["@all"]["@participation"] == found["@all"]["@margin"] == Missing("absent")


def test_item_non_response_is_of_those_asked(world):
    release = world.release("overview", "nonresponse")
    found = {row.key: row for row in release.rows}
    silent = (world.answers["lead"] == 5).sum()
    assert found["lead"].figures[0].people.low <= silent <= found["lead"].figures[0].people.high
    assert (found["lead"].base, found["acted"].base) == ("everybody", "asked")
    assert found["acted"].asked is not None
