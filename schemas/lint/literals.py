"""Numbers in expressions that are not what their author meant: 5.000 for five thousand, 2020 for a year's first day."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from schemas.expressions import references
from schemas.findings import Finding, error, warning
from schemas.model import Question, Survey, Tree
from schemas.parts import expressions
from schemas.questions import kind_of
from schemas.words import say

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_THOUSANDS = re.compile(r"(?<![\w.])[1-9][0-9]{0,2}\.[0-9]{3}(?![\w.])")
_COMPARED = frozenset({"=", "!=", "<", "<=", ">", ">="})
_YEARS = range(1900, 2101)
_EPOCH = date(1970, 1, 1)


def thousands_have_no_mark(survey: Survey) -> Iterator[Finding]:
    """. <= 50.000 would refuse every honest wage: nobody writes a fraction down to thousandths that ends in 0."""
    for where, _, expression in expressions(survey):
        whole = (question := _own(survey, where)) is not None and kind_of(question).column == "whole"
        for written in dict.fromkeys(_THOUSANDS.findall(_QUOTED.sub("''", expression.text))):
            if whole or written.endswith("0"):
                number = f"{float(written):g}"
                message = say(
                    "«{written}» is {number} here, as the point divides fractions; for a thousand times as much write {meant}",
                    written=written,
                    number=number,
                    meant=written.replace(".", ""),
                )
                yield warning("number.thousands", where, message)


def dates_are_compared_with_dates(survey: Survey) -> Iterator[Finding]:
    """A date counts the days since 1970, so «> 2020» would hold for every day after 1975."""
    for where, _, expression in expressions(survey):
        for node in references.nodes(expression.tree):
            year = _year_beside_a_date(node, survey, _own(survey, where)) if node[0] in _COMPARED else None
            if year is not None:
                message = say(
                    "a date is compared with the number {number}, which would be a day in {year}; write '{meant}'",
                    number=year,
                    year=(_EPOCH + timedelta(days=year)).year,
                    meant=f"{year}-01-01",
                )
                yield error("date.number", where, message)


def _own(survey: Survey, where: str) -> Question | None:
    """The question at which an expression stands."""
    return survey.by_name.get(where.partition("question ")[2].partition(" /")[0])


def _year_beside_a_date(node: Tree, survey: Survey, own: Question | None) -> int | None:
    for asked, literal in (node[1:], node[:0:-1]):
        question = own if asked[0] == "self" else survey.by_name.get(asked[1]) if asked[0] == "ref" else None
        is_year = literal[0] == "num" and float(literal[1]).is_integer() and int(literal[1]) in _YEARS
        if question is not None and kind_of(question).entry == "day" and is_year:
            return int(literal[1])
    return None
