"""Over a collector's own hotspot, by plain HTTP, a browser has no WebCrypto: the collector seals what the page hands over."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.machine import find_browser
from tests.support.browser import ARGUMENTS
from tests.support.page_hop import PageHop
from tests.support.page_walk import ANSWERS, Tablet, everything_stored
from tests.support.waiting import LIMIT_IN_MILLISECONDS, until_on


@pytest.fixture
def phone(chromium: Browser, hop: PageHop) -> Iterator[Tablet]:
    """A browser to which the hop is a stranger in the neighbourhood, not this machine."""
    rule = "--host-resolver-rules=MAP collector.test 127.0.0.1"
    browser = chromium.browser_type.launch(executable_path=find_browser(), args=[*ARGUMENTS, rule])
    hop.address = hop.address.replace("127.0.0.1", "collector.test")
    hop.kind = "collector"
    page = browser.new_page(locale="vi-VN", viewport={"width": 360, "height": 740})
    page.set_default_timeout(LIMIT_IN_MILLISECONDS)
    yield Tablet(page, hop)
    browser.close()


def test_the_answers_go_to_the_collector_and_nowhere_else(phone):
    phone.opens()
    assert not phone.page.evaluate("() => isSecureContext")
    phone.hands_over()
    phone.agrees()
    phone.answers()
    phone.sends()
    (response,) = phone.hop.in_the_clear.values()
    assert (response.mode, response.answers) == ("hotspot", ANSWERS)
    assert not phone.hop.inbox.envelopes
    assert "trăng khuyết" not in everything_stored(phone.page)


def test_when_the_collector_is_out_of_reach_everything_stays_on_the_screen(phone):
    phone.opens()
    phone.hands_over()
    phone.agrees()
    phone.answers()
    phone.page.context.set_offline(True)
    phone.button("Gửi").click()
    phone.page.get_by_text("Chưa nối được với máy của công đoàn").wait_for()
    phone.page.context.set_offline(False)
    until_on(phone.page, lambda: phone.page.evaluate("fetch('./api/v1/hop').then(() => true, () => false)"))
    phone.sends()
    assert len(phone.hop.in_the_clear) == 1
