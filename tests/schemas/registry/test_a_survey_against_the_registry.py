"""Where a survey says something else than the registry, its author is warned."""

from datetime import date

import pytest

from schemas.pack_reader import pack_names, read_pack
from schemas.registry.checks import registry_findings
from schemas.survey import load_survey

TODAY = date(2026, 11, 25)
CHOICES = [
    {"name": "m6", "label": {"vi": "6 tháng", "en": "6 months"}},
    {"name": "m7", "label": {"vi": "7 tháng", "en": "7 months"}},
]
TURN = [{"choice": "m6", "until": "2026-06-30"}, {"choice": "m7", "from": "2026-07-01"}]


def quiz(fact="F01", correct="m6", **more):
    question = {
        "type": "select_one",
        "name": "leave",
        "list": "months",
        "label": {"vi": "Mấy tháng?", "en": "How many months?"},
        "correct": correct,
        "fact": fact,
    }
    return load_survey(
        {
            "id": "quiz",
            "version": 1,
            "kind": "quiz",
            "title": {"vi": "Thử", "en": "Trial"},
            "languages": ["vi", "en"],
            "choice_lists": {"months": CHOICES},
            "sections": [{"name": "one", "questions": [question]}],
            **more,
        }
    )


def with_target(**target):
    indicator = {
        "name": "one",
        "title": {"vi": "Tỷ lệ", "en": "Share"},
        "share": "${leave} = 'm6'",
        "target": {"source": "T6.1, Nghị quyết 28/NQ-CP", "year": 2030, "value": 0.8, **target},
    }
    return quiz(indicators=[indicator])


def with_line(**line):
    return quiz(support=[{"label": {"vi": "Số", "en": "Line"}, "phone": "113", **line}])


def codes(survey, today=TODAY):
    found = registry_findings(survey, today)
    assert {finding.severity for finding in found} <= {"warning"}
    return [finding.code for finding in found]


def test_a_settled_fact_that_never_changed_needs_no_word():
    assert codes(quiz()) == []


def test_an_unknown_fact_is_named():
    [finding] = registry_findings(quiz("F77"), TODAY)
    assert finding.code == "fact.unknown"
    assert "F77" in finding.message
    assert finding.place == "section one / question leave / fact"


def test_a_fact_that_part_of_the_domain_calls_unsettled_is_no_certainty():
    [finding] = registry_findings(quiz("F13"), TODAY)
    assert finding.code == "fact.unsettled"
    assert "has not been read again" in finding.message


def test_a_fact_read_too_long_ago_is_no_certainty_either():
    assert codes(quiz(), date(2028, 1, 1)) == ["fact.unsettled"]


def test_a_key_that_turns_with_the_law_is_right():
    assert codes(quiz("F09", TURN)) == []


def test_a_key_that_does_not_turn_with_the_law_is_pointed_out():
    [finding] = registry_findings(quiz("F09", "m7"), TODAY)
    assert finding.code == "fact.keys"
    assert "2026-07-01" in finding.message


def test_a_key_that_turns_on_another_day_is_wrong_twice():
    turn = [{"choice": "m6", "until": "2026-07-31"}, {"choice": "m7", "from": "2026-08-01"}]
    assert codes(quiz("F09", turn)) == ["fact.keys", "fact.keys"]


def test_a_key_that_turns_where_the_law_does_not_is_pointed_out():
    assert codes(quiz("F01", TURN)) == ["fact.keys"]


def test_a_target_as_in_the_registry_is_right():
    assert codes(with_target()) == []
    assert codes(with_target(year=2025, value=0.6)) == []


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ({"value": 0.9}, "target.value"),
        ({"value": 80}, "target.value"),
        ({"year": 2027}, "target.year"),
        ({"source": "T9.9, Nghị quyết"}, "target.unknown"),
        ({"source": "Kế hoạch của tỉnh"}, "target.unknown"),
        ({"source": "T6.12"}, "target.unknown"),
        ({"verified": True}, "target.unsettled"),
        ({"source": "P1, Quyết định 2232/QĐ-TTg", "year": 2025, "value": 0.5}, "target.ended"),
        ({"source": "T5.1", "year": 2025, "value": 1.0}, "target.year"),
    ],
)
def test_a_target_that_is_not_as_in_the_registry_is_pointed_out(target, code):
    assert codes(with_target(**target)) == [code]


@pytest.mark.parametrize("value", [0.1, 0.15])
def test_both_ends_of_a_span_are_of_the_target(value):
    assert codes(with_target(source="C3, Quyết định 1790/QĐ-TTg", value=value)) == []


def test_any_part_of_a_target_may_be_meant():
    for value in (0.9, 0.7):
        assert codes(with_target(source="T3.2", value=value)) == []


@pytest.mark.parametrize("phone", ["113", "1900 969 680", "1900969680", "1900.969.680"])
def test_a_registered_number_is_known_however_it_is_spaced(phone):
    assert codes(with_line(phone=phone)) == []


def test_an_unknown_number_needs_a_test_call():
    assert codes(with_line(phone="0254 385 0000")) == ["support.unknown"]
    assert codes(with_line(phone="0254 385 0000", verified=True, checked_on="2026-11-20")) == []


def test_a_pack_cannot_inform_a_target_that_is_not_there():
    assert codes(quiz(pack={"targets": ["T3.1", "T8.8"]})) == ["target.unknown"]


@pytest.mark.parametrize("name", pack_names())
def test_no_pack_says_anything_else_than_the_registry(name):
    found = registry_findings(read_pack(name), TODAY)
    assert {finding.code for finding in found} <= {"fact.unsettled", "target.ended"}
