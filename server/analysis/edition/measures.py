"""Measures: scales and indicators as single figures of some people, in whatever groups they are asked for.

What is linear in the counts of items is made from those; a share of people and an average of numbers are items of their own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.model import Indicator, Scale, ScaleItem, Survey
from schemas.texts import Text
from server.analysis.counting.items import NO, YES, Item
from server.analysis.edition.figures import Missing, Reason
from server.analysis.edition.material import Material
from server.analysis.edition.pairs import members_who, side_of
from server.analysis.edition.release import BaseWord
from server.analysis.statistics.estimates import Estimate, Worked
from server.analysis.statistics.known import Known
from server.analysis.statistics.quizzes import percent_correct, pooled_share, worths_in
from server.analysis.statistics.scores import average_of, best_two, mean_of, mean_of_items, scores_of
from server.analysis.statistics.shares import share_of

IN_HUNDRED = (0.0, 100.0)
KnownByItem = Mapping[str, Known]
Work = Callable[[KnownByItem, int], Worked]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. `subject` names it (`scale/NAME`, `indicator/NAME`), `items` are those it is made from, `work` makes it.

    `only`: an axis and its members of whom it is. `lack` says why it cannot be made, whatever people answer; then there are no items.
    """

    subject: str
    title: Text
    items: tuple[str, ...]
    work: Work
    base: BaseWord = "answered"
    only: tuple[str, frozenset[str]] | None = None
    lack: Reason | None = None

    @property
    def name(self) -> str:
        """Name it as the survey does."""
        return self.subject.partition("/")[2]

    def among_all(self, material: Material) -> Worked:
        """Work it out for everybody."""
        if self.lack is not None:
            return Missing(self.lack)
        if self.only is not None:
            axis, who = self.only
            groups = material.by(self.items, axis)
            side = groups if isinstance(groups, Missing) else side_of(groups, who)
            return side if isinstance(side, Missing) else self.work(side.known, material.least(self.items, axis))
        held = {name: material.whole(name) for name in self.items}
        missing = next((one for one in held.values() if isinstance(one, Missing)), None)
        return missing or self.work(
            {name: one for name, one in held.items() if isinstance(one, Known)}, material.least(self.items)
        )


def measure_of_scale(material: Material, scale: Scale) -> Measure:
    """Read a scale: the mean of its items' means, 0-100, or percent correct."""
    survey = material.facts.survey
    names = tuple(item.question for item in scale.items)
    is_quiz = scale.score == "percent_correct"
    if not all(name in material.items and (is_quiz or _is_scored(material.items[name])) for name in names):
        return _lacking(f"scale/{scale.name}", scale.title, "unworked")
    work = _quiz_work(survey, names) if is_quiz else _score_work(scale.items)
    return Measure(f"scale/{scale.name}", scale.title, names, work)


def measure_of_indicator(material: Material, indicator: Indicator) -> Measure:
    """Read an indicator that is a figure of some people; comparisons and ratios of sums are none.

    A share and an average are counted within their base; a mean and top two have one only where it is some members of one axis.
    """
    make = _MAKERS.get(indicator.kind)
    lacking = _lacking(f"indicator/{indicator.name}", indicator.title, "unworked")
    measure = make(material, indicator) if make else lacking
    if indicator.base is None or indicator.kind not in {"mean", "top_two"} or measure.lack is not None:
        return measure
    only = members_who(material, indicator.base)
    return replace(measure, only=only, base="belongs") if only else lacking


def measures_of(material: Material) -> tuple[Measure, ...]:
    """List the scales of a survey, then its indicators."""
    survey = material.facts.survey
    scales = [measure_of_scale(material, scale) for scale in survey.scales]
    return (*scales, *(measure_of_indicator(material, one) for one in survey.indicators))


def _lacking(subject: str, title: Text, reason: Reason) -> Measure:
    return Measure(subject, title, (), lambda _held, _least: Missing(reason), lack=reason)


def _share(material: Material, indicator: Indicator) -> Measure:
    subject = f"indicator/{indicator.name}"
    if subject not in material.items:
        return _lacking(subject, indicator.title, "unworked")

    def work(held: KnownByItem, least: int) -> Worked:
        known = held[subject]
        return share_of(known, known.mask((YES,)), known.mask((YES, NO)), least)

    base: BaseWord = "belongs" if indicator.base else "asked" if material.items[subject].conditional else "everybody"
    return Measure(subject, indicator.title, (subject,), work, base)


def _average(material: Material, indicator: Indicator) -> Measure:
    subject = f"indicator/{indicator.name}"
    if subject not in material.items:
        return _lacking(subject, indicator.title, "no_bounds")

    def work(held: KnownByItem, least: int) -> Worked:
        known = held[subject]
        band = next((one for one in known.item.answers if None not in (one.low, one.high, one.score)), None)
        if band is None:
            return Missing("no_bounds")
        spacing = (band.low or 0.0) + (band.high or 0.0) - 2 * (band.score or 0.0)
        return average_of(known, max(spacing, 0.0), least)

    return Measure(subject, indicator.title, (subject,), work)


def _mean(material: Material, indicator: Indicator) -> Measure:
    scale = next((one for one in material.facts.survey.scales if one.name == indicator.scale), None)
    subject = f"indicator/{indicator.name}"
    if scale is None:
        return _lacking(subject, indicator.title, "unworked")
    read = measure_of_scale(material, scale)
    return Measure(subject, indicator.title, read.items, read.work, lack=read.lack)


def _top_two(material: Material, indicator: Indicator) -> Measure:
    subject, names = f"indicator/{indicator.name}", indicator.items
    if any(name not in material.items for name in names):
        return _lacking(subject, indicator.title, "unworked")

    def work(held: KnownByItem, least: int) -> Worked:
        parts = [held[name] for name in names]
        masks = [best_two(known) for known in parts]
        if len(parts) == 1:
            return share_of(parts[0], masks[0], parts[0].mask(scores_of(parts[0])), least)
        means = [
            mean_of(known, worths_in(known, mask, scores_of(known)), least, (0.0, 1.0))
            for known, mask in zip(parts, masks, strict=True)
        ]
        return pooled_share(means, parts, masks)

    return Measure(subject, indicator.title, names, work)


_MAKERS: Mapping[str, Callable[[Material, Indicator], Measure]] = {
    "share": _share,
    "average": _average,
    "mean": _mean,
    "top_two": _top_two,
}


def _quiz_work(survey: Survey, names: Sequence[str]) -> Work:
    def work(held: KnownByItem, least: int) -> Worked:
        return percent_correct([(survey.by_name[name], held[name]) for name in names], least)

    return work


def _score_work(items: Sequence[ScaleItem]) -> Work:
    def work(held: KnownByItem, least: int) -> Worked:
        means = [mean_of(held[item.question], _worths(held[item.question], item), least, IN_HUNDRED) for item in items]
        parts = [one for one in means if isinstance(one, Estimate)]
        if len(parts) < len(means):
            return next(one for one in means if isinstance(one, Missing))
        return mean_of_items(parts)

    return work


def _is_scored(item: Item) -> bool:
    return len({answer.score for answer in item.answers if answer.score is not None and not answer.off_scale}) > 1


def _worths(known: Known, item: ScaleItem) -> Mapping[str, float]:
    """Say what each answer is worth from 0 to 100 in the direction of the scale."""
    scores = scores_of(known)
    least, most = min(scores.values()), max(scores.values())
    worths = {key: 100 * (score - least) / (most - least) for key, score in scores.items()}
    return {key: 100 - worth for key, worth in worths.items()} if item.reversed else worths
