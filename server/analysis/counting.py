"""Counting answers: one query for a page. Every number below the gate comes from here and leaves only through it."""

from collections.abc import Iterable, Sequence
from typing import Any

import ibis

from schemas.model import Question, Survey
from server.analysis.lake import Responses
from server.analysis.relevance import Asked
from server.intake.lake_columns import column_name

Tally = dict[tuple[str | None, int], int]
"""How often a value was given, by value (None: not answered) and step."""
PLACE = "@site"
"""The name by which the column of the site is asked for; no question can have it."""

Joint = dict[tuple[Any, ...], int]
"""How often values were given together."""


def as_text(table: Any, question: Question) -> Any:
    """Give a question's column as text; several choices stand side by side with spaces between."""
    column = table[column_name(question.name)]
    if question.type in {"select_multiple", "rank"}:
        return column.cast("array<string>").join(" ")
    return column.cast("string")


def as_value(table: Any, survey: Survey, column: str) -> Any:
    """Give the column of a question, or of the site, as text."""
    return table["site"].cast("string") if column == PLACE else as_text(table, survey.by_name[column])


def count_answers(responses: Responses, questions: Sequence[Question]) -> dict[str, Tally]:
    """Count the answers to several questions in one query."""
    table = responses.table
    counted = [
        responses.counted({"value": as_text(table, question)}, {"people": ibis._.count()}).mutate(
            question=ibis.literal(question.name)
        )
        for question in questions
    ]
    found: dict[str, Tally] = {question.name: {} for question in questions}
    if counted:
        for row in responses.rows(counted[0] if len(counted) == 1 else ibis.union(*counted)):
            (value,), step, (people, name) = responses.split(row, 1)
            found[name][value, step] = people
    return found


def count_together(responses: Responses, survey: Survey, columns: Iterable[str]) -> Joint:
    """Count how often the values of several columns come together, and the step, which is last in each key."""
    keys = {f"@{at}": as_value(responses.table, survey, column) for at, column in enumerate(columns)}
    found: Joint = {}
    for row in responses.rows(responses.counted(keys, {"people": ibis._.count()})):
        values, step, (people,) = responses.split(row, len(keys))
        found[(*values, step)] = people
    return found


def count_not_asked(responses: Responses, survey: Survey, asked: Asked) -> dict[str, dict[int, int]]:
    """Count, by question and step, the people to whom a question did not apply."""
    found: dict[str, dict[int, int]] = {}
    for names, questions in asked.by_references().items():
        for values, people in count_together(responses, survey, names).items():
            for question in asked.not_asked(questions, dict(zip(names, values[:-1], strict=True))):
                steps = found.setdefault(question, {})
                steps[values[-1]] = steps.get(values[-1], 0) + people
    return found
