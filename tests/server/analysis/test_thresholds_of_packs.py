"""A pack may say how many people stand behind any of its figures: a campaign may ask for more, never for fewer."""

import pytest
from sqlalchemy.orm import Session

from server.analysis.results import campaign_progress
from server.intake.tables import LakeState
from tests.support.lake import rows_of
from tests.support.paper import small_survey
from tests.support.results_world import CAMPAIGN, make_world


def asking_for(people):
    return small_survey() | {"pack": {"min_n": people}}


def of_each_answer(people):
    return rows_of([{"q": answer, "gender": "female"} for answer in "abcd" for _ in range(people)])


@pytest.mark.parametrize(("pack", "campaign", "least"), [(20, 10, 20), (10, 15, 15), (10, 10, 10)])
def test_the_greater_of_the_two_holds(tmp_path, pack, campaign, least):
    policy = make_world(tmp_path, asking_for(pack), threshold=campaign).results().facts.policy
    assert policy.threshold == least
    assert policy.sensitive_base >= least


@pytest.mark.parametrize(("people", "mark"), [(19, "withheld"), (20, "")])
def test_a_count_needs_as_many_people_as_the_pack_says(tmp_path, people, mark):
    release = make_world(tmp_path, asking_for(20)).pour(of_each_answer(people)).results().question("q")
    assert {row.cells[0].mark for row in release.rows if row.key in "abcd"} == {mark}
    assert release.threshold == 20


def test_the_list_of_campaigns_tells_no_smaller_count_either(tmp_path):
    world = make_world(tmp_path, asking_for(20))
    with Session(world.engine) as session, session.begin():
        session.add(LakeState(campaign_id=CAMPAIGN, generation=1, responses=15))
        session.flush()
        [row] = campaign_progress(session, 10).rows
    assert row.key == CAMPAIGN
    assert row.cells[3].mark == "withheld"
