"""A comparison with an answer that may be empty is found, and a guarded one is left in peace."""

from datetime import date

import pytest

from schemas.answers import check_answers
from schemas.linting import lint
from schemas.survey import load_survey
from tests.support.surveys import both, document, number, select

TODAY = date(2026, 11, 30)


def survey(*questions, **more):
    return load_survey(document(*questions, **more))


def found(*questions):
    return {
        (finding.code, finding.place.rpartition(" / ")[2])
        for finding in lint(survey(*questions))
        if finding.code.startswith("empty.")
    }


def women(constraint):
    return number("women", constraint=constraint, constraint_message=both("Xin xem lại."))


@pytest.mark.parametrize(
    "constraint",
    [
        ". <= ${total}",
        "${total} >= .",
        ". >= 0 and . <= ${total}",
        "not(. > ${total}) and . < ${total} + 1",
        ". = ${total}",
        ". <= 3 or . <= ${total}",
        "if(. > 5, . <= ${total}, true())",
        "${total} != '' and . <= ${total}",
        "format-date(., '%Y%m') >= format-date(${total}, '%Y%m')",
    ],
)
def test_a_constraint_that_refuses_because_another_answer_is_missing_is_found(constraint):
    assert found(number("total"), women(constraint)) == {("empty.refuses", "constraint")}


@pytest.mark.parametrize(
    "constraint",
    [
        "${total} = '' or . <= ${total}",
        ". >= 0 and (${total} = '' or . <= ${total})",
        ". <= coalesce(${total}, 100)",
        "if(${total} = '', true(), . <= ${total})",
        "not(${total} != '' and . > ${total})",
        "not(. > ${total})",
        "sum(${total}, .) <= 24",
        ". != ${total}",
        ". <= 24",
    ],
)
def test_a_guarded_one_is_not(constraint):
    assert found(number("total"), women(constraint)) == set()


def test_what_everybody_must_have_answered_is_never_missing():
    assert found(number("total", required=True), women(". <= ${total}")) == set()


def test_a_required_answer_of_some_only_may_be_missing_for_the_rest():
    gate = select("q")
    some = number("total", required=True, relevant="${q} = 'a'")
    assert found(gate, some, women(". <= ${total}")) == {("empty.refuses", "constraint")}
    asked_with_it = women(". <= ${total}") | {"relevant": "${q} = 'a'"}
    assert found(gate, some, asked_with_it) == set()


def test_who_is_asked_only_after_answering_needs_no_guard():
    assert found(number("total"), women(". <= ${total}") | {"relevant": "${total} > 0"}) == set()


def test_a_sum_of_which_every_part_is_missing_refuses_too():
    assert found(number("a"), number("b"), women(". <= sum(${a}, ${b})")) == {("empty.refuses", "constraint")}


def test_a_total_that_is_calculated_is_looked_through():
    total = {"type": "calculate", "name": "total", "calculation": "${a} + ${b}"}
    assert found(number("a"), number("b"), total, women(". <= ${total}")) == {("empty.refuses", "constraint")}


@pytest.mark.parametrize(
    "condition", ["${a} > ${b}", "${a} != ${b}", "not(${a} >= 18)", "if(${a} < 9, 'x', 'y') = 'y'"]
)
def test_a_condition_that_a_missing_answer_decides_is_found(condition):
    assert found(number("a"), number("b"), number("c", relevant=condition)) == {("empty.decides", "relevant")}


@pytest.mark.parametrize(
    "condition",
    [
        "${a} >= 18",
        "${a} != '' and not(${a} >= 18)",
        "${a} > 0 and abs(${b} - ${a}) > 0.3 * ${a} and ${b} > 0",
        "${a} = 3",
        "${a} != '' and ${b} != '' and ${a} > ${b}",
    ],
)
def test_a_condition_that_asks_who_answered_is_not(condition):
    assert found(number("a"), number("b"), number("c", relevant=condition)) == set()


def test_what_is_found_does_refuse_an_honest_answer_and_the_guard_of_the_message_mends_it():
    refusing = survey(number("total"), women(". <= ${total}"))
    (finding,) = [one for one in lint(refusing) if one.code == "empty.refuses"]
    assert check_answers(refusing, {"women": 30}, today=TODAY)
    assert "${total} = '' or …" in finding.message
    mended = survey(number("total"), women("${total} = '' or . <= ${total}"))
    assert check_answers(mended, {"women": 30}, today=TODAY) == []
    assert check_answers(mended, {"total": 20, "women": 30}, today=TODAY)
