"""What the gate remembers: the steps in which a campaign's results move on, and every table that was given out."""

from typing import Any

from sqlalchemy import CheckConstraint, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base, Document


class ReleaseStep(Base):
    """A set of responses on which all tables of a step are computed. The next one has at least a threshold more."""

    __tablename__ = "release_step"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    campaign_id: Mapped[str] = mapped_column(String(64), primary_key=True, comment="The campaign.")
    number: Mapped[int] = mapped_column(Integer, primary_key=True, comment="1, 2, 3… within the campaign.")
    responses: Mapped[int] = mapped_column(Integer, comment="How many responses the tables of this step are over.")
    generation: Mapped[int] = mapped_column(Integer, comment="Generation of the lake from which this step was taken.")
    document: Mapped[dict[str, Any]] = mapped_column(
        Document, comment="The files of the responses that this step added, and the sizes of the groups."
    )


class ReleaseRecord(Base):
    """A table that was given out: its definition, the counts shown, and what was hidden. Never changed, never removed."""

    __tablename__ = "release_record"
    __table_args__ = (UniqueConstraint("campaign_id", "number", name="uq_release_record_number"),)

    campaign_id: Mapped[str] = mapped_column(String(64), primary_key=True, comment="The campaign.")
    step: Mapped[int] = mapped_column(Integer, primary_key=True, comment="The step at which it was given out.")
    subject: Mapped[str] = mapped_column(String(160), primary_key=True, comment="The question, scale or indicator.")
    by: Mapped[str] = mapped_column(String(160), primary_key=True, comment="The dimension; empty for a one-way table.")
    number: Mapped[int] = mapped_column(
        Integer, comment="Running number within the campaign: who comes second has to check against the first."
    )
    document: Mapped[dict[str, Any]] = mapped_column(
        Document, comment="Groups, answers, the counts shown (null: withheld) and other figures of the table."
    )
