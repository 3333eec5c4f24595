"""An answer is put into a later text only where it was surely given before, by name, in every language, and is not sensitive."""

import pytest

from schemas.publishing import published
from schemas.survey import SurveyInvalid, load_survey
from tests.support.surveys import both, document, number, select


def codes(whole):
    with pytest.raises(SurveyInvalid) as refused:
        load_survey(whole)
    return {finding.code for finding in refused.value.findings}


def test_answers_stand_in_labels_hints_messages_and_titles():
    whole = document(
        number("age"),
        select(
            "q",
            label=both("Ở tuổi ${age}?"),
            hint=both("${ age }"),
            constraint=". = 'yes'",
            constraint_message=both("${age}"),
        ),
    )
    whole["sections"].append({"name": "later", "title": both("${age} tuổi"), "questions": [number("n")]})
    survey = load_survey(whole)
    assert load_survey(published(survey)) == survey


@pytest.mark.parametrize("key", ["title", "consent", "about", "closing"])
def test_nowhere_else(key):
    assert codes(document(number("age")) | {key: both("${age}")}) == {"text.reference"}


def test_not_in_choices_either():
    choices = [{"name": "a", "label": both("${age}")}, {"name": "b", "label": both("B")}]
    assert codes(document(number("age"), select("q", "c"), choice_lists={"c": choices})) == {"text.reference"}


@pytest.mark.parametrize("words", ["${", "${ }", "${họ}", "${a b}", "${age", "x ${1a}"])
def test_what_opens_like_a_reference_and_is_none_is_refused(words):
    assert "text.reference" in codes(document(number("age"), select("q", label=both(words))))


def test_the_question_exists_and_has_an_answer():
    note = {"type": "note", "name": "n", "label": both("x")}
    assert codes(document(select("q", label=both("${nobody}")))) == {"reference.unknown"}
    assert codes(document(note, select("q", label=both("${n}")))) == {"reference.unknown"}


def test_it_stands_before_the_text():
    assert codes(document(select("q", label=both("${age}")), number("age"))) == {"text.reference_late"}
    assert codes(document(number("age", label=both("${age}")))) == {"text.reference_late"}


def test_in_a_shuffled_section_no_question_surely_stands_before_another():
    whole = document(number("age"), select("q", label=both("${age}")))
    whole["sections"][0]["randomize"] = True
    assert codes(whole) == {"text.reference_late"}


def test_a_sensitive_answer_is_never_shown_again():
    assert codes(document(number("age", sensitive=True), select("q", label=both("${age}")))) == {
        "text.reference_sensitive"
    }
    whole = document(number("age"))
    whole["sections"][0]["sensitive"] = True
    whole["sections"].append({"name": "later", "questions": [number("n", label=both("${age}"))]})
    assert codes(whole) == {"text.reference_sensitive"}


def test_every_language_puts_in_the_same_answers():
    assert codes(document(number("age"), select("q", label={"vi": "${age}", "en": "age"}))) == {
        "text.reference_differs"
    }
