"""Years, months, numbers with a fraction: typed as people write them, shown as their language writes them, sealed as one form."""

import pytest

from tests.support.page_optional_fields import asking, unit_form


def test_a_year_is_all_that_is_asked_and_all_that_leaves(worker):
    phone = worker(asking("born"))
    phone.field("born").fill("90")
    phone.goes_on()
    assert "Năm cần đủ bốn chữ số" in phone.page.get_by_role("alert").inner_text()
    assert phone.field("born").evaluate("one => one === document.activeElement")
    phone.field("born").fill("1990")
    phone.goes_on()
    phone.button("Máy này gửi đi những gì").click()
    assert phone.page.get_by_role("dialog").locator("dd").last.inner_text() == "1990"
    phone.button("Đóng lại").click()
    assert phone.handed_in() == {"born": "1990-01-01"}


def test_a_month_is_chosen_by_the_keyboard_alone(worker):
    phone = worker(asking("began"))
    keyboard = phone.page.keyboard
    phone.page.get_by_label("Tháng", exact=True).focus()
    for _ in range(7):
        keyboard.press("ArrowDown")
    keyboard.press("Tab")
    keyboard.type("2019")
    keyboard.press("Enter")
    assert phone.handed_in() == {"began": "2019-07-01"}


def test_half_a_month_is_told_and_a_month_taken_back_is_no_answer(worker):
    phone = worker(asking("began"))
    phone.page.get_by_label("Tháng", exact=True).select_option("03")
    phone.goes_on()
    assert "Cần cả tháng và năm" in phone.page.get_by_role("alert").inner_text()
    phone.page.get_by_label("Tháng", exact=True).select_option("")
    phone.passes()
    assert phone.handed_in() == {}


@pytest.mark.parametrize(("typed", "shown", "sealed"), [("9,5", "9,5", 9.5), ("9.5", "9,5", 9.5), ("8", "8", 8)])
def test_a_comma_and_a_point_both_begin_a_fraction(worker, typed, shown, sealed):
    phone = worker(asking("hours"))
    field = phone.field("hours")
    field.fill(typed)
    field.blur()
    assert field.input_value() == shown
    phone.goes_on()
    assert phone.handed_in() == {"hours": sealed}


def test_in_english_a_fraction_stands_after_a_point(worker):
    phone = worker(asking("hours"))
    phone.page.reload()
    phone.button("English").click()
    phone.button("Start").click()
    phone.button("I agree").click()
    phone.field("hours").fill("9,5")
    phone.field("hours").blur()
    assert phone.field("hours").input_value() == "9.5"


def test_words_are_no_number(worker):
    phone = worker(asking("hours"))
    phone.field("hours").fill("tám giờ")
    phone.goes_on()
    assert phone.page.get_by_role("alert").first.inner_text().strip() == "Cần một số rõ ràng, ví dụ 7,5."


def test_what_was_no_answer_is_forgotten_on_the_way_back(worker):
    phone = worker(asking("born", "hours"))
    phone.field("born").fill("1990")
    phone.goes_on()
    phone.field("hours").fill("tám")
    phone.button("Quay lại").click()
    assert phone.field("born").input_value() == "1990"
    phone.goes_on()
    assert phone.field("hours").input_value() == ""
    phone.passes()
    assert phone.handed_in() == {"born": "1990-01-01"}


def test_a_message_repeats_an_earlier_answer(worker):
    phone = worker(asking("born", "hours"))
    phone.field("born").fill("1990")
    phone.goes_on()
    phone.field("hours").fill("17")
    phone.goes_on()
    assert "Anh/Chị sinh năm 1990: làm hơn 16 giờ" in phone.page.get_by_role("alert").first.inner_text()


def test_a_form_about_a_unit_may_ask_for_a_whole_day(worker):
    phone = worker(unit_form())
    assert phone.field("founded").get_attribute("type") == "date"
    phone.field("founded").press_sequentially("11252019")
    phone.goes_on()
    phone.button("Máy này gửi đi những gì").click()
    phone.page.get_by_role("dialog").get_by_text("25/11/2019").wait_for()
    phone.button("Đóng lại").click()
    assert phone.handed_in() == {"founded": "2019-11-25"}


def test_a_whole_day_is_read_back_in_one_order_whatever_order_the_browser_writes(worker):
    phone = worker(unit_form())
    phone.field("founded").fill("2019-11-05")
    phone.page.get_by_text("Tức là 05/11/2019 (ngày/tháng/năm)").wait_for()
    phone.field("founded").fill("")
    phone.page.get_by_text("Tức là").wait_for(state="detached")


def test_half_a_day_is_told(worker):
    phone = worker(unit_form())
    phone.field("founded").press_sequentially("1125")
    phone.goes_on()
    assert "Ngày này chưa đủ hoặc chưa đúng" in phone.page.get_by_role("alert").inner_text()
