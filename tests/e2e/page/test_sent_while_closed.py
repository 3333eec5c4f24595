"""Where there is Background Sync, what waits leaves with the page closed: the browser wakes the service worker."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page

from schemas.problems import LINK_REVOKED, Problem
from tests.support.page_hop import LINK
from tests.support.page_walk import Tablet
from tests.support.waiting import until_on


@pytest.fixture
def waking(page: Page, device: BrowserContext) -> Iterator["Waking"]:
    found = Waking(device.new_cdp_session(page))
    yield found
    found.session.detach()


class Waking:
    """Does what the browser does when the network comes back."""

    def __init__(self, session: CDPSession) -> None:
        self.session = session
        self.registration = ""
        session.on("ServiceWorker.workerRegistrationUpdated", self._note)
        session.send("ServiceWorker.enable")

    def _note(self, event: dict[str, list[dict[str, str]]]) -> None:
        for one in event["registrations"]:
            self.registration = one["registrationId"]

    def wakes(self, tablet: Tablet) -> None:
        """Dispatch the event."""
        question = {
            "origin": f"{tablet.hop.address}",
            "registrationId": self.registration,
            "tag": "send",
            "lastChance": False,
        }
        self.session.send("ServiceWorker.dispatchSyncEvent", question)


def waits_closed(tablet: Tablet, device: BrowserContext, meanwhile: Problem | None = None) -> None:
    """One answer by a link waits, and the page is closed; what becomes of the link meanwhile."""
    tablet.opens(f"#/l/{LINK}")
    tablet.button("Bắt đầu").wait_for()
    tablet.page.evaluate("() => navigator.serviceWorker.ready")
    if meanwhile:
        tablet.hop.closed[LINK] = meanwhile
    device.set_offline(True)
    tablet.agrees()
    tablet.answers()
    tablet.sends()
    tablet.page.get_by_text("Phiếu đã khóa đang nằm trên máy").wait_for()
    tablet.page.goto("about:blank")
    device.set_offline(False)


def test_what_waits_is_sent_and_settled_under_the_same_rules(tablet, device, waking):
    waits_closed(tablet, device)
    waking.wakes(tablet)
    until_on(tablet.page, lambda: tablet.hop.inbox.envelopes)
    assert len(tablet.hop.responses()) == 1
    tablet.opens(f"#/l/{LINK}")
    tablet.button("Bắt đầu").wait_for()
    tablet.page.get_by_text("Trên máy này còn").wait_for(state="detached")
    assert len(tablet.hop.responses()) == 1


def test_what_a_closed_link_left_stays_with_its_reason(tablet, device, waking):
    waits_closed(tablet, device, Problem(LINK_REVOKED))
    waking.wakes(tablet)
    tablet.opens(f"#/l/{LINK}")
    tablet.page.get_by_text("Trên máy này còn 1 phiếu đã khóa mà nơi nhận chưa nhận").wait_for()
    assert not tablet.hop.inbox.envelopes
