"""Staff's desk beside a real collector: what only went as far as the collector waits; sent is what the central server has."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from schemas.problems import TOKEN_REVOKED, Problem
from tests.support.collector_process import CollectorProcess, ask_collector
from tests.support.page_hop import PageHop
from tests.support.page_walk import Tablet, small_survey
from tests.support.upstream import Handler, Upstream
from tests.support.waiting import until_on

WAITING = {"Đã thu": 1, "Chờ gửi": 1, "Đã gửi": 0, "Máy chủ không nhận": 0}
SENT = {"Đã thu": 1, "Chờ gửi": 0, "Đã gửi": 1, "Máy chủ không nhận": 0}


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    server = Upstream()
    yield server
    server.close()


@pytest.fixture
def collector(upstream: Upstream, tmp_path: Path) -> Iterator[CollectorProcess]:
    """A collector that knows the campaign and whose server then falls silent."""
    upstream.campaigns = [PageHop(small_survey()).campaign()]
    for command in (["enrol", upstream.url, "ABCD2345"], ["sync"]):
        done = ask_collector(tmp_path, *command)
        assert done.returncode == 0, done.stderr
    upstream.is_cut_off()
    process = CollectorProcess(tmp_path)
    yield process
    process.kill()


@pytest.fixture
def desk(page: Page, collector: CollectorProcess) -> Tablet:
    """Staff's desk after one person has answered."""
    hop = PageHop(small_survey(), kind="collector", address=collector.address)
    tablet = Tablet(page, hop)
    tablet.opens()
    tablet.sets_pin()
    tablet.hands_over()
    tablet.agrees()
    tablet.answers()
    tablet.sends()
    tablet.button("Người tiếp theo").click()
    tablet.takes_back()
    tablet.page.get_by_role("heading", name="Phiếu trên máy này").wait_for()
    tablet.syncs()
    return tablet


def says(tablet: Tablet, text: str) -> None:
    """The desk says this, by itself and soon."""
    tablet.page.locator(".sync [role=status]").get_by_text(text).wait_for()


def shows(tablet: Tablet, counts: dict[str, int]) -> None:
    """The desk counts so, soon."""
    until_on(tablet.page, lambda: tablet.counts() == counts, str(counts))


def test_what_the_server_does_not_have_waits_and_is_sent_when_staff_ask(desk, upstream):
    says(desk, "Chưa nối được với máy chủ")
    shows(desk, WAITING)
    assert desk.page.get_by_text("Không có gì chờ gửi").count() == 0
    upstream.is_well()
    desk.syncs()
    says(desk, "Không có gì chờ gửi")
    shows(desk, SENT)
    assert len(upstream.stored) == 1


def test_a_network_that_comes_back_sends_without_a_tap(desk, upstream):
    says(desk, "Chưa nối được với máy chủ")
    upstream.is_well()
    desk.page.evaluate("() => dispatchEvent(new Event('online'))")
    says(desk, "Không có gì chờ gửi")
    shows(desk, SENT)


def test_a_device_that_was_revoked_is_the_union_s_to_enrol_again(desk, upstream):
    def turns_away(_: Handler) -> bool:
        raise Problem(TOKEN_REVOKED)

    upstream.mood = turns_away
    desk.syncs()
    says(desk, "hãy báo công đoàn ghi danh lại máy")
    shows(desk, WAITING)
    assert desk.button("Ghi danh lại").count() == 0


def test_what_the_server_refused_is_told_with_its_reason(desk, upstream):
    upstream.refused.add(upstream.campaigns[0]["id"])
    upstream.is_well()
    desk.syncs()
    desk.page.get_by_text("Nơi nhận không có đợt khảo sát này").wait_for()
    desk.page.get_by_text("máy chủ trung tâm không nhận").wait_for()
    shows(desk, {"Đã thu": 1, "Chờ gửi": 0, "Đã gửi": 0, "Máy chủ không nhận": 1})
    assert desk.button("Thử gửi lại tất cả").count() == 0


def test_without_an_answer_of_the_collector_s_the_last_report_still_counts(desk, collector):
    says(desk, "Chưa nối được với máy chủ")
    shows(desk, WAITING)
    desk.page.evaluate("() => navigator.serviceWorker.ready")
    collector.kill()
    desk.page.reload()
    says(desk, "Chương trình thu phiếu trên máy này không trả lời")
    shows(desk, WAITING)


def test_the_desk_shows_the_name_that_the_collector_was_enrolled_with(page, upstream, tmp_path):
    upstream.campaigns = [PageHop(small_survey()).campaign()]
    process = CollectorProcess(tmp_path)
    try:
        tablet = Tablet(page, PageHop(small_survey(), kind="collector", address=process.address))
        tablet.opens()
        tablet.sets_pin()
        page.get_by_text("Máy: Lắng Nghe").wait_for()
        done = ask_collector(tmp_path, "enrol", upstream.url, "ABCD2345", "--name", "Máy 07")
        assert done.returncode == 0, done.stderr
        page.reload()
        page.get_by_text("Máy: Máy 07").wait_for()
    finally:
        process.kill()
