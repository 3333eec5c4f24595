"""Tables of questions: recalled from the ledger, or counted, decided by the gate, and remembered before anybody sees them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from schemas.model import Question
from server.analysis.axes import Axis, axis_of, least_of
from server.analysis.coding import Coding, Cube, Line, coding_of, coding_of_dimension, cube_of
from server.analysis.counting import Joint, count_answers, count_not_asked, count_together
from server.analysis.facts import Facts
from server.analysis.gate import EVERYBODY, Case, decide, show_whole
from server.analysis.lake import Responses
from server.analysis.ledger import ReleaseLedger, SomebodyWasFaster
from server.analysis.quartiles import quartiles_of
from server.analysis.release import UNANSWERED
from server.analysis.relevance import Asked
from server.analysis.shown import Shown
from server.analysis.steps import Step

TRIES = 8
COARSEST = 64


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a table is made from: facts, axes, the step in force, its responses, and the ledger."""

    facts: Facts
    axes: Mapping[str, Axis]
    step: Step
    responses: Responses
    ledger: ReleaseLedger

    def groups(self, axis: Axis, least: int) -> tuple[tuple[str, ...], ...]:
        """Give the groups of an axis at this step."""
        return axis.groups(self.step.sizes.get(axis.column, {}), least)

    def remembered(self, make: Callable[[], Sequence[Shown]]) -> None:
        """Make tables and write them down; make them anew when others were given out meanwhile."""
        for _ in range(TRIES):
            length = self.ledger.length()
            try:
                tables = make()
                if tables:
                    self.ledger.remember(tables, length)
            except SomebodyWasFaster:
                continue
            return
        raise SomebodyWasFaster


def one_way(desk: Desk, questions: Sequence[Question]) -> dict[str, Shown]:
    """Give the one-way tables of several questions; those not given out yet are counted in one query."""
    names = [question.name for question in questions]
    found = desk.ledger.recall(desk.step.number, "", names)

    def make() -> Sequence[Shown]:
        found.clear()  # what a try made that came too late was never given out
        found.update(desk.ledger.recall(desk.step.number, "", names))
        missing = [question for question in questions if question.name not in found]
        made = _one_way(desk, missing) if missing else {}
        found.update(made)
        return list(made.values())

    if len(found) < len(names):
        desk.remembered(make)
    return found


def two_way(desk: Desk, question: Question, axis: Axis) -> Shown:
    """Give the table of a question over the groups of a dimension; its one-way table always comes first."""
    one_way(desk, [question])
    found: list[Shown] = []

    def make() -> Sequence[Shown]:
        found[:] = desk.ledger.recall(desk.step.number, axis.name, [question.name]).values()
        if found:
            return ()
        found.append(_of_dimensions(desk, question, axis) if question.dimension else _two_way(desk, question, axis))
        return found

    desk.remembered(make)
    return found[0]


def coding_at(question: Question, table: Shown) -> Coding:
    """Give the coding in which a table was made."""
    return Coding(question, table.answers, table.overlapping, axis_of(question) if question.dimension else None)


def _one_way(desk: Desk, questions: Sequence[Question]) -> dict[str, Shown]:
    plain = [question for question in questions if not question.dimension]
    asked = Asked(desk.facts.survey, [question.name for question in plain])
    earlier = desk.ledger.about([question.name for question in plain])
    broken = [question for question in plain if any(table.by for table in earlier[question.name])]
    simple = [question for question in plain if question not in broken]
    answers = count_answers(desk.responses, simple)
    not_asked = count_not_asked(desk.responses, desk.facts.survey, asked)
    made = {question.name: _dimension_alone(desk, question) for question in questions if question.dimension}
    for question in simple:
        lines = _lines_of(answers[question.name], not_asked.get(question.name, {}))
        made[question.name] = _decided(desk, question, asked, lines, None, earlier[question.name])
    for question in broken:
        lines = _together(desk, question, asked, earlier[question.name], None)
        made[question.name] = _decided(desk, question, asked, lines, None, earlier[question.name])
    return {question.name: made[question.name] for question in questions}


def _two_way(desk: Desk, question: Question, axis: Axis) -> Shown:
    asked = Asked(desk.facts.survey, [question.name])
    earlier = desk.ledger.about([question.name])[question.name]
    lines = _together(desk, question, asked, earlier, axis)
    return _decided(desk, question, asked, lines, axis, earlier)


