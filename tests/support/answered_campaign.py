"""A campaign that was answered, for tests of the console: from sealed envelopes through the real doors to tables.

`answered` sends the invented workers of the demonstration; their answers are valid to the last one, and their remarks are planted:
no page may ever show one.
"""

import random
from collections.abc import Sequence
from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from schemas.pack_reader import read_pack
from schemas.response import ResponseDocument
from server.accounts.users import create_user
from server.collectors.enrolment import enrol, invite
from server.database import transaction
from server.demo.population import GARMENT_FACTORY, MINE, SiteProfile, population
from server.fieldwork.tables import Campaign, Site, Unit
from server.fieldwork.tallies import put_tally
from server.intake.opening import open_envelopes
from server.services import services
from sync.chance import SystemChance
from sync.keys import PublicKey
from sync.sealing import seal
from tests.support.people import PASSWORD, campaign_at
from tests.support.running_campaign import body_of

CAMPAIGN = "ge-2026"
SITES: dict[str, SiteProfile] = {"may-song-xanh": GARMENT_FACTORY, "than-khe-dong": MINE}
DAY = date(2026, 11, 20)
HOA, LAN = "hoa", "lan"
"""Hoa reads results, Lan administers."""
PLANTED = "Chị Lan tổ 4 nói thật 0912345678"
CHANCE = SystemChance()


def people(app: Flask) -> None:
    """Make the accounts of Hoa and Lan."""
    with app.app_context(), transaction() as session:
        at_hand = services()
        for name, role in ((HOA, "analyst"), (LAN, "administrator")):
            create_user(
                session,
                at_hand.settings,
                at_hand.chance,
                name=name,
                password=PASSWORD,
                role=role,
                today=at_hand.today(),
            )


def planned(app: Flask, pack: str = "ge_awareness_short", *, campaign: str = CAMPAIGN) -> str:
    """Plan and open a campaign at a garment factory and a mine; give a collector's token."""
    with app.app_context(), transaction() as session:
        at_hand = services()
        units = [Unit(id="cd-may", name="Công đoàn Dệt May"), Unit(id="cd-than", name="Công đoàn Than")]
        title = {"vi": "Bình đẳng giới quý 4 năm 2026", "en": "Gender equality, fourth quarter 2026"}
        sites = [
            Site(
                id=name,
                name=profile.name,
                unit_id=units[profile is not GARMENT_FACTORY].id,
                women=profile.women,
                men=profile.men,
            )
            for name, profile in SITES.items()
        ]
        campaign_at(session, read_pack(pack), units, sites, id=campaign, title=title)
        code = invite(session, at_hand.keyring, at_hand.chance, today=at_hand.today(), days=7)
        session.flush()
        collector, token = enrol(
            session, at_hand.keyring, at_hand.chance, code=code, name="Máy 07", today=at_hand.today()
        )
        session.flush()
        for name, collected, refused in (("may-song-xanh", 231, 17), ("than-khe-dong", 164, 21)):
            put_tally(session, (_id_of(collector), campaign, name, DAY), collected, refused)
    return token


def answered(
    app: Flask, token: str, numbers: Sequence[int], pack: str = "ge_awareness_short", *, seed: int = 7
) -> None:
    """Let so many people of each site answer, send their envelopes, and open them."""
    survey = read_pack(pack)
    with app.app_context(), transaction() as session:
        campaign = session.scalar(select(Campaign).where(Campaign.id == CAMPAIGN))
        assert campaign is not None
        key, version = PublicKey.load(campaign.public_key), campaign.survey_version
    envelopes = []
    for (site, profile), number in zip(SITES.items(), numbers, strict=True):
        for worker in population(survey, profile, number, random.Random(seed)):
            if worker.answers is None:
                continue
            document = ResponseDocument(
                campaign=CAMPAIGN,
                survey=survey.id,
                version=version,
                site=site,
                day=DAY,
                mode="tablet",
                language="vi",
                answers=_with_words(survey, dict(worker.answers)),
            )
            envelopes.append(seal(document, key, chance=CHANCE))
    client = app.test_client()
    for start in range(0, len(envelopes), 100):
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        sent = client.post("/api/v1/batches", data=body_of(envelopes[start : start + 100]), headers=headers)
        assert sent.status_code == 200, sent.json
    with app.app_context():
        open_envelopes(services())


def signed_in(app: Flask, name: str = HOA, *, language: str = "vi") -> FlaskClient:
    """A person at the console, signed in."""
    client = app.test_client()
    answer = sign_in(client, name, PASSWORD)
    assert answer.status_code == 302, answer.status
    if language != "vi":
        client.post(
            "/console/language",
            data={"csrf_token": token_on(client.get("/console/account").text), "language": language},
        )
    return client


def sign_in(client: FlaskClient, name: str, password: str, where: str = "/console/sign-in"):  # type: ignore[no-untyped-def]
    """Fill in the form and send it."""
    token = token_on(client.get(where).text)
    return client.post(where, data={"csrf_token": token, "name": name, "password": password})


def token_on(page: str) -> str:
    """The token that a page's forms carry."""
    marker = 'name="csrf_token" type="hidden" value="'
    start = page.index(marker) + len(marker)
    return page[start : page.index('"', start)]


def _with_words(survey, answers):  # type: ignore[no-untyped-def]
    """Plant words where the survey asks for some."""
    texts = [question.name for question in survey.questions if question.type == "text"]
    return answers | dict.fromkeys(texts, PLANTED)


def _id_of(collector: object) -> str:
    return str(getattr(collector, "id", collector))
