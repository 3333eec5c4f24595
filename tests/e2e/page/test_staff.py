"""Field staff: the door, the desk, counts that add up, and a kiosk that only the PIN opens."""

from datetime import date

from tests.support.page_hop import kind_of
from tests.support.page_walk import PIN
from tests.support.waiting import until_on

CACHED_PATHS = """async () => {
  const paths = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname);
  return paths;
}"""


def test_a_wrong_code_is_told_in_plain_words(tablet):
    tablet.opens()
    tablet.page.get_by_label("Mã ghi danh").fill("sai sai")
    tablet.page.get_by_label("Tên máy").fill("Máy 07")
    tablet.button("Ghi danh").click()
    assert "Không có mã này" in tablet.page.get_by_role("alert").inner_text()


def test_the_kiosk_is_left_with_the_pin_only(kiosk):
    kiosk.takes_back(pin="1357")
    assert "Còn 4 lần thử" in kiosk.page.get_by_role("alert").inner_text()
    kiosk.page.reload()
    kiosk.button("Bắt đầu").wait_for()
    kiosk.takes_back()
    kiosk.page.get_by_role("heading", name="Bàn làm việc").wait_for()
    assert kiosk.page.get_by_role("heading", name="Đang hỏi tại Công ty May Hưng Yên").count() == 1


def test_too_many_wrong_tries_have_to_wait(kiosk):
    kiosk.button("Cán bộ").click()
    for _ in range(5):
        kiosk.page.get_by_label("Mã PIN").fill("1357")
        kiosk.button("Mở").click()
        kiosk.page.wait_for_function("() => document.querySelector('#pin').value === ''")
    kiosk.page.get_by_label("Mã PIN").fill(PIN)
    kiosk.button("Mở").click()
    kiosk.page.get_by_text("Hãy đợi").wait_for()


def test_a_forgotten_pin_is_replaced_with_a_fresh_code(kiosk):
    kiosk.button("Cán bộ").click()
    kiosk.button("Quên mã PIN?").click()
    kiosk.page.get_by_label("Mã ghi danh").fill("may0-7abc")
    kiosk.button("Ghi danh").click()
    kiosk.page.get_by_role("heading", name="Đặt mã PIN").wait_for()


def test_collected_and_refused_are_counted_and_told(kiosk):
    kiosk.agrees()
    kiosk.answers()
    kiosk.sends()
    kiosk.button("Người tiếp theo").click()
    kiosk.button("Không tham gia").click()
    kiosk.page.get_by_text("chỉ cộng thêm một vào số người không tham gia").wait_for()
    kiosk.button("Người tiếp theo").click()
    kiosk.takes_back()
    kiosk.page.get_by_text("Hôm nay: 1 người trả lời, 1 người từ chối").wait_for()
    kiosk.button("Từ chối +1").click()
    kiosk.button("Từ chối +1").click()
    kiosk.page.get_by_text("Hôm nay: 1 người trả lời, 3 người từ chối").wait_for()
    kiosk.button("Bỏ lần vừa ghi").click()
    kiosk.page.get_by_text("Hôm nay: 1 người trả lời, 2 người từ chối").wait_for()
    kiosk.syncs()
    place = (kiosk.hop.campaign_id, "may-10", date.today().isoformat())
    until_on(kiosk.page, lambda: kiosk.hop.tallies.get(place) == {"collected": 1, "refused": 2})


def test_what_is_refused_stays_with_its_reason_and_can_be_tried_again(kiosk):
    kiosk.hop.refusing = kind_of("quota.site_full")
    kiosk.agrees()
    kiosk.answers()
    kiosk.sends()
    kiosk.button("Người tiếp theo").click()
    kiosk.takes_back()
    kiosk.syncs()
    kiosk.page.get_by_text("nhiều phiếu hơn số người làm việc").wait_for()
    assert kiosk.counts() == {"Đã thu": 1, "Chờ gửi": 0, "Đã gửi": 0, "Máy chủ không nhận": 1}
    kiosk.hop.refusing = None
    kiosk.button("Thử gửi lại tất cả").click()
    kiosk.page.get_by_role("heading", name="Phiếu máy chủ không nhận").wait_for(state="detached")
    kiosk.syncs()
    assert len(kiosk.hop.responses()) == 1


def test_a_revoked_device_is_told_to_enrol_again_and_keeps_everything(kiosk):
    kiosk.hop.tokens.clear()
    kiosk.agrees()
    kiosk.answers()
    kiosk.sends()
    kiosk.button("Người tiếp theo").click()
    kiosk.takes_back()
    kiosk.syncs()
    kiosk.page.get_by_text("Máy chủ không còn nhận máy này").wait_for()
    assert kiosk.counts()["Chờ gửi"] == 1
    kiosk.button("Ghi danh lại").click()
    kiosk.page.get_by_label("Mã ghi danh").fill("MAY07ABC")
    kiosk.button("Ghi danh").click()
    kiosk.page.get_by_text("Không có gì chờ gửi").wait_for()
    assert len(kiosk.hop.responses()) == 1


def test_the_list_of_campaigns_is_fetched_once_and_kept(tablet, device):
    tablet.enrols()
    tablet.button("Bắt đầu ở Mỏ than Hà Lầm").wait_for()
    tablet.page.evaluate("() => navigator.serviceWorker.ready")
    device.set_offline(True)
    tablet.page.reload()
    tablet.button("Bắt đầu ở Mỏ than Hà Lầm").click()
    tablet.button("Trao máy cho người trả lời").click()
    tablet.button("Bắt đầu").wait_for()


def test_the_service_worker_keeps_out_of_what_is_not_the_page(kiosk):
    kiosk.page.evaluate("() => navigator.serviceWorker.ready")
    kiosk.page.reload()
    kiosk.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    for address in ("/console", "/healthz", "/api/v1/nothing"):
        assert kiosk.page.evaluate("async path => (await fetch(path)).status", address) == 404
    cached = kiosk.page.evaluate(CACHED_PATHS)
    assert "/index.html" in cached
    assert not [path for path in cached if path.startswith(("/api", "/console", "/healthz", "/readyz"))]


def test_a_new_version_waits_until_nobody_answers_and_loses_nothing(kiosk, device):
    kiosk.page.evaluate("() => navigator.serviceWorker.ready")
    kiosk.hop.tokens.clear()
    kiosk.agrees()
    kiosk.answers()
    kiosk.sends()
    kiosk.button("Người tiếp theo").click()
    kiosk.hop.edition = 2
    kiosk.agrees()
    kiosk.page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update()")
    kiosk.page.wait_for_function("async () => (await navigator.serviceWorker.getRegistration()).waiting !== null")
    assert kiosk.page.get_by_role("progressbar").count() == 1
    kiosk.page.reload()
    kiosk.page.wait_for_function("async () => (await navigator.serviceWorker.getRegistration()).waiting === null")
    kiosk.takes_back()
    assert kiosk.counts()["Chờ gửi"] == 1
