"""A question, a workplace or a unit is another one than when the last edition was made: nothing is told that tells them apart."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from server.analysis.counting.axes import UNIT
from server.analysis.edition.figures import Missing
from server.analysis.edition.release import Release
from server.database import transaction
from server.fieldwork.tables import Campaign, CampaignSite, Site, Unit
from tests.support.edition_pages import Asked, asked
from tests.support.running_campaign import CAMPAIGN, survey_document
from tests.support.surveys import both


@pytest.fixture
def campaign(tmp_path: Path, sqlite_template: Path) -> Iterator[Asked]:
    with asked(tmp_path, sqlite_template) as made:
        yield made


def come(campaign: Asked, people: int, version: int = 1, **more: str) -> None:
    documents = [campaign.world.document(number, more=more).answers for number in range(people)]
    campaign.come(documents, version=version)


def question(campaign: Asked, name: str) -> Release:
    return next(one for one in campaign.releases() if (one.kind, one.subject) == ("question", name))


def all_can_be_read(campaign: Asked, edition: int) -> None:
    campaign.says(f"Bản kết quả số {edition}", f"Edition {edition}, over")
    campaign.walk()


def test_a_version_that_gave_a_question_another_answer(campaign: Asked) -> None:
    come(campaign, 40)
    assert campaign.make().made == {CAMPAIGN: 1}
    later = survey_document(2)
    later["choice_lists"]["agree3"].append({"name": "fully", "label": both("Hoàn toàn"), "score": 4})
    campaign.world.publish(later)
    come(campaign, 20, version=2, q_lead="fully")
    assert campaign.make().made == {CAMPAIGN: 2}
    all_can_be_read(campaign, 2)
    with campaign.app.app_context(), transaction() as session:
        session.get_one(Campaign, CAMPAIGN).survey_version = 2
    come(campaign, 40, version=2, q_lead="fully")
    assert campaign.make().made == {CAMPAIGN: 3}
    figures = {row.figures[0] for row in question(campaign, "q_lead").rows}
    assert figures == {Missing("changed", 2, "2026-11-22")}, "four answers cannot be set beside three"
    assert question(campaign, "q_mark").counted == 3
    all_can_be_read(campaign, 3)
    page = campaign.page("/sections/about")
    assert "phiên bản 2 của phiếu, công bố ngày 22/11/2026, đổi các phương án trả lời của câu này" in page
    assert "Không đưa ra" not in page


def test_a_version_that_put_another_answer_in_the_place_of_one(campaign: Asked) -> None:
    """As many answers as before, and yet not the same: old figures must not stand under new words."""
    come(campaign, 40)
    assert campaign.make().made == {CAMPAIGN: 1}
    later = survey_document(2)
    answers = later["choice_lists"]["agree3"]
    answers[0] |= {"name": "fully", "label": both("Hoàn toàn")}
    campaign.world.publish(later)
    with campaign.app.app_context(), transaction() as session:
        session.get_one(Campaign, CAMPAIGN).survey_version = 2
    come(campaign, 40, version=2, q_lead="fully")
    assert campaign.make().made == {CAMPAIGN: 2}
    assert {row.figures[0] for row in question(campaign, "q_lead").rows} == {Missing("changed", 2, "2026-11-22")}
    assert question(campaign, "q_mark").counted == 2


def test_a_workplace_that_is_renamed_and_loses_its_headcount(campaign: Asked) -> None:
    come(campaign, 110)
    assert campaign.make().made == {CAMPAIGN: 1}
    with campaign.app.app_context(), transaction() as session:
        session.get_one(Site, "may-10").name = "=Nhà máy <Mới>"
        empty = session.get_one(Site, "mo-than")
        empty.women = empty.men = 0
    come(campaign, 30)
    campaign.close()
    assert campaign.make().made == {CAMPAIGN: 2}
    assert question(campaign, "q_lead").counted == 2
    all_can_be_read(campaign, 2)
    page = campaign.pages()["/console/campaigns/ge-2026"]
    assert "=Nhà máy &lt;Mới&gt;" in page


def test_workplaces_that_are_no_longer_told_apart(campaign: Asked) -> None:
    come(campaign, 110)
    assert campaign.make().made == {CAMPAIGN: 1}
    before = question(campaign, "q_lead")
    with campaign.app.app_context(), transaction() as session:
        session.execute(delete(CampaignSite).where(CampaignSite.site_id != "may-10"))
    campaign.close()
    with campaign.app.app_context(), transaction() as session:
        session.add(CampaignSite(campaign_id=CAMPAIGN, site_id="mo-than"))
    come(campaign, 30)
    with campaign.app.app_context(), transaction() as session:
        session.execute(delete(CampaignSite).where(CampaignSite.site_id == "mo-than"))
    assert campaign.make().made == {CAMPAIGN: 2}
    after = question(campaign, "q_lead")
    assert (after.rows, after.counted) == (before.rows, 1), "its people by workplace are not found again"
    all_can_be_read(campaign, 2)
    page = campaign.page("/sections/about")
    assert "có nơi làm việc rời đợt khảo sát, được thêm vào hoặc chuyển sang đơn vị khác" in page
    assert "quá ít người mới" not in page


def test_a_workplace_that_moves_to_another_unit(campaign: Asked) -> None:
    with campaign.app.app_context(), transaction() as session:
        session.add(Unit(id="khac", name="Liên đoàn khác", parent=None, level="province"))
        session.flush()
        repairs = session.get_one(Site, "to-sua")
        repairs.women, repairs.men = 200, 200
        session.get_one(Site, "mo-than").unit_id = "khac"
    sites = ("may-10", "mo-than", "to-sua")
    campaign.come([campaign.world.document(number).answers | {"@site": sites[number % 3]} for number in range(120)])
    assert campaign.make().made == {CAMPAIGN: 1}
    by_unit = {table.item for table in campaign.tables() if table.by == UNIT}
    assert by_unit
    with campaign.app.app_context(), transaction() as session:
        session.get_one(Site, "to-sua").unit_id = "khac"
    come(campaign, 30)
    campaign.close()
    assert campaign.make().made == {CAMPAIGN: 2}
    assert {table.edition for table in campaign.tables() if table.item in by_unit} == {1}, "units are others than then"
    all_can_be_read(campaign, 2)
