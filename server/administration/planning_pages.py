"""Planning a campaign: a form, and before anything is saved a page of checks with what will be known, by whom, and what will not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from schemas.survey import Survey
from server.accounts.guards import needs
from server.accounts.permissions import Permission
from server.administration.asking import filled_in, own_unit, why
from server.administration.blueprint import blueprint
from server.administration.campaigns_pages import a_day
from server.analysis.counting.axes import Member, Workplace
from server.analysis.expected import Expected, expected_groups
from server.analysis.policy import Policy
from server.console.translation import gettext
from server.console.wording import label_of, said
from server.database import session, transaction
from server.failures import Failure
from server.fieldwork import campaigns as verbs
from server.fieldwork import sampling, unit_tree
from server.fieldwork.campaigns import CannotPlan, Plan
from server.fieldwork.tables import Campaign, Site, Unit
from server.fieldwork.units import campaigns_within
from server.services import services
from server.surveys import publishing
from server.surveys.kinds import is_collected
from server.surveys.publishing import find_survey

USUAL_RATE, USUAL_DAYS = 60, 28
MOST_SHOWN = 50
GROUP_LIMIT = 12
"""Of a breakdown with more groups than this the first ones are named."""


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A workplace in the plan: who works there, who is expected to answer, who would have to, and how exact its figures were."""

    site: Site
    unit: Unit
    expected: int
    needed: int
    margin: float | None


@blueprint.route("/campaigns/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_CAMPAIGNS)
def campaign_new() -> ResponseReturnValue:
    """Ask what to plan; show the checks; plan it."""
    if request.method == "GET":
        return _form(_beginning())
    typed = filled_in()
    try:
        plan, rate = _plan(typed), _rate(typed.get("rate", ""))
        if request.form.get("step") == "plan":
            return _planned(plan)
        version = verbs.planned_version(session(), plan)
    except Failure as refused:
        return _form(typed, why(refused)), 422
    survey = find_survey(session(), version.id, version.version)
    return render_template(
        "administration/campaign_check.html",
        plan=plan,
        title=said(plan.title or version.title),
        kept=[(name, value) for name in request.form for value in request.form.getlist(name) if name not in _NOT_KEPT],
        rate=rate,
        **_checks(plan, survey, rate),
    )


_NOT_KEPT = frozenset({"csrf_token", "step"})


def _planned(plan: Plan) -> ResponseReturnValue:
    """Plan it; the same once more, as by a double click, leads to what is planned."""
    there = session().get(Campaign, plan.id)
    if there is None or (there.survey_id, there.opens, there.closes) != (plan.survey, plan.opens, plan.closes):
        with transaction() as writing:
            verbs.create_campaign(writing, services().keyring, plan)
        flash(gettext("It is planned, as a draft: nobody is asked before it is opened. Back up the keys folder now."))
    return redirect(url_for("administration.campaign", name=plan.id))


def _plan(typed: Mapping[str, str]) -> Plan:
    name, _, version = typed.get("survey", "").partition("@")
    if not name or not (version.isascii() and version.isdecimal()):
        raise CannotPlan("Choose a survey first.")
    titles = {language: typed[f"title_{language}"][:200] for language in ("vi", "en") if typed.get(f"title_{language}")}
    threshold, least = typed.get("threshold", ""), services().settings.threshold
    if not (threshold.isascii() and threshold.isdecimal()) or not least <= int(threshold[:6]) <= 1000:
        raise CannotPlan(gettext("The least group has %(least)s to 1,000 people.", least=least))
    day_unit = typed.get("day_unit", "day")
    if day_unit not in _day_units():
        raise CannotPlan("Choose how exact days are.")
    return Plan(
        id=typed.get("id", "").lower(),
        title=titles,
        survey=name,
        version=int(version),
        opens=a_day(typed.get("opens", "")),
        closes=a_day(typed.get("closes", "")),
        sites=_chosen_sites(),
        day_unit=day_unit,
        threshold=int(threshold),
        strong=bool(typed.get("strong")),
    )


def _chosen_sites() -> tuple[str, ...]:
    """Return the workplaces that were chosen: all, those of whole units, and single ones; of one's own unit only."""
    branches = unit_tree.tree(session(), own_unit())
    units, single, everywhere = request.form.getlist("unit"), request.form.getlist("site"), "all" in request.form
    return tuple(
        site.id
        for branch in branches
        for site in branch.own
        if everywhere or branch.unit.id in units or site.id in single
    )


def _rate(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:4]) <= 100:
        raise CannotPlan("The expected response rate is a whole number from 1 to 100.")
    return int(text)


