"""Field work watched: how far a campaign is by what collectors count, for coordinators, a phone, and a wall. No answer, no result."""

from dataclasses import dataclass

from flask import make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from server.accounts.guards import needs
from server.accounts.permissions import Permission
from server.administration import fieldwork_words as words
from server.administration.asking import own_unit
from server.administration.blueprint import blueprint
from server.administration.campaigns_pages import state_name
from server.administration.listing import Column, Listing
from server.console.numbers import spell_count
from server.console.translation import gettext
from server.console.wording import said
from server.database import session
from server.fieldwork.monitoring.coverage import (
    Device,
    Place,
    flags_of_devices,
    flags_of_places,
    places_showing_refusals,
)
from server.fieldwork.monitoring.pace import Period
from server.fieldwork.monitoring.reading import Progress, campaigns_at, progress_of
from server.fieldwork.tables import Campaign
from server.fieldwork.units import sites_below
from server.services import services

SHOWN_PERIODS = 14
ON_THE_WALL = 16
REFRESHED_AFTER = 300
"""Seconds after which the page on the wall asks again."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A campaign with how it goes at the workplaces within one's own unit."""

    campaign: Campaign
    progress: Progress

    @property
    def percent(self) -> int | None:
        """Return the response rate in whole percents; None where no headcount is known."""
        rate = self.progress.dispositions.response_rate
        return None if rate is None else round(100 * rate)


@blueprint.get("/fieldwork")
@needs(Permission.SEE_FIELDWORK)
def fieldwork() -> ResponseReturnValue:
    """List the campaigns that are asked at some workplace within one's own unit."""
    ours, today = sites_below(session(), own_unit()), services().today()
    found = [Watched(one, progress_of(session(), one, ours, today)) for one in campaigns_at(session(), ours)]
    listed = Listing(_campaign_columns(), found)
    return listed.as_file("fieldwork") or render_template(
        "administration/fieldwork.html",
        list=listed,
        address=lambda row: url_for("administration.fieldwork_campaign", name=row.campaign.id),
    )


@blueprint.get("/fieldwork/<name>")
@needs(Permission.SEE_FIELDWORK)
def fieldwork_campaign(name: str) -> ResponseReturnValue:
    """Show how a campaign goes: rates, forecast, what to look into, by day or week, and by workplace."""
    found = _watched(name)
    if found is None:
        return _missing()
    campaign, progress = found.campaign, found.progress
    listed = Listing(_place_columns(found), progress.places)
    if (file := listed.as_file(f"fieldwork-{name}")) is not None:
        return file
    shown = progress.periods[-SHOWN_PERIODS:]
    return render_template(
        "administration/fieldwork_campaign.html",
        list=listed,
        flags=_flags(found),
        forecast=words.forecast_sentences(campaign, progress),
        shown=shown,
        earlier=len(progress.periods) - len(shown),
        most=max((one.collected for one in shown), default=0),
        **_facts(found),
    )


@blueprint.get("/fieldwork/<name>/days")
@needs(Permission.SEE_FIELDWORK)
def fieldwork_days(name: str) -> ResponseReturnValue:
    """List what was counted by day, week or month: as coarse as the campaign's days are."""
    found = _watched(name)
    if found is None:
        return _missing()
    listed = Listing(_period_columns(found.campaign), found.progress.periods)
    if (file := listed.as_file(f"fieldwork-days-{name}")) is not None:
        return file
    most = max((one.collected for one in found.progress.periods), default=0)
    return render_template("administration/fieldwork_days.html", list=listed, most=most, **_facts(found))


@blueprint.get("/fieldwork/<name>/collectors")
@needs(Permission.SEE_FIELDWORK)
def fieldwork_collectors(name: str) -> ResponseReturnValue:
    """List the collectors that counted in a campaign, with the period of their last count.

    It is not told how many declined on each: less what larger workplaces tell, that would be those of a small one.
    """
    found = _watched(name)
    if found is None:
        return _missing()
    listed = Listing(_device_columns(found.campaign), found.progress.devices)
    if (file := listed.as_file(f"fieldwork-collectors-{name}")) is not None:
        return file
    return render_template("administration/fieldwork_collectors.html", list=listed, **_facts(found))


