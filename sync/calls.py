"""What a collector asks of the hop before it, beside delivering batches: to be enrolled, what it may ask, to note a tally."""

from dataclasses import dataclass
from typing import Any, cast

from marshmallow import Schema, ValidationError

from schemas.wire import (
    CampaignList,
    CampaignListSchema,
    EnrolmentAnswer,
    EnrolmentAnswerSchema,
    HopDocument,
    HopSchema,
    Tally,
)
from sync.over_http import Answer, HttpPeer
from sync.sending import Failure, TransportFailure


@dataclass(frozen=True, slots=True)
class FetchedCampaigns:
    """The campaigns, the raw document to keep for days without a network, and the tag to ask with next time."""

    campaigns: CampaignList
    document: dict[str, Any]
    etag: str | None


def enrol(peer: HttpPeer, code: str, name: str) -> EnrolmentAnswer:
    """Introduce this collector; raises TransportFailure, with the peer's problem code where the code was turned down."""
    answer = peer.ask("POST", "/api/v1/enrolments", {"code": code, "name": name}, most=64 * 1024)
    return _read(answer, EnrolmentAnswerSchema(), 201)  # type: ignore[no-any-return]


def fetch_campaigns(peer: HttpPeer, etag: str | None = None) -> FetchedCampaigns | None:
    """What this collector may ask, or None where nothing changed since the tag."""
    answer = peer.ask("GET", "/api/v1/campaigns", headers={} if etag is None else {"If-None-Match": etag})
    if answer.status == 304 and etag is not None:
        return None
    campaigns, document = _read(answer, CampaignListSchema(), 200), answer.document()
    return FetchedCampaigns(campaigns, cast("dict[str, Any]", document), answer.headers.get("etag"))


def put_tally(peer: HttpPeer, campaign: str, site: str, day: str, tally: Tally) -> None:
    """Note what was counted in the field; the same again changes nothing."""
    document = {"collected": tally.collected, "refused": tally.refused}
    answer = peer.ask("PUT", f"/api/v1/tallies/{campaign}/{site}/{day}", document, most=64 * 1024)
    if answer.status not in {200, 201, 204}:
        raise answer.failure()


def fetch_hop(peer: HttpPeer) -> HopDocument:
    """Who is at this address."""
    return _read(peer.ask("GET", "/api/v1/hop", most=64 * 1024), HopSchema(), 200)  # type: ignore[no-any-return]


def _read(answer: Answer, schema: Schema, status: int) -> Any:
    if answer.status != status:
        raise answer.failure()
    try:
        return schema.load(answer.document())  # type: ignore[arg-type]
    except (ValidationError, TypeError):
        raise TransportFailure(Failure.FOREIGN, status=answer.status) from None
