"""The audit log: entries are appended in the transaction of the change that they tell of, so that there is never one without the other.

Each entry carries a digest of itself and of the entry before it, under a key that only this installation has. Whoever alters, inserts
or removes an entry in the database without the keys breaks the chain (`check`). Not promised: whoever holds the master key can write a
new chain, and the newest entries can be cut off unnoticed by whoever looks at the database alone; a copy that was exported shows both.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import g, has_request_context
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from server.audit.actions import Action
from server.audit.tables import AuditEntry
from server.services import Services, services

Fact = str | int | bool | None
COMMAND_LINE, SERVER, NOBODY = "command line", "server", "nobody signed in"
FIRST = bytes(32)
LONGEST_FACT = 300


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold: the number of the entry, and `altered` or `missing`."""

    number: int
    reason: str


def act_as(actor: str) -> None:
    """Name whoever makes the changes of this request or command: an account's name."""
    g.audit_actor = actor


def record(writing: Session, action: Action, subject: str, **facts: Fact) -> None:
    """Append an entry to the log, in the transaction of the change.

    `facts` are names, numbers and reasons that an administrator may read; never an answer, an address, a code or a key.
    Texts are cut after 300 characters. Call it after the change: it holds the log until the transaction ends.
    """
    if writing.get_bind().dialect.name == "postgresql":
        writing.execute(text("LOCK TABLE audit_entry IN EXCLUSIVE MODE"))
    last = writing.execute(
        select(AuditEntry.number, AuditEntry.seal).order_by(AuditEntry.number.desc()).limit(1)
    ).first()
    number, previous = (last.number + 1, last.seal) if last else (1, FIRST)
    entry = AuditEntry(
        number=number,
        at=int(services().clock.now().timestamp()),
        actor=_actor(),
        action=str(action),
        subject=subject[:200],
        facts={name: fact[:LONGEST_FACT] if isinstance(fact, str) else fact for name, fact in facts.items()},
        previous=previous,
        seal=FIRST,
    )
    entry.seal = _seal_of(services(), entry)
    writing.add(entry)
    writing.flush()


def entries(
    session: Session,
    *,
    action: str = "",
    actor: str = "",
    subject: str = "",
    before: int | None = None,
    most: int = 100,
) -> list[AuditEntry]:
    """List entries, the newest first: those below the number `before`, of a kind of action, an actor, a subject, where named."""
    wanted = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(most)
    if action:
        wanted = wanted.where(AuditEntry.action.startswith(action, autoescape=True))
    if actor:
        wanted = wanted.where(AuditEntry.actor == actor)
    if subject:
        wanted = wanted.where(AuditEntry.subject == subject)
    if before is not None:
        wanted = wanted.where(AuditEntry.number < before)
    return list(session.scalars(wanted))


def exported(session: Session) -> Iterator[Mapping[str, object]]:
    """Give every entry, the oldest first, as documents that another program can keep and compare."""
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=500)):
        yield {
            "number": entry.number,
            "at": datetime.fromtimestamp(entry.at, UTC).isoformat(),
            "actor": entry.actor,
            "action": entry.action,
            "subject": entry.subject,
            "facts": entry.facts,
            "seal": entry.seal.hex(),
        }


def check(session: Session, at_hand: Services) -> list[Break]:
    """Follow the chain from its oldest entry; return where it does not hold, at most 100 places."""
    found: list[Break] = []
    last: AuditEntry | None = None
    beginning = _beginning(session)
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=500)):
        expected = last.number + 1 if last else beginning
        if entry.number != expected:
            found.append(Break(expected, "missing"))
        elif (last is not None and entry.previous != last.seal) or entry.seal != _seal_of(at_hand, entry):
            found.append(Break(entry.number, "altered"))
        if len(found) >= 100:
            break
        last = entry
    return found


def prune(writing: Session, at_hand: Services) -> int:
    """Remove entries that are older than the settings keep them; say so in the log itself. Returns how many went."""
    oldest = at_hand.clock.now() - timedelta(days=at_hand.settings.audit_days)
    last = writing.scalar(
        select(AuditEntry.number)
        .where(AuditEntry.at < int(oldest.timestamp()))
        .order_by(AuditEntry.number.desc())
        .limit(1)
    )
    if last is None:
        return 0
    gone = len(writing.execute(delete(AuditEntry).where(AuditEntry.number <= last).returning(AuditEntry.number)).all())
    record(writing, Action.AUDIT_PRUNED, "audit", through=last, entries=gone)
    return gone


def _beginning(session: Session) -> int:
    """Return the number of the oldest entry that there has to be: the one after the last pruning."""
    pruned = session.scalar(
        select(AuditEntry.facts)
        .where(AuditEntry.action == str(Action.AUDIT_PRUNED))
        .order_by(AuditEntry.number.desc())
        .limit(1)
    )
    return int(pruned["through"]) + 1 if pruned else 1


def _actor() -> str:
    named: str = g.get("audit_actor", "")
    if named:
        return named
    return NOBODY if has_request_context() else COMMAND_LINE


def _seal_of(at_hand: Services, entry: AuditEntry) -> bytes:
    content = [entry.number, entry.at, entry.actor, entry.action, entry.subject, entry.facts]
    spelled = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return at_hand.keyring.digest("audit", entry.previous, spelled)
