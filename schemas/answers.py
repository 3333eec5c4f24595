"""Whether a response satisfies its survey: the same verdict on the page before sealing and on the server after opening.

The rules of a survey are compiled once and kept; checking a response is then one walk over its questions. The twin is
client/web/src/language/answers.ts; tests/vectors/answers.json and the property tests hold the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from schemas.expressions.evaluating import Compiled, Condition, Scope, compiled, condition
from schemas.expressions.parsing import NAME
from schemas.expressions.values import Value, is_empty
from schemas.kinds.kind import RANK_INCOMPLETE, Fault, Reader
from schemas.model import Expression, Question, Survey
from schemas.ordering import gates_before, in_order
from schemas.questions import GATE_ENDS, kind_of
from schemas.texts import in_language

Answers = Mapping[str, object]
NOT_OFFERED = Fault("answer.not_offered")


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """Why one answer does not satisfy the survey. Never carries the answer; an unknown name only if it is shaped like one."""

    question: str
    code: str


@dataclass(frozen=True, slots=True)
class QuestionCheck:
    """What is done for one question, in the order in which values become known."""

    name: str
    section: str
    relevant: Condition | None
    read: Reader | None
    calculate: Compiled | None
    offer: "Offer | None" = None
    gates: tuple[str, ...] = ()


class Offer:
    """Which choices a filter lets through, given the answers so far."""

    def __init__(self, question: Question, wanted: Expression) -> None:
        self.holds = condition(wanted.tree)
        self.columns = {choice.name: {**choice.columns, "name": choice.name} for choice in question.choices}
        self.whole = kind_of(question).chooses == "order"

    def offered(self, scope: Scope) -> frozenset[str]:
        """The names of the choices that are offered."""
        try:
            return frozenset(name for name in self.columns if self._lets_through(name, scope))
        finally:
            scope.columns = {}

    def _lets_through(self, name: str, scope: Scope) -> bool:
        scope.columns = self.columns[name]
        return self.holds(scope)

    def fault_of(self, value: Value, scope: Scope) -> Fault | None:
        """What is wrong with an answer that would be right if every choice were offered."""
        chosen, offered = set(str(value).split(" ")), self.offered(scope)
        if not chosen <= offered:
            return NOT_OFFERED
        return RANK_INCOMPLETE if self.whole and chosen != offered else None


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked of one answer once all values are known."""

    name: str
    required: Condition | bool
    constraint: Condition | None
    offer: Offer | None = None

    def is_made(self, scope: Scope) -> bool:
        """Whether an answer has to be there; where no choice is offered there is none to give."""
        required = self.required if isinstance(self.required, bool) else self.required(scope)
        return required and (self.offer is None or bool(self.offer.offered(scope)))


class ResponseChecker:
    """A survey, ready to check responses."""

    def __init__(self, survey: Survey) -> None:
        self.sections = {section.name: _condition(section.relevant) for section in survey.sections if section.relevant}
        gates = gates_before(survey)
        self.steps = tuple(_step(question, gates[question.section]) for question in in_order(survey))
        offers = {step.name: step.offer for step in self.steps}
        self.demands = tuple(
            _demand(question, offers[question.name])
            for question in survey.questions
            if question.required or question.constraint
        )
        self.calculates = any(step.calculate for step in self.steps)
        self.answered = frozenset(step.name for step in self.steps if step.read)
        self.place = {question.name: place for place, question in enumerate(survey.questions)}
        self.labels = {
            question.name: {choice.name: choice.label for choice in question.choices} for question in survey.questions
        }
        self.languages = survey.languages
        self.language = survey.languages[0]

    def reading(self, answers: Answers, today: date, language: str | None = None, draw: float = 0.5) -> "Reading":
        """The answers with all that follows from them: relevance, values, and what cannot be read."""
        return Reading(self, answers, today, language or self.language, draw)

    def label(self, language: str, question: str, choice: str) -> str:
        """A choice's label, for jr:choice-name."""
        label = self.labels.get(question, {}).get(choice)
        return in_language(label, language, self.languages) if label else ""


