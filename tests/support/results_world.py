"""A campaign whose results are read: survey, units, sites and a lake, on a database of its own, without a Flask app."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

import server.tables  # noqa: F401 - every table of every room
from schemas.survey import Survey, load_survey
from server.analysis.results import Results, open_results
from server.database import Base
from server.fieldwork.tables import Campaign, CampaignSite, Site, Tally, Unit
from server.intake.lake_columns import Row
from server.surveys.publishing import publish_survey
from tests.support.lake import pour

CAMPAIGN = "ge-2026"


@dataclass(frozen=True)
class Home:
    """Where a server would write."""

    home: Path

    @property
    def lake(self) -> Path:
        """The lake's folder."""
        return self.home / "lake"


@dataclass
class World:
    """One campaign, and the way to its results."""

    home: Home
    survey: Survey
    engine: Any
    campaign: str = CAMPAIGN
    poured: list[Row] = field(default_factory=list)

    def pour(self, rows: Sequence[Row] | pa.Table) -> "World":
        """Let more people answer."""
        pour(self.home.lake, self.campaign, self.survey, rows)
        return self

    def results(self) -> Results:
        """Open the results, as a page does."""
        with Session(self.engine) as session:
            return open_results(session, self.home, self.campaign)

    def tally(self, site: str, collected: int, refused: int) -> None:
        """Field staff report counts."""
        with Session(self.engine) as session, session.begin():
            row = {"collector_id": "máy-1", "campaign_id": self.campaign, "site_id": site, "day": date(2026, 11, 20)}
            session.add(Tally(**row, collected=collected, refused=refused))


def make_world(
    home: Path,
    document: dict[str, Any] | Survey,
    sites: dict[str, str] | None = None,
    threshold: int = 10,
    url: str = "",
) -> World:
    """Make a campaign; `sites` are sites and their units, by default one factory."""
    home.mkdir(parents=True, exist_ok=True)
    survey = document if isinstance(document, Survey) else load_survey(document)
    engine = create_engine(url or f"sqlite:///{home / 'results.db'}", poolclass=NullPool)
    Base.metadata.create_all(engine)
    places = sites or {"may-10": "cd-may"}
    with Session(engine) as session, session.begin():
        publish_survey(session, survey, date(2026, 11, 1))
        session.add_all(Unit(id=unit, name=f"Công đoàn {unit}") for unit in sorted(set(places.values())))
        session.flush()
        session.add_all(
            Site(id=site, name=f"Nơi {site}", unit_id=unit, women=600, men=400) for site, unit in places.items()
        )
        session.add(
            Campaign(
                id=CAMPAIGN,
                title={"vi": "Đợt thử"},
                survey_id=survey.id,
                survey_version=survey.version,
                opens=date(2026, 11, 16),
                closes=date(2026, 12, 15),
                state="open",
                key_id="0" * 16,
                public_key="-",
                threshold=threshold,
            )
        )
        session.flush()
        session.add_all(CampaignSite(campaign_id=CAMPAIGN, site_id=site) for site in places)
    return World(Home(home), survey, engine)
