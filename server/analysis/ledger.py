"""The release ledger: every table that was given out. What stands in it is given out again, never computed anew."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Engine, Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.analysis.shown import Shown
from server.analysis.tables import ReleaseRecord


class SomebodyWasFaster(Exception):
    """Another table of the campaign was given out meanwhile: ours has to be checked against it first."""


def engine_of(session: Session) -> Engine:
    """Give the database of a session."""
    return session.get_bind().engine


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a session that sees everything that is committed just now."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Open a transaction of its own: what it writes is durable before anybody sees a table, whoever asked for it."""
    locking = engine.execution_options(takes_write_lock=True)
    with Session(locking, expire_on_commit=False) as session, session.begin():
        yield session


class ReleaseLedger:
    """What was given out of one campaign."""

    def __init__(self, engine: Engine, campaign: str) -> None:
        self._engine, self._campaign = engine, campaign

    def length(self) -> int:
        """Count the tables given out, before deciding on another one."""
        count = select(func.max(ReleaseRecord.number)).where(ReleaseRecord.campaign_id == self._campaign)
        with reading(self._engine) as session:
            return session.scalar(count) or 0

    def recall(self, step: int, by: str, subjects: Sequence[str] | None = None) -> dict[str, Shown]:
        """Find tables of one step, by subject."""
        found = select(ReleaseRecord).where(
            ReleaseRecord.campaign_id == self._campaign, ReleaseRecord.step == step, ReleaseRecord.by == by
        )
        if subjects is not None:
            found = found.where(ReleaseRecord.subject.in_(subjects))
        return {table.subject: table for table in self._read(found)}

    def about(self, subjects: Sequence[str]) -> dict[str, list[Shown]]:
        """Find every table about some subjects, in the order in which they were given out."""
        found = (
            select(ReleaseRecord)
            .where(ReleaseRecord.campaign_id == self._campaign, ReleaseRecord.subject.in_(subjects))
            .order_by(ReleaseRecord.number)
        )
        tables: dict[str, list[Shown]] = {subject: [] for subject in subjects}
        for table in self._read(found):
            tables[table.subject].append(table)
        return tables

    def everything(self) -> list[Shown]:
        """List all that was given out, in order."""
        found = select(ReleaseRecord).where(ReleaseRecord.campaign_id == self._campaign).order_by(ReleaseRecord.number)
        return self._read(found)

    def remember(self, tables: Sequence[Shown], length: int) -> None:
        """Write tables down, durably, before anybody sees them; `length` is what they were checked against."""
        rows = [
            ReleaseRecord(
                campaign_id=self._campaign,
                step=table.step,
                subject=table.subject,
                by=table.by,
                number=length + at,
                document=table.document(),
            )
            for at, table in enumerate(tables, start=1)
        ]
        try:
            with writing(self._engine) as session:
                session.add_all(rows)
        except IntegrityError as error:
            raise SomebodyWasFaster from error

    def _read(self, found: Select[ReleaseRecord]) -> list[Shown]:
        with reading(self._engine) as session:
            return [Shown.read(row.subject, row.by, row.step, row.document) for row in session.scalars(found)]
