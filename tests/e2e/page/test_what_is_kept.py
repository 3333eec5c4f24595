"""What stays on a device so that the page opens without a network: a worker's phone keeps no screens of staff's."""

import re

from playwright.sync_api import Page

from tests.support.page_hop import LINK
from tests.support.page_optional_fields import full_survey, unit_form
from tests.support.waiting import until_on

NAMES = """async () => {
  const files = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) files.push(new URL(request.url).pathname);
  return files;
}"""

CHUNKS = "rankings_and_media|dates_and_decimals|right_answers|survey_kind_texts"
ALL_ARE_KEPT = f"async () => (await ({NAMES})()).filter(file => /^.assets.({CHUNKS})-/.test(file)).length === 7"


def kept(page: Page) -> list[str]:
    """The files in the page's own caches, once its service worker is at work."""
    page.evaluate("() => navigator.serviceWorker.ready")
    files: list[str] = page.evaluate(NAMES)
    return files


def test_a_worker_s_phone_never_loads_staff_s_screens_nor_what_its_survey_does_not_use(tablet):
    loaded: list[str] = []
    tablet.page.context.on("request", lambda request: loaded.append(request.url))
    tablet.opens(f"#/l/{LINK}")
    tablet.button("Bắt đầu").wait_for()
    files = kept(tablet.page)
    assert "/index.html" in files
    unused = CHUNKS.replace("dates_and_decimals|", "")  # this survey has a rating
    assert not [file for file in [*files, *loaded] if re.search(f"/assets/(staff|tablet|{unused})", file)]


def test_a_worker_s_phone_loads_and_keeps_only_the_parts_that_its_survey_uses(tablet):
    tablet.hop.survey = unit_form()
    tablet.opens(f"#/l/{LINK}")
    tablet.button("Bắt đầu").wait_for()
    tablet.page.wait_for_function(
        f"async () => (await ({NAMES})()).filter(file => /(dates_and_decimals|survey_kind_texts)-/.test(file)).length === 3"
    )
    assert not [
        file for file in kept(tablet.page) if re.search("/assets/(staff|rankings_and_media|right_answers)", file)
    ]


def test_a_worker_s_phone_opens_again_without_a_network(tablet, device):
    tablet.opens(f"#/l/{LINK}")
    tablet.button("Bắt đầu").wait_for()
    kept(tablet.page)
    device.set_offline(True)
    tablet.page.reload()
    tablet.agrees()
    assert tablet.page.locator("form").count() == 1


def test_a_device_of_staff_s_keeps_their_screens_too(tablet, device):
    tablet.enrols()
    tablet.button("Bắt đầu ở Công ty May Hưng Yên").wait_for()
    until_on(tablet.page, lambda: [file for file in kept(tablet.page) if file.startswith("/assets/staff")])
    device.set_offline(True)
    tablet.page.reload()
    tablet.button("Bắt đầu ở Công ty May Hưng Yên").wait_for()
    assert {file.rpartition(".")[2] for file in kept(tablet.page) if "/assets/staff" in file} == {"js", "css"}


def test_a_device_of_staff_s_is_ready_for_a_survey_that_was_never_opened_on_it(tablet, device):
    tablet.hop.survey = full_survey()
    tablet.enrols()
    tablet.button("Bắt đầu ở Công ty May Hưng Yên").wait_for()
    tablet.page.wait_for_function(ALL_ARE_KEPT)
    device.set_offline(True)
    tablet.page.reload()
    tablet.hands_over()
    tablet.agrees()
    tablet.page.get_by_label("Anh/Chị sinh năm nào?").wait_for()


def test_a_phone_that_could_not_fetch_what_its_survey_needs_says_so_and_tries_again(tablet):
    tablet.hop.survey = full_survey()
    tablet.page.route("**/assets/rankings_and_media*", lambda route: route.abort())
    tablet.opens(f"#/l/{LINK}")
    tablet.page.get_by_text("Chưa có mạng").wait_for()
    tablet.page.unroute("**/assets/rankings_and_media*")
    tablet.button("Thử lại").click()
    tablet.agrees()
    tablet.page.get_by_label("Anh/Chị sinh năm nào?").wait_for()


def test_the_screen_s_heading_takes_the_focus_without_a_ring(tablet):
    tablet.opens(f"#/l/{LINK}")
    tablet.button("Bắt đầu").wait_for()
    focused = "() => [document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle]"
    assert tablet.page.evaluate(focused) == ["H1", "none"]
    tablet.page.keyboard.press("Tab")
    assert tablet.page.evaluate(focused) == ["BUTTON", "solid"]


def test_english_is_read_by_whoever_changes_to_it_and_then_is_there_without_a_network(tablet, device):
    tablet.opens(f"#/l/{LINK}")
    tablet.button("Bắt đầu").wait_for()
    english = f"async () => (await ({NAMES})()).some(file => file.startsWith('/assets/en-'))"
    kept(tablet.page)
    assert not tablet.page.evaluate(english)
    tablet.button("English").click()
    tablet.button("Start").wait_for()
    tablet.page.wait_for_function(english)
    device.set_offline(True)
    tablet.page.reload()
    tablet.button("English").click()
    tablet.button("Start").wait_for()
