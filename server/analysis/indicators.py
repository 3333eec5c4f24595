"""Indicators: one figure each. Shares are evaluated by the survey's own expressions, once per set of answers that occurs."""

import math
from collections.abc import Sequence

from schemas.expressions.evaluating import condition
from schemas.model import Indicator, Survey
from server.analysis.comparing import averages
from server.analysis.counting import count_together
from server.analysis.figures import to_grain
from server.analysis.intervals import wilson
from server.analysis.left_open import share_left_open
from server.analysis.means import means
from server.analysis.measures import can_be_seen, score_of
from server.analysis.relevance import refers_to, scope_of
from server.analysis.rounding import WIDEST, Rounded, rounded_share, usual_share
from server.analysis.shown import Figures, Shown
from server.analysis.tabling import Desk, one_way

USUAL = 0.01
WITHHELD_SHARE: Figures = {"people": None, "share": None, "low": None, "high": None}


def indicator_tables(desk: Desk, indicators: Sequence[Indicator]) -> dict[str, Shown]:
    """Give the tables of indicators by their names. What is missing cannot be worked out, whatever people answer.

    The whole comes before its parts, so that what is compared is checked against it.
    """
    survey = desk.facts.survey
    compared = {one.comparison.indicator for one in indicators if one.comparison}
    whole = [one for one in survey.indicators if one in indicators or one.name in compared]
    scores = {item.name: scored for item in whole if (scored := score_of(survey, item)) is not None}
    by_subject = means(desk, list(dict.fromkeys(scores.values()))) if scores else {}
    found = {name: by_subject[score.subject] for name, score in scores.items()}
    found |= _shares(desk, [item for item in whole if item.kind == "share" and _can_be_counted(survey, item)])
    return found | averages(desk, [item for item in indicators if item.kind in {"average", "compare"}])


def _can_be_counted(survey: Survey, indicator: Indicator) -> bool:
    return indicator.expression is not None and can_be_seen(survey, _names(indicator))


def _shares(desk: Desk, indicators: Sequence[Indicator]) -> dict[str, Shown]:
    subjects = [f"indicator/{item.name}" for item in indicators]
    found = desk.ledger.recall(desk.step.number, "", subjects)
    missing = [item for item in indicators if f"indicator/{item.name}" not in found]
    guarded = {item.name: _guarded(desk, item) for item in missing}

    def make() -> Sequence[Shown]:
        found.clear()  # what a try made that came too late was never given out
        found.update(desk.ledger.recall(desk.step.number, "", subjects))
        made = [_share(desk, item, guarded[item.name]) for item in missing if f"indicator/{item.name}" not in found]
        found.update({table.subject: table for table in made})
        return made

    if missing:
        desk.remembered(make)
    return {item.name: found[f"indicator/{item.name}"] for item in indicators}


def _names(indicator: Indicator) -> tuple[str, ...]:
    return refers_to(*(item for item in (indicator.expression, indicator.base) if item is not None))


def _guarded(desk: Desk, indicator: Indicator) -> bool:
    """Tell whether an exact share could tell what is withheld of the questions that it is made from."""
    questions = [desk.facts.survey.by_name[name] for name in _names(indicator)]
    if any(question.dimension or question.type not in {"select_one", "select_multiple"} for question in questions):
        return True
    return any(not table.shown.all() for table in one_way(desk, questions).values())


def _share(desk: Desk, indicator: Indicator, guarded: bool) -> Shown:
    """Count who fulfils an indicator, of those in its base; show it when enough do, and enough do not."""
    subject, policy = f"indicator/{indicator.name}", desk.facts.policy
    yes, base = _counted(desk, indicator)
    sensitive = any(desk.facts.is_sensitive(name) for name in _names(indicator))
    outside = desk.step.responses - base
    least = policy.least_group(sensitive=sensitive, place=False)
    few = any(0 < count < policy.threshold or (sensitive and count == 0) for count in (yes, base - yes))
    if base < least or few:
        return Shown(subject, "", desk.step.number, figures=(WITHHELD_SHARE,))
    figures = _left_open(desk, indicator) if guarded and not sensitive else None
    if figures is not None:
        return Shown(subject, "", desk.step.number, figures=(figures,), notes=("rounded",))
    guarded = guarded or 0 < outside < policy.complement
    rounded = rounded_share(yes, base, policy, guarded=guarded)
    if rounded is None:
        return Shown(subject, "", desk.step.number, figures=(WITHHELD_SHARE,))
    printed = _printed(rounded, base, guarded=guarded)
    return Shown(subject, "", desk.step.number, figures=(printed,), notes=("rounded",) if guarded else ())


def _printed(rounded: Rounded, base: int, *, guarded: bool) -> Figures:
    """Give a share with an interval that begins and ends where those of the shares do that print alike."""
    aside = rounded.size / 2 if guarded else 0.0
    low = float(wilson(max(0.0, rounded.value - aside), base).low)
    high = float(wilson(min(1.0, rounded.value + aside), base).high)
    digits = 0.01 if guarded else rounded.size
    return {
        "people": None if guarded else base,
        "share": min(1.0, max(0.0, rounded.value)),
        "grain": rounded.size,
        "low": to_grain(low, digits),
        "high": min(1.0, to_grain(high, digits)),
        "rough": rounded.size > usual_share(base),
    }


def _left_open(desk: Desk, indicator: Indicator) -> Figures | None:
    """Give a share as far as the shown counts of its one question tell it, if that is fine enough."""
    names, survey = _names(indicator), desk.facts.survey
    if len(names) != 1 or survey.by_name[names[0]].type != "select_one" or survey.by_name[names[0]].dimension:
        return None
    table = one_way(desk, [survey.by_name[names[0]]])[names[0]]
    found = share_left_open(survey, indicator, names[0], table)
    if found is None or found.high - found.low > WIDEST:
        return None
    low, high = float(wilson(found.low, found.base).low), float(wilson(found.high, found.base).high)
    return {
        "people": None,
        "share": round((found.low + found.high) / 2, 2),
        "grain": max(round(found.high - found.low, 6), USUAL),
        "low": math.floor(low * 100) / 100,
        "high": math.ceil(high * 100) / 100,
        "rough": found.high - found.low > USUAL,
    }


def _counted(desk: Desk, indicator: Indicator) -> tuple[int, int]:
    names = _names(indicator)
    fulfils = condition(indicator.expression.tree) if indicator.expression else None
    belongs = condition(indicator.base.tree) if indicator.base else None
    yes = base = 0
    if fulfils is None:
        return 0, 0
    for values, people in count_together(desk.responses, desk.facts.survey, names).items():
        scope = scope_of(desk.facts.survey, dict(zip(names, values[:-1], strict=True)))
        if belongs is None or belongs(scope):
            base += people
            yes += people if fulfils(scope) else 0
    return yes, base