def _decided(
    desk: Desk, question: Question, asked: Asked, lines: Sequence[Line], axis: Axis | None, earlier: Sequence[Shown]
) -> Shown:
    coding = coding_of(question, conditional=bool(asked.references_of(question.name)))
    case = _case(desk, coding, cube_of(coding, lines), axis, earlier)
    table = decide(case)
    figures = quartiles_of(case, table, lines)
    return table if figures is None else replace(table, figures=(figures,))


def _case(desk: Desk, coding: Coding, cube: Cube, axis: Axis | None, earlier: Sequence[Shown]) -> Case:
    sensitive = desk.facts.is_sensitive(coding.question.name)
    groups = desk.groups(axis, least_of(axis, desk.facts.policy, sensitive=sensitive)) if axis else EVERYBODY
    return Case(coding, cube, desk.step.number, axis, groups, earlier, desk.axes, desk.facts.policy, sensitive)


def _lines_of(answers: Mapping[tuple[str | None, int], int], not_asked: Mapping[int, int]) -> list[Line]:
    """Tell apart, by step, those who did not answer and those who were not asked."""
    lines: list[Line] = []
    for (value, step), people in answers.items():
        if value:
            lines.append((value, True, {}, step, people))
            continue
        aside = min(people, not_asked.get(step, 0))
        lines += [(None, True, {}, step, people - aside), (None, False, {}, step, aside)]
    return [line for line in lines if line[-1]]


def _together(desk: Desk, question: Question, asked: Asked, earlier: Sequence[Shown], axis: Axis | None) -> list[Line]:
    """Count a question's answers together with every column by which it was or will be broken down."""
    used = {desk.axes[table.by].column for table in earlier if table.by in desk.axes} | (
        {axis.column} if axis else set()
    )
    references = asked.references_of(question.name)
    names = [question.name, *sorted(used), *(name for name in references if name not in used)]
    lines: list[Line] = []
    for (value, *values, step), people in count_together(desk.responses, desk.facts.survey, names).items():
        row: dict[str, str | None] = dict(zip(names[1:], values, strict=True))
        applies = bool(value) or not asked.not_asked(
            [question.name] if references else [], {name: row[name] for name in references}
        )
        lines.append((value, applies, {name: row[name] for name in used}, step, people))
    return lines


def _dimension_alone(desk: Desk, question: Question) -> Shown:
    """Show how many people are in each group of a dimension."""
    axis = axis_of(question)
    groups = desk.groups(axis, desk.facts.policy.threshold)
    coding = coding_of_dimension(question, groups)
    sizes = desk.step.sizes.get(axis.column, {})
    counts = np.zeros((len(groups), 1), dtype=np.int64)
    for counted, people in sizes.items():
        counts[coding.places(None if counted == UNANSWERED else counted, asked=True)[0], 0] += people
    cube = Cube(counts, counts.sum(axis=0), np.array([desk.step.number]), {})
    return show_whole(_case(desk, coding, cube, None, ()), counts, counts.sum(axis=0))


def _of_dimensions(desk: Desk, question: Question, axis: Axis) -> Shown:
    """Show two dimensions against each other, in groups so coarse that no cell is small."""
    own = axis_of(question)
    joint = count_together(desk.responses, desk.facts.survey, [question.name, axis.column])
    policy, sensitive = desk.facts.policy, desk.facts.is_sensitive(question.name)
    least = least_of(axis, policy, sensitive=sensitive)
    coding = coding_of_dimension(question, desk.groups(own, policy.threshold))
    table: Shown | None = None
    coarseness = 1
    while table is None or (table.withheld and coarseness <= COARSEST):
        groups = desk.groups(axis, least * coarseness)
        table = _crossed(desk, coding, axis, groups, joint)
        coarseness += 1
        if len(groups) < 2:
            break
    return table


def _crossed(
    desk: Desk,
    coding: Coding,
    axis: Axis,
    groups: tuple[tuple[str, ...], ...],
    joint: Joint,
) -> Shown:
    place = {value: at for at, group in enumerate(groups) for value in group}
    counts = np.zeros((len(coding.answers), len(groups)), dtype=np.int64)
    for (counted, other, _), people in joint.items():
        counts[coding.places(counted, asked=True)[0], place[axis.value(other)]] += people
    cube = Cube(counts, counts.sum(axis=0), np.full(len(groups), desk.step.number), {})
    crossed = replace(_case(desk, coding, cube, None, ()), axis=axis, groups=groups)
    return show_whole(crossed, counts, counts.sum(axis=0))
