"""What the database keeps of editions: each whole, written in one transaction, never changed afterwards."""

from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base, Document


class EditionRow(Base):
    """All results of a campaign at one step, computed together. It is there with all its releases, or not at all."""

    __tablename__ = "edition"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    campaign_id: Mapped[str] = mapped_column(String(64), primary_key=True, comment="The campaign.")
    number: Mapped[int] = mapped_column(Integer, primary_key=True, comment="1, 2, 3… within the campaign.")
    people: Mapped[int] = mapped_column(Integer, comment="How many responses it counts.")
    breakdowns: Mapped[bool] = mapped_column(Boolean, comment="Whether it holds breakdowns, or one-way figures only.")
    document: Mapped[dict[str, Any]] = mapped_column(
        Document, comment="Groups of every axis, and how each item's brackets and groups came about."
    )


class EditionRelease(Base):
    """A release of an edition: a table of typed figures. Pages show the newest of each kind, subject and axis."""

    __tablename__ = "edition_release"

    campaign_id: Mapped[str] = mapped_column(String(64), primary_key=True, comment="The campaign.")
    edition: Mapped[int] = mapped_column(Integer, primary_key=True, comment="The edition that it belongs to.")
    kind: Mapped[str] = mapped_column(String(16), primary_key=True, comment="question, likert, breakdown, gap…")
    subject: Mapped[str] = mapped_column(String(200), primary_key=True, comment="What it is about.")
    by: Mapped[str] = mapped_column(String(160), primary_key=True, comment="The axis; empty for everybody.")
    position: Mapped[int] = mapped_column(Integer, comment="Where it stands among the releases of its edition.")
    document: Mapped[dict[str, Any]] = mapped_column(Document, comment="The release, with its format's number.")


class EditionTable(Base):
    """The brackets of one item by one axis: all that releases are made from, and what later editions are checked against."""

    __tablename__ = "edition_table"

    campaign_id: Mapped[str] = mapped_column(String(64), primary_key=True, comment="The campaign.")
    edition: Mapped[int] = mapped_column(Integer, primary_key=True, comment="The edition whose people it counts.")
    item: Mapped[str] = mapped_column(String(200), primary_key=True, comment="The item.")
    by: Mapped[str] = mapped_column(String(160), primary_key=True, comment="The axis; empty for everybody.")
    document: Mapped[dict[str, Any]] = mapped_column(Document, comment="Groups with exact sizes, and the brackets.")


class EditionWork(Base):
    """How far the making of a campaign's next edition is, for people who wait; no time of day, no count of people."""

    __tablename__ = "edition_work"

    campaign_id: Mapped[str] = mapped_column(String(64), primary_key=True, comment="The campaign.")
    number: Mapped[int] = mapped_column(Integer, comment="The edition that is being made, or was made last.")
    stage: Mapped[str] = mapped_column(String(16), comment="counting, deciding, writing, done, failed or waiting.")
    percent: Mapped[int] = mapped_column(Integer, default=0, comment="How much of it is done, 0 to 100.")
    failure: Mapped[str] = mapped_column(String(32), default="", comment="A code of what went wrong; empty otherwise.")
