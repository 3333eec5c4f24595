"""The route by which an installation becomes a collector."""

import unicodedata

from flask.views import MethodView

from schemas.messages import EnrolmentAnswer, EnrolmentRequest, ServerFacts
from schemas.problems import ENROLMENT_UNKNOWN_CODE, REQUEST_MALFORMED, Problem
from schemas.wire import EnrolmentAnswerSchema, EnrolmentRequestSchema
from server.collectors.enrolment import enrol
from server.database import transaction
from server.services import services
from server.web import rate_limits
from server.web.api import Blueprint

blueprint = Blueprint(
    "enrolments", __name__, url_prefix="/api/v1/enrolments", description="How an installation becomes a collector."
)


@blueprint.route("")
class Enrolments(MethodView):
    """One call, once for each code."""

    @blueprint.arguments(EnrolmentRequestSchema)
    @blueprint.response(201, EnrolmentAnswerSchema)
    @blueprint.problems(ENROLMENT_UNKNOWN_CODE, "enrolment.used", "enrolment.expired", "rate.limited")
    def post(self, asked: EnrolmentRequest) -> EnrolmentAnswer:
        """Turn a one-time code into a collector and its token.

        The token is shown this once; the server keeps only a digest of it.
        """
        at_hand = services()
        try:
            with transaction() as session:
                collector, token = enrol(
                    session,
                    at_hand.keyring,
                    at_hand.chance,
                    code=asked.code,
                    name=_presentable(asked.name),
                    today=at_hand.today(),
                )
        except Problem as problem:
            if problem.kind is ENROLMENT_UNKNOWN_CODE:  # only now: nobody shall keep others from enrolling by guessing
                rate_limits.refuse_while_guessed("invitation")
                rate_limits.slow_down_guessing("invitation")
            raise
        return EnrolmentAnswer(collector, token, ServerFacts(at_hand.settings.name, at_hand.keyring.public_identity))


def _presentable(name: str) -> str:
    """Bring a name into the one spelling of Vietnamese letters, without anything that a screen cannot show."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if not tidy or any(unicodedata.category(letter) in {"Cc", "Cs", "Cf", "Co", "Cn"} for letter in tidy):
        raise Problem(REQUEST_MALFORMED)
    return tidy
