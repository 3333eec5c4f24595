"""The page below a path of its origin does all that it does at the root, and leaves another installation's stores alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.support.page_below_a_path import PATH, two_on_one_origin
from tests.support.page_hop import LINK
from tests.support.page_waiting_envelopes import KEPT, arrived, opens_anew
from tests.support.page_walk import Tablet, small_survey
from tests.support.waiting import until_on


@pytest.fixture
def both(page: Page, wrong: list[str]) -> Iterator[tuple[Tablet, Tablet]]:
    """The installation at the root and the one below, in one browser."""
    with two_on_one_origin(small_survey()) as (root, below):
        yield Tablet(page, root), Tablet(page, below)


@pytest.fixture
def below(both: tuple[Tablet, Tablet]) -> Tablet:
    return both[1]


def is_kept(phone: Tablet) -> None:
    """The page is on the device. Until then another's service worker may have charge of it, from the root."""
    phone.page.wait_for_function(
        "(script) => navigator.serviceWorker.controller?.scriptURL === script", arg=f"{phone.hop.address}/sw-sync.js"
    )


def answers(phone: Tablet) -> None:
    """A worker opens the link and hands in."""
    opens_anew(phone, LINK)
    phone.agrees()
    phone.answers()
    phone.sends()


def test_a_link_is_answered_and_opens_again_without_a_network(below, device):
    asked: list[str] = []
    device.on("request", lambda request: asked.append(request.url))
    answers(below)
    below.page.get_by_text("Phiếu đã khóa đã gửi đi").wait_for()
    # each has a key of its own: what went astray could not be opened
    assert len(below.hop.responses()) == 1
    is_kept(below)
    assert all(url.startswith(f"{below.hop.address}/") for url in asked)
    device.set_offline(True)
    for shape in (f"#/l/{LINK}", f"l/{LINK}", f"%23/l/{LINK}"):
        below.page.goto("about:blank")
        below.opens(shape)
        below.button("Bắt đầu").wait_for()
        assert below.page.url == f"{below.hop.address}/#/l/{LINK}"


@pytest.mark.parametrize("shape", ["l/{}.", "%23/l/{}", "?%23/l/{}"])
def test_a_link_that_was_changed_on_its_way_opens(below, shape):
    below.opens(shape.format(LINK))
    below.button("Bắt đầu").wait_for()
    assert below.page.url.startswith(f"{below.hop.address}/")


def test_staff_enrol_hand_over_and_come_back_after_a_reload_without_a_network(below, device):
    below.enrols()
    below.hands_over()
    is_kept(below)
    tablets = "() => caches.keys().then((names) => names.some((name) => name.startsWith('tablet ')))"
    until_on(below.page, lambda: below.page.evaluate(tablets))
    device.set_offline(True)
    below.page.reload()
    below.agrees()


def test_two_installations_on_one_origin_share_nothing(both, device):
    root, below = both
    for phone in both:
        phone.opens(f"#/l/{LINK}")
        phone.button("Bắt đầu").wait_for()
        is_kept(phone)
    device.set_offline(True)
    answers(below)
    below.page.get_by_text(KEPT).wait_for()
    answers(root)
    root.page.get_by_text(KEPT).wait_for()
    below.page.goto("about:blank")
    device.set_offline(False)
    below.opens(f"#/l/{LINK}")
    arrived(below, 1)
    root.page.goto("about:blank")
    root.opens(f"#/l/{LINK}")
    arrived(root, 1)
    # each has a key of its own: what went astray could not be opened
    assert len(below.hop.responses()) == len(root.hop.responses()) == 1
    kept = {(name.split()[0], "".join(name.split()[2:])) for name in root.page.evaluate("() => caches.keys()")}
    assert {part for part, folder in kept if folder == ""} == {part for part, folder in kept if folder == f"{PATH}/"}
    assert {folder for _, folder in kept} == {"", f"{PATH}/"}
