"""What a hop tells about itself and its campaigns, and what field staff count."""

import gzip
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

import orjson
from flask import Response, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from schemas.findings import SurveyInvalid
from schemas.problems import LINK_UNKNOWN, TALLY_MALFORMED, Problem
from schemas.wire import CampaignListSchema, HopDocument, HopSchema, LinkDocumentSchema, Tally, TallySchema
from server.collectors.authentication import collector_from_request, find_link
from server.database import session, transaction
from server.fieldwork.campaigns import campaign_document, campaign_documents
from server.fieldwork.links import why_not
from server.fieldwork.tables import Campaign, Site
from server.fieldwork.tallies import put_tally
from server.fieldwork.worker_document import document_for_workers
from server.services import services
from server.surveys.publishing import UnknownSurvey
from server.web.api import COLLECTORS, Blueprint
from server.web.rate_limits import calls_allowed, limiter

blueprint = Blueprint(
    "fieldwork", __name__, url_prefix="/api/v1", description="What may be asked, where, and how many said yes."
)


@blueprint.route("/hop")
class Hop(MethodView):
    """Who serves this page."""

    @blueprint.response(200, HopSchema)
    def get(self) -> HopDocument:
        """Say which hop this is, and its name."""
        return HopDocument("server", services().settings.name)


@blueprint.route("/campaigns")
class Campaigns(MethodView):
    """What collectors may ask."""

    @blueprint.doc(security=COLLECTORS)
    @blueprint.response(200, CampaignListSchema, headers={"ETag": {"schema": {"type": "string"}}})
    @blueprint.alt_response(304, description="Nothing has changed since the tag in If-None-Match.")
    @blueprint.problems("token.missing", "token.unknown", "token.revoked", "rate.limited", "store.unavailable")
    @limiter.limit(calls_allowed)
    def get(self) -> ResponseReturnValue:
        """List the open campaigns with their survey documents, public keys, sites and periods.

        A campaign is told some days before it begins, and no longer once its last day is past.
        """
        collector_from_request()
        return _tagged({"campaigns": campaign_documents(session(), services().today())})


@blueprint.route("/links/<string:code>")
class Links(MethodView):
    """One campaign and one site for a worker's own phone."""

    @blueprint.response(200, LinkDocumentSchema, headers={"ETag": {"schema": {"type": "string"}}})
    @blueprint.alt_response(304, description="Nothing has changed since the tag in If-None-Match.")
    @blueprint.problems(
        "link.unknown",
        "link.revoked",
        "campaign.not_begun",
        "campaign.over",
        "quota.site_full",
        "rate.limited",
        "store.unavailable",
    )
    @limiter.limit(calls_allowed)
    def get(self, code: str) -> ResponseReturnValue:
        """Show the campaign behind a link's code while people may answer it there, else say why they may not."""
        database = session()
        link = find_link(database, code)
        campaign = database.get_one(Campaign, link.campaign_id)
        reason = why_not(link, campaign, services().today())
        if reason is not None:
            raise reason
        try:
            document = campaign_document(database, campaign, [database.get_one(Site, link.site_id)])
        except (SurveyInvalid, UnknownSurvey):
            raise Problem(LINK_UNKNOWN) from None
        return _tagged({"campaign": document | {"survey": document_for_workers(document["survey"])}})


@blueprint.route("/tallies/<string:campaign>/<string:site>/<string:day>")
class Tallies(MethodView):
    """Counts for one campaign, site and day."""

    @blueprint.doc(security=COLLECTORS)
    @blueprint.arguments(TallySchema)
    @blueprint.response(204)
    @blueprint.problems(
        TALLY_MALFORMED,
        "campaign.unknown",
        "site.unknown",
        "token.missing",
        "token.unknown",
        "token.revoked",
        "rate.limited",
    )
    @limiter.limit(calls_allowed)
    def put(self, tally: Tally, campaign: str, site: str, day: str) -> None:
        """Write down the counts; the same again, or less, changes nothing.

        A day outside of the campaign's period counts for the nearest day in it.
        """
        collector = collector_from_request()
        with transaction() as writing:
            put_tally(writing, (collector.id, campaign, site, _day(day)), tally.collected, tally.refused)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Problem(TALLY_MALFORMED) from None
    if day.isoformat() != text:
        raise Problem(TALLY_MALFORMED)
    return day


def _tagged(document: dict[str, Any]) -> Response:
    """Answer with a strong tag over the very bytes, packed for whoever takes that, and with 304 to whoever has them."""
    packs = request.accept_encodings.quality("gzip") > 0
    body = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    tag = sha256(body).hexdigest()[:32]
    response = Response(_packed(body) if packs else body, mimetype="application/json")
    response.set_etag(f"{tag}-gzip" if packs else tag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.make_conditional(request)
    return response


@lru_cache(maxsize=32)
def _packed(body: bytes) -> bytes:
    """Pack a document once, however many collectors ask for it."""
    return gzip.compress(body, 9, mtime=0)