def _checks(plan: Plan, survey: Survey, rate: int) -> dict[str, object]:
    """Say how exact figures will be, which groups results will have, and what to know before it is planned."""
    chosen = set(plan.sites)
    branches = unit_tree.tree(session(), own_unit())
    lines = [_line(site, unit, rate) for site, unit in unit_tree.places(branches) if site.id in chosen]
    people = sum(line.site.headcount for line in lines)
    pack_least = (survey.pack.min_n if survey.pack else None) or 0
    policy = Policy(k=max(plan.threshold, pack_least), strong=plan.strong)
    places = [Workplace(one.site.id, one.site.name, one.unit.id, one.unit.name, one.site.headcount) for one in lines]
    answers = round(people * rate / 100)
    return {
        "lines": lines[:MOST_SHOWN],
        "hidden": max(0, len(lines) - MOST_SHOWN),
        "people": people,
        "answers": answers,
        "needed": sampling.needed(people),
        "margin": sampling.margin_of(people, answers),
        "small": [line for line in lines if 0 < line.site.headcount < policy.k],
        "unknown": [line for line in lines if not line.site.headcount],
        "turning": verbs.turning(survey, plan.opens, plan.closes),
        "groups": [_said(one, survey) for one in expected_groups(survey, places, policy, rate / 100)]
        if answers
        else [],
        "least": policy.k,
    }


def _line(site: Site, unit: Unit, rate: int) -> PlaceLine:
    expected = round(site.headcount * rate / 100)
    margin = sampling.margin_of(site.headcount, expected)
    return PlaceLine(site, unit, expected, sampling.needed(site.headcount), margin)


def _said(expected: Expected, survey: Survey) -> dict[str, object]:
    """Say a breakdown in words: how many groups, and which of them are of several members."""
    labels = {member.key: label_of(member) for member in expected.axis.members}
    groups = [" + ".join(labels[key] for key in group) for group in expected.groups]
    name = " × ".join(_named(column, survey) for column in expected.axis.columns)
    return {
        "name": name,
        "groups": list(zip(groups, expected.sizes, strict=True))[:GROUP_LIMIT],
        "count": len(groups),
        "why": expected.why,
        "is_place": expected.axis.is_place,
    }


def _named(column: str, survey: Survey) -> str:
    """Name what an axis is about: a question by its words, places by ours."""
    question = survey.by_name.get(column)
    return said(question.label) if question is not None else label_of(Member(column))


def _beginning() -> dict[str, str]:
    """Fill the form in for a new campaign, or as the next wave of another (`copy` in the address)."""
    today = services().today()
    opens = today + timedelta(days=1)
    begun = {
        "survey": request.args.get("survey", ""),
        "opens": opens.isoformat(),
        "closes": (opens + timedelta(days=USUAL_DAYS)).isoformat(),
        "day_unit": "day",
        "threshold": str(services().settings.threshold),
        "rate": str(USUAL_RATE),
        "all": "1",
        "id": f"dot-{today:%Y-%m}",
    }
    copied = request.args.get("copy", "")
    if copied not in campaigns_within(session(), own_unit()):
        return begun
    before = verbs.find_campaign(session(), copied)
    newest = publishing.find_version(session(), before.survey_id)
    first = max(opens, before.closes + timedelta(days=1))
    return begun | {
        "survey": f"{newest.id}@{newest.version}",
        "opens": first.isoformat(),
        "closes": (first + (before.closes - before.opens)).isoformat(),
        "day_unit": before.day_unit,
        "threshold": str(max(before.threshold, services().settings.threshold)),
        "strong": "1" if before.strong else "",
        "title_vi": before.title.get("vi", ""),
        "title_en": before.title.get("en", ""),
        "all": "",
        "id": _next_name(copied, first),
        "copied": copied,
    }


def _next_name(before: str, first: date) -> str:
    return f"{before[:50]}-{first:%Y-%m}"


def _form(typed: Mapping[str, str], problem: str = "") -> str:
    branches = unit_tree.tree(session(), own_unit())
    ticked = set(request.form.getlist("site"))
    if copied := typed.get("copied"):
        ticked |= {site.id for site in verbs.sites_of(session(), copied)}
    return render_template(
        "administration/campaign_new.html",
        typed=typed,
        problem=problem,
        surveys=_surveys(),
        branches=branches,
        count=sum(len(branch.own) for branch in branches),
        units=set(request.form.getlist("unit")),
        ticked=ticked,
        day_units=_day_units().items(),
        least=services().settings.threshold,
    )


def _surveys() -> Sequence[tuple[str, str]]:
    """List what campaigns can ask, the newest version of each first."""
    rows = [row for row in reversed(publishing.versions(session())) if is_collected(row.kind)]
    return [
        (
            f"{row.id}@{row.version}",
            gettext("%(title)s, version %(version)s", title=said(row.title), version=row.version),
        )
        for row in rows
    ]


def _day_units() -> dict[str, str]:
    return {
        "day": gettext("the day"),
        "week": gettext("the week"),
        "month": gettext("the month"),
    }
