"""An exchange has many parts: envelopes, counts of people, campaigns. Whatever becomes of one, the others are tried."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.problems import CAMPAIGN_UNKNOWN, SERVER_FAILED, SITE_UNKNOWN, TALLY_MALFORMED
from tests.support.page_walk import Tablet
from tests.support.waiting import until_on

FIRST, SECOND = "may-10", "than-1"
TODAY = date.today().isoformat()


def until(tablet: Tablet, happened: Callable[[], bool]) -> None:
    """Something becomes true, soon."""
    until_on(tablet.page, happened)


def new_campaign(tablet: Tablet) -> None:
    campaign = tablet.hop.campaign()
    tablet.hop.more_campaigns = [campaign | {"id": "dot-moi", "title": {"vi": "Đợt khảo sát mới mở"}}]


def refuses_at(tablet: Tablet, site: str) -> None:
    """Staff count one person who declined."""
    tablet.button(f"Bắt đầu ở {site}").click()
    tablet.page.get_by_role("button", name="+1").click()
    tablet.page.get_by_text("Đã ghi một người từ chối.").wait_for()
    tablet.button("Kết thúc ở nơi này").click()


@pytest.mark.parametrize("days_off", [-4000, -40, 40, 4000])
def test_a_clock_that_is_off_counts_within_the_period_of_the_campaign(tablet, days_off):
    tablet.enrols()
    tablet.button("Bắt đầu ở Mỏ than Hà Lầm").wait_for()
    tablet.page.clock.set_system_time(datetime.now(UTC) + timedelta(days=days_off))
    refuses_at(tablet, "Mỏ than Hà Lầm")
    tablet.page.clock.set_system_time(datetime.now(UTC))
    new_campaign(tablet)
    tablet.syncs()
    tablet.page.get_by_text("Đợt khảo sát mới mở").wait_for()
    planned = tablet.hop.campaign()
    edge = planned["from" if days_off < 0 else "to"]
    assert tablet.hop.tallies == {(planned["id"], SECOND, edge): {"collected": 0, "refused": 1}}


def test_days_outside_the_period_add_to_the_edge_that_they_are_moved_to(tablet):
    tablet.enrols()
    for days in (-4000, -6, -300):
        tablet.page.clock.set_system_time(datetime.now(UTC) + timedelta(days=days))
        refuses_at(tablet, "Mỏ than Hà Lầm")
    tablet.syncs()
    planned = tablet.hop.campaign()
    until(
        tablet, lambda: tablet.hop.tallies == {(planned["id"], SECOND, planned["from"]): {"collected": 0, "refused": 3}}
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (TALLY_MALFORMED, "ngày giờ của máy"),
        (SITE_UNKNOWN, "không còn nơi làm việc đó"),
        (CAMPAIGN_UNKNOWN, "không còn đợt khảo sát này"),
    ],
)
def test_a_count_that_is_turned_away_is_set_aside_told_and_tried_again(tablet, kind, words):
    tablet.enrols()
    tablet.hop.refusing_tallies[FIRST] = kind
    refuses_at(tablet, "Công ty May Hưng Yên")
    refuses_at(tablet, "Mỏ than Hà Lầm")
    new_campaign(tablet)
    tablet.syncs()
    held = tablet.page.get_by_role("region", name="Số đếm máy chủ không nhận")
    held.get_by_text(words).wait_for()
    held.get_by_text("Công ty May Hưng Yên").wait_for()
    tablet.page.get_by_text("Đợt khảo sát mới mở").wait_for()
    tablet.page.locator(".sync").get_by_text("Không có gì chờ gửi").wait_for()
    assert tablet.hop.tallies == {(tablet.hop.campaign_id, SECOND, TODAY): {"collected": 0, "refused": 1}}
    tablet.hop.refusing_tallies.clear()
    tablet.button("Gửi lại các số đếm").click()
    held.wait_for(state="detached")
    assert tablet.hop.tallies[tablet.hop.campaign_id, FIRST, TODAY] == {"collected": 0, "refused": 1}


def test_a_count_that_the_server_fails_at_waits_without_holding_up_the_others(tablet):
    tablet.enrols()
    tablet.hop.refusing_tallies[FIRST] = SERVER_FAILED
    refuses_at(tablet, "Công ty May Hưng Yên")
    refuses_at(tablet, "Mỏ than Hà Lầm")
    new_campaign(tablet)
    tablet.syncs()
    tablet.page.get_by_text("Đợt khảo sát mới mở").wait_for()
    until(tablet, lambda: (tablet.hop.campaign_id, SECOND, TODAY) in tablet.hop.tallies)
    tablet.hop.refusing_tallies.clear()
    tablet.syncs()
    until(tablet, lambda: (tablet.hop.campaign_id, FIRST, TODAY) in tablet.hop.tallies)


@pytest.mark.parametrize(
    "damage",
    [{"sites": [None]}, {"from": None}, {"title": "x"}, {"survey": {}}, {"key": None}, {"survey": {"sections": [{}]}}],
)
def test_a_damaged_campaign_leaves_the_others_alone(tablet, damage):
    tablet.hop.more_campaigns = [tablet.hop.campaign() | {"id": "hong"} | damage]
    tablet.enrols()
    tablet.button("Bắt đầu ở Mỏ than Hà Lầm").wait_for()
    assert tablet.page.locator(".campaign").count() == 1


def test_campaigns_that_do_not_come_are_told_truly(tablet):
    tablet.enrols()
    tablet.button("Bắt đầu ở Mỏ than Hà Lầm").wait_for()
    tablet.page.route(
        "**/api/v1/campaigns", lambda route: route.fulfill(status=400, json={"code": "request.malformed"})
    )
    refuses_at(tablet, "Mỏ than Hà Lầm")
    tablet.syncs()
    tablet.page.get_by_text("Chưa lấy được danh sách mới. Danh sách cũ vẫn dùng được.").wait_for()
    until(tablet, lambda: (tablet.hop.campaign_id, SECOND, TODAY) in tablet.hop.tallies)
