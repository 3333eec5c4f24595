"""The demonstration's invented workers at a real server, as a collector would bring them: sealed, in batches, then opened."""

import json
import random

import urllib3

from schemas.survey import load_survey
from schemas.wire import Batch
from server.demo.workers import Campaign, sealed_people
from sync.chance import SystemChance
from sync.identifiers import new_id
from sync.keys import PublicKey
from sync.over_http import HttpPeer, HttpTransport
from tests.support.field_server import SITES, FieldServer
from tests.support.waiting import LIMIT

CHANCE = SystemChance()


def people_answer(server: FieldServer, campaign: str, asked: dict[str, int], seed: int = 2026) -> int:
    """Ask so many people at each site, deliver what they answered and have it opened; how many answered."""
    token, known = _enrol(server, campaign)
    rng = random.Random(seed)
    envelopes = [
        envelope
        for site, count in asked.items()
        for envelope in sealed_people(known, site, SITES[site], count, server.today, rng)
        if envelope is not None
    ]
    peer = HttpPeer(server.address, f"Bearer {token}")
    transport = HttpTransport(peer)
    for start in range(0, len(envelopes), 100):
        receipt = transport.deliver(Batch(new_id(CHANCE), tuple(envelopes[start : start + 100])))
        assert {one.status for one in receipt.receipts} == {"stored"}
    peer.close()
    server.command.works("open-envelopes")
    return len(envelopes)


def _enrol(server: FieldServer, campaign: str) -> tuple[str, Campaign]:
    """Enrol as a collector does; its token, and what it may ask."""
    http = urllib3.PoolManager(retries=False, timeout=LIMIT)
    invited = json.dumps({"code": server.invitation(), "name": "Máy 07"})
    enrolled = http.request(
        "POST", f"{server.address}/api/v1/enrolments", body=invited, headers={"Content-Type": "application/json"}
    )
    token = enrolled.json()["token"]
    answer = http.request(
        "GET", f"{server.address}/api/v1/campaigns", headers={"Authorization": f"Bearer {token}"}
    ).json()
    found = next(one for one in answer["campaigns"] if one["id"] == campaign)
    sites = {site["name"]: site["id"] for site in found["sites"]}
    http.clear()
    return token, Campaign(found["id"], load_survey(found["survey"]), PublicKey.load(found["key"]["public"]), sites)