class Reading:
    """One response, walked through once."""

    __slots__ = ("irrelevant", "problems", "rules", "scope", "values")

    def __init__(self, rules: ResponseChecker, answers: Answers, today: date, language: str, draw: float) -> None:
        self.rules = rules
        self.values: dict[str, Value] = {}
        self.irrelevant: set[str] = set()
        self.problems: dict[str, str] = {}
        self.scope = Scope(
            today.isoformat(),
            self.values,
            draw=draw,
            label=lambda question, choice: rules.label(language, question, choice),
        )
        self._walk(answers)

    def _walk(self, answers: Answers) -> None:
        shown: dict[str, bool] = {}
        for step in self.rules.steps:
            if not self._is_shown(step, shown):
                self.irrelevant.add(step.name)
                if step.read and step.name in answers:
                    self.problems[step.name] = "answer.not_relevant"
            elif step.read:
                if step.name in answers:
                    self._take(step, step.read(answers[step.name]))
            elif step.calculate:
                value = step.calculate(self.scope)
                self.values[step.name] = "" if is_empty(value) else value  # as ODK stores what is no number

    def _take(self, step: QuestionCheck, value: Value | Fault) -> None:
        if not isinstance(value, Fault) and step.offer:
            self.scope.this = ""
            value = step.offer.fault_of(value, self.scope) or value
        if isinstance(value, Fault):
            self.problems[step.name] = value.code
        else:
            self.values[step.name] = value

    def _is_shown(self, step: QuestionCheck, shown: dict[str, bool]) -> bool:
        conditions = self.rules.sections
        if step.gates and any(self.values.get(gate) == GATE_ENDS for gate in step.gates):
            return False
        if step.section in conditions:
            if step.section not in shown:
                shown[step.section] = conditions[step.section](self.scope)
            if not shown[step.section]:
                return False
        if step.relevant is None:
            return True
        self.scope.this = ""
        return step.relevant(self.scope)

    def hold_to_demands(self) -> None:
        """Look for what is required and missing, and for answers that break their constraint."""
        values, problems, scope = self.values, self.problems, self.scope
        for demand in self.rules.demands:
            name = demand.name
            if name in problems or name in self.irrelevant:
                continue
            scope.this = values.get(name, "")
            if name not in values:
                if demand.is_made(scope):
                    problems[name] = "answer.required"
            elif demand.constraint and not demand.constraint(scope):
                problems[name] = "answer.constraint"
        scope.this = ""


def check_answers(survey: Survey, answers: Answers, *, today: date) -> list[AnswerProblem]:
    """Every problem of a whole response, at most one per question: unknown names first, then as the questions stand."""
    rules = rules_of(survey)
    reading = rules.reading(answers, today)
    reading.hold_to_demands()
    unknown = sorted(set(answers) - rules.answered) if not answers.keys() <= rules.answered else ()
    found = [AnswerProblem(name if NAME.match(name) else "", "answer.unknown_question") for name in unknown]
    found += [
        AnswerProblem(name, reading.problems[name]) for name in sorted(reading.problems, key=rules.place.__getitem__)
    ]
    return found


def relevant_names(survey: Survey, answers: Answers, *, today: date) -> frozenset[str]:
    """The questions, notes and calculations that are to be shown, given the answers."""
    rules = rules_of(survey)
    return frozenset(rules.place) - rules.reading(answers, today).irrelevant


def computed(
    survey: Survey, answers: Answers, *, today: date, language: str | None = None, draw: float = 0.5
) -> dict[str, object]:
    """The values of the calculations; those that come to nothing (empty, no number, not relevant) are left out."""
    rules = rules_of(survey)
    if not rules.calculates:
        return {}
    values = rules.reading(answers, today, language, draw).values
    calculated = {step.name: values[step.name] for step in rules.steps if step.calculate and step.name in values}
    return {name: value for name, value in calculated.items() if not is_empty(value)}


@lru_cache(maxsize=64)
def rules_of(survey: Survey) -> ResponseChecker:
    """The survey's rules, compiled when first asked for."""
    return ResponseChecker(survey)


def _condition(expression: Expression) -> Condition:
    return condition(expression.tree)


def _step(question: Question, gates: tuple[str, ...]) -> QuestionCheck:
    reader = kind_of(question).reader
    return QuestionCheck(
        name=question.name,
        section=question.section,
        relevant=_condition(question.relevant) if question.relevant else None,
        read=reader(question) if reader else None,
        calculate=compiled(question.calculation.tree) if question.calculation else None,
        offer=Offer(question, question.choice_filter) if question.choice_filter else None,
        gates=() if question.calculation else gates,
    )


def _demand(question: Question, offer: Offer | None) -> Demand:
    required = question.required
    return Demand(
        name=question.name,
        required=required if isinstance(required, bool) else _condition(required),
        constraint=_condition(question.constraint) if question.constraint else None,
        offer=offer,
    )
