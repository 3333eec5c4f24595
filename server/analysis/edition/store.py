"""Editions in the database: read by pages, written whole by the job that makes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schemas.texts import Text
from server.analysis.brackets.table import Table
from server.analysis.edition.release import Release, read_release
from server.analysis.edition.tables import EditionRelease, EditionRow, EditionTable, EditionWork

Stage = Literal["counting", "deciding", "writing", "done", "failed", "waiting"]
"""`waiting`: no edition is due, and none could be made just now; `Work.failure` says why."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What is known of a stored edition besides its releases; `document` as `server.analysis.edition.making` wrote it."""

    number: int
    people: int
    breakdowns: bool
    document: Mapping[str, Any]

    @property
    def absent(self) -> dict[str, str]:
        """Why axes are not among its breakdowns: `one` or `same`, as `server.analysis.grouping.grouping.absent` says."""
        return dict(self.document.get("absent", {}))


@dataclass(frozen=True, slots=True)
class Work:
    """How far the next edition is: its number, the stage, percent done, and a failure's code (`FAILURES` has the sentences)."""

    number: int
    stage: Stage
    percent: int
    failure: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A release by the names in its address, with its title."""

    kind: str
    subject: str
    by: str
    title: Text


def editions(session: Session, campaign: str) -> list[Edition]:
    """List a campaign's editions, oldest first."""
    found = select(EditionRow).where(EditionRow.campaign_id == campaign).order_by(EditionRow.number)
    return [_edition(row) for row in session.scalars(found)]


def latest(session: Session, campaign: str, *, breakdowns: bool = False) -> Edition | None:
    """Give a campaign's newest edition, or its newest with breakdowns; None when there is none yet."""
    found = select(EditionRow).where(EditionRow.campaign_id == campaign).order_by(EditionRow.number.desc()).limit(1)
    row = session.scalar(found.where(EditionRow.breakdowns) if breakdowns else found)
    return _edition(row) if row else None


def work(session: Session, campaign: str) -> Work | None:
    """Say how far the making of the next edition is; None when none was ever begun."""
    row = session.get(EditionWork, campaign)
    return Work(row.number, row.stage, row.percent, row.failure) if row else None  # type: ignore[arg-type]


def failures(session: Session) -> dict[str, str]:
    """Give the codes of what keeps editions from being made, by campaign; "busy" is none."""
    found = select(EditionWork.campaign_id, EditionWork.failure).where(EditionWork.failure.not_in(("", "busy")))
    return dict(iter(session.execute(found)))


def find_release(session: Session, campaign: str, kind: str, subject: str, by: str = "") -> Release | None:
    """Find the newest release of these names; None when no edition has one."""
    found = (
        select(EditionRelease.document)
        .where(
            EditionRelease.campaign_id == campaign,
            EditionRelease.kind == kind,
            EditionRelease.subject == subject,
            EditionRelease.by == by,
        )
        .order_by(EditionRelease.edition.desc())
        .limit(1)
    )
    document = session.scalar(found)
    return read_release(document) if document is not None else None


def find_releases(session: Session, campaign: str, kind: str, subjects: Sequence[str]) -> dict[str, Release]:
    """Find the newest one-way releases of a kind by their subjects, in one query."""
    newest = _newest(campaign).where(EditionRelease.kind == kind, EditionRelease.by == "").subquery()
    found = (
        select(EditionRelease)
        .join(
            newest,
            (EditionRelease.kind == newest.c.kind)
            & (EditionRelease.subject == newest.c.subject)
            & (EditionRelease.by == newest.c.by)
            & (EditionRelease.edition == newest.c.edition),
        )
        .where(EditionRelease.campaign_id == campaign, EditionRelease.subject.in_(subjects))
    )
    return {row.subject: read_release(row.document) for row in session.scalars(found)}


def list_releases(session: Session, campaign: str) -> list[Listed]:
    """List what there is, the newest of each, in the order in which it stands in its edition. Reads no figures."""
    newest = _newest(campaign).subquery()
    found = (
        select(
            EditionRelease.kind,
            EditionRelease.subject,
            EditionRelease.by,
            EditionRelease.document["title"],
        )
        .join(
            newest,
            (EditionRelease.kind == newest.c.kind)
            & (EditionRelease.subject == newest.c.subject)
            & (EditionRelease.by == newest.c.by)
            & (EditionRelease.edition == newest.c.edition),
        )
        .where(EditionRelease.campaign_id == campaign)
        .order_by(EditionRelease.edition.desc(), EditionRelease.position)
    )
    return [Listed(*row) for row in session.execute(found)]


def documents(session: Session, campaign: str, number: int) -> list[dict[str, Any]]:
    """Give all releases of one edition as they were written, in the order in which they stand in it."""
    found = (
        select(EditionRelease.document)
        .where(EditionRelease.campaign_id == campaign, EditionRelease.edition == number)
        .order_by(EditionRelease.position)
    )
    return list(session.scalars(found))


def _newest(campaign: str) -> Any:
    key = (EditionRelease.kind, EditionRelease.subject, EditionRelease.by)
    return (
        select(*key, func.max(EditionRelease.edition).label("edition"))
        .where(EditionRelease.campaign_id == campaign)
        .group_by(*key)
    )


def tables(session: Session, campaign: str, items: Iterable[str] | None = None) -> list[Table]:
    """Read all brackets that were ever stored of a campaign, or of some of its items, oldest first."""
    found = select(EditionTable.document).where(EditionTable.campaign_id == campaign).order_by(EditionTable.edition)
    if items is not None:
        found = found.where(EditionTable.item.in_(list(items)))
    return [Table.read(document) for document in session.scalars(found)]


def write(
    session: Session, campaign: str, edition: Edition, brackets: Iterable[Table], releases: Iterable[Release]
) -> None:
    """Write an edition whole, in the caller's transaction. Brackets that an earlier edition has already are left out."""
    key = (EditionTable.edition, EditionTable.item, EditionTable.by)
    held = {tuple(row) for row in session.execute(select(*key).where(EditionTable.campaign_id == campaign))}
    session.add(
        EditionRow(
            campaign_id=campaign,
            number=edition.number,
            people=edition.people,
            breakdowns=edition.breakdowns,
            document=dict(edition.document),
        )
    )
    session.add_all(
        EditionTable(
            campaign_id=campaign, edition=table.edition, item=table.item, by=table.by, document=table.document()
        )
        for table in brackets
        if (table.edition, table.item, table.by) not in held
    )
    session.add_all(
        EditionRelease(
            campaign_id=campaign,
            edition=edition.number,
            kind=one.kind,
            subject=one.subject,
            by=one.by,
            position=position,
            document=one.document(),
        )
        for position, one in enumerate(releases)
    )


def note_work(session: Session, campaign: str, work: Work) -> None:
    """Write down how far the making is, in the caller's transaction."""
    row = session.get(EditionWork, campaign) or EditionWork(campaign_id=campaign)
    row.number, row.stage, row.percent, row.failure = work.number, work.stage, work.percent, work.failure
    session.add(row)


def _edition(row: EditionRow) -> Edition:
    return Edition(row.number, row.people, row.breakdowns, row.document)
