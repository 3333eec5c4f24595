"""How a question's groups and brackets came about is told in sentences, in the language of whoever asks."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from schemas.words import translate
from server.analysis.edition.deciding import How
from server.analysis.edition.explaining import CHECKS, HURRIED, REASONS, explained
from server.analysis.edition.store import Edition, write
from server.database import upgrade

CAMPAIGN = "ge-2026"
ACCOUNT = {
    "item": "ex_times",
    "reason": "",
    "bracket": 5,
    "how": "exchange",
    "editions": {"": 2, "gender": 1, "tenure": 1},
    "left_out": ["site"],
    "merged": {"gender": [["other", "@unanswered"]]},
}
CHECKED = {"work": 6_000_000_000, "hurried": True, "cut_short": False}


@pytest.fixture
def session(empty_database_url: str) -> Iterator[Session]:
    engine: Engine = create_engine(empty_database_url)
    upgrade(engine)
    options = [{**ACCOUNT, "item": f"ex_channels/{name}", "merged": {}} for name in ("radio", "friends")]
    with Session(engine) as opened:
        write(
            opened,
            CAMPAIGN,
            Edition(2, 404, True, {"groups": {}, "items": [ACCOUNT, *options], "checks": CHECKED}),
            [],
            [],
        )
        yield opened
    engine.dispose()


def test_each_axis_says_whose_people_it_counts_and_who_is_counted_together(session: Session):
    (sentences,) = explained(session, CAMPAIGN, "ex_times")
    assert [translate(one, "vi") for one in sentences] == [
        "ex_times, trong bản kết quả số 2 của 404 người:",
        "Số người được cho biết theo khoảng 5 người; nhóm hàng nghìn người thì theo khoảng rộng hơn.",
        "Bước kiểm tra tìm được cho từng người một câu trả lời khác mà không con số nào thay đổi, "
        "khi có thêm một người nữa trả lời khác đi.",
        "Phần tính toán dành cho việc kiểm tra mọi câu đã dùng hết. Câu nào đến lúc đó chưa kiểm tra xong thì coi như chưa qua, "
        "nên có câu có thể được cho biết theo khoảng rộng hơn.",
        "Phân tổ theo site không có số liệu mới: bảng này không qua được bước kiểm tra, dù theo khoảng rộng đến đâu.",
        "Số chung tính trên những người của bản số 2.",
        "Phân tổ theo gender tính trên những người của bản số 1. Được tính chung để nhóm nào cũng đủ người: other + @unanswered.",
        "Phân tổ theo tenure tính trên những người của bản số 1.",
        "@unanswered là những người không trả lời câu đó.",
    ]


def test_a_question_of_several_answers_is_explained_option_by_option(session: Session):
    names = [str(item[0]).partition(",")[0] for item in explained(session, CAMPAIGN, "ex_channels")]
    assert names == ["ex_channels/radio", "ex_channels/friends"]


def test_what_no_edition_has_is_not_explained(session: Session):
    assert explained(session, CAMPAIGN, "nothing") == explained(session, "another", "ex_times") == []


@pytest.mark.parametrize("sentence", [*REASONS.values(), *CHECKS.values(), HURRIED])
def test_every_verdict_has_vietnamese_words(sentence: str):
    assert translate(sentence, "vi") != sentence


def test_every_way_in_which_something_may_be_shown_has_a_sentence():
    assert set(How.__args__) - CHECKS.keys() == {"undecided"}  # type: ignore[attr-defined]  # nothing undecided is shown
