"""Answers that wait on a device for a network, and how tests tell that they arrived."""

from tests.support.page_walk import Tablet
from tests.support.waiting import until_on

KEPT = "Phiếu đã khóa đang nằm trên máy và sẽ tự gửi khi có mạng"


def collects_one_offline(tablet: Tablet) -> None:
    """Staff enrol a tablet and hand it over, a worker answers without a network, and staff are back at the desk."""
    tablet.enrols()
    tablet.hands_over()
    tablet.page.evaluate("() => navigator.serviceWorker.ready")
    tablet.page.context.set_offline(True)
    tablet.agrees()
    tablet.answers()
    tablet.sends()
    tablet.button("Người tiếp theo").click()
    tablet.takes_back()
    tablet.page.locator(".counts").wait_for()
    assert tablet.counts()["Chờ gửi"] == 1


def opens_anew(phone: Tablet, link: str) -> None:
    """A new visit, as from a messenger."""
    phone.page.goto("about:blank")
    phone.opens(f"#/l/{link}")


def arrived(phone: Tablet, number: int) -> None:
    """So many envelopes are at the hop, soon."""
    until_on(phone.page, lambda: len(phone.hop.inbox.envelopes) == number, f"{number} envelopes")
