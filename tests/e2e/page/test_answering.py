"""What a worker answers is what the server can open, with and without a network."""

from tests.support.page_walk import ANSWERS, Tablet
from tests.support.waiting import until_on


def is_offline_ready(tablet: Tablet) -> None:
    tablet.page.evaluate("() => navigator.serviceWorker.ready")
    tablet.page.wait_for_function("async () => (await caches.keys()).length > 0")


def test_an_envelope_opens_to_exactly_the_answers_given(kiosk):
    kiosk.agrees()
    kiosk.answers()
    kiosk.sends()
    kiosk.button("Người tiếp theo").click()
    kiosk.takes_back()
    kiosk.syncs()
    (response,) = kiosk.hop.responses()
    assert response.answers == ANSWERS
    assert (response.survey, response.version, response.site) == ("phieu_thu", 3, "may-10")
    assert (response.mode, response.language) == ("tablet", "vi")


def test_a_day_without_a_network_starts_and_ends_like_any_other(kiosk, device):
    is_offline_ready(kiosk)
    device.set_offline(True)
    kiosk.page.reload()
    for _ in range(2):
        kiosk.agrees()
        kiosk.answers()
        kiosk.sends()
        kiosk.button("Người tiếp theo").click()
    kiosk.page.reload()
    kiosk.takes_back()
    kiosk.page.get_by_text("Đang không có mạng").wait_for()
    assert kiosk.counts() == {"Đã thu": 2, "Chờ gửi": 2, "Đã gửi": 0, "Máy chủ không nhận": 0}
    device.set_offline(False)
    kiosk.syncs()
    kiosk.page.get_by_text("Không có gì chờ gửi").wait_for()
    assert kiosk.counts() == {"Đã thu": 2, "Chờ gửi": 0, "Đã gửi": 2, "Máy chủ không nhận": 0}
    assert [response.answers for response in kiosk.hop.responses()] == [ANSWERS, ANSWERS]


def test_what_waits_leaves_by_itself_when_the_network_comes_back(kiosk, device):
    device.set_offline(True)
    kiosk.agrees()
    kiosk.answers()
    kiosk.sends()
    device.set_offline(False)
    kiosk.page.wait_for_function("() => navigator.onLine")
    until_on(kiosk.page, lambda: kiosk.hop.inbox.envelopes)
    assert len(kiosk.hop.responses()) == 1


def test_all_envelopes_of_short_answers_have_one_length(kiosk):
    for _ in range(2):
        kiosk.agrees()
        kiosk.answers()
        kiosk.sends()
        kiosk.button("Người tiếp theo").click()
    kiosk.takes_back()
    kiosk.syncs()
    lengths = {len(envelope.sealed) for envelope in kiosk.hop.inbox.envelopes.values()}
    assert len(kiosk.hop.inbox.envelopes) == 2
    assert len(lengths) == 1


def test_a_worker_may_leave_everything_open_that_need_not_be_answered(kiosk):
    kiosk.agrees()
    kiosk.goes_on()
    kiosk.goes_on()
    assert kiosk.page.get_by_role("alert").inner_text().strip() == "Câu này cần có câu trả lời thì mới đi tiếp được."
    kiosk.page.get_by_text("Nam", exact=True).click()
    while not kiosk.button("Gửi").count():
        kiosk.passes()
    kiosk.sends()
    kiosk.button("Người tiếp theo").click()
    kiosk.takes_back()
    kiosk.syncs()
    assert [response.answers for response in kiosk.hop.responses()] == [{"gender": "male"}]


def test_the_worker_sees_the_exact_record_before_it_is_sealed(kiosk):
    kiosk.agrees()
    kiosk.answers()
    kiosk.button("Máy này gửi đi những gì").click()
    sheet = kiosk.page.get_by_role("dialog")
    sheet.get_by_text("Xem nguyên văn từng chữ").click()
    shown = kiosk.page.evaluate("() => JSON.parse(document.querySelector('pre').textContent)")
    kiosk.button("Đóng lại").click()
    kiosk.sends()
    kiosk.button("Người tiếp theo").click()
    kiosk.takes_back()
    kiosk.syncs()
    (response,) = kiosk.hop.responses()
    sealed = {
        **{
            name: getattr(response, name)
            for name in ("campaign", "survey", "version", "site", "mode", "language", "answers")
        }
    }
    assert shown == {**sealed, "day": response.day.isoformat()}


def test_a_worker_on_her_own_phone_answers_by_a_link(tablet):
    tablet.opens("#/l/lien-ket-cong-doan")
    tablet.agrees()
    tablet.answers()
    tablet.sends()
    tablet.page.get_by_text("Phiếu đã khóa đã gửi đi").wait_for()
    (response,) = tablet.hop.responses()
    assert (response.mode, response.answers) == ("link", ANSWERS)


def test_a_link_that_is_not_known_says_what_to_do(tablet):
    tablet.opens("#/l/khong-co-that")
    tablet.page.get_by_text("Đường dẫn này không còn dùng được").wait_for()


def test_beside_a_collector_the_page_enrols_by_itself(tablet):
    tablet.hop.kind = "collector"
    tablet.opens()
    tablet.sets_pin()
    tablet.hands_over()
    tablet.agrees()
    tablet.answers()
    tablet.sends()
    tablet.button("Người tiếp theo").click()
    tablet.takes_back()
    tablet.syncs()
    assert len(tablet.hop.responses()) == 1
