"""Questions that nobody sees, answers that nothing satisfies and conditions that decide nothing are told; the rest is let pass."""

from datetime import date

import pytest

from schemas.linting import lint
from schemas.survey import load_survey
from tests.support.linted import codes, found, text
from tests.support.surveys import LISTS, both, document, number, select

PROVINCES = [
    {"name": "p01", "label": both("Hà Nội"), "columns": {"region": "north"}},
    {"name": "p79", "label": both("Thành phố Hồ Chí Minh"), "columns": {"region": "south"}},
]


def at(key, name="q"):
    return f"section work / question {name} / {key}"


@pytest.mark.parametrize(
    "relevant",
    [
        "1 = 2",
        "${age} > 90",
        "${age} < 20 and ${age} > 30",
        "${a} = 'yes' and ${a} = 'no'",
        "${free} > 5 and ${free} < 3",
        "${free} > 2 and ${free} < 3",
        "2 * ${free} = 7",
        "not(${age} >= 15 or ${age} = '')",
        "count-selected(${many}) > 9",
        "selected(${many}, 'a') and not(selected(${many}, 'a'))",
        "selected(${many}, 'none') and count-selected(${many}) = 2",
        "string-length(${said}) > 2000",
        "${said} = 'x' and ${said} = 'y'",
        "${share} > 0.5 and ${share} < 0.25",
        "${born} > '2010-06-01' and ${born} < '2010-12-31'",
        "${born} = '1890-01-01'",
        "${age} + ${age} > 170",
    ],
)
def test_a_question_that_nobody_would_see_is_an_error(relevant):
    many = [{"name": name, "label": both(name), "exclusive": name == "none"} for name in (*"abcdefgh", "none")]
    survey = document(
        number("age"),
        select("a"),
        {"type": "integer", "name": "free", "label": both("n")},
        {"type": "decimal", "name": "share", "label": both("n")},
        {"type": "date", "name": "born", "appearance": "year", "label": both("n")},
        {"type": "select_multiple", "name": "many", "list": "many", "label": both("n")},
        text("said"),
        select("q", relevant=relevant),
        choice_lists={"yesno": LISTS["yesno"], "many": many},
    )
    assert found(survey, "error") == [("relevant.never", at("relevant"))]


@pytest.mark.parametrize(
    "relevant",
    [
        "${age} > 79",
        "${free} > 1000000",
        "${free} > 2 and ${free} < 4",
        "${a} = 'yes' or ${a} = 'no'",
        "regex(${said}, '[0-9]+')",
        "contains(${said}, 'x') and string-length(${said}) = 1",
        "today() > '2026-01-01'",
        "${age} > ${free} and ${free} > 70",
    ],
)
def test_a_question_that_somebody_sees_passes(relevant):
    free = {"type": "integer", "name": "free", "label": both("n")}
    found = codes(document(number("age"), free, select("a"), text("said"), select("q", relevant=relevant)))
    assert found <= {"text.decides", "empty.decides"}


def test_a_chain_that_contradicts_itself_is_followed():
    survey = document(
        select("a"), select("b", relevant="${a} = 'yes'"), select("q", relevant="${b} = 'yes' and ${a} = 'no'")
    )
    assert found(survey) == [("relevant.never", at("relevant"))]


def test_a_chain_is_followed_through_calculations():
    twice = {"type": "calculate", "name": "twice", "calculation": "2 * ${age}"}
    assert found(document(number("age"), twice, select("q", relevant="${twice} < 30"))) == [
        ("relevant.never", at("relevant"))
    ]
    assert found(document(number("age"), twice, select("q", relevant="${twice} < 31"))) == []


def test_a_calculation_that_is_no_number_is_no_answer():
    half = {"type": "calculate", "name": "half", "calculation": "${age} div 2"}
    assert found(document(number("age"), half, select("q", relevant="${half} = ''"))) == []
    assert found(document(number("age"), half, select("q", relevant="${half} != '' and ${age} = ''"))) == [
        ("relevant.never", at("relevant"))
    ]


def test_what_hangs_on_a_question_that_nobody_sees_is_not_seen_either():
    survey = load_survey(document(select("a", relevant="1 = 2"), select("q", relevant="${a} = 'yes'")))
    messages = {finding.place: finding.message for finding in lint(survey)}
    assert messages[at("relevant")].endswith("nobody is ever asked a")


def test_a_long_chain_is_followed_to_its_end():
    chain = [select(f"q{place}", relevant=f"${{q{place - 1}}} = 'yes'") for place in range(1, 60)]
    assert found(document(select("q0"), *chain), "error") == []
    broken = found(document(select("q0", relevant="1 = 2"), *chain), "error")
    assert [code for code, _ in broken] == ["relevant.never"] * 60


