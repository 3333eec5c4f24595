"""Editions for analysts' programs: the figures of the pages, as one document for each edition.

It lies below the console's address, where a browser sends the cookie of whoever signed in there; it asks for the same permission.
"""

from hashlib import sha256
from typing import Any

import orjson
from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView
from marshmallow import Schema, fields

from server.analysis.edition import store
from server.analysis.edition.release import DOCUMENT
from server.console import addresses
from server.console.campaign_results import results_of
from server.database import session
from server.web.api import SIGNED_IN, Blueprint

blueprint = Blueprint(
    "editions",
    __name__,
    url_prefix=f"{addresses.HOME}/api/v1/campaigns/<string:campaign>/editions",
    description="Results for analysts' programs: what the console's pages show.",
)
PROBLEMS = ("session.missing", "session.not_allowed", "request.not_found", "store.unavailable")


class EditionFactsSchema(Schema):
    """An edition: its number, how many people it counts, and whether it holds breakdowns."""

    number = fields.Integer(required=True)
    people = fields.Integer(required=True)
    breakdowns = fields.Boolean(required=True)


class EditionListSchema(Schema):
    """The editions of a campaign, oldest first."""

    campaign = fields.String(required=True)
    editions = fields.List(fields.Nested(EditionFactsSchema), required=True)


class EditionSchema(EditionFactsSchema):
    """An edition with all its tables, in the order of the pages."""

    campaign = fields.String(required=True)
    releases = fields.List(fields.Dict(), required=True, metadata={"description": DOCUMENT})


@blueprint.route("")
class Editions(MethodView):
    """What editions there are."""

    @blueprint.doc(security=SIGNED_IN)
    @blueprint.response(200, EditionListSchema)
    @blueprint.problems(*PROBLEMS)
    def get(self, campaign: str) -> ResponseReturnValue:
        """List the editions of a campaign, oldest first."""
        found = results_of(campaign)
        facts = [_facts(one) for one in store.editions(session(), found.id)]
        return _tagged({"campaign": found.id, "editions": facts})


@blueprint.route("/<int:number>")
class OneEdition(MethodView):
    """All tables of one edition."""

    @blueprint.doc(security=SIGNED_IN)
    @blueprint.response(200, EditionSchema, headers={"ETag": {"schema": {"type": "string"}}})
    @blueprint.alt_response(304, description="It is the same as under the tag in If-None-Match.")
    @blueprint.problems(*PROBLEMS)
    def get(self, campaign: str, number: int) -> ResponseReturnValue:
        """Give an edition with all its tables; once made, it never changes."""
        found = results_of(campaign)
        edition = next((one for one in store.editions(session(), found.id) if one.number == number), None)
        if edition is None:
            abort(404)
        releases = store.documents(session(), found.id, number)
        return _tagged({"campaign": found.id, **_facts(edition), "releases": releases})


def _facts(edition: store.Edition) -> dict[str, Any]:
    return {"number": edition.number, "people": edition.people, "breakdowns": edition.breakdowns}


def _tagged(document: dict[str, Any]) -> Response:
    """Answer with a strong tag over the very bytes, and with 304 to whoever has them."""
    body = orjson.dumps(document)
    response = Response(body, mimetype="application/json")
    response.set_etag(sha256(body).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response
