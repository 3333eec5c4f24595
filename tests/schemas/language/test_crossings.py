"""A survey may say by which two dimensions at once results can be broken down; no phone is told of it."""

import pytest

from schemas.comparing import compare
from schemas.publishing import published
from schemas.survey import SurveyInvalid, load_survey
from schemas.words import translate_place
from schemas.xlsform.exporting import export_xlsform
from schemas.xlsform.importing import import_xlsform
from server.fieldwork.worker_document import document_for_workers
from tests.support.surveys import document, number, select

DIMENSIONS = (select("gender", dimension=True), number("age", dimension={"bands": [18, 30]}), select("q"))


def crossed(*pairs):
    return document(*DIMENSIONS, crossings=list(pairs))


def findings(*pairs):
    with pytest.raises(SurveyInvalid) as refused:
        load_survey(crossed(*pairs))
    return [(finding.code, finding.place) for finding in refused.value.findings]


def test_dimensions_workplaces_and_units_can_be_crossed():
    survey = load_survey(crossed(["gender", "site"], ["age", "unit"], ["gender", "age"]))
    assert survey.crossings == (("gender", "site"), ("age", "unit"), ("gender", "age"))


def test_a_published_survey_keeps_them():
    survey = load_survey(crossed(["gender", "site"]))
    assert load_survey(published(survey)) == survey


def test_a_workbook_keeps_them():
    survey = load_survey(crossed(["gender", "site"], ["age", "gender"]))
    assert load_survey(import_xlsform(export_xlsform(survey))) == survey


def test_a_phone_is_not_sent_them():
    assert "crossings" not in document_for_workers(published(load_survey(crossed(["gender", "site"]))))


@pytest.mark.parametrize("pair", [["gender"], ["gender", "gender"], "gender", ["gender", "age", "site"], ["gender", 1]])
def test_a_crossing_is_of_two_different_dimensions(pair):
    assert findings(pair) == [("crossing.shape", "crossing #1")]


def test_what_is_no_dimension_is_not_crossed():
    assert findings(["gender", "site"], ["q", "site"]) == [("crossing.unknown", "crossing #2")]


def test_a_workplace_and_its_unit_are_not_crossed():
    assert findings(["unit", "site"]) == [("crossing.places", "crossing #1")]


def test_the_same_two_are_crossed_once():
    assert findings(["gender", "site"], ["site", "gender"]) == [("name.twice", "crossing #2")]


def test_there_are_at_most_three():
    four = [["gender", "site"], ["gender", "unit"], ["gender", "age"], ["age", "site"]]
    assert [code for code, _ in findings(*four)] == ["key.wrong"]


def test_a_place_is_told_in_vietnamese():
    assert translate_place("crossing #2", "vi") == "cặp chéo #2"


def test_a_new_version_tells_that_they_changed():
    before, after = load_survey(crossed()), load_survey(crossed(["gender", "site"]) | {"version": 2})
    assert [change.place for change in compare(before, after)] == ["crossings"]
