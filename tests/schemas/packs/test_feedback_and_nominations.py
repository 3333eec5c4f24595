"""The feedback box and the nominations: help before words, no more than is needed, nothing published against the nominee."""

import pytest

from schemas.answers import check_answers, computed, relevant_names
from schemas.lint.wording import asks_who
from schemas.pack_reader import read_pack
from tests.schemas.packs.figures import TODAY, figure

CHAIR = {
    "role": "chair", "award_class": "woman", "conflict": "none", "panel_all": 3, "panel_w": 2, "nominee_kind": "woman",
    "deed_on": "2026-10-01", "decision": "commend", "decided_on": "2026-11-10", "nominee_consent": "written",
    "consent_on": "2026-11-12", "publish": "yes",
}  # fmt: skip
RUBRIC = ["ru_result", "ru_spread", "ru_novel", "ru_lasting", "ru_true"]
SAFETY = ["sf_story", "sf_pictures", "sf_place", "sf_nominee"]


@pytest.fixture
def box():
    return read_pack("feedback_box")


@pytest.fixture
def slip():
    return read_pack("commendation")


@pytest.fixture
def panel():
    return read_pack("commendation_panel")


def problems(survey, answers):
    return {problem.question: problem.code for problem in check_answers(survey, answers, today=TODAY)}


def shown(survey, answers):
    return relevant_names(survey, answers, today=TODAY)


def test_danger_is_asked_first_and_answered_by_numbers_at_once(box):
    assert [question.name for question in box.questions[:2]] == ["urgent", "call_now"]
    assert "call_now" in shown(box, {"urgent": "yes"})
    assert "call_now" not in shown(box, {"urgent": "no"})
    for number in ("113", "115", "111"):
        assert number in box.question("call_now").label["vi"]
        assert number in box.question("call_now").label["en"]


def test_a_message_has_one_of_ten_subjects(box):
    assert len(box.question("subject").choices) == 10


def test_a_message_has_at_most_a_thousand_characters(box):
    assert problems(box, {"message": "ă" * 1000}) == {}
    assert problems(box, {"message": "ă" * 1001}) == {"message": "answer.constraint"}


def test_only_the_message_has_to_be_there(box):
    assert [question.name for question in box.questions if question.required is not False] == ["message"]
    assert problems(box, {"message": "Nhà ăn cần thêm quạt."}) == {}


@pytest.mark.parametrize(
    ("message", "warned"),
    [
        ("Gọi chị ấy số 0912345678 nhé.", True),
        ("Ca tối, tổ 3.\nSố 0912 345 678\nxin gặp", True),
        ("079.123.456", True),
        ("Căn cước 079123456789", True),
        ("Lương tháng 10/2026 thiếu 1.250.000 đồng", False),
        ("Tổ 12 có 40 người, làm từ 6 giờ đến 14 giờ 30", False),
        ("", False),
    ],
)
def test_a_number_that_looks_like_a_telephone_is_pointed_out(box, message, warned):
    assert ("number_seen" in shown(box, {"message": message} if message else {})) is warned


def test_nobody_is_asked_who_they_are_and_nothing_is_attached(box):
    words = [
        text
        for question in box.questions
        if question.type != "note"
        for text in (question.label, question.hint)
        if text
    ]
    assert [said for text in words for said in text.values() if asks_who(said)] == []
    assert {question.type for question in box.questions} == {"select_one", "note", "text"}
    assert not box.dimensions


def test_before_sending_one_reads_that_this_is_no_formal_complaint(box):
    last = box.questions[-1]
    assert last.name == "not_a_complaint"
    assert last.relevant is None
    assert "không thay cho đơn khiếu nại, tố cáo" in last.label["vi"]


def test_the_box_says_who_reads_and_that_a_lost_code_is_lost(box):
    assert "Hai cán bộ công đoàn" in box.consent["vi"]
    assert "Mất mã" in box.consent["vi"]
    assert box.support


def test_answers_and_passing_on_are_the_writers_own_choice(box):
    assert {"wants_answer", "may_pass_on"} <= {question.name for question in box.questions}
    assert figure(box, "fb_wants", [{"wants_answer": "yes"}, {"wants_answer": "no"}, {}]) == 0.5


def test_a_nomination_has_six_fields_and_one_of_six_classes(slip):
    fields = [question.name for question in slip.questions if question.type in ("select_one", "text")]
    assert fields == ["award_class", "nominee", "deed", "outcome", "how_known", "relation"]
    assert len(slip.question("award_class").choices) == 6


def test_whoever_nominates_knows_that_the_nominee_will_be_asked(slip):
    assert slip.question("consent_first").relevant is None
    assert "văn bản" in slip.question("consent_first").label["vi"]
    assert "văn bản" in slip.about["vi"]
    assert "agreed in writing" in slip.about["en"]


