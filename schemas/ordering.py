"""In which order questions get their values: a question after everything that its relevance, calculation or choice_filter looks at."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from schemas.expressions import references
from schemas.model import Question, Survey
from schemas.questions import GATE


def in_order(survey: Survey) -> tuple[Question, ...]:
    """The questions, each after those that it waits for; otherwise as they stand. Raises ValueError on a circle."""
    waits = _waits(survey)
    done: dict[str, Question] = {}
    for question in survey.questions:
        _settle(question.name, survey, waits, done)
    return tuple(done.values())


def _settle(name: str, survey: Survey, waits: dict[str, list[str]], done: dict[str, Question]) -> None:
    """Put the question and all it waits for into `done`, without recursion: chains may be as long as the survey."""
    trail = [(name, iter(waits[name]))]
    open_names = {name}
    while trail:
        current, rest = trail[-1]
        following = next((other for other in rest if other not in done), None)
        if following is None:
            trail.pop()
            open_names.discard(current)
            done.setdefault(current, survey.by_name[current])
        elif following in open_names:
            raise ValueError(f"{following} waits for itself")
        else:
            open_names.add(following)
            trail.append((following, iter(waits[following])))


def circles(survey: Survey) -> Iterator[list[str]]:
    """Each group of questions that wait for one another, once, as the names in turn."""
    waits = _waits(survey)
    while True:
        try:
            TopologicalSorter(waits).prepare()
        except CycleError as found:
            circle = list(reversed(found.args[1][1:]))
            yield circle
            waits[circle[0]] = [name for name in waits[circle[0]] if name not in circle]
        else:
            return


def _waits(survey: Survey) -> dict[str, list[str]]:
    waits: dict[str, list[str]] = {}
    ends = gates_before(survey)
    for section in survey.sections:
        for question in section.questions:
            given = (section.relevant, question.relevant, question.calculation, question.choice_filter)
            used = (references.names(expression) for expression in given if expression)
            gates = () if question.calculation else ends[section.name]
            waits[question.name] = sorted(name for name in frozenset(gates).union(*used) if name in survey.by_name)
    return waits


def gates_before(survey: Survey) -> dict[str, tuple[str, ...]]:
    """For each section the gates that stand before it: whoever ends at one of them is asked nothing more."""
    found: dict[str, tuple[str, ...]] = {}
    passed: tuple[str, ...] = ()
    for section in survey.sections:
        found[section.name] = passed
        passed += tuple(question.name for question in section.questions if question.appearance == GATE)
    return found
