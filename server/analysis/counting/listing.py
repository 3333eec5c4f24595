"""Which items a survey has: one for each question, option, place in a ranking, and indicator that is a property of a person."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from schemas.kinds.words import AGREED
from schemas.model import Choice, Indicator, Question, Survey
from schemas.questions import kind_of
from server.analysis.counting.bands import bands_between, bands_of, points_of
from server.analysis.counting.bounds import bounds_of, is_whole
from server.analysis.counting.items import NO, YES, Answer, Item
from server.analysis.counting.relevance import Asked, is_computable, leaves_of, refers_to
from server.analysis.counting.ties import Ties

YES_OR_NO = (Answer(YES), Answer(NO))


def items_of(survey: Survey) -> tuple[Item, ...]:
    """List the items of a survey, in the order of its questions, then its indicators.

    Remarks and notes have none. Scales need none: they are linear in the counts of their items. An indicator has one if it is the
    share of people of whom something holds, or the average of a number with known bounds; one that looks at words has none.
    """
    asked = Asked(survey)
    ties = Ties(survey, asked)
    plain = [item for question in survey.questions for item in _of_question(question)]
    items = [replace(item, conditional=asked.is_conditional(item.subject)) for item in plain]
    items = [replace(item, gates=ties.gates_of_question(item.subject)) for item in items]
    sensitive = ties.sensitive_questions()
    items = [replace(item, sensitive=item.subject in sensitive) for item in items]
    for indicator in survey.indicators:
        made = _OF_INDICATOR.get(indicator.kind, _nothing)(survey, indicator)
        if made is not None:
            items.append(_placed(survey, indicator, made, asked, ties))
    return tuple(items)


def indicator_leaves(survey: Survey, indicator: Indicator) -> tuple[str, ...]:
    """Name the questions that an indicator measures; those that only its base looks at are not among them."""
    measured = (indicator.average,) if indicator.average else refers_to(indicator.expression)
    return leaves_of(survey, measured)


def _of_question(question: Question) -> Iterator[Item]:
    name, columns, counting = question.name, (question.name,), kind_of(question).counting
    match counting:
        case "options":
            yield Item(name, name, (Answer(YES),), columns)
            for choice in question.choices:
                yield Item(f"{name}/{choice.name}", name, YES_OR_NO, columns, silent=False)
        case "places":
            yield Item(name, name, _answers(question.choices), columns)
            places = tuple(Answer(str(place)) for place in range(1, len(question.choices) + 1))
            for choice in question.choices:
                yield Item(f"{name}/{choice.name}", name, places, columns)
        case "bands":
            yield Item(name, name, bands_of(question), columns)
        case "points":
            yield Item(name, name, points_of(question), columns)
        case "choice":
            yield Item(name, name, _answers(question.choices), columns)
        case "assent":
            yield Item(name, name, (Answer(AGREED),), columns)
        case "none":
            return
        case _:
            assert_never(counting)


def _answers(choices: tuple[Choice, ...]) -> tuple[Answer, ...]:
    return tuple(Answer(one.name, one.label, one.score, one.off_scale) for one in choices)


def _share(survey: Survey, indicator: Indicator) -> Item | None:
    given = [one for one in (indicator.expression, indicator.base) if one is not None]
    if not all(is_computable(survey, one) for one in given):
        return None
    name = f"indicator/{indicator.name}"
    return Item(name, name, YES_OR_NO, refers_to(*given), silent=False)


def _average(survey: Survey, indicator: Indicator) -> Item | None:
    number = indicator.average or ""
    bounds = bounds_of(survey, number)
    if bounds is None or (indicator.base is not None and not is_computable(survey, indicator.base)):
        return None
    name = f"indicator/{indicator.name}"
    columns = tuple(dict.fromkeys((number, *refers_to(indicator.base))))
    return Item(name, name, bands_between(bounds, whole=is_whole(survey, number)), columns)


def _nothing(_: Survey, __: Indicator) -> None:
    return None


_OF_INDICATOR: Mapping[str, Callable[[Survey, Indicator], Item | None]] = {"share": _share, "average": _average}


def _placed(survey: Survey, indicator: Indicator, item: Item, asked: Asked, ties: Ties) -> Item:
    """Say of whom an indicator is worked out, and what it is tied to.

    Out of its base is who does not fulfil `base`, and who was asked none of the questions that it measures.
    """
    leaves = indicator_leaves(survey, indicator)
    unasked = bool(leaves) and all(asked.is_conditional(name) for name in leaves)
    elsewhere = [name for name in leaves_of(survey, refers_to(indicator.base)) if name not in leaves]
    gates = [gate for name in leaves for gate in ties.gates_of_question(name)]
    gates += ties.items_deciding(elsewhere, indicator.base)
    sensitive = ties.sensitive_questions()
    return replace(
        item,
        conditional=unasked or indicator.base is not None,
        gates=tuple(dict.fromkeys(gates)),
        sensitive=any(name in sensitive for name in (*leaves, *elsewhere)),
        index=len(leaves) > 1,
    )
