"""To whom a question applied. Evaluated by the very evaluator that the page's twin agrees with, once per set of answers."""

from collections.abc import Iterable, Mapping

from schemas.expressions.evaluating import Condition, Scope, condition
from schemas.expressions.parsing import parse
from schemas.expressions.references import names as names_in
from schemas.model import Expression, Survey
from schemas.ordering import gates_before
from schemas.questions import GATE_ENDS, NUMBERS

NO_DAY = "1970-01-01"


class Asked:
    """The conditions under which the questions of a survey are asked."""

    def __init__(self, survey: Survey, names: Iterable[str]) -> None:
        wanted = set(names)
        self._survey = survey
        self._conditions: dict[str, list[Condition]] = {}
        self._references: dict[str, tuple[str, ...]] = {}
        gates = gates_before(survey)
        for section in survey.sections:
            open_ways = [parse(f"${{{gate}}} != '{GATE_ENDS}'") for gate in gates[section.name]]
            for question in section.questions:
                own = [item for item in (section.relevant, question.relevant) if item is not None]
                expressions = own if question.calculation else [*open_ways, *own]
                if question.name in wanted and expressions and self._can_tell(*expressions):
                    self._conditions[question.name] = [condition(item.tree) for item in expressions]
                    self._references[question.name] = refers_to(*expressions)

    def _can_tell(self, *expressions: Expression) -> bool:
        """Tell whether the lake holds all that the conditions look at; words of one's own are not in it."""
        return all(self._survey.by_name[name].type not in {"text", "note"} for name in refers_to(*expressions))

    def references_of(self, question: str) -> tuple[str, ...]:
        """Name the questions on whose answers it depends whether this one is asked."""
        return self._references.get(question, ())

    def by_references(self) -> dict[tuple[str, ...], list[str]]:
        """Put together the questions that depend on the same others."""
        found: dict[tuple[str, ...], list[str]] = {}
        for question, names in self._references.items():
            found.setdefault(names, []).append(question)
        return found

    def not_asked(self, questions: Iterable[str], values: Mapping[str, str | None]) -> list[str]:
        """Tell which of the questions were not asked of somebody who gave these answers."""
        scope = scope_of(self._survey, values)
        return [question for question in questions if not all(test(scope) for test in self._conditions[question])]


def refers_to(*expressions: Expression) -> tuple[str, ...]:
    """Name the questions to which expressions refer."""
    return tuple(sorted({name for expression in expressions for name in names_in(expression)}))


def scope_of(survey: Survey, values: Mapping[str, str | None]) -> Scope:
    """Turn counted values back into what an expression looks at."""
    typed: dict[str, str | float] = {}
    for name, value in values.items():
        if value is not None and value != "":
            typed[name] = float(value) if survey.by_name[name].type in NUMBERS else value
    return Scope(today=NO_DAY, values=typed)
