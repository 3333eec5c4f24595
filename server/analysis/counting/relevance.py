"""To whom a question applied. Evaluated by the very evaluator that the page's twin agrees with, once per set of answers."""

from collections.abc import Iterable, Iterator

from schemas.expressions.evaluating import Condition, Scope, condition
from schemas.expressions.parsing import parse
from schemas.expressions.references import calls
from schemas.expressions.references import names as names_in
from schemas.model import Expression, Survey
from schemas.ordering import gates_before
from schemas.questions import GATE_ENDS, kind_of

NO_DAY = "1970-01-01"
_NOT_REPEATABLE = ("today", "random", "jr:choice-name")


class Asked:
    """The conditions under which the questions of a survey are asked.

    A condition that looks at words of one's own, at the day or at a label cannot be told from the lake: it counts as fulfilled.
    """

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._expressions = {name: tuple(given) for name, given in _expressions(survey)}
        self._computable = {
            name: tuple(one for one in given if is_computable(survey, one)) for name, given in self._expressions.items()
        }
        self._conditions: dict[str, list[Condition]] = {
            name: [condition(one.tree) for one in given] for name, given in self._computable.items()
        }

    def expressions(self, question: str) -> tuple[Expression, ...]:
        """Give all that decides whether a question is asked, told or not."""
        return self._expressions[question]

    def is_conditional(self, question: str) -> bool:
        """Tell whether there can be people of whom it is known that they were not asked."""
        return bool(self._computable[question])

    def references_of(self, question: str) -> tuple[str, ...]:
        """Name the questions on whose answers it depends whether this one is asked."""
        return refers_to(*self._computable[question])

    def holds(self, question: str, scope: Scope) -> bool:
        """Tell whether a question is asked of somebody who gave these answers."""
        return all(test(scope) for test in self._conditions[question])


def _expressions(survey: Survey) -> Iterator[tuple[str, list[Expression]]]:
    gates = gates_before(survey)
    for section in survey.sections:
        open_ways = [parse(f"${{{gate}}} != '{GATE_ENDS}'") for gate in gates[section.name]]
        for question in section.questions:
            own = [one for one in (section.relevant, question.relevant) if one is not None]
            yield question.name, own if question.calculation else [*open_ways, *own]


def is_computable(survey: Survey, expression: Expression) -> bool:
    """Tell whether the lake holds all that an expression looks at."""
    if any(calls(expression, function) for function in _NOT_REPEATABLE):
        return False
    return all(name in survey.by_name and kind_of(survey.by_name[name]).stored for name in names_in(expression))


def refers_to(*expressions: Expression | None) -> tuple[str, ...]:
    """Name the questions to which expressions refer, in the order of their names."""
    return tuple(sorted({name for one in expressions if one is not None for name in names_in(one)}))


def leaves_of(survey: Survey, names: Iterable[str]) -> tuple[str, ...]:
    """Name the questions from whose answers values come, through calculations too, in the order of the survey."""
    found: set[str] = set()
    waiting = [name for name in names if name in survey.by_name]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [one for one in refers_to(survey.by_name[name].calculation) if one in survey.by_name]
    return tuple(one.name for one in survey.questions if one.name in found and one.calculation is None)
