"""Records that somebody could have given, though perhaps nobody did: answers to tied questions that fit together.

The alibi check asks for other worlds. Where everybody said no to a question, a world in which somebody said yes is one in which
she was asked what hangs on it, and only the survey's own evaluator knows what that is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import assert_never

import numpy as np

from schemas.expressions.evaluating import Scope
from schemas.kinds.words import AGREED
from schemas.model import Question, Survey
from schemas.questions import kind_of
from server.analysis.counting.items import NO, NOT_ASKED, UNANSWERED, YES, Item
from server.analysis.counting.lookups import Telling, lookups_of
from server.analysis.counting.profiles import Ints
from server.analysis.counting.relevance import NO_DAY, Asked

MOST_RECORDS = 2_000
MOST_TURNS = 12
TRIES, ENOUGH = 20, 3
"""So often ways by chance are looked for that lead to a question, and so many are enough."""
MOST_CHANGES = 4_000
SAME_WAYS = 1
"""Chance is the same each time, so that the same people always have the same edition."""
Value = str | float


@dataclass(frozen=True, slots=True)
class _Reply:
    """One way to answer a question: its value in an expression (None: no answer), and as what its items count it."""

    value: Value | None
    counted: Mapping[str, str]


def possible_records(survey: Survey, items: Sequence[Item]) -> Ints:
    """Make up records of tied items, R x items (numbers in `Item.categories`): every way through what decides who is asked.

    Where there are very many ways, some. A public dimension that decides has to be among the items.
    Answers that decide nothing take turns. None (0 x items) where something outside of these items decides, or a calculation,
    or where one of them is an average.
    """
    tied = _tied(survey, items)
    if tied is None:
        return np.zeros((0, len(items)), dtype=np.int64)
    questions, asked, ways, deciding = tied.questions, tied.asked, tied.ways, tied.deciding
    found: set[tuple[int, ...]] = set()
    most = MOST_RECORDS // MOST_TURNS
    if len(list(islice(_walk(questions, asked, ways, deciding, 0), most + 1))) <= most:
        walks = [_walk(questions, asked, ways, deciding, turn) for turn in range(MOST_TURNS)]
    else:
        walks = [_some_ways(questions, asked, ways, deciding)]
    for walk in walks:
        found |= {record for record in (tied.record(*way) for way in walk) if record}
    return np.array(sorted(found), dtype=np.int64).reshape(len(found), len(items))


def changed_records(survey: Survey, items: Sequence[Item], records: Ints) -> tuple[Ints, Ints]:
    """Change some answers of records that people have (R x items); give what could be instead, and of which record it comes.

    Changed are answers that decide, but for public dimensions, and questions that stand as several items, one at a time, and those
    that an indicator looks at, together. What is newly asked is answered by chance. None in the cases of `possible_records`.
    """
    tied = _tied(survey, items)
    found: dict[tuple[int, tuple[int, ...]], None] = {}
    if tied is not None and len(records):
        chance = np.random.default_rng(SAME_WAYS)
        changes = tied.changes()
        each = min(len(changes), max(1, MOST_CHANGES // len(records)))
        for at, record in enumerate(records):
            given = tied.given(record, chance)
            for number in chance.permutation(len(changes))[:each]:
                fixed = {name: [one] for name, one in (given | changes[number]).items()}
                way = next(_walk(tied.questions, tied.asked, fixed, tied.deciding, 0))
                if (made := tied.record(*way)) is not None:
                    found[at, made] = None
    made_up = np.array([record for _, record in found], dtype=np.int64).reshape(len(found), len(items))
    return made_up, np.array([at for at, _ in found], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Tied:
    """Tied items as questions: the ways to answer each, which of them decide what is asked, and how indicators are told."""

    items: Sequence[Item]
    questions: Sequence[Question]
    asked: Asked
    of: Mapping[str, Sequence[Item]]
    ways: Mapping[str, Sequence[_Reply]]
    deciding: set[str]
    told: Mapping[str, tuple[tuple[str, ...], Telling]]

    def changes(self) -> list[dict[str, _Reply]]:
        """List other answers: to one question, and the same one to all questions from which an indicator is told."""
        found = [
            {question.name: reply}
            for question in self.questions
            if question.dimension is None and (question.name in self.deciding or len(self.of[question.name]) > 1)
            for reply in self.ways[question.name]
        ]
        public = {question.name for question in self.questions if question.dimension is not None}
        for names in dict.fromkeys(names for names, _ in self.told.values()):
            ways = {name: {reply.value: reply for reply in self.ways[name]} for name in names if name not in public}
            values = dict.fromkeys(value for one in ways.values() for value in one)
            found += [{name: one[value] for name, one in ways.items() if value in one} for value in values]
        return found

    def record(self, values: Mapping[str, Value], counted: Mapping[str, str]) -> tuple[int, ...] | None:
        """Give answers as the categories of all items; None where an item has no category for them."""
        scope = Scope(today=NO_DAY, values=values)
        keys = {**counted, **{name: _category(self.items, name, tell(scope)) for name, (_, tell) in self.told.items()}}
        if not all(item.name in keys for item in self.items):
            return None
        return tuple(item.categories.index(keys[item.name]) for item in self.items)

    def given(self, record: Ints, chance: np.random.Generator) -> dict[str, _Reply]:
        """Read the answers of a record; of what was not asked, one by chance."""
        keys = {item.name: item.categories[at] for item, at in zip(self.items, record, strict=True)}
        found = {}
        for question in self.questions:
            mine = {item.name: keys[item.name] for item in self.of[question.name]}
            same = [reply for reply in self.ways[question.name] if reply.counted == mine]
            if not same and kind_of(question).counting == "options" and YES in mine.values():
                options = [name.partition("/")[2] for name, key in mine.items() if key == YES and "/" in name]
                same = [_Reply(" ".join(options), mine)]
            ways = same or self.ways[question.name]
            if ways:
                found[question.name] = ways[0] if same else ways[int(chance.integers(len(ways)))]
        return found


def _tied(survey: Survey, items: Sequence[Item]) -> _Tied | None:
    """Look at tied items as questions; None where what decides cannot be told from them."""
    asked = Asked(survey)
    of: dict[str, list[Item]] = {}
    for item in items:
        of.setdefault(item.subject, []).append(item)
    questions = [question for question in survey.questions if question.name in of]
    told = _told(survey, asked, items)
    deciding = {name for question in questions for name in asked.references_of(question.name)}
    deciding |= {name for names, _ in told.values() for name in names}
    replies = {question.name: _replies(question, of[question.name]) for question in questions}
    if (
        not deciding <= set(replies)
        or any(replies[name] is None for name in deciding)
        or len(told) < _indicators(items)
    ):
        return None
    ways = {name: one or () for name, one in replies.items()}
    return _Tied(items, questions, asked, of, ways, deciding, told)


def _walk(
    questions: Sequence[Question],
    asked: Asked,
    replies: Mapping[str, Sequence[_Reply]],
    deciding: set[str],
    turn: int,
) -> Iterator[tuple[dict[str, Value], dict[str, str]]]:
    """Go through the questions in their order; give the values and what they are counted as."""
    if not questions:
        yield {}, {}
        return
    *before, last = questions
    for values, counted in _walk(before, asked, replies, deciding, turn):
        choices = replies[last.name]
        if not asked.holds(last.name, Scope(today=NO_DAY, values=values)):
            yield values, counted | dict.fromkeys(choices[0].counted if choices else (), NOT_ASKED)
            continue
        for reply in choices if last.name in deciding else choices[turn % len(choices) :][:1] if choices else ():
            given = values if reply.value is None else {**values, last.name: reply.value}
            yield given, {**counted, **reply.counted}


def _some_ways(
    questions: Sequence[Question], asked: Asked, replies: Mapping[str, Sequence[_Reply]], deciding: set[str]
) -> Iterator[tuple[dict[str, Value], dict[str, str]]]:
    """Go some ways where there are too many: by every answer that decides, with every member of a public dimension, else by chance."""
    chance = np.random.default_rng(SAME_WAYS)
    public = [question.name for question in questions if question.dimension is not None and question.name in deciding]
    members = [dict(zip(public, one, strict=True)) for one in product(*(replies[name] for name in public))]
    for member in members:
        for name in sorted(deciding - set(public)):
            for reply in replies[name]:
                found = 0
                for _ in range(TRIES):
                    chosen = {one: ways[int(chance.integers(len(ways)))] for one, ways in replies.items() if ways}
                    fixed = {one: [way] for one, way in (chosen | {name: reply} | member).items()}
                    values, counted = next(_walk(questions, asked, fixed, deciding, 0))
                    if values.get(name) == reply.value:
                        yield values, counted
                        found += 1
                    if found == ENOUGH:
                        break


def _replies(question: Question, items: Sequence[Item]) -> list[_Reply] | None:
    """Give the ways to answer a question; None when they cannot be told here."""
    if question.calculation is not None:
        return None
    found: list[_Reply] = []
    kind = kind_of(question)
    match kind.counting:
        case "choice":
            found = [
                _Reply(choice.name, dict.fromkeys((item.name for item in items), choice.name))
                for choice in question.choices
            ]
        case "options":
            taken: list[tuple[str, ...]] = [(choice.name,) for choice in question.choices]
            taken.append(tuple(choice.name for choice in question.choices))
            found = [_Reply(" ".join(each), {item.name: _option(item, each) for item in items}) for each in taken]
        case "bands" | "points":
            for band in items[0].answers:
                value = band.low if band.low is not None else (band.high or 0) - 1
                first_day = f"{int(value):04}-01-01"
                found.append(_Reply(first_day if kind.entry == "day" else float(value), {items[0].name: band.key}))
        case "assent":
            found = [_Reply(AGREED, {items[0].name: AGREED})]
        case "places" | "none":
            return None
        case _:
            assert_never(kind.counting)
    return [*found, _Reply(None, {item.name: UNANSWERED if item.silent else NO for item in items})]


def _option(item: Item, taken: Sequence[str]) -> str:
    option = item.name.partition("/")[2]
    return YES if not option or option in taken else NO


def _told(survey: Survey, asked: Asked, items: Sequence[Item]) -> dict[str, tuple[tuple[str, ...], Telling]]:
    """Give for every indicator that is a share the questions it looks at, and how it is told."""
    found = {}
    for item in items:
        if item.subject.startswith("indicator/") and not item.silent:
            for lookup in lookups_of(survey, asked, [item]):
                for tell in lookup.columns.values():
                    found[item.name] = (lookup.questions, tell)
    return found


def _indicators(items: Sequence[Item]) -> int:
    return sum(item.subject.startswith("indicator/") for item in items)


def _category(items: Sequence[Item], name: str, number: int) -> str:
    return next(item for item in items if item.name == name).categories[number]
