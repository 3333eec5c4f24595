"""What is tied by relevance: a question and the answers that decide whether it is asked; and what is sensitive for it."""

from collections.abc import Iterable, Sequence

from schemas.expressions.references import nodes
from schemas.model import Expression, Survey
from schemas.questions import kind_of
from server.analysis.counting.relevance import Asked, leaves_of, refers_to


class Ties:
    """The gates of the questions of a survey, and which of them are sensitive for what they lead to."""

    def __init__(self, survey: Survey, asked: Asked) -> None:
        self._survey = survey
        self._gates = {question.name: self._found(asked.expressions(question.name)) for question in survey.questions}
        self._sensitive = self._sensitive_ones(asked)

    def gates_of_question(self, question: str) -> tuple[str, ...]:
        """Name the items whose answers decide whether a question is asked."""
        return self._gates[question]

    def sensitive_questions(self) -> frozenset[str]:
        """Name the questions that are sensitive, or stand in a sensitive section, or lead to a sensitive one and are no dimension."""
        return self._sensitive

    def items_deciding(self, questions: Iterable[str], *expressions: Expression | None) -> tuple[str, ...]:
        """Name the items of some questions to which expressions look; of several-answer questions the options that they name."""
        given = [one for one in expressions if one is not None]
        constants = {node[1] for one in given for node in nodes(one.tree) if node[0] == "str"}
        found: list[str] = []
        for name in questions:
            question = self._survey.by_name[name]
            kind = kind_of(question)
            if not kind.stored:
                continue
            if kind.counting not in ("options", "places"):
                found.append(name)
                continue
            options = [one.name for one in question.choices]
            named = [one for one in options if one in constants] if kind.counting == "options" else []
            found += [name] if not named else []
            found += [f"{name}/{one}" for one in named or options]
        return tuple(found)

    def _found(self, expressions: Sequence[Expression]) -> tuple[str, ...]:
        """Look through calculations; what these say of an option counts as well."""
        names = refers_to(*expressions)
        through = [self._survey.by_name[name].calculation for name in self._calculations(names)]
        return self.items_deciding(leaves_of(self._survey, names), *expressions, *through)

    def _calculations(self, names: Iterable[str]) -> list[str]:
        found: dict[str, None] = {}
        waiting = [name for name in names if name in self._survey.by_name]
        while waiting:
            name = waiting.pop()
            calculation = self._survey.by_name[name].calculation
            if calculation is not None and name not in found:
                found[name] = None
                waiting += [one for one in refers_to(calculation) if one in self._survey.by_name]
        return list(found)

    def _sensitive_ones(self, asked: Asked) -> frozenset[str]:
        survey = self._survey
        own = {question.name for question in survey.questions if is_sensitive(survey, question.name)}
        led = {leaf for name in own for leaf in leaves_of(survey, refers_to(*asked.expressions(name)))}
        return frozenset(own | {name for name in led if survey.by_name[name].dimension is None})


def is_sensitive(survey: Survey, question: str) -> bool:
    """Tell whether a question, or the section in which it stands, is sensitive."""
    return survey.by_name[question].sensitive or survey.section_of(question).sensitive
