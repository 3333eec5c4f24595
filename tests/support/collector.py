"""Words for tests of the collector: one in a folder of its own, its page, and the campaigns that it knows, with real keys."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from client.app import create_app
from client.services import EXTENSION, Services
from client.settings import Settings
from schemas.wire import SUITE, CampaignListSchema, Envelope
from sync.calls import FetchedCampaigns
from sync.identifiers import new_id
from sync.keys import SealingPair, new_sealing_pair
from tests.support.envelopes import SeededChance, TestClock, envelope

LOCAL = "http://127.0.0.1:8747"
PAIR = new_sealing_pair()
CAMPAIGN = "ge-2026"
SITE = "may-10"


def settings(home: Path, **changes: Any) -> Settings:
    """The settings of a collector in this folder."""
    return Settings(home=home, **{"disk_floor": 0, **changes})


def campaign(pair: SealingPair = PAIR, **changes: Any) -> dict[str, Any]:
    """A campaign as the server hands it out, with a survey of one question."""
    question = {
        "type": "select_one",
        "name": "q_lead",
        "list": "agree2",
        "label": {"vi": "Phụ nữ lãnh đạo tốt như nam giới."},
    }
    return {
        "id": CAMPAIGN,
        "title": {"vi": "Bình đẳng giới 2026", "en": "Gender equality 2026"},
        "from": "2026-11-16",
        "to": "2026-12-15",
        "day": "day",
        "key": {"id": pair.id, "suite": SUITE, "public": pair.public},
        "sites": [{"id": SITE, "name": "May 10"}, {"id": "mo-than", "name": "Mỏ than"}],
        "survey": {"id": "ge_awareness", "version": 1, "sections": [{"name": "s", "questions": [question]}]},
        **changes,
    }


def sealed(number: object, **options: Any) -> Envelope:
    """An envelope for the campaign that the collector knows."""
    return envelope(number, **{"campaign": CAMPAIGN, "key": PAIR.id, **options})


def batch(*envelopes: Envelope, seed: object = 0) -> dict[str, Any]:
    """A batch as a page sends it."""
    return {"batch": new_id(SeededChance(("batch", seed))), "envelopes": [each.document() for each in envelopes]}


class Collector:
    """A collector in one process: its app, its parts, and a page that is enrolled with it."""

    def __init__(self, home: Path, **changes: Any) -> None:
        self.clock = TestClock()
        self.app: Flask = create_app(settings(home, **changes), clock=self.clock)
        self.parts: Services = self.app.extensions[EXTENSION]
        self.web: FlaskClient = self.app.test_client()

    def shelve(self, *those: dict[str, Any]) -> None:
        """Let the collector know campaigns, as if the server had sent them."""
        document = {"campaigns": list(those or (campaign(),))}
        self.parts.campaigns.replace_all(FetchedCampaigns(CampaignListSchema().load(document), document, '"etag"'))

    def enrol_page(self) -> dict[str, str]:
        """A page lets itself in; the header that it sends from now on."""
        code = self.get("/api/v1/hop").json["code"]
        answer = self.post("/api/v1/enrolments", json={"code": code, "name": "trang"})
        assert answer.status_code == 201, answer.data
        return {"Authorization": f"Bearer {answer.json['token']}"}

    def get(self, path: str, **options: Any) -> Any:
        return self.web.get(path, base_url=LOCAL, **options)

    def post(self, path: str, **options: Any) -> Any:
        return self.web.post(path, base_url=LOCAL, **options)

    def put(self, path: str, **options: Any) -> Any:
        return self.web.put(path, base_url=LOCAL, **options)

    def close(self) -> None:
        self.parts.database.engine.dispose()
