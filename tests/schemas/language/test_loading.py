"""A document either is a survey or is answered with every finding, each with the place where it stands."""

from copy import deepcopy

import pytest

from schemas.publishing import published
from schemas.survey import Expression, Range, ScaleItem, SurveyInvalid, load_survey
from tests.support.surveys import both, document, number, select


def findings(broken):
    with pytest.raises(SurveyInvalid) as refused:
        load_survey(broken)
    return {finding.place: finding.code for finding in refused.value.findings}


def with_question(**more):
    return document({**select("q"), **more})


def test_a_survey_has_its_parts_resolved():
    survey = load_survey(
        document(
            select("q_a", "agree", required=True),
            number("age", dimension={"bands": [18, 25]}, relevant="${q_a} = 'a'"),
            scales=[{"name": "s", "title": both("S"), "items": ["-q_a"], "score": "mean"}],
        )
    )
    assert [choice.name for choice in survey.question("q_a").choices] == ["sd", "d", "a", "sa", "dk"]
    assert survey.question("q_a").required is True
    assert survey.question("age").range == Range(15, 80, 1)
    assert survey.question("age").relevant == Expression("${q_a} = 'a'", ["=", ["ref", "q_a"], ["str", "a"]])
    assert survey.scales[0].items == (ScaleItem("q_a", reversed=True),)
    assert [question.name for question in survey.dimensions] == ["age"]
    assert survey.section_of("age").name == "work"


def test_every_finding_comes_at_once_with_its_place():
    broken = document(select("q1"), select("q2"), select("q3"), number("age"))
    first, second, third, age = broken["sections"][0]["questions"]
    first["lable"] = first.pop("label")
    second["relevant"] = "${q1} = "
    third["label"] = {"vi": ""}
    age["range"] = {"start": 80, "end": 15}
    broken["choice_lists"]["yesno"][0]["scroe"] = 1
    del broken["title"]
    assert findings(broken) == {
        "title": "key.missing",
        "section work / question q1 / label": "key.missing",
        "section work / question q1 / lable": "key.unknown",
        "section work / question q2 / relevant": "expression.syntax",
        "section work / question q3 / label / vi": "text.empty",
        "section work / question age / range": "range.order",
        "choice list yesno / choice yes / scroe": "key.unknown",
    }


def test_a_key_that_does_not_belong_to_a_choice_is_named_whatever_it_is_called():
    broken = document(select("q"))
    broken["choice_lists"]["yesno"][1]["worth"] = 1
    broken["choice_lists"]["tên"] = []
    assert findings(broken) == {
        "choice list yesno / choice no / worth": "key.unknown",
        "choice list tên": "key.wrong",
    }


def test_what_has_no_name_is_named_by_its_number():
    broken = document()
    broken["sections"][0]["questions"].append({"type": "note"})
    assert findings(broken) == {
        "section work / question #2 / name": "key.missing",
        "section work / question #2 / label": "key.missing",
    }


@pytest.mark.parametrize(
    "type_name",
    ["deviceid", "phonenumber", "username", "email", "start", "end", "audit", "geopoint", "barcode", "image", "date"],
)
def test_types_that_identify_are_refused_with_the_reason(type_name):
    with pytest.raises(SurveyInvalid, match=r"identif|who answered") as refused:
        load_survey(document({"type": type_name, "name": "x", "label": both("x")}))
    assert [finding.code for finding in refused.value.findings] == ["type.identifies"]


def test_types_without_use_here_are_answered_with_what_to_do_instead():
    with pytest.raises(SurveyInvalid, match="ask how many"):
        load_survey(document({"type": "begin_repeat", "name": "x", "label": both("x")}))


@pytest.mark.parametrize(
    ("question", "key", "code"),
    [
        ({"type": "integer", "name": "x", "label": both("x"), "list": "yesno"}, "list", "key.not_here"),
        ({"type": "note", "name": "x", "label": both("x"), "required": True}, "required", "key.not_here"),
        ({"type": "calculate", "name": "x"}, "calculation", "key.missing"),
        ({"type": "range", "name": "x", "label": both("x")}, "range", "key.missing"),
        ({"type": "text", "name": "x", "label": both("x"), "appearance": "likert"}, "appearance", "appearance.unknown"),
        ({"type": "text", "name": "x", "label": both("x"), "sensitive": "yes"}, "sensitive", "key.wrong"),
        ({"type": "text", "name": "họ tên", "label": both("x")}, "name", "name.shape"),
        ({"type": "text", "name": "Site", "label": both("x")}, "name", "name.reserved"),
        ({"type": "text", "name": "__proto__", "label": both("x")}, "name", "name.reserved"),
        ({"type": "text", "name": "constructor", "label": both("x")}, "name", "name.reserved"),
        ({"type": "text", "name": "toString", "label": both("x")}, "name", "name.reserved"),
        ({"type": "text", "name": "x", "label": "x"}, "label", "text.shape"),
        ({"type": "text", "name": "x", "label": both("a\0b")}, "label / vi", "text.control"),
        ({"type": "text", "name": "x", "label": {"VI": "x"}}, "label / VI", "text.language"),
        (
            {"type": "integer", "name": "x", "label": both("x"), "dimension": {"bands": [25, 18]}},
            "dimension",
            "dimension.shape",
        ),
        ({"type": "integer", "name": "x", "label": both("x"), "required": 1}, "required", "expression.shape"),
    ],
)
def test_a_key_that_does_not_fit_its_question_is_named(question, key, code):
    name = question["name"]
    found = findings(document(question))
    assert code in found.values(), found
    assert any(place.endswith(key) and f"question {name}" in place for place in found)


@pytest.mark.parametrize("nothing", [None, 5, "text", [], {}, [document()]])
def test_what_is_no_document_is_refused(nothing):
    with pytest.raises(SurveyInvalid):
        load_survey(nothing)


@pytest.mark.parametrize(
    "key", ["sections", "choice_lists", "scales", "indicators", "support", "languages", "title", "version", "id"]
)
@pytest.mark.parametrize("junk", [5, "x", [5], {"a": 5}, [[]], [None], True])
def test_junk_in_any_place_is_a_finding_and_no_crash(key, junk):
    if (key, junk) in [("id", "x"), ("version", 5)]:
        junk = None
    assert findings(document() | {key: junk})


def test_a_published_tree_must_be_that_of_its_text():
    honest = published(load_survey(document(select("a"), select("b", relevant="${a} = 'yes'"))))
    forged = deepcopy(honest)
    forged["sections"][0]["questions"][1]["relevant"]["tree"] = ["num", 1]
    assert findings(forged) == {"section work / question b / relevant": "expression.tree"}
    deep = deepcopy(honest)
    tree = ["neg", 1]
    for _ in range(50_000):
        tree = ["neg", tree]
    deep["sections"][0]["questions"][1]["relevant"]["tree"] = tree
    assert findings(deep) == {"section work / question b / relevant": "expression.tree"}


def test_texts_are_composed_wherever_they_stand():
    survey = load_survey(document(select("q"), title=both("Huế")))
    assert survey.title["vi"] == "Huế"
