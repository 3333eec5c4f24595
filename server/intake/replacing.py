"""Strong mode: one answer in ten is replaced by that of a random person of the same edition, before anything is counted.

What is kept is only the result (post-randomisation, disclosure.md rule 7), so that whoever knows everybody's answers but one learns
next to nothing of that one. Answers on which it depends what somebody is asked are moved together with all that hangs on them, as one
record. What is public stays as it was: dimensions, gates into sections, and what these hang on. Where these decide what is asked,
answers move only between people for whom they decide alike: nobody gets an answer to a question that was not hers.
Not promised: a constraint between an answer that moved and one that stayed may be broken.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schemas.answers import computed, rules_of
from schemas.expressions import references
from schemas.expressions.evaluating import Compiled, Scope, compiled
from schemas.model import Expression, Question, Survey, Tree
from schemas.ordering import gates_before
from schemas.questions import GATE, GATE_ENDS, kind_of
from sync.chance import Chance

SHARE = 0.10
Answers = Mapping[str, Any]
_OF_THE_QUESTION = frozenset({"self", "col"})
_OF_A_DRAW = frozenset({"random", "once"})


@dataclass(frozen=True, slots=True)
class Family:
    """Questions whose answers move together. Between whom: people alike in `decided_by` and in whether they answered `answered`."""

    questions: tuple[str, ...]
    decided_by: tuple[Compiled, ...]
    answered: tuple[str, ...]


class Replacing:
    """How the answers to one survey are replaced."""

    def __init__(self, survey: Survey) -> None:
        self._survey, self._rules = survey, rules_of(survey)
        self._ties = _Ties(survey)
        self.families = tuple(self._family(names) for names in self._ties.families())
        self._public = tuple(sorted(self._ties.public))
        self._place = {question.name: place for place, question in enumerate(survey.questions)}
        self._calculated = frozenset(question.name for question in survey.questions if question.calculation)

    def replaced(
        self, people: Sequence[tuple[Answers, date]], chance: Chance, share: float = SHARE
    ) -> list[dict[str, Any]]:
        """Give the answers of all people as they are kept, in the order of the people; what is calculated is calculated anew.

        `people`: stored answers and day of each. `share`: the probability with which a family's answers are replaced.
        """
        kept = [
            {name: value for name, value in answers.items() if name not in self._calculated} for answers, _ in people
        ]
        for family in self.families:
            self._replace(family, people, kept, chance, share)
        return [self._whole(answers, day) for answers, (_, day) in zip(kept, people, strict=True)]

    def _replace(
        self,
        family: Family,
        people: Sequence[tuple[Answers, date]],
        kept: Sequence[dict[str, Any]],
        chance: Chance,
        share: float,
    ) -> None:
        for numbers in self._alike(family, people):
            hit, donors = _uniform(chance, len(numbers)) < share, _uniform(chance, len(numbers))
            for at in np.flatnonzero(hit):
                given = people[numbers[int(donors[at] * len(numbers))]][0]
                answers = kept[numbers[at]]
                for name in family.questions:
                    answers.pop(name, None)
                    if name in given:
                        answers[name] = given[name]

    def _alike(self, family: Family, people: Sequence[tuple[Answers, date]]) -> list[list[int]]:
        """Give the numbers of people between whom the answers of a family may move, class by class."""
        if not family.decided_by and not family.answered:
            return [list(range(len(people)))]
        decided = cache(lambda public, day: self._decisions(family, dict(public), day))
        alike: dict[tuple[object, ...], list[int]] = {}
        for number, (answers, day) in enumerate(people):
            there = tuple(name in answers for name in family.answered)
            public = tuple((name, _hashable(answers[name])) for name in self._public if name in answers)
            alike.setdefault((there, decided(public, day)), []).append(number)
        return list(alike.values())

    def _decisions(self, family: Family, public: Answers, day: date) -> tuple[object, ...]:
        """Work out what of public answers decides which answers of a family can be somebody's."""
        given = {name: list(value) if isinstance(value, tuple) else value for name, value in public.items()}
        scope = Scope(day.isoformat(), self._rules.reading(given, day).values)
        values = [decides(scope) for decides in family.decided_by]
        return tuple("" if value != value else value for value in values)  # noqa: PLR0124 - only NaN differs from itself

    def _whole(self, answers: dict[str, Any], day: date) -> dict[str, Any]:
        whole = answers | computed(self._survey, answers, today=day)
        return {name: whole[name] for name in sorted(whole, key=self._place.__getitem__)}

    def _family(self, names: frozenset[str]) -> Family:
        parts = {repr(part): part for name in sorted(names) for part in self._ties.public_parts(name)}
        return Family(
            questions=tuple(sorted(names)),
            decided_by=tuple(compiled(part) for part in parts.values()),
            answered=tuple(name for name in sorted(names) if self._ties.hangs_on_words(name)),
        )


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _uniform(chance: Chance, count: int) -> NDArray[np.float64]:
    """Draw numbers from 0 to 1, 1 not included, all equally likely."""
    drawn = np.frombuffer(chance.bytes(8 * count), dtype=np.uint64)
    return (drawn >> np.uint64(11)).astype(np.float64) * 2.0**-53


