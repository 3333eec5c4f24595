"""Sounds play only when asked for, one at a time, and stop as soon as the screen is left, covered or wiped; they work offline."""

import pytest

from tests.support.page_hop import running_hop
from tests.support.page_optional_fields import asking
from tests.support.page_walk import Tablet, everything_stored

LISTEN = """() => {
  globalThis.heard = [];
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () { globalThis.heard.push(this); return play.call(this); };
}"""
IS_KEPT = """async () => {
  const name = (await caches.keys()).find(one => one.startsWith('rankings_and_media '));
  return name && (await (await caches.open(name)).keys()).length === 2;
}"""
PLAYING = "() => globalThis.heard.filter(one => !one.paused).length"


@pytest.fixture
def listening(worker, page) -> Tablet:
    page.add_init_script(f"({LISTEN})()")
    return worker(asking("hours", "way"))


def plays(phone: Tablet, count: int) -> None:
    phone.page.wait_for_function(f"() => ({PLAYING})() === {count}")


def test_nothing_plays_by_itself(listening):
    listening.page.wait_for_timeout(300)
    assert listening.page.evaluate("heard.length") == 0


def test_a_button_plays_and_stops_by_pointer_and_by_keyboard(listening):
    listening.button("Nghe: Mỗi ngày Anh/Chị làm mấy giờ?").click()
    plays(listening, 1)
    listening.button("Dừng: Mỗi ngày Anh/Chị làm mấy giờ?").press("Enter")
    plays(listening, 0)
    listening.button("Nghe: Mỗi ngày Anh/Chị làm mấy giờ?").press("Space")
    plays(listening, 1)


def test_one_sound_silences_the_other(listening):
    listening.button("Nghe: Mỗi ngày Anh/Chị làm mấy giờ?").click()
    plays(listening, 1)
    listening.button("Nghe: Tính cả giờ tăng ca").click()
    listening.button("Nghe: Mỗi ngày Anh/Chị làm mấy giờ?").wait_for()
    listening.button("Dừng: Tính cả giờ tăng ca").wait_for()
    plays(listening, 1)


@pytest.mark.parametrize("way", ["Tiếp tục", "Không muốn trả lời", "Che màn hình"])
def test_leaving_or_covering_the_screen_is_silence(listening, way):
    listening.field("hours").fill("8")
    listening.button("Nghe: Mỗi ngày Anh/Chị làm mấy giờ?").click()
    plays(listening, 1)
    listening.button(way).click()
    plays(listening, 0)


def test_the_wipe_of_a_shared_tablet_is_silence_too(chromium, page):
    page.add_init_script(f"({LISTEN})()")
    with running_hop(asking("hours")) as hop:
        tablet = Tablet(page, hop)
        tablet.enrols()
        tablet.hands_over()
        tablet.agrees()
        tablet.button("Nghe: Mỗi ngày Anh/Chị làm mấy giờ?").click()
        plays(tablet, 1)
        tablet.button("Thoát nhanh").click()
        plays(tablet, 0)


def test_what_is_wrong_can_be_heard_too(listening):
    listening.field("hours").fill("17")
    listening.goes_on()
    listening.page.get_by_role("button", name="Nghe: Mỗi ngày").wait_for()
    listening.page.locator(".sound").last.click()
    plays(listening, 1)
    assert "làm hơn 16 giờ" in (listening.page.locator(".sound").last.get_attribute("aria-label") or "")


def test_pictures_say_in_words_what_they_belong_to(listening):
    listening.page.get_by_role("img", name="Mỗi ngày Anh/Chị làm mấy giờ?").wait_for()
    listening.passes()
    assert listening.page.get_by_role("radio", name="Xe đạp", exact=True).count() == 1
    sizes = "all => all.map(one => one.naturalWidth)"
    assert listening.page.locator("img.picture").evaluate_all(sizes) == [160, 160]


def test_a_choice_is_read_aloud_without_being_taken(listening):
    listening.passes()
    listening.button("Nghe: Xe đưa đón").click()
    plays(listening, 1)
    assert listening.page.locator(":checked").count() == 0


def test_a_phone_without_a_network_plays_and_asks_everything(listening, device):
    listening.page.evaluate("() => navigator.serviceWorker.ready")
    listening.page.wait_for_function(IS_KEPT)
    device.set_offline(True)
    listening.page.reload()
    listening.agrees()
    listening.button("Nghe: Mỗi ngày Anh/Chị làm mấy giờ?").click()
    plays(listening, 1)


def test_what_was_listened_to_leaves_no_trace(listening):
    before = everything_stored(listening.page)
    listening.button("Nghe: Mỗi ngày Anh/Chị làm mấy giờ?").click()
    plays(listening, 1)
    listening.button("Dừng: Mỗi ngày Anh/Chị làm mấy giờ?").click()
    plays(listening, 0)
    assert listening.page.locator("audio").count() == 0
    assert everything_stored(listening.page).count("data:audio") == before.count("data:audio")
