"""A tablet that is enrolled with another server while answers wait: they wait for the server that they were collected for."""

from sync.keys import new_identity
from tests.support.page_hop import CODE
from tests.support.page_waiting_envelopes import collects_one_offline
from tests.support.page_walk import Tablet

ELSEWHERE = "1 phiếu thu cho máy chủ đã ghi danh trước đây"


def enrols_again(tablet: Tablet) -> None:
    """Its token is no longer known, so staff type a new code."""
    tablet.hop.tokens.clear()
    tablet.page.context.set_offline(False)
    tablet.syncs()
    tablet.button("Ghi danh lại").click()
    tablet.page.get_by_label("Mã ghi danh").fill(CODE)
    tablet.button("Ghi danh").click()
    tablet.page.locator(".counts").wait_for()


def test_with_the_same_server_everything_goes_out(tablet):
    collects_one_offline(tablet)
    enrols_again(tablet)
    tablet.page.get_by_text("Không có gì chờ gửi").wait_for()
    assert len(tablet.hop.responses()) == 1


def test_with_another_server_the_envelopes_wait_and_staff_are_told_where_they_go(tablet):
    collects_one_offline(tablet)
    first = tablet.hop.identity
    tablet.hop.identity = new_identity()
    enrols_again(tablet)
    tablet.page.get_by_text(ELSEWHERE).wait_for()
    tablet.syncs()
    assert tablet.counts() == {"Đã thu": 1, "Chờ gửi": 1, "Đã gửi": 0, "Máy chủ không nhận": 0}
    assert not tablet.hop.inbox.envelopes
    tablet.hop.identity = first
    tablet.hop.tokens.clear()
    tablet.syncs()
    enrols_again(tablet)
    tablet.page.get_by_text(ELSEWHERE).wait_for(state="detached")
    tablet.page.get_by_text("Không có gì chờ gửi").wait_for()
    assert len(tablet.hop.responses()) == 1
