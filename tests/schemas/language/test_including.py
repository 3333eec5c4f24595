"""A module that ships with the project stands in a survey by its name; a loaded survey knows nothing of it."""

import pytest

from schemas.including import module_names, with_modules
from schemas.publishing import published
from schemas.survey import SurveyInvalid, load_survey
from tests.support.surveys import LISTS, document, select

GENDERS = {
    "genders": [
        {"name": "female", "label": {"vi": "Nữ", "en": "Woman"}},
        {"name": "male", "label": {"vi": "Nam", "en": "Man"}},
    ]
}


def with_include(name: object, **more: object) -> dict[str, object]:
    whole = document(select("gender", "genders"), **more)
    whole["choice_lists"] = {**GENDERS, **whole.get("choice_lists", {})}
    whole["sections"].append({"include": name})
    return whole


def refusals(survey: object) -> set[str]:
    with pytest.raises(SurveyInvalid) as refused:
        load_survey(survey)
    return {finding.code for finding in refused.value.findings}


@pytest.mark.parametrize("name", module_names())
def test_every_module_can_be_included(name):
    survey = load_survey(with_include(name))
    assert len(survey.sections) > 1
    assert load_survey(published(survey)) == survey


def test_the_three_modules_ship():
    assert {"men", "pulse", "serv"} <= set(module_names())


def test_a_survey_without_includes_is_left_as_it_is():
    plain = document()
    assert with_modules(plain) is plain


@pytest.mark.parametrize("name", ["nobody", "../ge_awareness", "/etc/passwd", 5, None, ["men"]])
def test_what_is_no_module_is_refused(name):
    assert refusals(with_include(name)) == {"include.unknown"}


def test_nothing_stands_beside_an_include():
    whole = with_include("men")
    whole["sections"][-1]["title"] = {"vi": "x", "en": "x"}
    assert refusals(whole) == {"include.unknown"}


def test_a_list_of_the_same_name_with_other_choices_is_refused():
    other = {"agree5": LISTS["yesno"]}
    assert "include.differs" in refusals(with_include("men", choice_lists={**other}))


@pytest.mark.parametrize("sections", [5, "x", [5], [{"include": "men"}, 7], {"include": "men"}])
def test_junk_in_the_place_of_sections_is_a_finding(sections):
    with pytest.raises(SurveyInvalid):
        load_survey(document() | {"sections": sections})
