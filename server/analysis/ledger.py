"""The release ledger: every table that was given out. What stands in it is given out again, never computed anew."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.analysis.shown import Shown
from server.analysis.tables import ReleaseRecord


class SomebodyWasFaster(Exception):
    """Another table of the campaign was given out meanwhile: ours has to be checked against it first."""


class ReleaseLedger:
    """What was given out of one campaign."""

    def __init__(self, session: Session, campaign: str) -> None:
        self._session, self._campaign = session, campaign

    def length(self) -> int:
        """Count the tables given out, before deciding on another one."""
        count = select(func.max(ReleaseRecord.number)).where(ReleaseRecord.campaign_id == self._campaign)
        return self._session.scalar(count) or 0

    def recall(self, step: int, by: str, subjects: Sequence[str] | None = None) -> dict[str, Shown]:
        """Find tables of one step, by subject."""
        found = select(ReleaseRecord).where(
            ReleaseRecord.campaign_id == self._campaign, ReleaseRecord.step == step, ReleaseRecord.by == by
        )
        if subjects is not None:
            found = found.where(ReleaseRecord.subject.in_(subjects))
        return {row.subject: _read(row) for row in self._session.scalars(found)}

    def about(self, subjects: Sequence[str]) -> dict[str, list[Shown]]:
        """Find every table about some subjects, in the order in which they were given out."""
        found = (
            select(ReleaseRecord)
            .where(ReleaseRecord.campaign_id == self._campaign, ReleaseRecord.subject.in_(subjects))
            .order_by(ReleaseRecord.number)
        )
        tables: dict[str, list[Shown]] = {subject: [] for subject in subjects}
        for row in self._session.scalars(found):
            tables[row.subject].append(_read(row))
        return tables

    def everything(self) -> list[Shown]:
        """List all that was given out, in order."""
        found = select(ReleaseRecord).where(ReleaseRecord.campaign_id == self._campaign).order_by(ReleaseRecord.number)
        return [_read(row) for row in self._session.scalars(found)]

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
            self._session.add_all(rows)
            self._session.commit()
        except IntegrityError as error:
            self._session.rollback()
            raise SomebodyWasFaster from error


def _read(row: ReleaseRecord) -> Shown:
    return Shown.read(row.subject, row.by, row.step, row.document)
