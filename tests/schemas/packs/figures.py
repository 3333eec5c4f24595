"""What a pack's indicators come to for a handful of people or units, worked out plainly and without a threshold."""

from collections.abc import Callable, Sequence
from datetime import date

from schemas.answers import rules_of
from schemas.expressions.evaluating import Scope, compiled, condition
from schemas.expressions.values import to_number
from schemas.model import Expression, Survey

Answers = dict[str, object]
TODAY = date(2026, 11, 25)


def scope(survey: Survey, answers: Answers) -> Scope:
    """The answers with everything that is worked out from them."""
    return Scope(today=TODAY.isoformat(), values=rules_of(survey).reading(answers, TODAY).values)


def figure(survey: Survey, name: str, forms: Sequence[Answers]) -> float | None:
    """The indicator's share, ratio, average or difference among its base; None where the base is empty."""
    indicator = next(indicator for indicator in survey.indicators if indicator.name == name)
    if compared := indicator.comparison:
        groups = [
            [answers for answers in forms if condition(group.tree)(scope(survey, answers))]
            for group in (compared.first, compared.second)
        ]
        first, second = (figure(survey, compared.indicator, group) for group in groups)
        if first is None or second is None:
            return None
        return first / second if compared.form == "ratio" else first - second
    based = [scope(survey, answers) for answers in forms]
    based = [one for one in based if indicator.base is None or condition(indicator.base.tree)(one)]
    if not based:
        return None
    if ratio := indicator.ratio:
        return _sum(ratio.of, based) / _sum(ratio.to, based)
    if indicator.average:
        return sum(to_number(one.values[indicator.average]) for one in based) / len(based)
    if indicator.expression:
        holds: Callable[[Scope], bool] = condition(indicator.expression.tree)
        return sum(map(holds, based)) / len(based)
    raise ValueError(f"{name} rests on a scale, of which the analysis works out the mean")


def _sum(expression: Expression, scopes: Sequence[Scope]) -> float:
    return sum(to_number(compiled(expression.tree)(one)) for one in scopes)
