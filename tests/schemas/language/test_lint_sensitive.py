"""Questions that may hurt are asked with care: with consent, help and a way out, behind a gate, and hidden from who looks on."""

import pytest

from tests.support.linted import codes, found
from tests.support.surveys import LISTS, both, document, select

SUPPORT = [{"label": both("Văn phòng công đoàn"), "phone": "0123", "verified": True}]
GATE = [{"name": name, "label": both(name)} for name in ("enter", "skip", "end")]
REFUSABLE = [*LISTS["yesno"], {"name": "refused", "label": both("Không muốn trả lời"), "off_scale": True}]
HARM = "Trong 12 tháng qua, có ai đụng chạm mà Anh/Chị không mong muốn không?"


def sections(*parts):
    lists = {"yesno": REFUSABLE, "gate": GATE}
    used = {question["list"] for _, questions, _ in parts for question in questions}
    return {
        **document(support=SUPPORT, choice_lists={name: lists[name] for name in used}),
        "sections": [{"name": name, "questions": questions, **more} for name, questions, more in parts],
    }


def gate(name="door"):
    return select(name, "gate", appearance="gate", required=True)


def test_consent_is_expected_of_a_survey():
    without = document(select("q"))
    del without["consent"]
    assert found(without) == [("consent.missing", "consent")]
    assert codes({**without, "kind": "unit_form"}) == set()


def test_sensitive_questions_want_support_and_can_be_skipped():
    lists = {"yesno": REFUSABLE}
    assert found(document(select("q", sensitive=True, required=True), choice_lists=lists)) == [
        ("support.missing", "support"),
        ("sensitive.required", "section work / question q / required"),
    ]
    assert found(document(select("q", sensitive=True), support=SUPPORT, choice_lists=lists)) == []


def test_a_sensitive_question_can_be_refused():
    assert found(document(select("q", sensitive=True), support=SUPPORT)) == [
        ("sensitive.no_refusal", "section work / question q / list")
    ]


def test_a_row_that_comes_and_goes_gives_an_answer_away():
    rows = [select("a"), select("b", relevant="${a} = 'yes'")]
    table = sections(("t", rows, {"appearance": "table-list", "sensitive": True}))
    assert found(table) == [("sensitive.rows", "section t / question b / relevant")]
    assert found(sections(("t", rows, {"sensitive": True}))) == []
    assert found(sections(("t", rows, {"appearance": "table-list"}))) == []


def test_what_people_went_through_stands_behind_a_gate():
    asked = select("q", label=both(HARM))
    assert found(sections(("x", [asked], {"sensitive": True}))) == [("gate.missing", "section x")]
    behind = sections(("g", [gate()], {}), ("x", [asked], {"sensitive": True, "relevant": "${door} = 'enter'"}))
    assert found(behind) == []


@pytest.mark.parametrize("more", [{"appearance": "likert"}, {"correct": "yes"}])
def test_what_people_think_or_know_of_harm_needs_no_gate(more):
    survey = sections(
        ("x", [select("q", label=both("Bị quấy rối thì nên báo công đoàn."), **more)], {"sensitive": True})
    )
    assert "gate.missing" not in codes(survey)


def test_a_gate_opens_something():
    assert found(sections(("g", [gate()], {}), ("x", [select("q")], {}))) == [
        ("gate.idle", "section g / question door")
    ]


def test_a_gate_stands_before_what_it_opens():
    survey = sections(("x", [select("q")], {"relevant": "${door} = 'enter'"}), ("g", [gate()], {}))
    assert found(survey) == [("gate.late", "section x / relevant")]
