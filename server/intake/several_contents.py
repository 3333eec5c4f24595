"""One response an id: of several contents that came under one id, the first that opens counts.

Only the true content opens under its id, whatever was altered on the way. But whoever has the campaign's public key can seal two
that do, and a collector that forgot an id may seal the same answers anew.
"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.intake.judging import Held, Opened, Sealed
from server.intake.sql_inbox import id_digest
from server.intake.tables import InboxRow, LedgerRow, Quarantined

CONFLICT = "envelope.conflict"


def one_an_id(
    session: Session, ledger_key: bytes, sealed: Sequence[Sealed], judged: Sequence[Opened | Held]
) -> list[Opened | Held]:
    """Hold what opened under an id that has its response already, here or from an earlier pool. Call it before the pool is written."""
    several = _with_several_contents(session, ledger_key, {envelope_id for envelope_id, *_ in sealed})
    answered = _answered(session, several) if several else set[str]()
    verdicts: list[Opened | Held] = []
    for (envelope_id, key_id, content, variant), verdict in zip(sealed, judged, strict=True):
        if isinstance(verdict, Held) and verdict.envelope_id == envelope_id:
            verdicts.append(verdict)  # it did not open
        elif envelope_id in answered:
            verdicts.append(Held(CONFLICT, envelope_id, key_id, content, variant))
        else:
            verdicts.append(verdict)
            if envelope_id in several:
                answered.add(envelope_id)
    return verdicts


def _with_several_contents(session: Session, ledger_key: bytes, ids: set[str]) -> dict[str, int]:
    """Count the contents of those ids that have more than one."""
    digests = {id_digest(ledger_key, envelope_id): envelope_id for envelope_id in ids}
    further = select(LedgerRow.digest, func.max(LedgerRow.variant) + 1).where(
        LedgerRow.digest.in_(list(digests)), LedgerRow.variant > 0
    )
    return {digests[bytes(digest)]: number for digest, number in session.execute(further.group_by(LedgerRow.digest))}


def _answered(session: Session, several: dict[str, int]) -> set[str]:
    """Name the ids of which a content is neither in the inbox nor held as it came: that one was opened."""
    elsewhere = dict(several)
    for column in (InboxRow.id, Quarantined.envelope_id):
        counted = select(column, func.count()).where(column.in_(list(several))).group_by(column)
        for envelope_id, number in session.execute(counted):
            elsewhere[envelope_id] -= number
    return {envelope_id for envelope_id, number in elsewhere.items() if number > 0}
