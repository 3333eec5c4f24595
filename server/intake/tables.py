"""What arrives and what is opened. No table here holds a time, a running number, a collector or an address."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Date, Index, Integer, LargeBinary, SmallInteger, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base, Document

# A table with a hidden row number remembers the order in which its rows came.
NO_ORDER = {"sqlite_with_rowid": False}
# Sealed bytes are random: PostgreSQL shall neither try to compress them nor move them out of the row.
BROKEN = "envelope.broken"  # the reason of what does not open: altered on its way, or never an envelope of the campaign
SEALED_IN_ROW = {**NO_ORDER, "postgresql_with": {"toast_tuple_target": "8160"}}


class InboxRow(Base):
    """An envelope that was received and not yet opened. Deleted in the transaction that writes its response."""

    __tablename__ = "inbox"
    __table_args__ = SEALED_IN_ROW

    campaign_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(22), primary_key=True, comment="the envelope's own random id")
    variant: Mapped[int] = mapped_column(
        SmallInteger,
        primary_key=True,
        autoincrement=False,
        default=0,
        comment="0, or more where one id has several contents",
    )
    key_id: Mapped[str] = mapped_column(String(16))
    sealed: Mapped[bytes] = mapped_column(LargeBinary, comment="encapsulated key and ciphertext")


class LedgerRow(Base):
    """An envelope that was ever accepted, as keyed digests. The key lies outside the database; nothing joins to this."""

    __tablename__ = "ledger"
    __table_args__ = NO_ORDER

    digest: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, comment="HMAC of the envelope's id")
    variant: Mapped[int] = mapped_column(
        SmallInteger,
        primary_key=True,
        autoincrement=False,
        default=0,
        comment="0, or more where one id has several contents",
    )
    content: Mapped[bytes] = mapped_column(LargeBinary(16), comment="HMAC of all that the envelope holds")


class Response(Base):
    """One worker's answers. Holds no link to an envelope, a collector, a request or a time of day."""

    __tablename__ = "response"
    __table_args__ = (
        Index("ix_response_place", "campaign_id", "site_id", "day"),
        Index("ix_response_edition", "campaign_id", "edition"),
        NO_ORDER,
    )

    campaign_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, comment="drawn at random when the response was opened")
    version: Mapped[int] = mapped_column(Integer, comment="the survey version that was answered")
    site_id: Mapped[str] = mapped_column(String(64))
    day: Mapped[date] = mapped_column(Date, comment="the day, or the first day of the campaign's coarser period")
    language: Mapped[str] = mapped_column(String(16))
    mode: Mapped[str] = mapped_column(String(16))
    answers: Mapped[dict[str, Any]] = mapped_column(Document, comment="without what was answered in words of one's own")
    edition: Mapped[int | None] = mapped_column(
        SmallInteger, comment="the edition of results that first counted it; empty while it is in none"
    )


class Remark(Base):
    """What somebody wrote in words of their own, detached from their other answers, their site and their day."""

    __tablename__ = "remark"
    __table_args__ = NO_ORDER

    campaign_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, comment="drawn at random when the remark was opened")
    question: Mapped[str] = mapped_column(String(128))
    text: Mapped[str] = mapped_column(Text)


class Quarantined(Base):
    """An envelope that cannot be opened, or whose response does not satisfy its survey: kept sealed, never dropped.

    What could be opened was sealed anew under another random id, so that this row does not name the envelope that came.
    """

    __tablename__ = "quarantine"
    __table_args__ = SEALED_IN_ROW

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(64), index=True)
    reason: Mapped[str] = mapped_column(String(200), comment="a code, and the question it is about; never an answer")
    envelope_id: Mapped[str] = mapped_column(String(22))
    variant: Mapped[int] = mapped_column(SmallInteger, default=0, comment="as in the inbox")
    key_id: Mapped[str] = mapped_column(String(16))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class IntakeCount(Base):
    """Sums per campaign that no single envelope can be told from."""

    __tablename__ = "intake_count"

    campaign_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    late: Mapped[int] = mapped_column(Integer, default=0, comment="stored after the campaign had closed")
    conflicts: Mapped[int] = mapped_column(Integer, default=0, comment="came with an id that had other content before")


class LakeState(Base):
    """Which generation of a campaign's lake the database stands at, written with the responses themselves."""

    __tablename__ = "lake_state"

    campaign_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    generation: Mapped[int] = mapped_column(Integer, default=0)
    responses: Mapped[int] = mapped_column(Integer, default=0)
    rest_opened: Mapped[bool] = mapped_column(
        Boolean, default=False, comment="whether the last rest that was smaller than a pool has been opened"
    )
