"""Answers that are numbers: whole ones, any, or those on the steps of a range."""

import math

from schemas.expressions.values import Value
from schemas.kinds.domains import AnyNumber, Domain, Steps
from schemas.kinds.kind import (
    OUT_OF_RANGE,
    WRONG_TYPE,
    Fault,
    Kind,
    Reader,
    XLSForm,
    needed,
    of_questions,
    steadily,
)
from schemas.kinds.limits import LARGEST_NUMBER, MOST_RATINGS
from schemas.model import Question

TYPED = 20.0
TAPPED = 7.0


def read_integer(question: Question) -> Reader:
    """A whole number; within the question's range, if it has one."""
    bounds = question.range

    def read(answer: object) -> Value | Fault:
        if type(answer) is not int or abs(answer) > LARGEST_NUMBER:
            return WRONG_TYPE
        return OUT_OF_RANGE if bounds and not bounds.start <= answer <= bounds.end else float(answer)

    return read


def read_range(question: Question) -> Reader:
    """A number on the steps of the question's range."""
    bounds = question.range
    if bounds is None:
        raise ValueError(question.name)

    def read(answer: object) -> Value | Fault:
        if isinstance(answer, bool) or not isinstance(answer, int | float) or abs(answer) > LARGEST_NUMBER:
            return WRONG_TYPE
        if math.isnan(answer):
            return WRONG_TYPE
        steps = (answer - bounds.start) / bounds.step
        on_a_step = abs(steps - math.floor(steps + 0.5)) < 1e-9
        return float(answer) if on_a_step and bounds.start <= answer <= bounds.end else OUT_OF_RANGE

    return read


def read_decimal(question: Question) -> Reader:
    """A number, whole or not; within the question's range, if it has one."""
    bounds = question.range

    def read(answer: object) -> Value | Fault:
        if isinstance(answer, bool) or not isinstance(answer, int | float) or not abs(answer) <= LARGEST_NUMBER:
            return WRONG_TYPE
        return OUT_OF_RANGE if bounds and not bounds.start <= answer <= bounds.end else float(answer)

    return read


def whole_numbers(question: Question) -> Domain:
    """The whole numbers that a question's range lets through."""
    low, high = _ends(question)
    return Steps(math.ceil(low), math.floor(high))


def _any_number(question: Question) -> Domain:
    return AnyNumber(*_ends(question))


def _on_steps(question: Question) -> Domain:
    bounds = question.range
    if bounds is None:
        raise ValueError(question.name)
    return Steps(bounds.start, bounds.end, bounds.step) if bounds.step > 0 else AnyNumber(bounds.start, bounds.end)


def _ends(question: Question) -> tuple[float, float]:
    bounds = question.range
    return (bounds.start, bounds.end) if bounds else (-LARGEST_NUMBER, LARGEST_NUMBER)


def _seconds_on_steps(question: Question) -> float:
    """More numbers than a page shows as buttons ask for a number to be recalled, as one that is typed does."""
    bounds = question.range
    return TYPED if bounds and (bounds.end - bounds.start) / bounds.step >= MOST_RATINGS else TAPPED


INTEGER = Kind(
    name="integer",
    needs=needed("label"),
    may=of_questions("range dimension"),
    appearances=frozenset(),
    reader=read_integer,
    domain=whole_numbers,
    chooses=None,
    entry="digits",
    seconds=steadily(TYPED),
    column="whole",
    counting="bands",
    paper="number",
    xlsform=XLSForm(type="integer", controls=(("input", "int"),), words=("so nguyen", "so", "number", "int")),
)
DECIMAL = Kind(
    name="decimal",
    needs=needed("label"),
    may=of_questions("range dimension"),
    appearances=frozenset(),
    reader=read_decimal,
    domain=_any_number,
    chooses=None,
    entry="digits",
    seconds=steadily(TYPED),
    column="number",
    counting="bands",
    paper="number",
    xlsform=XLSForm(type="decimal", controls=(("input", "decimal"),), words=("so thap phan", "float")),
)
RANGE = Kind(
    name="range",
    needs=needed("label range"),
    may=of_questions("dimension"),
    appearances=frozenset({"rating", "slider"}),
    reader=read_range,
    domain=_on_steps,
    chooses=None,
    entry="tap",
    seconds=_seconds_on_steps,
    column="number",
    counting="bands",
    paper="number",
    xlsform=XLSForm(type="range", parameters=True),
)
