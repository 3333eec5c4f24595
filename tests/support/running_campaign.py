"""A campaign in the field, for tests of what comes in: survey, two sites, collectors with tokens, a link, and sealed answers."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

import server.intake.tables  # noqa: F401 - its tables have to be known before a database is made
from schemas.messages import Envelope
from schemas.response import ResponseDocument
from schemas.survey import load_survey
from server.collectors.enrolment import enrol, invite
from server.database import db, transaction
from server.fieldwork.campaigns import close_campaign
from server.fieldwork.links import create_link
from server.fieldwork.tables import Site, Unit
from server.services import services
from server.surveys.publishing import publish_survey
from sync.chance import SystemChance
from sync.identifiers import new_id
from sync.keys import PublicKey
from sync.sealing import seal
from tests.support.people import campaign_at

CHANCE = SystemChance()
CAMPAIGN = "ge-2026"
SECRETS = ("Chị Lan tổ 4 nói thật", "0912345678")
"""What a worker wrote in a remark; it may stand in the remarks and nowhere else."""


def survey_document(version: int = 1, **changes: Any) -> dict[str, Any]:
    """A short survey with one question of every type that intake treats in a way of its own."""
    both = {"vi": "Câu", "en": "Item"}
    document: dict[str, Any] = {
        "id": "ge_small",
        "version": version,
        "kind": "survey",
        "title": {"vi": "Bình đẳng", "en": "Equality"},
        "languages": ["vi", "en"],
        "consent": both,
        "choice_lists": {
            "gender": [{"name": "female", "label": both}, {"name": "male", "label": both}],
            "agree3": [{"name": name, "label": both, "score": n} for n, name in enumerate(("no", "mid", "yes"), 1)],
            "sources": [{"name": name, "label": both} for name in ("law", "news", "union")],
        },
        "sections": [
            {
                "name": "about",
                "title": both,
                "questions": [
                    {"type": "select_one", "name": "gender", "list": "gender", "label": both, "dimension": True},
                    {"type": "integer", "name": "age", "label": both, "range": {"start": 15, "end": 80}},
                    {"type": "select_one", "name": "q_lead", "list": "agree3", "label": both, "required": True},
                    {"type": "select_multiple", "name": "q_src", "list": "sources", "label": both},
                    {"type": "range", "name": "q_mark", "label": both, "range": {"start": 0, "end": 10, "step": 0.5}},
                    {"type": "acknowledge", "name": "q_read", "label": both},
                    {"type": "text", "name": "q_say", "label": both},
                    {"type": "calculate", "name": "older", "calculation": "${age} + 1"},
                    {"type": "calculate", "name": "echo", "calculation": "coalesce(${q_say}, 'silent')"},
                ],
            }
        ],
    }
    return document | changes


@dataclass(frozen=True, slots=True)
class World:
    """A server with one open campaign."""

    app: Flask
    token: str
    link: str
    key: PublicKey

    def document(self, number: int = 0, **changes: Any) -> ResponseDocument:
        """One worker's answers; the number varies them."""
        answers = {
            "gender": ("female", "male")[number % 2],
            "age": 18 + number % 60,
            "q_lead": ("no", "mid", "yes")[number % 3],
            "q_src": [("law",), ("law", "news"), ("union",)][number % 3],
            "q_mark": (number % 21) / 2,
        }
        given: dict[str, Any] = {
            "campaign": CAMPAIGN,
            "survey": "ge_small",
            "version": 1,
            "site": ("may-10", "mo-than")[number % 2],
            "day": date(2026, 11, 20),
            "mode": "tablet",
            "language": "vi",
            "answers": {name: list(value) if isinstance(value, tuple) else value for name, value in answers.items()},
        }
        more = changes.pop("more", {})
        given |= changes
        given["answers"] = given["answers"] | more
        return ResponseDocument(**given)

    def sealed(self, count: int = 1, *, start: int = 0, **changes: Any) -> list[Envelope]:
        """Sealed responses of several workers."""
        return [seal(self.document(n, **changes), self.key, chance=CHANCE) for n in range(start, start + count)]

    def send(self, client: FlaskClient, envelopes: Sequence[Envelope], **headers: str) -> TestResponse:
        """Post one batch as a collector would."""
        return client.post("/api/v1/batches", data=body_of(envelopes), headers=self.headers(**headers))

    def headers(self, **headers: str) -> dict[str, str]:
        """What a collector sends with a batch."""
        usual = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        return usual | {name.replace("_", "-"): value for name, value in headers.items()}

    def collect(self, client: FlaskClient, envelopes: Sequence[Envelope]) -> None:
        """Bring envelopes in, in batches, and expect every one of them to be stored."""
        for start in range(0, len(envelopes), 100):
            answer = self.send(client, envelopes[start : start + 100])
            assert answer.status_code == 200, answer.json
            assert statuses(answer) == ["stored"] * len(envelopes[start : start + 100])

    def count(self, table: type[Any]) -> int:
        """How many rows a table has."""
        with self.app.app_context(), Session(db.engine) as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def rows(self, table: type[Any]) -> list[Any]:
        """All rows of a table, as the database hands them out without being asked for an order."""
        with self.app.app_context(), Session(db.engine) as session:
            return list(session.scalars(select(table)))

    def close_campaign(self) -> None:
        """Close the campaign."""
        with self.app.app_context(), transaction() as session:
            close_campaign(session, CAMPAIGN, services().today())

    def publish(self, document: dict[str, Any]) -> None:
        """Publish one more version of the survey."""
        with self.app.app_context(), transaction() as session:
            publish_survey(session, load_survey(document), services().today())


