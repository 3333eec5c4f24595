"""A survey may say once that its single choices lead on by themselves; the page then finds it said at each of them."""

import pytest

from schemas.authoring import as_yaml, authored
from schemas.file_reading import read_bytes
from schemas.publishing import published
from schemas.survey import load_survey
from schemas.xlsform.exporting import export_xlsform
from schemas.xlsform.importing import import_xlsform
from tests.support.surveys import document, number, select

PARTS = [
    {
        "name": "plain",
        "questions": [select("a"), select("b", appearance="horizontal"), number("n"), select("c", sensitive=True)],
    },
    {"name": "hard", "sensitive": True, "questions": [select("d"), select("e", appearance="quick")]},
    {"name": "table", "appearance": "table-list", "questions": [select("f"), select("g")]},
]


@pytest.fixture
def survey():
    return load_survey(document(select("unused")) | {"sections": PARTS, "quick": True})


def looks(survey):
    return {question.name: question.appearance for question in survey.questions}


def test_every_single_choice_leads_on_that_looks_like_nothing_else_and_is_not_sensitive(survey):
    assert looks(survey) == {
        "a": "quick", "b": "horizontal", "n": None, "c": None, "d": None, "e": "quick", "f": None, "g": None,
    }  # fmt: skip


def test_the_page_reads_it_at_the_question(survey):
    assert published(survey)["sections"][0]["questions"][0]["appearance"] == "quick"
    assert published(load_survey(published(survey))) == published(survey)


def test_without_the_setting_nothing_leads_on():
    assert looks(load_survey(document(select("a")))) == {"a": None}
    assert looks(load_survey(document(select("a")) | {"quick": False})) == {"a": None}


def test_its_author_reads_the_setting_and_not_what_follows_from_it(survey):
    written = authored(survey)
    assert written["quick"] is True
    assert ["appearance" in item for item in written["sections"][0]["questions"]] == [False, True, False, False]
    assert written["sections"][1]["questions"][1]["appearance"] == "quick"


def test_it_survives_yaml_and_excel(survey):
    assert published(load_survey(read_bytes(as_yaml(survey).encode(), as_json=False))) == published(survey)
    assert published(load_survey(import_xlsform(export_xlsform(survey)))) == published(survey)
