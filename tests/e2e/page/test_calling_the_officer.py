"""When a tablet cannot keep the answers, there is a button to hand it to the officer, who sees what is wrong and no answer."""

from tests.support.page_walk import PLANTED_TEXT

STORE_IS_FULL = """() => {
  window.put = IDBObjectStore.prototype.add;
  for (const name of ['add', 'put'])
    IDBObjectStore.prototype[name] = () => { throw new DOMException('full', 'QuotaExceededError'); };
}"""


def test_the_officer_sees_what_is_wrong_and_the_answers_stay_covered(kiosk):
    kiosk.agrees()
    kiosk.answers()
    kiosk.page.evaluate(STORE_IS_FULL)
    kiosk.button("Gửi").click()
    kiosk.button("Đưa máy cho cán bộ").click()
    kiosk.page.get_by_role("heading", name="Máy chưa cất được phiếu này").wait_for()
    assert not kiosk.button("Gửi").is_visible()
    assert PLANTED_TEXT not in kiosk.page.locator("body").inner_text()
    kiosk.button("Chạm để tiếp tục").click()
    kiosk.button("Gửi").wait_for()


def test_the_desk_needs_the_pin_and_the_way_back_keeps_the_answers(kiosk):
    kiosk.agrees()
    kiosk.answers()
    kiosk.page.evaluate(STORE_IS_FULL)
    kiosk.button("Gửi").click()
    kiosk.button("Đưa máy cho cán bộ").click()
    kiosk.button("Mở bàn làm việc (câu trả lời này sẽ mất)").click()
    kiosk.page.get_by_label("Mã PIN").wait_for()
    kiosk.button("Trở lại phiếu hỏi").click()
    kiosk.button("Chạm để tiếp tục").click()
    assert kiosk.button("Gửi").is_visible()