@blueprint.get("/fieldwork/<name>/wall")
@needs(Permission.SEE_FIELDWORK)
def fieldwork_wall(name: str) -> ResponseReturnValue:
    """Show the large figures, for a wall; the page asks again by itself. No refusal, no collector, no small workplace by name."""
    found = _watched(name)
    if found is None:
        return _missing()
    named = [one for one in found.progress.places if one.headcount >= found.campaign.threshold]
    page = render_template(
        "administration/fieldwork_wall.html",
        places=named[:ON_THE_WALL],
        others=len(found.progress.places) - len(named[:ON_THE_WALL]),
        forecast=words.forecast_sentences(found.campaign, found.progress)[:1],
        minutes=REFRESHED_AFTER // 60,
        today=services().today(),
        **_facts(found),
    )
    answer = make_response(page)
    answer.headers["Refresh"] = str(REFRESHED_AFTER)
    return answer


def _watched(name: str) -> Watched | None:
    ours = sites_below(session(), own_unit())
    campaign = next((one for one in campaigns_at(session(), ours) if one.id == name), None)
    if campaign is None:
        return None
    return Watched(campaign, progress_of(session(), campaign, ours, services().today()))


def _missing() -> ResponseReturnValue:
    return render_template("administration/missing.html", back=url_for("administration.fieldwork")), 404


def _facts(found: Watched) -> dict[str, object]:
    """Give what every page of a campaign shows."""
    progress = found.progress
    asked = progress.collected + progress.refused
    return {
        "campaign": found.campaign,
        "progress": progress,
        "stage": words.stage_sentence(found.campaign, progress, services().today()),
        "tells_refusals": asked >= found.campaign.threshold,
        "target_share": progress.target / progress.people if progress.people else None,
        "period": lambda first: words.spell_period(first, found.campaign.day_unit),
        "by_period": words.by_period(found.campaign.day_unit),
    }


def _flags(found: Watched) -> list[str]:
    campaign, progress, running = found.campaign, found.progress, found.progress.stage == "running"
    of_places = flags_of_places(progress.places, campaign.threshold, running=running)
    of_devices = flags_of_devices(
        progress.devices, campaign.day_unit, campaign.threshold, services().today(), running=running
    )
    return words.flag_sentences([*of_places, *of_devices], campaign.day_unit)


def _campaign_columns() -> list[Column[Watched]]:
    return [
        Column("title", gettext("Title"), lambda row: said(row.campaign.title)),
        Column("state", gettext("State"), lambda row: row.campaign.state, lambda row: state_name(row.campaign)),
        Column("closes", gettext("Last day"), lambda row: row.campaign.closes),
        Column("people", gettext("People"), lambda row: row.progress.people),
        Column("collected", gettext("Answered"), lambda row: row.progress.collected),
        Column("rate", gettext("Response rate (%)"), lambda row: row.percent, lambda row: _or_dash(row.percent)),
    ]


def _place_columns(found: Watched) -> list[Column[Place]]:
    showing = places_showing_refusals(found.progress.places, found.campaign.threshold)
    unit = found.campaign.day_unit

    def percent(row: Place) -> int | None:
        return None if row.share is None else round(100 * row.share)

    def refused(row: Place) -> int | None:
        return row.refused if row.id in showing else None

    return [
        Column("name", gettext("Workplace"), lambda row: row.name),
        Column("unit", gettext("Unit"), lambda row: row.unit),
        Column(
            "people", gettext("People"), lambda row: row.headcount or None, lambda row: _or_dash(row.headcount or None)
        ),
        Column("collected", gettext("Answered"), lambda row: row.collected),
        Column("rate", gettext("Of the headcount (%)"), percent, lambda row: _or_dash(percent(row))),
        Column("refused", gettext("Declined"), refused, lambda row: _or_dash(refused(row))),
        Column(
            "last",
            gettext("Last count"),
            lambda row: row.last,
            lambda row: words.spell_period(row.last, unit) if row.last else words.NOTHING,
        ),
    ]


def _period_columns(campaign: Campaign) -> list[Column[Period]]:
    return [
        Column(
            "first",
            words.by_period(campaign.day_unit),
            lambda row: row.first,
            lambda row: words.spell_period(row.first, campaign.day_unit),
        ),
        Column("collected", gettext("Answered"), lambda row: row.collected),
    ]


def _device_columns(campaign: Campaign) -> list[Column[Device]]:
    return [
        Column("name", gettext("Device"), lambda row: row.name),
        Column("places", gettext("Workplaces"), lambda row: row.places),
        Column("collected", gettext("Answered"), lambda row: row.collected),
        Column(
            "last",
            gettext("Last count"),
            lambda row: row.last,
            lambda row: words.spell_period(row.last, campaign.day_unit),
        ),
        Column("state", gettext("State"), lambda row: gettext("Revoked") if row.revoked else gettext("May deliver")),
    ]


def _or_dash(number: int | None) -> str:
    return words.NOTHING if number is None else spell_count(number)
