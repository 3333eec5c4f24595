"""How finely a mean may be rounded so that it tells no count that is withheld of the questions it comes from.

Of a number only bands are ever shown. Within a band people may have answered otherwise, and no table would print otherwise.
Where that alone could move a group's total, up as well as down, by a threshold of people going from one end to the other,
a mean tells nothing of withheld counts. Where it could not, the mean is rounded until a threshold of people may have changed one
answer within one printed value.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.expressions.evaluating import Compiled, Scope, compiled
from schemas.expressions.values import Value, is_empty, to_number
from schemas.model import Question, Survey
from schemas.questions import NUMBERS
from server.analysis.bands import band_of, bands_of
from server.analysis.counting import count_together
from server.analysis.lake import Responses
from server.analysis.measures import Group, Measure
from server.analysis.relevance import NO_DAY, refers_to

MOST_PROFILES = 3_000
"""How many different sets of answers are looked at; beyond, people are so many that rounding costs nothing."""
INSIDE = 0.999
"""A number that may have any decimals stays this far inside its band."""

Values = dict[str, Value]
Answers = Mapping[str, str | None]


@dataclass(slots=True)
class Slack:
    """How far a group's total can fall and rise within the bands, and the most that one changed answer does to a value."""

    fall: float = 0.0
    rise: float = 0.0
    effect: float = 0.0

    def holds(self, amount: float) -> bool:
        """Tell whether the total can move by so much either way."""
        return min(self.fall, self.rise) >= amount


def slack_of(responses: Responses, survey: Survey, measure: Measure, group: Group, wanted: float) -> Slack:
    """Find how far the people of a group could have answered otherwise without a table telling it, up to what is wanted."""
    calculator = _Calculator(survey, measure)
    names = sorted({*measure.names, *calculator.leaves_behind(group.names)})
    profiles = count_together(responses, survey, names)
    numeric = [name for name in measure.names if survey.by_name[name].type in NUMBERS]
    slack = Slack(effect=measure.bounds.spread if numeric else measure.bounds.spread / 2)
    if len(profiles) > MOST_PROFILES:
        return Slack(effect=measure.bounds.spread)
    for profile, people in profiles.items():
        answers = dict(zip(names, profile[:-1], strict=True))
        true = calculator.value(answers, group)
        if true is None:
            continue
        if numeric:
            within = calculator.values([_at_ends(survey, answers, numeric, end) for end in (0, 1)], group)
            if within and measure.bounds.least < true < measure.bounds.most:
                slack.fall += people * max(0.0, true - min(within))
                slack.rise += people * max(0.0, max(within) - true)
            if slack.holds(wanted):
                break
        else:
            others = calculator.values(_otherwise(survey, measure, answers), group)
            slack.effect = max([slack.effect, *(abs(each - true) for each in others)])
    return slack


def _at_ends(survey: Survey, answers: Answers, numeric: Sequence[str], end: int) -> Answers:
    """Move every number to one end of the band in which it lies."""
    moved = dict(answers)
    for name in numeric:
        answer = answers[name]
        if answer:
            moved[name] = _ends(survey.by_name[name], answer)[end]
    return moved


def _otherwise(survey: Survey, measure: Measure, answers: Answers) -> Iterator[Answers]:
    """Change one choice."""
    for name in measure.names:
        for choice in survey.by_name[name].choices if answers[name] else ():
            if choice.name != answers[name]:
                yield {**answers, name: choice.name}


class _Calculator:
    """Works a value out of answers, as the page does when it calculates."""

    def __init__(self, survey: Survey, measure: Measure) -> None:
        self._survey, self._measure = survey, measure
        self._formulas: dict[str, tuple[tuple[str, ...], Compiled | None]] = {}
        self._values: Values = {}

    def leaves_behind(self, names: Sequence[str]) -> Iterator[str]:
        """Name the questions that are asked, from which these come."""
        waiting, seen = list(names), set()
        while waiting:
            name = waiting.pop()
            if name in seen or name not in self._survey.by_name:
                continue
            seen.add(name)
            calculation = self._survey.by_name[name].calculation
            if calculation is None:
                yield name
            else:
                waiting += refers_to(calculation)

    def value(self, answers: Answers, group: Group) -> float | None:
        """Work the value out; None for who has none or is not in the group."""
        self._values = {
            name: float(answer) if self._survey.by_name[name].type in NUMBERS else answer
            for name, answer in answers.items()
            if answer
        }
        row = {name: self._text(name) for name in group.names}
        if not group.holds(self._survey, row):
            return None
        number = to_number(self._of(self._measure.number))
        bounds = self._measure.bounds
        return None if math.isnan(number) else min(max(number, bounds.least), bounds.most)

    def values(self, moved: Iterable[Answers], group: Group) -> list[float]:
        """Give the values that other answers lead to, as far as the person stays in the group."""
        found = [self.value(answers, group) for answers in moved]
        return [value for value in found if value is not None]

    def _text(self, name: str) -> str | None:
        value = self._of(name)
        return None if value == "" else str(value)

    def _of(self, name: str) -> Value:
        if name not in self._values:
            self._values[name] = ""
            needs, formula = self._formula(name)
            for other in needs:
                self._of(other)
            if formula is not None:
                value = formula(Scope(today=NO_DAY, values=self._values))
                self._values[name] = "" if is_empty(value) else value
        return self._values[name]

    def _formula(self, name: str) -> tuple[tuple[str, ...], Compiled | None]:
        if name not in self._formulas:
            calculation = self._survey.by_name[name].calculation
            self._formulas[name] = (refers_to(calculation), compiled(calculation.tree)) if calculation else ((), None)
        return self._formulas[name]


def _ends(question: Question, answer: str) -> tuple[str, str]:
    """Give the ends of the band in which a number lies, as far as they may be answered."""
    bands = {band.key: band for band in bands_of(question)}
    band = bands.get(band_of(list(bands.values()), answer))
    if band is None or question.range is None:
        return answer, answer
    low = question.range.start if band.start is None else max(band.start, question.range.start)
    high = question.range.end if band.end is None else min(band.end, question.range.end)
    return str(low), str(high if high == question.range.end else _last(question, low, high))


def _last(question: Question, low: float, high: float) -> float:
    """Give the greatest number of a band that can be answered; its end is not in it."""
    if question.type == "decimal" or question.range is None:
        return low + (high - low) * INSIDE
    return max(low, high - (1 if question.type == "integer" else question.range.step))
