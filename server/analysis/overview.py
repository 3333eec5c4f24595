"""Overviews: who took part, by site and over all campaigns. Counts of people here follow the same rule as any other."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.analysis.axes import SITE, Axis, Place
from server.analysis.counting import PLACE
from server.analysis.facts import Facts, policy_of
from server.analysis.gate import Heading, issue
from server.analysis.intervals import margin_of_error, rounded_share
from server.analysis.policy import Policy
from server.analysis.release import ABSENT, ALL, WITHHELD, Cell, Column, Release, Row
from server.analysis.steps import Step
from server.analysis.suppression import Sheet, plan
from server.fieldwork.campaigns import campaigns
from server.fieldwork.tables import Tally
from server.intake.tables import InboxRow, LakeState, Quarantined

PLACE_COLUMNS = ("@headcount", "@responses", "@collected", "@refused", "@participation", "@cooperation", "@margin")
CAMPAIGN_COLUMNS = ("@collected", "@refused", "@waiting", "@stored", "@quarantined")


def overview(facts: Facts, step: Step | None, sites: Axis, sizes: dict[str, int]) -> Release:
    """Show responses against headcounts by site; sites with too few responses are merged with siblings."""
    groups = sites.groups(sizes, facts.policy.threshold) or ()
    absent = tuple(place.id for place in facts.places if not sizes.get(place.id))
    groups = (*groups, *((site,) for site in absent))
    places = {place.id: place for place in facts.places}
    responses = [sum(sizes.get(site, 0) for site in group) for group in groups]
    collected = [sum(_field(facts, site)[0] for site in group) for group in groups]
    refused = [sum(_field(facts, site)[1] for site in group) for group in groups]
    headcounts = [sum(places[site].headcount for site in group if site in places) for group in groups]
    columns = [_shown(counts, facts.policy) for counts in (responses, collected, refused)]
    if step is None:  # too few to say even how many
        columns[0] = [None] * len(columns[0])
    rows = [
        _row("+".join(group), group, sites, headcounts[at], [column[at] for column in columns])
        for at, group in enumerate(groups)
    ]
    total = _row(ALL, (), sites, sum(headcounts), [column[-1] for column in columns])
    base = step.responses if step else None
    heading = _heading(facts, step)
    return issue(heading, [Column(key) for key in PLACE_COLUMNS], [*rows, total], base, [] if step else ["too_few"])


def progress(session: Session, policy: Policy) -> Release:
    """Show how all campaigns get on: collected and refused in the field, waiting, stored and in quarantine here."""
    tallies = _by_campaign(session, Tally.campaign_id, func.sum(Tally.collected))
    refusals = _by_campaign(session, Tally.campaign_id, func.sum(Tally.refused))
    waiting = _by_campaign(session, InboxRow.campaign_id, func.count())
    stored = _by_campaign(session, LakeState.campaign_id, func.sum(LakeState.responses))
    held = _by_campaign(session, Quarantined.campaign_id, func.count())
    rows = []
    for campaign in campaigns(session):
        counts = [found.get(campaign.id, 0) for found in (tallies, refusals, waiting, stored, held)]
        least = policy_of(session, campaign).threshold
        cells = tuple(Cell(count=count) if not 0 < count < least else WITHHELD for count in counts)
        rows.append(Row(campaign.id, campaign.title, cells))
    heading = Heading("", "overview", "progress", None, {}, 0, policy.threshold)
    return issue(heading, [Column(key) for key in CAMPAIGN_COLUMNS], rows, None)


def sites_axis(places: Sequence[Place], axes: dict[str, Axis]) -> Axis:
    """Give the axis of sites, also for a campaign that has only one."""
    unit_of = {place.id: place.unit for place in places}
    return axes.get(SITE) or Axis(SITE, PLACE, (), unit_of=unit_of)


def _heading(facts: Facts, step: Step | None) -> Heading:
    number = step.number if step else 0
    return Heading(facts.campaign, "overview", "responses", SITE, facts.title, number, facts.policy.threshold)


def _shown(counts: Sequence[int], policy: Policy) -> list[int | None]:
    """Withhold small counts and what would tell them; the total comes last."""
    if not counts or 0 < sum(counts) < policy.threshold:
        return [None] * (len(counts) + 1)
    column = np.array(counts, dtype=np.int64)[:, None]
    rows = len(counts)
    nobody = np.zeros(rows, dtype=bool)
    sheet = Sheet(column, np.full(rows, policy.threshold), nobody, nobody, np.zeros(1, dtype=np.int64))
    hidden = plan(sheet, lambda _: ()).hidden[:, 0]
    return [None if off else int(count) for count, off in zip(counts, hidden, strict=True)] + [sum(counts)]


def _row(key: str, group: Sequence[str], sites: Axis, headcount: int, counts: Sequence[int | None]) -> Row:
    members = sites.named(group)
    languages = members[0].label if members else {}
    label = {language: " + ".join(member.label[language] for member in members) for language in languages}
    responses, collected, refused = counts
    cells = (
        Cell(count=headcount) if headcount else ABSENT,
        *(WITHHELD if count is None else Cell(count=count) for count in counts),
        _ratio(responses, headcount),
        _ratio(collected, None if collected is None or refused is None else collected + refused),
        _margin(responses, headcount),
    )
    return Row(key, label, cells, responses, members)


def _ratio(part: int | None, whole: int | None) -> Cell:
    if part is None or whole is None:
        return WITHHELD
    return Cell(share=rounded_share(part / whole, whole)) if whole and part <= whole else ABSENT


def _margin(responses: int | None, headcount: int) -> Cell:
    if responses is None:
        return WITHHELD
    if not responses or responses > headcount:
        return ABSENT
    return Cell(value=rounded_share(float(margin_of_error(responses, headcount)), responses))


def _field(facts: Facts, site: str) -> tuple[int, int]:
    counted = facts.fieldwork.get(site)
    return (counted.collected, counted.refused) if counted else (0, 0)


def _by_campaign(session: Session, campaign: object, figure: object) -> dict[str, int]:
    found = session.execute(select(campaign, figure).group_by(campaign))  # type: ignore[call-overload]
    return {name: int(count or 0) for name, count in found}
