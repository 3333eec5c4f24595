"""What counts as an answer: a question's choices or bands, then who was asked and did not answer, then who was not asked.

A ranking counts as its first place, a date as the decade of its year.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from schemas.model import Question
from schemas.questions import NUMBERS
from server.analysis.axes import Axis, axis_of
from server.analysis.bands import band_of, bands_of
from server.analysis.regrouping import Groups
from server.analysis.release import NOT_ASKED, UNANSWERED, Column
from server.analysis.worlds import Counts, Mask

COUNTED = NUMBERS | {"select_one", "acknowledge", "select_multiple", "rank", "date"}
BANDED = NUMBERS | {"date"}

YEAR = 4  # the letters of an ISO day that are its year


@dataclass(frozen=True)
class Coding:
    """The answers of one question, each a set of values; `overlapping` when a person may give several."""

    question: Question
    answers: Groups
    overlapping: bool = False
    axis: Axis | None = None

    @cached_property
    def _place(self) -> Mapping[str, int]:
        return {value: at for at, answer in enumerate(self.answers) for value in answer}

    @property
    def telling(self) -> int:
        """Count the answers that say something: all but those who did not answer or were not asked."""
        return sum(answer not in {(UNANSWERED,), (NOT_ASKED,)} for answer in self.answers)

    def off_scale(self) -> Mask:
        """Tell which answers say nothing on a question's scale: don't know, no answer, not asked."""
        aside = {choice.name for choice in self.question.choices if choice.off_scale} | {UNANSWERED, NOT_ASKED}
        return np.array([set(answer) <= aside for answer in self.answers])

    def places(self, counted: str | None, *, asked: bool) -> tuple[int, ...]:
        """Find the answers, by their place, that a counted value stands for."""
        if not counted:
            return (self._place[UNANSWERED if asked or NOT_ASKED not in self._place else NOT_ASKED],)
        if self.overlapping:
            found = {self._place[choice] for choice in counted.split(" ") if choice in self._place}
            return tuple(sorted(found)) or (self._place[UNANSWERED],)
        return (self._place.get(self._value(counted), self._place.get(UNANSWERED, -1)),)

    def _value(self, counted: str) -> str:
        if self.axis is not None:
            return self.axis.value(counted)
        if self.question.type in BANDED:
            return band_of(bands_of(self.question), counted[:YEAR] if self.question.type == "date" else counted)
        return counted.partition(" ")[0] if self.question.type == "rank" else counted

    def columns(self) -> tuple[Column, ...]:
        """Give the answers as columns; a merged answer's label joins those of its members."""
        return tuple(self._column(answer) for answer in self.answers)

    def _column(self, answer: Sequence[str]) -> Column:
        choices = {choice.name: choice for choice in self.question.choices}
        chosen = [choices[value] for value in answer if value in choices]
        if len(answer) == 1 and chosen:
            return Column(answer[0], chosen[0].label, chosen[0].score, chosen[0].off_scale)
        languages = chosen[0].label if chosen else {}
        label = {language: " + ".join(choice.label[language] for choice in chosen) for language in languages}
        return Column("+".join(answer), label)


def coding_of(question: Question, *, conditional: bool) -> Coding:
    """Make the coding of a question; `conditional` when there are people to whom it does not apply."""
    values: Iterable[str] = (choice.name for choice in question.choices)
    if question.type in BANDED:
        values = (band.key for band in bands_of(question))
    elif question.type == "acknowledge":
        values = ("OK",)
    ours = (UNANSWERED, NOT_ASKED) if conditional else (UNANSWERED,)
    answers = tuple((value,) for value in (*values, *ours))
    return Coding(question, answers, overlapping=question.type == "select_multiple")


def coding_of_dimension(question: Question, groups: Groups) -> Coding:
    """Make the coding of a question that is a dimension: its groups, of which none is too small to be shown."""
    return Coding(question, groups, axis=axis_of(question))


@dataclass(frozen=True)
class Cube:
    """Counts of answers x profiles. A profile is what people have in common: their values on some columns, and their step."""

    answers: Counts
    people: Counts
    steps: Counts
    columns: Mapping[str, Sequence[str | None]]

    def groups(self, axis: Axis | None, groups: Groups, step: int) -> Counts:
        """Tell in which group each profile stands; -1 for those who came after the step."""
        if axis is None:
            return np.where(self.steps <= step, 0, -1)
        place = {value: at for at, group in enumerate(groups) for value in group}
        raw = self.columns[axis.column]
        found = np.array([place.get(axis.value(value), -1) for value in raw], dtype=np.int64)
        return np.where(self.steps <= step, found, -1)

    def table(self, columns: Counts, groups: int) -> Counts:
        """Add profiles up to groups."""
        return np.stack([self.answers[:, columns == group].sum(axis=1) for group in range(groups)], axis=1)

    def sizes(self, columns: Counts, groups: int) -> Counts:
        """Count the people in each group."""
        return np.array([self.people[columns == group].sum() for group in range(groups)], dtype=np.int64)


Line = tuple[str | None, bool, Mapping[str, str | None], int, int]
"""A counted value, whether the question was asked, the profile's columns, the step, and how many people."""


def cube_of(coding: Coding, lines: Iterable[Line]) -> Cube:
    """Put counted lines into a cube."""
    held = list(lines)
    profiles: dict[tuple[object, ...], int] = {}
    names = sorted({name for line in held for name in line[2]})
    for _, _, columns, step, _ in held:
        profiles.setdefault((step, *(columns[name] for name in names)), len(profiles))
    answers = np.zeros((len(coding.answers), len(profiles)), dtype=np.int64)
    people = np.zeros(len(profiles), dtype=np.int64)
    for counted, asked, columns, step, count in held:
        at = profiles[(step, *(columns[name] for name in names))]
        people[at] += count
        for place in coding.places(counted, asked=asked):
            answers[place, at] += count
    keys = list(profiles)
    return Cube(
        answers,
        people,
        np.array([key[0] for key in keys], dtype=np.int64),
        {name: [key[at] for key in keys] for at, name in enumerate(names, start=1)},  # type: ignore[misc]
    )
