"""How the campaigns get on, as cards: what was collected, what waits, what was opened, of how many people."""

from dataclasses import dataclass
from datetime import date

from server.analysis.release import Cell, Row
from server.analysis.results import campaign_progress, threshold_of
from server.console.numbers import spell_count
from server.console.wording import own_labels, said
from server.database import session
from server.fieldwork.campaigns import campaigns, sites_of
from server.fieldwork.tables import Campaign
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


def cards() -> list[Card]:
    """Make a card for every campaign, the latest first."""
    release = campaign_progress(session(), services().settings.threshold)
    rows = {row.key: row for row in release.rows}
    keys = [column.key for column in release.columns]
    return [_card(campaign, rows[campaign.id], keys) for campaign in campaigns(session()) if campaign.id in rows]


def _card(campaign: Campaign, row: Row, keys: list[str]) -> Card:
    sites = sites_of(session(), campaign.id)
    cells = dict(zip(keys, row.cells, strict=True))
    labels = own_labels()
    held = cells.pop("@quarantined", Cell(count=0))
    least = threshold_of(session(), campaign)
    return Card(
        campaign.id,
        said(campaign.title),
        said(find_version(session(), campaign.survey_id, campaign.survey_version).title),
        campaign.state,
        campaign.opens,
        campaign.closes,
        len(sites),
        sum(site.headcount for site in sites),
        cells[OPENED].count,
        tuple((labels[key], _figure(cell, least)) for key, cell in cells.items()),
        _figure(held, least) if held.count != 0 else "",
    )


def _figure(cell: Cell, least: int) -> str:
    return f"< {least}" if cell.count is None else spell_count(cell.count)