def test_work_against_violence_is_told_without_giving_anybody_away(slip):
    start = {"award_class": "violence", "nominee": "Tổ tư vấn, phân xưởng 2", "deed": "Lập nhóm trực điện thoại."}
    assert {"survivors_first", "nobody_exposed"} <= shown(slip, start)
    assert problems(slip, start) == {"nobody_exposed": "answer.required"}
    assert problems(slip, start | {"nobody_exposed": "OK"}) == {}
    assert not {"survivors_first", "nobody_exposed"} & shown(slip, start | {"award_class": "woman"})


def test_young_talents_are_kept_confidential(slip):
    assert "talent_kept" in shown(slip, {"award_class": "talent"})
    assert "không công bố" in slip.question("talent_kept").label["vi"]


def test_the_classes_are_the_same_on_both_forms(slip, panel):
    assert slip.choice_lists["classes"] == panel.choice_lists["classes"]


def test_whoever_has_a_tie_scores_nothing(panel):
    tied = {"role": "member", "award_class": "woman", "conflict": "family"}
    assert "step_aside" in shown(panel, tied)
    assert not set(RUBRIC) & shown(panel, tied)
    assert problems(panel, tied) == {}
    assert problems(panel, tied | {"role": "chair"})["conflict"] == "answer.constraint"


def test_five_points_of_0_to_4_make_20_at_most(panel):
    assert [choice.score for choice in panel.choice_lists["points4"]] == [0, 1, 2, 3, 4]
    start = {"role": "member", "award_class": "team", "conflict": "none"}
    scored = start | dict(zip(RUBRIC, ["p0", "p1", "p2", "p3", "p4"], strict=True))
    assert computed(panel, scored, today=TODAY)["points"] == 10
    assert computed(panel, start | dict.fromkeys(RUBRIC, "p4"), today=TODAY)["points"] == 20
    del scored["ru_true"]
    assert "points" not in computed(panel, scored, today=TODAY)


def test_a_panel_has_three_members_and_both_sexes(panel):
    assert problems(panel, CHAIR) == {}
    assert problems(panel, CHAIR | {"panel_all": 2, "panel_w": 1}) == {"panel_all": "answer.constraint"}
    for women in (0, 3):
        assert problems(panel, CHAIR | {"panel_w": women}) == {"panel_w": "answer.constraint"}


@pytest.mark.parametrize("consent", ["refused", "not_asked"])
def test_nothing_is_published_without_written_consent(panel, consent):
    answers = {name: answer for name, answer in CHAIR.items() if name != "consent_on"} | {"nominee_consent": consent}
    assert problems(panel, answers) == {"publish": "answer.constraint"}
    assert problems(panel, answers | {"publish": "no"}) == {}


@pytest.mark.parametrize("missing", SAFETY)
def test_work_against_violence_is_published_only_when_all_are_safe(panel, missing):
    answers = CHAIR | {"award_class": "violence"} | dict.fromkeys(SAFETY, "yes")
    assert problems(panel, answers) == {}
    assert problems(panel, answers | {missing: "no"}) == {"publish": "answer.constraint"}
    assert problems(panel, answers | {missing: "refused"}) == {"publish": "answer.constraint"}


def test_young_talents_are_never_commended_in_public(panel):
    talent = CHAIR | {"award_class": "talent"}
    assert problems(panel, talent)["decision"] == "answer.constraint"
    assert problems(panel, talent | {"decision": "pool"}) == {"publish": "answer.constraint"}
    assert problems(panel, talent | {"decision": "pool", "publish": "no"}) == {}


def test_days_from_deed_to_decision_are_counted_and_run_forward(panel):
    assert computed(panel, CHAIR, today=TODAY)["days_to_decision"] == 40
    assert problems(panel, CHAIR | {"decided_on": "2026-09-30"}) == {"decided_on": "answer.constraint"}
    assert problems(panel, CHAIR | {"decided_on": "2026-11-26"}) == {"decided_on": "answer.constraint"}


def test_a_dossier_counts_once_however_many_members_scored_it(panel):
    member = {"role": "member", "award_class": "woman", "conflict": "none"}
    declined = CHAIR | {"decision": "not_now", "publish": "no"}
    assert figure(panel, "cm1", [CHAIR, declined, member, member]) == 0.5
    assert figure(panel, "cm1_women", [CHAIR, CHAIR | {"nominee_kind": "man"}, declined]) == 0.5
    assert figure(panel, "cm2", [CHAIR, member]) == 40


def test_the_indicators_of_the_dictionary_are_there(panel):
    assert {"cm1", "cm2", "cm3", "cm5"} <= {indicator.name for indicator in panel.indicators}


@pytest.mark.parametrize("name", ["commendation", "commendation_panel"])
def test_whoever_nominates_or_scores_is_told_that_it_is_not_anonymous(name):
    form = read_pack(name)
    assert "không ẩn danh" in form.about["vi"] + form.consent["vi"]
    assert "not anonymous" in form.about["en"] + form.consent["en"]


@pytest.mark.parametrize("name", ["commendation", "commendation_panel"])
def test_whoever_nominates_or_scores_is_told_what_becomes_of_the_nominees_data(name):
    about = read_pack(name).about
    assert "xóa" in about["vi"]
    assert "deleted" in about["en"]
