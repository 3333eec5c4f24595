"""What a collector asks of the hop before it, beside delivering batches: to be enrolled, what it may ask, to note a tally."""

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError

from schemas.wire import (
    CampaignDocument,
    CampaignDocumentSchema,
    CampaignList,
    EnrolmentAnswer,
    EnrolmentAnswerSchema,
    HopDocument,
    HopSchema,
    Tally,
)
from sync.keys import KeyBroken, PublicKey
from sync.over_http import Answer, HttpPeer
from sync.sending import Failure, TransportFailure


@dataclass(frozen=True, slots=True)
class FetchedCampaigns:
    """The campaigns, the raw document to keep for days without a network, and the tag to ask with next time.

    `unreadable` campaigns are in neither: this version does not understand them.
    """

    campaigns: CampaignList
    document: dict[str, Any]
    etag: str | None
    unreadable: int = 0


def enrol(peer: HttpPeer, code: str, name: str) -> EnrolmentAnswer:
    """Introduce this collector; raises TransportFailure, with the peer's problem code where the code was turned down."""
    answer = peer.ask("POST", "/api/v1/enrolments", {"code": code, "name": name}, most=64 * 1024)
    return _read(answer, EnrolmentAnswerSchema(), 201)  # type: ignore[no-any-return]


def fetch_campaigns(peer: HttpPeer, etag: str | None = None) -> FetchedCampaigns | None:
    """What this collector may ask, or None where nothing changed since the tag."""
    answer = peer.ask("GET", "/api/v1/campaigns", headers={} if etag is None else {"If-None-Match": etag})
    if answer.status == 304 and etag is not None:
        return None
    if answer.status != 200:
        raise answer.failure()
    document = answer.document()
    listed = document.get("campaigns") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise TransportFailure(Failure.FOREIGN, status=answer.status)
    readable = [(campaign, item) for item in listed if (campaign := _campaign(item)) is not None]
    return FetchedCampaigns(
        CampaignList(tuple(campaign for campaign, _ in readable)),
        {"campaigns": [item for _, item in readable]},
        answer.headers.get("etag"),
        len(listed) - len(readable),
    )


def put_tally(peer: HttpPeer, campaign: str, site: str, day: str, tally: Tally) -> None:
    """Note what was counted in the field; the same again changes nothing."""
    document = {"collected": tally.collected, "refused": tally.refused}
    answer = peer.ask("PUT", f"/api/v1/tallies/{campaign}/{site}/{day}", document, most=64 * 1024)
    if answer.status not in {200, 201, 204}:
        raise answer.failure()


def fetch_hop(peer: HttpPeer) -> HopDocument:
    """Who is at this address."""
    return _read(peer.ask("GET", "/api/v1/hop", most=64 * 1024), HopSchema(), 200)  # type: ignore[no-any-return]


def _campaign(item: object) -> CampaignDocument | None:
    """One campaign, if it can be read and its key is what it says: no other one is held up by one that cannot."""
    try:
        campaign: CampaignDocument = CampaignDocumentSchema().load(item)  # type: ignore[arg-type]
        is_sound = PublicKey.load(campaign.key.public).id == campaign.key.id
    except (ValidationError, TypeError, KeyBroken):
        return None
    return campaign if is_sound else None


def _read(answer: Answer, schema: Schema, status: int) -> Any:
    if answer.status != status:
        raise answer.failure()
    try:
        return schema.load(answer.document())  # type: ignore[arg-type]
    except (ValidationError, TypeError):
        raise TransportFailure(Failure.FOREIGN, status=answer.status) from None
