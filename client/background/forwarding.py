"""One turn upstream: send what waits, tell the counts, fetch what may be asked. One at a time on this device."""

import logging
import threading
from dataclasses import dataclass, field, replace

from sqlalchemy.exc import DBAPIError

from client.background.condition import Condition, ConditionFile
from client.enrolment.upstream import Upstream
from client.services import Services
from client.storage.file_lock import LockedElsewhere, locked
from sync.backoff import Backoff
from sync.calls import fetch_campaigns, put_tally
from sync.over_http import HttpPeer, HttpTransport
from sync.sending import Failure, SendReport, TransportFailure, send_everything

log = logging.getLogger("client")


@dataclass(slots=True)
class Turn:
    """What a turn came to."""

    sent: SendReport = field(default_factory=SendReport)
    tallies: int = 0
    has_new_campaigns: bool = False
    state: str = "well"
    code: str | None = None
    retry_after: float | None = None

    @property
    def went_well(self) -> bool:
        """Whether nothing stood in the way."""
        return self.state == "well"


class AnotherTurn(Exception):
    """Somebody else on this device is forwarding right now."""


class Forwarder:
    """Carries envelopes, tallies and campaigns between this collector and its server."""

    def __init__(self, parts: Services) -> None:
        self._parts = parts
        self._condition = ConditionFile(parts.settings.home / "condition.json")
        self._turned_away: Upstream | None = None
        self.idle = threading.Event()
        self.idle.set()

    @property
    def condition(self) -> Condition:
        """How the last turn went, whoever took it."""
        return self._condition.read()

    def may_try(self) -> bool:
        """Whether the server has not turned this very enrolment away; a new one may try again."""
        upstream = self._parts.upstream.read()
        return upstream is not None and upstream != self._turned_away

    def take_turn(self, patience: float = 0.0) -> Turn:
        """Forward what can be forwarded; never raises for what the network or the disk does. Raises AnotherTurn."""
        try:
            with locked(self._parts.settings.home / "forwarding.lock", patience):
                self.idle.clear()
                try:
                    return self._noted(self._turn())
                finally:
                    self.idle.set()
        except LockedElsewhere:
            raise AnotherTurn from None

    def _turn(self) -> Turn:
        turn = Turn()
        upstream = self._parts.upstream.read()
        if upstream is None:
            turn.state = "not_enrolled"
            return turn
        peer = HttpPeer(upstream.url, f"Bearer {upstream.token}")
        try:
            self._send(turn, peer, upstream)
            if turn.state in ("well", "rejected"):
                self._tell_tallies(turn, peer)
                self._fetch(turn, peer)
        except TransportFailure as failure:
            _fail(turn, failure)
        except (DBAPIError, OSError) as failure:
            log.warning("forwarding stopped: %s", type(failure).__name__)
            turn.state = "store"
        finally:
            peer.close()
        self._turned_away = upstream if turn.state == "unauthorised" else None
        return turn

    def _send(self, turn: Turn, peer: HttpPeer, upstream: Upstream) -> None:
        parts = self._parts
        turn.sent = send_everything(
            parts.outbox,
            HttpTransport(peer),
            chance=parts.chance,
            limit=parts.settings.batch_size,
            first=Backoff.portion(parts.settings.batch_size, self.condition.failures),
            identity=upstream.identity,
        )
        parts.database.forget_the_journal()  # also when nothing moved: it lists what waits in the order of coming
        if turn.sent.failure is not None:
            _fail(turn, turn.sent.failure)

    def _tell_tallies(self, turn: Turn, peer: HttpPeer) -> None:
        """Tell the sums that changed; one that is turned away does not keep the others."""
        for place, tally in self._parts.tallies.unheard():
            try:
                put_tally(peer, place.campaign, place.site, place.day, tally)
            except TransportFailure as failure:
                if failure.kind is not Failure.REJECTED:
                    raise
                _fail(turn, failure)
            else:
                self._parts.tallies.heard(place, tally)
                turn.tallies += 1

    def _fetch(self, turn: Turn, peer: HttpPeer) -> None:
        shelf = self._parts.shelf
        fetched = fetch_campaigns(peer, shelf.stock.upstream_etag)
        if fetched is not None:
            shelf.restock(fetched)
            turn.has_new_campaigns = True

    def _noted(self, turn: Turn) -> Turn:
        now = self._parts.clock.now().replace(second=0, microsecond=0).isoformat()
        before = self.condition
        failures = 0 if turn.went_well else before.failures + (not turn.sent.moved)
        condition = replace(before, state=turn.state, code=turn.code, tried=now, failures=failures)
        self._condition.write(replace(condition, succeeded=now) if turn.went_well else condition)
        return turn


def _fail(turn: Turn, failure: TransportFailure) -> None:
    turn.state, turn.code, turn.retry_after = failure.kind.value, failure.code, failure.retry_after
