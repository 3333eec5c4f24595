"""A reload or a step back in the middle of an interview asks first, and the first screen then says why nothing is there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Error

from tests.support.page_hop import LINK
from tests.support.page_walk import PLANTED_TEXT, Tablet, everything_stored

GONE = "vì trang đã tải lại hoặc đóng giữa chừng"


@pytest.fixture
def asked(page) -> list[str]:
    """The questions that the browser asked before it left the page; a test that listens also answers yes."""
    kinds: list[str] = []

    def answer(dialog: Dialog) -> None:
        kinds.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    return kinds


@pytest.fixture(params=["link", "tablet"])
def answering(request, tablet: Tablet) -> Tablet:
    """A person in front of the first question, on her own phone or on a handed-over tablet."""
    if request.param == "link":
        tablet.opens(f"#/l/{LINK}")
    else:
        tablet.enrols()
        tablet.hands_over()
    tablet.agrees()
    return tablet


def reloads(tablet: Tablet) -> None:
    tablet.page.reload()


def goes_back_and_returns(tablet: Tablet) -> None:
    address = tablet.page.url
    tablet.page.goto("about:blank")
    tablet.page.goto(address)


def opens_another_link(tablet: Tablet) -> None:
    """In the same tab, as some messengers do; or back to the link before."""
    tablet.page.evaluate(f"() => {{ location.hash = '#/l/{LINK}.'; }}")


@pytest.mark.parametrize("leaves", [reloads, goes_back_and_returns, opens_another_link])
def test_leaving_in_the_middle_asks_first_and_is_explained_afterwards(
    answering, asked, leaves: Callable[[Tablet], None]
):
    answering.answers(until="gender")
    leaves(answering)
    answering.page.get_by_text(GONE).wait_for()
    assert asked == ["beforeunload"]
    answering.button("Bắt đầu").click()
    assert answering.page.get_by_text(GONE).count() == 0


def test_who_stays_has_everything_still(answering):
    answering.answers(until="gender")
    answering.page.get_by_label("Anh/Chị bao nhiêu tuổi?").fill("47")
    answering.page.on("dialog", lambda dialog: dialog.dismiss())
    with pytest.raises(Error):
        answering.page.reload(timeout=1500)
    assert answering.page.get_by_label("Anh/Chị bao nhiêu tuổi?").input_value() == "47"


def test_who_does_not_want_the_other_link_has_everything_still(answering):
    answering.answers(until="gender")
    answering.page.get_by_label("Anh/Chị bao nhiêu tuổi?").fill("47")
    with answering.page.expect_event("dialog") as asked:
        opens_another_link(answering)
    asked.value.dismiss()
    assert answering.page.get_by_label("Anh/Chị bao nhiêu tuổi?").input_value() == "47"


def test_where_nothing_would_be_lost_nothing_asks_and_nothing_is_explained(answering, asked):
    answering.page.reload()
    answering.agrees()
    answering.answers()
    answering.sends()
    answering.page.reload()
    answering.button("Bắt đầu").wait_for()
    answering.agrees()
    answering.answers(until="gender")
    answering.button("Thoát nhanh").click()
    answering.page.wait_for_timeout(300)
    assert asked == []
    assert answering.page.get_by_text(GONE).count() == 0


def test_what_remembers_a_visit_that_was_cut_off_says_nothing_of_the_person(answering):
    answering.answers(until="wish")
    kept = answering.page.evaluate("() => JSON.stringify({...sessionStorage})")
    assert kept == '{"langnghe-unfinished":"1"}'
    answering.page.reload()
    answering.page.get_by_text(GONE).wait_for()
    assert PLANTED_TEXT not in everything_stored(answering.page)


def test_pulling_down_at_the_top_does_not_reload(answering):
    style = "() => getComputedStyle(document.documentElement).overscrollBehaviorY"
    assert answering.page.evaluate(style) in ("none", "contain")
