"""At a gate three equal ways lead on, by pointer or keyboard; who ends there is at the last screen at once."""

import pytest

from tests.support.page_optional_fields import full_survey


@pytest.fixture
def gate(worker):
    phone = worker(full_survey())
    while not phone.page.locator(".ways").count():
        phone.page.locator(".actions").wait_for()
        phone.passes()
    return phone


def heading(phone) -> str:
    return phone.page.get_by_role("heading", level=1).inner_text()


def test_the_three_ways_look_alike(gate):
    looks = """all => all.map(one => {
      const { width, height } = one.getBoundingClientRect();
      const { color, backgroundColor, borderColor, fontWeight } = getComputedStyle(one);
      return [width, height, color, backgroundColor, borderColor, fontWeight].join(' ');
    })"""
    found = gate.page.locator(".ways button").evaluate_all(looks)
    assert len(found) == 3
    assert len(set(found)) == 1
    assert gate.button("Tiếp tục").count() == 0


def test_entering_meets_the_private_part(gate):
    gate.button("Vào phần này").click()
    assert heading(gate) == "Phần tiếp theo là chuyện riêng"


def test_skipping_by_keyboard_meets_none_of_its_screens(gate):
    gate.page.keyboard.press("Tab")
    gate.page.keyboard.press("Tab")
    assert gate.page.evaluate("document.activeElement.textContent") == "Bỏ qua phần này, làm phần sau"
    gate.page.keyboard.press("Enter")
    gate.page.get_by_text("Lao động nữ được nghỉ thai sản mấy tháng?").wait_for()


def test_ending_leads_to_the_last_screen_and_back_to_the_gate(gate):
    gate.button("Dừng ở đây và gửi phiếu").click()
    assert heading(gate) == "Anh/Chị đã trả lời xong"
    gate.button("Quay lại").click()
    assert gate.page.locator(".ways").count() == 1
    gate.button("Dừng ở đây và gửi phiếu").click()
    assert gate.handed_in() == {"door_open": "end"}
