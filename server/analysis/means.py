"""Tables of means: what of a score over groups is shown. The counts behind a mean are shown only where they give nothing away."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from server.analysis.axes import Axis, least_of
from server.analysis.figures import to_grain
from server.analysis.gate import EVERYBODY
from server.analysis.intervals import mean_interval
from server.analysis.measures import Group, measure_of_score
from server.analysis.release import UNANSWERED
from server.analysis.scales import Scored, Sums, grain_of, sums_of
from server.analysis.shown import Figures, Shown
from server.analysis.tabling import Desk, one_way
from server.analysis.told import belonging, is_safe_beside_comparisons

NOTHING: Figures = {"people": None, "mean": None, "low": None, "high": None}


def means(desk: Desk, scores: Sequence[Scored]) -> dict[str, Shown]:
    """Give the mean scores of everybody; those not given out yet come from one query."""
    names = [score.subject for score in scores]
    found = desk.ledger.recall(desk.step.number, "", names)
    items = sorted({item.question for score in scores if score.subject not in found for item in score.items})
    tables = one_way(desk, [desk.facts.survey.by_name[name] for name in items]) if items else {}

    def make() -> Sequence[Shown]:
        found.clear()  # what a try made that came too late was never given out
        found.update(desk.ledger.recall(desk.step.number, "", names))
        missing = [score for score in scores if score.subject not in found]
        if not missing:
            return ()
        sums = sums_of(desk.responses, desk.facts.survey, missing)
        made = []
        for score in missing:
            guarded = any(not tables[item.question].shown.all() for item in score.items if item.question in tables)
            made.append(
                _decided(desk, score, None, EVERYBODY, _grouped(sums[score.subject], None, EVERYBODY), guarded=guarded)
            )
        found.update({table.subject: table for table in made})
        return made

    if len(found) < len(names):
        desk.remembered(make)
    return found


def means_by(desk: Desk, score: Scored, axis: Axis) -> Shown:
    """Give the mean scores of the groups of a dimension."""
    means(desk, [score])
    found: list[Shown] = []

    def make() -> Sequence[Shown]:
        found[:] = desk.ledger.recall(desk.step.number, axis.name, [score.subject]).values()
        if found:
            return ()
        groups = desk.groups(axis, least_of(axis, desk.facts.policy, sensitive=_sensitive(desk, score)))
        sums = sums_of(desk.responses, desk.facts.survey, [score], axis.column)[score.subject]
        found.append(
            _beside(desk, score, _decided(desk, score, axis, groups, _grouped(sums, axis, groups), guarded=True))
        )
        return found

    desk.remembered(make)
    return found[0]


def _beside(desk: Desk, score: Scored, table: Shown) -> Shown:
    """Withhold the means of a dimension's groups where comparisons, given out before, would single somebody out with them."""
    axis = desk.axes[table.by]
    groups = [Group(column=axis.column, belongs=belonging(axis, group)) for group in table.groups]
    if is_safe_beside_comparisons(desk, measure_of_score(score), groups, table.figures):
        return table
    return replace(table, figures=(NOTHING,) * len(table.groups))


def _grouped(sums: dict[tuple[str, int], Sums], axis: Axis | None, groups: tuple[tuple[str, ...], ...]) -> list[Sums]:
    place = {value: at for at, group in enumerate(groups) for value in group}
    found = [Sums() for _ in groups]
    for (raw, _), part in sums.items():
        at = place[axis.value(None if raw == UNANSWERED else raw)] if axis else 0
        found[at].add(part.scored, part.total, part.squares)
    return found


def _decided(
    desk: Desk,
    score: Scored,
    axis: Axis | None,
    groups: tuple[tuple[str, ...], ...],
    sums: Sequence[Sums],
    *,
    guarded: bool,
) -> Shown:
    """Withhold means of too few people, and beside a lone withheld one another, or the mean of all would give it away."""
    policy = desk.facts.policy
    sizes = _sizes(desk, axis, groups)
    least = max(
        policy.mean_base, policy.least_group(sensitive=_sensitive(desk, score), place=bool(axis and axis.is_place))
    )
    hidden = _hidden(np.array([part.scored for part in sums]), least)
    open_counts = all(
        part.scored in (0, size) or size - part.scored >= policy.complement
        for part, size in zip(sums, sizes, strict=True)
    )
    if axis is not None and len(groups) < 2:
        hidden[:] = True
    figures = [
        NOTHING if off or not part.scored else _figures(part, len(score.items), guarded, open_counts, desk)
        for part, off in zip(sums, hidden, strict=True)
    ]
    return Shown(
        score.subject,
        axis.name if axis else "",
        desk.step.number,
        groups=groups,
        sizes=tuple(sizes),
        figures=tuple(figures),
        notes=("rounded",) if guarded else (),
    )


def _figures(part: Sums, items: int, guarded: bool, open_counts: bool, desk: Desk) -> Figures:
    grain = grain_of(part.scored, items, desk.facts.policy, guarded=guarded)
    mean = to_grain(part.mean, grain)
    low, high = mean_interval(mean, part.deviation, part.scored)
    return {
        "people": part.scored if open_counts else None,
        "mean": mean,
        "grain": grain,
        "low": to_grain(max(0.0, float(low)), grain),
        "high": to_grain(min(100.0, float(high)), grain),
    }


def _hidden(scored: np.ndarray, least: int) -> np.ndarray:
    hidden = (scored > 0) & (scored < least)
    while hidden.any() and not hidden[scored > 0].all() and (hidden.sum() < 2 or scored[hidden].sum() < least):
        hidden[np.where(hidden | (scored == 0), np.iinfo(np.int64).max, scored).argmin()] = True
    return hidden


def _sizes(desk: Desk, axis: Axis | None, groups: tuple[tuple[str, ...], ...]) -> list[int]:
    if axis is None:
        return [desk.step.responses]
    place = {value: at for at, group in enumerate(groups) for value in group}
    sizes = [0] * len(groups)
    for raw, people in desk.step.sizes.get(axis.column, {}).items():
        sizes[place[axis.value(None if raw == UNANSWERED else raw)]] += people
    return sizes


def _sensitive(desk: Desk, score: Scored) -> bool:
    return any(desk.facts.is_sensitive(item.question) for item in score.items)
