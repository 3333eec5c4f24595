"""What a page asks of the collector, by the same calls as of the server: campaigns, batches, responses, tallies."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from client.services import Services, services
from client.sittings.bodies import body_as_sent, loaded, whole_body
from client.sittings.sealing_for_pages import take_response
from client.storage.free_space import require_room
from client.storage.tallying import TallyKey
from schemas.messages import MAX_BATCH_BYTES
from schemas.problems import (
    BATCH_TOO_LARGE,
    CAMPAIGN_UNKNOWN,
    RESPONSE_MALFORMED,
    RESPONSE_TOO_LARGE,
    SITE_UNKNOWN,
    TALLY_MALFORMED,
    Problem,
)
from schemas.wire import TallySchema
from sync.framing import MAX_PLAIN
from sync.receiving import read_batch, receive_batch

blueprint = Blueprint("sittings", __name__, url_prefix="/api/v1")


@blueprint.get("/campaigns")
def campaigns() -> BaseResponse:
    """What may be asked today, as the server gave it last; works without a network."""
    parts = services()
    _page_of(parts)
    cached = parts.campaigns.current
    response = Response(cached.body, mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(cached.etag)
    return response.make_conditional(request)


@blueprint.post("/batches")
def batches() -> dict[str, Any]:
    """Take a batch; whatever is answered `stored` or `duplicate` is on the disk by then."""
    parts = services()
    _page_of(parts)
    require_room(parts.settings)
    batch = read_batch(body_as_sent(MAX_BATCH_BYTES, BATCH_TOO_LARGE), request.headers.get("Content-Encoding"))
    return receive_batch(batch, parts.inbox, parts.admission, parts.secrets.sign).document()


@blueprint.post("/responses")
def responses() -> tuple[dict[str, Any], int]:
    """Seal a response for a page that cannot, in memory, before anything is written."""
    parts = services()
    _page_of(parts)
    require_room(parts.settings)
    body = whole_body(MAX_PLAIN, RESPONSE_MALFORMED, RESPONSE_TOO_LARGE)
    receipt = take_response(parts, body, request.headers.get("Envelope-Id"))
    return receipt.document(), 201 if receipt.status == "stored" else 200


@blueprint.put("/tallies/<campaign>/<site>/<day>")
def tallies(campaign: str, site: str, day: str) -> Response:
    """What a page counted at a site on a day; the last word of each page holds."""
    parts = services()
    page = _page_of(parts)
    known = parts.campaigns.current.known.get(campaign)
    if known is None:
        raise Problem(CAMPAIGN_UNKNOWN)
    if site not in known.sites:
        raise Problem(SITE_UNKNOWN)
    parts.tallies.put(page, TallyKey(campaign, site, _calendar_day(day)), loaded(TallySchema(), TALLY_MALFORMED))
    return Response(status=204)


def _page_of(parts: Services) -> str:
    return parts.page_tokens.page_behind(request.headers.get("Authorization"))


def _calendar_day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Problem(TALLY_MALFORMED) from None
    if day.isoformat() != text:
        raise Problem(TALLY_MALFORMED)
    return text
