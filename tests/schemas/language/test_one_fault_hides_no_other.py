"""One unreadable expression does not hide the rest: what does not fit, and what lint says, is found at once."""

import pytest

from schemas.findings import SurveyInvalid
from schemas.linting import lint
from schemas.survey import load_survey
from tests.support.surveys import document, number, select


def refused(*questions, **more):
    with pytest.raises(SurveyInvalid) as broken:
        load_survey(document(*questions, **more))
    return broken.value


@pytest.mark.parametrize("key", ["relevant", "constraint", "required"])
def test_an_unreadable_expression_leaves_the_others_to_be_read(key):
    found = refused(select("q"), number("a", **{key: "${q} == 'yes'"}), number("b", relevant="${nobody} > 3"))
    assert [(one.code, one.place.rpartition("question ")[2]) for one in found.findings] == [
        ("expression.syntax", f"a / {key}"),
        ("reference.unknown", "b / relevant"),
    ]


def test_what_is_left_can_be_looked_through_by_lint():
    found = refused(select("q"), number("a", relevant="${q} == 'yes'"), number("b", relevant="${q} = 'Có'"))
    assert "choice.unknown" in {one.code for one in lint(found.rest)}
    unknown = refused(select("q"), number("a", relevant="${nobody} > 3"), number("b", relevant="${q} = 'Có'"))
    assert "choice.unknown" in {one.code for one in lint(unknown.rest)}


def test_what_only_follows_is_not_told():
    message = {"vi": "Xin xem lại.", "en": "Please check."}
    found = refused(select("q"), number("a", constraint=". ==", constraint_message=message))
    assert [one.code for one in found.findings] == ["expression.syntax"]
    assert found.rest is not None


def test_a_calculation_that_cannot_be_read_still_has_a_name():
    row = {"type": "calculate", "name": "c", "calculation": "1,5 +"}
    found = refused(number("a", relevant="${c} > 1"), row)
    assert [one.place for one in found.findings] == ["section work / question c / calculation"]
    assert found.rest.by_name["c"].calculation.text == "''"


def test_of_what_is_no_survey_nothing_is_left():
    broken = document(select("q"))
    del broken["sections"][0]["questions"][0]["label"]
    with pytest.raises(SurveyInvalid) as refusal:
        load_survey(broken)
    assert refusal.value.rest is None
