"""This collector meets its server: a code once, a token from then on, and the identity to trust."""

from contextlib import closing

from client.enrolment.upstream import Upstream, checked_address
from client.services import Services
from sync.calls import enrol as ask_to_enrol
from sync.calls import fetch_campaigns
from sync.over_http import HttpPeer
from sync.sending import Failure, TransportFailure

SENTENCES = {
    "enrolment.unknown_code": "The server does not know this code: check it letter by letter, or ask for a new one.",
    "enrolment.used": "This code was used already: ask for a new one.",
    "enrolment.expired": "This code has expired: ask for a new one.",
    "rate.limited": "Too many tries: wait a few minutes and try again.",
    Failure.OFFLINE.value: "The server cannot be reached. Check the address and the network, and try again; the code stays good.",
    Failure.BUSY.value: "The server is busy. Try again in a minute; the code stays good.",
    Failure.FOREIGN.value: "What answers at this address is no Lắng Nghe server that this device trusts. Check the address and the "
    "date of this device; a network's sign-in page or proxy may stand between; and if the server has a certificate of an "
    "authority of your own, name that in SSL_CERT_FILE or in the setting `authorities`.",
}


class NotEnrolled(Exception):
    """It did not work; the sentence says what to do."""


def enrol(
    parts: Services, url: str, code: str, name: str, *, allow_http: bool = False, leave: bool = False
) -> Upstream:
    """Enrol at the server and fetch what may be asked. Raises NotEnrolled or AddressRefused; the old enrolment then holds."""
    address = checked_address(url, allow_http=allow_http)
    before = parts.upstream.read()
    if before is not None and before.url != address and not leave:
        _refuse_to_leave(parts, before)
    try:
        parts.upstream.prove_writable()
        with closing(HttpPeer(address, network=parts.settings.network)) as peer:
            answer = ask_to_enrol(peer, code.strip(), name)
    except OSError as failure:
        raise NotEnrolled(
            f"The enrolment could not be kept here ({failure.strerror}), so the code was not used."
        ) from None
    except TransportFailure as failure:
        known = SENTENCES.get(failure.code or "") or SENTENCES.get(failure.kind.value)
        raise NotEnrolled(known or f"The server turned this down ({failure.code or failure.status}).") from None
    upstream = Upstream(address, answer.collector, answer.token, answer.server.name, answer.server.identity, name)
    parts.upstream.write(upstream)
    return upstream


def _refuse_to_leave(parts: Services, before: Upstream) -> None:
    counts = parts.outbox.counts()
    if counts.waiting or counts.held:
        raise NotEnrolled(
            f"{counts.waiting + counts.held} envelopes still wait for {before.server} at {before.url}, and only that server can "
            "open them. Run `langnghe-collector sync` first, or say --leave to keep them here unsent."
        )


def fetch_what_may_be_asked(parts: Services, upstream: Upstream) -> int | None:
    """The number of campaigns that may be asked now; None if they could not be fetched yet."""
    try:
        with closing(HttpPeer(upstream.url, f"Bearer {upstream.token}", network=parts.settings.network)) as peer:
            fetched = fetch_campaigns(peer)
    except TransportFailure:
        return None
    if fetched is None:
        return None
    parts.campaigns.replace_all(fetched)
    return len(fetched.campaigns.campaigns)
