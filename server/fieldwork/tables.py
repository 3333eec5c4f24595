"""Units, sites, campaigns, and the counts that field staff report. Nothing here belongs to a response."""

from datetime import date

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base, Document

DRAFT, OPEN, CLOSED = "draft", "open", "closed"


class Unit(Base):
    """An organisation of the union: grassroots, upper level, province or sector, confederation. They form a tree."""

    __tablename__ = "unit"

    id: Mapped[str] = mapped_column(String(64), primary_key=True, comment="Short name, chosen by an administrator.")
    name: Mapped[str] = mapped_column(String(200), comment="Name as people write it.")
    parent: Mapped[str | None] = mapped_column(
        ForeignKey("unit.id"), index=True, comment="The unit above this one; empty at the top."
    )
    level: Mapped[str] = mapped_column(
        String(32), default="grassroots", comment="grassroots, upper, province, sector or confederation."
    )


class Site(Base):
    """A workplace under a unit, with its headcount by gender for response rates, weights and quotas."""

    __tablename__ = "site"
    __table_args__ = (CheckConstraint("women >= 0 AND men >= 0", name="headcount"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True, comment="Short name, chosen by an administrator.")
    name: Mapped[str] = mapped_column(String(200), comment="Name as people write it.")
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True, comment="The unit that this site is under.")
    women: Mapped[int] = mapped_column(Integer, comment="Number of women who work here.")
    men: Mapped[int] = mapped_column(Integer, comment="Number of men who work here.")

    @property
    def headcount(self) -> int:
        """Return how many people work here."""
        return self.women + self.men


class Campaign(Base):
    """One survey version asked at some sites in a period, with a sealing key of its own."""

    __tablename__ = "campaign"
    __table_args__ = (
        ForeignKeyConstraint(
            ["survey_id", "survey_version"], ["survey_version.id", "survey_version.version"], name="fk_campaign_survey"
        ),
        CheckConstraint("threshold >= 5", name="threshold"),
        CheckConstraint("state IN ('draft', 'open', 'closed')", name="state"),
        CheckConstraint("day_unit IN ('day', 'week', 'month')", name="day_unit"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True, comment="Short name, chosen by an administrator.")
    title: Mapped[dict[str, str]] = mapped_column(Document, comment="Title by language.")
    survey_id: Mapped[str] = mapped_column(String(128), comment="The survey that is asked.")
    survey_version: Mapped[int] = mapped_column(Integer, comment="The version of it that is asked.")
    opens: Mapped[date] = mapped_column(Date, comment="First day on which it is asked.")
    closes: Mapped[date] = mapped_column(Date, comment="Last day on which it is asked.")
    day_unit: Mapped[str] = mapped_column(
        String(8), default="day", comment="How coarse the day of a response is: day, week or month."
    )
    state: Mapped[str] = mapped_column(String(8), default=DRAFT, index=True, comment="draft, open or closed.")
    closed_on: Mapped[date | None] = mapped_column(
        Date, comment="Local day on which it was closed by hand; else empty."
    )
    key_id: Mapped[str] = mapped_column(String(16), comment="Name of the sealing key.")
    public_key: Mapped[str] = mapped_column(
        String(128), comment="Public half of the sealing key, base64url; the private half is in the keys folder."
    )
    threshold: Mapped[int] = mapped_column(Integer, comment="Least number of people behind a figure that is shown.")
    strong: Mapped[bool] = mapped_column(
        Boolean, default=False, comment="Whether one answer in ten is replaced by somebody else's before it is counted."
    )


class CampaignSite(Base):
    """A site at which a campaign is asked."""

    __tablename__ = "campaign_site"

    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"), primary_key=True, comment="The campaign.")
    site_id: Mapped[str] = mapped_column(
        ForeignKey("site.id"), primary_key=True, index=True, comment="The site at which it is asked."
    )


class Allowance(Base):
    """More responses than the headcount gives that a campaign may have at a site: a decision of an administrator."""

    __tablename__ = "allowance"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, comment="Random name.")
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"), index=True, comment="The campaign.")
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"), comment="The site.")
    number: Mapped[int] = mapped_column(Integer, comment="How many more responses.")
    reason: Mapped[str] = mapped_column(String(500), comment="Why, in the administrator's words.")
    account: Mapped[str] = mapped_column(String(64), comment="Name of the administrator's account.")
    day: Mapped[date] = mapped_column(Date, comment="Local day of the decision.")


class Tally(Base):
    """Counts as field staff report them. Holds no link to a response or an envelope."""

    __tablename__ = "tally"
    __table_args__ = (CheckConstraint("collected >= 0 AND refused >= 0", name="counts"),)

    collector_id: Mapped[str] = mapped_column(
        ForeignKey("collector.id"), primary_key=True, comment="The collector that counted."
    )
    campaign_id: Mapped[str] = mapped_column(
        ForeignKey("campaign.id"), primary_key=True, index=True, comment="The campaign that was asked."
    )
    site_id: Mapped[str] = mapped_column(
        ForeignKey("site.id"), primary_key=True, comment="The site where it was asked."
    )
    day: Mapped[date] = mapped_column(
        Date, primary_key=True, comment="The local day, brought into the campaign's period."
    )
    collected: Mapped[int] = mapped_column(Integer, comment="How many people answered.")
    refused: Mapped[int] = mapped_column(Integer, comment="How many people were asked and said no.")