class _Ties:
    """What hangs on what in a survey: which questions are public for this purpose, and which move together."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._gates = gates_before(survey)
        self._sections = {section.name: section.relevant for section in survey.sections}
        self._below = cache(self._find_below)
        first = [one.name for one in survey.questions if one.dimension or one.appearance == GATE]
        self.public = frozenset(first).union(*(self._below(name) for name in first))

    def families(self) -> Iterator[frozenset[str]]:
        """Give the groups of questions that move together, each question that is answered by a choice or number in one of them."""
        moved = [one for one in self._survey.questions if self._moves(one)]
        group = {one.name: {one.name} for one in moved}
        for one in moved:
            constraint = references.names(one.constraint) if one.constraint else frozenset()
            for other in (self._below(one.name) | constraint) & group.keys():
                if group[other] is not group[one.name]:
                    group[one.name] |= group[other]
                    for name in group[other]:
                        group[name] = group[one.name]
        yield from {id(names): frozenset(names) for names in group.values()}.values()

    def public_parts(self, name: str) -> Iterator[Tree]:
        """Give the largest parts of what decides whether and with which choices a question is asked that look at public answers only."""
        for one in {name, *self._calculations_below(name)}:
            question = self._survey.by_name[one]
            for expression in self._expressions(question):
                yield from self._largest_public(expression.tree)
            if not question.calculation:
                for gate in self._gates[question.section]:
                    yield ["!=", ["ref", gate], ["str", GATE_ENDS]]

    def hangs_on_words(self, name: str) -> bool:
        """Tell whether it hangs on what was answered in words of one's own, which is not stored with the other answers."""
        return any(not kind_of(self._survey.by_name[one]).stored for one in self._below(name))

    def _moves(self, question: Question) -> bool:
        return kind_of(question).closed and question.name not in self.public

    def _calculations_below(self, name: str) -> Iterable[str]:
        return (one for one in self._below(name) - self.public if self._survey.by_name[one].calculation)

    def _find_below(self, name: str) -> frozenset[str]:
        """Name all questions on which it depends, directly or through others, whether this one is asked and with which choices."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            question = self._survey.by_name[waiting.pop()]
            used = frozenset().union(*(references.names(one) for one in self._expressions(question)))
            gates = () if question.calculation else self._gates[question.section]
            new = (used.union(gates) & self._survey.by_name.keys()) - found
            found |= new
            waiting.extend(new)
        return frozenset(found)

    def _expressions(self, question: Question) -> list[Expression]:
        given = (self._sections[question.section], question.relevant, question.choice_filter, question.calculation)
        return [one for one in given if one]

    def _largest_public(self, tree: Tree) -> Iterator[Tree]:
        nodes = list(references.nodes(tree))
        looks = any(node[0] == "ref" or node[:2] == ["call", "today"] for node in nodes)
        if all(self._is_public(node) for node in nodes):
            if looks:
                yield tree
            return
        for part in tree[1:]:
            if isinstance(part, list):
                yield from self._largest_public(part)

    def _is_public(self, node: Tree) -> bool:
        if node[0] == "ref":
            return node[1] in self.public
        return node[0] not in _OF_THE_QUESTION and not (node[0] == "call" and node[1] in _OF_A_DRAW)
