"""Indicators: one figure each. Shares are evaluated by the survey's own expressions, once per set of answers that occurs."""

import math
from collections.abc import Sequence

from schemas.expressions.evaluating import condition
from schemas.model import Indicator, ScaleItem
from server.analysis.counting import count_together
from server.analysis.figures import to_grain
from server.analysis.intervals import wilson
from server.analysis.means import means
from server.analysis.relevance import refers_to, scope_of
from server.analysis.scales import TOP_TWO_METHOD, Scored, scored_of
from server.analysis.shown import Figures, Shown
from server.analysis.tabling import Desk, one_way

SHARE_GRAINS = (0.01, 0.02, 0.05, 0.1, 0.2)
WITHHELD_SHARE: Figures = {"people": None, "share": None, "low": None, "high": None}


def indicator_tables(desk: Desk, indicators: Sequence[Indicator]) -> dict[str, Shown]:
    """Give the tables of indicators by their names; shares and scores."""
    scores = {item.name: scored for item in indicators if (scored := _scored(desk, item)) is not None}
    by_subject = means(desk, list(dict.fromkeys(scores.values()))) if scores else {}
    found = {name: by_subject[score.subject] for name, score in scores.items()}
    shares = [item for item in indicators if item.kind == "share" and item.expression is not None]
    return found | _shares(desk, shares)


def _scored(desk: Desk, indicator: Indicator) -> Scored | None:
    if indicator.kind == "mean":
        return next((scored_of(scale) for scale in desk.facts.survey.scales if scale.name == indicator.scale), None)
    if indicator.kind == "top_two":
        items = tuple(ScaleItem(name) for name in indicator.items)
        return Scored(f"indicator/{indicator.name}", items, TOP_TWO_METHOD)
    return None


def _shares(desk: Desk, indicators: Sequence[Indicator]) -> dict[str, Shown]:
    subjects = [f"indicator/{item.name}" for item in indicators]
    found = desk.ledger.recall(desk.step.number, "", subjects)
    missing = [item for item in indicators if f"indicator/{item.name}" not in found]
    guarded = {item.name: _guarded(desk, item) for item in missing}

    def make() -> Sequence[Shown]:
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
    guarded = guarded or 0 < outside < policy.complement
    share = yes / base
    low, high = (float(bound) for bound in wilson(share, base))
    grain = _grain(base, policy.threshold) if guarded else 0.01 if base < 200 else 0.001
    figures: Figures = {
        "people": None if guarded else base,
        "share": min(1.0, to_grain(share, grain)),
        "low": to_grain(low, grain),
        "high": min(1.0, to_grain(high, grain)),
    }
    return Shown(subject, "", desk.step.number, figures=(figures,), notes=("rounded",) if guarded else ())


def _counted(desk: Desk, indicator: Indicator) -> tuple[int, int]:
    names = _names(indicator)
    fulfils = condition(indicator.expression.tree) if indicator.expression else None
    belongs = condition(indicator.base.tree) if indicator.base else None
    yes = base = 0
    if fulfils is None or any(desk.facts.survey.by_name[name].type == "text" for name in names):
        return 0, 0
    for values, people in count_together(desk.responses, desk.facts.survey, names).items():
        scope = scope_of(desk.facts.survey, dict(zip(names, values[:-1], strict=True)))
        if belongs is None or belongs(scope):
            base += people
            yes += people if fulfils(scope) else 0
    return yes, base


def _grain(base: int, threshold: int) -> float:
    """Say how coarsely a share is rounded so that at least a threshold of counts would print alike."""
    return next((grain for grain in SHARE_GRAINS if math.floor(grain * base) >= threshold), SHARE_GRAINS[-1])