def sections(*pairs, **lists):
    return {
        **document(choice_lists={"yesno": LISTS["yesno"], **lists}),
        "sections": [{"name": name, "questions": questions, **more} for name, questions, more in pairs],
    }


def test_a_section_and_its_question_may_contradict_each_other():
    survey = sections(
        ("one", [select("a")], {}),
        ("two", [select("q", relevant="${a} = 'no'")], {"relevant": "${a} = 'yes'"}),
    )
    assert found(survey) == [("relevant.never", "section two / question q / relevant")]


def test_a_section_that_nobody_sees_is_told_once_and_what_it_requires():
    survey = sections(
        ("one", [select("a")], {}),
        ("two", [select("b", required=True), select("c")], {"relevant": "${a} = 'yes' and ${a} = 'no'"}),
    )
    assert found(survey) == [
        ("relevant.never", "section two / relevant"),
        ("required.unreachable", "section two / question b / required"),
    ]


def test_a_condition_that_is_always_so_is_a_warning():
    assert found(document(number("age"), select("q", relevant="${age} != 90"))) == [("relevant.always", at("relevant"))]
    survey = sections(
        ("one", [select("a")], {}),
        ("two", [select("q", relevant="${a} != 'no'")], {"relevant": "${a} = 'yes'"}),
    )
    assert found(survey) == [("relevant.always", "section two / question q / relevant")]


@pytest.mark.parametrize("constraint", [". > 80", ". < 30 and . > 40", ". != .", ". > ${other} and . < ${other}"])
def test_an_answer_that_nothing_satisfies_is_an_error(constraint):
    survey = document(number("other"), number("age", constraint=constraint))
    assert found(survey)[0] == ("constraint.never", at("constraint", "age"))


def test_a_constraint_may_contradict_the_condition_of_its_question():
    survey = document(number("age"), number("q", relevant="${age} < 18", constraint=". > 30 and ${age} >= 18"))
    assert found(survey) == [("constraint.never", at("constraint"))]


def test_a_constraint_that_refuses_nothing_is_a_warning():
    assert found(document(number("age", constraint=". >= 15"))) == [("constraint.always", at("constraint", "age"))]
    assert found(document(number("age", constraint=". >= 16"))) == []


def lists():
    return {"yesno": LISTS["yesno"], "provinces": PROVINCES}


def test_a_list_that_offers_nothing_is_an_error():
    survey = document(select("q", "provinces", choice_filter="region = 'middle'"), choice_lists=lists())
    assert ("choice_filter.never", at("choice_filter")) in found(survey)


def test_a_constraint_that_refuses_every_choice_on_offer_is_an_error():
    survey = document(
        select("q", "provinces", choice_filter="region = 'north'", constraint=". = 'p79'"), choice_lists=lists()
    )
    assert ("constraint.never", at("constraint")) in found(survey)


def test_what_was_filtered_out_cannot_be_looked_at():
    survey = document(
        select("a", "provinces", choice_filter="region = 'north'"),
        select("q", relevant="${a} = 'p79'"),
        choice_lists=lists(),
    )
    assert ("relevant.never", at("relevant")) in found(survey)


def test_an_indicator_of_nobody_is_a_warning():
    def of(**more):
        return document(select("a"), indicators=[{"name": "i", "title": both("I"), **more}])

    assert found(of(share="${a} = 'yes'", base="${a} = 'yes' or ${a} = 'no'")) == []
    assert found(of(share="${a} = 'yes'", base="${a} = 'yes' and ${a} = 'no'")) == [
        ("indicator.nobody", "indicator i / base")
    ]
    assert found(of(share="${a} = 'no'", base="${a} = 'yes'")) == [("indicator.never", "indicator i / share")]


def test_a_day_that_is_past_is_past():
    survey = document(select("q", relevant="today() < '2026-01-01'"))
    assert found(survey) == []
    assert found(survey, today=date(2026, 3, 1)) == [("relevant.never", at("relevant"))]


def test_conditions_too_many_to_try_are_believed_and_said_to_be():
    knots = " and ".join(f"${{n{one}}} * ${{n{one + 1}}} mod 97 = {one}" for one in range(8))
    numbers = [number(f"n{one}") for one in range(9)]
    asked = [select(f"q{one}", relevant=f"{knots} and {one} < 1000") for one in range(40)]
    assert found(document(*numbers, *asked)) == [("reach.unfinished", "sections")]
