"""How the campaigns get on, as cards: what was collected, what waits, what was opened, of how many people."""

from dataclasses import dataclass
from datetime import date

from flask_login import current_user

from server.analysis.edition.figures import Count, Figure
from server.analysis.edition.progress import progress
from server.analysis.edition.release import Row
from server.analysis.edition.store import latest
from server.analysis.facts import policy_of
from server.console.numbers import spell_count
from server.console.results_status import spell_edition
from server.console.wording import own_labels, said
from server.database import session
from server.fieldwork.campaigns import campaigns, has_key, sites_of
from server.fieldwork.tables import OPEN, Campaign
from server.fieldwork.units import campaigns_within
from server.services import services
from server.surveys.publishing import find_version

OPENED = "@stored"


@dataclass(frozen=True, slots=True)
class Card:
    """One campaign at a glance. `opened` is nothing when too few people stand behind it."""

    id: str
    title: str
    survey: str
    state: str
    opens: date
    closes: date
    sites: int
    headcount: int
    opened: int | None
    figures: tuple[tuple[str, str], ...]
    quarantined: str
    missing_key: str
    edition: str


def cards() -> list[Card]:
    """Make a card for every campaign that whoever is signed in may see, the latest first."""
    seen = campaigns_within(session(), current_user.unit)
    release = progress(session())
    rows = {row.key: row for row in release.rows}
    keys = [column.key for column in release.columns]
    return [
        _card(campaign, rows[campaign.id], keys)
        for campaign in campaigns(session())
        if campaign.id in rows and campaign.id in seen
    ]


def _card(campaign: Campaign, row: Row, keys: list[str]) -> Card:
    sites = sites_of(session(), campaign.id)
    figures = dict(zip(keys, row.figures, strict=True))
    labels = own_labels()
    held = figures.pop("@quarantined", Count(0))
    opened = figures[OPENED]
    least = policy_of(session(), campaign).k
    return Card(
        campaign.id,
        said(campaign.title),
        said(find_version(session(), campaign.survey_id, campaign.survey_version).title),
        "over" if campaign.state == OPEN and services().today() > campaign.closes else campaign.state,
        campaign.opens,
        campaign.closes,
        len(sites),
        sum(site.headcount for site in sites),
        opened.value if isinstance(opened, Count) else None,
        tuple((labels[key], _spelled(figure, least)) for key, figure in figures.items()),
        _spelled(held, least) if held != Count(0) else "",
        "" if has_key(services().keyring, campaign) else campaign.key_id,
        spell_edition(latest(session(), campaign.id)),
    )


def _spelled(figure: Figure, least: int) -> str:
    return spell_count(figure.value) if isinstance(figure, Count) else f"< {least}"
