"""Who may deliver: collectors with their tokens, invitations to become one, and links for workers' own phones.

Every secret is kept as a keyed digest only; a copy of the database lets nobody in.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base


class Collector(Base):
    """An enrolled installation that gathers envelopes."""

    __tablename__ = "collector"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, comment="Random name, made at enrolment.")
    name: Mapped[str] = mapped_column(String(100), comment="Name that field staff gave it.")
    token_digest: Mapped[bytes] = mapped_column(
        LargeBinary(32), unique=True, comment="Keyed digest of its token; the token itself is nowhere."
    )
    enrolled_on: Mapped[date] = mapped_column(Date, comment="Local day of enrolment.")
    revoked_on: Mapped[date | None] = mapped_column(Date, comment="Local day from which it may no longer deliver.")


class Invitation(Base):
    """A code that makes one installation a collector, once, until it expires."""

    __tablename__ = "invitation"

    code_digest: Mapped[bytes] = mapped_column(
        LargeBinary(32), primary_key=True, comment="Keyed digest of the code; the code itself is nowhere."
    )
    expires_on: Mapped[date] = mapped_column(Date, comment="Last local day on which the code is good.")
    used_on: Mapped[date | None] = mapped_column(Date, comment="Local day on which it was used, if it was.")


class Link(Base):
    """A code that lets workers at one site answer one campaign on their own phones, up to a quota."""

    __tablename__ = "link"
    __table_args__ = (CheckConstraint("quota >= 0 AND stored >= 0", name="counts"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, comment="Random name, for listing and revoking.")
    code_digest: Mapped[bytes] = mapped_column(
        LargeBinary(32), unique=True, comment="Keyed digest of the code; the code itself is nowhere."
    )
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"), index=True, comment="The campaign it opens.")
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"), comment="The site it is for.")
    quota: Mapped[int] = mapped_column(Integer, comment="Most envelopes it may bring: the headcount and a fifth more.")
    stored: Mapped[int] = mapped_column(
        Integer, default=0, comment="How many envelopes it has brought; a count, without their names."
    )
    revoked_on: Mapped[date | None] = mapped_column(Date, comment="Local day from which it no longer works.")
