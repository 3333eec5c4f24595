"""Who sends a request: a collector by its token, or a worker's phone by a link code. Raises the problem that says no."""

from dataclasses import dataclass
from typing import Literal

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from schemas import problems
from schemas.problems import Problem
from server.collectors.tables import Collector, Link
from server.database import session
from server.keys.codes import code_digest, digests_of
from server.services import services
from server.web import rate_limits

LONGEST_CREDENTIAL = 300


@dataclass(frozen=True, slots=True)
class Sender:
    """Whoever may deliver with this request. A link's sender is bound to one campaign, with so much of its quota left."""

    kind: Literal["collector", "link"]
    id: str
    campaign: str | None = None
    site: str | None = None
    left: int | None = None


def sender_from_request() -> Sender:
    """Return who sends: `Authorization: Bearer <token>` or `Authorization: Link <code>`."""
    scheme, secret = _credential()
    if scheme == "link":
        link = find_link(session(), secret)
        return Sender("link", link.id, link.campaign_id, link.site_id, max(0, link.quota - link.stored))
    return Sender("collector", _collector(secret).id)


def collector_from_request() -> Sender:
    """Return the collector that calls; a link code does not suffice."""
    scheme, secret = _credential()
    if scheme != "bearer":
        raise Problem(problems.TOKEN_MISSING)
    return Sender("collector", _collector(secret).id)


def find_link(database: Session, code: str) -> Link:
    """Return the link of a code, also while others guess: nobody shall shut it by guessing. Raises link.unknown or link.revoked."""
    digests = digests_of(services().keyring, "link", code[:LONGEST_CREDENTIAL])
    link = database.scalar(select(Link).where(Link.code_digest.in_(digests)))
    if link is None:
        rate_limits.refuse_while_guessed("link")
        rate_limits.slow_down_guessing("link")
        raise Problem(problems.LINK_UNKNOWN)
    if link.revoked_on is not None:
        raise Problem(problems.LINK_REVOKED)
    return link


def _credential() -> tuple[str, str]:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    secret = secret.strip()
    if scheme.lower() not in {"bearer", "link"} or not secret or len(secret) > LONGEST_CREDENTIAL:
        raise Problem(problems.TOKEN_MISSING)
    return scheme.lower(), secret


def _collector(token: str) -> Collector:
    digest = code_digest(services().keyring, "token", token)
    collector = session().scalar(select(Collector).where(Collector.token_digest == digest))
    if collector is None:
        raise Problem(problems.TOKEN_UNKNOWN)
    if collector.revoked_on is not None:
        raise Problem(problems.TOKEN_REVOKED)
    return collector
