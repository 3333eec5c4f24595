"""A tablet in workers' hands shows the desk to nobody without the PIN, whatever happens to its campaign, its store or the page."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.fonts import opened
from tests.support.page_hop import LINK
from tests.support.page_walk import PIN, Tablet

ENDED = "Đợt khảo sát ở máy này đã kết thúc"
UNREADABLE = "Phiếu hỏi chưa mở được"
FACT = """new Promise((done, fail) => {
  const request = indexedDB.open('langnghe-device');
  request.onerror = () => fail(request.error);
  request.onsuccess = () => {
    const database = request.result;
    const work = database.transaction('facts', 'readwrite');
    const store = work.objectStore('facts');
    store.get('NAME').onsuccess = ({ target: { result: kept } }) => store.put(CHANGE, 'NAME');
    work.oncomplete = () => { database.close(); done(); };
    work.onerror = () => fail(work.error);
  };
})"""


def change(tablet: Tablet, fact: str, expression: str) -> None:
    """Something else is in the store than the page put there."""
    tablet.page.evaluate(FACT.replace("NAME", fact).replace("CHANGE", expression))


def campaign_closes(tablet: Tablet) -> None:
    tablet.page.route("**/api/v1/campaigns", lambda route: route.fulfill(json={"campaigns": []}))
    tablet.page.reload()
    tablet.page.get_by_role("heading", name=ENDED).wait_for()


def site_goes(tablet: Tablet) -> None:
    tablet.hop.sites = tablet.hop.sites[1:]
    tablet.page.reload()
    tablet.page.get_by_role("heading", name=ENDED).wait_for()


def shelf_is_no_list(tablet: Tablet) -> None:
    change(tablet, "shelf", "({ campaigns: 7 })")
    tablet.page.route("**/api/v1/campaigns", lambda route: route.abort())
    tablet.page.reload()
    tablet.page.get_by_role("heading", name=UNREADABLE).wait_for()


def survey_is_damaged(tablet: Tablet) -> None:
    damaged = (
        "({ ...kept, campaigns: kept.campaigns.map(one => ({ ...one, survey: { ...one.survey, sections: null } })) })"
    )
    change(tablet, "shelf", damaged)
    tablet.page.route("**/api/v1/campaigns", lambda route: route.abort())
    tablet.page.reload()
    tablet.page.get_by_role("heading", name=UNREADABLE).wait_for()


def survey_cannot_be_drawn(tablet: Tablet) -> None:
    undrawable = "{ ...one.survey, title: null, about: 7, languages: [7, 8] }"
    change(
        tablet, "shelf", f"({{ ...kept, campaigns: kept.campaigns.map(one => ({{ ...one, survey: {undrawable} }})) }})"
    )
    tablet.page.route("**/api/v1/campaigns", lambda route: route.abort())
    tablet.page.reload()
    tablet.page.get_by_role("heading").first.wait_for()


def part_is_missing(tablet: Tablet) -> None:
    change(
        tablet,
        "shelf",
        "({ ...kept, campaigns: kept.campaigns.map(one => ({ ...one, survey: { ...one.survey, kind: 'unit_form' } })) })",
    )
    tablet.page.route("**/assets/survey_kind_texts*", lambda route: route.abort())
    tablet.page.route("**/api/v1/campaigns", lambda route: route.abort())
    tablet.page.reload()
    tablet.page.get_by_role("heading", name=UNREADABLE).wait_for()


def token_is_revoked(tablet: Tablet) -> None:
    tablet.hop.tokens.clear()
    tablet.page.reload()
    tablet.button("Bắt đầu").wait_for()


def enrolment_is_lost(tablet: Tablet) -> None:
    change(tablet, "enrolment", "undefined")
    tablet.page.reload()
    tablet.button("Bắt đầu").wait_for()


def address_is_changed(tablet: Tablet) -> None:
    for fragment in ("#/l/khong-co-that", f"#/l/{LINK}", "#/desk", ""):
        tablet.page.evaluate("fragment => { location.hash = fragment; }", fragment)
        tablet.page.wait_for_timeout(200)
        tablet.button("Bắt đầu").wait_for()


WAYS: list[Callable[[Tablet], Any]] = [
    campaign_closes,
    site_goes,
    shelf_is_no_list,
    survey_is_damaged,
    survey_cannot_be_drawn,
    part_is_missing,
    token_is_revoked,
    enrolment_is_lost,
    address_is_changed,
]


@pytest.fixture
def handed_over(device, hop) -> Tablet:
    """An enrolled tablet in a worker's hands, without a service worker that would answer in the network's place."""
    device.add_init_script("delete Navigator.prototype.serviceWorker")
    tablet = Tablet(device.new_page(), hop)
    tablet.enrols()
    tablet.hands_over()
    return tablet


@pytest.mark.parametrize("happens", WAYS)
def test_no_way_leads_to_the_desk_but_the_pin(handed_over, happens):
    happens(handed_over)
    assert_no_desk(handed_over)
    for _ in range(2):
        handed_over.page.reload()
        handed_over.button("Cán bộ").wait_for()
        assert_no_desk(handed_over)
    handed_over.takes_back(pin="1357")
    handed_over.page.get_by_text("Còn 4 lần thử").wait_for()
    assert_no_desk(handed_over)
    handed_over.page.get_by_label("Mã PIN").fill(PIN)
    handed_over.button("Mở").click()
    handed_over.page.get_by_role("heading", name="Bàn làm việc").or_(
        handed_over.page.get_by_role("heading", name="Ghi danh máy này")
    ).wait_for()


def assert_no_desk(tablet: Tablet) -> None:
    assert tablet.page.get_by_role("heading", name="Bàn làm việc").count() == 0
    assert tablet.page.get_by_role("heading", name="Ghi danh máy này").count() == 0


def test_a_campaign_that_closes_between_two_people_ends_the_sitting_without_a_reload(handed_over):
    handed_over.agrees()
    handed_over.answers(until="gender")
    handed_over.page.route("**/api/v1/campaigns", lambda route: route.fulfill(json={"campaigns": []}))
    with handed_over.page.expect_response("**/api/v1/campaigns"):
        handed_over.page.evaluate("() => dispatchEvent(new Event('online'))")
    handed_over.answers()
    handed_over.sends()
    handed_over.button("Người tiếp theo").click()
    handed_over.page.get_by_role("heading", name=ENDED).wait_for()
    handed_over.takes_back()
    handed_over.page.get_by_role("heading", name="Bàn làm việc").wait_for()
    assert handed_over.counts()["Đã thu"] == 1


def test_a_desk_that_was_open_in_another_tab_is_shut_when_somebody_goes_there(device, tablet):
    tablet.enrols()
    other = Tablet(opened(device), tablet.hop)
    other.opens()
    other.page.get_by_role("heading", name="Bàn làm việc").wait_for()
    tablet.page.bring_to_front()
    tablet.hands_over()
    other.page.bring_to_front()
    other.page.evaluate("() => dispatchEvent(new Event('focus'))")
    other.button("Cán bộ").wait_for()
    assert_no_desk(other)


def test_a_pin_that_is_missing_opens_nothing(handed_over):
    change(handed_over, "pin", "undefined")
    handed_over.page.reload()
    handed_over.button("Cán bộ").click()
    handed_over.page.get_by_label("Mã ghi danh").wait_for()
    assert handed_over.page.get_by_label("Mã PIN").count() == 0


def test_a_new_pin_asks_for_the_old_one(handed_over):
    handed_over.takes_back()
    handed_over.button("Đổi mã PIN").click()
    for old, new in (("1357", "9713"), (PIN, "9713")):
        handed_over.page.get_by_label("Mã PIN đang dùng").fill(old)
        handed_over.page.get_by_label("Mã PIN mới").fill(new)
        handed_over.page.get_by_label("Nhập lại mã PIN").fill(new)
        handed_over.button("Lưu mã PIN").click()
        if old != PIN:
            handed_over.page.get_by_text("Mã PIN chưa đúng").wait_for()
    handed_over.hands_over_again()
    handed_over.takes_back(pin=PIN)
    handed_over.page.get_by_text("Mã PIN chưa đúng").wait_for()
    handed_over.page.get_by_label("Mã PIN").fill("9713")
    handed_over.button("Mở").click()
    handed_over.page.get_by_role("heading", name="Bàn làm việc").wait_for()


def test_pins_are_masked_for_screen_readers_too_and_typed_as_digits(handed_over):
    handed_over.takes_back()
    handed_over.button("Đổi mã PIN").click()
    fields = handed_over.page.locator("input")
    fields.nth(2).wait_for()
    kinds = fields.evaluate_all("all => all.map(one => [one.type, one.inputMode])")
    assert kinds == [["password", "numeric"]] * 3


def test_the_pin_is_asked_for_in_the_officers_language_and_the_survey_goes_on_in_the_workers(handed_over):
    handed_over.button("English").click()
    handed_over.button("Staff").click()
    handed_over.page.get_by_label("Mã PIN").wait_for()
    assert handed_over.page.locator("html").get_attribute("lang") == "vi"
    handed_over.button("Trở lại phiếu hỏi").click()
    handed_over.button("Start").wait_for()
    assert handed_over.page.locator("html").get_attribute("lang") == "en"
    handed_over.button("Staff").click()
    handed_over.page.get_by_label("Mã PIN").fill("1357")
    handed_over.button("Mở").click()
    handed_over.page.get_by_text("Còn 4 lần thử").wait_for()
