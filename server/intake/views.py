"""The door for batches: sealed envelopes come in, a signed receipt goes out."""

import gzip

import orjson
from flask import Response, current_app, request
from flask.blueprints import BlueprintSetupState
from flask.views import MethodView

from schemas.messages import Batch
from schemas.wire import BatchReceiptSchema, BatchSchema
from server import limits
from server.api import SENDERS, Blueprint
from server.collectors.authentication import sender_from_request
from server.database import session
from server.intake.bodies import Turnstile, read_body
from server.intake.receiving import take_in
from server.services import NAME, services
from sync.receiving import read_batch

TURNSTILE = "langnghe_turnstile"
WORTH_PACKING = 512
PROBLEMS = (
    "batch.malformed",
    "batch.bad_encoding",
    "batch.too_large",
    "token.missing",
    "token.unknown",
    "token.revoked",
    "link.unknown",
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


def _set_up_turnstile(state: BlueprintSetupState) -> None:
    """Keep one thread of every process free of slow senders."""
    threads = state.app.extensions[NAME].settings.threads
    state.app.extensions[TURNSTILE] = Turnstile(max(1, threads - 1))


blueprint.record_once(_set_up_turnstile)


@blueprint.route("")
class Batches(MethodView):
    """One call, for collectors and for workers' own phones alike."""

    decorators = [limits.limiter.limit(limits.batches_allowed)]  # noqa: RUF012 - as flask.views has it

    @blueprint.doc(requestBody=BODY, security=SENDERS)
    @blueprint.response(200, BatchReceiptSchema)
    @blueprint.problems(*PROBLEMS)
    def post(self) -> Response:
        """Bring 1 to 500 envelopes; each is answered `stored`, `duplicate` or `refused` with the reason.

        What is answered `stored` or `duplicate` is durable here and may be forgotten there. Sending again is always safe.
        The receipt is signed with the server's identity key over the canonical JSON of `batch` and `receipts`.
        """
        sender = sender_from_request()
        session().close()  # no connection is held while a slow body arrives
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
    with current_app.extensions[TURNSTILE]:
        body = read_body(request, services().settings.request_seconds)
    return read_batch(body, request.headers.get("Content-Encoding"))
