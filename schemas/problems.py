"""The catalogue of problems: what can go wrong between two hops, and what its receiver should do next.

The code is the protocol; the English sentence is for people who read the wire. Pages and consoles carry their own words by code.
A problem never carries an answer, a token or a key.
"""

from dataclasses import dataclass
from enum import Enum

KINDS: dict[str, "Kind"] = {}
RESERVED = frozenset({"type", "title", "status", "detail", "instance", "code", "retry"})


class Retry(Enum):
    """Whether sending the same again can help."""

    NEVER = "never"
    LATER = "later"
    AFTER_FIX = "after_fix"


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can go wrong, with its HTTP status and one sentence that says what to do next."""

    code: str
    status: int
    retry: Retry
    title: str


class Problem(Exception):
    """A failure its receiver can act on; the facts beside the code are names and numbers, never content."""

    def __init__(self, kind: Kind, **facts: str | int) -> None:
        if RESERVED & facts.keys():
            raise ValueError(f"a fact may not be named {', '.join(sorted(RESERVED & facts.keys()))}")
        super().__init__(kind.code)
        self.kind, self.facts = kind, facts

    def document(self) -> dict[str, str | int]:
        """The problem document of RFC 9457."""
        return {
            "type": f"urn:problem:langnghe:{self.kind.code}",
            "title": self.kind.title,
            "status": self.kind.status,
            "code": self.kind.code,
            "retry": self.kind.retry.value,
            **self.facts,
        }


def _kind(code: str, status: int, retry: Retry, title: str) -> Kind:
    kind = KINDS[code] = Kind(code, status, retry, title)
    return kind


ENVELOPE_MALFORMED = _kind(
    "envelope.malformed",
    400,
    Retry.NEVER,
    "This is not an envelope that anybody here can carry: keep it, export it and report it to the makers of the sender.",
)
ENVELOPE_UNKNOWN_CAMPAIGN = _kind(
    "envelope.unknown_campaign",
    404,
    Retry.AFTER_FIX,
    "This server has no such campaign: check that the collector is enrolled with the server that published it, then retry.",
)
ENVELOPE_UNKNOWN_KEY = _kind(
    "envelope.unknown_key",
    409,
    Retry.AFTER_FIX,
    "The envelope is sealed with a key that its campaign never had: keep it and ask the server's administrator.",
)
ENVELOPE_CONFLICT = _kind(
    "envelope.conflict",
    409,
    Retry.NEVER,
    "Too many different envelopes came under this id: keep this one and report it.",
)
BATCH_MALFORMED = _kind(
    "batch.malformed",
    400,
    Retry.NEVER,
    "The body is not a batch: send one JSON object with an id and 1 to 500 envelopes.",
)
BATCH_TOO_LARGE = _kind(
    "batch.too_large", 413, Retry.AFTER_FIX, "The batch is too large: halve it and send both halves."
)
BATCH_BAD_ENCODING = _kind(
    "batch.bad_encoding",
    400,
    Retry.AFTER_FIX,
    "The body did not unpack to a whole batch: send it again, plain or as one gzip member.",
)
TOKEN_MISSING = _kind(
    "token.missing", 401, Retry.AFTER_FIX, "No token came with this request: enrol this collector, then send again."
)
TOKEN_UNKNOWN = _kind(
    "token.unknown",
    401,
    Retry.AFTER_FIX,
    "This token is not known here: enrol this collector again; what it holds is kept.",
)
TOKEN_REVOKED = _kind(
    "token.revoked",
    403,
    Retry.AFTER_FIX,
    "This collector was revoked: ask for a new code and enrol again; what it holds is kept.",
)
SESSION_MISSING = _kind(
    "session.missing",
    401,
    Retry.AFTER_FIX,
    "Nobody is signed in: sign in to the console, and send its cookie with the request.",
)
SESSION_NOT_ALLOWED = _kind(
    "session.not_allowed",
    403,
    Retry.AFTER_FIX,
    "This account may not do that: ask an administrator for a role that may.",
)
ENROLMENT_UNKNOWN_CODE = _kind(
    "enrolment.unknown_code",
    404,
    Retry.AFTER_FIX,
    "This code is not known: check it letter by letter or ask for a new one.",
)
ENROLMENT_USED = _kind("enrolment.used", 409, Retry.AFTER_FIX, "This code was used already: ask for a new one.")
ENROLMENT_EXPIRED = _kind("enrolment.expired", 410, Retry.AFTER_FIX, "This code has expired: ask for a new one.")
LINK_UNKNOWN = _kind(
    "link.unknown",
    404,
    Retry.AFTER_FIX,
    "This link is not known: check it letter by letter, or ask the union officer for the current one.",
)
LINK_REVOKED = _kind(
    "link.revoked",
    410,
    Retry.AFTER_FIX,
    "This link was withdrawn: ask the union officer for the current one; what waits on the device is kept.",
)
QUOTA_SITE_FULL = _kind(
    "quota.site_full",
    409,
    Retry.AFTER_FIX,
    "More envelopes came for this site than people work there: ask the server's administrator to raise the quota, then retry.",
)
CAMPAIGN_UNKNOWN = _kind(
    "campaign.unknown", 404, Retry.AFTER_FIX, "There is no such campaign here: fetch the list of campaigns again."
)
CAMPAIGN_NOT_BEGUN = _kind(
    "campaign.not_begun", 409, Retry.AFTER_FIX, "This campaign has not begun: come back on its first day."
)
CAMPAIGN_OVER = _kind(
    "campaign.over",
    410,
    Retry.AFTER_FIX,
    "This campaign is over: nothing can be answered any more; what waits may still be sent.",
)
SITE_UNKNOWN = _kind(
    "site.unknown", 404, Retry.AFTER_FIX, "This campaign has no such site: fetch the list of campaigns again."
)
STORE_UNAVAILABLE = _kind(
    "store.unavailable", 503, Retry.LATER, "The store cannot be written just now: keep everything and send again later."
)
STORE_FULL = _kind(
    "store.full", 507, Retry.LATER, "The disk is nearly full: keep everything; the administrator has to make room."
)
REQUEST_TIMEOUT = _kind(
    "request.timeout", 408, Retry.LATER, "The body did not arrive in time: send it again, in a smaller batch."
)
REQUEST_MALFORMED = _kind(
    "request.malformed", 400, Retry.NEVER, "The request is not what this address takes: see the API's documentation."
)
REQUEST_TOO_LARGE = _kind("request.too_large", 413, Retry.AFTER_FIX, "The request is too large: send less at once.")
REQUEST_NOT_FOUND = _kind(
    "request.not_found", 404, Retry.NEVER, "There is nothing at this address: see the API's documentation."
)
REQUEST_METHOD = _kind(
    "request.method", 405, Retry.NEVER, "This address does not take that method: see the API's documentation."
)
REQUEST_UNSUPPORTED_MEDIA = _kind(
    "request.unsupported_media",
    415,
    Retry.AFTER_FIX,
    "The body is of a kind that this address does not read: send JSON in UTF-8, plain or compressed with gzip.",
)
RATE_LIMITED = _kind(
    "rate.limited", 429, Retry.LATER, "Too much at once: wait as long as Retry-After says, then go on."
)
SERVER_FAILED = _kind(
    "server.failed", 500, Retry.LATER, "Something broke on this side: keep everything and send again later."
)
SURVEY_INVALID = _kind(
    "survey.invalid", 422, Retry.AFTER_FIX, "The survey has errors: mend each finding and publish again."
)
RESPONSE_MALFORMED = _kind(
    "response.malformed", 400, Retry.NEVER, "This is not a response document: see the protocol's section on sealing."
)
RESPONSE_TOO_LARGE = _kind(
    "response.too_large",
    413,
    Retry.AFTER_FIX,
    "The response is too long to seal: shorten what was written and submit again.",
)
TALLY_MALFORMED = _kind(
    "tally.malformed",
    400,
    Retry.NEVER,
    "A tally is two counts, collected and refused, for one campaign, site and day: send both as whole numbers.",
)
