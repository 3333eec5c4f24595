"""Modules: the sections that packs share, taken in whole, so that an item has one place where its words stand."""

import copy

import pytest
import yaml

from schemas.canonical import canonical_json
from schemas.findings import SurveyInvalid
from schemas.including import module_names
from schemas.linting import lint
from schemas.pack_reader import read_pack
from schemas.publishing import fingerprint, published
from schemas.survey import load_survey
from tests.schemas.packs.conftest import FOLDER

# What is published under a version never changes: whoever changes a word of these packs makes a new version and notes it here.
PUBLISHED = {
    "ge_awareness": (3, "9df1ce75c60e36dc39f364fb80c7a7ca0b4af1b85248c9d9d4a9bb9c84527488"),
    "ge_awareness_short": (3, "4396aaaa0ee4d92760d09a6abab4cb385942368087589cc67777fb6e469f3ed0"),
}
ITEMS = {"men": 8, "serv": 5, "pulse": 6}
INDICATORS = {
    "men": ["pr1", "mn2", "mn3", "mn_seen"],
    "serv": ["sv1", "sv2", "sv3", "sv3_helped"],
    "pulse": ["ex2", "kn1_pulse", "at1_pulse", "cl2", "ut1_pulse"],
}


def module(name):
    return yaml.safe_load((FOLDER / "modules" / f"{name}.yaml").read_text("utf-8"))


def survey_of_one_question():
    """A survey that asks gender, as MEN needs it, and may take in a module after it."""
    short = yaml.safe_load((FOLDER / "ge_awareness_short.yaml").read_text("utf-8"))
    about_you = next(section for section in short["sections"] if section["name"] == "about_you")
    gender = [question for question in about_you["questions"] if question["name"] == "gender"]
    return {
        **{key: short[key] for key in ("id", "version", "kind", "title", "languages", "consent", "support")},
        "choice_lists": {"genders": short["choice_lists"]["genders"]},
        "sections": [{"name": "about_you", "questions": gender}],
    }


@pytest.fixture(params=["men", "serv", "pulse"])
def name(request):
    return request.param


def test_three_modules_ship():
    assert module_names() == ["men", "pulse", "serv"]


@pytest.mark.parametrize("pack", sorted(PUBLISHED))
def test_no_word_of_the_awareness_survey_changes_without_a_new_version(pack):
    survey = read_pack(pack)
    assert (survey.version, fingerprint(published(survey))) == PUBLISHED[pack]


def test_a_module_is_named_as_its_file(name):
    assert module(name)["module"] == name


def test_a_survey_that_takes_a_module_in_is_as_if_it_had_written_it(name):
    taking = survey_of_one_question()
    writing = copy.deepcopy(taking)
    taking["sections"].append({"include": name})
    brought = module(name)
    writing["sections"] += brought["sections"]
    writing["choice_lists"] |= brought["choice_lists"]
    writing |= {key: brought[key] for key in ("scales", "indicators") if key in brought}
    assert canonical_json(published(load_survey(taking))) == canonical_json(published(load_survey(writing)))


def test_a_survey_with_a_module_has_no_error(name):
    document = survey_of_one_question()
    document["sections"].append({"include": name})
    survey = load_survey(document)
    assert [finding for finding in lint(survey) if finding.severity == "error"] == []
    assert [indicator.name for indicator in survey.indicators] == INDICATORS[name]


def test_each_person_meets_the_items_of_a_module(name):
    document = survey_of_one_question()
    document["sections"].append({"include": name})
    survey = load_survey(document)
    either = [section for section in survey.sections if section.relevant]
    whole = [section for section in survey.sections if not section.relevant and section.name != "about_you"]
    assert len({len(section.questions) for section in either}) <= 1
    everybody = sum(len(section.questions) for section in whole)
    assert everybody + (len(either[0].questions) if either else 0) == ITEMS[name]


def test_two_modules_stand_beside_each_other():
    document = survey_of_one_question()
    document["sections"] += [{"include": "men"}, {"include": "serv"}]
    names = [indicator.name for indicator in load_survey(document).indicators]
    assert names == INDICATORS["men"] + INDICATORS["serv"]


def test_a_list_of_the_same_name_with_other_choices_is_an_error():
    document = survey_of_one_question()
    document["choice_lists"]["yes_no"] = [{"name": "yes", "label": {"vi": "Có", "en": "Yes"}}]
    document["sections"].append({"include": "serv"})
    with pytest.raises(SurveyInvalid) as refused:
        load_survey(document)
    assert [finding.place for finding in refused.value.findings] == ["choice list yes_no"]


def test_the_pulse_says_each_item_in_the_words_of_the_awareness_survey(full):
    for section in module("pulse")["sections"]:
        for question in section["questions"]:
            twin = full.question(question["name"])
            assert question["label"] == dict(twin.label)
            assert question.get("correct") == twin.correct


def test_the_pulse_has_one_attitude_of_each_direction():
    scale = next(scale for scale in read_pack("pulse").scales if scale.name == "attitude_pulse")
    assert sorted(item.reversed for item in scale.items) == [False, True]


def test_the_pulse_shows_nothing_below_twenty_answers():
    pulse = read_pack("pulse")
    assert pulse.pack.min_n == 20
    assert "20 người trở lên" in pulse.consent["vi"]
