"""Whether some conditions can hold together in a response without problems: tried piece by piece, never believed impossible wrongly.

All answers of the questions that are looked at form a box. Where a condition can be neither proven nor refuted on a box, the box
is cut in two; where one is refuted, the whole box is done with. Once a box says that a question is answered, what that question
itself hangs on joins the conditions, so that chains of questions are followed. The work is bounded by counting it: what is not
refuted in so many steps is believed to be possible.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from schemas.expressions import references
from schemas.expressions.ranges.answers import AnswerSet, Marks, answers_of, marked, written
from schemas.expressions.ranges.functions import KnownValues
from schemas.expressions.ranges.possible import EMPTY, MAY, Possible, Span, Truth, as_stored, either, union
from schemas.expressions.ranges.reasoning import outcome, verdict
from schemas.expressions.values import EPOCH, Value
from schemas.model import Expression, Question, Survey, Tree
from schemas.ordering import in_order
from schemas.questions import kind_of

MOST_VISITS = 20_000
MOST_VISITS_IN_ALL = 400_000
MOST_FOLLOWED = 12
MOST_CALCULATIONS = 12
LAST_DAY = date(2199, 12, 31)
FIRST_DAY = date(2000, 1, 1)

Pieces = tuple[AnswerSet, ...]
NOTHING = written("")


@dataclass(frozen=True, slots=True)
class Needed:
    """A condition that must hold (or must fail); `own` is the question that «.» means, `offers` says that it filters its choices."""

    tree: Tree
    holds: bool = True
    own: str = ""
    offers: bool = False


@dataclass(slots=True)
class Box:
    """Some answers of each question looked at, the conditions still open on them, and the questions whose own are counted in."""

    pieces: dict[str, Pieces]
    open: list[Needed]
    followed: frozenset[str] = frozenset()
    calculated: Mapping[str, tuple[Needed, ...]] = field(default_factory=dict)


@dataclass
class Search:
    """A survey and what is known of its questions so far; `barred` are those that nobody is ever asked."""

    survey: Survey
    today: date | None = None
    barred: set[str] = field(default_factory=set)
    visits: int = 0
    unfinished: bool = False

    def __post_init__(self) -> None:
        self.days: Span = (float(((self.today or FIRST_DAY) - EPOCH).days), float((LAST_DAY - EPOCH).days))
        self.place = {question.name: place for place, question in enumerate(in_order(self.survey))}
        self.sections = {section.name: section for section in self.survey.sections}
        self._answers: dict[str, Pieces] = {}
        self._verdicts: dict[tuple[object, ...], bool] = {}
        self._spoken: dict[int, tuple[frozenset[str], tuple[Value, ...]]] = {}

    def conditions(self, question: Question) -> list[Needed]:
        """What a question hangs on before it is asked."""
        given = (self.sections[question.section].relevant, question.relevant)
        return [Needed(expression.tree) for expression in given if expression]

    def demands(self, question: Question) -> list[Needed]:
        """What an answer to a question must satisfy."""
        found = [Needed(question.constraint.tree, own=question.name)] if question.constraint else []
        if question.choice_filter:
            found.append(Needed(question.choice_filter.tree, own=question.name, offers=True))
        return found

    def can_hold(self, needed: Sequence[Needed], answered: str = "", most: int = MOST_VISITS) -> bool:
        """Whether all of it can be so at once, and the question of that name be answered.

        True also where so much work, counted in visits to parts of expressions, does not find out.
        """
        # A text is parsed once, so the same condition at many questions is the same tree.
        key = (answered, *((id(one.tree), one.holds, one.own, one.offers) for one in needed))
        if key not in self._verdicts:
            self._verdicts[key] = self._can_hold(needed, answered, most)
        return self._verdicts[key]

    def _can_hold(self, needed: Sequence[Needed], answered: str, most: int) -> bool:
        if self.visits > MOST_VISITS_IN_ALL:
            self.unfinished = True
            return True
        box = self._box(needed)
        if answered:
            box.pieces[answered] = self._pieces(answered)[1:]
            box.followed = frozenset({answered})
        return self._is_somewhere(box, most) if box.pieces.get(answered, (NOTHING,)) else False

    def answers_behind(self, needed: Needed) -> list[str]:
        """The questions that somebody answers and on which a condition hangs, through calculations too, as they stand."""
        box = self._box([needed])
        return sorted(box.pieces, key=self.place.__getitem__)

    def known_without(self, empty: Iterable[str], needed: Sequence[Needed]) -> KnownValues:
        """What is known of all that the conditions look at when those questions are left empty."""
        box = self._box(needed)
        box.pieces |= dict.fromkeys(empty, (NOTHING,))
        return self._known(box)

    def answered(self, name: str) -> Iterator[Possible]:
        """All that may be answered to a question."""
        return (piece.possible for piece in self._pieces(name)[1:])

    def _box(self, needed: Sequence[Needed]) -> Box:
        box = Box({}, list(needed))
        self._widen(box, needed)
        return box

    def _is_somewhere(self, box: Box, most: int) -> bool:
        last, boxes = self.visits + most, [box]
        while boxes:
            if self.visits > last:
                return True
            box = boxes.pop()
            if not self._narrow(box):
                continue
            children = self._cut(box) if box.open else []
            if not children:
                return True
            boxes.extend(reversed(children))
        return False

    def _narrow(self, box: Box) -> bool:
        """Drop what is proven on the box and take in what its answers hang on; False where something is refuted."""
        waiting, still = box.open, []
        while waiting:
            known = self._known(box)
            for needed in waiting:
                may, may_not = self._verdict(needed, known)
                if not (may if needed.holds else may_not):
                    return False
                if may and may_not:
                    still.append(needed)
            waiting = self._follow(box)
        box.open = still
        return True

    def _follow(self, box: Box) -> list[Needed]:
        """What the questions hang on that are surely answered in this box."""
        found: list[Needed] = []
        for name, pieces in list(box.pieces.items()):
            if name in box.followed or pieces[0] is NOTHING or len(box.followed) >= MOST_FOLLOWED:
                continue
            box.followed |= {name}
            question = self.survey.by_name[name]
            found += self.conditions(question) + self.demands(question)
        self._widen(box, found)
        return found

    def _widen(self, box: Box, needed: Sequence[Needed]) -> None:
        """Take every question into the box that the conditions look at, through calculations too."""
        waiting = list(needed)
        calculated = dict(box.calculated)
        while waiting:
            for name in self._looks_at(waiting.pop()):
                question = self.survey.by_name.get(name)
                if question is None or name in box.pieces or name in calculated:
                    continue
                if question.calculation is None:
                    box.pieces[name] = self._pieces(name)
                elif len(calculated) < MOST_CALCULATIONS:
                    calculated[name] = (Needed(question.calculation.tree), *self.conditions(question))
                    waiting += calculated[name]
        box.calculated = calculated

    def _pieces(self, name: str) -> Pieces:
        if name in self.barred:
            return (NOTHING,)
        found = self._answers.get(name)
        if found is None:
            found = self._answers[name] = (NOTHING, *answers_of(self.survey.by_name[name]))
        return found

    def _known(self, box: Box) -> KnownValues:
        values = {name: union(piece.possible for piece in pieces) for name, pieces in box.pieces.items()}
        known = KnownValues(values, self.days)
        for name in sorted(box.calculated, key=self.place.__getitem__):
            value, *conditions = box.calculated[name]
            truths = [verdict(needed.tree, known) for needed in conditions]
            found = [as_stored(outcome(value.tree, known))] if all(may for may, _ in truths) else []
            values[name] = union([*found, EMPTY] if any(may_not for _, may_not in truths) else found)
        self.visits += known.visits + 1
        return known

    def _verdict(self, needed: Needed, known: KnownValues) -> Truth:
        before = known.visits
        known.this = known.values[needed.own] if needed.own else EMPTY
        found = self._offered(needed, known) if needed.offers else verdict(needed.tree, known)
        self.visits += known.visits - before
        return found

    def _offered(self, needed: Needed, known: KnownValues) -> Truth:
        """Whether what is chosen is on offer: of one choice any of those it may be, of several all that are surely among them."""
        question, possible = self.survey.by_name[needed.own], known.values[needed.own]
        group = possible.chosen
        names = group.must if group else {word for text in possible.exact for word in str(text).split(" ") if word}
        truths, only_one = [], kind_of(question).chooses == "one"
        for choice in question.choices:
            if choice.name in names:
                known.columns = {**choice.columns, "name": choice.name}
                truths.append(verdict(needed.tree, known))
                if only_one and either(*truths) == MAY:
                    break
        if group:
            settled = group.must == group.may and all(not may_not for _, may_not in truths)
            return all(may for may, _ in truths), not settled
        if only_one:
            return either(*truths)
        return all(may for may, _ in truths), any(may_not for _, may_not in truths)

    def _cut(self, box: Box) -> list[Box]:
        """The box in smaller ones, along the question with the most answers that the first open condition looks at; none if it cannot."""
        for needed in box.open:
            marks, names = self._behind(needed, box)
            for name in sorted(names, key=lambda name: (-sum(piece.size for piece in box.pieces[name]), name)):
                pieces = box.pieces[name]
                parts = _apart(pieces, marks, needed) if len(pieces) > 1 else pieces[0].cut(marks)
                if parts:
                    return [replace(box, pieces={**box.pieces, name: (part,)}, open=list(box.open)) for part in parts]
        return []

    def _behind(self, needed: Needed, box: Box) -> tuple[Marks, list[str]]:
        """What a condition speaks of, and the answered questions that it hangs on, through calculations too."""
        found, literals = set(self._looks_at(needed)), list(self._spoken_of(needed.tree)[1])
        waiting = list(found)
        while waiting:
            for part in box.calculated.get(waiting.pop(), ()):
                literals += self._spoken_of(part.tree)[1]
                more = self._looks_at(part) - found
                waiting += more
                found |= more
        return marked(literals), [name for name in found if name in box.pieces]

    def _looks_at(self, needed: Needed) -> frozenset[str]:
        names = self._spoken_of(needed.tree)[0]
        return names | {needed.own} if needed.own else names

    def _spoken_of(self, tree: Tree) -> tuple[frozenset[str], tuple[Value, ...]]:
        """The questions and the literals of an expression, looked for once."""
        found = self._spoken.get(id(tree))
        if found is None:
            literals = tuple(_literals(tree))
            found = self._spoken[id(tree)] = (references.names(Expression("", tree)), literals)
        return found


def _apart(pieces: Pieces, marks: Marks, needed: Needed) -> list[AnswerSet]:
    """No answer apart from the answers; first what is likelier to satisfy, as the first box that does ends the search."""
    answered = [part for piece in pieces[1:] for part in (piece.cut(marks) or [piece])]
    return [*answered, pieces[0]] if needed.holds else [pieces[0], *answered]


def _literals(tree: Tree) -> Iterator[Value]:
    for node in references.nodes(tree):
        if node[0] in ("num", "str"):
            yield float(node[1]) if node[0] == "num" else node[1]
