"""How decided tables are laid out as releases: rows, columns, and what stands in them."""

from collections.abc import Mapping, Sequence

from schemas.model import Indicator, Question, Scale
from schemas.questions import NUMBERS
from schemas.texts import Text
from server.analysis.axes import Axis
from server.analysis.coding import Coding, coding_of
from server.analysis.facts import Facts
from server.analysis.figures import SCORED_COLUMNS, base_of, cells_of, scored_cells, share_cell
from server.analysis.gate import Heading, issue
from server.analysis.headlines import scored_question
from server.analysis.indicator_rows import indicator_rows, mean_cell_of, number_of, whole
from server.analysis.release import (
    ABSENT,
    ALL,
    LOWER_QUARTILE,
    MEAN,
    MEDIAN,
    TOP_TWO,
    UPPER_QUARTILE,
    WITHHELD,
    Cell,
    Column,
    Kind,
    Member,
    Release,
    Row,
)
from server.analysis.scales import DONT_KNOW
from server.analysis.shown import Shown
from server.analysis.tabling import coding_at

QUARTILE_KEYS = {"lower_quartile": LOWER_QUARTILE, "median": MEDIAN, "upper_quartile": UPPER_QUARTILE}
QUIZ_COLUMNS = ("@correct", "@wrong", "@dont_know")
TARGET = "@target"


class Layouts:
    """Lays out the tables of one campaign at one step; a table that is missing is laid out with everything withheld."""

    def __init__(self, facts: Facts, step: int, axes: Mapping[str, Axis]) -> None:
        self._facts, self._step, self._axes = facts, step, axes

    def distribution(self, question: Question, table: Shown | None) -> Release:
        """Lay out one question: a row for each answer."""
        coding = self._coding(question, table)
        cells = cells_of(coding, table, 0) if table else (WITHHELD,) * len(coding.answers)
        base = base_of(coding, table, 0) if table else None
        rows = [
            Row(column.key, column.label, (cell,), base, _members(coding, at))
            for at, (column, cell) in enumerate(zip(coding.columns(), cells, strict=True))
        ]
        if scored_question(question):
            extra = scored_cells(coding, table, 0, self._facts.policy) if table else (WITHHELD, WITHHELD)
            rows += [Row(column.key, {}, (cell,), base) for column, cell in zip(SCORED_COLUMNS, extra, strict=True)]
        if table and table.figures and question.type in NUMBERS:
            rows += [Row(key, {}, (_value(table.figures[0].get(name)),), base) for name, key in QUARTILE_KEYS.items()]
        heading = self._heading("distribution", question.name, None, question.label)
        return issue(heading, [Column(ALL)], rows, base, _notes(coding, table))

    def likert(self, section: str, questions: Sequence[Question], tables: Mapping[str, Shown]) -> Release:
        """Lay out items that share a scale: a row for each."""
        codings = [self._coding(question, tables.get(question.name)) for question in questions]
        widest = max(codings, key=lambda coding: len(coding.answers))
        columns = [*widest.columns(), *SCORED_COLUMNS]
        rows = [
            self._item(coding, tables.get(question.name), columns)
            for question, coding in zip(questions, codings, strict=True)
        ]
        notes = [
            note
            for question, coding in zip(questions, codings, strict=True)
            for note in _notes(coding, tables.get(question.name))
        ]
        title = next((part.title for part in self._facts.survey.sections if part.name == section), None) or {}
        subject = (
            section
            if len(questions) == len(self._facts.survey.section_of(questions[0].name).questions)
            else f"{section}:{questions[0].name}"
        )
        return issue(self._heading("likert", subject, None, title), columns, rows, None, notes)

    def breakdown(self, question: Question, axis: Axis, table: Shown | None) -> Release:
        """Lay out a question over the groups of a dimension: a row for each group, the whole last."""
        coding = self._coding(question, table)
        scored = scored_question(question)
        columns = [*coding.columns(), *(SCORED_COLUMNS if scored else ())]
        heading = self._heading("breakdown", question.name, axis.name, question.label)
        if table is None or table.withheld:
            return issue(heading, columns, [_blank(ALL, len(columns))], None, ["too_few"])
        rows = []
        for at, group in enumerate(table.groups):
            extra = scored_cells(coding, table, at, self._facts.policy) if scored else ()
            cells = (*cells_of(coding, table, at), *extra)
            rows.append(self._row(axis, group, cells, base_of(coding, table, at)))
        return issue(heading, columns, rows, None, [*_notes(coding, table), *_merged(table)])

    def scales(self, scales: Sequence[Scale], tables: Mapping[str, Shown], items: Mapping[str, Shown]) -> Release:
        """Lay out the mean scores of scales: a row for each."""
        quiz = any(scale.score == "percent_correct" for scale in scales)
        columns = [Column(MEAN), *(Column(key) for key in QUIZ_COLUMNS if quiz)]
        rows = []
        for scale in scales:
            table = tables.get(f"scale/{scale.name}")
            figures = table.figures[0] if table else {}
            extra = self._quiz(scale, items) if quiz else ()
            rows.append(Row(scale.name, scale.title, (mean_cell_of(figures), *extra), whole(figures.get("people"))))
        notes = [note for table in tables.values() for note in table.notes]
        return issue(self._heading("scale", "scales", None, self._facts.survey.title), columns, rows, None, notes)

    def scale_by(self, scale: Scale, axis: Axis, table: Shown | None) -> Release:
        """Lay out a scale's mean over the groups of a dimension."""
        heading = self._heading("breakdown", scale.name, axis.name, scale.title)
        if table is None:
            return issue(heading, [Column(MEAN)], [_blank(ALL, 1)], None, ["too_few"])
        rows = [
            self._row(axis, group, (mean_cell_of(figures),), whole(figures.get("people")))
            for group, figures in zip(table.groups, table.figures, strict=True)
        ]
        return issue(heading, [Column(MEAN)], rows, None, [*table.notes, *_merged(table)])

    def indicators(self, subject: str, indicators: Sequence[Indicator], tables: Mapping[str, Shown]) -> Release:
        """Lay out indicators: the figure, and the target where there is one."""
        rows, notes = indicator_rows(self._facts.survey, indicators, tables, ready=self._step > 0)
        heading = self._heading("indicator", subject, None, self._facts.survey.title)
        return issue(heading, [Column(ALL), Column(TARGET)], rows, None, notes)

    def _coding(self, question: Question, table: Shown | None) -> Coding:
        return coding_at(question, table) if table else coding_of(question, conditional=False)

    def _item(self, coding: Coding, table: Shown | None, columns: Sequence[Column]) -> Row:
        question = coding.question
        if table is None:
            return Row(question.name, question.label, (WITHHELD,) * len(columns))
        cells = dict(zip([column.key for column in coding.columns()], cells_of(coding, table, 0), strict=True))
        cells |= zip((TOP_TWO, MEAN), scored_cells(coding, table, 0, self._facts.policy), strict=True)
        return Row(
            question.name,
            question.label,
            tuple(cells.get(column.key, ABSENT) for column in columns),
            base_of(coding, table, 0),
        )

    def _quiz(self, scale: Scale, items: Mapping[str, Shown]) -> tuple[Cell, ...]:
        """Pool the answers to a quiz: correct, wrong, don't know; from shown counts only."""
        if scale.score != "percent_correct":
            return (ABSENT,) * len(QUIZ_COLUMNS)
        pooled = [0, 0, 0]
        for item in scale.items:
            question, table = self._facts.survey.by_name[item.question], items.get(item.question)
            for at, choice in enumerate(question.choices):
                count = table.counts[at][0] if table else None
                if choice.off_scale:
                    continue
                if count is None:
                    return (WITHHELD,) * len(QUIZ_COLUMNS)
                pooled[0 if choice.name == question.correct else 2 if choice.name in DONT_KNOW else 1] += count
        return tuple(share_cell(count, sum(pooled)) for count in pooled)

    def _row(self, axis: Axis, group: Sequence[str], cells: tuple[Cell, ...], base: int | None) -> Row:
        members = axis.named(group)
        return Row("+".join(group), _joined(members), cells, base, members)

    def _heading(self, kind: Kind, subject: str, by: str | None, title: Text) -> Heading:
        return Heading(self._facts.campaign, kind, subject, by, title, self._step, self._facts.policy.threshold)


