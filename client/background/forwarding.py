"""One turn upstream: send what waits, tell the counts, fetch what may be asked. One at a time on this device."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace

from sqlalchemy.exc import DBAPIError

from client.background.last_turn import LastTurn, LastTurnFile
from client.enrolment.upstream import Upstream
from client.services import Services
from client.storage.file_lock import LockedElsewhere, locked
from sync.backoff import Backoff
from sync.calls import fetch_campaigns, put_tally
from sync.over_http import HttpPeer, HttpTransport
from sync.sending import Failure, SendReport, TransportFailure, send_everything

log = logging.getLogger("client")


FRUITLESS = 12  # refusals in a row after which a peer that breaks at every tally is left alone


@dataclass(slots=True)
class Turn:
    """What a turn came to. `state` is the first thing that stood in the way; whatever could be done beside it was done."""

    sent: SendReport = field(default_factory=SendReport)
    tallies: int = 0
    tallies_refused: int = 0
    has_new_campaigns: bool = False
    state: str = "well"
    code: str | None = None
    retry_after: float | None = None

    @property
    def went_well(self) -> bool:
        """Whether nothing stood in the way."""
        return self.state == "well"

    def is_hindered_by(self, state: str, failure: TransportFailure | None = None) -> None:
        """Something stood in the way."""
        if self.went_well:
            self.state = state
            if failure is not None:
                self.code, self.retry_after = failure.code, failure.retry_after


class AnotherTurn(Exception):
    """Somebody else on this device is forwarding right now."""


class Forwarder:
    """Carries envelopes, tallies and campaigns between this collector and its server."""

    def __init__(self, parts: Services) -> None:
        self._parts = parts
        self._last_turn = LastTurnFile(parts.settings.home / "condition.json")
        self._turned_away: Upstream | None = None
        self.idle = threading.Event()
        self.idle.set()

    @property
    def last_turn(self) -> LastTurn:
        """How the last turn went, whoever took it."""
        return self._last_turn.read()

    def may_try(self) -> bool:
        """Whether the server has not turned this very enrolment away; a new one may try again."""
        upstream = self._parts.upstream.read()
        return upstream is not None and upstream != self._turned_away

    def take_turn(self, wait_seconds: float = 0.0) -> Turn:
        """Forward what can be forwarded; never raises for what the network or the disk does. Raises AnotherTurn."""
        try:
            with locked(self._parts.settings.home / "forwarding.lock", wait_seconds):
                self.idle.clear()
                try:
                    return self._noted(self._turn())
                finally:
                    self.idle.set()
        except LockedElsewhere:
            raise AnotherTurn from None

    def _turn(self) -> Turn:
        turn = Turn()
        self._parts.reserve.release_if_needed()
        upstream = self._parts.upstream.read()
        if upstream is None:
            turn.state = "not_enrolled"
            return turn
        with closing(HttpPeer(upstream.url, f"Bearer {upstream.token}", network=self._parts.settings.network)) as peer:
            self._attempt(turn, lambda: self._send(turn, peer, upstream))
            if _is_our_server(turn):
                away = self._attempt(turn, lambda: self._fetch(turn, peer)) is Failure.OFFLINE
                if not away:
                    self._attempt(turn, lambda: self._tell_tallies(turn, peer))
        self._turned_away = upstream if turn.state == "unauthorised" else None
        return turn

    def _attempt(self, turn: Turn, step: Callable[[], None]) -> Failure | None:
        """Take one step; what stands in its way keeps no other step. Tells what the way failed by."""
        try:
            step()
        except TransportFailure as failure:
            turn.is_hindered_by(failure.kind.value, failure)
            return failure.kind
        except (DBAPIError, sqlite3.Error, OSError) as failure:
            log.warning("forwarding stopped: %s", type(failure).__name__)
            turn.is_hindered_by("store")
        return None

    def _send(self, turn: Turn, peer: HttpPeer, upstream: Upstream) -> None:
        parts = self._parts
        try:
            send_everything(
                parts.outbox,
                HttpTransport(peer),
                chance=parts.chance,
                limit=parts.settings.batch_size,
                first=Backoff.batch_size(parts.settings.batch_size, self.last_turn.failures),
                identity=upstream.identity,
                report=turn.sent,
            )
        finally:
            parts.database.forget_the_order()  # also when nothing moved: an earlier try may have found no room for it
        if turn.sent.failure is not None:
            turn.is_hindered_by(turn.sent.failure.kind.value, turn.sent.failure)
        if turn.sent.altered:
            turn.is_hindered_by("altered")

    def _fetch(self, turn: Turn, peer: HttpPeer) -> None:
        campaigns = self._parts.campaigns
        fetched = fetch_campaigns(peer, campaigns.current.upstream_etag)
        if fetched is not None:
            campaigns.replace_all(fetched)
            turn.has_new_campaigns = True
            self._parts.tallies.retry_refused()  # what was unknown there may be known by now

    def _tell_tallies(self, turn: Turn, peer: HttpPeer) -> None:
        """Tell the sums that changed. One that is refused for good is set aside; one at which the server breaks waits."""
        tallies, fruitless = self._parts.tallies, 0
        for place, tally in tallies.unheard():
            try:
                put_tally(peer, place.campaign, place.site, place.day, tally)
            except TransportFailure as failure:
                fruitless += 1
                if failure.kind is not Failure.REJECTED or fruitless >= FRUITLESS:
                    raise
                if _is_for_good(failure):
                    tallies.heard(place, tally, failure.code)
                    turn.tallies_refused += 1
                else:
                    turn.is_hindered_by(failure.kind.value, failure)
            else:
                fruitless = 0
                tallies.heard(place, tally)
                turn.tallies += 1

    def _noted(self, turn: Turn) -> Turn:
        self._parts.reserve.make()
        now = self._parts.clock.now().replace(second=0, microsecond=0).isoformat()
        before = self.last_turn
        failures = 0 if turn.went_well else before.failures + (not turn.sent.moved)
        last_turn = replace(before, state=turn.state, code=turn.code, tried=now, failures=failures)
        self._last_turn.write(replace(last_turn, succeeded=now) if turn.went_well else last_turn)
        return turn


def _is_our_server(turn: Turn) -> bool:
    """Whether to ask on. What answered without the pinned signature could hand out a key of its own."""
    failure = turn.sent.failure
    is_unsigned = failure is not None and failure.kind is Failure.FOREIGN and failure.status is None
    return turn.state != "unauthorised" and not is_unsigned


def _is_for_good(failure: TransportFailure) -> bool:
    """Whether the server looked at it and said no, in its own words."""
    return failure.code is not None and failure.status is not None and 400 <= failure.status < 500
