"""How all campaigns get on: what was collected in the field, waits, was opened, is in quarantine. No edition is needed for it.

Counts of whole campaigns only, and those below the campaign's k are left out: what else they could tell of single people no
page shows, since figures of answers come from editions alone.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.analysis.edition.figures import Count, Figure, Missing
from server.analysis.edition.release import Column, Release, Row, issue
from server.analysis.facts import policy_of
from server.fieldwork.campaigns import campaigns
from server.fieldwork.tables import Tally
from server.intake.tables import InboxRow, LakeState, Quarantined

COLUMNS = ("@collected", "@refused", "@waiting", "@stored", "@quarantined")


def progress(session: Session) -> Release:
    """Show how every campaign gets on: rows are campaigns, columns `COLUMNS`; people."""
    counted = (
        _by_campaign(session, Tally.campaign_id, func.sum(Tally.collected)),
        _by_campaign(session, Tally.campaign_id, func.sum(Tally.refused)),
        _by_campaign(session, InboxRow.campaign_id, func.count()),
        _by_campaign(session, LakeState.campaign_id, func.sum(LakeState.responses)),
        _by_campaign(session, Quarantined.campaign_id, func.count()),
    )
    rows = []
    for campaign in campaigns(session):
        least = policy_of(session, campaign).k
        figures = tuple(_figure(found.get(campaign.id, 0), least) for found in counted)
        rows.append(Row(campaign.id, campaign.title, figures))
    return issue(
        campaign="",
        edition=0,
        counted=0,
        kind="progress",
        subject="campaigns",
        by="",
        title={},
        columns=tuple(Column(key) for key in COLUMNS),
        rows=tuple(rows),
        people=0,
        bracket=0,
    )


def _figure(count: int, least: int) -> Figure:
    return Missing("few") if 0 < count < least else Count(count)


def _by_campaign(session: Session, campaign: object, figure: object) -> dict[str, int]:
    found = session.execute(select(campaign, figure).group_by(campaign))  # type: ignore[call-overload]
    return {name: int(count or 0) for name, count in found}
