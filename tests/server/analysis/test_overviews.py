"""Counts of who took part follow the same rule as any other count."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from server.analysis.policy import Policy
from server.analysis.results import campaign_progress
from server.intake.tables import LakeState
from tests.support.lake import rows_of
from tests.support.paper import small_survey
from tests.support.results_world import make_world

SITES = {"may-10": "cd-may", "may-11": "cd-may", "than-1": "cd-than"}


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path, small_survey(), SITES)


def some(people, site):
    return rows_of([{"q": "a", "gender": "female", "job": "line"}] * people, site)


def test_a_small_site_is_shown_with_its_sibling_only(world):
    world.pour([*some(40, "may-10"), *some(4, "may-11"), *some(20, "than-1")])
    rows = {row.key: row for row in world.results().overview().rows}
    assert set(rows) == {"may-10+may-11", "than-1", "@all"}
    assert rows["may-10+may-11"].cells[1].count == 44
    assert [member.key for member in rows["may-10+may-11"].members] == ["may-10", "may-11"]


def test_a_small_unit_is_shown_with_another_only(world):
    world.pour([*some(40, "may-10"), *some(4, "than-1")])
    by_unit = world.results().breakdown("q", "unit")
    assert all(cell.mark == "withheld" for row in by_unit.rows for cell in row.cells)
    assert "may-10+than-1" in {row.key for row in world.results().overview().rows}


def test_few_refusals_at_one_site_are_withheld_with_anothers(world):
    world.pour([*some(40, "may-10"), *some(30, "may-11"), *some(20, "than-1")])
    for site, refused in (("may-10", 3), ("may-11", 25), ("than-1", 60)):
        world.tally(site, 50, refused)
    refusals = {row.key: row.cells[3] for row in world.results().overview().rows}
    assert refusals["may-10"].mark == refusals["may-11"].mark == "withheld"
    assert refusals["than-1"].count == 60
    assert refusals["@all"].count == 88


def test_progress_withholds_what_is_small_and_shows_the_rest(world):
    world.tally("may-10", 57, 4)
    with Session(world.engine) as session, session.begin():
        session.add(LakeState(campaign_id=world.campaign, generation=1, responses=50))
    with Session(world.engine) as session:
        (row,) = campaign_progress(session, 10).rows
    collected, refused, waiting, stored, quarantined = row.cells
    assert (collected.count, stored.count, waiting.count, quarantined.count) == (57, 50, 0, 0)
    assert refused.mark == "withheld"


def test_no_campaign_can_have_a_threshold_below_five(world):
    with pytest.raises(ValueError, match="protects nobody"):
        Policy(threshold=4)
    with world.engine.connect() as connection:
        assert connection.execute(text("SELECT threshold FROM campaign")).scalar() == 10


def test_a_higher_threshold_raises_every_other():
    policy = Policy(threshold=30)
    assert (policy.sensitive_base, policy.mean_base, policy.sensitive_place) == (30, 30, 50)
