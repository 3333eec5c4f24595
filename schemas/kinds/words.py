"""Answers in words, days, and what asks nothing: a remark, a date, a word of consent, a note, a calculation."""

import re
from datetime import date

from schemas.expressions.values import Value
from schemas.kinds.domains import ADay, DayForm, Domain, OneOf, Words
from schemas.kinds.kind import (
    OUT_OF_RANGE,
    TOO_LONG,
    WRONG_TYPE,
    Fault,
    Kind,
    Reader,
    XLSForm,
    needed,
    of_notes,
    of_questions,
    steadily,
)
from schemas.kinds.limits import LONGEST_ANSWER, YEARS
from schemas.model import Question
from schemas.texts import UNWRITABLE

AGREED = "OK"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_ENDINGS: dict[DayForm, str] = {"": "", "year": "-01-01", "month-year": "-01"}


def read_date(question: Question) -> Reader:
    """A day as ISO text; of a year or a month it is the first day, so that no more than that is known."""
    ending = _ENDINGS[_form(question)]

    def read(answer: object) -> Value | Fault:
        if not isinstance(answer, str) or not _DAY.match(answer) or not answer.endswith(ending):
            return WRONG_TYPE
        try:
            day = date.fromisoformat(answer)
        except ValueError:
            return WRONG_TYPE
        return answer if YEARS[0] <= day.year <= YEARS[1] else OUT_OF_RANGE

    return read


def read_text(_: Question) -> Reader:
    """What a person wrote; characters that no hop can store are refused."""

    def read(answer: object) -> Value | Fault:
        if not isinstance(answer, str) or not answer:
            return WRONG_TYPE
        if len(answer) > LONGEST_ANSWER:
            return TOO_LONG
        return WRONG_TYPE if UNWRITABLE.search(answer) else answer

    return read


def read_acknowledge(_: Question) -> Reader:
    """The word OK, which is what XLSForm's acknowledge gives."""
    return lambda answer: AGREED if answer == AGREED and isinstance(answer, str) else WRONG_TYPE


def _form(question: Question) -> DayForm:
    match question.appearance:
        case "year" | "month-year" as form:
            return form
        case _:
            return ""


def _day(question: Question) -> Domain:
    return ADay(_form(question))


DATE = Kind(
    name="date",
    needs=needed("label"),
    may=of_questions(),
    appearances=frozenset({"year", "month-year"}),
    reader=read_date,
    domain=_day,
    chooses=None,
    entry="day",
    seconds=steadily(20.0),
    column="word",
    counting="bands",
    paper="day",
    xlsform=XLSForm(type="date", controls=(("input", "date"),), words=("ngay",)),
)
TEXT = Kind(
    name="text",
    needs=needed("label"),
    may=of_questions("specifies"),
    appearances=frozenset({"multiline"}),
    reader=read_text,
    domain=lambda _: Words(LONGEST_ANSWER),
    chooses=None,
    entry="words",
    seconds=steadily(45.0),
    column="none",
    counting="none",
    paper="lines",
    xlsform=XLSForm(type="text", controls=(("input", "string"),), words=("chu", "van ban", "text area", "string")),
)
ACKNOWLEDGE = Kind(
    name="acknowledge",
    needs=needed("label"),
    may=of_questions("dimension"),
    appearances=frozenset(),
    reader=read_acknowledge,
    domain=lambda _: OneOf((AGREED,)),
    chooses=None,
    entry="tap",
    seconds=steadily(4.0),
    column="word",
    counting="assent",
    paper="tick",
    xlsform=XLSForm(type="acknowledge", controls=(("trigger", "string"), ("trigger", None))),
)
NOTE = Kind(
    name="note",
    needs=needed("label"),
    may=of_notes(),
    appearances=frozenset(),
    reader=None,
    domain=None,
    chooses=None,
    entry="none",
    seconds=steadily(0.0),
    column="none",
    counting="none",
    paper="statement",
    xlsform=XLSForm(type="note", words=("ghi chu",)),
)
CALCULATE = Kind(
    name="calculate",
    needs=needed("calculation"),
    may=of_notes(),
    appearances=frozenset(),
    reader=None,
    domain=None,
    chooses=None,
    entry="none",
    seconds=steadily(0.0),
    column="worked_out",
    counting="none",
    paper="nothing",
    xlsform=XLSForm(type="calculate", words=("tinh toan",)),
)