def _blank(key: str, width: int) -> Row:
    return Row(key, {}, (WITHHELD,) * width)


def _members(coding: Coding, at: int) -> tuple[Member, ...]:
    labels = {choice.name: choice.label for choice in coding.question.choices}
    return tuple(Member(value, labels.get(value, {})) for value in coding.answers[at])


def _joined(members: Sequence[Member]) -> Text:
    labelled = [member.label for member in members if member.label]
    return {
        language: " + ".join(label[language] for label in labelled) for language in (labelled[0] if labelled else {})
    }


def _notes(coding: Coding, table: Shown | None) -> list[str]:
    """Say in codes what a reader has to know."""
    if table is None:
        return ["too_few"]
    silent = [at for at, answer in enumerate(coding.answers) if at >= coding.telling and answer]
    everybody = not table.withheld and any(None in table.counts[at] for at in silent)
    merged = any(len(answer) > 1 for answer in coding.answers)
    several = ["several_answers"] if coding.overlapping else []
    several += ["first_place"] if coding.question.type == "rank" else []
    return [*table.notes, *several, *(["base_everybody"] if everybody else []), *(["merged"] if merged else [])]


def _merged(table: Shown) -> list[str]:
    return ["merged"] if any(len(group) > 1 for group in table.groups) else []


def _value(number: object) -> Cell:
    return Cell(value=number_of(number)) if number is not None else WITHHELD
