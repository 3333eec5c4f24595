"""Choices are put in order by tapping, by dragging and by the keyboard; an order that is not whole is told, and never sent."""

import pytest

from tests.support.browser import axe_source
from tests.support.page_accessibility import serious_barriers, small_targets
from tests.support.page_hop import running_hop
from tests.support.page_optional_fields import asking
from tests.support.page_walk import Tablet, everything_stored

BADGES = "all => all.map(row => [row.querySelector('.rank-badge').textContent, row.dataset.name])"


@pytest.fixture
def ranking(worker) -> Tablet:
    return worker(asking("wishes"))


def order(phone: Tablet) -> list[tuple[str, str]]:
    """Each row's number and choice, from top to bottom."""
    return [tuple(row) for row in phone.page.locator(".rank-row").evaluate_all(BADGES)]


def ranked(phone: Tablet) -> list[str]:
    return [name for number, name in order(phone) if number]


def row(phone: Tablet, name: str):
    return phone.page.locator(f".rank-row[data-name={name}]")


def taps(phone: Tablet, *names: str) -> None:
    for name in names:
        row(phone, name).locator(".rank-choice").click()


def drags(phone: Tablet, name: str, onto: str) -> None:
    """Take the row by its number and let it go on another row."""
    start, end = row(phone, name).locator("[data-grip]").bounding_box(), row(phone, onto).bounding_box()
    mouse = phone.page.mouse
    mouse.move(start["x"] + 24, start["y"] + 24)
    mouse.down()
    mouse.move(start["x"] + 24, (start["y"] + end["y"]) / 2 + 24, steps=4)
    mouse.move(start["x"] + 24, end["y"] + end["height"] / 2 + (4 if end["y"] > start["y"] else -4), steps=4)
    mouse.up()


def test_tapping_numbers_the_choices_and_tapping_again_takes_one_back(ranking):
    taps(ranking, "nursery", "pay", "respect")
    assert order(ranking)[:3] == [("1", "nursery"), ("2", "pay"), ("3", "respect")]
    taps(ranking, "pay")
    assert ranked(ranking) == ["nursery", "respect"]
    assert ranking.page.get_by_role("status").filter(has_text="Lương đủ sống: đã bỏ ra").count() == 1
    taps(ranking, "pay", "hours", "safety")
    ranking.goes_on()
    assert ranking.handed_in() == {"wishes": ["nursery", "respect", "pay", "hours", "safety"]}


def test_a_row_is_dragged_by_its_number(ranking):
    taps(ranking, "pay", "hours", "nursery", "safety", "respect")
    drags(ranking, "respect", onto="pay")
    assert ranked(ranking) == ["respect", "pay", "hours", "nursery", "safety"]
    drags(ranking, "respect", onto="nursery")
    assert ranked(ranking) == ["pay", "hours", "nursery", "respect", "safety"]
    ranking.goes_on()
    assert ranking.handed_in()["wishes"] == ["pay", "hours", "nursery", "respect", "safety"]


def test_a_row_without_a_number_gets_one_by_being_dragged(ranking):
    taps(ranking, "pay", "hours")
    drags(ranking, "respect", onto="hours")
    assert ranked(ranking) == ["pay", "respect", "hours"]


def test_arrows_move_a_row_and_keep_the_focus(ranking):
    taps(ranking, "pay", "hours", "nursery")
    up = ranking.button("Đưa lên: Nhà trẻ gần nơi làm việc")
    up.focus()
    ranking.page.keyboard.press("Enter")
    ranking.page.keyboard.press("Space")
    assert ranked(ranking) == ["nursery", "pay", "hours"]
    assert ranking.page.get_by_text("Nhà trẻ gần nơi làm việc: thứ 1 trên 5").count() == 1
    ranking.page.keyboard.press("Enter")
    assert ranked(ranking) == ["nursery", "pay", "hours"]
    assert up.evaluate("one => one === document.activeElement")


def test_the_keyboard_alone_puts_everything_in_order(ranking):
    keyboard = ranking.page.keyboard
    row(ranking, "pay").locator(".rank-choice").focus()
    keyboard.press("Enter")
    row(ranking, "hours").locator(".rank-choice").focus()
    keyboard.press("Alt+ArrowUp")
    keyboard.press("Alt+ArrowUp")
    assert ranked(ranking) == ["hours", "pay"]
    keyboard.press("Alt+ArrowDown")
    keyboard.press("Alt+ArrowDown")
    assert ranked(ranking) == ["pay", "hours"]
    assert row(ranking, "hours").locator(".rank-choice").evaluate("one => one === document.activeElement")


