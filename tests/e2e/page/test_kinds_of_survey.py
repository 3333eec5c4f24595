"""A form for a unit and a nomination are not anonymous, and the page never says that they are; a feedback box is read one by one."""

import dataclasses

import pytest

from schemas.survey import Survey
from tests.support.page_hop import LINK, running_hop
from tests.support.page_optional_fields import asking
from tests.support.page_walk import AGREE, Tablet

FALSE_OF_OPEN_FORMS = ("ẩn danh của", "không ai biết", "không hỏi tên", "nhóm đông người", "Không có trong đó: tên")


def of_kind(kind: str) -> Survey:
    return dataclasses.replace(asking("born"), kind=kind, consent=None)


def words_of_the_way(phone: Tablet) -> str:
    """Everything said from the first screen to the record and the thanks."""
    phone.button("Bắt đầu").wait_for()
    said = [phone.page.locator("body").inner_text()]
    phone.button("Bắt đầu").click()
    said.append(phone.page.locator("body").inner_text())
    phone.button("Che màn hình").click()
    said.append(phone.page.locator("body").inner_text())
    phone.button("Chạm để tiếp tục").click()
    phone.page.get_by_role("button", name=AGREE).click()
    phone.field("born").fill("1990")
    said.append(phone.page.locator("body").inner_text())
    phone.goes_on()
    phone.button("Gửi").wait_for()
    said.append(phone.page.locator("body").inner_text())
    phone.button("Máy này gửi đi những gì").click()
    said.append(phone.page.get_by_role("dialog").inner_text())
    phone.button("Đóng lại").click()
    phone.sends()
    return "\n".join([*said, phone.page.locator("body").inner_text()])


@pytest.mark.parametrize("kind", ["unit_form", "nomination"])
def test_who_fills_in_an_open_form_is_told_that_it_is_not_anonymous(page, wrong, kind):
    with running_hop(of_kind(kind)) as hop:
        phone = Tablet(page, hop)
        phone.opens(f"#/l/{LINK}")
        words = words_of_the_way(phone)
    assert "không ẩn danh" in words
    assert not [claim for claim in FALSE_OF_OPEN_FORMS if claim in words]


@pytest.mark.parametrize(
    ("kind", "sentences"),
    [
        (
            "unit_form",
            ["Để sau", "Bỏ qua mục này", "Biểu mẫu đã điền xong", "Đã điền 1 trên 1 mục", "Biểu mẫu đã được khóa"],
        ),
        ("nomination", ["Để sau", "Bỏ qua mục này", "Phiếu đã điền xong", "Phiếu đã được khóa"]),
        ("feedback", ["Không góp ý", "Anh/Chị đã viết xong", "Góp ý đã được khóa"]),
    ],
)
def test_each_kind_of_form_is_spoken_of_as_what_it_is(page, wrong, kind, sentences):
    with running_hop(of_kind(kind)) as hop:
        phone = Tablet(page, hop)
        phone.opens(f"#/l/{LINK}")
        words = words_of_the_way(phone)
    assert [sentence for sentence in sentences if sentence not in words] == []


def test_whoever_scores_for_a_panel_is_not_taken_for_somebody_who_nominates(page, wrong):
    with running_hop(of_kind("nomination")) as hop:
        phone = Tablet(page, hop)
        phone.opens(f"#/l/{LINK}")
        words = words_of_the_way(phone)
    consent = "Nếu đề cử ai thì nên hỏi ý người đó trước."  # said only where a survey has no consent of its own
    assert consent in words
    assert "đề cử" not in words.replace(consent, "")
    assert "giới thiệu" not in words


def test_the_feedback_box_says_who_reads_it(page, wrong):
    with running_hop(of_kind("feedback")) as hop:
        phone = Tablet(page, hop)
        phone.opens(f"#/l/{LINK}")
        words = words_of_the_way(phone)
    assert "Người phụ trách đọc từng góp ý" in words
    assert "nhóm đông người" not in words


def test_a_survey_says_what_it_always_said(page, wrong):
    with running_hop(of_kind("survey")) as hop:
        phone = Tablet(page, hop)
        phone.opens(f"#/l/{LINK}")
        words = words_of_the_way(phone)
    assert [claim for claim in FALSE_OF_OPEN_FORMS if claim not in words] == []
