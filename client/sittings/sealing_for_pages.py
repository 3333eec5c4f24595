"""Seals a response for a page that has no WebCrypto: the readable document lives in this function's memory and nowhere else."""

from client.services import Services
from client.storage.campaign_cache import KnownCampaign
from schemas.messages import ID, Receipt
from schemas.problems import (
    CAMPAIGN_UNKNOWN,
    REQUEST_MALFORMED,
    RESPONSE_MALFORMED,
    RESPONSE_TOO_LARGE,
    SITE_UNKNOWN,
    Problem,
)
from schemas.response import ResponseDocument, ResponseInvalid
from sync.framing import FramingError
from sync.keys import PublicKey
from sync.receiving import Verdict
from sync.sealing import seal_bytes


def take_response(parts: Services, body: bytes, envelope_id: str | None) -> Receipt:
    """Seal the response under the id that the page chose, and store it; the page may send again under the same id.

    Sealed twice, the same response looks different each time, so an id that is known already is a duplicate whatever came; and
    the receipt carries no digest, which the page could not check: it never saw the envelope.
    """
    if envelope_id is None or not ID.match(envelope_id):
        raise Problem(REQUEST_MALFORMED, reason="envelope-id")
    document = _read(body)
    campaign = _campaign_of(parts, document)
    key = PublicKey.load(campaign.keys[campaign.key])
    try:
        envelope = seal_bytes(document.to_json(), document.campaign, key, envelope_id=envelope_id, least=campaign.frame)
    except FramingError:
        raise Problem(RESPONSE_TOO_LARGE) from None
    verdict = parts.inbox.store_first(envelope)
    return Receipt(envelope_id, "stored" if verdict is Verdict.STORED else "duplicate")


def _read(body: bytes) -> ResponseDocument:
    try:
        return ResponseDocument.from_json(body)
    except ResponseInvalid:
        raise Problem(RESPONSE_MALFORMED) from None


def _campaign_of(parts: Services, document: ResponseDocument) -> KnownCampaign:
    campaign = parts.campaigns.current.known.get(document.campaign)
    if campaign is None:
        raise Problem(CAMPAIGN_UNKNOWN)
    if document.site not in campaign.sites:
        raise Problem(SITE_UNKNOWN)
    return campaign