def statuses(answer: TestResponse) -> list[str]:
    """The statuses of the receipts, in their order."""
    return [receipt["status"] for receipt in answer.json["receipts"]]  # type: ignore[index]


def codes(answer: TestResponse) -> list[str]:
    """The codes of those receipts that carry a problem."""
    return [receipt["problem"]["code"] for receipt in answer.json["receipts"] if "problem" in receipt]  # type: ignore[index]


def body_of(envelopes: Sequence[Envelope]) -> bytes:
    """A batch as it crosses."""
    return orjson.dumps(
        {"batch": new_id(CHANCE), "envelopes": [envelope.document() for envelope in envelopes]},
    )


def shuffled_numbers(count: int, seed: int) -> list[int]:
    """Numbers in an order that only the seed tells."""
    numbers = list(range(count))
    random.Random(seed).shuffle(numbers)
    return numbers


def make_world(app: Flask, document: dict[str, Any] | None = None) -> World:
    """Plan and open a campaign at a garment factory and a mine; enrol a collector; make a link."""
    with app.app_context(), transaction() as session:
        at_hand = services()
        today = at_hand.today()
        units = [Unit(id="tinh", name="Liên đoàn tỉnh", parent=None, level="province")]
        sites = [
            Site(id="may-10", name="Nhà máy May 10", unit_id="tinh", women=820, men=180),
            Site(id="mo-than", name="Mỏ than", unit_id="tinh", women=200, men=800),
            Site(id="to-sua", name="Tổ sửa chữa", unit_id="tinh", women=2, men=8),
        ]
        survey, title = load_survey(document or survey_document()), {"vi": "Đợt 1", "en": "Wave 1"}
        campaign = campaign_at(session, survey, units, sites, id=CAMPAIGN, title=title, version=1)
        code = invite(session, at_hand.keyring, at_hand.chance, today=today, days=7)
        session.flush()
        _, token = enrol(session, at_hand.keyring, at_hand.chance, code=code, name="Máy 07", today=today)
        _, link = create_link(session, at_hand.keyring, at_hand.chance, CAMPAIGN, "to-sua")
        public = campaign.public_key
    return World(app, token, link, PublicKey.load(public))
