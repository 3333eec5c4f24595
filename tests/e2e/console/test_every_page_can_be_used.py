"""Every page can be read by everybody: with a screen reader, on a phone, in both languages, by day and by night, on paper."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import RULES_OF_COLOURS, axe_source
from tests.support.console_pages import PAGES

AXE = """async only => (await axe.run(document, {...only, resultTypes: ["violations"]})).violations
  .filter(found => ["serious", "critical"].includes(found.impact))
  .flatMap(found => found.nodes.map(node => `${found.id}: ${node.target} ${node.failureSummary}`))"""
OF_COLOURS = {"runOnly": {"type": "rule", "values": RULES_OF_COLOURS}}
STICKS_OUT = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const beyond = one => one.getBoundingClientRect().right > clientWidth + 1;
  return scrollWidth <= clientWidth ? [] : [...document.querySelectorAll("body *")].filter(beyond).map(one =>
    `${one.tagName}.${one.className} ${Math.round(one.getBoundingClientRect().right)} > ${clientWidth}`);
}"""
BROKEN = "() => [...document.images].filter(each => each.complete && !each.naturalWidth).map(each => each.src)"
LOAD_ALL = "() => Promise.all([...document.images].map(each => { each.loading = 'eager'; return each.decode(); }))"
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}


def _open(chromium: Browser, address: str, state: dict[str, object], **how: Any) -> Page:
    context = chromium.new_context(base_url=address, storage_state=state, **how)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None)
    page.on("close", lambda: None)
    page.wrong = wrong  # type: ignore[attr-defined]
    return page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_has_a_serious_barrier_by_day_or_by_night(chromium, address, signed_in, language):
    page = _open(chromium, address, signed_in, viewport=SIZES["desk"])
    found = []
    for name, where in {**PAGES, "sign-in": "/console/sign-in"}.items():
        if name == "sign-in":
            page.context.clear_cookies()
        page.goto(f"{where}{'&' if '?' in where else '?'}lang={language}")
        page.evaluate(axe_source())
        for scheme, rules in (("light", {}), ("dark", OF_COLOURS)):  # by night only the colours are others
            page.emulate_media(color_scheme=scheme)
            found += [f"{name}, {scheme}: {barrier}" for barrier in page.evaluate(AXE, rules)]
    page.context.close()
    assert not found


@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_its_screen_and_every_picture_is_there(chromium, address, signed_in, size):
    page = _open(chromium, address, signed_in, viewport=SIZES[size], locale="vi-VN")
    wide, broken = [], []
    for name, where in PAGES.items():
        page.goto(where)
        page.evaluate(LOAD_ALL)
        wide += [f"{name}: {part}" for part in page.evaluate(STICKS_OUT)]
        broken += page.evaluate(BROKEN)
    wrong = page.wrong
    page.context.close()
    assert not wide
    assert not broken
    assert not wrong


def test_a_section_prints_on_a4_without_what_is_only_for_screens(chromium, address, signed_in):
    page = _open(chromium, address, signed_in, viewport={"width": 688, "height": 1000}, locale="vi-VN")
    page.goto(PAGES["a section of statements"])
    page.emulate_media(media="print")
    assert not page.evaluate(STICKS_OUT)
    for part in (".masthead", ".tabs", ".side", ".chooser", ".doors"):
        assert not page.locator(part).first.is_visible(), part
    assert page.locator("table").first.is_visible()
    clipped = page.evaluate(
        "() => [...document.querySelectorAll('.scroll')].filter(each => each.scrollWidth > each.clientWidth + 1).length"
    )
    page.context.close()
    assert not clipped


def test_a_page_can_be_walked_through_with_the_keyboard(chromium, address, signed_in):
    page = _open(chromium, address, signed_in, viewport=SIZES["desk"], locale="vi-VN")
    page.goto(PAGES["overview"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_a_phone_says_that_a_wide_table_goes_on_sideways(chromium, address, signed_in, size):
    page = _open(chromium, address, signed_in, viewport=SIZES[size], locale="vi-VN")
    page.goto(PAGES["a section of statements"])
    is_said = page.get_by_text("Vuốt ngang để xem hết bảng.").first.is_visible()
    goes_on = page.locator(".wide-table").first.evaluate("table => table.scrollWidth > table.clientWidth")
    page.context.close()
    assert is_said == goes_on == (size == "phone")
