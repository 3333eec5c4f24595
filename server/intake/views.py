"""The route for batches: sealed envelopes come in, a signed receipt goes out."""

import gzip

import orjson
from flask import Response, request
from flask.views import MethodView
from werkzeug.exceptions import RequestEntityTooLarge

from schemas.messages import Batch
from schemas.problems import BATCH_TOO_LARGE, Problem
from schemas.wire import BatchReceiptSchema, BatchSchema
from server.collectors.authentication import sender_from_request
from server.database import session
from server.intake.receiving import take_in
from server.services import services
from server.web import rate_limits
from server.web.api import SENDERS, Blueprint
from sync.receiving import read_batch

WORTH_PACKING = 512
PROBLEMS = (
    "batch.malformed",
    "batch.bad_encoding",
    "batch.too_large",
    "token.missing",
    "token.unknown",
    "token.revoked",
    "link.unknown",
    "link.revoked",
    "request.timeout",
    "request.unsupported_media",
    "rate.limited",
    "store.unavailable",
    "store.full",
)
BODY = {
    "required": True,
    "description": "At most 8 MiB once unpacked; `Content-Encoding: gzip` or none.",
    "content": {"application/json": {"schema": BatchSchema}},
}

blueprint = Blueprint("batches", __name__, url_prefix="/api/v1/batches", description="How sealed envelopes come in.")


@blueprint.route("")
class Batches(MethodView):
    """One call, for collectors and for workers' own phones alike."""

    decorators = [rate_limits.limiter.limit(rate_limits.batches_allowed)]  # noqa: RUF012 - as flask.views has it

    @blueprint.doc(requestBody=BODY, security=SENDERS)
    @blueprint.response(200, BatchReceiptSchema)
    @blueprint.problems(*PROBLEMS)
    def post(self) -> Response:
        """Bring 1 to 500 envelopes; each is answered `stored`, `duplicate` or `refused` with the reason.

        What is answered `stored` or `duplicate` is durable here and may be forgotten there. Sending again is always safe.
        The receipt is signed with the server's identity key over the canonical JSON of `batch` and `receipts`.
        """
        sender = sender_from_request()
        session().close()  # no connection is held while the body is read
        receipt = take_in(_arriving_batch(), sender, services())
        return _packed(orjson.dumps(receipt.document()))


def _packed(document: bytes) -> Response:
    """Answer in gzip whoever understands it: receipts of a hundred envelopes are half as long then."""
    answer = Response(document, mimetype="application/json")
    answer.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") and len(document) > WORTH_PACKING:
        answer.set_data(gzip.compress(document, 6, mtime=0))
        answer.content_encoding = "gzip"
    return answer


def _arriving_batch() -> Batch:
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise Problem(BATCH_TOO_LARGE) from None
    return read_batch(body, request.headers.get("Content-Encoding"))
