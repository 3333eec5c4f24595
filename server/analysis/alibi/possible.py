"""Records that somebody could have, though perhaps nobody does: answers to tied questions that fit together.

The alibi check asks for other assignments. Where everybody said no to a question, an assignment in which somebody said yes is one in which
she was asked what hangs on it, and only the survey's own evaluator knows what that is. So records that people have are changed in
one answer each, and the evaluator says what is asked then; what is newly asked, and what no item of the family tells, is answered by
chance. Chance is the same each time, so that the same people always have the same edition.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from schemas.expressions.evaluating import Scope, evaluate
from schemas.expressions.values import Value, is_empty, to_number, to_string
from schemas.kinds.words import AGREED
from schemas.model import Question, Survey
from schemas.questions import kind_of
from server.analysis.alibi.tied import blocks_of, is_worked_out
from server.analysis.counting.bands import bands_of, points_of
from server.analysis.counting.items import NO, NOT_ASKED, UNANSWERED, YES, Answer, Item
from server.analysis.counting.lookups import Telling, lookups_of
from server.analysis.counting.profiles import Ints
from server.analysis.counting.relevance import NO_DAY, Asked, is_computable, refers_to

MOST = 8_000
"""So many records are made up."""
AGAIN = 4
"""So often a change is made where something is worked out of what no item tells."""
ANEW = 12
"""So often all that decides nothing is answered by chance, of people who are alike in all that decides."""
SAME_WAYS = 1
Reply = str | float | None
Values = dict[str, Value]


def possible_records(survey: Survey, items: Sequence[Item], records: Ints) -> tuple[Ints, Ints]:
    """Change some answers of records that people have (R x items); give what could be instead, and of which record it comes.

    A public dimension that decides has to be among the items; it stays as it is. None where something is worked out of words of
    one's own, of the day, or by chance.
    """
    answers = _Answers(survey, items)
    found: dict[tuple[int, ...], int] = {}
    if answers.is_computable and len(items) > 1:
        chance = np.random.default_rng(SAME_WAYS)
        for at, change in answers.changes(records, chance):
            if (made := answers.changed(records[at], change, chance)) is not None:
                found.setdefault(made, at)
    made_up = np.array([*found], dtype=np.int64).reshape(len(found), len(items))
    return made_up, np.array([*found.values()], dtype=np.int64)


class _Answers:
    """Tied items as questions of a survey, with all others on which they depend."""

    def __init__(self, survey: Survey, items: Sequence[Item]) -> None:
        self._items, self._asked = items, Asked(survey)
        self._of: dict[str, list[tuple[int, Item]]] = {}
        for at, item in enumerate(items):
            self._of.setdefault(item.subject, []).append((at, item))
        needed = _needed(survey, self._asked, items)
        self._questions = [question for question in survey.questions if question.name in needed]
        self._named = {question.name: question for question in self._questions}
        self._public = {question.name for question in self._questions if question.dimension is not None}
        subject = {item.name: item.subject for item in items}
        self._deciding = self._public | {subject[gate] for item in items for gate in item.gates if gate in subject}
        self._replies = {question.name: _replies(question) for question in self._questions}
        self._averages = {f"indicator/{one.name}": one.average for one in survey.indicators if one.average}
        self._results = {item.name: _telling(survey, self._asked, item) for item in items if is_worked_out(item)}
        self.is_computable = all(
            question.calculation is None or is_computable(survey, question.calculation) for question in self._questions
        )

    def changes(self, records: Ints, chance: np.random.Generator) -> Iterator[tuple[int, Mapping[str, Reply]]]:
        """Choose changes, each of one record by its number: another answer to a question, or to all that decide nothing.

        Of people who are alike in the question's block, and in what decides where that matters, one is enough.
        """
        named = {item.name: item for item in self._items}
        column = {item.name: at for at, item in enumerate(self._items)}
        gates = {gate for item in self._items for gate in item.gates}
        deciding = [column[name] for name in named if named[name].subject in self._deciding]
        found: list[tuple[int, Mapping[str, Reply]]] = []
        for block in blocks_of(named):
            if len(block) == 1 and block[0] not in gates:
                continue
            mine = sorted(
                {column[name] for name in block} | {at for at in deciding if self._items[at].name in self._public}
            )
            free = any(is_worked_out(named[name]) and not self._tells(named[name]) for name in block)
            subjects = dict.fromkeys(named[name].subject for name in block)
            for at in np.unique(records[:, mine], axis=0, return_index=True)[1]:
                found += [
                    (int(at), {name: reply})
                    for name in subjects
                    if name not in self._public
                    for reply in self._others(name, records[at])
                    for _ in range(AGAIN if free else 1)
                ]
            for at in np.unique(records[:, mine], axis=0, return_index=True)[1]:
                found += [
                    (int(at), change)
                    for name in block
                    if is_worked_out(named[name])
                    for change in self._together(named[name], records[at])
                ]
            for at in np.unique(records[:, deciding], axis=0, return_index=True)[1] if free else ():
                found += [(int(at), self._anew(where, chance)) for where in (0, -2, *[None] * ANEW)]
        yield from (found[at] for at in chance.permutation(len(found))[:MOST])

    def _together(self, item: Item, record: Ints) -> Iterator[Mapping[str, Reply]]:
        """Change all answers of one kind from which something is worked out to another kind, all at once."""
        names = [name for name in item.columns if name in self._named and name not in self._public]
        values = {name: self._value(self._named[name], record) for name in names}
        given = {name: value[0] for name, value in values.items() if value}
        for one in dict.fromkeys(given.values()):
            alike = [name for name, value in given.items() if value == one]
            for other in self._replies[alike[0]] if len(alike) > 1 else ():
                if other != one:
                    yield {name: other for name in alike if other in self._replies[name]}

    def _anew(self, where: int | None, chance: np.random.Generator) -> Mapping[str, Reply]:
        """Answer anew all that decides nothing: everything in the same place of its list, or by chance."""
        return {
            name: ways[int(chance.integers(len(ways))) if where is None else where]
            for name, ways in self._replies.items()
            if ways and name not in self._deciding
        }

    def changed(self, record: Ints, change: Mapping[str, Reply], chance: np.random.Generator) -> tuple[int, ...] | None:
        """Give the record that follows from a change; None where an item has no category for it."""
        given = {**self._given(record, chance), **change}
        values: Values = {}
        for question in self._questions:
            scope = Scope(today=NO_DAY, values=values)
            if not self._asked.holds(question.name, scope):
                continue
            value = evaluate(question.calculation.tree, scope) if question.calculation else given.get(question.name)
            if value is not None and not is_empty(value):
                values[question.name] = value
        scope = Scope(today=NO_DAY, values=values)
        keys = [self._category(item, scope) for item in self._items]
        if any(key not in item.categories for key, item in zip(keys, self._items, strict=True)):
            return None
        return tuple(item.categories.index(str(key)) for key, item in zip(keys, self._items, strict=True))

    def _given(self, record: Ints, chance: np.random.Generator) -> dict[str, Reply]:
        """Read what somebody answered from her record; where it says nothing, something by chance."""
        found: dict[str, Reply] = {}
        for question in self._questions:
            value = self._value(question, record)
            replies = self._replies[question.name]
            found[question.name] = (
                value[0] if value else replies[int(chance.integers(len(replies)))] if replies else None
            )
        return found

    def _value(self, question: Question, record: Ints) -> tuple[Reply] | None:
        """Give an answer as an expression sees it; None where the items do not tell."""
        keys = {item.name: item.categories[record[at]] for at, item in self._of.get(question.name, ())}
        main = keys.get(question.name)
        if question.calculation is not None or not keys or NOT_ASKED in keys.values():
            return None
        if kind_of(question).counting == "options":
            taken = [name.partition("/")[2] for name, key in keys.items() if "/" in name and key == YES]
            return (" ".join(taken) or None,) if len(keys) > 1 else None
        if main == UNANSWERED:
            return (None,)
        if kind_of(question).counting == "places":
            places = {name.partition("/")[2]: int(key) for name, key in keys.items() if "/" in name and key.isdigit()}
            return (" ".join(sorted(places, key=places.__getitem__)),) if places else None
        return next(((reply,) for reply in self._replies[question.name] if _key_of(question, reply) == main), None)

    def _others(self, name: str, record: Ints) -> list[Reply]:
        """List other answers to a question; of several options, each one taken or left beside the others."""
        question = self._named.get(name)
        if question is None:
            return []
        now = self._value(question, record)
        found = list(self._replies[name])
        if kind_of(question).counting == "options" and now is not None:
            taken = str(now[0] or "").split()
            for choice in question.choices:
                left = [one for one in taken if one != choice.name]
                found.append(" ".join(left if len(left) < len(taken) else [*taken, choice.name]) or None)
        return [reply for reply in dict.fromkeys(found) if now is None or reply != now[0]]

    def _category(self, item: Item, scope: Scope) -> str | None:
        if is_worked_out(item):
            return self._worked_out(item, scope)
        if not self._asked.holds(item.subject, scope):
            return NOT_ASKED if item.conditional else None
        return _key(self._named[item.subject], item, scope.values.get(item.subject))

    def _worked_out(self, item: Item, scope: Scope) -> str | None:
        tell, number = self._results[item.name], self._averages.get(item.name)
        if number is None:
            return item.categories[tell(scope)] if tell else None
        if tell is not None and not tell(scope):
            return NOT_ASKED
        value = scope.values.get(number)
        return UNANSWERED if value is None else _band(item, to_number(value))

    def _tells(self, item: Item) -> bool:
        """Tell whether the items tell all from which something is worked out."""
        return set(item.columns) <= set(self._of)


def _needed(survey: Survey, asked: Asked, items: Sequence[Item]) -> set[str]:
    """Name the questions from whose answers all of this follows."""
    found: set[str] = set()
    waiting = [name for item in items for name in item.columns]
    while waiting:
        name = waiting.pop()
        if name in survey.by_name and name not in found:
            found.add(name)
            waiting += [*asked.references_of(name), *refers_to(survey.by_name[name].calculation)]
    return found


def _telling(survey: Survey, asked: Asked, item: Item) -> Telling | None:
    return next((tell for lookup in lookups_of(survey, asked, [item]) for tell in lookup.columns.values()), None)


def _replies(question: Question) -> list[Reply]:
    """List ways to answer a question as an expression sees them, and leaving it open."""
    names = [choice.name for choice in question.choices]
    kind = kind_of(question)
    if question.calculation is not None or not kind.stored:
        return []
    if kind.counting in ("bands", "points"):
        ends = [band.low if band.low is not None else (band.high or 0) - 1 for band in _bands(question)]
        return [*(f"{int(end):04}-01-01" if kind.entry == "day" else float(end) for end in ends), None]
    if kind_of(question).counting == "options":
        return [*names, " ".join(names), None]
    if kind_of(question).counting == "places":
        return [*(" ".join(names[at:] + names[:at]) for at in range(len(names))), " ".join(names[::-1]), None]
    return [*(names or [AGREED]), None]


def _key(question: Question, item: Item, value: Value | None) -> str | None:
    """Give the category as which an answer is counted."""
    option = item.name.partition("/")[2]
    if value is None:
        return UNANSWERED if item.silent else NO
    if kind_of(question).counting == "options":
        return YES if not option or option in str(value).split() else NO
    if kind_of(question).counting == "places":
        places = str(value).split()
        return str(places.index(option) + 1) if option else places[0]
    if kind_of(question).entry == "day":
        return _band(item, float(str(value)[:4]))
    return _band(item, to_number(value)) if kind_of(question).counting in ("bands", "points") else to_string(value)


def _key_of(question: Question, reply: Reply) -> str | None:
    """Give the category of an answer to a question with a single item."""
    return (
        _key(question, Item(question.name, question.name, _bands(question), ()), reply) if reply is not None else None
    )


def _bands(question: Question) -> tuple[Answer, ...]:
    counting = kind_of(question).counting
    if counting == "bands":
        return bands_of(question)
    return points_of(question) if counting == "points" else ()


def _band(item: Item, number: float) -> str | None:
    """Give the band in which a number lies; what lies outside of all stands in the outermost."""
    reached = [answer for answer in item.answers if answer.low is None or number >= answer.low]
    return (reached or item.answers)[-1 if reached else 0].key
