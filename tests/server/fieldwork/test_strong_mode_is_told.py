"""Whoever is asked in a strong campaign reads so before the first question, on a tablet and on a phone of her own."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from schemas.pack_reader import read_pack
from schemas.publishing import published
from server.database import transaction
from server.fieldwork.consent import with_strong_mode
from server.fieldwork.links import create_link
from server.fieldwork.tables import Campaign
from server.services import services
from server.surveys.publishing import find_survey
from tests.support.people import CAMPAIGN, FACTORY, PACK, lan_opens_a_campaign, minh_enrols

SURVEY = published(read_pack(PACK))
OF_THE_PAGE = Path(__file__).parents[3] / "client" / "web" / "src" / "texts"
SAID = {"vi": "thay ngẫu nhiên bằng câu trả lời của một người khác", "en": "about one answer in ten"}


def sent(app: Flask, client: FlaskClient) -> list[dict[str, str]]:
    """The consent texts that a collector and a worker's phone are sent."""
    with app.app_context(), transaction() as writing:
        code = create_link(writing, services().keyring, services().chance, CAMPAIGN, FACTORY)[1]
    (whole,) = client.get("/api/v1/campaigns", headers=minh_enrols(app)).get_json()["campaigns"]
    alone = client.get(f"/api/v1/links/{code}").get_json()["campaign"]
    return [document["survey"]["consent"] for document in (whole, alone)]


def test_a_strong_campaign_says_so_after_the_surveys_own_words(app: Flask, client: FlaskClient):
    lan_opens_a_campaign(app, strong=True)
    for consent in sent(app, client):
        assert consent.keys() == set(SURVEY["languages"])
        for language, text in consent.items():
            own, last = text.rsplit("\n", 1)
            assert own == SURVEY["consent"][language]
            assert SAID[language] in last


def test_another_campaign_says_the_surveys_own_words_alone(app: Flask, client: FlaskClient):
    lan_opens_a_campaign(app)
    assert sent(app, client) == [SURVEY["consent"]] * 2


def test_the_published_version_stays_as_it_was(app: Flask, client: FlaskClient):
    lan_opens_a_campaign(app, strong=True)
    sent(app, client)
    with app.app_context(), transaction() as session:
        campaign = session.get_one(Campaign, CAMPAIGN)
        assert published(find_survey(session, campaign.survey_id, campaign.survey_version)) == SURVEY


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_survey_without_a_text_of_its_own_keeps_the_pages_usual_one(language: str):
    usual = json.loads((OF_THE_PAGE / f"{language}.json").read_text(encoding="utf-8"))["consent.standard"]
    consent = with_strong_mode({**SURVEY, "consent": None})["consent"][language]
    assert consent.startswith(f"{usual}\n")
    assert SAID[language] in consent


def test_a_language_without_words_of_ours_is_told_in_english():
    consents = with_strong_mode({"languages": ["vi", "km"], "consent": {"vi": "Mời Anh/Chị.", "km": "សូមអញ្ជើញ"}})[
        "consent"
    ]
    assert consents["km"].startswith("សូមអញ្ជើញ\n")
    assert SAID["en"] in consents["km"]
