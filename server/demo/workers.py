"""Workers who answer through the collector's own HTTP address, as its page does: enrol, seal, post, count.

Nothing here is a short cut: every answer is sealed with the campaign's public key before it is posted, in batches as a page makes
them, and refusals are told as tallies. The one thing that is not real is the people.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import orjson
import urllib3

from schemas.response import AnswerValue, ResponseDocument
from schemas.survey import Survey, load_survey
from schemas.wire import Envelope, EnvelopeSchema
from server.demo.population import SiteProfile, population
from server.demo.processes import DemoFailed
from sync.chance import SystemChance
from sync.identifiers import new_id
from sync.keys import PublicKey
from sync.sealing import seal

JSON = {"Content-Type": "application/json"}
ENVELOPE = EnvelopeSchema()


@dataclass(frozen=True)
class Campaign:
    """What a page knows of a campaign: the survey, the key, and the sites by name."""

    id: str
    survey: Survey
    key: PublicKey
    sites: dict[str, str]


class CollectorPage:
    """A page's way into the collector: the same calls, in the same order."""

    def __init__(self, base: str, name: str) -> None:
        """Enrol as a page of this collector does: with the one-time code that it hands out on the same machine."""
        self._base = base
        self._http = urllib3.PoolManager(retries=False, timeout=30)
        self._chance = SystemChance()
        self._headers = dict(JSON)
        code = self._call("GET", "/api/v1/hop")["code"]
        token = self._call("POST", "/api/v1/enrolments", {"code": code, "name": name})["token"]
        self._headers["Authorization"] = f"Bearer {token}"

    def deliver(self, envelopes: Sequence[Envelope]) -> list[str]:
        """Post one batch; the status of each envelope."""
        batch = {"batch": new_id(self._chance), "envelopes": [ENVELOPE.dump(envelope) for envelope in envelopes]}
        answer = self._call("POST", "/api/v1/batches", batch)
        return [receipt["status"] for receipt in answer["receipts"]]

    def report_tally(self, campaign: str, site: str, day: date, collected: int, refused: int) -> None:
        """Report how many answered and how many refused at a site that day."""
        path = f"/api/v1/tallies/{campaign}/{site}/{day.isoformat()}"
        self._call("PUT", path, {"collected": collected, "refused": refused})

    def campaigns(self) -> list[Campaign]:
        """What this collector may ask."""
        return [
            Campaign(
                id=found["id"],
                survey=load_survey(found["survey"]),
                key=PublicKey.load(found["key"]["public"]),
                sites={site["name"]: site["id"] for site in found["sites"]},
            )
            for found in self._call("GET", "/api/v1/campaigns")["campaigns"]
        ]

    def _call(self, method: str, path: str, document: Any = None) -> Any:
        body = None if document is None else orjson.dumps(document)
        answer = self._http.request(method, self._base + path, body=body, headers=self._headers)
        if answer.status not in (200, 201, 204):
            raise DemoFailed(f"The collector answered {answer.status} to {method} {path.split('/')[3]}.")
        return orjson.loads(answer.data) if answer.data else None


def sealed_people(
    campaign: Campaign, site: str, profile: SiteProfile, people: int, day: date, rng: random.Random
) -> Iterator[Envelope | None]:
    """One envelope for each worker who answered, None for each who refused."""
    chance = SystemChance()
    for worker in population(campaign.survey, profile, people, rng):
        if worker.answers is None:
            yield None
            continue
        document = ResponseDocument(
            campaign=campaign.id,
            survey=campaign.survey.id,
            version=campaign.survey.version,
            site=site,
            day=day,
            mode="tablet",
            language="vi",
            answers=cast("dict[str, AnswerValue]", dict(worker.answers)),
        )
        yield seal(document, campaign.key, chance=chance)
