"""How long expressions may take on the worst answers is known before anybody answers, and bounded."""

import pytest

from schemas.expressions.budget import MOST_STEPS, MOST_SURVEY_STEPS, expression_cost, steps, the_page_stays_quick
from schemas.expressions.evaluating import Scope, evaluate
from schemas.expressions.parsing import ExpressionInvalid, parse
from schemas.pack_reader import pack_names, read_pack
from schemas.survey import load_survey
from tests.support.bounded_work import MOST_SECONDS, bounded_work
from tests.support.surveys import both, document, number, select

WORST = {
    "patterns": lambda size: " or ".join(["regex(${short}, '.*.*b')"] * size),
    "one pattern": lambda size: f"regex(${{short}}, '.*.*[a-z]{{1,{size}}}b')",
    "texts in texts": lambda size: " or ".join(["contains(${long}, ${sought})"] * size),
    "characters counted": lambda size: "+".join(["string-length(${long})"] * size),
    "characters cut out": lambda size: "+".join(["substr(${long}, 1)"] * size),
    "names looked for": lambda size: "+".join(["selected(${words}, 'x')"] * size),
    "texts put together": lambda size: f"string-length(concat({', '.join(['${long}'] * size)}))",
    "texts within texts": lambda size: "concat(" * size + "${long}" + ", ${long})" * size,
    "labels": lambda size: f"concat({', '.join(['''jr:choice-name(${words}, '${a}')'''] * size)})",
    "many small parts": lambda size: " + ".join(["(${long} != '')"] * size),
}
ANSWERS = {"long": "a" * 2_000, "sought": "a" * 500 + "b" + "a" * 500, "short": "a" * 1_000, "words": "a " * 1_000}


def in_sections(asked):
    """A survey too long for one section."""
    parts = [asked[start : start + 100] for start in range(0, len(asked), 100)]
    return document(sections=[{"name": f"s{place}", "questions": part} for place, part in enumerate(parts)])


def largest_accepted(make):
    """The largest expression of its form that the parser takes."""
    accepted = None
    for size in range(1, 202):
        try:
            accepted = parse(make(size))
        except ExpressionInvalid:
            break
    assert accepted
    return accepted


@pytest.mark.parametrize("form", WORST)
def test_the_worst_that_is_accepted_is_quick_on_both_sides(page, form):
    tree = largest_accepted(WORST[form]).tree
    with bounded_work():
        evaluate(tree, Scope("2026-11-22", ANSWERS))
    assert page.ask("spend", tree=tree, answers=ANSWERS) < MOST_SECONDS


@pytest.mark.parametrize("form", ["patterns", "texts in texts", "texts within texts", "labels"])
def test_what_would_take_longer_is_refused_for_that_reason(form):
    with pytest.raises(ExpressionInvalid) as refused:
        parse(WORST[form](55))
    assert refused.value.code == "expression.too_slow"


def test_an_ordinary_condition_costs_next_to_nothing():
    assert steps(parse("${age} >= 18 and (${role} = 'worker' or ${role} = 'lead')").tree) < MOST_STEPS / 1_000


def test_what_answers_can_be_is_taken_from_the_survey():
    wordy = {"type": "text", "name": "said", "label": both("Ý kiến")}
    of_choice = load_survey(document(select("a"), wordy, select("b", relevant="string-length(${a}) > 2")))
    of_text = load_survey(document(select("a"), wordy, select("b", relevant="string-length(${said}) > 2")))
    assert expression_cost(of_choice) < 10 < expression_cost(of_text) < 300


def test_a_filter_counts_once_for_each_choice():
    def cost(choices):
        listed = [{"name": f"c{place}", "label": both("x"), "columns": {"of": "1"}} for place in range(choices)]
        filtered = select("b", "many", choice_filter="of = ${a}")
        return expression_cost(
            load_survey(document(select("a"), filtered) | {"choice_lists": {"yesno": YESNO, "many": listed}})
        )

    assert cost(100) == 50 * cost(2)


YESNO = document(select("q"))["choice_lists"]["yesno"]


def test_an_indicator_is_no_work_for_the_page():
    measured = document(select("a"), indicators=[{"name": "x", "title": both("x"), "share": "${a} = 'yes'"}])
    assert expression_cost(load_survey(measured)) == 0


def test_the_longest_survey_may_ask_everything_under_a_condition():
    asked = [
        number("q0"),
        *(number(f"q{place}", relevant=f"${{q{place - 1}}} > 20 and ${{q0}} < 60") for place in range(1, 2_000)),
    ]
    survey = load_survey(in_sections(asked))
    assert not list(the_page_stays_quick(survey))
    assert expression_cost(survey) < MOST_SURVEY_STEPS / 5


def test_a_survey_that_would_be_slow_is_refused_with_its_heaviest_expression():
    long = " and ".join(f"${{q0}} != {value}" for value in range(60))
    asked = [number("q0"), *(number(f"q{place}", relevant=long) for place in range(1, 1_200))]
    asked.append(number("heavy", relevant=f"({long}) or (${{q0}} = 7 and ${{q1}} = 8)"))
    found = list(the_page_stays_quick(load_survey(in_sections(asked))))
    assert [(finding.severity, finding.code) for finding in found] == [("error", "survey.too_slow")]
    assert "question heavy / relevant" in found[0].message


def test_texts_that_double_from_calculation_to_calculation_are_refused():
    first = {"type": "calculate", "name": "c0", "calculation": "'xx'"}
    doubled = [
        {"type": "calculate", "name": f"c{place}", "calculation": f"concat(${{c{place - 1}}}, ${{c{place - 1}}})"}
        for place in range(1, 60)
    ]
    found = list(the_page_stays_quick(load_survey(document(select("a"), first, *doubled))))
    assert [finding.code for finding in found] == ["survey.too_slow"]


def test_numbers_that_are_calculated_from_numbers_cost_no_more_for_being_many():
    tallies = [
        {"type": "calculate", "name": f"c{place}", "calculation": f"${{c{place - 1}}} + ${{q0}}" if place else "${q0}"}
        for place in range(400)
    ]
    assert expression_cost(load_survey(document(number("q0"), *tallies))) < 400 * 5


@pytest.mark.parametrize("name", pack_names())
def test_no_pack_is_near_the_bound(name):
    assert expression_cost(read_pack(name)) < MOST_SURVEY_STEPS / 2
