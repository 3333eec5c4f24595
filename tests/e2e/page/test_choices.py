"""Choices in a drop-down, in a row, as an earlier answer lets them through, and another one that is written in words."""

from tests.support.page_optional_fields import asking


def test_a_drop_down_is_the_device_s_own(worker):
    phone = worker(asking("province"))
    phone.field("province").focus()
    phone.page.keyboard.type("Quảng")
    phone.page.keyboard.press("Tab")
    phone.goes_on()
    assert phone.handed_in() == {"province": "quang_ninh"}


def test_a_drop_down_can_be_set_back_to_no_answer(worker):
    phone = worker(asking("province"))
    phone.field("province").select_option("hung_yen")
    phone.field("province").select_option("")
    phone.passes()
    assert phone.handed_in() == {}


def test_only_what_fits_the_earlier_answer_is_offered_and_what_no_longer_fits_is_dropped(worker):
    phone = worker(asking("province", "zone"))
    phone.field("province").select_option("hung_yen")
    phone.goes_on()
    assert phone.page.get_by_role("heading").inner_text() == "Khu công nghiệp nào ở Hưng Yên?"
    assert phone.page.locator(".choice").all_inner_texts() == [
        "Khu công nghiệp Phố Nối",
        "Khu công nghiệp Thăng Long II",
    ]
    phone.page.get_by_text("Phố Nối").click()
    phone.button("Quay lại").click()
    phone.field("province").select_option("quang_ninh")
    phone.goes_on()
    assert phone.page.locator(".choice").all_inner_texts() == ["Khu công nghiệp Cái Lân"]
    assert phone.page.locator(":checked").count() == 0
    phone.passes()
    assert phone.handed_in() == {"province": "quang_ninh"}


def test_choices_stand_in_a_row_where_they_fit(worker):
    phone = worker(asking("shift"))
    tops = "all => new Set(all.map(one => one.getBoundingClientRect().top)).size"
    phone.page.set_viewport_size({"width": 1280, "height": 900})
    assert phone.page.locator(".choice").evaluate_all(tops) == 1
    phone.page.set_viewport_size({"width": 320, "height": 740})
    assert phone.page.locator(".choice").evaluate_all(tops) > 1
    phone.page.keyboard.press("Tab")
    phone.page.keyboard.press("Space")
    phone.page.keyboard.press("ArrowRight")
    phone.goes_on()
    assert phone.handed_in() == {"shift": "night"}


def test_another_choice_is_written_on_the_same_screen(worker):
    phone = worker(asking("way"))
    assert phone.page.get_by_label("Xin ghi rõ").count() == 0
    phone.page.get_by_text("Cách khác").click()
    phone.page.get_by_label("Xin ghi rõ").fill("Đi bộ")
    assert phone.page.get_by_role("heading").count() == 1
    phone.goes_on()
    assert phone.handed_in() == {"way": "other", "way_other": "Đi bộ"}


def test_words_for_another_choice_go_with_it(worker):
    phone = worker(asking("way"))
    phone.page.get_by_text("Cách khác").click()
    phone.page.get_by_label("Xin ghi rõ").fill("Đi bộ")
    phone.page.get_by_role("radio", name="Xe đạp").check(force=True)
    assert phone.page.get_by_label("Xin ghi rõ").count() == 0
    phone.goes_on()
    assert phone.handed_in() == {"way": "bike"}


def test_a_note_repeats_what_was_answered_and_leaves_a_gap_where_nothing_was(worker):
    phone = worker(asking("born", "hours", "way", "so_far"))
    phone.field("born").fill("1990")
    phone.goes_on()
    phone.field("hours").fill("9,5")
    phone.goes_on()
    phone.button("Không muốn trả lời").click()
    assert phone.page.get_by_role("heading").inner_text() == "Anh/Chị sinh năm 1990, làm 9,5 giờ mỗi ngày, đi bằng …."
