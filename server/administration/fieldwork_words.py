"""Sentences about field work: where a campaign stands, how it will end and how sure that is, what to look into."""

from collections.abc import Sequence
from datetime import date

from schemas.days import first_day
from server.console.numbers import spell_count, spell_date, spell_number
from server.console.translation import gettext, ngettext
from server.fieldwork.monitoring.coverage import MANY_REFUSALS, Flag
from server.fieldwork.monitoring.pace import LEAST, Forecast
from server.fieldwork.monitoring.reading import Progress
from server.fieldwork.tables import DRAFT, Campaign

NOTHING = "–"
NAMED = 5
"""Of many workplaces with the same flag, so many are named."""
DAYS_IN = {"day": 1, "week": 7, "month": 30}


def spell_period(first: date, unit: str) -> str:
    """Name a day, a week by its Monday, or a month."""
    if unit == "week":
        return gettext("week of %(day)s", day=spell_date(first))
    if unit == "month":
        return gettext("%(month)s/%(year)s", month=first.month, year=first.year)
    return spell_date(first)


def by_period(unit: str) -> str:
    """Head what is told by day, week or month."""
    return {"day": gettext("By day"), "week": gettext("By week"), "month": gettext("By month")}[unit]


def stage_sentence(campaign: Campaign, progress: Progress, today: date) -> str:
    """Say where a campaign stands, and what its figures are worth today."""
    if progress.stage == DRAFT:
        return gettext("This campaign is a draft: nobody is asked before it is opened.")
    if progress.stage == "not begun":
        return gettext("It begins on %(day)s. Until then there is nothing to count.", day=spell_date(campaign.opens))
    if progress.stage == "over":
        return gettext("Collecting is over. What collectors have not sent yet still comes in and is added.")
    if not progress.devices:
        return gettext("No count has come in yet. Collectors report when they have a network.")
    left = (campaign.closes - today).days
    if not left:
        return gettext("Today is the last day.")
    return ngettext("%(num)d day is left after today.", "%(num)d days are left after today.", left)


def forecast_sentences(campaign: Campaign, progress: Progress) -> list[str]:
    """Say how many will have answered in the end, whether the target is met, and how sure that is; nothing unless it runs."""
    if progress.stage != "running":
        return []
    found = progress.forecast
    if found is None:
        return [_too_early(campaign.day_unit)]
    return [
        gettext(
            "At this pace about %(expected)s people will have answered by %(day)s: probably between %(low)s and %(high)s.",
            expected=spell_count(found.expected),
            day=spell_date(campaign.closes),
            low=spell_count(found.low),
            high=spell_count(found.high),
        ),
        *_about_the_target(campaign, progress, found),
        _how(campaign.day_unit, found),
    ]


def _too_early(unit: str) -> str:
    return {
        "day": gettext("The end can be reckoned once %(num)s whole days are over.", num=LEAST),
        "week": gettext("The end can be reckoned once %(num)s whole weeks are over.", num=LEAST),
        "month": gettext("The end can be reckoned once %(num)s whole months are over.", num=LEAST),
    }[unit]


def _about_the_target(campaign: Campaign, progress: Progress, found: Forecast) -> list[str]:
    if not progress.target:
        return []
    target = spell_count(progress.target)
    if progress.collected >= progress.target:
        return [gettext("The %(target)s answers that ± 5 points need are there.", target=target)]
    if found.reached is None:
        return [gettext("Nobody was counted lately, so no end is in sight.")]
    if found.reached > campaign.closes:
        return [
            gettext(
                "The %(target)s answers that ± 5 points need will not be there by the last day at this pace.",
                target=target,
            )
        ]
    reached = spell_period(first_day(found.reached, campaign.day_unit), campaign.day_unit)
    return [
        gettext("The %(target)s answers that ± 5 points need will be there about %(day)s.", target=target, day=reached)
    ]


def _how(unit: str, found: Forecast) -> str:
    pace = spell_number(found.pace * DAYS_IN[unit])
    number = spell_count(found.periods)
    facts = {"num": number, "pace": pace}
    return {
        "day": gettext("Worked out from the last %(num)s whole days, %(pace)s people a day.", **facts),
        "week": gettext("Worked out from the last %(num)s whole weeks, %(pace)s people a week.", **facts),
        "month": gettext("Worked out from the last %(num)s whole months, %(pace)s people a month.", **facts),
    }[unit]


def flag_sentences(flags: Sequence[Flag], unit: str) -> list[str]:
    """Say what to look into, one sentence a flag; workplaces without a count or headcount together in one."""
    single = [_sentence(flag, unit) for flag in flags if flag.kind not in ("untouched", "unknown")]
    untouched = [flag.name for flag in flags if flag.kind == "untouched"]
    unknown = [flag.name for flag in flags if flag.kind == "unknown"]
    if untouched:
        single.append(
            ngettext(
                "No count has come yet from %(num)d workplace: %(names)s.",
                "No count has come yet from %(num)d workplaces: %(names)s.",
                len(untouched),
                names=_named(untouched),
            )
        )
    if unknown:
        single.append(
            ngettext(
                "Nobody said how many people work at %(num)d workplace, so no rate holds it: %(names)s.",
                "Nobody said how many people work at %(num)d workplaces, so no rate holds them: %(names)s.",
                len(unknown),
                names=_named(unknown),
            )
        )
    return single


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")


def _sentence(flag: Flag, unit: str) -> str:
    facts = {"name": flag.name, "num": spell_count(flag.number)}
    if flag.kind == "silent" and flag.day is not None:
        last = spell_period(flag.day, unit)
        return gettext(
            "%(name)s: no count after %(last)s. The device may not have synced, or its work may be done.",
            name=flag.name,
            last=last,
        )
    if flag.kind == "over":
        return gettext(
            "%(name)s: %(num)s more answered than work there. Check the headcount, and who was counted.", **facts
        )
    if flag.kind == "refusals":
        return gettext("%(name)s: %(num)s%% of those asked declined. Ask on the spot what keeps people away.", **facts)
    facts["num"] = spell_count(round(100 * MANY_REFUSALS))
    return gettext(
        "%(name)s: more than %(num)s%% of those asked declined on this device. Ask its team how people are approached.",
        **facts,
    )
