"""Averages and comparisons: means of groups that stand beside other figures about the same values, and what is made of them.

A comparison is decided on as if the means of both its groups were given out, and worked out from those means as they would be
printed. So whatever it tells, the two means would tell.
"""

from collections.abc import Mapping, Sequence

from schemas.model import Indicator
from server.analysis.coding import COUNTED
from server.analysis.measures import lines_of
from server.analysis.parts import Reach, Signature, tell_nothing
from server.analysis.rounding import Mean, figures_of, fits, grains_of, mean_of
from server.analysis.scales import Sums
from server.analysis.shown import Figures, Shown
from server.analysis.tabling import Desk, one_way
from server.analysis.told import (
    At,
    Rounded,
    Wanted,
    asked_of,
    counted,
    is_told,
    names_of,
    parts_of,
    reach_of,
    sum_of,
    told_before,
)

USEFUL = 100
"""People in each group below which a ratio says little."""
NOTHING: Figures = {"people": None, "value": None, "low": None, "high": None}


def averages(desk: Desk, indicators: Sequence[Indicator]) -> dict[str, Shown]:
    """Give averages and comparisons by their names; those with a target are decided on first, then other comparisons."""
    ordered = sorted(indicators, key=lambda one: (one.target is None, one.comparison is None))
    asked = asked_of(desk.facts.survey)
    wanted = {one.name: asked[one.name] for one in ordered if one.name in asked}
    subjects = [one.subject for one in wanted.values()]
    found = desk.ledger.recall(desk.step.number, "", subjects)
    whole = {one.subject for one in wanted.values() if one.subject not in found and _is_whole(desk, one)}

    def make() -> Sequence[Shown]:
        found.clear()
        found.update(desk.ledger.recall(desk.step.number, "", subjects))
        made: dict[str, Shown] = {}
        for one in wanted.values():
            if one.subject not in found:
                made[one.subject] = _decided(desk, one, made, asked, whole=one.subject in whole)
        found.update(made)
        return list(made.values())

    if len(found) < len(subjects):
        desk.remembered(make)
    return {name: found[one.subject] for name, one in wanted.items()}


def _is_whole(desk: Desk, wanted: Wanted) -> bool:
    """Tell whether nothing is withheld of the questions that an average comes from, so that its people may be counted."""
    if wanted.form or any(name not in desk.facts.survey.by_name for name in wanted.names):
        return False
    questions = [desk.facts.survey.by_name[name] for name in sorted(wanted.names)]
    asked = [question for question in questions if question.type in COUNTED]
    if any(question.dimension or desk.facts.is_sensitive(question.name) for question in questions):
        return False
    return all(table.shown.all() for table in one_way(desk, asked).values())


def _decided(
    desk: Desk, wanted: Wanted, fresh: Mapping[str, Shown], asked: Mapping[str, Wanted], *, whole: bool
) -> Shown:
    """Give the figure at this step; where it would single somebody out, what was given out before, or nothing."""
    before = [table for table in desk.ledger.about([wanted.subject])[wanted.subject] if is_told(table)]
    means = _means(desk, wanted, list(told_before(desk, wanted.measure, fresh, asked)), moving_on=bool(before))
    if means:
        return _written(desk, wanted, means, whole=whole)
    if before:
        return Shown(wanted.subject, "", desk.step.number, figures=before[-1].figures, notes=before[-1].notes)
    return Shown(wanted.subject, "", desk.step.number, figures=(NOTHING,))


def _means(desk: Desk, wanted: Wanted, told: Sequence[tuple[At, Rounded]], *, moving_on: bool) -> Sequence[Mean]:
    """Round the groups' means as finely as is safe; nothing where no rounding is. Who moves on does not grow coarser."""
    groups = [*(each for each, _ in told), *((group, desk.step.number) for group in wanted.groups)]
    lines = lines_of(desk.responses, desk.facts.survey, wanted.measure, names_of(groups))
    parts = parts_of(desk.facts.survey, lines, groups)
    sums = [sum_of(parts, at) for at in range(len(told), len(groups))]
    if not _is_enough(desk, wanted, sums):
        return ()
    known = {at: reach_of(sum_of(parts, at), *rounded) for at, (_, rounded) in enumerate(told)}
    ladders = [grains_of(desk, wanted.measure, group, part) for group, part in zip(wanted.groups, sums, strict=True)]
    for grains in list(zip(*ladders, strict=False))[: 1 if moving_on else None]:
        means = [mean_of(wanted.measure, part, grain) for part, grain in zip(sums, grains, strict=True)]
        if fits(wanted.form, means) and _is_safe(desk, wanted, parts, known, _reaches(sums, means, start=len(told))):
            return means
    return ()


def _is_enough(desk: Desk, wanted: Wanted, sums: Sequence[Sums]) -> bool:
    """Tell whether each group has enough people, and a threshold of them could stand at either end."""
    policy, survey = desk.facts.policy, desk.facts.survey
    sensitive = any(desk.facts.is_sensitive(name) for name in wanted.names if name in survey.by_name)
    least = max(policy.mean_base, policy.least_group(sensitive=sensitive, place=False))
    bounds = wanted.measure.bounds
    return all(part.scored >= least and bounds.room(part.scored, part.total) >= policy.threshold for part in sums)


def _reaches(sums: Sequence[Sums], means: Sequence[Mean], start: int) -> dict[int, Reach]:
    pairs = zip(sums, means, strict=True)
    return {at: reach_of(part, mean.value, mean.grain) for at, (part, mean) in enumerate(pairs, start)}


def _is_safe(
    desk: Desk,
    wanted: Wanted,
    parts: Mapping[Signature, Sums],
    known: Mapping[int, Reach],
    ours: Mapping[int, Reach],
) -> bool:
    bounds, threshold = wanted.measure.bounds, desk.facts.policy.threshold
    return tell_nothing(counted(parts), {**known, **ours}, set(ours), bounds, threshold)


def _written(desk: Desk, wanted: Wanted, means: Sequence[Mean], *, whole: bool) -> Shown:
    figures: dict[str, float | int | str | None] = {"people": None, "step": desk.step.number}
    for at, mean in enumerate(means):
        figures |= {f"mean{at}": mean.value, f"grain{at}": mean.grain}
    figures |= figures_of(wanted.measure, wanted.form, means)
    if not wanted.form and _is_open(desk, means[0].people, whole=whole):
        figures["people"] = means[0].people
    notes = ["rounded"] if figures["rough"] else []
    if wanted.form == "ratio" and min(mean.people for mean in means) < USEFUL:
        notes.append("few_to_compare")
    return Shown(wanted.subject, "", desk.step.number, figures=(figures,), notes=tuple(notes))


def _is_open(desk: Desk, people: int, *, whole: bool) -> bool:
    """Tell whether it may be said how many have a value: everybody, or all but some of whom nothing is withheld."""
    outside = desk.step.responses - people
    return not outside or (whole and outside >= desk.facts.policy.complement)
