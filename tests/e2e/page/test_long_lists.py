"""Thousands of choices: a field to search in, without accents too, and a window of what was found, on one and on several choices."""

from typing import Any

import pytest

from schemas.survey import Survey, load_survey
from tests.support.browser import axe_source
from tests.support.fonts import FAMILIES, wears
from tests.support.page_accessibility import serious_barriers, small_targets, sticks_out

NAMES = ("Phú Mỹ", "Mỹ Phú", "Đông Hưng", "Dĩ An", "Tân Bình", "Long Xuyên", "Hòa Bình", "Châu Đốc")
COMMUNES, PROVINCES = 3_321, 34


def asking_where(kind: str, **more: Any) -> Survey:
    communes = [
        {
            "name": f"x{n}",
            "label": {"vi": f"Xã {NAMES[n % len(NAMES)]}, tỉnh {n % PROVINCES + 1}"},
            "columns": {"province": f"p{n % PROVINCES}"},
        }
        for n in range(COMMUNES)
    ]
    provinces = [{"name": f"p{n}", "label": {"vi": f"Tỉnh {n + 1}"}} for n in range(PROVINCES)]
    province = {"type": "select_one", "name": "province", "list": "provinces", "label": {"vi": "Anh/Chị ở tỉnh nào?"}}
    commune = {"type": kind, "name": "commune", "list": "communes", "label": {"vi": "Anh/Chị ở xã nào?"}, **more}
    return load_survey(
        {
            "id": "noi_o",
            "version": 1,
            "kind": "survey",
            "title": {"vi": "Nơi ở"},
            "languages": ["vi"],
            "consent": {"vi": "Tham gia là tự nguyện."},
            "choice_lists": {"communes": communes, "provinces": provinces},
            "sections": [{"name": "a", "questions": [province, commune] if more else [commune]}],
        }
    )


def search(phone):
    return phone.page.get_by_label("Gõ vài chữ để tìm")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_commune_is_found_without_marks_among_thousands(worker, page, family):
    wears(page, family)
    phone = worker(asking_where("select_one"))
    assert page.locator(".choice").count() == 30
    search(phone).fill("phu my")
    page.get_by_text("Tìm thấy 831").wait_for()
    assert page.locator(".choice").first.inner_text().startswith("Xã Phú Mỹ")
    search(phone).fill("dong hung tinh 3")
    page.locator(".choice", has_text="Xã Đông Hưng, tỉnh 3").first.click()
    search(phone).fill("di an")
    assert page.locator(".choice").first.inner_text() == "Xã Đông Hưng, tỉnh 3"
    assert small_targets(page) == []
    assert sticks_out(page, 200) == []
    page.evaluate(axe_source())
    assert serious_barriers(page) == []
    phone.goes_on()
    assert phone.handed_in() == {"commune": "x2"}


def test_several_are_chosen_one_search_after_the_other(worker):
    phone = worker(asking_where("select_multiple"))
    for typed in ("tan binh tinh 5", "chau doc tinh 8"):
        search(phone).fill(typed)
        phone.page.locator(".choice:has(:not(:checked))", has_text="tỉnh").last.click()
    assert phone.page.locator(":checked").count() == 2
    phone.goes_on()
    assert len(phone.handed_in()["commune"]) == 2


def test_only_the_communes_of_the_province_are_searched(worker):
    phone = worker(asking_where("select_one", choice_filter="province = ${province}"))
    search(phone).fill("tinh 7")
    phone.page.locator(".choice").first.click()
    phone.goes_on()
    phone.page.locator("#commune-label").wait_for()
    search(phone).fill("xa")
    phone.page.get_by_text("Tìm thấy 98").wait_for()
    assert {text[-7:] for text in phone.page.locator(".choice").all_inner_texts()} == {" tỉnh 7"}


def test_with_the_keyboard_alone(worker):
    phone = worker(asking_where("select_one"))
    keyboard = phone.page.keyboard
    search(phone).focus()
    keyboard.type("phu my, tinh 1")
    keyboard.press("Enter")
    assert phone.page.locator("#commune-label").count() == 1
    keyboard.press("Tab")
    keyboard.press("Space")
    assert phone.page.evaluate("document.activeElement.checked")
    keyboard.press("Enter")
    assert phone.handed_in() == {"commune": "x0"}


def test_what_is_not_there_is_told_and_more_can_be_shown(worker):
    phone = worker(asking_where("select_one"))
    search(phone).fill("qwerty")
    phone.page.get_by_text("Chưa tìm thấy").wait_for()
    search(phone).fill("")
    phone.page.get_by_role("button", name="Xem thêm (3.291)").click()
    assert phone.page.locator(".choice").count() == 60


def test_typing_stays_quick_on_a_slow_phone(worker):
    phone = worker(asking_where("select_multiple"))
    slow = phone.page.context.new_cdp_session(phone.page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    search(phone).focus()
    phone.page.keyboard.type("phu my")
    phone.page.get_by_text("Tìm thấy").wait_for()
    assert phone.page.locator(".choice").count() == 30
