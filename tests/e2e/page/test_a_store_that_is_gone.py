"""A browser that bars IndexedDB, and one that erased it between two visits."""

import json

import pytest

from tests.machine import find_whole_browser
from tests.support.browser import ARGUMENTS
from tests.support.page_hop import LINK
from tests.support.page_waiting_envelopes import collects_one_offline
from tests.support.page_walk import PLANTED_TEXT, Tablet
from tests.support.waiting import until_on

CASES = [
    "Object.defineProperty(globalThis, 'indexedDB', { get() { throw new DOMException('blocked', 'SecurityError') } });",
    "Object.defineProperty(globalThis, 'indexedDB', { value: undefined });",
    """IDBFactory.prototype.open = function () {
      const request = { addEventListener(name, told) { if (name === 'error') setTimeout(told); }, removeEventListener() {} };
      return Object.setPrototypeOf(Object.assign(request, { error: new DOMException('no', 'UnknownError') }), IDBRequest.prototype);
    };""",
    """IDBFactory.prototype.open = () =>
      Object.setPrototypeOf({ addEventListener() {}, removeEventListener() {} }, IDBOpenDBRequest.prototype);""",
]
PHONE = {"width": 360, "height": 740}
ERASED = """async () => {
  for (const { name } of await indexedDB.databases())
    await new Promise((done) => (indexedDB.deleteDatabase(name).onsuccess = done));
}"""


@pytest.mark.parametrize("barred", CASES, ids=["throws", "missing", "does not open", "never answers"])
def test_a_link_works_in_memory_and_says_that_the_page_must_stay_open(tablet, device, barred):
    tablet.page.add_init_script(barred)
    tablet.opens(f"#/l/{LINK}")
    tablet.page.get_by_text("Trình duyệt này không cho trang cất dữ liệu").wait_for()
    tablet.agrees()
    tablet.answers()
    device.set_offline(True)
    tablet.sends()
    tablet.page.get_by_text("Xin đừng đóng trang cho đến khi có dòng báo đã gửi đi").wait_for()
    device.set_offline(False)
    tablet.page.evaluate("() => dispatchEvent(new Event('online'))")
    tablet.page.get_by_text("Phiếu đã khóa đã gửi đi").wait_for()
    (response,) = tablet.hop.responses()
    assert response.answers["wish"] == PLANTED_TEXT


def test_a_browser_that_keeps_nothing_of_any_site_sends_from_memory(chromium, hop, tmp_path):
    (tmp_path / "Default").mkdir()
    barred = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default/Preferences").write_text(json.dumps(barred))
    context = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=find_whole_browser(), args=list(ARGUMENTS), viewport=PHONE, locale="vi-VN"
    )
    try:
        phone = Tablet(context.pages[0], hop)
        phone.opens(f"#/l/{LINK}")
        phone.page.get_by_text("Trình duyệt này không cho trang cất dữ liệu").wait_for()
        phone.agrees()
        phone.answers()
        assert phone.handed_in()["wish"] == PLANTED_TEXT
    finally:
        context.close()


def test_leaving_asks_first_while_the_only_copy_is_in_memory(tablet, device):
    tablet.page.add_init_script(CASES[0])
    tablet.opens(f"#/l/{LINK}")
    tablet.agrees()
    tablet.answers()
    device.set_offline(True)
    tablet.sends()
    asked: list[str] = []
    tablet.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    tablet.page.close(run_before_unload=True)
    until_on(tablet.page, lambda: asked)
    assert asked == ["beforeunload"]


def collected_one(tablet: Tablet) -> None:
    """An enrolled tablet on which one envelope waits, also when there is a network again."""
    tablet.page.route("**/api/v1/batches", lambda route: route.abort())
    collects_one_offline(tablet)


def test_staff_are_told_what_may_be_gone_when_the_browser_erased_it(tablet):
    collected_one(tablet)
    tablet.page.context.set_offline(False)
    tablet.page.goto(f"{tablet.hop.address}/icons/icon.svg")
    tablet.page.evaluate(ERASED)
    tablet.opens()
    tablet.page.get_by_text("Lần mở trước, máy này còn 1 phiếu chờ gửi").wait_for()
    tablet.page.get_by_label("Mã ghi danh").wait_for()
    tablet.enrols()
    tablet.page.locator(".counts").wait_for()
    tablet.page.get_by_role("heading", name="Trình duyệt đã xóa dữ liệu của trang").wait_for()
    tablet.button("Đã đọc").click()
    tablet.page.get_by_role("heading", name="Trình duyệt đã xóa dữ liệu của trang").wait_for(state="detached")
    tablet.page.reload()
    tablet.page.locator(".counts").wait_for()
    assert tablet.page.get_by_role("heading", name="Trình duyệt đã xóa dữ liệu của trang").count() == 0


def test_staff_are_told_what_may_be_lost_where_the_store_is_barred(tablet):
    collected_one(tablet)
    tablet.page.context.set_offline(False)
    tablet.page.add_init_script(CASES[0])
    tablet.page.reload()
    tablet.page.get_by_text("Máy này không cho trang cất dữ liệu").wait_for()
    tablet.page.get_by_text("lần mở trước còn 1 phiếu chờ gửi").wait_for()


def test_the_mark_beside_the_store_holds_two_numbers(tablet):
    collected_one(tablet)
    assert tablet.page.evaluate("() => ({ ...localStorage })") == {"langnghe-collected": '{"collected":1,"waiting":1}'}


def test_a_new_device_is_told_nothing(tablet):
    tablet.opens()
    tablet.page.get_by_label("Mã ghi danh").wait_for()
    assert tablet.page.get_by_role("alert").filter(has_text="xóa dữ liệu").count() == 0