def test_an_order_that_is_not_whole_is_told_and_can_be_given_up(ranking):
    taps(ranking, "pay", "hours")
    ranking.goes_on()
    assert "Vẫn còn ý chưa có thứ tự" in ranking.page.get_by_role("alert").inner_text()
    assert row(ranking, "nursery").locator(".rank-choice").evaluate("one => one === document.activeElement")
    ranking.button("Không muốn trả lời").click()
    assert ranking.handed_in() == {}


def test_what_nobody_touched_is_not_answered(ranking):
    ranking.passes()
    assert ranking.handed_in() == {}


def test_a_long_list_scrolls_under_a_finger_that_is_not_on_a_number(ranking):
    styles = "one => getComputedStyle(one).touchAction"
    assert row(ranking, "pay").locator("[data-grip]").evaluate(styles) == "none"
    assert row(ranking, "pay").locator(".choice-words").evaluate(styles) == "auto"


def test_a_dragged_row_takes_the_page_along_to_its_edge(ranking):
    ranking.page.set_viewport_size({"width": 360, "height": 420})
    taps(ranking, "pay", "hours", "nursery", "safety", "respect")
    ranking.page.evaluate("scrollTo(0, 0)")
    grip = row(ranking, "pay").locator("[data-grip]").bounding_box()
    ranking.page.mouse.move(grip["x"] + 24, grip["y"] + 24)
    ranking.page.mouse.down()
    ranking.page.mouse.move(grip["x"] + 24, 400, steps=5)
    ranking.page.wait_for_function("() => [...document.querySelectorAll('.rank-row')].at(-1).dataset.name === 'pay'")
    ranking.page.mouse.up()
    assert ranking.page.evaluate("scrollY") > 60
    assert ranked(ranking)[-1] == "pay"


def test_a_half_made_order_is_nowhere_but_in_memory(ranking):
    taps(ranking, "respect", "pay")
    assert '["respect","pay"]' not in everything_stored(ranking.page)
    ranking.page.reload()
    ranking.agrees()
    assert ranked(ranking) == []


def test_an_order_that_was_handed_in_is_nowhere_to_be_read(ranking, device):
    device.set_offline(True)
    taps(ranking, "nursery", "pay", "respect", "hours", "safety")
    ranking.goes_on()
    ranking.sends()
    stored = everything_stored(ranking.page)
    assert "langnghe-envelopes/bodies" in stored
    assert '["nursery","pay"' not in stored
    assert '"answers":' not in stored


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_has_no_barrier_and_fits_a_thumb(ranking, scheme):
    ranking.page.emulate_media(color_scheme=scheme)
    ranking.page.evaluate(axe_source())
    taps(ranking, "respect", "pay")
    assert serious_barriers(ranking.page) == []
    assert small_targets(ranking.page) == []


def test_the_record_shows_the_order_before_it_is_sealed(ranking):
    taps(ranking, "nursery", "pay", "respect", "hours", "safety")
    ranking.goes_on()
    ranking.button("Máy này gửi đi những gì").click()
    shown = ranking.page.get_by_role("dialog").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert "1. Nhà trẻ gần nơi làm việc; 2. Lương đủ sống; 3. Được tôn trọng" in shown


def test_fingers_drag_as_mice_do(chromium):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    with running_hop(asking("wishes")) as hop:
        phone = Tablet(context.new_page(), hop)
        phone.opens("#/l/lien-ket-cong-doan")
        phone.agrees()
        taps(phone, "pay", "hours", "nursery")
        start = row(phone, "nursery").locator("[data-grip]").bounding_box()
        end = row(phone, "pay").bounding_box()
        finger = context.new_cdp_session(phone.page)

        def touch(kind: str, y: float) -> None:
            points = [] if kind == "touchEnd" else [{"x": start["x"] + 24, "y": y}]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        touch("touchStart", start["y"] + 24)
        for part in range(1, 9):
            touch("touchMove", start["y"] + 24 + (end["y"] - start["y"] - 4) * part / 8)
        touch("touchEnd", 0)
        phone.page.wait_for_function("() => document.querySelector('.rank-row').dataset.name === 'nursery'")
        assert ranked(phone) == ["nursery", "pay", "hours"]
    context.close()
