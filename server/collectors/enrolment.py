"""How an installation becomes a collector: invited by a code, enrolled once, revoked when it is lost."""

from datetime import date, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from schemas import problems
from schemas.problems import Problem
from server.audit.actions import Action
from server.audit.log import record
from server.collectors.tables import Collector, Invitation
from server.failures import Failure
from server.keys.codes import INVITATION_LENGTH, code_digest, digests_of, new_token
from server.keys.keyring import Keyring
from sync.chance import Chance
from sync.codes import new_code
from sync.identifiers import new_id

REMEMBERED_DAYS = 90  # how long a spent code is told apart from one that never was


def invite(session: Session, keyring: Keyring, chance: Chance, *, today: date, days: int) -> str:
    """Make a code that enrols one collector within `days`; say it now, it cannot be read again."""
    session.execute(delete(Invitation).where(Invitation.expires_on < today - timedelta(days=REMEMBERED_DAYS)))
    code = new_code(chance, INVITATION_LENGTH)
    digest = code_digest(keyring, "invitation", code)
    session.add(Invitation(code_digest=digest, expires_on=today + timedelta(days=days), used_on=None))
    record(session, Action.COLLECTOR_INVITED, "", days=days)
    return code


def enrol(session: Session, keyring: Keyring, chance: Chance, *, code: str, name: str, today: date) -> tuple[str, str]:
    """Turn a code into a collector; return its id and its token, which is said this once."""
    digests = digests_of(keyring, "invitation", code)
    mine = session.scalar(
        update(Invitation)
        .where(Invitation.code_digest.in_(digests), Invitation.used_on.is_(None), Invitation.expires_on >= today)
        .values(used_on=today)
        .returning(Invitation.code_digest)
    )
    if mine is None:
        raise _refusal(session.scalar(select(Invitation).where(Invitation.code_digest.in_(digests))))
    token = new_token(chance)
    collector = Collector(
        id=new_id(chance),
        name=name,
        token_digest=code_digest(keyring, "token", token),
        enrolled_on=today,
        revoked_on=None,
    )
    session.add(collector)
    record(session, Action.COLLECTOR_ENROLLED, collector.id, name=name)
    return collector.id, token


def _refusal(invitation: Invitation | None) -> Problem:
    if invitation is None:
        return Problem(problems.ENROLMENT_UNKNOWN_CODE)
    return Problem(problems.ENROLMENT_EXPIRED if invitation.used_on is None else problems.ENROLMENT_USED)


class UnknownCollector(Failure, LookupError):
    """No collector of that name was ever enrolled here."""


def revoke(session: Session, collector_id: str, today: date) -> Collector:
    """Take a collector's right to deliver; what it delivered stays."""
    collector = session.get(Collector, collector_id)
    if collector is None:
        raise UnknownCollector(f"There is no collector {collector_id}. `langnghe-server collector list` shows them.")
    if collector.revoked_on is None:
        collector.revoked_on = today
        record(session, Action.COLLECTOR_REVOKED, collector_id, name=collector.name)
    return collector


def collectors(session: Session) -> list[Collector]:
    """List every collector there ever was, by name."""
    return list(session.scalars(select(Collector).order_by(Collector.name, Collector.id)))
