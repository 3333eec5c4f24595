"""The parts of a survey fit together, or the finding says which do not."""

import pytest

from schemas.survey import SurveyInvalid, load_survey
from tests.support.surveys import LISTS, both, document, number, select


def codes(broken):
    with pytest.raises(SurveyInvalid) as refused:
        load_survey(broken)
    return [(finding.code, finding.place) for finding in refused.value.findings]


def test_a_name_stands_once():
    assert codes(document(select("q"), select("q"))) == [("name.twice", "question q")]


def test_a_reference_needs_a_question_with_an_answer():
    note = {"type": "note", "name": "n", "label": both("n")}
    broken = document(select("a", relevant="${ghost} = 1"), note, select("b", relevant="${n} = 1"))
    assert codes(broken) == [
        ("reference.unknown", "section work / question a / relevant"),
        ("reference.unknown", "section work / question b / relevant"),
    ]


def test_a_circle_of_relevance_is_named_in_full():
    broken = document(
        select("a", relevant="${c} = 'yes'"), select("b", relevant="${a} = 'yes'"), select("c", relevant="${b} = 'yes'")
    )
    with pytest.raises(SurveyInvalid, match=r"(a → c → b → a|a → b → c → a)|(b → . → . → b)|(c → . → . → c)"):
        load_survey(broken)


def test_a_section_may_not_wait_for_its_own_questions():
    broken = document(select("a"))
    broken["sections"][0]["relevant"] = "${a} = 'yes'"
    assert codes(broken) == [("reference.circular", "section work / question a")]


def test_a_calculation_may_not_use_itself():
    assert codes(document(select("q"), {"type": "calculate", "name": "x", "calculation": "${x} + 1"})) == [
        ("reference.circular", "section work / question x")
    ]


def test_a_constraint_may_look_at_any_answer():
    load_survey(document(number("a", constraint="${b} > ."), number("b", constraint="${a} < .")))


def test_a_long_chain_of_questions_is_no_circle():
    questions = [number("q0"), *(number(f"q{place}", relevant=f"${{q{place - 1}}} > 1") for place in range(1, 500))]
    load_survey(document(*reversed(questions)))


def test_the_dot_needs_an_answer():
    assert codes(document(select("q", relevant=". = 'yes'"))) == [
        ("reference.self", "section work / question q / relevant")
    ]


def test_chance_decides_no_relevance():
    drawn = {"type": "calculate", "name": "coin", "calculation": "once(random())"}
    also = {"type": "calculate", "name": "side", "calculation": "if(${coin} > 0.5, 'a', 'b')"}
    assert codes(document(drawn, also, select("q", relevant="${side} = 'a'"))) == [
        ("expression.random_decides", "section work / question q / relevant")
    ]
    load_survey(document(drawn, also, select("q")))


@pytest.mark.parametrize(
    ("questions", "code"),
    [
        ([select("q", "nowhere")], "list.unknown"),
        ([select("q", correct="maybe")], "choice.unknown"),
        ([number("age", dimension=True)], "dimension.bands"),
        ([select("q", dimension={"bands": [1]})], "dimension.bands"),
        ([select("q", constraint_message=both("x"))], "constraint.missing"),
        ([select("q", label={"vi": "x", "en": "x", "fr": "x"})], "text.unknown_language"),
        ([select("q", label={"en": "x"})], "text.missing"),
        ([number("n", relevant="jr:choice-name('a', '${n}') = 'x'")], "reference.no_choices"),
    ],
)
def test_what_does_not_fit_is_a_finding(questions, code):
    assert code in [found for found, _ in codes(document(*questions))]


def test_a_table_has_one_list():
    broken = document(select("a"), select("b", "agree"))
    broken["sections"][0]["appearance"] = "table-list"
    assert codes(broken) == [("table.mixed", "section work / question b")]


def scale(*items, score="mean"):
    return {"scales": [{"name": "s", "title": both("S"), "items": list(items), "score": score}]}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (scale("ghost"), "item.unknown"),
        (scale("q"), "item.no_score"),
        (scale("a", "a"), "name.twice"),
        (scale("q", score="percent_correct"), "item.no_key"),
        ({"indicators": [{"name": "i", "title": both("I"), "mean": "ghost"}]}, "scale.unknown"),
        ({"indicators": [{"name": "i", "title": both("I"), "top_two": ["q"]}]}, "item.no_score"),
        ({"indicators": [{"name": "i", "title": both("I"), "share": "${ghost} = 1"}]}, "reference.unknown"),
        ({"indicators": [{"name": "i", "title": both("I"), "share": "${q} = 'yes'", "mean": "s"}]}, "indicator.form"),
    ],
)
def test_measures_need_something_to_measure(more, code):
    assert code in [found for found, _ in codes(document(select("q"), select("a", "agree"), **more))]


def test_what_is_off_the_scale_needs_no_score():
    assert any("score" not in choice for choice in LISTS["agree"])
    load_survey(document(select("a", "agree"), **scale("-a")))
