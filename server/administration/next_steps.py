"""What there is to do from an empty server to a campaign that runs: what is done, what comes next, by the reader's permissions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import url_for
from flask_login import current_user

from server.accounts.permissions import Permission
from server.administration.asking import own_unit
from server.analysis.edition.store import latest
from server.collectors import enrolment
from server.console.numbers import spell_count
from server.console.translation import gettext, ngettext
from server.database import session
from server.fieldwork import campaigns, links, unit_tree
from server.fieldwork.tables import DRAFT, OPEN, Campaign
from server.fieldwork.tallies import tallied
from server.fieldwork.units import campaigns_within
from server.services import services
from server.surveys import publishing


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: whether it is done, how far it is in numbers, and the button that leads there."""

    permission: Permission
    title: str
    sentence: str
    done: bool
    button: str
    address: str
    next: bool = False


def steps() -> list[Step]:
    """List the steps that whoever is signed in may take; the first that is not done is the next."""
    mine = [step for step in _all() if current_user.may(step.permission)]
    first = next((at for at, step in enumerate(mine) if not step.done), None)
    return [replace(step, next=at == first) for at, step in enumerate(mine)]


def _all() -> Iterator[Step]:
    ours = campaigns_within(session(), own_unit())
    planned = [one for one in campaigns.campaigns(session()) if one.id in ours]
    yield _surveys()
    yield _sites()
    yield _planned(planned)
    yield _opened(planned)
    yield _invited()
    yield _running(planned)


def _surveys() -> Step:
    number = len({row.id for row in publishing.versions(session())})
    sentence = ngettext("%(num)d survey is published.", "%(num)d surveys are published.", number)
    return Step(
        Permission.WRITE_SURVEYS,
        gettext("Publish a survey"),
        sentence if number else gettext("Choose one of the ready-made surveys, or bring in a file of your own."),
        bool(number),
        gettext("Surveys") if number else gettext("Choose a ready-made survey"),
        url_for("administration.surveys" if number else "administration.packs"),
    )


def _sites() -> Step:
    branches = unit_tree.tree(session(), own_unit())
    number = sum(len(branch.own) for branch in branches)
    people = sum(site.headcount for branch in branches for site in branch.own)
    sentence = ngettext(
        "%(num)d workplace with %(people)s people.",
        "%(num)d workplaces with %(people)s people.",
        number,
        people=spell_count(people),
    )
    return Step(
        Permission.MANAGE_SITES,
        gettext("Bring in workplaces"),
        sentence if number else gettext("A table with a row for each workplace: name, unit, women and men."),
        bool(number),
        gettext("Workplaces") if number else gettext("Bring in a table"),
        url_for("administration.sites" if number else "administration.sites_upload"),
    )


def _planned(planned: list[Campaign]) -> Step:
    sentence = ngettext("%(num)d campaign is planned.", "%(num)d campaigns are planned.", len(planned))
    return Step(
        Permission.MANAGE_CAMPAIGNS,
        gettext("Plan a campaign"),
        sentence
        if planned
        else gettext("Which survey is asked where, and when; checks tell beforehand what will be known."),
        bool(planned),
        gettext("Campaigns") if planned else gettext("Plan a campaign"),
        url_for("administration.campaigns" if planned else "administration.campaign_new"),
    )


def _opened(planned: list[Campaign]) -> Step:
    drafts = [one for one in planned if one.state == DRAFT]
    opened = [one for one in planned if one.state == OPEN]
    done = bool(planned) and len(drafts) < len(planned)
    if drafts and not done:
        address = url_for("administration.campaign_deed", name=drafts[0].id, deed="open")
    else:
        address = url_for("administration.campaigns")
    sentence = ngettext("%(num)d campaign is open.", "%(num)d campaigns are open.", len(opened))
    return Step(
        Permission.MANAGE_CAMPAIGNS,
        gettext("Open the campaign"),
        sentence if done else gettext("Back up the keys folder first. Nobody is asked before."),
        done,
        gettext("Campaigns") if done else gettext("Open it"),
        address,
    )


def _invited() -> Step:
    devices = sum(one.revoked_on is None for one in enrolment.collectors(session()))
    made = sum(one.revoked_on is None for one, _ in links.links(session()))
    sentence = gettext(
        "Collectors enrolled: %(devices)s. Links: %(links)s.", devices=spell_count(devices), links=spell_count(made)
    )
    done = bool(devices or made)
    return Step(
        Permission.MANAGE_COLLECTORS,
        gettext("Invite collectors, or make links"),
        sentence if done else gettext("A tablet is enrolled with a code; by a link people answer on their own phones."),
        done,
        gettext("Collectors") if done else gettext("Invite"),
        url_for("administration.collectors"),
    )


def _running(planned: list[Campaign]) -> Step:
    counted = sum(tallied(session(), one.id)[0] for one in planned)
    running = [
        one for one in planned if campaigns.period_today(one, services().today()) == "running" and one.state == OPEN
    ]
    shown = any(latest(session(), one.id) for one in planned)
    sentence = gettext("Collected in the field: %(counted)s.", counted=spell_count(counted))
    return Step(
        Permission.SEE_RESULTS,
        gettext("See how it goes"),
        sentence if planned else gettext("Coverage and results stand with each campaign."),
        shown and not running,
        gettext("Campaigns"),
        url_for("console.campaign_list"),
    )
