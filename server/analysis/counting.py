"""Counting answers: one query for a page. Every number below the gate comes from here and leaves only through it."""

from collections.abc import Iterable, Sequence
from typing import Any

import ibis

from schemas.model import Question, Survey
from server.analysis.lake import STEP, Responses
from server.analysis.relevance import Asked
from server.intake.lake_columns import column_name

Tally = dict[tuple[str | None, int], int]
"""How often a value was given, by value (None: not answered) and step."""
PLACE = "@site"
"""The name by which the column of the site is asked for; no question can have it."""

Joint = dict[tuple[str | None, ...], int]
"""How often values were given together."""


def as_text(table: Any, question: Question) -> Any:
    """Give a question's column as text; several choices stand side by side with spaces between."""
    column = table[column_name(question.name)]
    if question.type == "select_multiple":
        return column.cast("array<string>").join(" ")
    return column.cast("string")


def as_value(table: Any, survey: Survey, column: str) -> Any:
    """Give the column of a question, or of the site, as text."""
    return table["site"].cast("string") if column == PLACE else as_text(table, survey.by_name[column])


def count_answers(responses: Responses, questions: Sequence[Question]) -> dict[str, Tally]:
    """Count the answers to several questions in one query."""
    table = responses.table
    counted = [
        table.group_by(value=as_text(table, question), step=table[STEP])
        .agg(people=ibis._.count())
        .mutate(question=ibis.literal(question.name))
        .select("question", "value", "step", "people")
        for question in questions
    ]
    found: dict[str, Tally] = {question.name: {} for question in questions}
    if counted:
        for name, value, step, people in responses.rows(counted[0] if len(counted) == 1 else ibis.union(*counted)):
            found[name][value, step] = people
    return found


def count_together(responses: Responses, survey: Survey, names: Iterable[str]) -> Joint:
    """Count how often the values of several columns and the step come together; `site` is one of the columns."""
    table = responses.table
    keys = {f"@{at}": as_value(table, survey, name) for at, name in enumerate(names)}
    counted = table.group_by(**keys, step=table[STEP]).agg(people=ibis._.count())
    return {row[:-1]: row[-1] for row in responses.rows(counted)}


def count_not_asked(responses: Responses, survey: Survey, asked: Asked) -> dict[str, dict[int, int]]:
    """Count, by question and step, the people to whom a question did not apply."""
    found: dict[str, dict[int, int]] = {}
    for names, questions in asked.by_references().items():
        for values, people in count_together(responses, survey, names).items():
            for question in asked.not_asked(questions, dict(zip(names, values[:-1], strict=True))):
                steps = found.setdefault(question, {})
                step = int(values[-1] or 0)
                steps[step] = steps.get(step, 0) + people
    return found
