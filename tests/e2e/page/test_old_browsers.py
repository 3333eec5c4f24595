"""A browser that lacks what is new works all the same; one that cannot read the page at all reads one sentence."""

import pytest
from playwright.sync_api import Browser, Page

from tests.support.page_hop import LINK, PageHop
from tests.support.page_walk import Tablet

VIETNAMESE = "trình duyệt này quá cũ hoặc không cho chạy JavaScript"
ENGLISH = "this browser is too old or does not allow JavaScript"
DONE_WITHOUT = [
    "Object.hasOwn",
    "Array.prototype.at",
    "String.prototype.at",
    "Array.prototype.findLast",
    "Array.prototype.findLastIndex",
    "Array.prototype.toSorted",
    "Object.groupBy",
    "Promise.withResolvers",
    "globalThis.structuredClone",
    "Intl.ListFormat",
    "Intl.DisplayNames",
    "Intl.Segmenter",
    "Intl.PluralRules",
    "AbortSignal.timeout",
    "AbortSignal.any",
    "crypto.randomUUID",
    "Navigator.prototype.wakeLock",
    "globalThis.BroadcastChannel",
]
NEEDED = [
    "globalThis.CompressionStream",
    "HTMLDialogElement.prototype.showModal",
    "Object.fromEntries",
    "Promise.allSettled",
]


def says_so(page: Page) -> None:
    page.get_by_text(VIETNAMESE).wait_for()
    page.get_by_text(ENGLISH).wait_for()
    assert page.get_by_text("Đang mở").is_hidden()


@pytest.mark.parametrize("missing", DONE_WITHOUT)
def test_what_is_new_can_be_missing(tablet, missing):
    tablet.page.add_init_script(f"delete {missing}")
    tablet.opens(f"#/l/{LINK}")
    tablet.button("English").click()
    tablet.button("Tiếng Việt").click()
    tablet.agrees()
    tablet.answers()
    tablet.button("Máy này gửi đi những gì").click()
    tablet.page.get_by_text("Luật, Báo").wait_for()
    tablet.button("Đóng lại").click()
    tablet.sends()


@pytest.mark.parametrize("missing", NEEDED)
def test_what_is_needed_is_looked_for_before_the_first_screen(page, hop, missing):
    page.add_init_script(f"delete {missing}")
    Tablet(page, hop).opens(f"#/l/{LINK}")
    says_so(page)
    assert page.get_by_role("button").count() == 0


@pytest.mark.parametrize("body", ["this is no script (", "", "import './nothing.js'"])
def test_a_script_that_cannot_be_read_leaves_the_sentence(page, hop, body):
    page.route("**/assets/index-*.js", lambda route: route.fulfill(body=body, content_type="text/javascript"))
    Tablet(page, hop).opens(f"#/l/{LINK}")
    page.get_by_text(VIETNAMESE).wait_for()
    page.get_by_text(ENGLISH).wait_for()


def test_without_scripts_the_sentence_is_all_there_is(chromium: Browser, hop: PageHop):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(hop.address)
    says_so(page)
    context.close()


def test_where_the_page_opens_the_sentence_is_gone(tablet):
    tablet.opens(f"#/l/{LINK}")
    tablet.button("Bắt đầu").wait_for()
    assert tablet.page.get_by_text(VIETNAMESE).count() == 0
    assert tablet.page.locator("main").count() == 1
