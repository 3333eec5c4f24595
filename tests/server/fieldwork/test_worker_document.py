"""A link's survey is cut to what answering needs: lighter, with the same questions, verdicts and record; staff get it whole."""

import gzip
from collections.abc import Iterator

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.pack_reader import pack_names, read_pack
from schemas.publishing import published
from server.database import transaction
from server.fieldwork.links import create_link
from server.fieldwork.worker_document import document_for_workers
from server.services import services
from tests.support.made_up_surveys import answers_to
from tests.support.page_language import PageLanguage, page_language
from tests.support.people import CAMPAIGN, FACTORY, lan_opens_a_campaign, minh_enrols

SURVEYS = [read_pack(name) for name in pack_names()]


@pytest.fixture(scope="module")
def page() -> Iterator[PageLanguage]:
    with page_language() as talking:
        yield talking


@pytest.fixture(scope="module")
def learned(page: PageLanguage) -> dict[str, tuple[object, object]]:
    documents = {survey.id: published(survey) for survey in SURVEYS}
    return {
        name: (page.ask("learn", survey=document), page.ask("learn", survey=document_for_workers(document)))
        for name, document in documents.items()
    }


@settings(max_examples=150, deadline=None)
@given(data=st.data(), survey=st.sampled_from(SURVEYS))
def test_the_page_seals_the_same_record_from_the_shorter_document(page, learned, data, survey):
    answers = data.draw(answers_to(survey))
    whole, cut = learned[survey.id]
    assert page.ask("check", survey=cut, answers=answers) == page.ask("check", survey=whole, answers=answers)


@pytest.mark.parametrize("survey", SURVEYS, ids=lambda survey: survey.id)
def test_every_word_that_people_read_is_left(survey):
    whole = published(survey)
    cut = document_for_workers(whole)
    assert [section["name"] for section in cut["sections"]] == [section.name for section in survey.sections]
    labels = [question.get("label") for section in cut["sections"] for question in section["questions"]]
    assert labels == [question.get("label") for section in whole["sections"] for question in section["questions"]]
    assert {key: cut.get(key) for key in ("title", "about", "consent", "closing", "support")} == {
        key: whole.get(key) for key in ("title", "about", "consent", "closing", "support")
    }
    assert len(gzip.compress(orjson.dumps(cut))) < len(gzip.compress(orjson.dumps(whole)))


def test_right_answers_leave_only_with_a_survey_that_shows_them():
    quiz = published(read_pack("law_women_quiz"))
    shown = document_for_workers(quiz)
    hidden = document_for_workers({key: value for key, value in quiz.items() if key != "show_answers"})
    assert '"correct"' in orjson.dumps(shown).decode()
    assert '"correct"' not in orjson.dumps(hidden).decode()
    assert '"explain"' not in orjson.dumps(hidden).decode()


def test_staff_are_told_the_whole_document_and_a_link_what_answering_needs(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    with app.app_context(), transaction() as writing:
        code = create_link(writing, services().keyring, services().chance, CAMPAIGN, FACTORY)[1]
    (whole,) = client.get("/api/v1/campaigns", headers=minh_enrols(app)).get_json()["campaigns"]
    document = client.get(f"/api/v1/links/{code}").get_json()["campaign"]
    assert document["survey"] == document_for_workers(whole["survey"])
    assert document["survey"] != whole["survey"]
